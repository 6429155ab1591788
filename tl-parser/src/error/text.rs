//! Code, severity and words of each mistake.

use super::SyntaxErrorKind;
use crate::diagnostic::{Code, Severity};

/// The parts of a diagnostic that do not depend on the source.
pub(super) struct Text {
    pub(super) label: &'static str,
    pub(super) related: &'static str,
    pub(super) help: &'static str,
}

const fn text(label: &'static str, help: &'static str) -> Text {
    Text { label, related: "", help }
}

const fn related(label: &'static str, related: &'static str, help: &'static str) -> Text {
    Text { label, related, help }
}

impl SyntaxErrorKind {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> Code {
        Code(match self {
            Self::UnexpectedCharacter(_) => "TL0001",
            Self::Unexpected { .. } => "TL0002",
            Self::MissingSemicolon => "TL0003",
            Self::MissingFinalSemicolon => "TL0004",
            Self::MissingEquals => "TL0005",
            Self::MissingResult => "TL0006",
            Self::MissingName => "TL0007",
            Self::EmptyId => "TL0008",
            Self::LongId => "TL0009",
            Self::BadId => "TL0010",
            Self::MisplacedId => "TL0011",
            Self::UppercaseId => "TL0012",
            Self::MissingType => "TL0013",
            Self::MissingFieldName => "TL0014",
            Self::Unclosed(_) => "TL0015",
            Self::Unopened(_) => "TL0016",
            Self::MissingBit => "TL0017",
            Self::BadBit => "TL0018",
            Self::MissingWord => "TL0019",
            Self::LargeNumber => "TL0020",
            Self::DigitName => "TL0021",
            Self::StrayDot => "TL0022",
            Self::DeepNesting => "TL0023",
            Self::EmptyBrackets => "TL0024",
            Self::LateOptArg => "TL0025",
            Self::MissingKind => "TL0026",
            Self::BadCount => "TL0027",
            Self::BareSum => "TL0028",
            Self::BadHeading => "TL0029",
            Self::BadAnnotation => "TL0030",
            Self::EmptyDeclaration => "TL0031",
            Self::BlockComment => "TL0032",
            Self::HashComment => "TL0033",
            Self::CapitalName => "TL0034",
            Self::SecondEquals => "TL0035",
            Self::ManyArguments => "TL0036",
            Self::UnderscoreType => "TL0037",
            Self::LoneCarriageReturn => "TL0038",
            Self::TooManyErrors => "TL0039",
            Self::LargeFile => "TL0040",
            Self::PartialApplication => "TL0041",
        })
    }

    /// Error or warning.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::MissingFinalSemicolon
            | Self::UppercaseId
            | Self::EmptyDeclaration
            | Self::HashComment
            | Self::CapitalName
            | Self::PartialApplication
            | Self::LoneCarriageReturn => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// One sentence without a full stop.
    #[must_use]
    pub fn message(self) -> String {
        let text = match self {
            Self::UnexpectedCharacter(character) => {
                if matches!(character, '"' | '\'' | '\\') {
                    return format!("unexpected character `{character}`");
                }
                return format!("unexpected character `{}`", character.escape_debug());
            }
            Self::Unexpected { expected, found } => return format!("expected {expected}, found {found}"),
            Self::Unclosed(bracket) => return format!("`{bracket}` is not closed"),
            Self::Unopened(bracket) => return format!("`{bracket}` without an opening bracket"),
            Self::MissingSemicolon => "missing `;` between two declarations",
            Self::MissingFinalSemicolon => "missing `;` behind the last declaration",
            Self::MissingEquals => "expected `=` and a result type",
            Self::MissingResult => "missing result type behind `=`",
            Self::MissingName => "missing name of the declaration",
            Self::EmptyId => "missing digits behind `#`",
            Self::LongId => "an id has at most eight digits",
            Self::BadId => "an id is a hexadecimal number",
            Self::MisplacedId => "an id stands directly behind the name of a declaration",
            Self::UppercaseId => "id with upper-case digits",
            Self::MissingType => "missing type of an argument",
            Self::MissingFieldName => "missing name before `:`",
            Self::MissingBit => "missing number of the bit in a condition",
            Self::BadBit => "the bit of a condition is not a number",
            Self::MissingWord => "missing name of the flags field in a condition",
            Self::LargeNumber => "number does not fit 32 bits",
            Self::DigitName => "a name cannot begin with a digit",
            Self::StrayDot => "a dot must stand between two parts of a name",
            Self::DeepNesting => "types are nested too deeply",
            Self::EmptyBrackets => "nothing between brackets",
            Self::LateOptArg => "variables must stand before the arguments",
            Self::MissingKind => "missing kind of a variable",
            Self::BadCount => "the count of a repetition is a number or a name",
            Self::BareSum => "a sum needs brackets",
            Self::BadHeading => "unknown heading",
            Self::BadAnnotation => "an annotation is `@` and a name, before a declaration",
            Self::EmptyDeclaration => "`;` without a declaration",
            Self::BlockComment => "`/` is no part of TL",
            Self::HashComment => "`#` does not begin a comment",
            Self::CapitalName => "the name of a combinator begins with a capital letter",
            Self::SecondEquals => "second `=` in one declaration",
            Self::ManyArguments => "too many arguments in one declaration",
            Self::UnderscoreType => "`_` is not a type",
            Self::LoneCarriageReturn => "carriage return without a line feed",
            Self::TooManyErrors => "too many errors, the rest is not shown",
            Self::LargeFile => "the file is too large",
            Self::PartialApplication => "a partial application declares nothing",
        };
        text.to_owned()
    }

