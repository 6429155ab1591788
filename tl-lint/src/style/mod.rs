//! Rules about one schema.

mod documentation;
mod names;
mod uses;
mod words;

use tlgen_parser::diagnostic::Diagnostic;

use crate::Linted;
use crate::lint::Lint;
pub(crate) use words::{reserved, word_name};

/// The rules.
pub(crate) const LINTS: &[&Lint] = &[
    &names::CONSTRUCTOR_CASE,
    &names::TYPE_CASE,
    &names::FIELD_CASE,
    &words::SHARED_BIT,
    &words::FULL_WORD,
    &words::WORD_WITHOUT_BITS,
    &words::RESERVED_BIT,
    &documentation::UNDOCUMENTED,
    &documentation::UNDOCUMENTED_FIELD,
    &documentation::UNKNOWN_TAG,
    &uses::UNUSED_TYPE,
    &uses::MISSING_ID,
];

/// What breaks a rule about one schema, whatever its level, in the order of the rules.
#[must_use]
pub fn style(linted: &Linted<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    names::check(linted.schema, &mut found);
    words::check(linted, &mut found);
    documentation::check(linted, &mut found);
    uses::check(linted.schema, &mut found);
    found
}
