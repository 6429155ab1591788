//! The page of the types that need no declaration.

use serde::Serialize;

use crate::book::Chapter;
use crate::builtin::BUILTINS;
use crate::markup;
use crate::text::Place;

#[derive(Serialize)]
pub(super) struct Builtins {
    types: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    anchor: &'static str,
    names: Vec<String>,
    rust: String,
    description: String,
}

pub(super) fn build(chapter: &Chapter<'_>, place: &Place<'_>) -> Builtins {
    let types = BUILTINS.iter().map(|builtin| Row {
        anchor: builtin.anchor,
        names: builtin.meaning.names().into_iter().map(|name| place.format.code(name)).collect(),
        rust: place.format.code(builtin.rust),
        description: markup::cell(builtin.description, chapter, place),
    });
    Builtins { types: types.collect() }
}
