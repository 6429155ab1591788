//! The mistakes that the parser finds. What is said about each is in the rules.

use crate::diagnostic::Diagnostic;
use crate::source::{FileIdx, Location, Span};

/// One syntax error or warning of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Which mistake.
    pub kind: SyntaxErrorKind,
    /// The fault itself.
    pub span: Span,
    /// Another location that matters, such as the bracket that is not closed.
    pub related: Option<Span>,
}

/// The kinds of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// A character that is not part of the language.
    UnexpectedCharacter(char),
    /// Something else should be here.
    Unexpected {
        /// What may be here, in words.
        expected: &'static str,
        /// What is here, in words.
        found: &'static str,
    },
    /// A declaration has no `;` and another one follows.
    MissingSemicolon,
    /// The last declaration of the file has no `;`; a warning.
    MissingFinalSemicolon,
    /// A declaration without `=`.
    MissingEquals,
    /// Nothing between `=` and `;`.
    MissingResult,
    /// A declaration that begins without a name.
    MissingName,
    /// `name#` without digits.
    EmptyId,
    /// More than eight digits after `#`.
    LongId,
    /// Something other than hexadecimal digits after `#`.
    BadId,
    /// `#1cb5c415` anywhere but directly after the name of the declaration.
    MisplacedId,
    /// An id with upper-case digits; a warning.
    UppercaseId,
    /// `foo:` without a type.
    MissingType,
    /// `:int` without a name.
    MissingFieldName,
    /// A bracket that is not closed.
    Unclosed(char),
    /// A bracket that was not opened.
    Unopened(char),
    /// `flags?T` or `flags.?T`: the number of the bit is missing.
    MissingBit,
    /// `flags.x?T`: the bit is not a number.
    BadBit,
    /// `.1?T` or `?T`: the word of a condition is missing.
    MissingWord,
    /// A number above 4294967295.
    LargeNumber,
    /// A name that begins with a digit.
    DigitName,
    /// A dot that is not between two parts of a name.
    StrayDot,
    /// Too many brackets and prefixes within each other.
    DeepNesting,
    /// `()`, `<>` or `{}`.
    EmptyBrackets,
    /// `{X:Type}` after an argument.
    LateOptArg,
    /// `{X}`: a variable without a kind.
    MissingKind,
    /// Something other than a number or a name before `*`.
    BadCount,
    /// `n+1` where brackets are needed.
    BareSum,
    /// A section or layer heading that is misspelled.
    BadHeading,
    /// `@` without a name, or an annotation without a declaration.
    BadAnnotation,
    /// A `;` with nothing before it; a warning.
    EmptyDeclaration,
    /// `/`, as in `/* ... */`: a comment that TL does not have.
    BlockComment,
    /// `# text`, taken as a comment; a warning.
    HashComment,
    /// A combinator whose name begins with a capital letter; a warning.
    CapitalName,
    /// A second `=` in one declaration.
    SecondEquals,
    /// More arguments than a declaration may have.
    ManyArguments,
    /// `_` instead of a type.
    UnderscoreType,
    /// `\r` without `\n`; a warning.
    LoneCarriageReturn,
    /// The file has more errors than are reported.
    TooManyErrors,
    /// A file of 4 GiB or more.
    LargeFile,
    /// The file is written in another language.
    OtherLanguage(crate::dialect::Language),
    /// `Vector int;`: right, but it declares nothing; a warning.
    PartialApplication,
}

impl SyntaxError {
    /// A mistake at a location.
    #[must_use]
    pub(crate) const fn new(kind: SyntaxErrorKind, span: Span) -> Self {
        Self { kind, span, related: None }
    }

    /// A mistake at a location that is related to another location.
    #[must_use]
    pub(crate) const fn with_related(kind: SyntaxErrorKind, span: Span, related: Span) -> Self {
        Self { kind, span, related: Some(related) }
    }

    /// How to show it: code, message, label, the other location and help.
    #[must_use]
    pub fn diagnostic(&self, file: FileIdx) -> Diagnostic {
        let text = (self.kind.row().text)(self.kind);
        let at = |span| Location { file, span };
        let mut diagnostic = Diagnostic::error(self.kind.code(), text.message, at(self.span), text.label);
        diagnostic.severity = self.kind.severity();
        if let Some(related) = self.related {
            diagnostic = diagnostic.with_secondary(at(related), text.related);
        }
        if text.help.is_empty() { diagnostic } else { diagnostic.with_help(text.help) }
    }
}
