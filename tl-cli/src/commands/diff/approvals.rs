//! The file of approvals: read, compared with what changed, and added to.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tlgen_diff::{Approval, Approvals, Change, Diff, UNMATCHED};
use tlgen_parser::diagnostic::{Code, Diagnostic, Example, Rule, Severity};
use tlgen_parser::source::{FileIdx, Location, Sources, Span};
use toml::Spanned;

use crate::failure::Failure;
use crate::input;
use crate::show::Show;

/// The rules about the file.
pub(crate) static RULES: &[&Rule] = &[&UNMATCHED, &MALFORMED];

static MALFORMED: Rule = Rule {
    code: Code("TL0672"),
    name: "malformed-approvals",
    severity: Severity::Error,
    example: Example::None("a file of approvals"),
    explanation: "A file of approvals is not what it should be.

It has a table for each change, with the fingerprint that `tlgen diff --proofs` shows, and the reason:

    [[approved]]
    change = \"9520d1122ed61195\"
    name = \"channel\"
    reason = \"the server speaks both layers until May\"

The name is for people. `tlgen diff --fail-on wire --approve REASON` writes such tables.",
};

/// What the file is called where the call does not say it.
const FILE: &str = "tlgen-approved.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    approved: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    change: Spanned<String>,
    name: Option<String>,
    reason: Spanned<String>,
}

/// The approvals of a file.
pub(super) struct Approved {
    path: PathBuf,
    text: String,
    pub(super) approvals: Approvals,
    list: Vec<(Approval, Option<Location>)>,
}

impl Approved {
    /// Reads the file that the call names, or the one that is there by default.
    pub(super) fn read(path: Option<&Path>, sources: &mut Sources, show: Show) -> Result<Self, Failure> {
        let named = path.is_some();
        let path = path.unwrap_or(Path::new(FILE)).to_owned();
        let text = if named || path.is_file() { input::read(&path, show)? } else { String::new() };
        let mut approved = Self { path, text, approvals: Approvals::default(), list: Vec::new() };
        if approved.text.is_empty() {
            return Ok(approved);
        }
        let file = sources.add(input::name(&approved.path), approved.text.clone());
        let read: File = toml::from_str(&approved.text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            malformed(file, &span, error.message().trim_end().to_owned(), sources, show)
        })?;
        for entry in read.approved {
            for (value, what) in [(&entry.change, "a fingerprint"), (&entry.reason, "a reason")] {
                if value.get_ref().trim().is_empty() {
                    return Err(malformed(file, &value.span(), format!("{what} is missing"), sources, show));
                }
            }
            let location = located(file, &entry.change.span());
            let approval = Approval {
                fingerprint: entry.change.into_inner(),
                name: entry.name,
                reason: entry.reason.into_inner(),
            };
            approved.list.push((approval, Some(location)));
        }
        approved.collect();
        Ok(approved)
    }

    fn collect(&mut self) {
        self.approvals = Approvals::new(self.list.iter().map(|(approval, _)| approval.clone()));
    }

    /// Adds changes to the file. What is in it stays as it is.
    pub(super) fn add(&mut self, changes: &[&Change], reason: &str) -> Result<(), Failure> {
        if reason.trim().is_empty() {
            return Err(Failure::Call("`--approve` needs a reason".to_owned()));
        }
        if changes.is_empty() {
            return Ok(());
        }
        for change in changes {
            let name = &change.item().name;
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text += &format!(
                "[[approved]]\nchange = {}\nname = {}\nreason = {}\n",
                toml::Value::from(change.fingerprint.as_str()),
                toml::Value::from(name.as_str()),
                toml::Value::from(reason),
            );
            let approval = Approval {
                fingerprint: change.fingerprint.clone(),
                name: Some(name.clone()),
                reason: reason.to_owned(),
            };
            self.list.push((approval, None));
        }
        fs::write(&self.path, &self.text).map_err(|error| Failure::write(&self.path, &error))?;
        self.collect();
        Ok(())
    }

    /// A warning for each approval that no change needs.
    pub(super) fn unmatched(&self, diff: &Diff) -> Vec<Diagnostic> {
        let unmatched = self.approvals.unmatched(diff);
        let warning = |(approval, location): &(Approval, Option<Location>)| {
            let location = (*location)?;
            unmatched.contains(&approval).then(|| {
                let name = approval.name.as_ref().map(|name| format!(" of `{name}`")).unwrap_or_default();
                let message = format!("no change has the fingerprint of the approval{name}");
                Diagnostic::warning(UNMATCHED.code, message, location, "nothing to approve")
                    .with_help("take it out, or approve the change as it is now")
            })
        };
        self.list.iter().filter_map(warning).collect()
    }
}

fn located(file: FileIdx, span: &std::ops::Range<usize>) -> Location {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Location { file, span: Span::new(offset(span.start), offset(span.end)) }
}

fn malformed(file: FileIdx, span: &std::ops::Range<usize>, message: String, sources: &Sources, show: Show) -> Failure {
    let diagnostic = Diagnostic::error(MALFORMED.code, message, located(file, span), "");
    show.failure(&[diagnostic], sources)
}
