//! The way around: the parts of a schema, its namespaces, the other schemas.

use serde::Serialize;

use super::listing;
use crate::book::{Book, Chapter, Part};
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
    home: String,
}

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
        section("Builtin types", "builtin", None),
    ];
    if let (Part::Whole, count @ 1..) = (chapter.part, book.errors(chapter).iter().count()) {
        sections.push(section("Errors", "errors/index", Some(count)));
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
        home: place.href(&Target::page("index")),
    }
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
