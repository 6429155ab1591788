//! Which schemas become which modules: what a [`Builder`](crate::Builder), a `tlgen.toml` and a command line all say.
//!
//! What comes in are [`Unit`]s as somebody wrote them down; what goes out is a [`Project`]. What can no longer occur: two
//! schemas of one name, a name that cannot be that of a module or of a file, a schema without files. Nothing is read here:
//! the caller has the texts, and calls [`Project::compile`] for each unit.

use core::fmt;
use std::path::{Path, PathBuf};

use tlgen_meta::MetaError;
use tlgen_model::Outcome;
use tlgen_parser::diagnostic::{Diagnostic, Label};
use tlgen_parser::source::{FileIdx, Location, Sources};

use crate::pipeline::{self, Generated};
use crate::rules::PROJECT;
use crate::{CodegenError, Config, Layout, Origin, Regenerate, naming};

/// A schema: files that are linked together and become one module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// The name of the module, and of its file or folder: `telegram_228`.
    pub name: String,
    /// The files, by the paths that generated code and messages name.
    pub files: Vec<PathBuf>,
    /// The files of each older layer of the schema, from the oldest on. Each becomes a module within that of the schema.
    pub older: Vec<Vec<PathBuf>>,
    /// Files that say more about the schema. What an earlier one says has precedence.
    pub metadata: Vec<PathBuf>,
    /// The options.
    pub config: Config,
}

impl Unit {
    /// A schema with default options.
    #[must_use]
    pub fn new(name: impl Into<String>, files: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self { name: name.into(), files: files.into_iter().map(Into::into).collect(), ..Self::default() }
    }
}

/// The name of a schema that is called after its file: `schema/telegram-228.tl` is `telegram_228`.
#[must_use]
pub fn name_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let name = name.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    naming::module_name(if name.is_empty() { "schema" } else { name })
}

/// Whether a name can be that of a module and of its file, in every edition and on every system.
#[must_use]
pub fn is_module_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && naming::module_name(name) == name
}

/// Schemas whose names do not clash, and what their code is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    units: Vec<Unit>,
    layout: Layout,
    regenerate: Regenerate,
}

/// Whether modules can have the names of a path, as in `tg::api`.
#[must_use]
pub fn is_module_path(path: &str) -> bool {
    path.split("::").all(naming::is_ident)
}

impl Project {
    /// Checks the units.
    ///
    /// # Errors
    /// Each name that cannot be that of a module, each that is there twice, each schema without files.
    pub fn new(units: Vec<Unit>, layout: Layout, regenerate: Regenerate) -> Result<Self, Vec<ProjectError>> {
        let errors = check(&units);
        if errors.is_empty() { Ok(Self { units, layout, regenerate }) } else { Err(errors) }
    }

    /// The schemas, in the order in which they were given.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Text to Rust for one of the units, whose files and those of its `older` layers have been read.
    ///
    /// `option` says where a value of an option is written, for the errors about it: `option("rename", "usr")`. Entries of the
    /// metadata that name nothing in the schema are among the diagnostics.
    #[must_use]
    pub fn compile(
        &self,
        unit: &Unit,
        sources: &Sources,
        files: &[FileIdx],
        older: &[Vec<FileIdx>],
        option: &dyn Fn(&'static str, &str) -> Option<Location>,
    ) -> Outcome<Generated> {
        let files_of_all = unit.older.iter().flatten().chain(&unit.files);
        let mut origin = Origin::new(&unit.name, files_of_all.map(|path| shown(path)));
        let name = |files: &Vec<PathBuf>| files.first().map_or_else(String::new, |path| name_of(path));
        origin.older = unit.older.iter().map(name).collect();
        origin.regenerate = self.regenerate.clone();
        let describe = |error: &CodegenError| {
            let mut diagnostic = error.diagnostic();
            if diagnostic.primary.is_none()
                && let Some(location) = error.option().and_then(|(name, value)| option(name, value))
            {
                diagnostic.primary = Some(Label { location, text: String::new() });
            }
            diagnostic
        };
        let config = &unit.config;
        let mut outcome = pipeline::compile_layers(sources, files, older, &origin, config, self.layout, &describe);
        if let Some(generated) = &outcome.value {
            let mut unmatched = config.metadata.unmatched(&generated.schema);
            for layer in &generated.older {
                let missing = config.metadata.unmatched(&layer.schema);
                unmatched.retain(|error| missing.contains(error));
            }
            outcome.diagnostics.extend(unmatched.iter().map(MetaError::diagnostic));
        }
        outcome
    }
}

/// Everything that is wrong with units, as [`Project::new`] finds it.
#[must_use]
pub fn check(units: &[Unit]) -> Vec<ProjectError> {
    let mut errors = Vec::new();
    for (idx, unit) in units.iter().enumerate() {
        let mut wrong = |kind| errors.push(ProjectError { unit: idx, kind });
        let name = || unit.name.clone();
        if !is_module_name(&unit.name) {
            wrong(ProjectErrorKind::ModuleName { name: name(), similar: name_of(Path::new(&unit.name)) });
        }
        if let Some(first) = units[..idx].iter().position(|other| other.name == unit.name) {
            let files = [first, idx].map(|unit| units[unit].files.first().cloned().unwrap_or_default());
            wrong(ProjectErrorKind::SameName { name: name(), first, files });
        }
        if unit.files.is_empty() {
            wrong(ProjectErrorKind::NoFiles { name: name() });
        }
        if unit.older.iter().any(Vec::is_empty) {
            wrong(ProjectErrorKind::EmptyLayer { name: name() });
        }
    }
    errors
}

/// A path as generated code may name it: an absolute one would differ from machine to machine.
#[must_use]
pub fn shown(path: &Path) -> String {
    let shown = if path.is_absolute() { path.file_name().map_or(path, Path::new) } else { path };
    shown.to_string_lossy().replace('\\', "/")
}

/// What is wrong with the units of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProjectError {
    /// The index of the unit.
    pub unit: usize,
    /// What is wrong.
    pub kind: ProjectErrorKind,
}

