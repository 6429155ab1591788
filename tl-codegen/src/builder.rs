//! Code generation from a build script: the one place of this crate that touches disk, environment and cargo.

use std::fmt;
use std::path::{Path, PathBuf};

use tlgen_diagnostics::Style;
use tlgen_meta::MetaError;
use tlgen_model::Outcome;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::id::IdRule;
use tlgen_parser::source::{FileIdx, Sources};

use crate::pipeline::{self, Generated};
use crate::{Config, FlagsMode, Layout, Origin, Role, TextMode, TextType};

/// Generates Rust from schemas, in a build script.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), tlgen_build::BuildError> {
///     tlgen_build::Builder::new().schema("schema/api.tl").compile()
/// }
/// ```
///
/// Each schema becomes one file in `OUT_DIR`, named after the schema's file, to be brought in by
/// `tlgen_runtime::include_schema!("api")` in any module. The options hold for every schema of the builder, and an option
/// that names nothing in one of them is an error; a schema with options of its own gets a builder of its own.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    schemas: Vec<Unit>,
    config: Config,
    link: tlgen_model::Options,
    module: Vec<String>,
    out_dir: Option<PathBuf>,
    #[cfg(feature = "metadata")]
    metadata: Vec<PathBuf>,
}

/// Files that are linked together and generated into one file.
#[derive(Clone, Debug)]
struct Unit {
    name: String,
    files: Vec<PathBuf>,
}

impl Builder {
    /// Nothing to generate yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a schema; `schema/api.tl` becomes `api.rs`. The path is relative to the package. The JSON form of
    /// core.telegram.org is taken, too.
    #[must_use]
    pub fn schema(self, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_stem().map(|stem| stem.to_string_lossy().replace(['-', '.'], "_")).unwrap_or_default();
        self.schema_files(name, [path])
    }

    /// Adds a schema of several files that refer to each other; they become `NAME.rs`.
    #[must_use]
    pub fn schema_files(
        mut self,
        name: impl Into<String>,
        paths: impl IntoIterator<Item = impl Into<PathBuf>>,
    ) -> Self {
        self.schemas.push(Unit { name: name.into(), files: paths.into_iter().map(Into::into).collect() });
        self
    }

    /// Generates only what these functions, constructors and types reach: `contacts.*`, `auth.sendCode`.
    #[must_use]
    pub fn only(mut self, patterns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.config.only.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// The derives of every struct and enum; `Clone`, `Debug`, `PartialEq` and `Default` unless this is called.
    /// `Default`, `Eq`, `Hash` and `Copy` are given to the items that can have them.
    #[must_use]
    pub fn derives(mut self, derives: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.config.derives = derives.into_iter().map(Into::into).collect();
        self
    }

    /// Gives a combinator, type or field (`combinator.field`) another name in Rust.
    #[must_use]
    pub fn rename(mut self, tl: impl Into<String>, rust: impl Into<String>) -> Self {
        self.config.renames.insert(tl.into(), rust.into());
        self
    }

    /// Makes a field (`resPQ.pq`) that is declared `string` a `Vec<u8>`.
    #[must_use]
    pub fn bytes(mut self, field: impl Into<String>) -> Self {
        self.config.bytes_fields.insert(field.into());
        self
    }

    /// What becomes of text that is not UTF-8: it is refused unless this is called.
    #[must_use]
    pub fn text(mut self, mode: TextMode) -> Self {
        self.config.text = mode;
        self
    }

    /// The type of text: `String` unless this is called.
    #[must_use]
    pub fn text_type(mut self, ty: TextType) -> Self {
        self.config.text_type = ty;
        self
    }

    /// Says which earlier `int` field holds the length of an `Object` field: `.length("message.body", "bytes")`.
    #[must_use]
    pub fn length(mut self, field: impl Into<String>, length: impl Into<String>) -> Self {
        self.config.lengths.insert(field.into(), length.into());
        self
    }

    /// Whether flags words are fields.
    #[must_use]
    pub fn flags(mut self, mode: FlagsMode) -> Self {
        self.config.flags = mode;
        self
    }

    /// Which way the code is mostly used.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.config.role = role;
        self
    }

    /// Adds a module `borrowed` with the constructors and types once more, their text pointing into the input:
    /// `&str` for `String`, `&[u8]` for `Vec<u8>`. Reading them allocates no text; `into_owned` makes the owned ones.
    #[must_use]
    pub fn borrowed(mut self, yes: bool) -> Self {
        self.config.borrowed = yes;
        self
    }

