//! What the layers of an API changed: a list of the layers, and a page for each.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tlgen_diff::{Change, Column, Summary, report, stories, told};

use super::layers::class;
use crate::book::{Book, Chapter};
use crate::feed;
use crate::history::{self, Step};
use crate::text::{Format, Place};

/// The page of all layers.
pub(super) const ALL: &str = "changes/index";

/// So many locations of a story are shown.
const LOCATIONS: usize = 400;

/// So many declarations are shown with what changed in them; of more the names.
const WHOLE: usize = 400;

/// All layers, the newest first.
#[derive(Serialize)]
pub(super) struct All {
    rows: Vec<Row>,
    oldest: u32,
    /// Where programs read them, if there is a feed.
    feed: Option<String>,
}

#[derive(Serialize)]
struct Row {
    layer: u32,
    href: String,
    date: Option<String>,
    added: usize,
    removed: usize,
    changed: usize,
    breaks: usize,
}

/// What one layer changed.
#[derive(Serialize)]
pub(super) struct Layer {
    before: u32,
    date: Option<String>,
    totals: Vec<String>,
    columns: Vec<ColumnRow>,
    stories: Vec<Story>,
    /// There are so many declarations that their names have to be enough.
    names_only: bool,
    namespaces: Vec<Namespace>,
}

#[derive(Serialize)]
struct ColumnRow {
    title: &'static str,
    broken: usize,
    safe: usize,
}

#[derive(Serialize)]
struct Story {
    cause: String,
    locations: Vec<String>,
    more: usize,
}

#[derive(Serialize)]
struct Namespace {
    anchor: String,
    title: String,
    /// What no story tells.
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    class: &'static str,
    what: String,
    name: String,
    lines: Vec<Line>,
    breaks: String,
}

#[derive(Serialize)]
struct Line {
    class: &'static str,
    text: String,
}

pub(super) fn all(book: &Book<'_>, chapter: &Chapter<'_>, place: &Place<'_>) -> All {
    let history = book.history(chapter);
    let row = |step: &Step| {
        let summary = Summary::of(&step.diff.changes);
        Row {
            layer: step.layer,
            href: place.href(&chapter.paths.changes_in(step.layer)),
            date: book.date(chapter, step.layer).map(|date| date.to_string()),
            added: summary.added.sum(),
            removed: summary.removed.sum(),
            changed: summary.changed.sum(),
            breaks: step.diff.changes.iter().filter(|change| change.verdicts.breaks_wire()).count(),
        }
    };
    All {
        rows: history.steps.iter().rev().map(row).collect(),
        oldest: history.layers.first().copied().unwrap_or_default(),
        feed: feed::of(book, chapter).map(|path| place.format.text(&format!("{}{path}", place.root))),
    }
}

/// The counts of a layer in one line.
pub(super) fn totals(step: &Step) -> String {
    let lines: Vec<String> =
        report::totals(&Summary::of(&step.diff.changes)).into_iter().map(|(_, line)| line).collect();
    if lines.is_empty() { "nothing".to_owned() } else { lines.join(", ") }
}

pub(super) fn layer(book: &Book<'_>, chapter: &Chapter<'_>, step: &Step, place: &Place<'_>) -> Layer {
    let changes = &step.diff.changes;
    let summary = Summary::of(changes);
    let columns = Column::WIRE.into_iter().filter_map(|column| {
        let levels = summary.column(column);
        let row = ColumnRow { title: column.title(), broken: levels.broken, safe: levels.safe };
        (row.broken + row.safe > 0).then_some(row)
    });
    let stories = stories(changes);
    let told = told(changes, &stories);
    // A namespace of which the stories tell all has a place on the page, too: its feed leads there.
    let mut by_namespace: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for (change, is_told) in changes.iter().zip(told) {
        let here = by_namespace.entry(change.item().namespace()).or_default();
        here.extend((!is_told).then_some(change));
    }
    let is_long = by_namespace.values().map(Vec::len).sum::<usize>() > WHOLE;
    let linked = |change: &Change, label: &str| {
        let item = change.item();
        match book.page_of(chapter, history::kind_of(item.kind), &item.name) {
            Some(target) => place.name(label, target),
            None => place.format.code(label),
        }
    };
    Layer {
        before: step.before,
        date: book.date(chapter, step.layer).map(|date| date.to_string()),
        totals: report::totals(&summary).into_iter().map(|(_, line)| place.format.text(&line)).collect(),
        columns: columns.collect(),
        stories: stories
            .iter()
            .map(|story| {
                let mut seen = BTreeSet::new();
                let paths: Vec<_> = story.locations.iter().filter(|one| seen.insert(one.path.as_str())).collect();
                Story {
                    cause: code_in(&story.cause.to_string(), place.format),
                    locations: paths
                        .iter()
                        .take(LOCATIONS)
                        .map(|location| linked(&changes[location.change], &location.path))
                        .collect(),
                    more: paths.len().saturating_sub(LOCATIONS),
                }
            })
            .collect(),
        names_only: is_long,
        namespaces: by_namespace
            .into_iter()
            .map(|(namespace, changes)| Namespace {
                anchor: anchor(namespace),
                title: place.format.text(if namespace.is_empty() { "no namespace" } else { namespace }),
                entries: changes.into_iter().map(|change| entry(change, is_long, &linked, place.format)).collect(),
            })
            .collect(),
    }
}

/// The anchor of a namespace on the page of a layer.
pub(crate) fn anchor(namespace: &str) -> String {
    if namespace.is_empty() { "no-namespace".to_owned() } else { format!("namespace-{namespace}") }
}

fn entry(change: &Change, is_long: bool, linked: &dyn Fn(&Change, &str) -> String, format: Format) -> Entry {
    let action = change.action();
    let sign = match (&change.old, &change.new) {
        (None, _) => '+',
        (_, None) => '-',
        _ => '~',
    };
    let mut lines: Vec<Line> = Vec::new();
    if let Some((old, new)) = change.both() {
        let mut said = |text: String| lines.push(Line { class: class('~'), text: format.code(&text) });
        if old.name != new.name {
            said(format!("{} -> {}", old.name, new.name));
        }
        if old.id != new.id && !is_long {
            said(format!("id: {:08x} -> {:08x}", old.id, new.id));
        }
    }
    if !is_long {
        lines.extend(report::edits(change).into_iter().map(|line| {
            let text = if line.sign == '~' { line.text } else { format!("{} {}", line.sign, line.text) };
            Line { class: class(line.sign), text: format.code(&text) }
        }));
    }
    Entry {
        class: class(sign),
        what: format!("{} {}", change.item().kind.word(), action.word()),
        name: linked(change, &change.item().name),
        lines,
        breaks: if is_long { String::new() } else { format.text(&report::breaks(change)) },
    }
}

/// Words with names between backticks.
fn code_in(text: &str, format: Format) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { format.code(part) } else { format.text(part) }).collect()
}
