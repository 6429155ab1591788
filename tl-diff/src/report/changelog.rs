//! Many versions as Markdown: what each of them brought, newest first, then what became of each declaration.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::markdown::{change, story, summary};
use super::words;
use crate::approve::Approvals;
use crate::change::{Action, Change};
use crate::changelog::{Changelog, History, Release, Step};
use crate::diff::Diff;
use crate::story::{stories, told};
use crate::summary::Summary;

const TITLE: &str = "Changes of the schema";

const DECLARATIONS: &str = "Declarations";

/// The versions, newest first, and the history of each declaration.
#[must_use]
pub fn changelog(log: &Changelog) -> String {
    let mut text = format!("# {TITLE}\n\n");
    if log.steps.is_empty() {
        let _ = writeln!(text, "There is one version, {}.", words::plain(&log.first.title));
        return text;
    }
    let headings = headings(log);
    overview(&mut text, log, &headings);
    for (step, heading) in log.steps.iter().zip(&headings).rev() {
        version(&mut text, step, heading);
    }
    let histories = log.histories();
    if !histories.is_empty() {
        let _ = writeln!(text, "\n## {DECLARATIONS}\n");
        let count = histories.len();
        let _ = writeln!(text, "The {count} declarations that some version changed, and in which versions.\n");
        for history in &histories {
            let _ = writeln!(text, "* {} `{}`: {}", history.kind.word(), history.title(), in_short(log, history));
        }
    }
    text
}

/// What each version did to declarations, oldest first.
#[must_use]
pub fn histories(log: &Changelog, histories: &[History]) -> String {
    let mut text = String::new();
    for history in histories {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}## {} `{}`", words::capital(history.kind.word()), history.title());
        if history.is_from_first(log)
            && let Some(first) = history.events.first().and_then(|event| log.change(*event).old.as_ref())
        {
            let _ = writeln!(text, "\n### {}\n\n```diff\n  {}\n```", words::plain(&log.first.title), first.item);
        }
        for event in &history.events {
            let heading = heading(&log.steps[event.step].release);
            let change = change(log.change(*event), &Approvals::default());
            let _ = writeln!(text, "\n### {heading}\n\n```diff\n{change}```");
        }
    }
    text
}

/// `Layer 133 (2021-09-02)`.
fn heading(release: &Release) -> String {
    let title = words::plain(release.title.trim());
    match &release.date {
        Some(date) => format!("{title} ({date})"),
        None => title,
    }
}

/// The heading of each step. No other heading of the page gets its anchor: a heading that would share one has the commit in it,
/// or a number.
fn headings(log: &Changelog) -> Vec<String> {
    let changes = log.steps.iter().flat_map(|step| &step.diff.changes);
    let others: BTreeSet<String> = changes.map(|change| anchor(&section(change.item().namespace()))).collect();
    let others: BTreeSet<String> = others.into_iter().chain([TITLE, DECLARATIONS].map(anchor)).collect();
    let mut taken = BTreeSet::new();
    let mut is_free = |heading: &str| {
        let anchor = anchor(heading);
        // Sites add a number to a heading that is there again.
        let stem = anchor.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        !anchor.is_empty() && !others.contains(&anchor) && !others.contains(stem) && taken.insert(anchor)
    };
    let mut headings: Vec<String> = Vec::with_capacity(log.steps.len());
    for Step { release, .. } in log.steps.iter().rev() {
        let plain = heading(release);
        let commit = release.commit.iter().map(|commit| format!("{plain}, {}", words::plain(commit)));
        let numbers = (2..).map(|number| format!("{plain}, version {number}"));
        let mut all = std::iter::once(plain.clone()).chain(commit).chain(numbers);
        headings.extend(all.find(|heading| is_free(heading)));
    }
    headings.reverse();
    headings
}

/// One row for each version.
fn overview(text: &mut String, log: &Changelog, headings: &[String]) {
    let _ = writeln!(text, "| version | added | removed | changed | break bytes | break Rust |");
    let _ = writeln!(text, "|---|--:|--:|--:|--:|--:|");
    for (Step { diff, .. }, heading) in log.steps.iter().zip(headings).rev() {
        let summary = Summary::of(&diff.changes);
        let broken = |breaks: &dyn Fn(&Change) -> bool| diff.changes.iter().filter(|change| breaks(change)).count();
        let rust = match diff.no_rust {
            Some(_) => "?".to_owned(),
            None => broken(&|change| change.verdicts.breaks_rust()).to_string(),
        };
        let _ = writeln!(
            text,
            "| [{heading}](#{}) | {} | {} | {} | {} | {rust} |",
            anchor(heading),
            summary.added.sum(),
            summary.removed.sum(),
            summary.changed.sum(),
            broken(&|change| change.verdicts.breaks_wire()),
        );
    }
    let _ = writeln!(text, "| {} | | | | | |", heading(&log.first));
}

/// The anchor that sites give a heading: small letters, digits, `-` and `_`, with `-` for blanks.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn version(text: &mut String, step: &Step, heading: &str) {
    let Step { release, diff } = step;
    let _ = writeln!(text, "\n## {heading}\n");
    if let Some(commit) = &release.commit {
        let _ = writeln!(text, "Commit `{commit}`.\n");
    }
    if diff.changes.is_empty() {
        text.push_str("Nothing changed.\n");
        return;
    }
    text.push_str(summary(diff, &Approvals::default()).trim_end());
    text.push('\n');
    let stories = stories(&diff.changes);
    stories.iter().for_each(|one| text.push_str(&story(one)));
    namespaces(text, diff, &told(&diff.changes, &stories));
}

/// The heading of a namespace.
fn section(namespace: &str) -> String {
    if namespace.is_empty() { "no namespace".to_owned() } else { format!("`{namespace}`") }
}

/// What no story tells, by namespace.
fn namespaces(text: &mut String, diff: &Diff, told: &[bool]) {
    let mut by_namespace: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for (change, _) in diff.changes.iter().zip(told).filter(|(_, is_told)| !**is_told) {
        by_namespace.entry(change.item().namespace()).or_default().push(change);
    }
    for (namespace, mut changes) in by_namespace {
        changes.sort_by_key(|change| words::rank(change.action()));
        let _ = writeln!(text, "\n### {}\n\n```diff", section(namespace));
        changes.iter().for_each(|one| text.push_str(&change(one, &Approvals::default())));
        text.push_str("```\n");
    }
}

/// `added in Layer 54, changed in Layer 66, removed in Layer 71`.
fn in_short(log: &Changelog, history: &History) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last = None;
    for event in &history.events {
        let title = words::plain(&log.steps[event.step].release.title);
        let change = log.change(*event);
        let action = change.action();
        match parts.last_mut() {
            // Versions that did the same are one list.
            Some(part) if last == Some(action) && action == Action::Changed => *part += &format!(", {title}"),
            _ => parts.push(match (action, &change.old) {
                (Action::Renamed, Some(old)) => format!("called `{}` before {title}", old.item.name),
                (Action::Moved, Some(old)) => format!("a {} before {title}", old.item.kind.word()),
                _ => format!("{} in {title}", action.word()),
            }),
        }
        last = Some(action);
    }
    parts.join("; ")
}