    /// Wraps the generated code in a module: `tg::api`.
    #[must_use]
    pub fn module(mut self, path: &str) -> Self {
        self.module = path.split("::").map(str::to_owned).collect();
        self
    }

    /// Makes methods by namespace for everything that can call: `client.contacts().get_contacts(0)`.
    #[must_use]
    pub fn calls(mut self, calls: bool) -> Self {
        self.config.calls = calls;
        self
    }

    /// Makes the constant `DECLARATIONS`, the schema as text, with which `tlgen_dynamic::Locator` finds the field at which bytes
    /// are wrong. Off by default, as it adds the schema to the source; programs that do not use it do not contain it.
    #[must_use]
    pub fn declarations(mut self, yes: bool) -> Self {
        self.config.declarations = yes;
        self
    }

    /// Adds a sidecar file: descriptions, errors and callers for documentation, and the enum of known errors. The path is
    /// relative to the package. What an earlier file says stands; an entry that names nothing in a schema is a warning.
    ///
    /// Needs the feature `metadata`, for which a build script pays with a parser of TOML.
    #[cfg(feature = "metadata")]
    #[must_use]
    pub fn metadata(mut self, path: impl Into<PathBuf>) -> Self {
        self.metadata.push(path.into());
        self
    }

    /// The path of the runtime in generated code; `::tlgen_runtime` unless this is called.
    #[must_use]
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.config.runtime = path.into();
        self
    }

    /// The layer to take from a schema that declares names once per layer.
    #[must_use]
    pub fn layer(mut self, layer: u32) -> Self {
        self.link.layer = Some(layer);
        self
    }

    /// The rule for ids that are not written; the one that more of the written ids follow unless this is called.
    #[must_use]
    pub fn id_rule(mut self, rule: IdRule) -> Self {
        self.link.id_rule = Some(rule);
        self
    }

    /// Combinators whose written id may differ from the one of their line, without a warning.
    #[must_use]
    pub fn allow_id_mismatch(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.link.allow_id_mismatch.extend(names.into_iter().map(Into::into));
        self
    }

    /// Where to write; `OUT_DIR` unless this is called.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// Generates every schema. Files that would not change are not written.
    ///
    /// Prints cargo's `rerun-if-changed` lines, and each warning as cargo's `warning`.
    ///
    /// # Errors
    /// Every error of the schemas and the options, with the places in the schema, or a failure of the disk. Nothing is
    /// written then.
    pub fn compile(&self) -> Result<(), BuildError> {
        let out_dir = match &self.out_dir {
            Some(dir) => dir.clone(),
            None => std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or(BuildError::NoOutDir)?,
        };
        if self.schemas.is_empty() {
            return Err(BuildError::NoSchema);
        }
        let mut outputs = Vec::new();
        let mut report = String::new();
        for unit in &self.schemas {
            let (sources, outcome) = self.unit(unit)?;
            if let Some(generated) = outcome.value {
                for warning in &outcome.diagnostics {
                    cargo_line(&format!("warning={}", one_line(warning, &sources)));
                }
                outputs.extend(generated.files);
            } else {
                report.push_str(&tlgen_diagnostics::render_all(&outcome.diagnostics, &sources, Style::Plain));
            }
        }
        if !report.is_empty() {
            return Err(BuildError::Schema(report));
        }
        for (name, text) in outputs {
            write_if_changed(&out_dir.join(name), &self.wrap(text))?;
        }
        Ok(())
    }

    fn unit(&self, unit: &Unit) -> Result<(Sources, Outcome<Generated>), BuildError> {
        let mut sources = Sources::new();
        let mut files = Vec::new();
        for path in &unit.files {
            cargo_line(&format!("rerun-if-changed={}", path.display()));
            files.push(add(path, read(path)?, &mut sources)?);
        }
        let names = unit.files.iter().map(|path| shown(path)).collect();
        let origin = Origin { name: unit.name.clone(), files: names };
        let config = match self.known_config(&mut sources)? {
            Ok(config) => config,
            Err(error) => return Ok((sources, Outcome { value: None, diagnostics: vec![error.diagnostic()] })),
        };
        let mut outcome = pipeline::compile(&sources, &files, &self.link, &origin, &config, Layout::SingleFile);
        if let Some(generated) = &outcome.value {
            let unmatched = config.metadata.unmatched(&generated.schema);
            outcome.diagnostics.extend(unmatched.iter().map(MetaError::diagnostic));
        }
        Ok((sources, outcome))
    }

    /// The options with what the files with metadata say.
    #[cfg(feature = "metadata")]
    fn known_config(&self, sources: &mut Sources) -> Result<Result<Config, MetaError>, BuildError> {
        let mut config = self.config.clone();
        for path in &self.metadata {
            cargo_line(&format!("rerun-if-changed={}", path.display()));
            let text = read(path)?;
            let file = sources.add(path.display().to_string(), text.clone());
            match tlgen_meta::sidecar::read(&text, file) {
                Ok(more) => config.metadata.merge(more),
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(config))
    }

    /// The options, which know of no metadata.
    #[cfg(not(feature = "metadata"))]
    #[expect(clippy::unnecessary_wraps, reason = "with the feature `metadata` it can fail")]
    fn known_config(&self, _: &mut Sources) -> Result<Result<Config, MetaError>, BuildError> {
        Ok(Ok(self.config.clone()))
    }

    fn wrap(&self, text: String) -> String {
        self.module
            .iter()
            .rev()
            .fold(text, |text, module| format!("/// Generated from a TL schema.\npub mod {module} {{\n{text}}}\n"))
    }
}

