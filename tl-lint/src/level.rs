//! What is done about the findings of each rule.

use std::collections::BTreeMap;

use tlgen_parser::diagnostic::{Code, Severity};

/// What is done about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

/// The levels that somebody has chosen. What is chosen last counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Code, Level>);

impl Levels {
    /// The same with a level for one rule, of this crate or of another stage.
    #[must_use]
    pub fn with(mut self, code: Code, level: Level) -> Self {
        self.0.insert(code, level);
        self
    }

    /// The level of a rule: the chosen one, the default of a rule of this crate, or what the severity of a finding of another stage
    /// means.
    #[must_use]
    pub fn of(&self, code: Code, severity: Severity) -> Level {
        let default = || crate::lints().find(|lint| lint.rule.code == code).map(|lint| lint.level);
        let chosen = self.0.get(&code).copied();
        chosen.or_else(default).unwrap_or(match severity {
            Severity::Warning => Level::Warn,
            Severity::Error => Level::Deny,
        })
    }
}