/// The kinds of [`ProjectError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProjectErrorKind {
    /// The name cannot be that of a module.
    ModuleName {
        /// The name.
        name: String,
        /// One that is like it and can be used.
        similar: String,
    },
    /// Another unit has the same name.
    SameName {
        /// The name.
        name: String,
        /// The index of the other unit.
        first: usize,
        /// A file of the other unit, and one of this.
        files: [PathBuf; 2],
    },
    /// There are no files.
    NoFiles {
        /// The name of the unit.
        name: String,
    },
    /// There are no files of one of its older layers.
    EmptyLayer {
        /// The name of the unit.
        name: String,
    },
}

impl ProjectError {
    /// As a diagnostic. It has no location: only the reader of the description of the project knows where the unit is written.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let help = match &self.kind {
            ProjectErrorKind::ModuleName { similar, .. } => format!(
                "a name has lower-case letters, digits and `_`, begins with a letter, and is no reserved word and no \
                 device of Windows; `{similar}` would do"
            ),
            ProjectErrorKind::SameName { .. } => {
                "give each a name of its own: by `schema_files(NAME, ..)` in a build script, by `name` in `tlgen.toml`"
                    .to_owned()
            }
            ProjectErrorKind::NoFiles { .. } => "name the files of the schema".to_owned(),
            ProjectErrorKind::EmptyLayer { .. } => {
                "take the empty list away, or name the files of the layer, as in `older = [[\"a.tl\", \"b.tl\"], \"c.tl\"]`"
                    .to_owned()
            }
        };
        Diagnostic {
            code: PROJECT.code,
            severity: PROJECT.severity,
            message: self.to_string(),
            primary: None,
            secondary: Vec::new(),
            help: vec![help],
        }
    }
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ProjectErrorKind::ModuleName { name, .. } => write!(f, "`{name}` can not be the name of a module"),
            ProjectErrorKind::SameName { name, files: [first, second], .. } => write!(
                f,
                "two schemas have the name `{name}`: that of `{}` and that of `{}`",
                first.display(),
                second.display()
            ),
            ProjectErrorKind::NoFiles { name } => write!(f, "the schema `{name}` has no files"),
            ProjectErrorKind::EmptyLayer { name } => write!(f, "an older layer of the schema `{name}` has no files"),
        }
    }
}

impl core::error::Error for ProjectError {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_after_files() {
        let name = |path: &str| name_of(Path::new(path));
        assert_eq!(name("schema/telegram-228.tl"), "telegram_228");
        assert_eq!(name("TD.api.tl"), "td_api");
        assert_eq!(name("228.tl"), "schema");
        assert_eq!(name("type.tl"), "type_");
        assert_eq!(name("aux.tl"), "aux_");
        assert_eq!(name("-"), "schema");
        for path in ["schema/telegram-228.tl", "TD.api.tl", "Ünïcode.tl", "con.tl", "types.tl", "a__b.tl", "fooBar.tl"]
        {
            assert!(is_module_name(&name(path)), "{path}: {}", name(path));
        }
    }

    #[test]
    fn names_that_are_no_modules() {
        for name in
            ["", "my-api", "not a module", "Api", "2api", "type", "self", "con", "lpt1", "a::b", "../x", "r#type", "é"]
        {
            let errors =
                Project::new(vec![Unit::new(name, ["a.tl"])], Layout::SingleFile, Regenerate::Build).unwrap_err();
            let [ProjectError { kind: ProjectErrorKind::ModuleName { similar, .. }, .. }] = &errors[..] else {
                panic!("{name}: {errors:?}")
            };
            assert!(is_module_name(similar), "{name}: {similar}");
        }
    }

    #[test]
    fn units_that_can_not_stand_side_by_side() {
        let layered = Unit { older: vec![vec!["a.tl".into()], Vec::new()], ..Unit::new("layered", ["b.tl"]) };
        let units =
            vec![Unit::new("api", ["a/api.tl"]), Unit::new("api", ["b/api.tl"]), Unit::new("empty", [""; 0]), layered];
        let errors = Project::new(units, Layout::SingleFile, Regenerate::Build).unwrap_err();
        let texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "two schemas have the name `api`: that of `a/api.tl` and that of `b/api.tl`",
                "the schema `empty` has no files",
                "an older layer of the schema `layered` has no files"
            ]
        );
    }
}
