//! Warnings that count as errors: `--deny`, `[check] deny` in `tlgen.toml`, and what `generate --check` refuses.

use std::fmt;
use std::str::FromStr;

use tlgen_parser::diagnostic::{Code, Diagnostic, Severity};

use crate::rules;

/// The word for all warnings.
const ALL: &str = "warnings";

/// A written id that follows from no line: code with such an id does not understand other programs.
const ID_MISMATCH: Code = Code("TL0121");

/// Ids that follow from neither rule in schemas that everyone uses. Nobody can put them right, so the word for all warnings
/// leaves them out.
const KNOWN_ID: Code = Code("TL0144");

/// There are more warnings than are kept, and a denied one may be among them.
const MORE: Code = Code("TL0134");

/// One item of a list of what is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    /// All warnings but those of known ids.
    Warnings,
    /// The warnings of one rule.
    Rule(Code),
}

impl Denied {
    fn holds(self, diagnostic: &Diagnostic) -> bool {
        match self {
            Self::Warnings => diagnostic.code != KNOWN_ID,
            Self::Rule(code) => diagnostic.code == code || diagnostic.code == MORE,
        }
    }
}

/// A word that is neither the name nor the code of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownRule {
    /// One that may be meant.
    pub(crate) meant: Option<String>,
    /// The word for many rules.
    pub(crate) all: &'static str,
}

impl UnknownRule {
    /// The error of a word where the word `all` stands for many rules.
    pub(crate) fn of(word: &str, all: &'static str) -> Self {
        Self { meant: rules::nearest(word, &[all]), all }
    }
}

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no rule has this name or code: ")?;
        match &self.meant {
            Some(meant) => write!(f, "did you mean `{meant}`?"),
            None => write!(f, "`{}` stands for all, and `tlgen explain` lists the rules", self.all),
        }
    }
}

impl std::error::Error for UnknownRule {}

impl FromStr for Denied {
    type Err = UnknownRule;

    fn from_str(word: &str) -> Result<Self, UnknownRule> {
        if word.trim() == ALL {
            return Ok(Self::Warnings);
        }
        let rule = rules::find(word).map(|rule| Self::Rule(rule.code));
        rule.ok_or_else(|| UnknownRule::of(word, ALL))
    }
}

/// What is denied, and who says so.
#[derive(Debug, Default)]
pub(crate) struct Deny(Vec<(Denied, &'static str)>);

impl Deny {
    /// The names of those who deny.
    pub(crate) const ARGUMENT: &'static str = "`--deny`";
    pub(crate) const CONFIGURED: &'static str = "`deny` in `tlgen.toml`";

    /// What `generate --check` denies by itself.
    pub(crate) fn gate() -> Self {
        Self(vec![(Denied::Rule(ID_MISMATCH), "`generate --check`")])
    }

    /// The same and more, which `by` denies.
    pub(crate) fn and(mut self, denied: &[Denied], by: &'static str) -> Self {
        self.0.extend(denied.iter().map(|&denied| (denied, by)));
        self
    }

    /// Makes errors of the warnings that are denied.
    pub(crate) fn apply(&self, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| !diagnostic.is_error()) {
            if let Some((_, by)) = self.0.iter().find(|(denied, _)| denied.holds(diagnostic)) {
                diagnostic.severity = Severity::Error;
                diagnostic.help.push(format!("{by} makes this warning an error"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kind of fault: a constant with the code of another rule.
    #[test]
    fn constants_are_the_codes_of_their_rules() {
        let names = [ID_MISMATCH, KNOWN_ID, MORE].map(|code| rules::of(code).map(|rule| rule.name));
        assert_eq!(names, [Some("id-mismatch"), Some("known-id"), Some("more")]);
    }
}