/// Why nothing was generated. `Debug` shows the same text as `Display`, so that `fn main() -> Result<(), BuildError>`
/// prints the diagnostics of the schema as they are.
#[non_exhaustive]
pub enum BuildError {
    /// `OUT_DIR` is not set: the code does not run in a build script.
    NoOutDir,
    /// No schema was given.
    NoSchema,
    /// A file can not be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: std::io::Error,
    },
    /// A schema file is not UTF-8.
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
    /// The schema is broken: the rendered diagnostics.
    Schema(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOutDir => f.write_str("OUT_DIR is not set: call this from a build script, or set `out_dir`"),
            Self::NoSchema => f.write_str("no schema was given: call `schema`"),
            Self::Io { path, source } => write!(f, "{}: {source}", path.display()),
            Self::NotUtf8 { path, line } => write!(f, "{}:{line}: the file is not UTF-8", path.display()),
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
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// A path as generated code may name it: an absolute one would differ from machine to machine.
fn shown(path: &Path) -> String {
    let shown = if path.is_absolute() { path.file_name().map_or(path, Path::new) } else { path };
    shown.to_string_lossy().replace('\\', "/")
}

/// Adds the text of a schema, which may be in its JSON form.
fn add(path: &Path, text: String, sources: &mut Sources) -> Result<FileIdx, BuildError> {
    let name = path.display().to_string();
    if !tlgen_parser::json::is_json(&text) {
        return Ok(sources.add(name, text));
    }
    match tlgen_parser::json::to_tl(&text) {
        Ok(tl) => Ok(sources.add(format!("{name} as TL"), tl)),
        Err(error) => {
            let mut sources = Sources::new();
            let file = sources.add(name, text);
            Err(BuildError::Schema(tlgen_diagnostics::render(&error.diagnostic(file), &sources, Style::Plain)))
        }
    }
}

fn read(path: &Path) -> Result<String, BuildError> {
    let bytes = std::fs::read(path).map_err(|source| BuildError::Io { path: path.to_owned(), source })?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
        BuildError::NotUtf8 { path: path.to_owned(), line }
    })
}

/// Leaves a file alone that has the text already, so that cargo does not build again what did not change.
fn write_if_changed(path: &Path, text: &str) -> Result<(), BuildError> {
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let io = |source| BuildError::Io { path: path.to_owned(), source };
    // A file that is renamed into place is never half-written.
    let temporary = path.with_extension("rs.tmp");
    std::fs::write(&temporary, text).map_err(io)?;
    std::fs::rename(&temporary, path).map_err(io)
}

fn one_line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.primary.as_ref().map(|label| {
        let source = sources.get(label.location.file);
        let before = &source.text.as_bytes()[..label.location.span.start as usize];
        format!("{}:{}: ", source.name, 1 + before.iter().filter(|byte| **byte == b'\n').count())
    });
    format!("{}{} [{}]", place.unwrap_or_default(), diagnostic.message, diagnostic.code.0)
}

/// A line to cargo, which reads the standard output of a build script.
#[expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn cargo_line(line: &str) {
    println!("cargo::{line}");
}
