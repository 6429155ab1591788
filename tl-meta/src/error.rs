//! What can be wrong with a source.

use std::fmt;

use tlgen_parser::diagnostic::{Code, Diagnostic, Example, Label, Rule, Severity};
use tlgen_parser::source::Location;

/// An error or warning about a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaError {
    /// What is wrong.
    pub kind: MetaErrorKind,
    /// Where, if the source has locations.
    pub location: Option<Location>,
}

/// The kinds of [`MetaError`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MetaErrorKind {
    /// The source is not of the form that it should have.
    Malformed {
        /// What is wrong, as one sentence.
        message: String,
    },
    /// An entry names nothing in the schema: a warning.
    Unmatched {
        /// What it should name.
        what: Named,
        /// The name.
        name: String,
        /// What else has the same name.
        instead: Option<Named>,
    },
}

/// What an entry can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A function.
    Function,
    /// A constructor.
    Constructor,
    /// A boxed type.
    Type,
    /// A field of a function or constructor, whose name this is.
    FieldOf(String),
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function => f.write_str("function"),
            Self::Constructor => f.write_str("constructor"),
            Self::Type => f.write_str("type"),
            Self::FieldOf(owner) => write!(f, "field of `{owner}`"),
        }
    }
}

/// The rules of this crate, by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [&MALFORMED, &UNMATCHED].into_iter()
}

/// The configuration of the examples.
const TOML: &str =
    "[output]\ndir = \"out\"\n[[schema]]\nname = \"a\"\nfiles = [\"a.tl\"]\nmetadata = \"a.meta.toml\"\n";

static MALFORMED: Rule = Rule {
    code: Code("TL0401"),
    name: "malformed-metadata",
    severity: Severity::Error,
    example: Example::Project(&[
        ("a.tl", "a = A;"),
        ("a.meta.toml", "[constructors.a]\nusable_by = \"anyone\"\n"),
        ("tlgen.toml", TOML),
    ]),
    explanation: "A file with metadata can not be read.

Sidecar files are TOML. Keys are exact TL names; every part may be left out:

    source = \"What pages call this file\"
    layer = 228                          # what it is about; pages of older layers say so

    [layers]                             # the days on which layers appeared, for the feeds of changes
    228 = 2026-06-01

    [functions.\"contacts.getTopPeers\"]
    description = \"Markdown, if the comments of the schema do not say it\"
    usable_by = \"users\"                  # users, bots, users and bots
    errors = [{ code = 400, name = \"TYPES_EMPTY\", description = \"What it means here\" }]
    related = [{ title = \"Pagination\", url = \"https://...\", description = \"What is there\" }]
    [functions.\"contacts.getTopPeers\".fields]
    limit = \"A text\"
    offset = { description = \"A text\", null = \"When it is absent, and what that means\" }

    [constructors.\"user\"]                # description, fields, related
    [types.\"User\"]                       # description, related

    [errors]
    FLOOD_WAIT_X = { codes = [420], fields = [\"seconds\"], description = \"Wait for X seconds\" }

Tables of others are CSV with the header `name,codes,description` or `method,usability,errors`, and JSON with the keys
`methods`, `constructors`, `types` and `errors`.",
};

static UNMATCHED: Rule = Rule {
    code: Code("TL0402"),
    name: "unmatched-metadata",
    severity: Severity::Warning,
    example: Example::Project(&[
        ("a.tl", "a = A;"),
        ("a.meta.toml", "[functions.a]\ndescription = \"A constructor\"\n"),
        ("tlgen.toml", TOML),
    ]),
    explanation: "An entry of a file with metadata names nothing in the schema.

Names are compared whole and with their case. The entry is left out. Perhaps the name has changed, or the entry belongs
to another layer; in `functions`, `constructors` and `types` stand names of that kind only.",
};

impl MetaError {
    /// As a diagnostic, ready for a renderer.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let rule = match self.kind {
            MetaErrorKind::Malformed { .. } => &MALFORMED,
            MetaErrorKind::Unmatched { .. } => &UNMATCHED,
        };
        let help = match &self.kind {
            MetaErrorKind::Unmatched { name, instead: Some(instead), .. } => {
                vec![format!("`{name}` is a {instead}")]
            }
            _ => Vec::new(),
        };
        Diagnostic {
            code: rule.code,
            severity: rule.severity,
            message: self.to_string(),
            primary: self.location.map(|location| Label { location, text: String::new() }),
            secondary: Vec::new(),
            help,
        }
    }
}

impl fmt::Display for MetaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            MetaErrorKind::Malformed { message } => f.write_str(message),
            MetaErrorKind::Unmatched { what, name, .. } => write!(f, "the schema has no {what} named `{name}`"),
        }
    }
}

impl std::error::Error for MetaError {}
