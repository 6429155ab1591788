//! Names: what is declared, where, and in which spelling.

use tlgen_parser::ast::SectionKind;
use tlgen_parser::diagnostic::{Code, Example, Rule, Severity};

use super::{Row, Text};
use crate::error::ErrorKind;

/// [`ErrorKind::DuplicateName`](crate::ErrorKind::DuplicateName)
pub(super) const DUPLICATE_NAME: Row = Row {
    rule: Rule {
        code: Code("TL0100"),
        name: "duplicate-name",
        severity: Severity::Error,
        example: Example::Schema("user id:int = User;\nuser id:long = User;"),
        explanation: "Two constructors or two functions have one name.

A constructor and a function may share a name; two of a kind may not. Files that keep one declaration per layer are read
when each stands below its heading:

    ===8===
    message text:string = Message;
    ===17===
    message text:string ttl:int = Message;",
    },
    text: |kind| match kind {
        ErrorKind::DuplicateName { name, kind, first } => {
            let what = match kind {
                SectionKind::Types => "constructor",
                SectionKind::Functions => "function",
            };
            Text::new(format!("the {what} `{name}` is declared twice"), "declared again here")
                .other(*first, "first declared here")
                .help("remove or rename one of them; of one declaration per layer, put each below a heading `===N===`")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::Respelled`](crate::ErrorKind::Respelled)
pub(super) const RESPELLED: Row = Row {
    rule: Rule {
        code: Code("TL0141"),
        name: "respelled",
        severity: Severity::Warning,
        example: Example::Schema("point#e3fe70f4 x:int y:int = Point;\npoint#e3fe70f4 x:%Int y:%Int = Point;"),
        explanation: "A combinator is declared twice, in two spellings that mean the same.

    point#e3fe70f4 x:int y:int = Point;
    point#e3fe70f4 x:%Int y:%Int = Point;

Its values are the same bytes either way, and the first declaration is used. The same text twice is an error (TL0100): there
one of the two was meant to be something else.",
    },
    text: |kind| match kind {
ErrorKind::Respelled { name, first } => {
            Text::new(format!("`{name}` is declared twice, in two spellings of the same line"), "the second spelling")
                .other(*first, "this one is used")
                .help("leave out one of them")
        },
_ => unreachable!("{kind:?} has another rule"),
},
};

/// [`ErrorKind::UndefinedType`](crate::ErrorKind::UndefinedType)
pub(super) const UNDEFINED_TYPE: Row = Row {
    rule: Rule {
        code: Code("TL0103"),
        name: "undefined-type",
        severity: Severity::Error,
        example: Example::Schema("user photo:Photo = User;"),
        explanation: "A name in the place of a type is declared nowhere in the files.

The name of a boxed type begins with a capital letter, that of a constructor with a small one, and a namespace belongs to
the name: `secret.Photo` is not `Photo`. Functions are no types. A part of a schema, such as a list of old constructors, uses types of other files. Check it together with them
(`tlgen check --together`), or take every undeclared type for one of another file (`tlgen check --fragment`).

`tlgen check` knows most parts by themselves. A written id is a checksum of its line; where it follows from the line, or
from the line under another name, no word of it is misspelled, and the file must be a part. Its undeclared types are then
warnings.",
    },
    text: |kind| match kind {
ErrorKind::UndefinedType { name, suggestion, function, is_anonymous, .. } => {
            let text = Text::new(format!("the type `{name}` is not declared"), "not declared")
                .maybe_other(*function, "a function has this name");
            let fork = match name.as_str() {
                "byte" | "uint8" => "TL has no numbers of one byte: `bytes` is a sequence of them, `int` has four",
                "uint32" => "`#` is the number of 32 bits without sign, `int` the one with a sign",
                "uint64" => "`long` has the same 8 bytes; its sign is a matter of the reader",
                _ => "",
            };
            match suggestion {
                _ if !fork.is_empty() => text.help(fork),
                Some(_) => text.did_you_mean(suggestion.as_ref()),
                None if *is_anonymous => text.help(format!("declare it, or write `{name}:Type` if it is the name of a field")),
                None => text.help(
                    "declare it, or add the file that does; `tlgen check --fragment` takes it for a type of another file",
                ),
            }
        },
_ => unreachable!("{kind:?} has another rule"),
},
};

