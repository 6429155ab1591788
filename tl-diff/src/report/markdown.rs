//! For a pull request: the summary first, then one part for each namespace that can be unfolded.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::words;
use crate::approve::Approvals;
use crate::change::{Change, Concern};
use crate::diff::Diff;
use crate::story::{Story, stories, told};
use crate::summary::{Levels, Summary};
use crate::verdict::Column;

/// So many characters a comment on GitHub may have.
pub const MARKDOWN_LIMIT: usize = 65_536;

/// The room for what ends the report.
const END: usize = 512;

/// The report as Markdown, of fewer than [`MARKDOWN_LIMIT`] characters. What is left out is counted in a last line.
#[must_use]
pub fn markdown(diff: &Diff, approvals: &Approvals) -> String {
    let mut page = Page { text: title(diff), chars: 0, is_full: false };
    page.chars = page.text.chars().count();
    if diff.changes.is_empty() {
        page.text += "Nothing changed.\n";
        return page.text;
    }
    page.push(&summary(diff, approvals));
    let stories = stories(&diff.changes);
    let told = told(&diff.changes, &stories);
    for story in &stories {
        page.push(&self::story(story));
    }
    let mut by_namespace: BTreeMap<(Concern, &str), Vec<&Change>> = BTreeMap::new();
    for (change, is_told) in diff.changes.iter().zip(&told) {
        // What is in use is shown, too.
        if !is_told || change.concern == Concern::Named {
            by_namespace.entry((change.concern, change.item().namespace())).or_default().push(change);
        }
    }
    if !diff.indirect.is_empty() {
        let items: Vec<String> = diff.indirect.iter().map(|one| format!("* {}\n", one.finding.text)).collect();
        page.push(&format!("\nRust items that change although their declarations do not:\n\n{}", items.concat()));
    }
    let mut left_out = 0;
    for ((concern, namespace), mut changes) in by_namespace {
        changes.sort_by_key(|change| words::rank(change.action()));
        left_out += page.namespace(concern, namespace, &changes, approvals);
    }
    if page.is_full {
        let _ = write!(
            page.text,
            "\nThe report is cut, as a comment has no room for more: {left_out} of {} changes are left out. `tlgen diff` shows \
             all.\n",
            diff.changes.len()
        );
    }
    page.text
}

struct Page {
    text: String,
    chars: usize,
    is_full: bool,
}

impl Page {
    /// Adds a part if there is room for it.
    fn push(&mut self, part: &str) -> bool {
        let chars = part.chars().count();
        if self.chars + chars + END > MARKDOWN_LIMIT {
            self.is_full = true;
            return false;
        }
        self.text += part;
        self.chars += chars;
        true
    }

    /// Gives how many changes had no room.
    fn namespace(&mut self, concern: Concern, namespace: &str, changes: &[&Change], approvals: &Approvals) -> usize {
        let counts = Summary::of(changes.iter().copied());
        let title = if namespace.is_empty() { "no namespace" } else { namespace };
        let totals: Vec<String> = words::totals(&counts).into_iter().map(|(_, line)| line).collect();
        let broken = changes.iter().filter(|change| change.verdicts.breaks_wire()).count();
        let breaks = if broken > 0 { format!("; {broken} break bytes") } else { String::new() };
        let head = format!(
            "\n<details><summary><b>{title}</b>{}: {}{breaks}</summary>\n\n```diff\n",
            words::concern(concern),
            totals.join(", ")
        );
        const TAIL: &str = "```\n\n</details>\n";
        // The end of a part that was begun always has room.
        if self.chars + head.chars().count() + TAIL.len() + 2 * END > MARKDOWN_LIMIT {
            self.is_full = true;
            return changes.len();
        }
        self.push(&head);
        let mut shown = 0;
        for change in changes {
            if !self.push(&self::change(change, approvals)) {
                break;
            }
            shown += 1;
        }
        self.text += TAIL;
        self.chars += TAIL.len();
        changes.len() - shown
    }
}

fn title(diff: &Diff) -> String {
    match (diff.old_layer, diff.new_layer) {
        (Some(old), Some(new)) if old != new => format!("## Schema: layer {old} to layer {new}\n\n"),
        _ => "## Schema\n\n".to_owned(),
    }
}

pub(super) fn summary(diff: &Diff, approvals: &Approvals) -> String {
    let summary = Summary::of(&diff.changes);
    let totals: Vec<String> = words::totals(&summary).into_iter().map(|(_, line)| line).collect();
    let mut text = format!("{}.\n\n", totals.join(", "));
    let mut rows = String::new();
    for column in Column::ALL {
        let Levels { broken, safe } = summary.column(column);
        if (broken, safe) != (0, 0) {
            let _ = writeln!(rows, "| {} | {broken} | {safe} |", column.title());
        }
    }
    if !rows.is_empty() {
        let _ = writeln!(text, "| for | breaks | no break |\n|---|--:|--:|\n{rows}");
    }
    let approved = diff.changes.iter().filter(|change| approvals.reason(change).is_some()).count();
    if approved > 0 {
        let _ = writeln!(text, "{approved} of {} changes are approved.\n", diff.changes.len());
    }
    if let Some(why) = &diff.no_rust {
        let _ = writeln!(text, "Nothing is said about Rust: {}.\n", why.replace(['<', '>'], ""));
    }
    text
}

pub(super) fn story(story: &Story) -> String {
    let paths: Vec<String> = story.locations.iter().map(|location| format!("`{}`", location.path)).collect();
    format!(
        "\n<details><summary>{}: {} locations</summary>\n\n{}\n\n</details>\n",
        html(&story.cause.to_string()),
        paths.len(),
        paths.join(", ")
    )
}

/// A cause, whose names are between backticks, in the HTML of a summary.
fn html(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| {
        let part = part.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        if index % 2 == 1 { format!("<code>{part}</code>") } else { part }
    });
    parts.collect()
}

pub(super) fn change(change: &Change, approvals: &Approvals) -> String {
    let sign = |sign: char| if sign == '~' { '!' } else { sign };
    let mut text = format!("{} {}\n", sign(words::sign(change.action())), words::headline(change));
    for line in words::edits(change) {
        let _ = writeln!(text, "{}     {}", sign(line.sign), line.text);
    }
    let breaks = words::breaks(change);
    if !breaks.is_empty() {
        let _ = writeln!(text, "#     {breaks}");
    }
    if let Some(reason) = approvals.reason(change) {
        let _ = writeln!(text, "#     approved: {}", words::cut(&reason.replace(['\n', '`'], " "), 200));
    }
    text
}
