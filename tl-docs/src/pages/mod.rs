//! What is on a page.
//!
//! An [`Outline`] names a page; [`build`] makes its view in one of the two formats. Every text in a view has the format of the
//! page already, so templates write it as it is.

mod builtin;
mod error;
mod home;
mod item;
mod listing;
mod nav;
mod overview;
mod ty;

use serde::Serialize;
use tlgen_model::schema::{CombinatorIdx, TypeIdx};

use crate::book::{Book, Chapter, Part, kind_of};
use crate::history::Kind;
use crate::text::{Format, Place};

/// A page.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    path: String,
    /// The index of the chapter in the book; none for the first page.
    chapter: Option<usize>,
    what: What,
}

/// What a page is about.
#[derive(Clone, Debug)]
enum What {
    Home,
    Overview,
    Builtin,
    Listing(listing::Listing),
    Combinator(CombinatorIdx),
    Type(TypeIdx),
    /// The index of an error of the API.
    Error(usize),
}

impl Outline {
    /// The path without its extension.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}

/// All pages of a book.
pub(crate) fn outline(book: &Book<'_>) -> Vec<Outline> {
    let mut all = vec![Outline { path: "index".to_owned(), chapter: None, what: What::Home }];
    for chapter in &book.chapters {
        let mut add = |path: String, what: What| all.push(Outline { path, chapter: Some(chapter.index), what });
        if chapter.part != Part::Removed {
            add(chapter.paths.other("index").path, What::Overview);
            add(chapter.paths.other("builtin").path, What::Builtin);
            for (path, listing) in listing::all(book, chapter) {
                add(path, What::Listing(listing));
            }
        }
        if chapter.part == Part::Whole {
            for (index, error) in book.errors(chapter).iter() {
                add(error.page.path.clone(), What::Error(index));
            }
        }
        for (idx, combinator) in (0..).map(CombinatorIdx).zip(&chapter.schema.combinators) {
            if book.has_page(chapter, kind_of(combinator.kind), combinator.name.full()) {
                add(chapter.paths.combinator(idx).path, What::Combinator(idx));
            }
        }
        for (idx, ty) in chapter.schema.types() {
            if book.has_page(chapter, Kind::Type, ty.name.full()) {
                add(chapter.paths.ty(idx).path, What::Type(idx));
            }
        }
    }
    all
}

/// A page as the templates see it.
#[derive(Serialize)]
pub(crate) struct Page {
    #[serde(skip)]
    pub(crate) template: &'static str,
    /// The title of the site.
    site: String,
    /// The title of the page.
    title: String,
    /// A sentence about the page.
    summary: String,
    /// From the page to the folder of the site.
    root: String,
    /// The name of the file, without its extension.
    file: String,
    extension: &'static str,
    /// The folders that have a search index, with blanks between them.
    units: String,
    nav: Option<nav::Nav>,
    body: Body,
}

/// The parts of a page that depend on what it is about.
#[derive(Serialize)]
#[serde(untagged)]
enum Body {
    Home(home::Home),
    Overview(overview::Overview),
    Builtin(builtin::Builtins),
    Listing(listing::View),
    Error(error::ErrorPage),
    Item(Box<item::Item>),
}

/// Makes a page.
pub(crate) fn build(book: &Book<'_>, outline: &Outline, format: Format) -> Page {
    let root = "../".repeat(outline.path.matches('/').count());
    let place = Place { format, root: &root };
    let chapter = outline.chapter.map(|index| &book.chapters[index]);
    let (template, title, summary, namespace, body) = match (&outline.what, chapter) {
        (What::Overview, Some(chapter)) => {
            let view = overview::build(book, chapter, &place);
            ("overview", format.text(&chapter.title()), String::new(), None, Body::Overview(view))
        }
        (What::Builtin, Some(chapter)) => (
            "builtin",
            format.text("Builtin types"),
            String::new(),
            None,
            Body::Builtin(builtin::build(chapter, &place)),
        ),
        (What::Listing(listing), Some(_)) => {
            let view = listing::build(book, listing, &place);
            ("listing", format.text(&listing.title), String::new(), listing.namespace.clone(), Body::Listing(view))
        }
        (What::Combinator(idx), Some(chapter)) => {
            let name = &chapter.schema.combinator(*idx).name;
            let summary = chapter.description(*idx).map(|text| crate::markup::summary(text, 160)).unwrap_or_default();
            let view = item::combinator(book, chapter, *idx, &place);
            let namespace = Some(name.namespace().to_owned());
            ("item", format.text(name.full()), format.text(&summary), namespace, Body::Item(Box::new(view)))
        }
        (What::Type(idx), Some(chapter)) => {
            let name = &chapter.schema.ty(*idx).name;
            let summary =
                chapter.type_description(*idx).map(|text| crate::markup::summary(text, 160)).unwrap_or_default();
            let view = ty::build(book, chapter, *idx, &place);
            let namespace = Some(name.namespace().to_owned());
            ("item", format.text(name.full()), format.text(&summary), namespace, Body::Item(Box::new(view)))
        }
        (What::Error(index), Some(chapter)) => {
            let error = book.errors(chapter).at(*index);
            let summary = error.description.as_deref().map(|text| crate::markup::summary(text, 160));
            let view = error::build(book, chapter, *index, &place);
            let summary = format.text(&summary.unwrap_or_default());
            ("error", format.text(error.name.as_str()), summary, None, Body::Error(view))
        }
        (_, _) => ("home", format.text(book.title), String::new(), None, Body::Home(home::build(book, &place))),
    };
    Page {
        template,
        site: format.text(book.title),
        title,
        summary,
        file: format.text(outline.path.rsplit('/').next().unwrap_or_default()),
        extension: format.extension(),
        units: book.newest().map(|chapter| chapter.paths.folder()).collect::<Vec<_>>().join(" "),
        nav: chapter.map(|chapter| nav::build(book, chapter, namespace.as_deref(), &outline.path, &place)),
        body,
        root,
    }
}

impl Chapter<'_> {
    /// What to call the schema: its name, followed by the layer if the name does not have it.
    fn title(&self) -> String {
        let name = self.unit.name.replace('_', " ");
        match self.layer {
            Some(layer) => {
                let stem = name.strip_suffix(&layer.to_string()).map_or(name.as_str(), str::trim_end);
                let stem = stem.strip_suffix("layer").map_or(stem, str::trim_end);
                format!("{stem}, layer {layer}")
            }
            None => name,
        }
    }
}
