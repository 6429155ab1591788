//! Diagnostics as text in the form that the call asks for.

use tlgen_diagnostics::{JsonWriter, Style, github, junit, order, render_all, sarif};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Sources;

use crate::args::ErrorFormat;
use crate::failure::Failure;
use crate::rules;

/// How diagnostics look on one of the streams.
#[derive(Clone, Copy)]
pub(crate) struct Show {
    /// The form.
    pub(crate) format: ErrorFormat,
    /// Whether a text has colours.
    pub(crate) style: Style,
}

impl Show {
    /// All diagnostics of a run. A document, which SARIF and JUnit are, is not empty even if there are none.
    pub(crate) fn all(self, diagnostics: &[Diagnostic], sources: &Sources) -> String {
        match self.format {
            ErrorFormat::Text => render_all(diagnostics, sources, self.style),
            ErrorFormat::Json => {
                let writer = JsonWriter::new(sources);
                order(diagnostics).into_iter().map(|diagnostic| writer.line(diagnostic) + "\n").collect()
            }
            ErrorFormat::Github => github(diagnostics, sources),
            ErrorFormat::Sarif => sarif(diagnostics, sources, &rules::of),
            ErrorFormat::Junit => junit(diagnostics, sources),
        }
    }

    /// Whether each fault has to be a diagnostic, as no program reads the lines for people.
    pub(crate) fn is_for_programs(self) -> bool {
        self.format != ErrorFormat::Text
    }

    /// The end of a command that found these.
    pub(crate) fn failure(self, diagnostics: &[Diagnostic], sources: &Sources) -> Failure {
        Failure::Diagnostics(self.all(diagnostics, sources))
    }
}
