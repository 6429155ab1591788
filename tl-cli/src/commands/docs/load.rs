//! Schemas with their Rust items and metadata.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use tlgen_build::ir::Package;
use tlgen_build::project::name_of;
use tlgen_build::{CodegenError, pipeline};
use tlgen_meta::{MetaError, Metadata};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::diagnostic::{Diagnostic, Severity};
use tlgen_parser::source::{FileIdx, Sources};

use crate::args::Docs;
use crate::failure::Failure;
use crate::folders;
use crate::input;
use crate::project::job::Job;
use crate::project::metadata::{self, Source};
use crate::show::Show;

/// Of one file, this many warnings are shown; the others are counted.
const WARNINGS: usize = 8;

/// Everything that the pages are made of.
pub(crate) struct Loaded {
    units: Vec<Unit>,
    /// Metadata for every schema.
    shared: Vec<Source>,
    /// All files, for the diagnostics.
    pub(crate) sources: Sources,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

struct Unit {
    name: String,
    rust_path: String,
    schema: Valid<Schema>,
    package: Option<Package>,
    /// What its comments say.
    comments: Metadata,
    /// Its own files with metadata.
    metadata: Vec<Source>,
}

impl Loaded {
    /// Reads what the arguments name.
    pub(crate) fn new(args: &Docs, show: Show) -> Result<Self, Failure> {
        let mut loaded =
            Self { units: Vec::new(), shared: Vec::new(), sources: Sources::new(), diagnostics: Vec::new() };
        let (job, crate_name) = if args.schema.is_empty() {
            let job = match &args.config {
                Some(config) => Job::from_config(config, args.reading, show)?,
                None => Job::nearest(args.reading, show)?,
            };
            let name = crate_name(&job.dir);
            (Some(job), name)
        } else {
            (None, "crate".to_owned())
        };
        let tasks = match job {
            Some(job) => loaded.configured(job),
            None => loaded.named(args, show)?,
        };
        let shared = loaded.shared(&args.meta, show)?;
        for task in tasks {
            loaded.unit(task, &crate_name, &shared);
        }
        loaded.shared = shared;
        Ok(loaded)
    }

    /// The units as `tlgen_docs` takes them.
    pub(crate) fn units(&self) -> Vec<tlgen_docs::Unit<'_>> {
        let units = self.units.iter().map(|unit| tlgen_docs::Unit {
            name: unit.name.clone(),
            rust_path: unit.rust_path.clone(),
            schema: &unit.schema,
            package: unit.package.as_ref(),
            metadata: std::iter::once(tlgen_docs::Source {
                name: "The comments of the schema".to_owned(),
                layer: None,
                own: true,
                metadata: &unit.comments,
            })
            .chain(unit.metadata.iter().map(|source| named(source, true)))
            .chain(self.shared.iter().map(|source| named(source, false)))
            .collect(),
        });
        units.collect()
    }

    fn configured(&mut self, job: Job) -> Vec<Task> {
        let tasks = job.units().zip(&job.metadata).map(|((unit, files), metadata)| Task {
            name: unit.name.clone(),
            files: files.to_vec(),
            metadata: metadata.clone(),
            options: unit.config.clone(),
            configured: true,
        });
        let tasks = tasks.collect();
        self.sources = job.sources;
        tasks
    }

    fn named(&mut self, args: &Docs, show: Show) -> Result<Vec<Task>, Failure> {
        let mut tasks: Vec<Task> = Vec::new();
        for path in &folders::files(&args.schema)? {
            let name = name_of(path);
            if tasks.iter().any(|task| task.name == name) {
                return Err(Failure::Call(format!(
                    "two schemas would have the name `{name}`: rename one of the files"
                )));
            }
            let mut options = tlgen_build::Config::default();
            args.reading.apply(&mut options);
            tasks.push(Task {
                name,
                files: vec![input::schema(path, &mut self.sources, show)?],
                options,
                configured: false,
                metadata: Vec::new(),
            });
        }
        Ok(tasks)
    }

