//! The first page of a schema: its namespaces, and what is new in it.

use serde::Serialize;
use tlgen_model::schema::CombinatorIdx;

use super::nav::namespaces;
use crate::book::{Book, Chapter};
use crate::history::{Change, Kind};
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
    let history = book.history(chapter);
    let before = schema.layer.and_then(|layer| history.layers.iter().rev().find(|other| **other < layer)).copied();
    Overview {
        rust_path: place.format.code(&chapter.unit.rust_path),
        layer: schema.layer,
        functions: functions.len(),
        types: schema.types.len(),
        constructors: schema.constructors().count(),
        namespaces: namespaces.collect(),
        before,
        changes: if before.is_some() { changes(book, chapter, place) } else { Vec::new() },
    }
}

fn changes(book: &Book<'_>, chapter: &Chapter<'_>, place: &Place<'_>) -> Vec<Changes> {
    let history = book.history(chapter);
    let change = |kind: Kind, name: &str| {
        history
            .versions(kind, name)
            .iter()
            .find(|version| Some(version.layer) == chapter.schema.layer)
            .map(|version| version.change)
    };
    let list = |title, kind: Kind, wanted: Change| {
        let names: Vec<(&str, _)> = match kind {
            Kind::Type => chapter.schema.types().map(|(idx, ty)| (ty.name.full(), chapter.paths.ty(idx))).collect(),
            Kind::Function => chapter
                .schema
                .functions()
                .map(|(idx, function)| (function.name.full(), chapter.paths.combinator(idx)))
                .collect(),
            Kind::Constructor => Vec::new(),
        };
        let found: Vec<_> = names.iter().filter(|(name, _)| change(kind, name) == Some(wanted)).collect();
        Changes {
            title,
            items: found.iter().take(CHANGES).map(|(name, target)| place.name(name, target)).collect(),
            more: found.len().saturating_sub(CHANGES),
        }
    };
    let all = vec![
        list("New functions", Kind::Function, Change::First),
        list("Changed functions", Kind::Function, Change::Changed),
        list("New types", Kind::Type, Change::First),
        list("Changed types", Kind::Type, Change::Changed),
    ];
    all.into_iter().filter(|changes| !changes.items.is_empty()).collect()
}
