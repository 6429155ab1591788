//! The page of a function or constructor, and the parts that it shares with the page of a type.

use serde::Serialize;
use tlgen_meta::{Metadata, Related, RpcError};
use tlgen_model::schema::{CombinatorIdx, Param, SectionKind, TypeExpr, TypeIdx};
use tlgen_model::view::Declaration;

use super::callers;
use super::layers::{self, Layers};
use super::outline::Heading;
use crate::book::{Book, Chapter};
use crate::history::Kind;
use crate::text::{Format, Place};
use crate::{builtin, example, highlight, markup, picture, rust, sources, tl};

/// A function, constructor or type.
#[derive(Serialize)]
pub(super) struct Item {
    pub(super) kind: &'static str,
    pub(super) name: String,
    /// The namespace with its link, if there is one.
    pub(super) namespace: Option<String>,
    pub(super) rust_path: Option<String>,
    pub(super) id: Option<String>,
    pub(super) description: Option<String>,
    /// Why the description may not be about this layer.
    pub(super) doubt: Option<String>,
    /// The forms of the example.
    pub(super) examples: Vec<ExampleView>,
    pub(super) declarations: Vec<Declarations>,
    /// The arguments or fields; `None` where the page has no table of them.
    pub(super) params: Option<Vec<ParamRow>>,
    /// Why their descriptions may not be about this layer.
    pub(super) params_doubt: Option<String>,
    /// What a function returns.
    pub(super) result: Option<ResultView>,
    /// The boxed type of a constructor.
    pub(super) ty: Option<String>,
    pub(super) usable_by: Option<callers::Usability>,
    pub(super) errors: Option<Errors>,
    pub(super) constructors: Vec<ConstructorRow>,
    pub(super) relations: Vec<Relation>,
    pub(super) related: Vec<RelatedRow>,
    pub(super) layers: Option<Layers>,
    pub(super) picture: Option<String>,
    /// The sections of the page.
    pub(super) outline: Vec<Heading>,
}

/// One form of an example.
#[derive(Serialize)]
pub(super) struct ExampleView {
    /// What to call it, where there are others.
    pub(super) label: Option<&'static str>,
    pub(super) code: String,
}

/// TL declarations under a title.
#[derive(Serialize)]
pub(super) struct Declarations {
    pub(super) title: &'static str,
    pub(super) code: String,
}

