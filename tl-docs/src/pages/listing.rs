//! Lists: all functions, types and constructors, and what is in a namespace. Long lists go over several pages.

use serde::Serialize;
use tlgen_model::schema::{CombinatorIdx, SectionKind, TypeIdx};

use super::error;
use super::nav::namespaces;
use crate::book::{Book, Chapter, Part, kind_of};
use crate::history::Kind;
use crate::markup;
use crate::paths::Target;
use crate::text::Place;

/// How many entries a page has.
const ROWS: usize = 400;

/// The list of what only older layers have.
pub(super) const REMOVED: &str = "removed";

/// How long the text beside a name may be.
const SUMMARY: usize = 110;

/// One page of a list.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    pub(super) title: String,
    pub(super) namespace: Option<String>,
    sections: Vec<(&'static str, Vec<Entry>)>,
    /// This page, from 0.
    number: usize,
    /// The paths of all pages of the list.
    pages: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Combinator(CombinatorIdx),
    Type(TypeIdx),
    /// The index of an error of the API.
    Error(usize),
}

/// A thing of a chapter.
#[derive(Clone, Copy, Debug)]
struct Entry {
    chapter: usize,
    what: What,
}

#[derive(Serialize)]
pub(super) struct View {
    sections: Vec<Section>,
    pages: Vec<PageLink>,
}

#[derive(Serialize)]
struct Section {
    title: &'static str,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    id: Option<String>,
    summary: String,
}

#[derive(Serialize)]
struct PageLink {
    label: String,
    href: String,
    current: bool,
}

/// All lists of a schema, page by page.
pub(super) fn all(book: &Book<'_>, chapter: &Chapter<'_>) -> Vec<(String, Listing)> {
    let schema = chapter.schema;
    let entry = |what: What| Entry { chapter: chapter.index, what };
    let of_kind = |kind: SectionKind| {
        let all = (0..).map(CombinatorIdx).zip(&schema.combinators);
        let mut found: Vec<_> = all.filter(|(_, combinator)| combinator.kind == kind).collect();
        found.sort_by_cached_key(|(_, combinator)| sort_key(combinator.name.full()));
        found
    };
    let (functions, constructors) = (of_kind(SectionKind::Functions), of_kind(SectionKind::Types));
    let mut types: Vec<_> = schema.types().collect();
    types.sort_by_cached_key(|(_, ty)| sort_key(ty.name.full()));

    let combinators = |list: &[(CombinatorIdx, &tlgen_model::schema::Combinator)], namespace: Option<&str>| {
        let inside = list.iter().filter(|(_, item)| namespace.is_none_or(|name| item.name.namespace() == name));
        inside.map(|(idx, _)| entry(What::Combinator(*idx))).collect::<Vec<_>>()
    };
    let boxed = |namespace: Option<&str>| {
        let inside = types.iter().filter(|(_, ty)| namespace.is_none_or(|name| ty.name.namespace() == name));
        inside.map(|(idx, _)| entry(What::Type(*idx))).collect::<Vec<_>>()
    };
    let mut out = Vec::new();
    let other = |page: &str| chapter.paths.other(page).path;
    split("Functions", None, vec![("", combinators(&functions, None))], &other("functions/index"), &mut out);
    split("Types", None, vec![("", boxed(None))], &other("types/index"), &mut out);
    split("Constructors", None, vec![("", combinators(&constructors, None))], &other("constructors/index"), &mut out);
    for (name, _) in namespaces(chapter) {
        let Some(Target { path, .. }) = chapter.paths.namespace(name) else { continue };
        let title = if name.is_empty() { "No namespace".to_owned() } else { format!("Namespace {name}") };
        let sections = vec![
            ("Functions", combinators(&functions, Some(name))),
            ("Types", boxed(Some(name))),
            ("Constructors", combinators(&constructors, Some(name))),
        ];
        split(&title, Some(name), sections, &path, &mut out);
    }
    let errors: Vec<Entry> = match chapter.part {
        Part::Whole => book.errors(chapter).iter().map(|(index, _)| entry(What::Error(index))).collect(),
        Part::OlderLayer | Part::Removed => Vec::new(),
    };
    if !errors.is_empty() {
        split("Errors", None, vec![("", errors)], &other("errors/index"), &mut out);
    }
    let removed = removed(book, chapter);
    if removed.iter().any(|(_, entries)| !entries.is_empty()) {
        split("Only in older layers", None, removed, &other(REMOVED), &mut out);
    }
    out
}

