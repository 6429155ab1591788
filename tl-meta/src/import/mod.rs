//! Tables that others publish.
//!
//! | what | recognised by | module |
//! |---|---|---|
//! | errors | CSV with the header `name,codes,description` | [`tables`] |
//! | functions | CSV with the header `method,usability,errors` | [`tables`] |
//! | descriptions and errors | a JSON object with `methods`, `constructors`, `types`, `errors` | [`getdoc`] |

pub mod getdoc;
pub mod tables;

use tlgen_parser::source::FileIdx;

use crate::error::{MetaError, MetaErrorKind};
use crate::table::Metadata;

/// Reads a table of any of these kinds; `file` is the file of the locations in it.
///
/// # Errors
/// The first location at which the text does not have the form of its kind, or that the text is of no known kind.
pub fn read(text: &str, file: FileIdx) -> Result<Metadata, MetaError> {
    let text_start = text.trim_start_matches('\u{feff}').trim_start();
    if text_start.starts_with('{') {
        return getdoc::read(text, file);
    }
    let header = text_start.lines().next().unwrap_or_default();
    match header.split(',').next().map(str::trim) {
        Some("name") => tables::errors(text, file),
        Some("method") => tables::functions(text, file),
        _ => {
            let message = "this is neither a table of errors or functions in CSV nor a JSON object".to_owned();
            Err(MetaError { kind: MetaErrorKind::Malformed { message }, location: None })
        }
    }
}
