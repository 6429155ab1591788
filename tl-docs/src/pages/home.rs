//! The first page: all schemas.

use serde::Serialize;

use super::overview;
use crate::book::{Book, Chapter};
use crate::paths::Target;
use crate::text::{Format, Place};

#[derive(Serialize)]
pub(super) struct Home {
    schemas: Vec<Card>,
}

#[derive(Serialize)]
struct Card {
    title: String,
    href: String,
    rust_path: String,
    functions: usize,
    types: usize,
    constructors: usize,
    /// What the newest layer changed, with the layer before it.
    news: Option<News>,
}

#[derive(Serialize)]
struct News {
    href: String,
    before: u32,
    counts: Vec<String>,
}

pub(super) fn build(book: &Book<'_>, place: &Place<'_>) -> Home {
    let schemas = book.newest().map(|chapter| Card {
        title: place.format.text(&chapter.title()),
        href: place.href(&chapter.paths.other("index")),
        rust_path: place.format.code(&chapter.unit.rust_path),
        functions: chapter.schema.functions().count(),
        types: chapter.schema.types.len(),
        constructors: chapter.schema.constructors().count(),
        news: news(book, chapter, place),
    });
    Home { schemas: schemas.collect() }
}

fn news(book: &Book<'_>, chapter: &Chapter<'_>, place: &Place<'_>) -> Option<News> {
    let before = overview::before(book, chapter)?;
    // Headings of Markdown have no anchors of ours.
    let fragment = (place.format == Format::Html).then(|| "changes".to_owned());
    let target = Target { fragment, ..chapter.paths.other("index") };
    let counts = overview::counts(book, chapter).into_iter().map(|(title, count)| format!("{title}: {count}"));
    Some(News { href: place.href(&target), before, counts: counts.collect() })
}
