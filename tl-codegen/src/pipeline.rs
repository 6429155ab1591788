//! The whole way from the text of schema files to the text of Rust files, on one screen.
//!
//! Text to model is [`tlgen_model::load`]. Code is generated only for a schema without errors: a [`Valid`] one.

use tlgen_model::schema::Schema;
use tlgen_model::{Outcome, Valid, load};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

use crate::{CodegenError, Config, Files, Layout, Origin, emit, ir, output};

/// Files of Rust and the schema that they came from.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Relative paths to texts.
    pub files: Files,
    /// The linked schema, before `only` was applied.
    pub schema: Valid<Schema>,
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
    compile_with(sources, files, link, origin, config, layout, &CodegenError::diagnostic)
}

/// The same for a caller that can say more about an error of code generation: where an option is written.
pub(crate) fn compile_with(
    sources: &Sources,
    files: &[FileIdx],
    link: &tlgen_model::Options,
    origin: &Origin,
    config: &Config,
    layout: Layout,
    describe: &dyn Fn(&CodegenError) -> Diagnostic,
) -> Outcome<Generated> {
    let Outcome { value, mut diagnostics } = load(sources, files, link);
    let value = value.and_then(|schema| match generate(&schema, origin, config, layout) {
        Ok(files) => Some(Generated { files, schema }),
        Err(errors) => {
            diagnostics.extend(errors.iter().map(describe));
            None
        }
    });
    Outcome { value, diagnostics }
}

/// Model to Rust. The result is the same on every run and machine.
///
/// # Errors
/// Every name clash, every option that matched nothing, and every declaration that has no Rust form yet.
pub fn generate(
    schema: &Valid<Schema>,
    origin: &Origin,
    config: &Config,
    layout: Layout,
) -> Result<Files, Vec<CodegenError>> {
    let package = lower(schema, config)?;
    let module = emit::package(&package, config);
    output::files(&module, &output::Header::new(origin, schema.layer, config.text_type), layout)
        .map_err(|error| vec![error])
}

/// The first half of [`generate`]: model to Rust items.
///
/// # Errors
/// As [`generate`].
pub fn lower(schema: &Valid<Schema>, config: &Config) -> Result<ir::Package, Vec<CodegenError>> {
    config.check()?;
    if config.only.is_empty() {
        return ir::lower(schema, config);
    }
    let selection = tlgen_model::analysis::closure::closure(schema, &config.only)
        .map_err(|errors| errors.into_iter().map(CodegenError::from).collect::<Vec<_>>())?;
    ir::lower(&schema.select(&selection), config)
}
