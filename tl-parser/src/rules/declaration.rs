//! Declarations: names, ids, results and where they end.

use super::{Row, Text};
use crate::diagnostic::{Code, Example, Rule, Severity};
use crate::error::SyntaxErrorKind;

/// [`SyntaxErrorKind::Unexpected`](crate::SyntaxErrorKind::Unexpected)
pub(super) const UNEXPECTED: Row = Row {
    rule: Rule {
        code: Code("TL0002"),
        name: "unexpected",
        severity: Severity::Error,
        example: Example::Schema("foo x:int, y:int = Foo;"),
        explanation: "Something stands where the grammar has no place for it.

The message tells what may stand there. A declaration is

    name#1cb5c415 {X:Type} argument:Type flag:flags.3?Type = Result;

where the id, the variables and the arguments may be missing.",
    },
    text: |kind| {
        let SyntaxErrorKind::Unexpected { expected, found } = kind else { unreachable!("{kind:?} has another rule") };
        let text = Text::new(format!("expected {expected}, found {found}"), "not expected here");
        match (expected, found) {
            ("`;`", _) => text.help("a declaration ends behind its result type: `name arguments = Type;`"),
            (_, "`,`") => text.help("arguments stand behind each other with a blank between them, without commas"),
            ("`?` behind the bit of a condition", _) => text.help("a condition is `flags.3?Type`"),
            ("`[` behind `*`", _) => text.help("a repetition is `n*[ Type ]`"),
            _ => text,
        }
    },
};

/// [`SyntaxErrorKind::MissingEquals`](crate::SyntaxErrorKind::MissingEquals)
pub(super) const MISSING_EQUALS: Row = Row {
    rule: Rule {
        code: Code("TL0005"),
        name: "missing-equals",
        severity: Severity::Error,
        example: Example::Schema("user id:int;"),
        explanation: "A declaration has no `=` and no result type.

    user id:int;            // which type is it a constructor of?
    user id:int = User;

A line without `=` is right only for a partial application, `Vector int;`, which declares nothing, and for
`New T;`, `Final T;` and `Empty T;`.",
    },
    text: |_| {
        Text::new("expected `=` and a result type", "expected `=` here")
            .help("a declaration is `name arguments = Type;`, a partial application `Type arguments;`")
    },
};

/// [`SyntaxErrorKind::MissingResult`](crate::SyntaxErrorKind::MissingResult)
pub(super) const MISSING_RESULT: Row = Row {
    rule: Rule {
        code: Code("TL0006"),
        name: "missing-result",
        severity: Severity::Error,
        example: Example::Schema("user id:int = ;"),
        explanation: "No type follows the `=` of a declaration.

    user id:int = User;

The result type of a constructor is the type that it belongs to, that of a function is what it returns.",
    },
    text: |_| {
        Text::new("missing result type behind `=`", "expected a type here")
            .help("a declaration is `name arguments = Type;`")
    },
};

/// [`SyntaxErrorKind::MissingName`](crate::SyntaxErrorKind::MissingName)
pub(super) const MISSING_NAME: Row = Row {
    rule: Rule {
        code: Code("TL0007"),
        name: "missing-name",
        severity: Severity::Error,
        example: Example::Schema("= User;"),
        explanation: "A declaration begins with something other than a name.

A declaration begins with the name of a constructor or function, or with `_` for a default constructor.",
    },
    text: |_| {
        Text::new("missing name of the declaration", "expected a name here")
            .help("a declaration is `name arguments = Type;`")
    },
};

/// [`SyntaxErrorKind::EmptyId`](crate::SyntaxErrorKind::EmptyId)
pub(super) const EMPTY_ID: Row = Row {
    rule: Rule {
        code: Code("TL0008"),
        name: "empty-id",
        severity: Severity::Error,
        example: Example::Schema("user# = User;"),
        explanation: "No digits follow the `#` behind a name.

Write the id, `user#d23c81a3`, or leave out the `#`; the id is then computed from the declaration.
An argument of the type `#` behind a name needs a blank: `vector # [ int ] = Vector;`.",
    },
    text: |_| {
        Text::new("missing digits behind `#`", "expected an id")
            .help("write one to eight hexadecimal digits, or leave out the `#`")
    },
};

/// [`SyntaxErrorKind::LongId`](crate::SyntaxErrorKind::LongId)
pub(super) const LONG_ID: Row = Row {
    rule: Rule {
        code: Code("TL0009"),
        name: "long-id",
        severity: Severity::Error,
        example: Example::Schema("user#123456789 = User;"),
        explanation: "An id has more than eight digits.

Ids are 32-bit numbers. Leading zeros may be left out: `#9da9403` and `#09da9403` are the same.",
    },
    text: |_| {
        Text::new("an id has at most eight digits", "more than eight digits")
            .help("an id is a 32-bit number, such as `#1cb5c415`")
    },
};

/// [`SyntaxErrorKind::BadId`](crate::SyntaxErrorKind::BadId)
pub(super) const BAD_ID: Row = Row {
    rule: Rule {
        code: Code("TL0010"),
        name: "bad-id",
        severity: Severity::Error,
        example: Example::Schema("user#xyz = User;"),
        explanation: "What follows the `#` is not a hexadecimal number.

An id has one to eight of the digits 0 to 9 and a to f.",
    },
    text: |_| {
        Text::new("an id is a hexadecimal number", "not a hexadecimal number")
            .help("write one to eight of the digits 0 to 9 and a to f")
    },
};