/// What the newest layer of an API does not have, in the last layer that has it.
fn removed(book: &Book<'_>, newest: &Chapter<'_>) -> Vec<(&'static str, Vec<Entry>)> {
    let of_kind = |wanted: Kind| {
        let mut found = Vec::new();
        for chapter in book.family(newest).filter(|other| newest.part == Part::Whole && other.part == Part::Removed) {
            let mut add = |kind: Kind, name: &str, what: What| {
                if kind == wanted && book.has_page(chapter, kind, name) {
                    found.push((sort_key(name), Entry { chapter: chapter.index, what }));
                }
            };
            for (idx, combinator) in (0..).map(CombinatorIdx).zip(&chapter.schema.combinators) {
                add(kind_of(combinator.kind), combinator.name.full(), What::Combinator(idx));
            }
            for (idx, ty) in chapter.schema.types() {
                add(Kind::Type, ty.name.full(), What::Type(idx));
            }
        }
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        found.into_iter().map(|(_, entry)| entry).collect()
    };
    vec![
        ("Functions", of_kind(Kind::Function)),
        ("Types", of_kind(Kind::Type)),
        ("Constructors", of_kind(Kind::Constructor)),
    ]
}

/// Orders names without regard to case, and names that differ in case only in a fixed order.
fn sort_key(name: &str) -> (String, String) {
    (name.to_lowercase(), name.to_owned())
}

/// Cuts a list into pages.
fn split(
    title: &str,
    namespace: Option<&str>,
    sections: Vec<(&'static str, Vec<Entry>)>,
    path: &str,
    out: &mut Vec<(String, Listing)>,
) {
    let mut pages: Vec<Vec<(&'static str, Vec<Entry>)>> = vec![Vec::new()];
    let mut room = ROWS;
    for (title, entries) in sections {
        let mut rest = entries.as_slice();
        while !rest.is_empty() {
            if room == 0 {
                pages.push(Vec::new());
                room = ROWS;
            }
            let (here, behind) = rest.split_at(room.min(rest.len()));
            room -= here.len();
            rest = behind;
            if let Some(page) = pages.last_mut() {
                page.push((title, here.to_vec()));
            }
        }
    }
    let paths: Vec<String> = (1..=pages.len())
        .map(|number| if number == 1 { path.to_owned() } else { format!("{path}-page{number}") })
        .collect();
    for (number, sections) in pages.into_iter().enumerate() {
        let listing = Listing {
            title: title.to_owned(),
            namespace: namespace.map(str::to_owned),
            sections,
            number,
            pages: paths.clone(),
        };
        out.push((paths[number].clone(), listing));
    }
}

pub(super) fn build(book: &Book<'_>, listing: &Listing, place: &Place<'_>) -> View {
    let sections = listing.sections.iter().map(|(title, entries)| Section {
        title,
        rows: entries.iter().map(|entry| row(book, *entry, place)).collect(),
    });
    let pages = listing.pages.iter().enumerate().map(|(number, path)| PageLink {
        label: (number + 1).to_string(),
        href: place.href(&Target::page(path.as_str())),
        current: number == listing.number,
    });
    View { sections: sections.collect(), pages: if listing.pages.len() > 1 { pages.collect() } else { Vec::new() } }
}

fn row(book: &Book<'_>, entry: Entry, place: &Place<'_>) -> Row {
    let chapter = &book.chapters[entry.chapter];
    let (name, target, id, description) = match entry.what {
        What::Combinator(idx) => {
            let combinator = chapter.schema.combinator(idx);
            let id = format!("{:08x}", combinator.id);
            (combinator.name.full(), chapter.paths.combinator(idx), Some(id), chapter.description(idx))
        }
        What::Type(idx) => {
            (chapter.schema.ty(idx).name.full(), chapter.paths.ty(idx), None, chapter.type_description(idx))
        }
        What::Error(index) => {
            let error = book.errors(chapter).at(index);
            let codes = (!error.codes.is_empty()).then(|| error::codes(&error.codes));
            (error.name.as_str(), error.page.clone(), codes, error.description.as_deref())
        }
    };
    Row {
        name: place.name(name, &target),
        id: id.map(|id| place.format.code(&id)),
        summary: description.map(|text| place.format.text(&markup::summary(text, SUMMARY))).unwrap_or_default(),
    }
}