/// [`ErrorKind::NamespaceCase`](crate::ErrorKind::NamespaceCase)
pub(super) const NAMESPACE_CASE: Row = Row {
    rule: Rule {
        code: Code("TL0119"),
        name: "namespace-case",
        severity: Severity::Warning,
        example: Example::Schema("liteServer.query = liteServer.Query;\nliteserver.query = liteserver.Query;"),
        explanation: "Two namespaces differ by case alone.

    liteServer.query = liteServer.Query;
    liteserver.answer = liteserver.Answer;

The compiler of VK refuses this, as namespaces become folders there, and not every file system tells them apart. The schemas of TON
have such namespaces. They are two namespaces, and two modules in Rust, `lite_server` and `liteserver`. If two namespaces are one
module, as `liteServer` and `lite_server` are, no code is generated for them, which is TL0201.",
    },
    text: |kind| match kind {
        ErrorKind::NamespaceCase { name, other, first } => {
            Text::new(format!("the namespaces `{name}` and `{other}` differ by case alone"), "spelled this way here")
                .other(*first, "and this way here")
                .help(format!("they are two namespaces, which VK's compiler refuses; if they are meant as one, use `{other}`"))
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::LowerCaseBool`](crate::ErrorKind::LowerCaseBool)
pub(super) const LOWER_CASE_BOOL: Row = Row {
    rule: Rule {
        code: Code("TL0135"),
        name: "lower-case-bool",
        severity: Severity::Warning,
        example: Example::Schema("user bot:bool = User;"),
        explanation: "`bool` is not a type of TL.

It is taken as `Bool`, whose values are the ids of `boolTrue` and `boolFalse`.",
    },
    text: |_| Text::new("`bool` is not a type of TL", "taken as `Bool`").help("write `Bool`"),
};

/// [`ErrorKind::LowerCaseType`](crate::ErrorKind::LowerCaseType)
pub(super) const LOWER_CASE_TYPE: Row = Row {
    rule: Rule {
        code: Code("TL0129"),
        name: "lower-case-type",
        severity: Severity::Warning,
        example: Example::Schema("user id:int = user_type;"),
        explanation: "The name of a type begins with a small letter.

Small letters stand for constructors, whose values are bare. A type with such a name is boxed all the same.",
    },
    text: |kind| match kind {
        ErrorKind::LowerCaseType { name } => {
            Text::new(format!("the name of the type `{name}` begins with a small letter"), "a type")
                .help("small letters mean constructors; the type is used all the same")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::FunctionAmongTypes`](crate::ErrorKind::FunctionAmongTypes)
pub(super) const FUNCTION_AMONG_TYPES: Row = Row {
    rule: Rule {
        code: Code("TL0138"),
        name: "function-among-types",
        severity: Severity::Warning,
        example: Example::Schema("invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;"),
        explanation: "A function stands in a section of types.

Its result is a variable or a vector such as `Vector<long>`, which no constructor can have. It counts as a function.",
    },
    text: |kind| match kind {
        ErrorKind::FunctionAmongTypes { name, is_vector } => {
            let why = if *is_vector { "its result is a vector" } else { "its result is a variable" };
            Text::new(format!("`{name}` is a function in a section of types"), why)
                .help("put it below a heading `---functions---`; it counts as a function here too")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::BuiltinWithConstructor`](crate::ErrorKind::BuiltinWithConstructor)
pub(super) const BUILTIN_WITH_CONSTRUCTOR: Row = Row {
    rule: Rule {
        code: Code("TL0139"),
        name: "builtin-with-constructor",
        severity: Severity::Error,
        example: Example::Schema("int ? = Int;\nbig value:long = Int;"),
        explanation: "A type that is declared as builtin has a constructor.

    int ? = Int;
    big value:long = Int;

The form of a builtin type is known without constructors. `Object` is the exception: anything may be one.",
    },
    text: |kind| match kind {
        ErrorKind::BuiltinWithConstructor { ty, first } => {
            Text::new(format!("`{ty}` is builtin and gets a constructor"), "a constructor of it")
                .other(*first, "declared as builtin here")
                .help("give the constructor a type of its own, or remove the declaration with `?`")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::UnmatchedPattern`](crate::ErrorKind::UnmatchedPattern)
pub(super) const UNMATCHED_PATTERN: Row = Row {
    rule: Rule {
        code: Code("TL0137"),
        name: "unmatched-pattern",
        severity: Severity::Error,
        example: Example::None("an option that names nothing"),
        explanation: "A pattern or a name in an option matches nothing in the schema.

`*` stands for any characters: `contacts.*` is all functions of that namespace.",
    },
    text: |kind| match kind {
        ErrorKind::UnmatchedPattern { pattern, suggestion } => {
            Text::new(format!("`{pattern}` names nothing in the schema"), "").did_you_mean(suggestion.as_ref())
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};
