//! The rules by which changes are judged, one row each, with the rule of the opposite change.

/// A rule, as a constant of its module.
macro_rules! row {
    ($name:ident, $code:literal, $word:literal, $severity:ident, $mirror:expr, $example:expr, $explanation:literal) => {
        #[doc = concat!("`", $word, "`.")]
        pub(crate) static $name: DiffRule = DiffRule {
            rule: tlgen_parser::diagnostic::Rule {
                code: tlgen_parser::diagnostic::Code($code),
                name: $word,
                severity: tlgen_parser::diagnostic::Severity::$severity,
                example: $crate::rules::example($example),
                explanation: $explanation,
            },
            mirror: $mirror,
        };
    };
}

mod behaviour;
mod rust;
mod wire;

use tlgen_parser::diagnostic::{Example, Rule};

pub(crate) use behaviour::*;
pub(crate) use rust::*;
pub(crate) use wire::*;

/// A rule, and what the same two schemas break the other way round.
#[derive(Debug)]
pub struct DiffRule {
    /// Code, name, explanation.
    pub rule: Rule,
    /// The rule of the opposite change.
    pub mirror: Mirror,
}

/// The rule of the opposite change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mirror {
    /// The rule with this name.
    Rule(&'static str),
    /// The same rule.
    Itself,
    /// There is none, and why.
    None(&'static str),
}

impl PartialEq for DiffRule {
    fn eq(&self, other: &Self) -> bool {
        self.rule.code == other.rule.code
    }
}

/// The rules of this crate, by code.
pub fn rules() -> impl Iterator<Item = &'static DiffRule> {
    wire::ALL.iter().chain(rust::ALL).chain(behaviour::ALL).copied()
}

const fn example((old, new): (&'static str, &'static str)) -> Example {
    if new.is_empty() { Example::None("metadata of two versions of a schema") } else { Example::Versions(old, new) }
}
