//! What the layers of an API changed in a thing.

use serde::Serialize;

use crate::book::{Book, Chapter};
use crate::history::{Change, Difference, Kind};
use crate::text::{Format, Place};

/// What the layers changed in it.
#[derive(Serialize)]
pub(super) struct Layers {
    /// The layer in which it was added, as far as the book goes back.
    since: u32,
    /// Whether that is the oldest layer of the book, so that it may be older.
    oldest: bool,
    /// The last layer that has it, if the newest does not.
    until: Option<u32>,
    /// The newest first.
    rows: Vec<LayerRow>,
}

#[derive(Serialize)]
struct LayerRow {
    layer: u32,
    /// Its page in this layer, where there are pages of older layers.
    href: Option<String>,
    change: &'static str,
    differences: Vec<DifferenceRow>,
    /// The declarations of this layer.
    code: Option<String>,
    /// Whether the page shows it as it is in this layer.
    current: bool,
}

#[derive(Serialize)]
struct DifferenceRow {
    /// `added`, `removed` or `changed`.
    class: &'static str,
    text: String,
}

pub(super) fn build(
    book: &Book<'_>,
    chapter: &Chapter<'_>,
    kind: Kind,
    name: &str,
    place: &Place<'_>,
) -> Option<Layers> {
    let history = book.history(chapter);
    let layer = chapter.layer?;
    let since = history.since(kind, name, layer)?;
    if history.layers.len() < 2 {
        return None;
    }
    let versions = history.versions(kind, name);
    let shown = versions.iter().rposition(|version| version.layer <= layer && version.change != Change::Removed);
    let rows = versions.iter().enumerate().rev().map(|(index, version)| LayerRow {
        layer: version.layer,
        href: book
            .in_layer(chapter, kind, name, version.layer)
            .filter(|_| version.layer != layer)
            .map(|target| place.href(target)),
        change: match version.change {
            Change::First if history.layers.first() == Some(&version.layer) => "the oldest layer here",
            Change::First => "new",
            Change::Changed => "changed",
            Change::Removed => "removed",
        },
        differences: version.differences.iter().map(|difference| difference_row(difference, place.format)).collect(),
        code: (!version.declarations.is_empty()).then(|| place.format.block(&version.declarations.join("\n"))),
        current: Some(index) == shown,
    });
    let rows = rows.collect();
    Some(Layers {
        since,
        oldest: history.layers.first() == Some(&since),
        until: history.until(kind, name).filter(|until| *until >= layer),
        rows,
    })
}

/// The class of a sign.
pub(super) fn class(sign: char) -> &'static str {
    match sign {
        '+' => "added",
        '-' => "removed",
        _ => "changed",
    }
}

fn difference_row(difference: &Difference, format: Format) -> DifferenceRow {
    let Difference { sign, text } = difference;
    let text = if *sign == '~' { text.clone() } else { format!("{sign} {text}") };
    DifferenceRow { class: class(*sign), text: format.code(&text) }
}