    /// Label, label of the other place, help.
    pub(super) fn text(self) -> Text {
        match self {
            Self::UnexpectedCharacter('\u{a0}') => text("a no-break space", "write a plain blank"),
            Self::UnexpectedCharacter('"' | '\'' | '`') => {
                text("not allowed here", "names and types stand without quotes")
            }
            Self::UnexpectedCharacter('\\') => text("", "a declaration may go on in the next line without any mark"),
            Self::UnexpectedCharacter('|') => {
                text("not allowed here", "each constructor of a type is a declaration of its own")
            }
            Self::UnexpectedCharacter('-') => {
                text("not allowed here", "write `_` in names; headings have a line of their own")
            }
            Self::UnexpectedCharacter(_) => {
                text("", "names have letters, digits and `_`; anything may stand in comments")
            }
            Self::Unexpected { expected: "`;`", .. } => {
                text("not expected here", "a declaration ends behind its result type: `name arguments = Type;`")
            }
            Self::Unexpected { found: "`,`", .. } => {
                text("not expected here", "arguments stand behind each other with a blank between them, without commas")
            }
            Self::Unexpected { expected: "`?` behind the bit of a condition", .. } => {
                text("not expected here", "a condition is `flags.3?Type`")
            }
            Self::Unexpected { expected: "`[` behind `*`", .. } => {
                text("not expected here", "a repetition is `n*[ Type ]`")
            }
            Self::Unexpected { .. } => text("not expected here", ""),
            Self::MissingSemicolon => {
                related("expected `;` here", "this looks like the next declaration", "end every declaration with `;`")
            }
            Self::MissingFinalSemicolon => text("expected `;` here", "end every declaration with `;`"),
            Self::MissingEquals => text(
                "expected `=` here",
                "a declaration is `name arguments = Type;`, a partial application `Type arguments;`",
            ),
            Self::MissingResult => text("expected a type here", "a declaration is `name arguments = Type;`"),
            Self::MissingName => text("expected a name here", "a declaration is `name arguments = Type;`"),
            Self::EmptyId => text("expected an id", "write one to eight hexadecimal digits, or leave out the `#`"),
            Self::LongId => text("more than eight digits", "an id is a 32-bit number, such as `#1cb5c415`"),
            Self::BadId => text("not a hexadecimal number", "write one to eight of the digits 0 to 9 and a to f"),
            Self::MisplacedId => text("not behind a name", "write `name#1cb5c415` without a blank"),
            Self::UppercaseId => text("upper-case digits", "write ids in lower case; other tools refuse this one"),
            Self::MissingType => text("expected a type here", "an argument is `name:Type`"),
            Self::MissingFieldName => text("expected a name before this", "an argument is `name:Type` or just `Type`"),
            Self::Unclosed(_) => related("expected the closing bracket here", "opened here", ""),
            Self::Unopened(_) => text("nothing to close", ""),
            Self::MissingBit => text("expected the number of a bit", "a condition is `flags.3?Type`"),
            Self::BadBit => text("not a number", "a condition is `flags.3?Type`"),
            Self::MissingWord => text("expected a name before this", "a condition is `flags.3?Type`"),
            Self::LargeNumber => text("larger than 4294967295", ""),
            Self::DigitName => text("begins with a digit", "begin the name with a letter"),
            Self::StrayDot => text("not between two names", "write `namespace.name` without blanks"),
            Self::DeepNesting => text("one level too many", "brackets and prefixes may be nested 64 levels deep"),
            Self::EmptyBrackets => text("expected something inside", "leave out the brackets, or fill them"),
            Self::LateOptArg => {
                text("stands behind an argument", "write `name {X:Type} x:X = T;`, variables before arguments")
            }
            Self::MissingKind => text("expected `:` and a kind", "write `{X:Type}` for a type or `{n:#}` for a number"),
            Self::BadCount => text("not a count", "write `4*[ int ]`, `n*[ int ]` or `(n + 1)*[ int ]`"),
            Self::BareSum => text("part of a sum", "put the sum in brackets: `(n + 1)`"),
            Self::BadHeading => {
                text("not a heading", "headings are `---types---`, `---functions---` and `===8===` for a layer")
            }
            Self::BadAnnotation => text("not an annotation", "write `@read name = Type;`"),
            Self::EmptyDeclaration => text("nothing before this", "leave out the `;`"),
            Self::BlockComment => text("not a comment", "comments begin with `//` and end with the line"),
            Self::HashComment => text("taken as a comment", "begin comments with `//`"),
            Self::CapitalName => text("a capital letter", "constructors and functions begin with a small letter"),
            Self::SecondEquals => text("second `=`", "end the declaration before it with `;`"),
            Self::ManyArguments => text("one too many", "split the declaration"),
            Self::UnderscoreType => text("expected a type", "`_` may stand for a name: `_:int`"),
            Self::LoneCarriageReturn => text("first one here", "end lines with `\\n` or `\\r\\n`"),
            Self::TooManyErrors => text("not read any further", "repair the errors before this one first"),
            Self::PartialApplication => {
                text("has no `=`", "a constructor or function has a result type: `name arguments = Type;`")
            }
            Self::LargeFile => text("", "a file may have at most 4 GiB"),
        }
    }
}
