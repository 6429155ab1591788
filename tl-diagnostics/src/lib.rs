//! Renders TL diagnostics with the lines that they are about, the way `rustc` does.
//!
//! What comes in are the [`Diagnostic`]s of any stage and the [`Sources`] that they point into; what goes out is text
//! for people, or, by [`LineIndex`], lines and columns for programs. [`github`] makes commands for a workflow of GitHub. With the
//! feature `json`, `JsonWriter` makes a line of JSON of each diagnostic, and `sarif` a document of all; with the feature `junit`,
//! `junit` makes a test report. Nothing here prints.
//!
//! ```
//! use tlgen_diagnostics::{Style, render};
//! use tlgen_parser::diagnostic::{Code, Diagnostic};
//! use tlgen_parser::source::{Location, Sources, Span};
//!
//! let mut sources = Sources::new();
//! let file = sources.add("api.tl", "user id:lnog = User;\n");
//! let location = Location { file, span: Span::new(8, 12) };
//! let diagnostic = Diagnostic::error(Code("TL0100"), "unknown type `lnog`", location, "not declared").with_help("did you mean `long`?");
//! assert_eq!(
//!     render(&diagnostic, &sources, Style::Plain),
//!     "error[TL0100]: unknown type `lnog`
//!  --> api.tl:1:9
//!   |
//! 1 | user id:lnog = User;
//!   |         ^^^^ not declared
//!   |
//!   = help: did you mean `long`?
//! "
//! );
//! ```

mod excerpt;
mod github;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "junit")]
mod junit;
mod lines;
mod places;
mod render;
#[cfg(feature = "json")]
mod sarif;

use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Sources;

pub use github::github;
#[cfg(feature = "json")]
pub use json::JsonWriter;
#[cfg(feature = "junit")]
pub use junit::junit;
pub use lines::{LineIndex, Position};
pub use render::Renderer;
#[cfg(feature = "json")]
pub use sarif::{Tracked, sarif, sarif_tracked};

/// How the text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// Characters only: for files and pipes.
    #[default]
    Plain,
    /// With ANSI colours: for a terminal.
    Color,
}

/// One diagnostic as text. To render many, [`render_all`] or a [`Renderer`] reads each file once instead of each time.
///
/// # Panics
/// If the diagnostic points into other sources.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    Renderer::new(sources, style).render(diagnostic)
}

/// All diagnostics as text, ordered by file and location, and a last line that counts them: `2 errors, 1 warning`. Empty
/// if there are none.
///
/// # Panics
/// If a diagnostic points into other sources.
#[must_use]
pub fn render_all(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    Renderer::new(sources, style).render_all(diagnostics)
}

/// The diagnostics by file and location; those without a location last. Those at one location keep their order.
#[must_use]
pub fn order(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    ordered.sort_by_key(|diagnostic| {
        let location = diagnostic.primary.as_ref().map(|label| label.location);
        (location.is_none(), location)
    });
    ordered
}

/// How many there are of each severity, as in `2 errors, 1 warning`; `no errors` where there are none.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    match (errors, diagnostics.len() - errors) {
        (0, 0) => "no errors".to_owned(),
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
