//! The rules of code generation, one row for each: code, severity, words, explanation, and an example that breaks it.
//!
//! What comes in is an error; what goes out is everything to be said about it. A new rule is a kind in [`CodegenErrorKind`], a
//! row here, and a line in each of the two lists below.

use tlgen_parser::diagnostic::{Code, Diagnostic, Example, Label, Rule, Severity};
use tlgen_parser::source::Location;

use crate::error::{CodegenError, CodegenErrorKind, LayerFault};

/// A rule and how its errors are told.
pub(crate) struct Row {
    pub(crate) rule: Rule,
    /// The words for an error of this rule.
    text: fn(&CodegenErrorKind) -> Text,
}

/// The rules of this crate, by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [&NAME_CLASH.rule, &UNSUPPORTED.rule, &UNMATCHED.rule, &MISAPPLIED.rule, &INTERNAL.rule, &PROJECT].into_iter()
}

impl CodegenErrorKind {
    /// The rule that it breaks; `None` for a pattern, which breaks one of the model.
    fn row(&self) -> Option<&'static Row> {
        match self {
            Self::Selection { .. } => None,
            Self::NameClash { .. } => Some(&NAME_CLASH),
            Self::Unsupported { .. } => Some(&UNSUPPORTED),
            Self::Unmatched { .. } => Some(&UNMATCHED),
            Self::Misapplied { .. }
            | Self::Layer { .. }
            | Self::Skipped { .. }
            | Self::UnknownDerive { .. }
            | Self::MissingDerive { .. }
            | Self::RepeatedDerive { .. } => Some(&MISAPPLIED),
            Self::Internal { .. } => Some(&INTERNAL),
        }
    }
}

/// What is said about one error.
#[derive(Default)]
struct Text {
    message: String,
    label: String,
    other: Option<(Location, String)>,
    help: String,
}

impl Text {
    fn new(message: String) -> Self {
        Self { message, ..Self::default() }
    }

    fn label(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self { help: help.into(), ..self }
    }

    /// What is meant, or else a help.
    fn did_you_mean(self, similar: Option<&String>, otherwise: impl Into<String>) -> Self {
        match similar {
            Some(similar) => self.help(format!("did you mean `{similar}`?")),
            None => self.help(otherwise),
        }
    }
}

/// The message of an error.
pub(crate) fn message(kind: &CodegenErrorKind) -> String {
    match (kind, kind.row()) {
        (_, Some(row)) => (row.text)(kind).message,
        (CodegenErrorKind::Selection { option, .. }, None) => format!("the option `{option}` can not be applied"),
        (_, None) => String::new(),
    }
}

/// An error as a diagnostic.
pub(crate) fn diagnostic(error: &CodegenError) -> Diagnostic {
    let row = match (&error.kind, error.kind.row()) {
        (CodegenErrorKind::Selection { error, .. }, _) => return error.diagnostic(),
        (_, row) => row.unwrap_or(&INTERNAL),
    };
    let Text { message, label, other, help } = (row.text)(&error.kind);
    Diagnostic {
        code: row.rule.code,
        severity: row.rule.severity,
        message,
        primary: error.location.map(|location| Label { location, text: label }),
        secondary: other.into_iter().map(|(location, text)| Label { location, text }).collect(),
        help: if help.is_empty() { Vec::new() } else { vec![help] },
    }
}

static NAME_CLASH: Row = Row {
    rule: Rule {
        code: Code("TL0201"),
        name: "name-clash",
        severity: Severity::Error,
        example: Example::Project(&[("a.tl", "fooBar = A;\nfoo_bar = A;"), ("tlgen.toml", TOML)]),
        explanation: "Two names of the schema become one name in Rust.

For example `fooBar` and `foo_bar` are both `FooBar`. Generated code never tells them apart by a number, as the numbers would
move when the schema changes. Give one of them another name with the option `rename`.",
    },
    text: |kind| match kind {
        CodegenErrorKind::NameClash { rust, tl, first, first_location } => Text {
            other: Some((*first_location, format!("the first `{rust}`"))),
            ..Text::new(format!("`{tl}` and `{first}` are both `{rust}` in Rust"))
        }
        .label(format!("this would be `{rust}` too"))
        .help(if rust.starts_with("mod ") {
            "namespaces that Rust writes alike can not stand side by side: choose one of them with `only`".to_owned()
        } else {
            format!(
                "give one of them another name: `rename = {{ \"{tl}\" = \"NAME\" }}`, `--rename {tl}=NAME`, or \
                 `.rename(\"{tl}\", \"NAME\")`"
            )
        }),
        _ => unreachable!("{kind:?} has another rule"),
    },
};

static UNSUPPORTED: Row = Row {
    rule: Rule {
        code: Code("TL0202"),
        name: "no-rust-form",
        severity: Severity::Error,
        example: Example::Project(&[("a.tl", "pair {t:Type} x:t y:t = Pair t;"), ("tlgen.toml", TOML)]),
        explanation: "The declaration is valid TL, but there is no Rust form for it yet.

Leave it out with `skip`, or write the declaration with the concrete types that are needed.",
    },
    text: |kind| match kind {
        CodegenErrorKind::Unsupported { declaration, reason } => Text::new(format!(
            "no Rust form for `{declaration}`: {reason}"
        ))
        .label("not supported by the code generator")
        .help(format!(
            "leave it out with `skip = [\"{declaration}\"]` or `--skip {declaration}`, or write it with concrete \
                     types"
        )),
        _ => unreachable!("{kind:?} has another rule"),
    },
};

