//! The whole way from the text of schema files to the text of Rust files, on one screen.
//!
//! Between stages stands a barrier: there is a model, and Rust, only if nothing before found an error. Linking alone also runs
//! behind syntax errors, on the declarations that are whole, and then for its diagnostics only.

use std::collections::HashSet;

use tlgen_model::schema::Schema;
use tlgen_model::{ErrorKind, ModelError};
use tlgen_parser::SyntaxErrorKind;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

use crate::{CodegenError, Config, Files, Layout, Origin, emit, ir, output};

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// The result; `None` where there is an error among the diagnostics.
    pub value: Option<T>,
    /// Every error and warning, in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Files of Rust and the schema that they came from.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Relative paths to texts.
    pub files: Files,
    /// The linked schema, before `only` was applied.
    pub schema: Schema,
}

/// Text to Rust: parses and links `files` as one schema and generates code for it.
#[must_use]
pub fn compile(
    sources: &Sources,
    files: &[FileIdx],
    link: &tlgen_model::Options,
    origin: &Origin,
    config: &Config,
    layout: Layout,
) -> Outcome<Generated> {
    let Outcome { value, mut diagnostics } = load(sources, files, link);
    let value = value.and_then(|schema| match generate(&schema, origin, config, layout) {
        Ok(files) => Some(Generated { files, schema }),
        Err(errors) => {
            diagnostics.extend(errors.iter().map(CodegenError::diagnostic));
            None
        }
    });
    Outcome { value, diagnostics }
}

/// Text to model: parses and links `files` as one schema. What has syntax errors is linked too, without the declarations
/// that are wrong, so that all mistakes show at once.
#[must_use]
pub fn load(sources: &Sources, files: &[FileIdx], options: &tlgen_model::Options) -> Outcome<Schema> {
    let mut diagnostics = Vec::new();
    let mut parsed = Vec::new();
    for &file in files {
        let text = sources.get(file).text.as_str();
        let result = tlgen_parser::parse(text);
        diagnostics.extend(result.errors.iter().chain(&result.warnings).map(|error| error.diagnostic(file)));
        parsed.push((file, result.schema, text));
    }
    let is_broken = diagnostics.iter().any(Diagnostic::is_error);
    // Below a heading that says nothing everything may be something else.
    let is_unknown = diagnostics.iter().any(|found| found.code == SyntaxErrorKind::BadHeading.code());
    if is_unknown {
        return Outcome { value: None, diagnostics };
    }
    let texts: Vec<&str> = parsed.iter().filter(|_| is_broken).map(|(_, _, text)| *text).collect();
    let (value, found) = match tlgen_model::link(parsed, options) {
        Ok(linked) => (Some(linked.schema), linked.warnings),
        Err(failure) => (None, failure.errors.into_iter().chain(failure.warnings).collect()),
    };
    let words = texts.into_iter().flat_map(declared_words).collect();
    let found = found.iter().filter(|error| !is_broken || stands_alone(error, &words));
    diagnostics.extend(found.map(ModelError::diagnostic));
    Outcome { value: value.filter(|_| !is_broken), diagnostics }
}

/// Whether a mistake is one whatever the declarations say that can not be read. `words` are those that they may declare.
fn stands_alone(error: &ModelError, words: &HashSet<&str>) -> bool {
    match &*error.kind {
        ErrorKind::UndefinedType { name, .. } => !words.contains(name.as_str()),
        ErrorKind::NoFiniteValue { .. } | ErrorKind::EmptySection { .. } | ErrorKind::UnmatchedPattern { .. } => false,
        _ => true,
    }
}

/// The words behind a `=` and at the beginning of lines and declarations.
fn declared_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(['=', '>', ';', '\n']).filter_map(|piece| {
        let piece = piece.trim_start_matches([' ', '\t']);
        let end = piece.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(piece.len());
        (end > 0).then(|| &piece[..end])
    })
}

/// Model to Rust. The result is the same on every run and machine.
///
/// # Errors
/// Every name clash, every option that matched nothing, and every declaration that has no Rust form yet.
pub fn generate(schema: &Schema, origin: &Origin, config: &Config, layout: Layout) -> Result<Files, Vec<CodegenError>> {
    let package = lower(schema, config)?;
    let module = emit::package(&package, config);
    output::files(&module, &output::Header::new(origin, schema.layer), layout).map_err(|error| vec![error])
}

/// The first half of [`generate`]: model to the Rust items that stand for it.
///
/// # Errors
/// As [`generate`].
pub fn lower(schema: &Schema, config: &Config) -> Result<ir::Package, Vec<CodegenError>> {
    config.check().map_err(|error| vec![error])?;
    if config.only.is_empty() {
        return ir::lower(schema, config);
    }
    let selection = tlgen_model::analysis::closure::closure(schema, &config.only)
        .map_err(|errors| errors.into_iter().map(CodegenError::from).collect::<Vec<_>>())?;
    ir::lower(&schema.select(&selection), config)
}
