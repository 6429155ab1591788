//! What `tlgen lint` does about findings: `--allow`, `--warn`, `--deny`, and `[lint]` in `tlgen.toml`.

use std::str::FromStr;

use tlgen_lint::{Level, Levels};
use tlgen_parser::diagnostic::{Code, Diagnostic};

use crate::deny::{Denied, Deny, UnknownRule};
use crate::rules;

/// The word for all rules of `tlgen lint`.
const ALL: &str = "all";

/// One item of a list of what is allowed or warned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// All rules of `tlgen lint`.
    All,
    /// One rule, also one of `tlgen check`.
    Rule(Code),
}

impl FromStr for Named {
    type Err = UnknownRule;

    fn from_str(word: &str) -> Result<Self, UnknownRule> {
        if word.trim() == ALL {
            return Ok(Self::All);
        }
        let rule = rules::find(word).map(|rule| Self::Rule(rule.code));
        rule.ok_or_else(|| UnknownRule::of(word, ALL))
    }
}

/// What somebody chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) allow: Vec<Named>,
    pub(crate) warn: Vec<Named>,
    pub(crate) deny: Vec<Denied>,
}

impl Chosen {
    /// Adds this to what was chosen before. A rule counts more than all of them, and an error more than a warning.
    pub(crate) fn add_to(&self, levels: Levels) -> Levels {
        let lists = [(&self.allow, Level::Allow), (&self.warn, Level::Warn)];
        let all = lists.iter().filter(|(list, _)| list.contains(&Named::All)).map(|(_, level)| *level);
        let levels = all.fold(levels, |levels, level| {
            tlgen_lint::rules().fold(levels, |levels, rule| levels.with(rule.code, level))
        });
        let rules = lists.iter().flat_map(|(list, level)| list.iter().map(move |named| (*named, *level)));
        let levels = rules.fold(levels, |levels, (named, level)| match named {
            Named::All => levels,
            Named::Rule(code) => levels.with(code, level),
        });
        self.deny.iter().fold(levels, |levels, denied| match denied {
            Denied::Warnings => levels,
            Denied::Rule(code) => levels.with(*code, Level::Deny),
        })
    }

    /// Makes errors of all warnings, if that was chosen.
    pub(crate) fn deny_warnings(&self, by: &'static str, diagnostics: &mut [Diagnostic]) {
        let all: Vec<Denied> = self.deny.iter().copied().filter(|denied| *denied == Denied::Warnings).collect();
        Deny::default().and(&all, by).apply(diagnostics);
    }
}