/// [`SyntaxErrorKind::MisplacedId`](crate::SyntaxErrorKind::MisplacedId)
pub(super) const MISPLACED_ID: Row = Row {
    rule: Rule {
        code: Code("TL0011"),
        name: "misplaced-id",
        severity: Severity::Error,
        example: Example::Schema("user #12345678 = User;"),
        explanation: "An id stands somewhere other than directly behind the name of a declaration.

    user #d23c81a3 = User;  // wrong: a blank before the id
    user#d23c81a3 = User;

Types have no ids, only constructors and functions have.",
    },
    text: |_| {
        Text::new("an id stands directly behind the name of a declaration", "not behind a name")
            .help("write `name#1cb5c415` without a blank")
    },
};

/// [`SyntaxErrorKind::UppercaseId`](crate::SyntaxErrorKind::UppercaseId)
pub(super) const UPPERCASE_ID: Row = Row {
    rule: Rule {
        code: Code("TL0012"),
        name: "uppercase-id",
        severity: Severity::Warning,
        example: Example::Schema("user#ABCDEF = User;"),
        explanation: "An id is written with upper-case digits.

It means the same, but the official compiler and others refuse it.",
    },
    text: |_| {
        Text::new("id with upper-case digits", "upper-case digits")
            .help("write ids in lower case; other tools refuse this one")
    },
};

/// [`SyntaxErrorKind::DigitName`](crate::SyntaxErrorKind::DigitName)
pub(super) const DIGIT_NAME: Row = Row {
    rule: Rule {
        code: Code("TL0021"),
        name: "digit-name",
        severity: Severity::Error,
        example: Example::Schema("2fa = Auth;"),
        explanation: "A name begins with a digit.

Names begin with a letter: a small one for constructors and functions, a capital one for types.",
    },
    text: |_| Text::new("a name cannot begin with a digit", "begins with a digit").help("begin the name with a letter"),
};

/// [`SyntaxErrorKind::StrayDot`](crate::SyntaxErrorKind::StrayDot)
pub(super) const STRAY_DOT: Row = Row {
    rule: Rule {
        code: Code("TL0022"),
        name: "stray-dot",
        severity: Severity::Error,
        example: Example::Schema("user x:a .b = User;"),
        explanation: "A dot does not stand between two parts of a name.

    account.User        // namespace and name, without blanks
    flags.3?User        // a condition: a field and the number of a bit",
    },
    text: |_| {
        Text::new("a dot must stand between two parts of a name", "not between two names")
            .help("write `namespace.name` without blanks")
    },
};

/// [`SyntaxErrorKind::BadAnnotation`](crate::SyntaxErrorKind::BadAnnotation)
pub(super) const BAD_ANNOTATION: Row = Row {
    rule: Rule {
        code: Code("TL0030"),
        name: "bad-annotation",
        severity: Severity::Error,
        example: Example::Schema("@1 foo = Foo;"),
        explanation: "An annotation is not complete.

Annotations stand before the name of a declaration: `@read messages.get id:int = Message;`.",
    },
    text: |_| {
        Text::new("an annotation is `@` and a name, before a declaration", "not an annotation")
            .help("write `@read name = Type;`")
    },
};

/// [`SyntaxErrorKind::CapitalName`](crate::SyntaxErrorKind::CapitalName)
pub(super) const CAPITAL_NAME: Row = Row {
    rule: Rule {
        code: Code("TL0034"),
        name: "capital-name",
        severity: Severity::Warning,
        example: Example::Schema("Foo = Foo;"),
        explanation: "The name of a constructor or function begins with a capital letter.

Names with a capital letter are types. It is taken as it is, but other tools refuse it, and in the place of a type the
name means the boxed type.",
    },
    text: |_| {
        Text::new("the name of a combinator begins with a capital letter", "a capital letter")
            .help("constructors and functions begin with a small letter")
    },
};

/// [`SyntaxErrorKind::SecondEquals`](crate::SyntaxErrorKind::SecondEquals)
pub(super) const SECOND_EQUALS: Row = Row {
    rule: Rule {
        code: Code("TL0035"),
        name: "second-equals",
        severity: Severity::Error,
        example: Example::Schema("foo = Foo = Bar;"),
        explanation: "A declaration has a second `=`.

Usually the `;` of the declaration before it is missing.",
    },
    text: |_| Text::new("second `=` in one declaration", "second `=`").help("end the declaration before it with `;`"),
};

/// [`SyntaxErrorKind::ManyArguments`](crate::SyntaxErrorKind::ManyArguments)
pub(super) const MANY_ARGUMENTS: Row = Row {
    rule: Rule {
        code: Code("TL0036"),
        name: "many-arguments",
        severity: Severity::Error,
        example: Example::Made(|| format!("foo{} = Foo;", " x:int".repeat(5_000))),
        explanation:
            "A declaration has more than 4096 arguments, or a group such as `(x y:T)` that is as large when written out.

The largest known declaration has 69 arguments. The limit keeps a small hostile file from filling the memory.",
    },
    text: |_| Text::new("too many arguments in one declaration", "one too many").help("split the declaration"),
};

/// [`SyntaxErrorKind::PartialApplication`](crate::SyntaxErrorKind::PartialApplication)
pub(super) const PARTIAL_APPLICATION: Row = Row {
    rule: Rule {
        code: Code("TL0041"),
        name: "partial-application",
        severity: Severity::Warning,
        example: Example::Schema("Vector int;"),
        explanation: "A type is applied to arguments, without a `=`.

    Vector int;                 // declares nothing
    getUser id:int = User;      // declares a function

The language allows it and nothing follows from it on the wire. Usually `=` and the result type were forgotten.",
    },
    text: |_| {
        Text::new("a partial application declares nothing", "has no `=`")
            .help("a constructor or function has a result type: `name arguments = Type;`")
    },
};
