//! What is known of a rule.

use tlgen_parser::diagnostic::{Code, Diagnostic, Example, Rule, Severity};
use tlgen_parser::source::Location;

use crate::level::Level;

/// A rule with its default, and with schemas that break it and that keep it.
#[derive(Clone, Copy, Debug)]
pub struct Lint {
    /// Code, name and explanation.
    pub rule: Rule,
    /// What is done about a finding where nobody says anything.
    pub level: Level,
    /// For a rule about changes, the schema before the change.
    pub before: Option<&'static str>,
    /// A schema that breaks this rule.
    pub breaks: &'static str,
    /// One that is much the same and breaks no rule of its kind.
    pub keeps: &'static str,
}

impl Lint {
    /// A rule about one schema.
    pub(crate) const fn style(
        code: &'static str,
        name: &'static str,
        level: Level,
        breaks: &'static str,
        keeps: &'static str,
        explanation: &'static str,
    ) -> Self {
        let rule =
            Rule { code: Code(code), name, severity: Severity::Warning, example: Example::Schema(breaks), explanation };
        Self { rule, level, before: None, breaks, keeps }
    }

    /// A rule about a change: the schema before, one after that breaks the rule, one after that keeps it.
    pub(crate) const fn change(
        code: &'static str,
        name: &'static str,
        (before, breaks, keeps): (&'static str, &'static str, &'static str),
        explanation: &'static str,
    ) -> Self {
        let rule = Rule {
            code: Code(code),
            name,
            severity: Severity::Error,
            example: Example::None("two versions of a schema"),
            explanation,
        };
        Self { rule, level: Level::Deny, before: Some(before), breaks, keeps }
    }

    /// A finding.
    pub(crate) fn at(&self, message: impl Into<String>, location: Location, label: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.rule.code, message, location, label)
    }
}