#[derive(Serialize)]
pub(super) struct ParamRow {
    anchor: String,
    name: String,
    ty: String,
    size: Option<&'static str>,
    rust: Option<String>,
    /// `required`, `optional` or `derived`.
    presence: &'static str,
    /// The bit that says whether it is present.
    condition: Option<String>,
    description: Option<String>,
    null: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ResultView {
    ty: String,
    rust: Option<String>,
    description: Option<String>,
    /// What is done with it.
    example: Option<String>,
}

/// The errors of a function.
#[derive(Serialize)]
pub(super) struct Errors {
    /// Whether any source says something about them.
    known: bool,
    rows: Vec<ErrorRow>,
    doubt: Option<String>,
}

#[derive(Serialize)]
struct ErrorRow {
    codes: String,
    name: String,
    description: String,
}

#[derive(Serialize)]
pub(super) struct ConstructorRow {
    pub(super) name: String,
    pub(super) rust: Option<String>,
    pub(super) description: String,
}

/// Other pages under a title.
#[derive(Serialize)]
pub(super) struct Relation {
    pub(super) anchor: &'static str,
    pub(super) title: &'static str,
    pub(super) items: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct RelatedRow {
    link: String,
    description: Option<String>,
}

/// The page of a function or constructor.
pub(super) fn combinator(book: &Book<'_>, chapter: &Chapter<'_>, idx: CombinatorIdx, place: &Place<'_>) -> Item {
    let combinator = chapter.schema.combinator(idx);
    let name = combinator.name.full();
    let is_function = combinator.kind == SectionKind::Functions;
    let related = if is_function {
        chapter.metadata.function(name).map_or(&[][..], |function| &function.related)
    } else {
        chapter.metadata.constructor(name).map_or(&[][..], |constructor| &constructor.related)
    };
    let mut declarations = vec![Declarations {
        title: if is_function { "Function" } else { "Constructor" },
        code: declaration(chapter, idx, place),
    }];
    for ty in chapter.relations.results(idx).iter().filter(|_| is_function) {
        let constructors = &chapter.schema.ty(*ty).constructors;
        let title = if constructors.len() == 1 { "Constructor of the result" } else { "Constructors of the result" };
        let code: Vec<String> = constructors.iter().map(|idx| declaration(chapter, *idx, place)).collect();
        declarations.push(Declarations { title, code: code.join("\n") });
    }
    let item = Item {
        kind: if is_function { "Function" } else { "Constructor" },
        name: place.format.text(name),
        namespace: namespace(chapter, combinator.name.namespace(), place),
        rust_path: chapter
            .items
            .as_ref()
            .and_then(|items| items.path(idx))
            .map(|path| full_path(chapter, &path, place)),
        id: Some(place.format.code(&format!("{:#010x}", combinator.id))),
        description: chapter.description(idx).map(|text| markup::block(text, chapter, place)),
        doubt: sources::doubt(chapter, |source| description_in(source, is_function, name).is_some())
            .map(|text| place.format.text(&text)),
        params_doubt: sources::doubts(chapter, |source| fields_in(source, is_function, name))
            .map(|text| place.format.text(&text)),
        examples: example::of_combinator(chapter, idx)
            .into_iter()
            .map(|form| ExampleView { label: form.label, code: rust_code(&form.code, place.format) })
            .collect(),
        declarations,
        params: Some(params(chapter, idx, place)),
        result: is_function.then(|| result(chapter, idx, place)),
        ty: combinator.ty.map(|ty| type_link(chapter, ty, place)),
        usable_by: is_function.then(|| callers::usability(chapter, name, place)),
        errors: is_function.then(|| errors(book, chapter, name, place)),
        constructors: Vec::new(),
        relations: relations(chapter, idx, place),
        related: self::related(chapter, related, place),
        layers: layers::build(book, chapter, if is_function { Kind::Function } else { Kind::Constructor }, name, place),
        picture: (place.format == Format::Html).then(|| picture::of_combinator(chapter, idx, place)).flatten(),
        outline: Vec::new(),
    };
    item.outlined()
}

pub(super) fn namespace(chapter: &Chapter<'_>, name: &str, place: &Place<'_>) -> Option<String> {
    let target = chapter.paths.namespace(name).filter(|_| !name.is_empty())?;
    Some(place.format.link(&place.format.text(name), &place.href(&target)))
}

/// The whole Rust path of an item.
pub(super) fn full_path(chapter: &Chapter<'_>, path: &str, place: &Place<'_>) -> String {
    let code = place.format.code(&format!("{}::{path}", chapter.unit.rust_path));
    match place.format {
        // Narrow screens break it between its words.
        Format::Html => code.replace("::", "::<wbr>"),
        Format::Markdown => code,
    }
}

pub(super) fn declaration(chapter: &Chapter<'_>, idx: CombinatorIdx, place: &Place<'_>) -> String {
    match place.format {
        Format::Html => tl::declaration(chapter, idx, place),
        Format::Markdown => tl::lines(chapter.schema.combinator(idx)),
    }
}

pub(super) fn rust_code(code: &str, format: Format) -> String {
    match format {
        Format::Html => highlight::rust(code.trim_end()),
        Format::Markdown => code.trim_end().to_owned(),
    }
}

pub(super) fn type_link(chapter: &Chapter<'_>, idx: TypeIdx, place: &Place<'_>) -> String {
    place.name(chapter.schema.ty(idx).name.full(), &chapter.paths.ty(idx))
}

pub(super) fn combinator_link(chapter: &Chapter<'_>, idx: CombinatorIdx, place: &Place<'_>) -> String {
    place.name(chapter.schema.combinator(idx).name.full(), &chapter.paths.combinator(idx))
}

fn params(chapter: &Chapter<'_>, idx: CombinatorIdx, place: &Place<'_>) -> Vec<ParamRow> {
    let combinator = chapter.schema.combinator(idx);
    let structure = chapter.items.as_ref().and_then(|items| items.structure(idx));
    let fields = structure.map(|structure| rust::fields(&combinator.params, structure));
    let types = Declaration::of(combinator).type_pieces(&chapter.names);
    let row = |(at, param): (usize, &Param)| {
        let name = param.name.as_deref().unwrap_or("_");
        let known = param.name.as_deref().and_then(|name| chapter.field(idx, name));
        let field = fields.as_ref().map(|fields| fields[at]);
        let condition = param.condition.map(|condition| {
            // The type begins with the word.
            let word = types[at].first().map_or("", |piece| &piece.text);
            format!("bit {} of {}", condition.bit, place.format.code(word))
        });
        let presence = match (field, &param.condition) {
            (Some(None), _) => "derived",
            (_, Some(_)) => "optional",
            (_, None) => "required",
        };
        ParamRow {
            anchor: anchor(&combinator.params, at),
            name: place.format.code(name),
            ty: tl::ty(chapter, &types[at], place),
            size: size(&param.ty),
            rust: field.map(|field| match field {
                Some(field) if Some(field.name.as_str()) == param.name.as_deref() => {
                    place.format.code(&field.type_text())
                }
                Some(field) => {
                    format!("{}: {}", place.format.code(&field.name), place.format.code(&field.type_text()))
                }
                None => place.format.text("made of the other fields"),
            }),
            presence,
            condition,
            description: known
                .and_then(|field| field.description.as_deref())
                .map(|text| markup::cell(text, chapter, place)),
            null: known.and_then(|field| field.null.as_deref()).map(|text| markup::cell(text, chapter, place)),
        }
    };
    combinator.params.iter().enumerate().map(row).collect()
}

/// The anchor of a parameter: its name, or its number where it has none of its own.
fn anchor(params: &[Param], at: usize) -> String {
    let name = params[at].name.as_deref();
    let taken = params[..at].iter().any(|before| before.name.as_deref() == name);
    match name {
        Some(name) if !taken => format!("param-{name}"),
        _ => format!("param-{}", at + 1),
    }
}

fn size(expr: &TypeExpr) -> Option<&'static str> {
    builtin::size(expr)
}

fn result(chapter: &Chapter<'_>, idx: CombinatorIdx, place: &Place<'_>) -> ResultView {
    let combinator = chapter.schema.combinator(idx);
    let returned = Declaration::of(combinator).result_pieces(&chapter.names);
    let structure = chapter.items.as_ref().and_then(|items| items.structure(idx));
    let returns = structure.and_then(|structure| structure.returns.as_ref());
    let description = match chapter.relations.results(idx) {
        [only] => chapter.type_description(*only),
        _ => None,
    };
    ResultView {
        ty: tl::ty(chapter, &returned, place),
        rust: returns.map(|ty| place.format.code(&ty.to_string())),
        description: description.map(|text| place.format.text(&markup::summary(text, 200))),
        example: example::of_result(chapter, idx).map(|code| rust_code(&code, place.format)),
    }
}

/// What a source says about a function or constructor itself.
fn description_in<'m>(source: &'m Metadata, is_function: bool, name: &str) -> Option<&'m str> {
    if is_function {
        source.function(name)?.description.as_deref()
    } else {
        source.constructor(name)?.description.as_deref()
    }
}

