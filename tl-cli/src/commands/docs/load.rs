//! Schemas with their Rust items and metadata.

use std::path::Path;

use serde::Deserialize;
use tlgen_build::ir::Package;
use tlgen_build::project::name_of;
use tlgen_build::{CodegenError, pipeline};
use tlgen_diagnostics::{Style, render_all};
use tlgen_meta::{MetaError, Metadata, import, sidecar};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::diagnostic::{Diagnostic, Severity};
use tlgen_parser::source::{FileIdx, Sources};

use crate::args::Docs;
use crate::failure::Failure;
use crate::input;
use crate::project::job::Job;

/// Of one file, this many warnings are shown; the others are counted.
const WARNINGS: usize = 8;

/// Everything that the pages are made of.
pub(crate) struct Loaded {
    units: Vec<Unit>,
    /// All files, for the diagnostics.
    pub(crate) sources: Sources,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

struct Unit {
    name: String,
    rust_path: String,
    schema: Valid<Schema>,
    package: Option<Package>,
    metadata: Metadata,
}

impl Loaded {
    /// Reads what the arguments name.
    pub(crate) fn new(args: &Docs, style: Style) -> Result<Self, Failure> {
        let mut loaded = Self { units: Vec::new(), sources: Sources::new(), diagnostics: Vec::new() };
        let (job, crate_name) = if args.schema.is_empty() {
            let job = match &args.config {
                Some(config) => Job::from_config(config, args.reading, style)?,
                None => Job::nearest(args.reading, style)?,
            };
            let name = crate_name(&job.dir);
            (Some(job), name)
        } else {
            (None, "crate".to_owned())
        };
        let tasks = match job {
            Some(job) => loaded.configured(job),
            None => loaded.named(args, style)?,
        };
        let shared = loaded.metadata(&args.meta, style)?;
        for task in tasks {
            loaded.unit(task, &crate_name, &shared);
        }
        Ok(loaded)
    }

    /// The units as `tlgen_docs` takes them.
    pub(crate) fn units(&self) -> Vec<tlgen_docs::Unit<'_>> {
        let units = self.units.iter().map(|unit| tlgen_docs::Unit {
            name: unit.name.clone(),
            rust_path: unit.rust_path.clone(),
            schema: &unit.schema,
            package: unit.package.as_ref(),
            metadata: &unit.metadata,
        });
        units.collect()
    }

    fn configured(&mut self, job: Job) -> Vec<Task> {
        let tasks = job.units().map(|(unit, files)| Task {
            name: unit.name.clone(),
            files: files.to_vec(),
            metadata: vec![Source { name: unit.name.clone(), metadata: unit.config.metadata.clone() }],
            options: unit.config.clone(),
        });
        let tasks = tasks.collect();
        self.sources = job.sources;
        tasks
    }

    fn named(&mut self, args: &Docs, style: Style) -> Result<Vec<Task>, Failure> {
        let mut tasks: Vec<Task> = Vec::new();
        for path in &args.schema {
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
                files: vec![input::schema(path, &mut self.sources, style)?],
                options,
                metadata: Vec::new(),
            });
        }
        Ok(tasks)
    }

    /// Reads files with metadata of any kind.
    fn metadata<P: AsRef<Path>>(&mut self, paths: &[P], style: Style) -> Result<Vec<Source>, Failure> {
        let mut read = Vec::new();
        for path in paths {
            let path = path.as_ref();
            let text = input::read(path)?;
            let name = input::name(path);
            let file = self.sources.add(name.as_str(), text.as_str());
            let is_toml = path.extension().is_some_and(|extension| extension == "toml");
            let result = if is_toml { sidecar::read(&text, file) } else { import::read(&text, file) };
            match result {
                Ok(metadata) => read.push(Source { name, metadata }),
                Err(error) => {
                    let mut diagnostic = error.diagnostic();
                    if diagnostic.primary.is_none() {
                        diagnostic.message = format!("{name}: {}", diagnostic.message);
                    }
                    return Err(Failure::Diagnostics(render_all(&[diagnostic], &self.sources, style)));
                }
            }
        }
        Ok(read)
    }

    fn unit(&mut self, task: Task, crate_name: &str, shared: &[Source]) {
        let loaded = tlgen_model::load(&self.sources, &task.files, &task.options.link());
        self.diagnostics.extend(loaded.diagnostics);
        let Some(mut schema) = loaded.value else { return };
        // Entries are looked up in the whole schema, even where only a part of it is shown.
        let mut metadata = Metadata::from_schema(&schema);
        for source in &task.metadata {
            self.warn(source, &source.metadata.unmatched(&schema), true);
            metadata.merge(source.metadata.clone());
        }
        for source in shared {
            self.warn(source, &source.metadata.unmatched(&schema), false);
            metadata.merge(source.metadata.clone());
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
        // A schema without a Rust form has pages, too.
        let package = match pipeline::lower(&schema, &options) {
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
        self.units.push(Unit { name: task.name, rust_path, schema, package, metadata });
    }

    /// Warns of entries that name nothing: of each one in a sidecar file, of a few in the tables of others, which cover all
    /// layers.
    fn warn(&mut self, source: &Source, unmatched: &[MetaError], each: bool) {
        let shown = if each { unmatched.len() } else { WARNINGS.min(unmatched.len()) };
        self.diagnostics.extend(unmatched[..shown].iter().map(|error| {
            let mut diagnostic = error.diagnostic();
            if diagnostic.primary.is_none() {
                diagnostic.message = format!("{}: {}", source.name, diagnostic.message);
            }
            diagnostic
        }));
        if let (Some(last), more @ 1..) = (self.diagnostics.last_mut(), unmatched.len() - shown) {
            last.help.push(format!("{more} more entries of `{}` name nothing in the schema", source.name));
        }
    }
}

/// What is to be loaded for one schema.
struct Task {
    name: String,
    files: Vec<FileIdx>,
    options: tlgen_build::Config,
    /// Its own.
    metadata: Vec<Source>,
}

/// A file with metadata.
struct Source {
    name: String,
    metadata: Metadata,
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
