//! Numbers: words, bits, counts and sums.

use tlgen_parser::diagnostic::{Code, Example, Rule, Severity};

use super::{Row, Text};
use crate::error::ErrorKind;

/// [`ErrorKind::NotANumber`](crate::ErrorKind::NotANumber)
pub(super) const NOT_A_NUMBER: Row = Row {
    rule: Rule {
        code: Code("TL0106"),
        name: "not-a-number",
        severity: Severity::Error,
        example: Example::Schema("row {n:#} cells:n*[ int ] = Row n;\nuser r:(Row int) = User;"),
        explanation: "A type stands where a number is needed.

    row {n:#} cells:n*[int] = Row n;
    table row:(Row int) = Table;            // `Row` takes a number",
    },
    text: |kind| match kind {
        ErrorKind::NotANumber { text, declared } => {
            Text::new(format!("`{text}` is a type and not a number"), "a number is needed here")
                .maybe_other(*declared, "declared here")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::UndefinedWord`](crate::ErrorKind::UndefinedWord)
pub(super) const UNDEFINED_WORD: Row = Row {
    rule: Rule {
        code: Code("TL0107"),
        name: "undefined-word",
        severity: Severity::Error,
        example: Example::Schema("photo flags:# caption:flag.0?string = Photo;"),
        explanation: "A condition or a count names no field of this declaration.

    photo flags:# caption:flag.0?string = Photo;    // it is called `flags`

The field may also be a variable of the combinator: `photo {mask:#} caption:mask.0?string = Photo mask;`",
    },
    text: |kind| match kind {
        ErrorKind::UndefinedWord { name, suggestion } => {
            Text::new(format!("there is no field or variable `{name}` here"), "not declared")
                .did_you_mean(suggestion.as_ref())
                .help(format!("declare `{name}:#` before this field"))
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::WordIsNoNat`](crate::ErrorKind::WordIsNoNat)
pub(super) const WORD_IS_NO_NAT: Row = Row {
    rule: Rule {
        code: Code("TL0108"),
        name: "word-is-no-nat",
        severity: Severity::Error,
        example: Example::Schema("photo flags:int caption:flags.0?string = Photo;"),
        explanation: "A condition or a count names a field that is not a `#`.

    photo flags:int caption:flags.0?string = Photo;

A `#` is an unsigned number of 32 bits; an `int` is signed and can not be a word of flags.",
    },
    text: |kind| match kind {
        ErrorKind::WordIsNoNat { name, declared } => Text::new(format!("`{name}` is not a number"), "used as a number")
            .other(*declared, "declared with another type")
            .help(format!("conditions and counts need a field `{name}:#`")),
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::BitTooLarge`](crate::ErrorKind::BitTooLarge)
pub(super) const BIT_TOO_LARGE: Row = Row {
    rule: Rule {
        code: Code("TL0109"),
        name: "bit-too-large",
        severity: Severity::Error,
        example: Example::Schema("photo flags:# caption:flags.32?string = Photo;"),
        explanation: "A `#` has the bits 0 to 31.

    photo flags:# caption:flags.32?string = Photo;",
    },
    text: |kind| match kind {
        ErrorKind::BitTooLarge { bit } => Text::new(format!("there is no bit {bit} in a `#`"), "bits are 0 to 31")
            .help("more bits need one more word, such as `flags2:#`"),
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::UseBeforeDeclaration`](crate::ErrorKind::UseBeforeDeclaration)
pub(super) const USE_BEFORE_DECLARATION: Row = Row {
    rule: Rule {
        code: Code("TL0110"),
        name: "use-before-declaration",
        severity: Severity::Error,
        example: Example::Schema("row cells:n*[ int ] n:# = Row;"),
        explanation:
            "A word of flags or a count stands behind a field that needs it.

    photo caption:flags.0?string flags:# = Photo;

Fields are written in the order of the declaration, so a reader comes to `caption` without knowing whether it is there.",
    },
    text: |kind| match kind {
        ErrorKind::UseBeforeDeclaration { name, declared } => {
            Text::new(format!("`{name}` is used before it is declared"), "used here")
                .other(*declared, "declared here")
                .help(format!("a reader meets this before `{name}`: move `{name}:#` to the front"))
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::LateWord`](crate::ErrorKind::LateWord)
pub(super) const LATE_WORD: Row = Row {
    rule: Rule {
        code: Code("TL0111"),
        name: "late-word",
        severity: Severity::Warning,
        example: Example::Schema("photo#799141fc hidden:flags.1?true flags:# = Photo;"),
        explanation: "A word of flags stands behind a `true` that needs it.

    photo hidden:flags.0?true flags:# = Photo;

A `true` takes no bytes: it is read when the word is known, and the bytes are those of the usual order.",
    },
    text: |kind| match kind {
        ErrorKind::LateWord { name, declared } => {
            Text::new(format!("`{name}` is used before it is declared"), "takes no bytes, so the order does not matter")
                .other(*declared, "declared here")
                .help(format!("move `{name}:#` to the front"))
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::DuplicateField`](crate::ErrorKind::DuplicateField)
pub(super) const DUPLICATE_FIELD: Row = Row {
    rule: Rule {
        code: Code("TL0123"),
        name: "duplicate-field",
        severity: Severity::Error,
        example: Example::Schema("point x:int x:int = Point;"),
        explanation: "Two fields or two variables of one declaration have one name.

    point x:int x:int = Point;",
    },
    text: |kind| match kind {
        ErrorKind::DuplicateField { name, first } => {
            Text::new(format!("the name `{name}` is used twice in one declaration"), "used again here")
                .other(*first, "first used here")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::MissingCount`](crate::ErrorKind::MissingCount)
pub(super) const MISSING_COUNT: Row = Row {
    rule: Rule {
        code: Code("TL0127"),
        name: "missing-count",
        severity: Severity::Error,
        example: Example::Schema("row cells:[ int ] = Row;"),
        explanation: "A repetition without a count.

    row n:# cells:n*[int] = Row;
    row n:# cells:[int] = Row;              // the last `#` before it counts
    row cells:[int] = Row;                  // there is none",
    },
    text: |_| Text::new("a repetition without a count", "how many?").help("write `n*[ ... ]`, or put a `#` before it"),
};

/// [`ErrorKind::SumOfNames`](crate::ErrorKind::SumOfNames)
pub(super) const SUM_OF_NAMES: Row = Row {
    rule: Rule {
        code: Code("TL0132"),
        name: "sum-of-names",
        severity: Severity::Error,
        example: Example::Schema("row {n m:#} cells:(n + m)*[ int ] = Row n m;"),
        explanation: "A sum holds more than one name.

    row {n m:#} cells:(n + m)*[int] = Row n m;

A number is a name, a constant, or a name and constants: `n + 1`.",
    },
    text: |_| {
        Text::new("a sum holds more than one name", "the second name")
            .help("a sum is one name and constants, as in `n + 1`")
    },
};

/// [`ErrorKind::SumTooLarge`](crate::ErrorKind::SumTooLarge)
pub(super) const SUM_TOO_LARGE: Row = Row {
    rule: Rule {
        code: Code("TL0133"),
        name: "sum-too-large",
        severity: Severity::Error,
        example: Example::Schema("row cells:(4294967295 + 1)*[ int ] = Row;"),
        explanation: "The sum of the constants is greater than 4294967295.",
    },
    text: |_| Text::new("this sum does not fit into 32 bits", "too large"),
};