    fn shared(&mut self, paths: &[PathBuf], show: Show) -> Result<Vec<Source>, Failure> {
        metadata::read(paths, Path::new(""), &mut self.sources, show).map_err(|fault| match fault {
            metadata::Fault::Unread(_, failure) => failure,
            metadata::Fault::Malformed(fault) => show.failure(&[*fault], &self.sources),
        })
    }

    fn unit(&mut self, task: Task, crate_name: &str, shared: &[Source]) {
        let loaded = tlgen_model::load(&self.sources, &task.files, &task.options.link());
        self.diagnostics.extend(loaded.diagnostics);
        let Some(mut schema) = loaded.value else { return };
        // Entries are looked up in the whole schema, even where only a part of it is shown.
        let comments = Metadata::from_schema(&schema);
        for source in &task.metadata {
            self.warn(source, &source.metadata.unmatched(&schema), true);
        }
        for source in shared {
            self.warn(source, &source.metadata.unmatched(&schema), false);
        }
        let mut options = task.options;
        match pipeline::select(&schema, &options) {
            Ok(part) => schema = part.into_owned(),
            Err(errors) => {
                self.diagnostics.extend(errors.iter().map(CodegenError::diagnostic));
                return;
            }
        }
        options.only.clear();
        options.skip.clear();
        // The Rust names of errors are those of all errors that are known.
        let mut all = options.clone();
        all.metadata = metadata::merged(&[task.metadata.as_slice(), shared].concat());
        // What is not generated yet may have methods for calls.
        all.calls |= !task.configured;
        // A schema without a Rust form has pages, too.
        let package = match pipeline::lower(&schema, &all).or_else(|_| pipeline::lower(&schema, &options)) {
            Ok(package) => Some(package),
            Err(errors) => {
                self.diagnostics.extend(errors.iter().map(CodegenError::diagnostic).map(|diagnostic| Diagnostic {
                    severity: Severity::Warning,
                    ..diagnostic.with_help("the pages of this schema say nothing about Rust")
                }));
                None
            }
        };
        let rust_path = format!("{crate_name}::{}", task.name);
        self.units.push(Unit { name: task.name, rust_path, schema, package, comments, metadata: task.metadata });
    }

    /// Warns of entries that name nothing: of each one in a sidecar file, of a few in the tables of others, which cover all
    /// layers.
    fn warn(&mut self, source: &Source, unmatched: &[MetaError], each: bool) {
        let shown = if each { unmatched.len() } else { WARNINGS.min(unmatched.len()) };
        self.diagnostics.extend(unmatched[..shown].iter().map(|error| {
            let mut diagnostic = error.diagnostic();
            if diagnostic.primary.is_none() {
                diagnostic.message = format!("{}: {}", input::name(&source.path), diagnostic.message);
            }
            diagnostic
        }));
        if let (Some(last), more @ 1..) = (self.diagnostics.last_mut(), unmatched.len() - shown) {
            let name = input::name(&source.path);
            last.help.push(format!("{more} more entries of `{name}` name nothing in the schema"));
        }
    }
}

/// What is to be loaded for one schema.
struct Task {
    name: String,
    files: Vec<FileIdx>,
    options: tlgen_build::Config,
    /// Whether a configuration says which options hold.
    configured: bool,
    /// Its own.
    metadata: Vec<Source>,
}

/// A file with metadata as the pages name it: without its folder, which differs from machine to machine.
fn named(source: &Source, own: bool) -> tlgen_docs::Source<'_> {
    let file = input::file_name(&source.path);
    tlgen_docs::Source {
        layer: source.metadata.layer.or_else(|| input::layer_in(&file)),
        name: source.metadata.source.clone().unwrap_or(file),
        own,
        metadata: &source.metadata,
    }
}

/// The name in Rust of the package whose code is in `dir`; `crate` where there is none.
fn crate_name(dir: &Path) -> String {
    #[derive(Deserialize)]
    struct Manifest {
        package: Package,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
    }
    let folders = [Some(dir), dir.parent()];
    let name = folders.into_iter().flatten().find_map(|folder| {
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        let manifest: Manifest = toml::from_str(&text).ok()?;
        Some(manifest.package.name.replace('-', "_"))
    });
    name.unwrap_or_else(|| "crate".to_owned())
}
