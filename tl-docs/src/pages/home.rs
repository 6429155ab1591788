//! The first page: all schemas.

use serde::Serialize;

use crate::book::Book;
use crate::text::Place;

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
}

pub(super) fn build(book: &Book<'_>, place: &Place<'_>) -> Home {
    let schemas = book.units.iter().map(|chapter| Card {
        title: place.format.text(&chapter.title()),
        href: place.href(&chapter.paths.other("index")),
        rust_path: place.format.code(&chapter.unit.rust_path),
        functions: chapter.schema.functions().count(),
        types: chapter.schema.types.len(),
        constructors: chapter.schema.constructors().count(),
    });
    Home { schemas: schemas.collect() }
}
