//! The page of an error: what it means, and which functions answer with it.

use serde::Serialize;

use super::callers::{Said, callers, usable_by};
use super::item::{combinator_link, full_path};
use crate::book::{Book, Chapter};
use crate::errors::Cause;
use crate::example;
use crate::markup;
use crate::sources;
use crate::text::Place;

#[derive(Serialize)]
pub(super) struct ErrorPage {
    name: String,
    codes: Option<String>,
    /// What each source says about the codes, where they differ.
    sources: Vec<Said>,
    /// How many numbers its name has.
    numbers: usize,
    rust: Option<String>,
    description: Option<String>,
    example: Option<String>,
    /// Whether some function says what it means there.
    explained: bool,
    functions: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    usable_by: &'static str,
    description: String,
}

pub(super) fn build(book: &Book<'_>, chapter: &Chapter<'_>, index: usize, place: &Place<'_>) -> ErrorPage {
    let error = book.errors(chapter).at(index);
    let variant =
        chapter.unit.package.and_then(|package| package.errors.iter().find(|known| known.name == error.name.as_str()));
    let mut causes: Vec<_> = error.functions.iter().collect();
    // By name; those that only older layers have come last.
    let name = |cause: &Cause| book.chapters[cause.chapter].schema.combinator(cause.function).name.full();
    causes.sort_by_cached_key(|cause| (cause.chapter != chapter.index, name(cause).to_lowercase()));
    let functions = causes.into_iter().map(|cause| {
        let of = &book.chapters[cause.chapter];
        let name = name(cause);
        let text = cause.description.as_deref();
        Row {
            name: combinator_link(of, cause.function, place),
            usable_by: callers(usable_by(of, name)),
            description: text.map(|text| markup::cell(text, of, place)).unwrap_or_default(),
        }
    });
    let said = sources::codes(chapter, &error.name).into_iter();
    let said = said.map(|(source, found)| Said { source: place.format.text(&source), what: codes(&found) });
    ErrorPage {
        explained: error.functions.iter().any(|cause| cause.description.is_some()),
        sources: said.collect(),
        name: place.format.text(error.name.as_str()),
        codes: (!error.codes.is_empty()).then(|| codes(&error.codes)),
        numbers: error.name.numbers(),
        rust: variant.map(|known| full_path(chapter, &format!("errors::Error::{}", known.variant), place)),
        description: error.description.as_deref().map(|text| markup::block(text, chapter, place)),
        example: example::of_error(chapter, &error.name).map(|code| super::item::rust_code(&code, place.format)),
        functions: functions.collect(),
    }
}

/// Codes as text.
pub(super) fn codes<'c>(codes: impl IntoIterator<Item = &'c i32>) -> String {
    codes.into_iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
