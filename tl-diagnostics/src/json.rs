//! Diagnostics for programs: one [`Diagnostic`] in, one line of JSON out.

use serde::Serialize;
use tlgen_parser::diagnostic::{Diagnostic, Label, Severity};
use tlgen_parser::invisible::is_direction;
use tlgen_parser::source::Sources;

use crate::Position;
use crate::places::Places;

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
    places: Places<'s>,
}

impl<'s> JsonWriter<'s> {
    /// A writer for diagnostics that point into `sources`.
    #[must_use]
    pub fn new(sources: &'s Sources) -> Self {
        Self { places: Places::new(sources) }
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
        to_string(&object)
    }

    fn label<'a>(&'a self, label: &'a Label) -> JsonLabel<'a> {
        let (place, span) = (self.places.of(label.location), label.location.span);
        let json = |byte, Position { line, column }| JsonPlace { byte, line, column };
        JsonLabel {
            file: place.file,
            start: json(span.start, place.start),
            end: json(span.end, place.end),
            text: &label.text,
        }
    }
}

/// The value as JSON. Marks of direction and control characters, which can stand in strings only, are escaped: a terminal or a
/// log shows the text in the order in which a program reads it.
pub(crate) fn to_string(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("strings and numbers have a JSON form");
    let is_harmful = |c: char| c.is_control() || is_direction(c);
    if !text.contains(is_harmful) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        // All of them are below U+10000, so that one escape is enough.
        if is_harmful(c) { escaped += &format!("\\u{:04x}", u32::from(c)) } else { escaped.push(c) }
    }
    escaped
}
