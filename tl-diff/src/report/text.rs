//! For a terminal: counts, stories, then each change by namespace.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use super::words;
use crate::approve::Approvals;
use crate::change::{Change, Concern};
use crate::diff::Diff;
use crate::story::{Cause, Story, stories, told};
use crate::summary::Summary;
use crate::verdict::{Column, Level, Witness};

/// How much is shown of a diff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// Each finding with its proof.
    pub proofs: bool,
    /// ANSI colours.
    pub colors: bool,
}

/// The report for people; empty if nothing changed.
#[must_use]
pub fn text(diff: &Diff, approvals: &Approvals, detail: Detail) -> String {
    let mut report = Report { text: String::new(), detail, lines: HashMap::new() };
    if diff.changes.is_empty() {
        return report.text;
    }
    report.summary(diff);
    if let Some(why) = &diff.no_rust {
        let _ = writeln!(report.text, "\nNothing is said about Rust: {why}");
    }
    let stories = stories(&diff.changes);
    let told = told(&diff.changes, &stories);
    for story in &stories {
        report.story(story, diff);
    }
    let mut by_namespace: BTreeMap<(Concern, &str), Vec<&Change>> = BTreeMap::new();
    for (change, is_told) in diff.changes.iter().zip(&told) {
        // What a story tells is shown once more where its proofs are asked for.
        if !is_told || detail.proofs || change.concern == Concern::Named {
            by_namespace.entry((change.concern, change.item().namespace())).or_default().push(change);
        }
    }
    for ((concern, namespace), changes) in by_namespace {
        let title = if namespace.is_empty() { "(no namespace)" } else { namespace };
        let _ = writeln!(report.text, "\n{}", report.paint(BOLD, &format!("{title}{}", words::concern(concern))));
        let mut changes = changes;
        changes.sort_by_key(|change| words::rank(change.action()));
        changes.into_iter().for_each(|change| report.change(change, approvals));
    }
    if !diff.indirect.is_empty() {
        let title = "Rust items that change although their declarations do not";
        let _ = writeln!(report.text, "\n{}", report.paint(BOLD, title));
        for one in &diff.indirect {
            let _ = writeln!(report.text, "  ~ {}  {}", one.name, one.finding.text);
            if detail.proofs
                && let Witness::Rust(line) = &one.finding.witness
            {
                let _ = writeln!(report.text, "          {}", report.paint(DIM, line));
            }
        }
    }
    report.text
}

/// A line of Rust of more characters is shown once.
const ONCE: usize = 200;

/// How many lines a list of descriptions has.
const MOST_LINES: usize = 8;

const BOLD: &str = "1";
const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const DIM: &str = "2";

struct Report<'d> {
    text: String,
    detail: Detail,
    /// The lines of Rust that are shown, by their addresses, with the change that has each: one line may prove many findings.
    lines: HashMap<*const u8, &'d str>,
}

