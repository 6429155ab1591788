//! What can go wrong between a resolved schema and Rust.

use tlgen_parser::diagnostic::{Code, Diagnostic, Label, Severity};
use tlgen_parser::source::Location;

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
        "The declaration is valid TL, but there is no Rust form for it yet. Leave it out with `skip`, or write the\n\
         declaration with the concrete types that are needed.",
    ),
    (
        UNMATCHED,
        "An option such as `only`, `skip`, `rename`, `bytes` or `length` names a combinator, type or field that is not in the\n\
         schema. Names are exact TL names; a field is `combinator.field`.",
    ),
    (INTERNAL, "What was generated is no Rust. This is a bug of tlgen; nothing was written. Please report the schema."),
    (
        MISAPPLIED,
        "An option has a value that it can not have: a field of another type, a name that is no Rust, or derives that do\n\
         not compile. A derive without a path is one of the prelude, such as `Clone`; any other is named by its path, as in\n\
         `::serde::Serialize`. `Eq` needs `PartialEq` and `Copy` needs `Clone`. Nothing that is kept may need a type that `skip`\n\
         leaves without a constructor.",
    ),
    (
        PROJECT,
        "Each schema becomes a module: its name has lower-case letters, digits and `_`, begins with a letter, is no word that\n\
         Rust or generated code uses otherwise, and no device of Windows (`con`, `aux`), as it is a file name too. No two\n\
         schemas have one name. Without a name a schema is called after its file: `a/api.tl` and `b/api.tl` are both `api`.\n\
         \n\
         A name is given by `schema_files(NAME, ..)` in a build script, by `name` in `tlgen.toml`, and by `--name` on the\n\
         command line.",
    ),
];

const NAME_CLASH: Code = Code("TL0201");
const UNSUPPORTED: Code = Code("TL0202");
const UNMATCHED: Code = Code("TL0203");
const MISAPPLIED: Code = Code("TL0204");
const INTERNAL: Code = Code("TL0205");
pub(crate) const PROJECT: Code = Code("TL0206");

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
        let (code, label, help) = match &self.kind {
            CodegenErrorKind::Selection { error, .. } => return error.diagnostic(),
            CodegenErrorKind::Skipped { declaration, ty } => (
                MISAPPLIED,
                format!("needs `{ty}`"),
                format!("name `{declaration}` in the option `skip`, too, or keep a constructor of `{ty}`"),
            ),
            CodegenErrorKind::NameClash { rust, tl, .. } => (
                NAME_CLASH,
                format!("this would be `{rust}` too"),
                if rust.starts_with("mod ") {
                    "namespaces that Rust writes alike can not stand side by side: choose one of them with `only`"
                        .to_owned()
                } else {
                    format!(
                        "give one of them another name: `rename = {{ \"{tl}\" = \"NAME\" }}`, `--rename {tl}=NAME`, or \
                         `.rename(\"{tl}\", \"NAME\")`"
                    )
                },
            ),
            CodegenErrorKind::Unsupported { declaration, .. } => (
                UNSUPPORTED,
                "not supported by the code generator".to_owned(),
                format!(
                    "leave it out with `skip = [\"{declaration}\"]` or `--skip {declaration}`, or write it with concrete \
                     types"
                ),
            ),
            CodegenErrorKind::Unmatched { similar, .. } => {
                let help = similar.as_ref().map_or_else(
                    || "names are exact TL names; a field is `combinator.field`".to_owned(),
                    |similar| format!("did you mean `{similar}`?"),
                );
                (UNMATCHED, String::new(), help)
            }
            CodegenErrorKind::Internal { .. } => {
                (INTERNAL, String::new(), "this is a bug of tlgen; please report the schema".to_owned())
            }
            CodegenErrorKind::Misapplied { expected, .. } => (MISAPPLIED, format!("not {expected}"), String::new()),
            CodegenErrorKind::UnknownDerive { derive, similar } => {
                let help = similar.as_ref().map_or_else(
                    || format!("write its path, as in `::serde::{derive}`"),
                    |similar| format!("did you mean `{similar}`?"),
                );
                (MISAPPLIED, String::new(), help)
            }
            CodegenErrorKind::MissingDerive { needs, .. } => {
                (MISAPPLIED, String::new(), format!("add `{needs}` to the option `derives`"))
            }
            CodegenErrorKind::RepeatedDerive { .. } => {
                (MISAPPLIED, String::new(), "name it once in the option `derives`".to_owned())
            }
        };
        let mut diagnostic = Diagnostic {
            code,
            severity: Severity::Error,
            message: self.to_string(),
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

impl From<CodegenErrorKind> for CodegenError {
    /// An error without a location.
    fn from(kind: CodegenErrorKind) -> Self {
        Self { kind, location: None }
    }
}

impl core::fmt::Display for CodegenError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match &self.kind {
            CodegenErrorKind::Selection { option, .. } => write!(f, "the option `{option}` can not be applied"),
            CodegenErrorKind::Skipped { declaration, ty } => {
                write!(f, "`{declaration}` needs `{ty}`, which the option `skip` leaves out")
            }
            CodegenErrorKind::NameClash { rust, tl, first, .. } => {
                write!(f, "`{tl}` and `{first}` are both `{rust}` in Rust")
            }
            CodegenErrorKind::Unsupported { declaration, reason } => {
                write!(f, "no Rust form for `{declaration}`: {reason}")
            }
            CodegenErrorKind::Unmatched { option, value, .. } => {
                write!(f, "the option `{option}` names `{value}`, which is not in the schema")
            }
            CodegenErrorKind::Internal { message } => write!(f, "what was generated is no Rust: {message}"),
            CodegenErrorKind::Misapplied { option, value, expected } => {
                write!(f, "`{value}` in the option `{option}` is not {expected}")
            }
            CodegenErrorKind::UnknownDerive { derive, .. } => write!(f, "`{derive}` is no derive of the prelude"),
            CodegenErrorKind::MissingDerive { derive, needs } => write!(f, "the derive `{derive}` needs `{needs}`"),
            CodegenErrorKind::RepeatedDerive { derive } => write!(f, "the derive `{derive}` is named twice"),
        }
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
