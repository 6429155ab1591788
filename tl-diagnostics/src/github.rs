//! Diagnostics for GitHub Actions: one workflow command in, one annotation at a line of a pull request out.

use core::fmt::Write;

use tlgen_parser::diagnostic::{Diagnostic, Severity};
use tlgen_parser::source::Sources;

use crate::order;
use crate::places::{Place, Places, harmless};

/// The diagnostics as commands for a workflow of GitHub, one a line: `::error file=api.tl,line=1,col=9::unknown type`.
///
/// The title is the code. Nothing if there are no diagnostics.
///
/// # Panics
/// If a diagnostic points into other sources.
#[must_use]
pub fn github(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let places = Places::new(sources);
    let mut text = String::new();
    for diagnostic in order(diagnostics) {
        text += match diagnostic.severity {
            Severity::Error => "::error ",
            Severity::Warning => "::warning ",
        };
        if let Some(label) = &diagnostic.primary {
            let Place { file, start, end } = places.of(label.location);
            let _ = write!(text, "file={},line={},col={},", property(file), start.line, start.column);
            // GitHub takes the last column only of a range within one line.
            if start.line != end.line {
                let _ = write!(text, "endLine={},", end.line);
            } else if start.column != end.column {
                let _ = write!(text, "endLine={},endColumn={},", end.line, end.column);
            }
        }
        let _ = writeln!(text, "title={}::{}", property(diagnostic.code.0), data(&places.text(diagnostic)));
    }
    text
}

/// A text after the second `::`, where only line breaks and the sign that escapes them mean something.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a `,` would end, and a `:` all of them.
fn property(text: &str) -> String {
    data(&harmless(text)).replace(':', "%3A").replace(',', "%2C")
}
