//! Characters, lines, headings and the file as a whole.

use super::{Row, Text};
use crate::diagnostic::{Code, Example, Rule, Severity};
use crate::dialect::Language;
use crate::error::SyntaxErrorKind;

/// [`SyntaxErrorKind::UnexpectedCharacter`](crate::SyntaxErrorKind::UnexpectedCharacter)
pub(super) const UNEXPECTED_CHARACTER: Row = Row {
    rule: Rule {
        code: Code("TL0001"),
        name: "unexpected-character",
        severity: Severity::Error,
        example: Example::Schema("föö = Foo;"),
        explanation: "A character that is no part of TL.

Names are made of ASCII letters, digits and `_`. Other characters may stand in comments only, which begin with `//`.
No-break spaces and curly quotes usually come from a text that was copied from a web page.",
    },
    text: |kind| {
        let SyntaxErrorKind::UnexpectedCharacter(character) = kind else { unreachable!("{kind:?} has another rule") };
        let message = match character {
            '"' | '\'' | '\\' => format!("unexpected character `{character}`"),
            _ => format!("unexpected character `{}`", character.escape_debug()),
        };
        match character {
            '\u{a0}' => Text::new(message, "a no-break space").help("write a plain blank"),
            '"' | '\'' | '`' => Text::new(message, "not allowed here").help("names and types stand without quotes"),
            '\\' => Text::new(message, "").help("a declaration may go on in the next line without any mark"),
            '|' => {
                Text::new(message, "not allowed here").help("each constructor of a type is a declaration of its own")
            }
            '-' => Text::new(message, "not allowed here").help("write `_` in names; headings have a line of their own"),
            _ => Text::new(message, "").help("names have letters, digits and `_`; anything may stand in comments"),
        }
    },
};

/// [`SyntaxErrorKind::MissingSemicolon`](crate::SyntaxErrorKind::MissingSemicolon)
pub(super) const MISSING_SEMICOLON: Row = Row {
    rule: Rule {
        code: Code("TL0003"),
        name: "missing-semicolon",
        severity: Severity::Error,
        example: Example::Schema("user id:int = User\nchat id:int = Chat;"),
        explanation: "A declaration does not end with `;` and another one, or a heading, follows.

    user id:int = User
    chat id:int = Chat;     // this line looks like a declaration of its own

Without the `;` the second name would be an argument of the type `User`.",
    },
    text: |_| {
        Text::new("missing `;` between two declarations", "expected `;` here")
            .related("this looks like the next declaration")
            .help("end every declaration with `;`")
    },
};

/// [`SyntaxErrorKind::MissingFinalSemicolon`](crate::SyntaxErrorKind::MissingFinalSemicolon)
pub(super) const MISSING_FINAL_SEMICOLON: Row = Row {
    rule: Rule {
        code: Code("TL0004"),
        name: "missing-final-semicolon",
        severity: Severity::Warning,
        example: Example::Schema("user id:int = User"),
        explanation: "The last declaration of a file has no `;`.

It is taken as it is, but other tools refuse it, and a file that was cut off looks the same.",
    },
    text: |_| {
        Text::new("missing `;` behind the last declaration", "expected `;` here").help("end every declaration with `;`")
    },
};

/// [`SyntaxErrorKind::BadHeading`](crate::SyntaxErrorKind::BadHeading)
pub(super) const BAD_HEADING: Row = Row {
    rule: Rule {
        code: Code("TL0029"),
        name: "bad-heading",
        severity: Severity::Error,
        example: Example::Schema("---type---\nfoo = Foo;"),
        explanation: "A line begins like a heading and is none.

The headings are `---types---` and `---functions---`, and `===8===` for the layer of what follows. Blanks within them
are allowed; three marks or more stand on either side.",
    },
    text: |_| {
        Text::new("unknown heading", "not a heading")
            .help("headings are `---types---`, `---functions---` and `===8===` for a layer")
    },
};

/// [`SyntaxErrorKind::EmptyDeclaration`](crate::SyntaxErrorKind::EmptyDeclaration)
pub(super) const EMPTY_DECLARATION: Row = Row {
    rule: Rule {
        code: Code("TL0031"),
        name: "empty-declaration",
        severity: Severity::Warning,
        example: Example::Schema("foo = Foo;;"),
        explanation: "A `;` stands where no declaration ends, such as the second of `;;`. It is passed over.",
    },
    text: |_| Text::new("`;` without a declaration", "nothing before this").help("leave out the `;`"),
};

