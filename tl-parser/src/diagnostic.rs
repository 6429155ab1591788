//! How errors and warnings of every stage are described.
//!
//! A stage has its own typed errors; each turns into a [`Diagnostic`], which a renderer shows with the source. Nothing
//! here prints.

use crate::source::Location;

/// A stable code such as `TL0012`; `tlgen explain` knows each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The schema is used as it is.
    Warning,
    /// Later stages do not run.
    Error,
}

/// What is known of a code apart from any schema that breaks the rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The stable code.
    pub code: Code,
    /// The stable name, as in `id-mismatch`: what people write instead of the code.
    pub name: &'static str,
    /// Error or warning; some errors count as warnings where files need not be a whole schema.
    pub severity: Severity,
    /// A schema that breaks this rule and no other.
    pub example: Example,
    /// What the code means, at length: a sentence, then paragraphs and indented examples. For `tlgen explain`.
    pub explanation: &'static str,
}

/// An example that breaks a rule.
#[derive(Clone, Copy, Debug)]
pub enum Example {
    /// One file.
    Schema(&'static str),
    /// Several files that are linked together.
    Files(&'static [&'static str]),
    /// A schema before and after a change.
    Versions(&'static str, &'static str),
    /// The files of a project by name: `tlgen.toml`, and what it names.
    Project(&'static [(&'static str, &'static str)]),
    /// One file that is too long to be written out. Other rules may be broken too.
    Made(fn() -> String),
    /// Not a text of moderate length: a description of it.
    None(&'static str),
}

/// A location and what to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The location.
    pub location: Location,
    /// A few words beside the underlined text; may be empty.
    pub text: String,
}

/// One error or warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// The fault; `None` where there is no location, as for an option that matched nothing.
    pub primary: Option<Label>,
    /// Other locations that matter, such as the first declaration of a name that is declared twice.
    pub secondary: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error at a location.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>, location: Location, label: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary: Some(Label { location, text: label.into() }),
            secondary: Vec::new(),
            help: Vec::new(),
        }
    }

    /// A warning at a location.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>, location: Location, label: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, location, label) }
    }

    /// The same with one more location.
    #[must_use]
    pub fn with_secondary(mut self, location: Location, label: impl Into<String>) -> Self {
        self.secondary.push(Label { location, text: label.into() });
        self
    }

    /// The same with one more line of help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Whether later stages may not run.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
