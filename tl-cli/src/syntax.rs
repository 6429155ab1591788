//! Syntax trees for the commands that need no linked schema.

use tlgen_parser::ast::Schema;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

use crate::failure::Failure;
use crate::show::Show;

/// The trees of the files. Warnings are for `tlgen check`.
///
/// # Errors
/// Every syntax error of every file, rendered.
pub(crate) fn trees<'s>(sources: &'s Sources, files: &[FileIdx], show: Show) -> Result<Vec<Schema<'s>>, Failure> {
    let mut trees = Vec::with_capacity(files.len());
    let mut errors: Vec<Diagnostic> = Vec::new();
    for &file in files {
        match tlgen_parser::parse(&sources.get(file).text).into_result() {
            Ok(tree) => trees.push(tree),
            Err(found) => errors.extend(found.iter().map(|error| error.diagnostic(file))),
        }
    }
    if errors.is_empty() { Ok(trees) } else { Err(show.failure(&errors, sources)) }
}
