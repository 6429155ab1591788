//! What to generate: from `tlgen.toml` or from arguments.
//!
//! What goes out is a [`Job`], the same for both, with the text of every file that it needs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tlgen_build::pipeline::Generated;
use tlgen_build::project::{self, Project, ProjectError, ProjectErrorKind, Unit, is_module_path, name_of};
use tlgen_build::{Config as Options, Layout, Regenerate};
use tlgen_model::Outcome;
use tlgen_parser::diagnostic::{Diagnostic, Label};
use tlgen_parser::source::{FileIdx, Location, Sources};

use super::config::{self, Config};
use super::metadata::{self, Source};
use crate::args::{Generate, Reading};
use crate::deny::Denied;
use crate::failure::Failure;
use crate::folders;
use crate::input;
use crate::levels::Chosen;
use crate::show::Show;

/// The file that is looked for.
pub(crate) const CONFIG_NAME: &str = "tlgen.toml";

/// What one call generates.
pub(crate) struct Job {
    /// The output folder.
    pub(crate) dir: PathBuf,
    /// The folder in which left-over files are removed, relative to the output folder.
    pub(crate) owned: PathBuf,
    /// The name of the file that declares the modules, if there is one.
    pub(crate) root: Option<String>,
    /// The modules around the code of each schema, as in `tg::api`.
    pub(crate) module: Option<String>,
    /// How the files are made again.
    pub(crate) regenerate: Regenerate,
    /// The warnings that the configuration denies.
    pub(crate) deny: Vec<Denied>,
    /// What the configuration says to `tlgen lint`.
    pub(crate) lint: Chosen,
    /// The schemas.
    pub(crate) project: Project,
    /// The files of each, in the order of the project.
    files: Vec<Vec<FileIdx>>,
    /// The files of the older layers of each.
    older: Vec<Vec<Vec<FileIdx>>>,
    /// The files with metadata of each.
    #[cfg_attr(not(feature = "docs"), expect(dead_code, reason = "only pages tell which file says what"))]
    pub(crate) metadata: Vec<Vec<Source>>,
    /// The configuration and all schemas.
    pub(crate) sources: Sources,
    /// The configuration, if there is one.
    config: Option<FileIdx>,
}

/// Files that are one schema, and how they are linked.
pub(crate) type Linked = (Vec<FileIdx>, tlgen_model::Options);

impl Job {
    /// Reads what the arguments name.
    pub(crate) fn new(args: &Generate, show: Show) -> Result<Self, Failure> {
        match (&args.out, &args.config) {
            (Some(out), _) => Self::from_args(args, out, show),
            (None, Some(config)) => Self::from_config(config, Reading::default(), show),
            (None, None) => Self::nearest(Reading::default(), show),
        }
    }

    /// What the nearest `tlgen.toml` says.
    pub(crate) fn nearest(reading: Reading, show: Show) -> Result<Self, Failure> {
        Self::from_config(&find_config()?, reading, show)
    }