/// Whether a source says something about the fields of a function or constructor.
fn fields_in(source: &Metadata, is_function: bool, name: &str) -> bool {
    if is_function {
        source.function(name).is_some_and(|function| !function.fields.is_empty())
    } else {
        source.constructor(name).is_some_and(|constructor| !constructor.fields.is_empty())
    }
}

fn errors(book: &Book<'_>, chapter: &Chapter<'_>, function: &str, place: &Place<'_>) -> Errors {
    let errors = chapter.metadata.errors_of(function);
    let row = |error: &RpcError| {
        // What only an older layer knows has no page.
        let page = book.errors(chapter).find(&error.name).map(|known| &known.page);
        let name = error.name.as_str();
        ErrorRow {
            codes: if error.codes.is_empty() { "?".to_owned() } else { super::error::codes(&error.codes) },
            name: page.map_or_else(|| place.format.code(name), |page| place.name(name, page)),
            description: error
                .description
                .as_deref()
                .map(|text| markup::cell(text, chapter, place))
                .unwrap_or_default(),
        }
    };
    let lists = |source: &Metadata| source.function(function).is_some_and(|known| known.errors.is_some());
    Errors {
        known: errors.is_some(),
        rows: errors.iter().flatten().map(row).collect(),
        doubt: sources::doubts(chapter, lists).map(|text| place.format.text(&text)),
    }
}

/// Where the result or the type of a combinator is used.
fn relations(chapter: &Chapter<'_>, idx: CombinatorIdx, place: &Place<'_>) -> Vec<Relation> {
    let combinator = chapter.schema.combinator(idx);
    let mut relations = Vec::new();
    let mut add = |anchor, title, list: &[CombinatorIdx]| {
        let items: Vec<String> =
            list.iter().filter(|other| **other != idx).map(|idx| combinator_link(chapter, *idx, place)).collect();
        if !items.is_empty() {
            relations.push(Relation { anchor, title, items });
        }
    };
    match combinator.ty {
        None => {
            for ty in chapter.relations.results(idx).iter().take(1) {
                add("returned-by", "Functions with the same result", &chapter.relations.uses(*ty).returned_by);
            }
        }
        Some(ty) => {
            let uses = chapter.relations.uses(ty);
            add("siblings", "Other constructors of its type", &chapter.schema.ty(ty).constructors);
            add("returned-by", "Functions that return its type", &uses.returned_by);
            add("taken-by", "Functions that take its type", &uses.taken_by);
            add("held-by", "Constructors that hold its type", &uses.held_by);
        }
    }
    relations
}

pub(super) fn related(chapter: &Chapter<'_>, pages: &[Related], place: &Place<'_>) -> Vec<RelatedRow> {
    let row = |page: &Related| {
        let href = markup::destination(&page.url, chapter, place);
        let title = place.format.text(&page.title);
        RelatedRow {
            link: href.map_or_else(|| title.clone(), |href| place.format.link(&title, &href)),
            description: page.description.as_deref().map(|text| markup::cell(text, chapter, place)),
        }
    };
    pages.iter().map(row).collect()
}
