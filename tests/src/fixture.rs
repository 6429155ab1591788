//! The fixtures on disk.

use std::fs;
use std::path::{Path, PathBuf};

use tlgen_build::pipeline::Generated;
use tlgen_build::project::{Project, Unit};
use tlgen_build::{Config, Layout, Regenerate};
use tlgen_model::schema::Schema;
use tlgen_model::{Outcome, Valid};
use tlgen_parser::source::{FileIdx, Sources};

/// One folder of `fixtures/`.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The name of the folder.
    pub name: String,
    /// The folder.
    pub dir: PathBuf,
    /// The options; the default ones where there is no `options.toml`.
    pub options: Config,
    /// `input.tl`, and after it the older layers of it, if there are any.
    pub sources: Sources,
}

impl Fixture {
    /// The fixture of a name.
    ///
    /// # Panics
    /// When its files cannot be read.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let dir = folder().join(name);
        let path = dir.join("input.tl");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut sources = Sources::new();
        sources.add(format!("{name}/input.tl"), text);
        for older in (1..).map(|number| format!("older-{number}.tl")) {
            let Ok(text) = fs::read_to_string(dir.join(&older)) else { break };
            sources.add(format!("{name}/{older}"), text);
        }
        let options = match fs::read_to_string(dir.join("options.toml")) {
            Ok(text) => toml::from_str(&text).unwrap_or_else(|error| panic!("{name}/options.toml: {error}")),
            Err(_) => Config::default(),
        };
        Self { name: name.to_owned(), dir, options, sources }
    }

    /// The text of `input.tl`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.sources.get(FileIdx(0)).text
    }

    /// Whether there is a file of this name in the folder.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        self.dir.join(file).is_file()
    }

    /// The linked schema, or why there is none.
    #[must_use]
    pub fn load(&self) -> Outcome<Valid<Schema>> {
        tlgen_model::load(&self.sources, &[FileIdx(0)], &self.link())
    }

    /// The formatted code in one file, or why there is none.
    #[must_use]
    pub fn generate(&self) -> Outcome<Generated> {
        let mut unit = Unit::new(&self.name, [&self.sources.get(FileIdx(0)).name]);
        unit.older = self.older().map(|file| vec![PathBuf::from(&self.sources.get(file).name)]).collect();
        unit.config = self.config();
        let older: Vec<_> = self.older().map(|file| vec![file]).collect();
        let project = Project::new(vec![unit], Layout::SingleFile, Regenerate::default()).expect("a name of a module");
        project.compile(&project.units()[0], &self.sources, &[FileIdx(0)], &older, &|_, _| None)
    }

    /// The older layers, `older-1.tl` and so on.
    pub fn older(&self) -> impl Iterator<Item = FileIdx> {
        self.sources.iter().map(|(file, _)| file).skip(1)
    }

    /// The options of the model.
    #[must_use]
    pub fn link(&self) -> tlgen_model::Options {
        self.options.link()
    }

    /// The options of the generator, as the builder makes them.
    #[must_use]
    pub fn config(&self) -> Config {
        let mut config = self.options.clone();
        config.metadata = self.metadata();
        config
    }

    /// What `meta.toml` says, where there is one.
    ///
    /// # Panics
    /// When it is not as it should be.
    #[must_use]
    pub fn metadata(&self) -> tlgen_meta::Metadata {
        match fs::read_to_string(self.dir.join("meta.toml")) {
            Ok(text) => tlgen_meta::sidecar::read(&text, FileIdx(1))
                .unwrap_or_else(|error| panic!("{}/meta.toml: {error}", self.name)),
            Err(_) => tlgen_meta::Metadata::default(),
        }
    }
}

/// Every fixture, by name.
///
/// # Panics
/// When the folder cannot be read.
#[must_use]
pub fn all() -> Vec<Fixture> {
    let entries = fs::read_dir(folder()).unwrap_or_else(|error| panic!("{}: {error}", folder().display()));
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a readable folder").file_name().into_string().expect("a name in UTF-8"))
        .collect();
    names.sort();
    names.iter().map(|name| Fixture::of(name)).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}
