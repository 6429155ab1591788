//! What is on a page.
//!
//! An [`Outline`] names a page; [`build`] makes its view in one of the two formats. Every text in a view has the format of the
//! page already, so templates write it as it is.

mod builtin;
mod callers;
mod changes;
mod error;
mod home;
mod item;
mod layers;
mod listing;
mod nav;
mod outline;
mod overview;
mod ty;

pub(crate) use changes::anchor as anchor_of_namespace;
use serde::Serialize;
use tlgen_model::schema::{CombinatorIdx, TypeIdx};

use crate::book::{Book, Chapter, Part, kind_of};
use crate::feed;
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
    /// What a server sends for an address that has no page.
    Missing,
    Overview,
    Builtin,
    /// What all layers changed.
    Changes,
    /// What the layer of this index changed.
    Layer(usize),
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

    /// Whether it is a page that one looks for.
    pub(crate) fn is_listed(&self) -> bool {
        !matches!(self.what, What::Missing)
    }

    /// The function, constructor or type that it is about.
    fn thing<'c>(&self, chapter: &'c Chapter<'_>) -> Option<(Kind, &'c str)> {
        match self.what {
            What::Combinator(idx) => {
                let combinator = chapter.schema.combinator(idx);
                Some((kind_of(combinator.kind), combinator.name.full()))
            }
            What::Type(idx) => Some((Kind::Type, chapter.schema.ty(idx).name.full())),
            _ => None,
        }
    }

    /// The formats in which it is written.
    pub(crate) fn formats(&self) -> &'static [Format] {
        if self.is_listed() { &[Format::Html, Format::Markdown] } else { &[Format::Html] }
    }
}

/// All pages of a book.
pub(crate) fn outline(book: &Book<'_>) -> Vec<Outline> {
    let alone = |path: &str, what: What| Outline { path: path.to_owned(), chapter: None, what };
    let mut all = vec![alone("index", What::Home), alone("404", What::Missing)];
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
            if chapter.has_changes(book) {
                add(chapter.paths.other(changes::ALL).path, What::Changes);
            }
            for (index, step) in book.history(chapter).steps.iter().enumerate() {
                add(chapter.paths.changes_in(step.layer).path, What::Layer(index));
            }
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
    /// The name of the file, without its extension; none where there is no other format.
    file: Option<String>,
    /// The whole address, where that of the site is known.
    url: Option<String>,
    extension: &'static str,
    /// The folders that have a search index, with blanks between them.
    units: String,
    nav: Option<nav::Nav>,
    /// Where programs read what changed: in the schema, and in the namespace that the page lists.
    feeds: Vec<Feed>,
    body: Body,
}

/// A feed that a page names.
#[derive(Serialize)]
struct Feed {
    title: String,
    href: String,
}

/// The parts of a page that depend on what it is about.
#[derive(Serialize)]
#[serde(untagged)]
enum Body {
    Home(home::Home),
    Overview(overview::Overview),
    Builtin(builtin::Builtins),
    Changes(changes::All),
    Layer(changes::Layer),
    Listing(listing::View),
    Error(error::ErrorPage),
    Item(Box<item::Item>),
}

/// Makes a page.
pub(crate) fn build(book: &Book<'_>, outline: &Outline, format: Format) -> Page {
    let root = match outline.what {
        // It is sent for addresses in any folder.
        What::Missing => book.base.clone().unwrap_or_else(|| "/".to_owned()),
        _ => "../".repeat(outline.path.matches('/').count()),
    };
    let place = Place { format, root: &root };
    let chapter = outline.chapter.map(|index| &book.chapters[index]);
    let (template, title, summary, namespace, body) = match (&outline.what, chapter) {
        (What::Overview, Some(chapter)) => {
            let view = overview::build(book, chapter, &place);
            let summary = format!("Functions, types and constructors of {}.", chapter.title());
            ("overview", format.text(&chapter.title()), format.text(&summary), None, Body::Overview(view))
        }
        (What::Builtin, Some(chapter)) => (
            "builtin",
            format.text("Builtin types"),
            String::new(),
            None,
            Body::Builtin(builtin::build(chapter, &place)),
        ),
        (What::Changes, Some(chapter)) => {
            let summary = format.text(&format!("What each layer of {} changed.", chapter.paths.folder()));
            let view = changes::all(book, chapter, &place);
            ("changes", format.text("Changes"), summary, None, Body::Changes(view))
        }
        (What::Layer(step), Some(chapter)) => {
            let step = &book.history(chapter).steps[*step];
            let title = format!("Changes in layer {}", step.layer);
            let view = changes::layer(book, chapter, step, &place);
            let summary = format.text(&format!("{title}: {}.", changes::totals(step)));
            ("layer", format.text(&title), summary, None, Body::Layer(view))
        }
        (What::Listing(listing), Some(chapter)) => {
            let view = listing::build(book, listing, &place);
            let summary = format.text(&format!("{} of {}.", listing.title, chapter.title()));
            ("listing", format.text(&listing.title), summary, listing.namespace.clone(), Body::Listing(view))
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
        (What::Missing, _) => {
            ("missing", format.text("Page not found"), String::new(), None, Body::Home(home::build(book, &place)))
        }
        (_, _) => ("home", format.text(book.title), String::new(), None, Body::Home(home::build(book, &place))),
    };
    Page {
        template,
        site: format.text(book.title),
        title,
        summary,
        file: outline.is_listed().then(|| format.text(outline.path.rsplit('/').next().unwrap_or_default())),
        url: book
            .base
            .as_ref()
            .filter(|_| outline.is_listed())
            .map(|base| format.text(&format!("{base}{}.html", outline.path))),
        extension: format.extension(),
        units: book.newest().map(|chapter| chapter.paths.folder()).collect::<Vec<_>>().join(" "),
        nav: chapter.map(|chapter| {
            nav::build(book, chapter, namespace.as_deref(), outline.thing(chapter), &outline.path, &place)
        }),
        feeds: chapter.map_or_else(Vec::new, |chapter| feeds(book, chapter, &outline.what, &place)),
        body,
        root: format.text(&root),
    }
}

fn feeds(book: &Book<'_>, chapter: &Chapter<'_>, what: &What, place: &Place<'_>) -> Vec<Feed> {
    let Some(newest) = book.newest().find(|newest| newest.family == chapter.family) else { return Vec::new() };
    let listed = match what {
        What::Listing(listing) => listing.namespace.as_deref(),
        _ => None,
    };
    let of_namespace = listed.and_then(|name| {
        let title =
            if name.is_empty() { "Changes outside of namespaces".to_owned() } else { format!("Changes of {name}") };
        Some((title, feed::of_namespace(book, newest, name)?))
    });
    let whole = feed::of(book, newest).map(|path| ("Changes".to_owned(), path));
    let shown = |(title, path): (String, String)| Feed {
        title: place.format.text(&title),
        href: place.format.text(&format!("{}{path}", place.root)),
    };
    whole.into_iter().chain(of_namespace).map(shown).collect()
}

impl Chapter<'_> {
    /// What to call the schema: its name, followed by the layer if the name does not have it.
    pub(crate) fn title(&self) -> String {
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
