//! The files that `tlgen generate` reads, and whether one of them changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tlgen_build::project::Unit;
use tlgen_parser::source::FileIdx;

use super::config::Config;
use super::job::find_config;
use crate::args::Generate;
use crate::folders;
use crate::input;

/// What is known of a file without reading it: when it was written, and its length. `None` where it cannot be read.
type Mark = Option<(SystemTime, u64)>;

/// The files at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inputs(Vec<(PathBuf, Mark)>);

impl Inputs {
    /// What the arguments, or the configuration that they name, say now. A configuration that cannot be read names no other file.
    pub(crate) fn now(args: &Generate) -> Self {
        let mut paths = if args.out.is_some() { of_arguments(args) } else { of_configuration(args) };
        paths.sort();
        paths.dedup();
        Self(paths.into_iter().map(|path| (path.clone(), mark(&path))).collect())
    }

    /// How many they are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The names of the files that are not as they were in `before`, or are new, or are gone.
    pub(crate) fn changed_since<'i>(&'i self, before: &'i Self) -> Vec<&'i Path> {
        let differs = |(path, mark): &&'i (PathBuf, Mark), others: &Self| !others.0.contains(&(path.clone(), *mark));
        let new = self.0.iter().filter(|entry| differs(entry, before));
        let gone = before.0.iter().filter(|(path, _)| !self.0.iter().any(|(other, _)| other == path));
        new.chain(gone).map(|(path, _)| path.as_path()).collect()
    }
}

fn mark(path: &Path) -> Mark {
    let data = fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}

fn of_arguments(args: &Generate) -> Vec<PathBuf> {
    // A folder that has no schema yet, or is gone, may get one.
    let schemas = folders::files(&args.schema).unwrap_or_else(|_| args.schema.clone());
    schemas
        .into_iter()
        .chain(args.older.iter().chain(&args.metadata).cloned())
        .filter(|path| !input::is_stdin(path))
        .collect()
}

fn of_configuration(args: &Generate) -> Vec<PathBuf> {
    let Some(path) = args.config.clone().or_else(|| find_config().ok()) else { return Vec::new() };
    let base = path.parent().unwrap_or_else(|| Path::new("")).to_owned();
    let config = fs::read_to_string(&path).ok().and_then(|text| Config::parse(&text, FileIdx(0)).ok());
    let units = config.map_or_else(Vec::new, |config| config.schemas);
    let files_of = |unit: &'_ Unit| -> Vec<PathBuf> {
        unit.files.iter().chain(unit.older.iter().flatten()).chain(&unit.metadata).map(|file| base.join(file)).collect()
    };
    let files = units.iter().flat_map(files_of);
    files.chain([path.clone()]).collect()
}