static UNMATCHED: Row = Row {
    rule: Rule {
        code: Code("TL0203"),
        name: "unmatched-option",
        severity: Severity::Error,
        example: Example::Project(&[
            ("a.tl", "a x:string = A;"),
            (
                "tlgen.toml",
                "[output]\ndir = \"out\"\n[[schema]]\nname = \"a\"\nfiles = [\"a.tl\"]\nbytes = [\"a.y\"]\n",
            ),
        ]),
        explanation: "An option names what is not in the schema.

Options such as `rename`, `bytes` and `length` name combinators, types and fields by their exact TL names; a field is
`combinator.field`.",
    },
    text: |kind| match kind {
        CodegenErrorKind::Unmatched { option, value, similar } => {
            Text::new(format!("the option `{option}` names `{value}`, which is not in the schema"))
                .did_you_mean(similar.as_ref(), "names are exact TL names; a field is `combinator.field`")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

static MISAPPLIED: Row = Row {
    rule: Rule {
        code: Code("TL0204"),
        name: "misapplied-option",
        severity: Severity::Error,
        example: Example::Project(&[
            ("a.tl", "a x:int = A;"),
            ("tlgen.toml", "[output]\ndir = \"out\"\n[[schema]]\nname = \"a\"\nfiles = [\"a.tl\"]\nbytes = [\"a.x\"]\n"),
        ]),
        explanation: "An option has a value that it can not have.

That is a field of another type, a name that is no Rust, or derives that do not compile. A derive without a path is one of the
prelude, such as `Clone`; any other is named by its path, as in `::serde::Serialize`. `Eq` needs `PartialEq` and `Copy` needs
`Clone`. Nothing that is kept may need a type that `skip` leaves without a constructor. Layers side by side are named from the oldest
to the newest, each once.",
    },
    text: |kind| match kind {
        CodegenErrorKind::Misapplied { option, value, expected } => {
            Text::new(format!("`{value}` in the option `{option}` is not {expected}")).label(format!("not {expected}"))
        }
        CodegenErrorKind::Layer { name, fault } => match fault {
            LayerFault::Order { next } => {
                Text::new(format!("`{name}` in the option `older` comes before layer {next}, which is older"))
                    .help("name the layers from the oldest to the newest; the newest is the schema itself (`files`)")
            }
            LayerFault::Repeated => Text::new(format!("two layers would be the module `{name}`")).help(
                "name each layer once, and the newest not in `older`; a layer without a number is called after its file, which \
                 can be renamed",
            ),
            LayerFault::Reserved => Text::new(format!(
                "the module of a layer can not be called `{name}`, as generated code has one of that name"
            ))
            .help("rename the file, or let its last line say the number of the layer, as in `// LAYER 7`"),
        },
        CodegenErrorKind::Skipped { declaration, ty } => {
            Text::new(format!("`{declaration}` needs `{ty}`, which the option `skip` leaves out"))
                .label(format!("needs `{ty}`"))
                .help(format!("name `{declaration}` in the option `skip`, too, or keep a constructor of `{ty}`"))
        }
        CodegenErrorKind::UnknownDerive { derive, similar } => {
            Text::new(format!("`{derive}` is no derive of the prelude"))
                .did_you_mean(similar.as_ref(), format!("write its path, as in `::serde::{derive}`"))
        }
        CodegenErrorKind::MissingDerive { derive, needs } => {
            Text::new(format!("the derive `{derive}` needs `{needs}`"))
                .help(format!("add `{needs}` to the option `derives`"))
        }
        CodegenErrorKind::RepeatedDerive { derive } => {
            Text::new(format!("the derive `{derive}` is named twice")).help("name it once in the option `derives`")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

static INTERNAL: Row = Row {
    rule: Rule {
        code: Code("TL0205"),
        name: "invalid-output",
        severity: Severity::Error,
        example: Example::None("a bug of the generator"),
        explanation: "What was generated is no Rust.

This is a bug of tlgen; nothing was written. Please report the schema.",
    },
    text: |kind| match kind {
        CodegenErrorKind::Internal { message } => Text::new(format!("what was generated is no Rust: {message}"))
            .help("this is a bug of tlgen; please report the schema"),
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// The rule of what a [`project`](crate::project) refuses.
pub(crate) static PROJECT: Rule = Rule {
    code: Code("TL0206"),
    name: "module-names",
    severity: Severity::Error,
    example: Example::Project(&[
        ("a.tl", "a = A;"),
        (
            "tlgen.toml",
            "[output]\ndir = \"out\"\n[[schema]]\nname = \"a\"\nfiles = [\"a.tl\"]\n[[schema]]\nname = \"a\"\nfiles = [\"a.tl\"]\n",
        ),
    ]),
    explanation: "A schema becomes a module whose name no other schema has.

The name has lower-case letters, digits and `_`, begins with a letter, is no word that Rust or generated code uses otherwise, and
no device of Windows (`con`, `aux`), as it is a file name too. Without a name a schema is called after its file: `a/api.tl` and
`b/api.tl` are both `api`.

A name is given by `schema_files(NAME, ..)` in a build script, by `name` in `tlgen.toml`, and by `--name` on the command line.",
};

/// The simplest configuration.
const TOML: &str = "[output]\ndir = \"out\"\n[[schema]]\nname = \"a\"\nfiles = [\"a.tl\"]\n";
