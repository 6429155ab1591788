//! The page of a boxed type.

use tlgen_model::schema::{CombinatorIdx, TypeIdx};

use super::item::{
    ConstructorRow, Declarations, ExampleView, Item, Relation, combinator_link, declaration, full_path, namespace,
    related, rust_code,
};
use super::layers;
use crate::book::{Book, Chapter};
use crate::history::Kind;
use crate::text::{Format, Place};
use crate::{example, markup, picture, rust, sources};

pub(super) fn build(book: &Book<'_>, chapter: &Chapter<'_>, idx: TypeIdx, place: &Place<'_>) -> Item {
    let ty = chapter.schema.ty(idx);
    let name = ty.name.full();
    let pages = chapter.metadata.ty(name).map_or(&[][..], |ty| &ty.related);
    let code: Vec<String> = ty.constructors.iter().map(|idx| declaration(chapter, *idx, place)).collect();
    let uses = chapter.relations.uses(idx);
    let list = |anchor, title, list: &[CombinatorIdx]| Relation {
        anchor,
        title,
        items: list.iter().map(|idx| combinator_link(chapter, *idx, place)).collect(),
    };
    let relations = [
        list("returned-by", "Functions that return this type", &uses.returned_by),
        list("taken-by", "Functions that take this type", &uses.taken_by),
        list("held-by", "Constructors that hold this type", &uses.held_by),
    ];
    let rust_path = chapter.items.as_ref().map(|items| rust::boxed_path(items.ty(idx)).to_string());
    let item = Item {
        kind: "Type",
        name: place.format.text(name),
        namespace: namespace(chapter, ty.name.namespace(), place),
        rust_path: rust_path.map(|path| full_path(chapter, &path, place)),
        id: None,
        description: chapter.type_description(idx).map(|text| markup::block(text, chapter, place)),
        doubt: sources::doubt(chapter, |source| source.ty(name).is_some_and(|ty| ty.description.is_some()))
            .map(|text| place.format.text(&text)),
        params_doubt: None,
        examples: example::of_type(chapter, idx)
            .map(|code| ExampleView { label: None, code: rust_code(&code, place.format) })
            .into_iter()
            .collect(),
        declarations: vec![Declarations {
            title: if ty.constructors.len() == 1 { "Constructor" } else { "Constructors" },
            code: code.join("\n"),
        }],
        params: None,
        result: None,
        ty: None,
        usable_by: None,
        errors: None,
        constructors: ty.constructors.iter().map(|idx| constructor(chapter, *idx, place)).collect(),
        relations: relations.into_iter().filter(|relation| !relation.items.is_empty()).collect(),
        related: related(chapter, pages, place),
        layers: layers::build(book, chapter, Kind::Type, name, place),
        picture: (place.format == Format::Html).then(|| picture::of_type(chapter, idx, place)).flatten(),
        outline: Vec::new(),
    };
    item.outlined()
}

fn constructor(chapter: &Chapter<'_>, idx: CombinatorIdx, place: &Place<'_>) -> ConstructorRow {
    let variant = chapter.items.as_ref().and_then(|items| items.variant(idx));
    let structure = chapter.items.as_ref().and_then(|items| items.structure(idx));
    let rust = match (variant, structure) {
        (Some((item, variant)), _) => Some(format!("{}::{}", item.path.name, variant.name)),
        (None, Some(structure)) => Some(structure.path.name.clone()),
        (None, None) => None,
    };
    ConstructorRow {
        name: combinator_link(chapter, idx, place),
        rust: rust.map(|name| place.format.code(&name)),
        description: chapter
            .description(idx)
            .map(|text| place.format.text(&markup::summary(text, 160)))
            .unwrap_or_default(),
    }
}