impl<'d> Report<'d> {
    fn paint(&self, color: &str, text: &str) -> String {
        if self.detail.colors { format!("\x1b[{color}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn signed(&self, sign: char, text: &str) -> String {
        let color = match sign {
            '+' => GREEN,
            '-' => RED,
            _ => YELLOW,
        };
        self.paint(color, &format!("{sign} {text}"))
    }

    fn summary(&mut self, diff: &Diff) {
        let summary = Summary::of(&diff.changes);
        for (sign, line) in words::totals(&summary) {
            let _ = writeln!(self.text, "{}", self.signed(sign, &line));
        }
        let shown: Vec<Column> =
            Column::ALL.into_iter().filter(|column| summary.column(*column) != Default::default()).collect();
        if !shown.is_empty() {
            self.text.push('\n');
        }
        let width = shown.iter().map(|column| column.title().len()).max().unwrap_or(0);
        for column in shown {
            let levels = summary.column(column);
            let mut parts = Vec::new();
            if levels.broken > 0 {
                parts.push(self.paint(RED, &format!("{} {}", levels.broken, column.word(Level::Broken))));
            }
            if levels.safe > 0 {
                parts.push(format!("{} {}", levels.safe, column.word(Level::Safe)));
            }
            let _ = writeln!(self.text, "{:width$}  {}", column.title(), parts.join(", "));
        }
    }

    fn story(&mut self, story: &Story, diff: &Diff) {
        let mut changes: Vec<usize> = story.locations.iter().map(|location| location.change).collect();
        changes.dedup();
        let count = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let (locations, declarations) = (story.locations.len(), changes.len());
        let many = if locations == declarations {
            count(declarations, "declaration")
        } else {
            format!("{} in {}", count(locations, "location"), count(declarations, "declaration"))
        };
        let title = format!("{}: {many}", story.cause);
        let _ = writeln!(self.text, "\n{}", self.paint(BOLD, &title));
        let mut line = String::new();
        let mut paths: Vec<&str> = story.locations.iter().map(|location| location.path.as_str()).collect();
        paths.dedup();
        let mut lines = 0;
        for (index, path) in paths.iter().enumerate() {
            if line.len() + path.len() > 96 && !line.is_empty() {
                let _ = writeln!(self.text, "    {}", line.trim_end());
                line.clear();
                lines += 1;
            }
            // Which words changed is shown nowhere, so a long list of where is worth little.
            if story.cause == Cause::Descriptions && lines == MOST_LINES && !self.detail.proofs {
                line = format!("and {} more", paths.len() - index);
                break;
            }
            line += path;
            line += "  ";
        }
        let _ = writeln!(self.text, "    {}", line.trim_end());
        let columns = Summary::of(changes.iter().map(|index| &diff.changes[*index]));
        let broken: Vec<String> = Column::ALL
            .into_iter()
            .filter(|column| columns.column(*column).broken > 0)
            .map(|column| format!("{} {}", columns.column(column).broken, words::short(column)))
            .collect();
        if !broken.is_empty() {
            let text = format!("breaks: {}", broken.join(", "));
            let _ = writeln!(self.text, "    {}", self.paint(DIM, &text));
        }
    }

    fn change(&mut self, change: &'d Change, approvals: &Approvals) {
        let head = self.signed(words::sign(change.action()), &words::headline(change));
        let _ = writeln!(self.text, "  {head}");
        for line in words::edits(change) {
            let line = self.signed(line.sign, &line.text);
            let _ = writeln!(self.text, "      {line}");
        }
        let breaks = words::breaks(change);
        if !breaks.is_empty() && !self.detail.proofs {
            let _ = writeln!(self.text, "      {}", self.paint(DIM, &breaks));
        }
        if let Some(reason) = approvals.reason(change) {
            let _ = writeln!(self.text, "      {}", self.paint(DIM, &format!("approved: {}", words::cut(reason, 200))));
        }
        if self.detail.proofs {
            self.proofs(change);
        }
    }

    /// A line of Rust, or where it is shown.
    fn line(&mut self, line: &str, name: &'d str) {
        let known = self.lines.get(&line.as_ptr()).filter(|_| line.len() > ONCE);
        let shown = match known {
            Some(known) => self.paint(DIM, &format!("the line of `{known}` above")),
            None => self.paint(DIM, line),
        };
        self.lines.entry(line.as_ptr()).or_insert(name);
        let _ = writeln!(self.text, "          {shown}");
    }

    fn proofs(&mut self, change: &'d Change) {
        let _ = writeln!(self.text, "      {}", self.paint(DIM, &format!("fingerprint {}", change.fingerprint)));
        for column in Column::ALL {
            for finding in &change.verdicts.get(column).findings {
                let level = column.word(finding.level);
                let head = format!("{} {level}, {}", words::short(column), finding.rule.rule.code.0);
                let color = if finding.level == Level::Broken { RED } else { DIM };
                let _ = writeln!(self.text, "      {}: {}", self.paint(color, &head), finding.text);
                match &finding.witness {
                    Witness::Bytes(proof) => {
                        for line in words::bytes(proof) {
                            let _ = writeln!(self.text, "          {}", self.paint(DIM, &line));
                        }
                    }
                    Witness::Rust(line) => self.line(line, &change.item().name),
                    Witness::None(why) if finding.level == Level::Broken => {
                        let _ = writeln!(self.text, "          {}", self.paint(DIM, &format!("no proof: {why}")));
                    }
                    Witness::None(_) => {}
                }
            }
        }
    }
}