/// [`SyntaxErrorKind::BlockComment`](crate::SyntaxErrorKind::BlockComment)
pub(super) const BLOCK_COMMENT: Row = Row {
    rule: Rule {
        code: Code("TL0032"),
        name: "block-comment",
        severity: Severity::Error,
        example: Example::Schema("foo = /* old */ Foo;"),
        explanation: "A slash stands outside of a comment.

Comments begin with `//` and end with the line. TL has no comments of the form `/* ... */`, although one page of the
official description says so: no compiler reads them.",
    },
    text: |_| Text::new("`/` is no part of TL", "not a comment").help("comments begin with `//` and end with the line"),
};

/// [`SyntaxErrorKind::HashComment`](crate::SyntaxErrorKind::HashComment)
pub(super) const HASH_COMMENT: Row = Row {
    rule: Rule {
        code: Code("TL0033"),
        name: "hash-comment",
        severity: Severity::Warning,
        example: Example::Schema("# comment\nfoo = Foo;"),
        explanation: "A `#` stands where a declaration could begin.

It is taken as a comment up to the end of the line, but other tools refuse it. Comments begin with `//`.",
    },
    text: |_| Text::new("`#` does not begin a comment", "taken as a comment").help("begin comments with `//`"),
};

/// [`SyntaxErrorKind::LoneCarriageReturn`](crate::SyntaxErrorKind::LoneCarriageReturn)
pub(super) const LONE_CARRIAGE_RETURN: Row = Row {
    rule: Rule {
        code: Code("TL0038"),
        name: "lone-carriage-return",
        severity: Severity::Warning,
        example: Example::Schema("// comment\rfoo = Foo;"),
        explanation: "A carriage return stands without a line feed.

It is taken as the end of a line, also of a comment. Some compilers refuse it and some editors do not show it.",
    },
    text: |_| {
        Text::new("carriage return without a line feed", "first one here").help("end lines with `\\n` or `\\r\\n`")
    },
};

/// [`SyntaxErrorKind::TooManyErrors`](crate::SyntaxErrorKind::TooManyErrors)
pub(super) const TOO_MANY_ERRORS: Row = Row {
    rule: Rule {
        code: Code("TL0039"),
        name: "too-many-errors",
        severity: Severity::Error,
        example: Example::Made(|| "foo x: = Foo;\n".repeat(1_001)),
        explanation: "The file has more than 1,000 errors. What is behind them was not read.",
    },
    text: |_| {
        Text::new("too many errors, the rest is not shown", "not read any further")
            .help("repair the errors before this one first")
    },
};

/// [`SyntaxErrorKind::LargeFile`](crate::SyntaxErrorKind::LargeFile)
pub(super) const LARGE_FILE: Row = Row {
    rule: Rule {
        code: Code("TL0040"),
        name: "large-file",
        severity: Severity::Error,
        example: Example::None("a file of 4 GiB"),
        explanation: "The file has 4 GiB or more. Places in a file are 32-bit numbers.",
    },
    text: |_| Text::new("the file is too large", "").help("a file may have at most 4 GiB"),
};

/// [`SyntaxErrorKind::OtherLanguage`](crate::SyntaxErrorKind::OtherLanguage)
pub(super) const OTHER_LANGUAGE: Row = Row {
    rule: Rule {
        code: Code("TL0042"),
        name: "other-language",
        severity: Severity::Error,
        example: Example::Schema("sandbox.list <=> []int32;"),
        explanation: "The file is written in another language that is called TL.

    sandbox.point = x:int32 y:int32;        // TL2 of VK
    some$1 size:(## 5) root:^Cell = Some;   // TL-B of TON

TL2 describes other bytes, and TL-B describes cells of bits. Neither can be read as TL.",
    },
    text: |kind| match kind {
        SyntaxErrorKind::OtherLanguage(Language::Tl2) => {
            Text::new("this is TL2, the language of VK, and not TL", "TL has no such thing")
                .help("VK publishes the same schemas as TL (`.tl`, \"TL1\"): read those")
        }
        SyntaxErrorKind::OtherLanguage(Language::TlB) => {
            Text::new("this is TL-B, the language of TON for cells, and not TL", "TL has no such thing")
                .help("the TL schemas of TON are `ton_api.tl`, `lite_api.tl` and `tonlib_api.tl`")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};
