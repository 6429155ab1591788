//! What `tlgen.toml` says about the ids and the code of a file, for commands that take files by themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tlgen_build::Config as Options;
use tlgen_parser::id::IdRule;
use tlgen_parser::source::Sources;

use super::config::Config;
use super::job::config_above;
use crate::failure::Failure;
use crate::input;
use crate::show::Show;

/// What is said about a file.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    /// How its ids follow from declarations.
    pub(crate) id_rule: Option<IdRule>,
    /// The combinators whose id is meant as it is.
    pub(crate) allowed: BTreeSet<String>,
}

impl Stated {
    /// What the nearest configuration says, seen from the file and from the current folder; nothing about a file that no
    /// configuration names.
    pub(crate) fn of(path: &Path, show: Show) -> Result<Self, Failure> {
        let mut stated = Self::default();
        if input::is_stdin(path) {
            return Ok(stated);
        }
        let path = canonical(path)?;
        for config in configs(path.parent())? {
            for unit in units(&config, show)? {
                if unit.newest.contains(&path) || unit.older.contains(&path) {
                    stated.id_rule = stated.id_rule.or(unit.config.id_rule);
                    stated.allowed.extend(unit.config.allow_id_mismatch);
                }
            }
        }
        Ok(stated)
    }
}

/// The options with which versions of a schema are compared: those of the code that is generated from the first of the paths that a
/// configuration names. The rule for ids is that of the call, if it has one.
pub(crate) fn compared(paths: &[PathBuf], id_rule: Option<IdRule>, show: Show) -> Result<Options, Failure> {
    let mut options = options(paths, show)?.unwrap_or_default();
    // Each version has a layer of its own.
    options.layer = None;
    options.id_rule = id_rule.or(options.id_rule);
    Ok(options)
}

/// The options of the code that is generated from one of the files, or from a file in one of the folders; `None` if the nearest
/// configurations, seen from there and from the current folder, name none of them. Files with metadata are not read.
fn options(paths: &[PathBuf], show: Show) -> Result<Option<Options>, Failure> {
    let mut known: BTreeMap<PathBuf, Vec<Unit>> = BTreeMap::new();
    for path in paths.iter().filter(|path| !input::is_stdin(path)) {
        // What a commit has may be gone.
        let Ok(path) = path.canonicalize() else { continue };
        let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        for config in configs(folder)? {
            if !known.contains_key(&config) {
                known.insert(config.clone(), units(&config, show)?);
            }
            let units = &known[&config];
            let named = |files: fn(&Unit) -> &[PathBuf]| -> Vec<&Unit> {
                units.iter().filter(|unit| files(unit).iter().any(|file| file.starts_with(&path))).collect()
            };
            // An older layer of one schema may be another schema.
            let newest = named(|unit| &unit.newest);
            let found = if newest.is_empty() { named(|unit| &unit.older) } else { newest };
            // A folder of several schemas has no options of its own.
            if let [unit] = found[..] {
                return Ok(Some(unit.config.clone()));
            }
        }
    }
    Ok(None)
}

/// The configurations that are nearest to a folder and to the current one.
fn configs(folder: Option<&Path>) -> Result<BTreeSet<PathBuf>, Failure> {
    let here = std::env::current_dir().map_err(|error| Failure::read(Path::new("."), &error))?;
    Ok([folder, Some(&*here)].into_iter().flatten().filter_map(config_above).collect())
}

/// A schema of a configuration.
struct Unit {
    /// Those of its files that are there.
    newest: Vec<PathBuf>,
    /// Those of its older layers.
    older: Vec<PathBuf>,
    config: Options,
}

fn units(config: &Path, show: Show) -> Result<Vec<Unit>, Failure> {
    let mut sources = Sources::new();
    let text = input::read(config, show)?;
    let file = sources.add(input::name(config), text.clone());
    let refuse = |faults: Vec<_>| show.failure(&faults, &sources);
    let Config { schemas, faults, .. } = Config::parse(&text, file).map_err(refuse)?;
    if !faults.is_empty() {
        return Err(refuse(faults));
    }
    let base = config.parent().unwrap_or_else(|| Path::new(""));
    // A file that is not there is none that was named.
    let there = |file: &PathBuf| canonical(&base.join(file)).ok();
    let unit = |unit: tlgen_build::project::Unit| Unit {
        newest: unit.files.iter().filter_map(there).collect(),
        older: unit.older.iter().flatten().filter_map(there).collect(),
        config: unit.config,
    };
    Ok(schemas.into_iter().map(unit).collect())
}

fn canonical(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|error| Failure::read(path, &error))
}
