//! Locations to files, lines and columns, for every form of diagnostics that a program reads.

use tlgen_parser::diagnostic::{Diagnostic, Label};
use tlgen_parser::invisible::is_direction;
use tlgen_parser::source::{Location, Sources};

use crate::{LineIndex, Position};

/// The files of a run, each indexed once.
pub(crate) struct Places<'s> {
    sources: &'s Sources,
    indexes: Vec<LineIndex<'s>>,
}

/// Where something is, for people and editors.
#[derive(Clone, Copy)]
pub(crate) struct Place<'s> {
    /// The name of the file.
    pub(crate) file: &'s str,
    /// The first character.
    pub(crate) start: Position,
    /// After the last character.
    pub(crate) end: Position,
}

impl<'s> Places<'s> {
    pub(crate) fn new(sources: &'s Sources) -> Self {
        Self { sources, indexes: sources.iter().map(|(_, source)| LineIndex::new(&source.text)).collect() }
    }

    /// Where a location is.
    pub(crate) fn of(&self, location: Location) -> Place<'s> {
        let index = &self.indexes[location.file.0 as usize];
        let (start, end) = index.clip(location.span);
        let position = |offset: usize| index.position(u32::try_from(offset).unwrap_or(u32::MAX));
        Place { file: &self.sources.get(location.file).name, start: position(start), end: position(end) }
    }

    /// All that a diagnostic says, one thing a line: the message, the words beside the underlined text, the other locations
    /// and the help. What could harm a terminal or a log is replaced.
    pub(crate) fn text(&self, diagnostic: &Diagnostic) -> String {
        let mut text = diagnostic.message.clone();
        let mut line = |line: &str| text.extend(["\n", line]);
        for label in diagnostic.primary.iter().filter(|label| !label.text.is_empty()) {
            line(&label.text);
        }
        for label in &diagnostic.secondary {
            line(&self.elsewhere(label));
        }
        for help in &diagnostic.help {
            line(&format!("help: {help}"));
        }
        harmless(&text)
    }

    fn elsewhere(&self, label: &Label) -> String {
        let Place { file, start, .. } = self.of(label.location);
        format!("{file}:{}:{}: {}", start.line, start.column, label.text)
    }
}

/// The text without control characters and marks of direction.
pub(crate) fn harmless(text: &str) -> String {
    let is_harmless = |c: char| c == '\n' || !(c.is_control() || is_direction(c));
    text.chars().map(|c| if is_harmless(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}
