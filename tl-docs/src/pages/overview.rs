//! The first page of a schema: its namespaces, and what is new in it.

use serde::Serialize;
use tlgen_model::schema::CombinatorIdx;

use super::nav::namespaces;
use crate::book::{Book, Chapter};
use crate::history::{Change, Kind};
use crate::paths::Target;
use crate::text::Place;

/// A namespace shows at most this many functions.
const SHOWN: usize = 6;

/// A list of changes has at most this many entries.
const CHANGES: usize = 300;

#[derive(Serialize)]
pub(super) struct Overview {
    rust_path: String,
    layer: Option<u32>,
    functions: usize,
    types: usize,
    constructors: usize,
    namespaces: Vec<Namespace>,
    /// The layer before this one in the book.
    before: Option<u32>,
    changes: Vec<Changes>,
}

#[derive(Serialize)]
struct Namespace {
    label: String,
    href: String,
    count: usize,
    functions: Vec<String>,
    more: usize,
}

#[derive(Serialize)]
struct Changes {
    title: &'static str,
    items: Vec<String>,
    more: usize,
}

pub(super) fn build(book: &Book<'_>, chapter: &Chapter<'_>, place: &Place<'_>) -> Overview {
    let schema = chapter.schema;
    let functions: Vec<(CombinatorIdx, _)> = schema.functions().collect();
    let namespaces = namespaces(chapter).into_iter().filter_map(|(name, count)| {
        let target = chapter.paths.namespace(name)?;
        let here = functions.iter().filter(|(_, function)| function.name.namespace() == name);
        let shown = here
            .clone()
            .take(SHOWN)
            .map(|(idx, function)| place.name(function.name.ident(), &chapter.paths.combinator(*idx)));
        Some(Namespace {
            label: place.format.text(if name.is_empty() { "no namespace" } else { name }),
            href: place.href(&target),
            count,
            functions: shown.collect(),
            more: here.count().saturating_sub(SHOWN),
        })
    });
    let before = before(book, chapter);
    Overview {
        rust_path: place.format.code(&chapter.unit.rust_path),
        layer: chapter.layer,
        functions: functions.len(),
        types: schema.types.len(),
        constructors: schema.constructors().count(),
        namespaces: namespaces.collect(),
        before,
        changes: if before.is_some() { changes(book, chapter, place) } else { Vec::new() },
    }
}

/// The layer before that of a chapter, where the book has one.
pub(super) fn before(book: &Book<'_>, chapter: &Chapter<'_>) -> Option<u32> {
    let layer = chapter.layer?;
    book.history(chapter).layers.iter().rev().find(|other| **other < layer).copied()
}

/// What a list of changes is about.
const LISTS: [(&str, Kind, Change); 6] = [
    ("New functions", Kind::Function, Change::First),
    ("Changed functions", Kind::Function, Change::Changed),
    ("Removed functions", Kind::Function, Change::Removed),
    ("New types", Kind::Type, Change::First),
    ("Changed types", Kind::Type, Change::Changed),
    ("Removed types", Kind::Type, Change::Removed),
];

/// The titles of the lists of changes of a layer, with how many entries they have.
pub(super) fn counts(book: &Book<'_>, chapter: &Chapter<'_>) -> Vec<(&'static str, usize)> {
    let all = LISTS.iter().map(|(title, kind, change)| (*title, found(book, chapter, *kind, *change).len()));
    all.filter(|(_, count)| *count > 0).collect()
}

/// The things that a layer changed in this way, with their pages, by name.
fn found<'b>(book: &'b Book<'_>, chapter: &Chapter<'_>, kind: Kind, change: Change) -> Vec<(&'b str, Target)> {
    let history = book.history(chapter);
    let Some(layer) = chapter.layer else { return Vec::new() };
    let names = history.names(kind).filter(|name| history.at(kind, name, layer).is_some_and(|at| at.change == change));
    // What the layer removed has its page with an older one.
    names.filter_map(|name| Some((name, book.page_of(chapter, kind, name)?.clone()))).collect()
}

fn changes(book: &Book<'_>, chapter: &Chapter<'_>, place: &Place<'_>) -> Vec<Changes> {
    let list = |&(title, kind, change): &(&'static str, Kind, Change)| {
        let found = found(book, chapter, kind, change);
        Changes {
            title,
            items: found.iter().take(CHANGES).map(|(name, target)| place.name(name, target)).collect(),
            more: found.len().saturating_sub(CHANGES),
        }
    };
    LISTS.iter().map(list).filter(|changes| !changes.items.is_empty()).collect()
}
