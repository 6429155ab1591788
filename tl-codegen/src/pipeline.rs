//! The whole way from the text of schema files to the text of Rust files, on one screen.
//!
//! Between stages stands a barrier: a stage runs only when the one before it found no error.

use tl_model::schema::Schema;
use tl_parser::diagnostic::Diagnostic;
use tl_parser::source::{FileIdx, Sources};

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
    link: &tl_model::Options,
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

/// Text to model: parses and links `files` as one schema.
#[must_use]
pub fn load(sources: &Sources, files: &[FileIdx], options: &tl_model::Options) -> Outcome<Schema> {
    let mut diagnostics = Vec::new();
    let mut parsed = Vec::new();
    for &file in files {
        let text = sources.get(file).text.as_str();
        let result = tl_parser::parse(text);
        diagnostics.extend(result.errors.iter().chain(&result.warnings).map(|error| error.diagnostic(file)));
        parsed.push((file, result.schema, text));
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Outcome { value: None, diagnostics };
    }
    let parsed: Vec<_> = parsed.iter().map(|(file, schema, text)| (*file, schema, *text)).collect();
    let (value, found) = match tl_model::link(&parsed, options) {
        Ok(linked) => (Some(linked.schema), linked.warnings),
        Err(failure) => (None, failure.errors.into_iter().chain(failure.warnings).collect()),
    };
    diagnostics.extend(found.iter().map(tl_model::ModelError::diagnostic));
    Outcome { value, diagnostics }
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
    let selection = tl_model::analysis::closure::closure(schema, &config.only)
        .map_err(|errors| errors.into_iter().map(CodegenError::from).collect::<Vec<_>>())?;
    ir::lower(&schema.select(&selection), config)
}
