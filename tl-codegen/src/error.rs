//! What can go wrong between a resolved schema and Rust.

use tlgen_parser::diagnostic::{Code, Diagnostic, Label, Severity};
use tlgen_parser::source::Location;

/// An error of code generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodegenError {
    /// What is wrong.
    pub kind: CodegenErrorKind,
    /// Where, if it has a place in a schema.
    pub location: Option<Location>,
}

/// The kinds of [`CodegenError`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodegenErrorKind {
    /// Two things would get one Rust name.
    NameClash {
        /// The name, with the module or item that it is in.
        rust: String,
        /// The TL name of the second.
        tl: String,
        /// The TL name of the first.
        first: String,
        /// Where the first is declared.
        first_location: Location,
    },
    /// A construct without a Rust form.
    Unsupported {
        /// The TL name of the declaration.
        declaration: String,
        /// What about it, as in "it has the type parameter `t`".
        reason: String,
    },
    /// An option names something that is not in the schema.
    Unmatched {
        /// The option, as in `rename`.
        option: &'static str,
        /// What it names.
        value: String,
        /// A name in the schema that looks like it.
        similar: Option<String>,
    },
    /// The option `only` could not be applied.
    Selection(tlgen_model::ModelError),
    /// What was generated is no Rust: a bug of the generator.
    Internal {
        /// What the parser of Rust says.
        message: String,
    },
    /// An option has a value that it can not have.
    Misapplied {
        /// The option, as in `bytes`.
        option: &'static str,
        /// What it names.
        value: String,
        /// What it must be.
        expected: &'static str,
    },
}

/// What each code of this crate means.
pub const EXPLANATIONS: &[(Code, &str)] = &[
    (
        NAME_CLASH,
        "Two names of the schema become one name in Rust, for example `fooBar` and `foo_bar`, which are both `FooBar`.\n\
         Generated code never tells them apart by a number, as the numbers would move when the schema changes.\n\
         Give one of them another name with the option `rename`.",
    ),
    (
        UNSUPPORTED,
        "The declaration is valid TL, but there is no Rust form for it yet. Leave it out with `only`, or write the\n\
         declaration with the concrete types that are needed.",
    ),
    (
        UNMATCHED,
        "An option such as `only`, `rename`, `bytes` or `length` names a combinator, type or field that is not in the\n\
         schema. Names are exact TL names; a field is `combinator.field`.",
    ),
    (INTERNAL, "What was generated is no Rust. This is a bug of tlgen; nothing was written. Please report the schema."),
    (MISAPPLIED, "An option has a value that it can not have: a field of another type, or a name that is no Rust."),
];

const NAME_CLASH: Code = Code("TL0201");
const UNSUPPORTED: Code = Code("TL0202");
const UNMATCHED: Code = Code("TL0203");
const MISAPPLIED: Code = Code("TL0204");
const INTERNAL: Code = Code("TL0205");

impl CodegenError {
    /// An error of the generator itself: only formatting reads the tokens again.
    #[cfg(feature = "format")]
    pub(crate) fn internal(message: impl core::fmt::Display) -> Self {
        Self { kind: CodegenErrorKind::Internal { message: message.to_string() }, location: None }
    }

    /// As a diagnostic, to be rendered with the sources.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, message, label, help) = match &self.kind {
            CodegenErrorKind::Selection(error) => return error.diagnostic(),
            CodegenErrorKind::NameClash { rust, tl, first, .. } => (
                NAME_CLASH,
                format!("`{tl}` and `{first}` are both `{rust}` in Rust"),
                format!("this would be `{rust}` too"),
                if rust.starts_with("mod ") {
                    "namespaces that Rust writes alike can not stand side by side: choose one of them with `only`"
                        .to_owned()
                } else {
                    format!("give one of them another name: rename \"{tl}\" to a name that is free")
                },
            ),
            CodegenErrorKind::Unsupported { declaration, reason } => (
                UNSUPPORTED,
                format!("no Rust form for `{declaration}`: {reason}"),
                "not supported by the code generator".to_owned(),
                "choose what to generate with `only`, or write it with concrete types".to_owned(),
            ),
            CodegenErrorKind::Unmatched { option, value, similar } => (
                UNMATCHED,
                format!("the option `{option}` names `{value}`, which is not in the schema"),
                String::new(),
                similar.as_ref().map_or_else(
                    || "names are exact TL names; a field is `combinator.field`".to_owned(),
                    |similar| format!("did you mean `{similar}`?"),
                ),
            ),
            CodegenErrorKind::Internal { message } => (
                INTERNAL,
                format!("what was generated is no Rust: {message}"),
                String::new(),
                "this is a bug of tlgen; please report the schema".to_owned(),
            ),
            CodegenErrorKind::Misapplied { option, value, expected } => (
                MISAPPLIED,
                format!("`{value}` in the option `{option}` is not {expected}"),
                format!("not {expected}"),
                String::new(),
            ),
        };
        let mut diagnostic = Diagnostic {
            code,
            severity: Severity::Error,
            message,
            primary: self.location.map(|location| Label { location, text: label }),
            secondary: Vec::new(),
            help: if help.is_empty() { Vec::new() } else { vec![help] },
        };
        if let CodegenErrorKind::NameClash { rust, first_location, .. } = &self.kind {
            diagnostic = diagnostic.with_secondary(*first_location, format!("the first `{rust}`"));
        }
        diagnostic
    }
}

impl From<tlgen_model::ModelError> for CodegenError {
    fn from(error: tlgen_model::ModelError) -> Self {
        Self { location: error.location, kind: CodegenErrorKind::Selection(error) }
    }
}

impl core::fmt::Display for CodegenError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.diagnostic().message)
    }
}

impl core::error::Error for CodegenError {}
