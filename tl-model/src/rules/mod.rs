//! The rules of the model, one row for each: code, severity, words, explanation, and an example that breaks it.
//!
//! What comes in is a mistake that a pass has found; what goes out is everything to be said about it. A new rule is a kind in
//! [`ErrorKind`], a row in one of the files here, and a line in each of the two lists below.

mod files;
mod ids;
mod names;
mod types;
mod variables;
mod words;

use tlgen_parser::diagnostic::{Code, Diagnostic, Label, Rule, Severity};
use tlgen_parser::source::Location;

use crate::error::{ErrorKind, ModelError};

/// A rule and how its mistakes are told.
pub(crate) struct Row {
    pub(crate) rule: Rule,
    /// The words for a mistake of this rule.
    pub(crate) text: fn(&ErrorKind) -> Text,
}

/// The rules of this crate, by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    ROWS.iter().map(|row| &row.rule)
}

/// The rule of names in options that name nothing.
pub(crate) const UNMATCHED_PATTERN: Code = names::UNMATCHED_PATTERN.rule.code;

static ROWS: [&Row; 46] = [
    &names::DUPLICATE_NAME,
    &ids::DUPLICATE_ID,
    &ids::SHARED_ID,
    &names::UNDEFINED_TYPE,
    &types::WRONG_ARGUMENT_COUNT,
    &types::NOT_A_TYPE,
    &words::NOT_A_NUMBER,
    &words::UNDEFINED_WORD,
    &words::WORD_IS_NO_NAT,
    &words::BIT_TOO_LARGE,
    &words::USE_BEFORE_DECLARATION,
    &words::LATE_WORD,
    &types::UNCONDITIONAL_TRUE,
    &types::BARE_UNION,
    &types::CONSTRUCTOR_OF_UNION,
    &variables::UNUSED_VARIABLE,
    &variables::RESULT_ARGUMENTS,
    &variables::REFINED_RESULT,
    &types::PARAMETER_CLASH,
    &names::NAMESPACE_CASE,
    &files::EMPTY_SECTION,
    &ids::ID_MISMATCH,
    &types::NO_FINITE_VALUE,
    &words::DUPLICATE_FIELD,
    &variables::VARIABLE_KIND,
    &variables::BANG_WITHOUT_VARIABLE,
    &variables::MISSING_VARIABLE,
    &words::MISSING_COUNT,
    &types::RESULT_IS_NO_TYPE,
    &names::LOWER_CASE_TYPE,
    &files::LAYERS_MERGED,
    &files::FINALITY,
    &words::SUM_OF_NAMES,
    &words::SUM_TOO_LARGE,
    &files::MORE,
    &names::LOWER_CASE_BOOL,
    &files::REPEATED_IN_FILE,
    &names::UNMATCHED_PATTERN,
    &names::FUNCTION_AMONG_TYPES,
    &names::BUILTIN_WITH_CONSTRUCTOR,
    &ids::ALIAS,
    &names::RESPELLED,
    &files::UNKNOWN_LAYER,
    &ids::GUESSED_IDS,
    &ids::KNOWN_ID,
    &files::LAYERS_DIFFER,
];