    fn from_args(args: &Generate, out: &Path, show: Show) -> Result<Self, Failure> {
        let paths = folders::files(&args.schema)?;
        let (mut sources, files) = input::sources(&paths, show)?;
        let name = args.name.clone().unwrap_or_else(|| name_of(&args.schema[0]));
        // Only the names: the output must not depend on where the files are on this machine.
        let mut unit = Unit::new(name, paths.iter().map(|path| input::file_name(path)));
        unit.config = args.options.clone();
        let mut older = Vec::new();
        for path in &args.older {
            unit.older.push(vec![PathBuf::from(input::file_name(path))]);
            older.push(vec![input::schema(path, &mut sources, show)?]);
        }
        let metadata = match metadata::read(&args.metadata, Path::new(""), &mut sources, show) {
            Ok(metadata) => metadata,
            Err(metadata::Fault::Unread(_, failure)) => return Err(failure),
            Err(metadata::Fault::Malformed(fault)) => {
                return Err(show.failure(&[*fault], &sources));
            }
        };
        unit.config.metadata = metadata::merged(&metadata);
        let (owned, regenerate) = (PathBuf::from(&unit.name), Regenerate::default());
        if let Some(path) = args.module.as_ref().filter(|path| !is_module_path(path)) {
            return Err(Failure::Call(format!(
                "`{path}` is no path of modules: write identifiers with `::` between, as in `tg::api`"
            )));
        }
        let layout = if args.single_file { Layout::SingleFile } else { Layout::Directory };
        let project = Project::new(vec![unit], layout, regenerate.clone()).map_err(|errors| {
            Failure::Call(errors.iter().map(ProjectError::diagnostic).map(said).collect::<Vec<_>>().join("\n"))
        })?;
        let (dir, files, older, metadata) = (out.to_owned(), vec![files], vec![older], vec![metadata]);
        Ok(Self {
            dir,
            owned,
            root: None,
            module: args.module.clone(),
            regenerate,
            deny: Vec::new(),
            lint: Chosen::default(),
            project,
            files,
            older,
            metadata,
            sources,
            config: None,
        })
    }

    /// What a configuration says. The arguments have precedence.
    pub(crate) fn from_config(path: &Path, reading: Reading, show: Show) -> Result<Self, Failure> {
        let mut sources = Sources::new();
        let text = input::read(path, show)?;
        let file = sources.add(input::name(path), text.clone());
        let refuse = |faults: Vec<Diagnostic>, sources: &Sources| show.failure(&faults, sources);
        let config = Config::parse(&text, file).map_err(|faults| refuse(faults, &sources))?;
        let (root, base) = (config.root().to_owned(), path.parent().unwrap_or_else(|| Path::new("")));
        let regenerate = config.output.regenerate.map_or_else(Regenerate::default, Regenerate::Command);
        let at = |unit, key: &str, value: Option<&str>| config::locate(&text, file, unit, key, value);
        let (mut units, mut all_files, mut faults) = (config.schemas, Vec::new(), config.faults);
        let (mut all_older, mut all_metadata) = (Vec::new(), Vec::new());
        faults.extend(project::check(&units).iter().map(|error| place_unit(error, &|unit, key| at(unit, key, None))));
        if !faults.is_empty() {
            return Err(refuse(faults, &sources));
        }
        // A file may be part of several layers.
        let mut known: BTreeMap<PathBuf, FileIdx> = BTreeMap::new();
        for (idx, unit) in units.iter_mut().enumerate() {
            let unread = |failure: Failure, key, path: &Path| {
                let location = at(idx, key, path.to_str()).expect("the key is there");
                config::fault(failure.to_string(), location, "")
            };
            let mut read = |names: &[PathBuf], key| -> Result<Vec<FileIdx>, Failure> {
                let mut files = Vec::with_capacity(names.len());
                for name in names {
                    let path = base.join(name);
                    if let Some(file) = known.get(&path) {
                        files.push(*file);
                        continue;
                    }
                    match input::schema(&path, &mut sources, show) {
                        Ok(file) => {
                            files.push(file);
                            known.insert(path, file);
                        }
                        Err(failure @ Failure::Diagnostics(_)) => return Err(failure),
                        Err(failure) => faults.push(unread(failure, key, name)),
                    }
                }
                Ok(files)
            };
            all_files.push(read(&unit.files, "files")?);
            all_older.push(unit.older.iter().map(|names| read(names, "older")).collect::<Result<Vec<_>, _>>()?);
            match metadata::read(&unit.metadata, base, &mut sources, show) {
                Ok(metadata) => {
                    unit.config.metadata = metadata::merged(&metadata);
                    all_metadata.push(metadata);
                }
                Err(metadata::Fault::Unread(path, failure)) => faults.push(unread(failure, "metadata", &path)),
                Err(metadata::Fault::Malformed(fault)) => faults.push(*fault),
            }
            reading.apply(&mut unit.config);
        }
        if !faults.is_empty() {
            return Err(refuse(faults, &sources));
        }
        let project = Project::new(units, Layout::Directory, regenerate.clone()).expect("the units were checked");
        let dir = base.join(config.output.dir.into_inner());
        let root = Some(root);
        Ok(Self {
            dir,
            owned: PathBuf::new(),
            root,
            module: None,
            regenerate,
            deny: config.deny,
            lint: config.lint,
            project,
            files: all_files,
            older: all_older,
            metadata: all_metadata,
            sources,
            config: Some(file),
        })
    }

