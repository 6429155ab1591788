//! Text to a linked schema.

use tl_model::schema::Schema;
use tl_model::{ModelError, Options};
use tl_parser::diagnostic::Diagnostic;
use tl_parser::source::{FileIdx, Sources};

/// The schema, if there is no error, and every diagnostic.
pub(crate) fn load(sources: &Sources, files: &[FileIdx], options: &Options) -> (Option<Schema>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut parsed = Vec::new();
    for &file in files {
        let text = sources.get(file).text.as_str();
        let result = tl_parser::parse(text);
        diagnostics.extend(result.errors.iter().chain(&result.warnings).map(|error| error.diagnostic(file)));
        parsed.push((file, result.schema, text));
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        return (None, diagnostics);
    }
    let parsed: Vec<_> = parsed.iter().map(|(file, schema, text)| (*file, schema, *text)).collect();
    match tl_model::link(&parsed, options) {
        Ok(linked) => {
            diagnostics.extend(linked.warnings.iter().map(ModelError::diagnostic));
            (Some(linked.schema), diagnostics)
        }
        Err(failure) => {
            diagnostics.extend(failure.diagnostics());
            (None, diagnostics)
        }
    }
}
