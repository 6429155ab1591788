//! Arguments, conditions and variables.

use super::{Row, Text};
use crate::diagnostic::{Code, Example, Rule, Severity};

/// [`SyntaxErrorKind::MissingType`](crate::SyntaxErrorKind::MissingType)
pub(super) const MISSING_TYPE: Row = Row {
    rule: Rule {
        code: Code("TL0013"),
        name: "missing-type",
        severity: Severity::Error,
        example: Example::Schema("user id: name:string = User;"),
        explanation: "An argument has a name and a colon, or a condition, but no type.

    user id: name:string = User;        // wrong
    user id:int name:string = User;",
    },
    text: |_| Text::new("missing type of an argument", "expected a type here").help("an argument is `name:Type`"),
};

/// [`SyntaxErrorKind::MissingFieldName`](crate::SyntaxErrorKind::MissingFieldName)
pub(super) const MISSING_FIELD_NAME: Row = Row {
    rule: Rule {
        code: Code("TL0014"),
        name: "missing-field-name",
        severity: Severity::Error,
        example: Example::Schema("user :int = User;"),
        explanation: "A colon has no name before it.

    user :int = User;       // wrong
    user id:int = User;
    user int = User;        // an argument without a name",
    },
    text: |_| {
        Text::new("missing name before `:`", "expected a name before this")
            .help("an argument is `name:Type` or just `Type`")
    },
};

/// [`SyntaxErrorKind::MissingBit`](crate::SyntaxErrorKind::MissingBit)
pub(super) const MISSING_BIT: Row = Row {
    rule: Rule {
        code: Code("TL0017"),
        name: "missing-bit",
        severity: Severity::Error,
        example: Example::Schema("user flags:# name:flags?string = User;"),
        explanation: "A condition does not name the bit.

    user flags:# name:flags?string = User;      // wrong: which bit?
    user flags:# name:flags.0?string = User;",
    },
    text: |_| {
        Text::new("missing number of the bit in a condition", "expected the number of a bit")
            .help("a condition is `flags.3?Type`")
    },
};

/// [`SyntaxErrorKind::BadBit`](crate::SyntaxErrorKind::BadBit)
pub(super) const BAD_BIT: Row = Row {
    rule: Rule {
        code: Code("TL0018"),
        name: "bad-bit",
        severity: Severity::Error,
        example: Example::Schema("user flags:# name:flags.first?string = User;"),
        explanation: "The bit of a condition is not a decimal number.

    user flags:# name:flags.first?string = User;    // wrong
    user flags:# name:flags.0?string = User;",
    },
    text: |_| Text::new("the bit of a condition is not a number", "not a number").help("a condition is `flags.3?Type`"),
};

/// [`SyntaxErrorKind::MissingWord`](crate::SyntaxErrorKind::MissingWord)
pub(super) const MISSING_WORD: Row = Row {
    rule: Rule {
        code: Code("TL0019"),
        name: "missing-word",
        severity: Severity::Error,
        example: Example::Schema("user flags:# name:.0?string = User;"),
        explanation: "A condition does not name the field that holds the bits.

    user flags:# name:.0?string = User;         // wrong: bit 0 of what?
    user flags:# name:flags.0?string = User;",
    },
    text: |_| {
        Text::new("missing name of the flags field in a condition", "expected a name before this")
            .help("a condition is `flags.3?Type`")
    },
};

/// [`SyntaxErrorKind::LateOptArg`](crate::SyntaxErrorKind::LateOptArg)
pub(super) const LATE_OPT_ARG: Row = Row {
    rule: Rule {
        code: Code("TL0025"),
        name: "late-opt-arg",
        severity: Severity::Error,
        example: Example::Schema("invoke query:!X {X:Type} = X;"),
        explanation: "Variables in braces stand behind an argument.

    invoke query:!X {X:Type} = X;       // wrong
    invoke {X:Type} query:!X = X;",
    },
    text: |_| {
        Text::new("variables must stand before the arguments", "stands behind an argument")
            .help("write `name {X:Type} x:X = T;`, variables before arguments")
    },
};

/// [`SyntaxErrorKind::MissingKind`](crate::SyntaxErrorKind::MissingKind)
pub(super) const MISSING_KIND: Row = Row {
    rule: Rule {
        code: Code("TL0026"),
        name: "missing-kind",
        severity: Severity::Error,
        example: Example::Schema("vector {t} # [ t ] = Vector t;"),
        explanation: "A variable in braces has no kind.

    vector {t} # [ t ] = Vector t;          // wrong
    vector {t:Type} # [ t ] = Vector t;

The kind is `Type` for a type and `#` for a number.",
    },
    text: |_| {
        Text::new("missing kind of a variable", "expected `:` and a kind")
            .help("write `{X:Type}` for a type or `{n:#}` for a number")
    },
};

/// [`SyntaxErrorKind::UnderscoreType`](crate::SyntaxErrorKind::UnderscoreType)
pub(super) const UNDERSCORE_TYPE: Row = Row {
    rule: Rule {
        code: Code("TL0037"),
        name: "underscore-type",
        severity: Severity::Error,
        example: Example::Schema("user x:_ = User;"),
        explanation: "`_` stands in the place of a type.

`_` may stand for the name of an argument, `_:int`, or of a default constructor, `_ {X:Type} result:X = ReqResult X;`.",
    },
    text: |_| Text::new("`_` is not a type", "expected a type").help("`_` may stand for a name: `_:int`"),
};
