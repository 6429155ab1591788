//! The way around: the parts of a schema, its namespaces, the other schemas.

use serde::Serialize;

use super::{changes, listing};
use crate::book::{Book, Chapter, Part};
use crate::history::Kind;
use crate::paths::Target;
use crate::text::Place;

/// The navigation of one schema.
#[derive(Serialize)]
pub(super) struct Nav {
    /// The folder of the schema.
    folder: String,
    title: String,
    sections: Vec<Link>,
    namespaces: Vec<Link>,
    schemas: Vec<Link>,
    siblings: Option<Siblings>,
    home: String,
}

/// The neighbours of a thing among those of its kind in its namespace.
#[derive(Serialize)]
struct Siblings {
    title: String,
    links: Vec<Link>,
    /// How many there are in all, and where.
    all: Option<Link>,
}

/// How many neighbours are shown on each side.
const NEIGHBOURS: usize = 8;

/// One entry.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) count: Option<usize>,
    /// Whether it is the page itself, or the part that the page belongs to.
    pub(super) current: bool,
}

pub(super) fn build(
    book: &Book<'_>,
    chapter: &Chapter<'_>,
    namespace: Option<&str>,
    thing: Option<(Kind, &str)>,
    page: &str,
    place: &Place<'_>,
) -> Nav {
    let folder = chapter.paths.folder();
    let section = |label: &str, path: &str, count: Option<usize>| {
        let target = chapter.paths.other(path);
        // The pages of a kind belong to the list of that kind.
        let tree = target.path.strip_suffix("/index").filter(|tree| *tree != folder);
        let current = target.path == page || tree.is_some_and(|tree| page.starts_with(&format!("{tree}/")));
        Link { label: place.format.text(label), href: place.href(&target), count, current }
    };
    let mut sections = vec![
        section("Overview", "index", None),
        section("Functions", "functions/index", Some(chapter.schema.functions().count())),
        section("Types", "types/index", Some(chapter.schema.types.len())),
        section("Constructors", "constructors/index", Some(chapter.schema.constructors().count())),
    ];
    if let (Part::Whole, count @ 1..) = (chapter.part, book.errors(chapter).iter().count()) {
        sections.push(section("Errors", "errors/index", Some(count)));
    }
    sections.push(section("Builtin types", "builtin", None));
    if chapter.part == Part::Whole && chapter.has_changes(book) {
        sections.push(section("Changes", changes::ALL, Some(book.history(chapter).steps.len())));
    }
    if let (Part::Whole, count @ 1..) = (chapter.part, book.history(chapter).removed) {
        sections.push(section("Only in older layers", listing::REMOVED, Some(count)));
    }
    let namespaces = namespaces(chapter).into_iter().filter_map(|(name, count)| {
        let label = if name.is_empty() { "no namespace" } else { name };
        let href = place.href(&chapter.paths.namespace(name)?);
        Some(Link { label: place.format.text(label), href, count: Some(count), current: namespace == Some(name) })
    });
    let entry = |other: &Chapter<'_>, current: bool| Link {
        label: place.format.text(&other.title()),
        href: place.href(&other.paths.other("index")),
        count: None,
        current,
    };
    let mut schemas = Vec::new();
    for newest in book.newest() {
        let layers =
            book.family(newest).filter(|other| other.part == Part::OlderLayer && newest.family == chapter.family);
        schemas.push(entry(newest, newest.paths.folder() == folder));
        schemas.extend(layers.map(|other| entry(other, other.index == chapter.index)));
    }
    Nav {
        folder: folder.to_owned(),
        title: place.format.text(&chapter.title()),
        sections,
        namespaces: namespaces.collect(),
        schemas,
        siblings: thing.and_then(|(kind, name)| siblings(chapter, kind, name, namespace.unwrap_or_default(), place)),
        home: place.href(&Target::page("index")),
    }
}

fn siblings(chapter: &Chapter<'_>, kind: Kind, name: &str, namespace: &str, place: &Place<'_>) -> Option<Siblings> {
    let names = chapter.siblings(kind, namespace);
    let at = names.iter().position(|other| *other == name)?;
    let shown = at.saturating_sub(NEIGHBOURS)..names.len().min(at + NEIGHBOURS + 1);
    let links = names[shown.clone()].iter().filter_map(|other| {
        // The namespace is in the title.
        let label = other.strip_prefix(namespace).map_or(*other, |ident| ident.trim_start_matches('.'));
        let href = place.href(chapter.find(kind, other)?);
        Some(Link { label: place.format.text(label), href, count: None, current: *other == name })
    });
    let (kind, list) = match kind {
        Kind::Function => ("Functions", "functions/index"),
        Kind::Constructor => ("Constructors", "constructors/index"),
        Kind::Type => ("Types", "types/index"),
    };
    let title = if namespace.is_empty() { kind.to_owned() } else { format!("{kind} in {namespace}") };
    let target = chapter.paths.namespace(namespace).filter(|_| !namespace.is_empty());
    let href = place.href(&target.unwrap_or_else(|| chapter.paths.other(list)));
    let all = Link { label: "All".to_owned(), href, count: Some(names.len()), current: false };
    Some(Siblings {
        title: place.format.text(&title),
        links: links.collect(),
        all: (shown.len() < names.len()).then_some(all),
    })
}

/// The namespaces with the number of functions, types and constructors in each, by name.
pub(super) fn namespaces<'c>(chapter: &'c Chapter<'_>) -> Vec<(&'c str, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    let combinators = chapter.schema.combinators.iter().map(|combinator| combinator.name.namespace());
    for name in combinators.chain(chapter.schema.types.iter().map(|ty| ty.name.namespace())) {
        *counts.entry(name).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}