    /// The schemas with their files.
    pub(crate) fn units(&self) -> impl Iterator<Item = (&Unit, &[FileIdx])> {
        self.project.units().iter().zip(self.files.iter().map(Vec::as_slice))
    }

    /// The layers of each schema: the newest one, then the older ones from the oldest on.
    pub(crate) fn layers(&self) -> impl Iterator<Item = Vec<Linked>> {
        self.units().zip(&self.older).map(|((unit, files), older)| {
            let older = older.iter().map(|files| (files.clone(), unit.config.link_older()));
            std::iter::once((files.to_vec(), unit.config.link())).chain(older).collect()
        })
    }

    /// All files of schemas, those of older layers among them.
    pub(crate) fn schema_files(&self) -> impl Iterator<Item = FileIdx> {
        self.files.iter().flatten().chain(self.older.iter().flatten().flatten()).copied()
    }

    /// Generates the schema of an index. Errors about its options point into the configuration.
    pub(crate) fn compile(&self, unit: usize) -> Outcome<Generated> {
        let option = |option: &'static str, value: &str| {
            let file = self.config?;
            config::locate(&self.sources.get(file).text, file, unit, option, Some(value))
        };
        self.project.compile(&self.project.units()[unit], &self.sources, &self.files[unit], &self.older[unit], &option)
    }
}

/// An error about a schema with the location of what is wrong.
fn place_unit(error: &ProjectError, key: &dyn Fn(usize, &str) -> Option<Location>) -> Diagnostic {
    let mut diagnostic = error.diagnostic();
    let (text, name, first) = match error.kind {
        ProjectErrorKind::SameName { first, .. } => ("the second", "name", Some(first)),
        ProjectErrorKind::NoFiles { .. } => ("", "files", None),
        ProjectErrorKind::EmptyLayer { .. } => ("", "older", None),
        _ => ("", "name", None),
    };
    diagnostic.primary = key(error.unit, name).map(|location| Label { location, text: text.to_owned() });
    if let Some(location) = first.and_then(|first| key(first, name)) {
        diagnostic = diagnostic.with_secondary(location, "the first");
    }
    diagnostic
}

/// A diagnostic about arguments, which have no location.
fn said(diagnostic: Diagnostic) -> String {
    let help = diagnostic.help.iter().map(|help| format!("\n  = help: {help}"));
    diagnostic.message + &help.collect::<String>()
}

impl Reading {
    /// Sets the options that the arguments give.
    pub(crate) fn apply(self, options: &mut Options) {
        options.layer = self.layer.or(options.layer);
        options.id_rule = self.id_rule.or(options.id_rule);
    }

    /// What the arguments mean for the model.
    pub(crate) fn link(self) -> tlgen_model::Options {
        let mut options = Options::default();
        self.apply(&mut options);
        options.link()
    }
}

/// The nearest `tlgen.toml` in a folder and those above it.
pub(crate) fn config_above(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(CONFIG_NAME)).find(|config| config.is_file())
}

/// The nearest `tlgen.toml` in the current folder and those above it, as a path relative to the current folder.
pub(crate) fn find_config() -> Result<PathBuf, Failure> {
    let here = std::env::current_dir().map_err(|error| Failure::read(Path::new("."), &error))?;
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(CONFIG_NAME).is_file() {
            return Ok(up.join(CONFIG_NAME));
        }
        up.push("..");
    }
    Err(Failure::Call(format!(
        "there is no `{CONFIG_NAME}` here or in a folder above; `tlgen init` writes one, or name schema files in \
         the call"
    )))
}