impl ErrorKind {
    /// The rule that it breaks.
    pub(crate) fn row(&self) -> &'static Row {
        match self {
            Self::DuplicateName { .. } => &names::DUPLICATE_NAME,
            Self::DuplicateId { .. } => &ids::DUPLICATE_ID,
            Self::SharedId { .. } => &ids::SHARED_ID,
            Self::LayersDiffer { .. } => &files::LAYERS_DIFFER,
            Self::UndefinedType { .. } => &names::UNDEFINED_TYPE,
            Self::WrongArgumentCount { .. } => &types::WRONG_ARGUMENT_COUNT,
            Self::NotAType { .. } => &types::NOT_A_TYPE,
            Self::NotANumber { .. } => &words::NOT_A_NUMBER,
            Self::UndefinedWord { .. } => &words::UNDEFINED_WORD,
            Self::WordIsNoNat { .. } => &words::WORD_IS_NO_NAT,
            Self::BitTooLarge { .. } => &words::BIT_TOO_LARGE,
            Self::UseBeforeDeclaration { .. } => &words::USE_BEFORE_DECLARATION,
            Self::LateWord { .. } => &words::LATE_WORD,
            Self::UnconditionalTrue => &types::UNCONDITIONAL_TRUE,
            Self::BareUnion { .. } => &types::BARE_UNION,
            Self::ConstructorOfUnion { .. } => &types::CONSTRUCTOR_OF_UNION,
            Self::UnusedVariable { .. } => &variables::UNUSED_VARIABLE,
            Self::ResultArguments { .. } => &variables::RESULT_ARGUMENTS,
            Self::RefinedResult { .. } => &variables::REFINED_RESULT,
            Self::ParameterClash { .. } => &types::PARAMETER_CLASH,
            Self::NamespaceCase { .. } => &names::NAMESPACE_CASE,
            Self::EmptySection { .. } => &files::EMPTY_SECTION,
            Self::IdMismatch { .. } => &ids::ID_MISMATCH,
            Self::KnownId { .. } => &ids::KNOWN_ID,
            Self::NoFiniteValue { .. } => &types::NO_FINITE_VALUE,
            Self::DuplicateField { .. } => &words::DUPLICATE_FIELD,
            Self::VariableKind { .. } => &variables::VARIABLE_KIND,
            Self::BangWithoutVariable { .. } => &variables::BANG_WITHOUT_VARIABLE,
            Self::MissingVariable { .. } => &variables::MISSING_VARIABLE,
            Self::MissingCount => &words::MISSING_COUNT,
            Self::ResultIsNoType => &types::RESULT_IS_NO_TYPE,
            Self::LowerCaseType { .. } => &names::LOWER_CASE_TYPE,
            Self::LayersMerged { .. } => &files::LAYERS_MERGED,
            Self::GuessedIds { .. } => &ids::GUESSED_IDS,
            Self::UnknownLayer { .. } => &files::UNKNOWN_LAYER,
            Self::Finality { .. } => &files::FINALITY,
            Self::SumOfNames => &words::SUM_OF_NAMES,
            Self::SumTooLarge => &words::SUM_TOO_LARGE,
            Self::More { .. } => &files::MORE,
            Self::LowerCaseBool => &names::LOWER_CASE_BOOL,
            Self::RepeatedInFile { .. } => &files::REPEATED_IN_FILE,
            Self::UnmatchedPattern { .. } => &names::UNMATCHED_PATTERN,
            Self::FunctionAmongTypes { .. } => &names::FUNCTION_AMONG_TYPES,
            Self::BuiltinWithConstructor { .. } => &names::BUILTIN_WITH_CONSTRUCTOR,
            Self::Alias { .. } => &ids::ALIAS,
            Self::Respelled { .. } => &names::RESPELLED,
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.row().rule.code
    }
}

/// What is said about one kind.
pub(crate) struct Text {
    message: String,
    label: String,
    other: Vec<(Location, String)>,
    help: Vec<String>,
}

impl Text {
    fn new(message: impl Into<String>, label: impl Into<String>) -> Self {
        Self { message: message.into(), label: label.into(), other: Vec::new(), help: Vec::new() }
    }

    fn other(mut self, location: Location, label: impl Into<String>) -> Self {
        self.other.push((location, label.into()));
        self
    }

    fn maybe_other(self, location: Option<Location>, label: impl Into<String>) -> Self {
        match location {
            Some(location) => self.other(location, label),
            None => self,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    fn did_you_mean(self, suggestion: Option<&String>) -> Self {
        match suggestion {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

pub(super) fn diagnostic(error: &ModelError) -> Diagnostic {
    let mut text = (error.kind.row().text)(&error.kind);
    if let (Severity::Warning, ErrorKind::UndefinedType { name, more, .. }) = (error.severity, &*error.kind) {
        undeclared_elsewhere(&mut text, name, *more);
    }
    if let (Severity::Warning, ErrorKind::NoFiniteValue { .. }) = (error.severity, &*error.kind) {
        text.help =
            vec!["it must have one more constructor, in another file; no code is generated without it".to_owned()];
    }
    Diagnostic {
        code: error.code(),
        severity: error.severity,
        message: text.message,
        primary: error.location.map(|location| Label { location, text: text.label }),
        secondary: text.other.into_iter().map(|(location, text)| Label { location, text }).collect(),
        help: text.help,
    }
}

/// The words for an undeclared type that is taken for a type of another file.
fn undeclared_elsewhere(text: &mut Text, name: &str, more: u32) {
    text.label = match more {
        0 => "taken for a type of another file".to_owned(),
        1 => "taken for a type of another file, here and in one more place".to_owned(),
        more => format!("taken for a type of another file, here and in {more} more places"),
    };
    // If there is a suggestion, it is all that is needed.
    text.help.retain(|help| help.starts_with("did you mean"));
    text.help.push(format!(
        "code can be generated only together with the file that declares `{name}`, unless only results name it: such a \
         result is opaque"
    ));
}
