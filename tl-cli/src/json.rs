//! Diagnostics for programs.
//!
//! One JSON object a line: `code`, `severity` (`error` or `warning`), `message`, `primary` (a label or null),
//! `secondary` (labels), `help` (texts). A label has `file`, `start`, `end` and `text`; `start` and `end` have `byte`,
//! from 0, and `line` and `column`, from 1. A column counts Unicode scalar values, as [`tlgen_diagnostics::Position`] does;
//! `end` is the place behind the last character.

use serde::Serialize;
use tlgen_diagnostics::LineIndex;
use tlgen_parser::diagnostic::{Diagnostic, Label, Severity};
use tlgen_parser::source::Sources;

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

/// Turns the diagnostics of one set of files to JSON.
pub(crate) struct JsonWriter<'s> {
    sources: &'s Sources,
    indexes: Vec<LineIndex<'s>>,
}

impl<'s> JsonWriter<'s> {
    pub(crate) fn new(sources: &'s Sources) -> Self {
        Self { sources, indexes: sources.iter().map(|(_, source)| LineIndex::new(&source.text)).collect() }
    }

    /// One object without a line break.
    pub(crate) fn line(&self, diagnostic: &Diagnostic) -> String {
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
