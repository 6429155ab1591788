//! What can go wrong between a resolved schema and Rust.

use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Location;

use crate::rules;

/// An error of code generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodegenError {
    /// What is wrong.
    pub kind: CodegenErrorKind,
    /// Where, if it has a location in a schema.
    pub location: Option<Location>,
}

/// The kinds of [`CodegenError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
    /// A pattern in the option `only` or `skip` could not be applied.
    Selection {
        /// The option.
        option: &'static str,
        /// What is wrong.
        error: tlgen_model::ModelError,
    },
    /// Something needs what the option `skip` leaves out.
    Skipped {
        /// The TL name of the declaration that needs it.
        declaration: String,
        /// The type without a constructor that is left.
        ty: String,
    },
    /// What was generated is not valid Rust: a bug of the generator.
    Internal {
        /// What the parser of Rust says.
        message: String,
    },
    /// An option has a value that it cannot have.
    Misapplied {
        /// The option, as in `bytes`.
        option: &'static str,
        /// What it names.
        value: String,
        /// What it must be.
        expected: &'static str,
    },
    /// A layer in the option `older` cannot be a module beside the others.
    Layer {
        /// The name that its module would have.
        name: String,
        /// Why not.
        fault: LayerFault,
    },
    /// The option `derives` has a name without a path that the prelude of Rust does not know.
    UnknownDerive {
        /// The name.
        derive: String,
        /// A name of the prelude that looks like it.
        similar: Option<String>,
    },
    /// The option `derives` has a derive that needs another one, which is missing.
    MissingDerive {
        /// The derive, as it is named.
        derive: String,
        /// The one that is missing.
        needs: &'static str,
    },
    /// The option `derives` has a derive twice.
    RepeatedDerive {
        /// The derive.
        derive: String,
    },
}

/// What is wrong with a layer beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerFault {
    /// A layer that is given after it is older.
    Order {
        /// The number of that layer.
        next: u32,
    },
    /// Another layer would have the same module.
    Repeated,
    /// Generated code has a module of that name.
    Reserved,
}

impl CodegenError {
    /// An error of the generator itself, which only formatting can find, as it parses the tokens.
    #[cfg(feature = "format")]
    pub(crate) fn internal(message: impl core::fmt::Display) -> Self {
        CodegenErrorKind::Internal { message: message.to_string() }.into()
    }

    /// The option that is wrong and the value in it, where the error is about an option: `("rename", "usr")`.
    #[must_use]
    pub fn option(&self) -> Option<(&'static str, &str)> {
        match &self.kind {
            CodegenErrorKind::Unmatched { option, value, .. } | CodegenErrorKind::Misapplied { option, value, .. } => {
                Some((option, value))
            }
            CodegenErrorKind::Layer { name, .. } => Some(("older", name)),
            CodegenErrorKind::UnknownDerive { derive, .. }
            | CodegenErrorKind::MissingDerive { derive, .. }
            | CodegenErrorKind::RepeatedDerive { derive } => Some(("derives", derive)),
            CodegenErrorKind::Selection { option, error } => match &*error.kind {
                tlgen_model::ErrorKind::UnmatchedPattern { pattern, .. } => Some((option, pattern)),
                _ => None,
            },
            _ => None,
        }
    }

    /// As a diagnostic, to be rendered with the sources.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        rules::diagnostic(self)
    }
}

impl From<CodegenErrorKind> for CodegenError {
    /// An error without a location.
    fn from(kind: CodegenErrorKind) -> Self {
        Self { kind, location: None }
    }
}

impl core::fmt::Display for CodegenError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&rules::message(&self.kind))
    }
}

impl core::error::Error for CodegenError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.kind {
            CodegenErrorKind::Selection { error, .. } => Some(error),
            _ => None,
        }
    }
}
