//! Why a build script made no code.

use std::fmt;
use std::path::PathBuf;

use tlgen_diagnostics::Style;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Sources;

use crate::disk::WriteError;

/// Why nothing was generated. `Debug` shows the same text as `Display`, so that `fn main() -> Result<(), BuildError>`
/// prints the diagnostics of the schema as they are.
#[non_exhaustive]
pub enum BuildError {
    /// `OUT_DIR` is not set: the code does not run in a build script.
    NoOutDir,
    /// No schema was given.
    NoSchema,
    /// A file cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file is not UTF-8.
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        source: std::str::Utf8Error,
    },
    /// A folder or pattern of the atlas means no file.
    NoFiles(PathBuf),
    /// The schemas do not fit an atlas.
    Atlas(tlgen_atlas::TooLarge),
    /// A file cannot be written.
    Write(WriteError),
    /// The path of [`module`](super::Builder::module) is not a path of modules.
    Module(String),
    /// `metadata` was called, and the package has been built without the feature of that name.
    MetadataFeature,
    /// The schemas, their metadata or the options are wrong: all that was found in them.
    Schema(Report),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOutDir => f.write_str("OUT_DIR is not set: call this from a build script, or set `out_dir`"),
            Self::NoSchema => f.write_str("no schema was given: call `schema` or `atlas`"),
            Self::Read { path, source } => write!(f, "{}: {source}", path.display()),
            Self::NotUtf8 { path, line, .. } => write!(f, "{}:{line}: the file is not UTF-8", path.display()),
            Self::NoFiles(path) => write!(f, "{}: no schema is there", path.display()),
            Self::Atlas(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
            Self::Module(path) => write!(
                f,
                "`{path}` in the option `module` is no path of modules: write identifiers with `::` between, as in `tg::api`"
            ),
            Self::MetadataFeature => f.write_str(
                "the option `metadata` needs the feature of that name: \
                 tlgen-build = { version = \"..\", features = [\"metadata\"] }",
            ),
            Self::Schema(report) => write!(f, "the schema can not be compiled\n\n{report}"),
        }
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::NotUtf8 { source, .. } => Some(source),
            Self::Write(error) => Some(&error.source),
            Self::Atlas(error) => Some(error),
            _ => None,
        }
    }
}

impl From<tlgen_atlas::TooLarge> for BuildError {
    fn from(error: tlgen_atlas::TooLarge) -> Self {
        Self::Atlas(error)
    }
}

impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// Diagnostics with the files that they point into. `Display` renders them with the lines that they are about.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) sources: Sources,
}

impl Report {
    /// The diagnostics, in the order in which they were found.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The files.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&tlgen_diagnostics::render_all(&self.diagnostics, &self.sources, Style::Plain))
    }
}
