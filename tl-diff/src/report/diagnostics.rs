//! For CI: a diagnostic for each change that breaks something, which SARIF, JUnit and annotations are made of.

use tlgen_parser::diagnostic::{Diagnostic, Label, Severity};

use super::words;
use crate::approve::{Approvals, FailOn};
use crate::change::Change;
use crate::diff::Diff;
use crate::verdict::{Column, Finding, Level, Witness};

/// A change as a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// An error if the change is one too many, else a warning. It points into the new schema, or into the old one for what is removed.
    pub diagnostic: Diagnostic,
    /// The fingerprint of the change.
    pub fingerprint: String,
    /// Why it is accepted, if somebody has accepted it.
    pub approved: Option<String>,
}

/// The changes to which a rule applies. An error is what `fail_on` concerns and nobody has accepted.
#[must_use]
pub fn diagnostics(diff: &Diff, approvals: &Approvals, fail_on: FailOn) -> Vec<Reported> {
    let reported = |change: &Change| {
        let finding = worst(change)?;
        let approved = approvals.reason(change).map(str::to_owned);
        let is_error = approved.is_none() && fail_on.concerns(change);
        Some(Reported {
            diagnostic: diagnostic(change, finding, is_error),
            fingerprint: change.fingerprint.clone(),
            approved,
        })
    };
    diff.changes.iter().filter_map(reported).collect()
}

/// What is broken comes first, and bytes before Rust.
fn worst(change: &Change) -> Option<&Finding> {
    let findings = || Column::ALL.iter().flat_map(|column| &change.verdicts.get(*column).findings);
    findings().find(|finding| finding.level == Level::Broken).or_else(|| findings().next())
}

fn diagnostic(change: &Change, finding: &Finding, is_error: bool) -> Diagnostic {
    let item = change.item();
    let breaks = words::breaks(change);
    let message = format!("{} `{}` {}: {breaks}", item.kind.word(), item.name, change.action().word());
    let label =
        |version: &crate::change::Version, text: &str| Label { location: version.location, text: text.to_owned() };
    let secondary = match (&change.old, &change.new) {
        (Some(old), Some(_)) => vec![label(old, "what it was")],
        _ => Vec::new(),
    };
    let mut help: Vec<String> =
        words::edits(change).into_iter().map(|line| format!("{} {}", line.sign, line.text)).collect();
    match &finding.witness {
        Witness::Bytes(proof) => help.push(format!(
            "{}: {}",
            finding.text,
            words::bytes(proof).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).join("; ")
        )),
        Witness::Rust(code) => help.push(format!("{}; this does not compile: {}", finding.text, words::cut(code, 200))),
        Witness::None(_) => help.push(finding.text.clone()),
    }
    Diagnostic {
        code: finding.rule.rule.code,
        severity: if is_error { Severity::Error } else { Severity::Warning },
        message,
        primary: Some(label(change.version(), change.action().word())),
        secondary,
        help,
    }
}
