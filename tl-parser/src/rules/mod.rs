//! The rules of the syntax, one row for each: code, severity, words, explanation, and an example that breaks it.
//!
//! What comes in is a mistake of the parser; what goes out is everything to be said about it. A new rule is a kind in
//! [`SyntaxErrorKind`], a row in one of the files here, and a line in each of the two lists below.

mod arg;
mod declaration;
mod file;
mod term;

use crate::diagnostic::{Code, Rule, Severity};
use crate::error::SyntaxErrorKind;

/// A rule and how its mistakes are told.
pub(crate) struct Row {
    pub(crate) rule: Rule,
    /// The words for a mistake of this rule, of which there may be several kinds.
    pub(crate) text: fn(SyntaxErrorKind) -> Text,
}

/// The parts of a diagnostic that do not depend on the source.
pub(crate) struct Text {
    /// One sentence without a full stop.
    pub(crate) message: String,
    pub(crate) label: &'static str,
    /// The label of the other location.
    pub(crate) related: &'static str,
    pub(crate) help: &'static str,
}

impl Text {
    fn new(message: impl Into<String>, label: &'static str) -> Self {
        Self { message: message.into(), label, related: "", help: "" }
    }

    fn related(self, related: &'static str) -> Self {
        Self { related, ..self }
    }

    fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }
}

/// The rules of this crate, by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    ROWS.iter().map(|row| &row.rule)
}

static ROWS: [&Row; 42] = [
    &file::UNEXPECTED_CHARACTER,
    &declaration::UNEXPECTED,
    &file::MISSING_SEMICOLON,
    &file::MISSING_FINAL_SEMICOLON,
    &declaration::MISSING_EQUALS,
    &declaration::MISSING_RESULT,
    &declaration::MISSING_NAME,
    &declaration::EMPTY_ID,
    &declaration::LONG_ID,
    &declaration::BAD_ID,
    &declaration::MISPLACED_ID,
    &declaration::UPPERCASE_ID,
    &arg::MISSING_TYPE,
    &arg::MISSING_FIELD_NAME,
    &term::UNCLOSED,
    &term::UNOPENED,
    &arg::MISSING_BIT,
    &arg::BAD_BIT,
    &arg::MISSING_WORD,
    &term::LARGE_NUMBER,
    &declaration::DIGIT_NAME,
    &declaration::STRAY_DOT,
    &term::DEEP_NESTING,
    &term::EMPTY_BRACKETS,
    &arg::LATE_OPT_ARG,
    &arg::MISSING_KIND,
    &term::BAD_COUNT,
    &term::BARE_SUM,
    &file::BAD_HEADING,
    &declaration::BAD_ANNOTATION,
    &file::EMPTY_DECLARATION,
    &file::BLOCK_COMMENT,
    &file::HASH_COMMENT,
    &declaration::CAPITAL_NAME,
    &declaration::SECOND_EQUALS,
    &declaration::MANY_ARGUMENTS,
    &arg::UNDERSCORE_TYPE,
    &file::LONE_CARRIAGE_RETURN,
    &file::TOO_MANY_ERRORS,
    &file::LARGE_FILE,
    &declaration::PARTIAL_APPLICATION,
    &file::OTHER_LANGUAGE,
];

impl SyntaxErrorKind {
    /// The rule that it breaks.
    pub(crate) const fn row(self) -> &'static Row {
        match self {
            Self::UnexpectedCharacter(_) => &file::UNEXPECTED_CHARACTER,
            Self::Unexpected { .. } => &declaration::UNEXPECTED,
            Self::MissingSemicolon => &file::MISSING_SEMICOLON,
            Self::MissingFinalSemicolon => &file::MISSING_FINAL_SEMICOLON,
            Self::MissingEquals => &declaration::MISSING_EQUALS,
            Self::MissingResult => &declaration::MISSING_RESULT,
            Self::MissingName => &declaration::MISSING_NAME,
            Self::EmptyId => &declaration::EMPTY_ID,
            Self::LongId => &declaration::LONG_ID,
            Self::BadId => &declaration::BAD_ID,
            Self::MisplacedId => &declaration::MISPLACED_ID,
            Self::UppercaseId => &declaration::UPPERCASE_ID,
            Self::MissingType => &arg::MISSING_TYPE,
            Self::MissingFieldName => &arg::MISSING_FIELD_NAME,
            Self::Unclosed(_) => &term::UNCLOSED,
            Self::Unopened(_) => &term::UNOPENED,
            Self::MissingBit => &arg::MISSING_BIT,
            Self::BadBit => &arg::BAD_BIT,
            Self::MissingWord => &arg::MISSING_WORD,
            Self::LargeNumber => &term::LARGE_NUMBER,
            Self::DigitName => &declaration::DIGIT_NAME,
            Self::StrayDot => &declaration::STRAY_DOT,
            Self::DeepNesting => &term::DEEP_NESTING,
            Self::EmptyBrackets => &term::EMPTY_BRACKETS,
            Self::LateOptArg => &arg::LATE_OPT_ARG,
            Self::MissingKind => &arg::MISSING_KIND,
            Self::BadCount => &term::BAD_COUNT,
            Self::BareSum => &term::BARE_SUM,
            Self::BadHeading => &file::BAD_HEADING,
            Self::BadAnnotation => &declaration::BAD_ANNOTATION,
            Self::EmptyDeclaration => &file::EMPTY_DECLARATION,
            Self::BlockComment => &file::BLOCK_COMMENT,
            Self::HashComment => &file::HASH_COMMENT,
            Self::CapitalName => &declaration::CAPITAL_NAME,
            Self::SecondEquals => &declaration::SECOND_EQUALS,
            Self::ManyArguments => &declaration::MANY_ARGUMENTS,
            Self::UnderscoreType => &arg::UNDERSCORE_TYPE,
            Self::LoneCarriageReturn => &file::LONE_CARRIAGE_RETURN,
            Self::TooManyErrors => &file::TOO_MANY_ERRORS,
            Self::LargeFile => &file::LARGE_FILE,
            Self::OtherLanguage(_) => &file::OTHER_LANGUAGE,
            Self::PartialApplication => &declaration::PARTIAL_APPLICATION,
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> Code {
        self.row().rule.code
    }

    /// Error or warning.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.row().rule.severity
    }

    /// One sentence without a full stop.
    #[must_use]
    pub fn message(self) -> String {
        (self.row().text)(self).message
    }
}
