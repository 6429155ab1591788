//! Diagnostics for programs: one [`Diagnostic`] in, one line of JSON out.

use serde::Serialize;
use tlgen_parser::diagnostic::{Diagnostic, Label, Severity};
use tlgen_parser::source::Sources;

use crate::LineIndex;

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    primary: Option<JsonLabel<'a>>,
    secondary: Vec<JsonLabel<'a>>,
    help: &'a [String],
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    file: &'a str,
    start: JsonPlace,
    end: JsonPlace,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonPlace {
    byte: u32,
    line: u32,
    column: u32,
}

/// Turns the diagnostics of one set of files into JSON, one object a line.
///
/// An object has `code`, `severity` (`error` or `warning`), `message`, `primary` (a label or null), `secondary` (labels)
/// and `help` (texts). A label has `file`, `start`, `end` and `text`. `start` and `end` have `byte`, counted from 0, and
/// `line` and `column`, counted from 1. A column counts Unicode scalar values, as [`Position`](crate::Position) does.
/// `end` is the position after the last character.
pub struct JsonWriter<'s> {
    sources: &'s Sources,
    indexes: Vec<LineIndex<'s>>,
}

impl<'s> JsonWriter<'s> {
    /// A writer for diagnostics that point into `sources`.
    #[must_use]
    pub fn new(sources: &'s Sources) -> Self {
        Self { sources, indexes: sources.iter().map(|(_, source)| LineIndex::new(&source.text)).collect() }
    }

    /// One object, without a line break at its end.
    ///
    /// # Panics
    /// If the diagnostic points into other sources.
    #[must_use]
    pub fn line(&self, diagnostic: &Diagnostic) -> String {
        let object = JsonDiagnostic {
            code: diagnostic.code.0,
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            primary: diagnostic.primary.as_ref().map(|label| self.label(label)),
            secondary: diagnostic.secondary.iter().map(|label| self.label(label)).collect(),
            help: &diagnostic.help,
        };
        serde_json::to_string(&object).expect("strings and numbers have a JSON form")
    }

    fn label<'a>(&'a self, label: &'a Label) -> JsonLabel<'a> {
        let index = &self.indexes[label.location.file.0 as usize];
        let place = |byte: u32| {
            let position = index.position(byte);
            JsonPlace { byte, line: position.line, column: position.column }
        };
        JsonLabel {
            file: &self.sources.get(label.location.file).name,
            start: place(label.location.span.start),
            end: place(label.location.span.end),
            text: &label.text,
        }
    }
}
