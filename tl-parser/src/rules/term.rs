//! Types, brackets, numbers and repetitions.

use super::{Row, Text};
use crate::diagnostic::{Code, Example, Rule, Severity};
use crate::error::SyntaxErrorKind;

/// [`SyntaxErrorKind::Unclosed`](crate::SyntaxErrorKind::Unclosed)
pub(super) const UNCLOSED: Row = Row {
    rule: Rule {
        code: Code("TL0015"),
        name: "unclosed",
        severity: Severity::Error,
        example: Example::Schema("user x:(Vector int = User;"),
        explanation: "A bracket is opened and not closed.

Both places are shown: where the closing bracket was expected, and where the bracket was opened.",
    },
    text: |kind| {
        let SyntaxErrorKind::Unclosed(bracket) = kind else { unreachable!("{kind:?} has another rule") };
        Text::new(format!("`{bracket}` is not closed"), "expected the closing bracket here").related("opened here")
    },
};

/// [`SyntaxErrorKind::Unopened`](crate::SyntaxErrorKind::Unopened)
pub(super) const UNOPENED: Row = Row {
    rule: Rule {
        code: Code("TL0016"),
        name: "unopened",
        severity: Severity::Error,
        example: Example::Schema("user x:int ] = User;"),
        explanation: "A closing bracket stands without an opening one.",
    },
    text: |kind| {
        let SyntaxErrorKind::Unopened(bracket) = kind else { unreachable!("{kind:?} has another rule") };
        Text::new(format!("`{bracket}` without an opening bracket"), "nothing to close")
    },
};

/// [`SyntaxErrorKind::LargeNumber`](crate::SyntaxErrorKind::LargeNumber)
pub(super) const LARGE_NUMBER: Row = Row {
    rule: Rule {
        code: Code("TL0020"),
        name: "large-number",
        severity: Severity::Error,
        example: Example::Schema("row x:99999999999*[ int ] = Row;"),
        explanation: "A number does not fit 32 bits.

Counts, bits and the numbers of layers are unsigned 32-bit numbers, up to 4294967295.",
    },
    text: |_| Text::new("number does not fit 32 bits", "larger than 4294967295"),
};

/// [`SyntaxErrorKind::DeepNesting`](crate::SyntaxErrorKind::DeepNesting)
pub(super) const DEEP_NESTING: Row = Row {
    rule: Rule {
        code: Code("TL0023"),
        name: "deep-nesting",
        severity: Severity::Error,
        example: Example::Made(|| format!("foo x:{}int{} = Foo;", "(".repeat(65), ")".repeat(65))),
        explanation: "Brackets and prefixes are nested more than 64 levels deep.

No known schema has more than six. The limit keeps a hostile file from exhausting the stack.",
    },
    text: |_| {
        Text::new("types are nested too deeply", "one level too many")
            .help("brackets and prefixes may be nested 64 levels deep")
    },
};

/// [`SyntaxErrorKind::EmptyBrackets`](crate::SyntaxErrorKind::EmptyBrackets)
pub(super) const EMPTY_BRACKETS: Row = Row {
    rule: Rule {
        code: Code("TL0024"),
        name: "empty-brackets",
        severity: Severity::Error,
        example: Example::Schema("user x:() = User;"),
        explanation: "Nothing stands between a pair of brackets.

Leave the brackets out: a type without arguments has none.",
    },
    text: |_| {
        Text::new("nothing between brackets", "expected something inside").help("leave out the brackets, or fill them")
    },
};

/// [`SyntaxErrorKind::BadCount`](crate::SyntaxErrorKind::BadCount)
pub(super) const BAD_COUNT: Row = Row {
    rule: Rule {
        code: Code("TL0027"),
        name: "bad-count",
        severity: Severity::Error,
        example: Example::Schema("foo x:%int*[ int ] = Foo;"),
        explanation: "What stands before `*` cannot be the count of a repetition.

A count is a number, the name of an argument or variable of the type `#`, or a sum of these in brackets:
`4*[ int ]`, `n*[ int ]`, `(n + 1)*[ int ]`.",
    },
    text: |_| {
        Text::new("the count of a repetition is a number or a name", "not a count")
            .help("write `4*[ int ]`, `n*[ int ]` or `(n + 1)*[ int ]`")
    },
};

/// [`SyntaxErrorKind::BareSum`](crate::SyntaxErrorKind::BareSum)
pub(super) const BARE_SUM: Row = Row {
    rule: Rule {
        code: Code("TL0028"),
        name: "bare-sum",
        severity: Severity::Error,
        example: Example::Schema("matrix n:# cells:n+1*[ int ] = Matrix;"),
        explanation: "A sum stands without brackets.

    matrix n:# cells:n+1*[ int ] = Matrix;      // wrong
    matrix n:# cells:(n + 1)*[ int ] = Matrix;",
    },
    text: |_| Text::new("a sum needs brackets", "part of a sum").help("put the sum in brackets: `(n + 1)`"),
};
