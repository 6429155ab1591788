//! What `tlgen.toml` says about the ids of a file, for commands that take files by themselves.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
        let here = std::env::current_dir().map_err(|error| Failure::read(Path::new("."), &error))?;
        let configs: BTreeSet<PathBuf> =
            [path.parent(), Some(&*here)].into_iter().flatten().filter_map(config_above).collect();
        for config in configs {
            stated.add(&config, &path, show)?;
        }
        Ok(stated)
    }

    fn add(&mut self, config: &Path, path: &Path, show: Show) -> Result<(), Failure> {
        let mut sources = Sources::new();
        let text = input::read(config, show)?;
        let file = sources.add(input::name(config), text.clone());
        let refuse = |faults: Vec<_>| show.failure(&faults, &sources);
        let Config { schemas, faults, .. } = Config::parse(&text, file).map_err(refuse)?;
        if !faults.is_empty() {
            return Err(refuse(faults));
        }
        let base = config.parent().unwrap_or_else(|| Path::new(""));
        for unit in schemas {
            // A file that is not there is none that was named.
            if unit.files.iter().any(|file| canonical(&base.join(file)).is_ok_and(|file| file == path)) {
                self.id_rule = self.id_rule.or(unit.config.id_rule);
                self.allowed.extend(unit.config.allow_id_mismatch);
            }
        }
        Ok(())
    }
}

fn canonical(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|error| Failure::read(path, &error))
}
