//! Findings of all rules to those that are told.

use tlgen_parser::diagnostic::{Code, Diagnostic, Severity};
use tlgen_parser::source::Location;

use crate::Linted;
use crate::directives::{self, Directive, Kind};
use crate::level::{Level, Levels};

/// Gives each finding its severity and leaves out what is allowed, by the levels or by a comment at the declaration. The findings may
/// be of other stages, too; errors of those stay errors. `known` gives the code of a rule by its name or code, and `ran` the codes
/// of those rules about changes, or of other stages, of which the findings are here: a comment that allows one of these, or a rule
/// of style, and has nothing to allow is a finding itself.
#[must_use]
pub fn judge(
    mut findings: Vec<Diagnostic>,
    linted: &Linted<'_>,
    levels: &Levels,
    known: &dyn Fn(&str) -> Option<Code>,
    ran: &[Code],
) -> Vec<Diagnostic> {
    let mut allowed = Vec::new();
    for directive in directives::all(linted) {
        collect(directive, known, &mut allowed, &mut findings);
    }
    let mut is_used = vec![false; allowed.len()];
    findings.retain(|finding| {
        let Some(primary) = &finding.primary else { return true };
        let holds = |allow: &Allowed| {
            let is_there = allow.declaration.is_some_and(|declaration| contains(declaration, primary.location));
            is_there && allow.code == Some(finding.code)
        };
        let found = allowed.iter().position(holds);
        if let Some(found) = found {
            is_used[found] = true;
        }
        found.is_none() || finding.severity == Severity::Error && !is_ours(finding.code)
    });
    let is_judged = |code: Code| ran.contains(&code) || crate::style::LINTS.iter().any(|lint| lint.rule.code == code);
    for (allow, _) in allowed.iter().zip(is_used).filter(|(_, is_used)| !is_used) {
        if let Some(code) = allow.code.filter(|code| is_judged(*code)) {
            let message = format!("`allow({})` allows nothing", allow.name);
            findings.push(directives::UNUSED.at(message, allow.location, format!("{} is kept here", code.0)));
        }
    }
    findings.retain_mut(|finding| {
        let is_error = finding.is_error() && !is_ours(finding.code);
        match levels.of(finding.code, finding.severity) {
            Level::Allow => is_error,
            Level::Warn if is_error => true,
            Level::Warn => {
                finding.severity = Severity::Warning;
                true
            }
            Level::Deny => {
                finding.severity = Severity::Error;
                true
            }
        }
    });
    findings
}

fn is_ours(code: Code) -> bool {
    crate::lints().any(|lint| lint.rule.code == code)
}

/// One rule in a comment.
struct Allowed {
    code: Option<Code>,
    name: String,
    /// Where the comment is.
    location: Location,
    /// What it is about.
    declaration: Option<Location>,
}

fn collect(
    directive: Directive,
    known: &dyn Fn(&str) -> Option<Code>,
    allowed: &mut Vec<Allowed>,
    findings: &mut Vec<Diagnostic>,
) {
    let Directive { kind, location, declaration, reason } = directive;
    let names = match kind {
        Kind::Allow(names) => names,
        Kind::Reserve(_) => return,
        Kind::Unknown => {
            let message = "a comment for tlgen says nothing that it knows";
            let help = "write `tlgen: allow(RULE) REASON` or `tlgen: reserve(WORD.BIT) REASON`";
            findings.push(directives::BAD.at(message, location, "not known").with_help(help));
            return;
        }
    };
    if declaration.is_none() {
        let help = "put it directly above a declaration, into it, or after it on its line";
        findings.push(
            directives::BAD.at("a comment for tlgen is at no declaration", location, "about nothing").with_help(help),
        );
    }
    if reason.is_empty() {
        let help = "say in a few words why the rule does not hold here";
        findings.push(
            directives::NO_REASON.at("a rule is allowed without a reason", location, "no reason").with_help(help),
        );
    }
    for name in names {
        let code = known(&name);
        if code.is_none() {
            let help = "`tlgen explain` lists the rules";
            findings.push(
                directives::BAD.at(format!("no rule has the name or code `{name}`"), location, "").with_help(help),
            );
        }
        allowed.push(Allowed { code, name, location, declaration });
    }
}

fn contains(outer: Location, inner: Location) -> bool {
    outer.file == inner.file && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end
}
