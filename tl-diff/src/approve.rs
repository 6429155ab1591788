//! Changes that somebody has accepted, with the reason.

use std::collections::BTreeMap;

use tlgen_parser::diagnostic::{Code, Example, Rule, Severity};

use crate::change::Change;
use crate::diff::Diff;

/// The rule that an approval breaks that no change needs.
pub static UNMATCHED: Rule = Rule {
    code: Code("TL0671"),
    name: "unmatched-approval",
    severity: Severity::Warning,
    example: Example::None("a file of approvals"),
    explanation: "An approval is for a change that is not there.

The change was undone, or it is another one now: a fingerprint follows from both declarations. Take the approval out of the file, or
approve the change as it is. An approval that stays would accept the same change when it comes back.",
};

/// What may be accepted: changes by their fingerprints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approvals {
    by_fingerprint: BTreeMap<String, Approval>,
}

/// One accepted change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The fingerprint of the change.
    pub fingerprint: String,
    /// The name of the declaration, for people.
    pub name: Option<String>,
    /// Why it is accepted.
    pub reason: String,
}

impl Approvals {
    /// No approvals.
    pub const NONE: Self = Self { by_fingerprint: BTreeMap::new() };

    /// Those of a list. Of two with one fingerprint the first counts.
    #[must_use]
    pub fn new(list: impl IntoIterator<Item = Approval>) -> Self {
        let mut by_fingerprint = BTreeMap::new();
        for approval in list {
            by_fingerprint.entry(approval.fingerprint.clone()).or_insert(approval);
        }
        Self { by_fingerprint }
    }

    /// Why a change is accepted; `None` if it is not.
    #[must_use]
    pub fn reason(&self, change: &Change) -> Option<&str> {
        self.by_fingerprint.get(&change.fingerprint).map(|approval| approval.reason.as_str())
    }

    /// Those that no change of `diff` needs.
    #[must_use]
    pub fn unmatched(&self, diff: &Diff) -> Vec<&Approval> {
        let is_there = |approval: &Approval| diff.changes.iter().any(|one| one.fingerprint == approval.fingerprint);
        self.by_fingerprint.values().filter(|approval| !is_there(approval)).collect()
    }
}

/// Which changes are one too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Those that break bytes.
    Wire,
    /// Those that break bytes or Rust.
    Api,
    /// All.
    Any,
}

impl FailOn {
    /// Whether this change is one of them.
    #[must_use]
    pub fn concerns(self, change: &Change) -> bool {
        match self {
            Self::Wire => change.verdicts.breaks_wire(),
            Self::Api => change.verdicts.breaks_wire() || change.verdicts.breaks_rust(),
            Self::Any => true,
        }
    }

    /// The changes that fail a run: those that nobody has accepted.
    #[must_use]
    pub fn failing<'d>(self, diff: &'d Diff, approvals: &Approvals) -> Vec<&'d Change> {
        let fails = |change: &&Change| self.concerns(change) && approvals.reason(change).is_none();
        diff.changes.iter().filter(fails).collect()
    }
}
