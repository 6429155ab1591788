//! Everything that several pages need of a schema.

use std::collections::{BTreeMap, HashMap};

use tlgen_build::ir::Package;
use tlgen_meta::{Date, Metadata};
use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeIdx};
use tlgen_model::view;

use crate::errors::Errors;
use crate::example::Samples;
use crate::family;
use crate::history::{History, Kind};
use crate::paths::{Folder, Paths, Target};
use crate::relations::Relations;
use crate::site::Options;
use crate::sources::{self, Source};
use tlgen_build::ir::Items;

/// One schema to be documented.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    /// Its name, of letters, digits, `_` and `-`. Units whose names differ in the number of the layer at the end, as in
    /// `telegram_132` and `telegram_228`, are layers of one API; the folder of their pages is `telegram`.
    pub name: String,
    /// The Rust path of its module, as in `tl_generated::telegram_228`.
    pub rust_path: String,
    /// The schema.
    pub schema: &'a Schema,
    /// Its Rust items, lowered from this schema without a selection; without them the pages say nothing about Rust.
    pub package: Option<&'a Package>,
    /// What is known beyond the declarations. What an earlier source says has precedence.
    pub metadata: Vec<Source<'a>>,
}

/// All schemas of a site.
pub(crate) struct Book<'a> {
    pub(crate) title: &'a str,
    /// The address of the site, with a `/` at its end.
    pub(crate) base: Option<String>,
    /// All schemas that have pages, the newest layer of each API before its older ones.
    pub(crate) chapters: Vec<Chapter<'a>>,
    histories: Vec<History>,
    /// The day on which each layer of an API appeared, where a source says it.
    dates: Vec<BTreeMap<u32, Date>>,
    errors: Vec<Errors>,
}

/// Which pages of a schema there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All: the newest layer of an API, or a schema without layers.
    Whole,
    /// All, in a folder of their own: an older layer.
    OlderLayer,
    /// Those of names that no later layer has. They are in the folder of the newest layer.
    Removed,
}

/// One schema of a site.
pub(crate) struct Chapter<'a> {
    /// Its index in [`Book::chapters`].
    pub(crate) index: usize,
    pub(crate) unit: &'a Unit<'a>,
    pub(crate) schema: &'a Schema,
    /// All sources as one.
    pub(crate) metadata: Metadata,
    pub(crate) layer: Option<u32>,
    pub(crate) part: Part,
    pub(crate) paths: Paths,
    pub(crate) relations: Relations,
    pub(crate) items: Option<Items<'a>>,
    pub(crate) samples: Option<Samples>,
    /// What names in declarations mean.
    pub(crate) names: view::Names<'a>,
    targets: HashMap<Kind, HashMap<&'a str, Target>>,
    /// The names of each kind in each namespace, in order.
    siblings: HashMap<Kind, HashMap<&'a str, Vec<&'a str>>>,
    /// The index of its API in [`Book::histories`].
    pub(crate) family: usize,
}

impl<'a> Book<'a> {
    pub(crate) fn new(units: &'a [Unit<'a>], options: &'a Options) -> Self {
        let schemas: Vec<&Schema> = units.iter().map(|unit| unit.schema).collect();
        let base = options.base_url.as_deref().map(address);
        let mut book = Self {
            title: &options.title,
            base,
            chapters: Vec::new(),
            histories: Vec::new(),
            dates: Vec::new(),
            errors: Vec::new(),
        };
        for family in family::all(units) {
            let first = book.chapters.len();
            let history = History::of(&family.members, &schemas);
            let mut folder = Folder::new(family.folder.as_str());
            for (&(layer, unit), age) in family.members.iter().rev().zip(0..) {
                let paths = folder.paths(units[unit].schema);
                if age == 0 {
                    book.add(&units[unit], Part::Whole, paths);
                    continue;
                }
                if has_removed(&history, units[unit].schema, layer) {
                    book.add(&units[unit], Part::Removed, paths);
                }
                if options.all_layers {
                    let folder = format!("{}/layer-{layer}", family.folder);
                    let paths = Folder::new(folder).paths(units[unit].schema);
                    book.add(&units[unit], Part::OlderLayer, paths);
                }
            }
            book.histories.push(history);
            let sources = family.members.iter().rev().flat_map(|(_, unit)| &units[*unit].metadata);
            book.dates.push(sources::dates(sources));
            let has_page = |chapter: &Chapter<'_>, name: &str| book.has_page(chapter, Kind::Function, name);
            book.errors.push(Errors::of(&book.chapters[first..], has_page));
        }
        book
    }

    fn add(&mut self, unit: &'a Unit<'a>, part: Part, paths: Paths) {
        let targets = targets(unit.schema, &paths);
        let items = unit.package.and_then(|package| Items::new(unit.schema, package));
        let samples = items.as_ref().and(unit.package).map(Samples::of);
        self.chapters.push(Chapter {
            index: self.chapters.len(),
            unit,
            schema: unit.schema,
            metadata: sources::merged(&unit.metadata),
            layer: family::layer(unit),
            part,
            paths,
            relations: Relations::of(unit.schema),
            items,
            samples,
            names: view::Names::of(unit.schema),
            siblings: siblings(unit.schema),
            targets,
            family: self.histories.len(),
        });
    }

    pub(crate) fn history(&self, chapter: &Chapter<'_>) -> &History {
        &self.histories[chapter.family]
    }

    /// The day on which a layer of the API of a chapter appeared.
    pub(crate) fn date(&self, chapter: &Chapter<'_>, layer: u32) -> Option<Date> {
        self.dates[chapter.family].get(&layer).copied()
    }

    /// The page of a thing in the newest layer that has it.
    pub(crate) fn page_of<'b>(&'b self, chapter: &'b Chapter<'_>, kind: Kind, name: &str) -> Option<&'b Target> {
        let own = chapter.find(kind, name);
        own.or_else(|| self.family(chapter).find_map(|other| other.find(kind, name)))
    }

    /// The errors of the API of a chapter.
    pub(crate) fn errors(&self, chapter: &Chapter<'_>) -> &Errors {
        &self.errors[chapter.family]
    }

    /// The newest layer of each API, and each schema without layers.
    pub(crate) fn newest(&self) -> impl Iterator<Item = &Chapter<'a>> {
        self.chapters.iter().filter(|chapter| chapter.part == Part::Whole)
    }

    /// All chapters of the API of one.
    pub(crate) fn family<'b>(&'b self, chapter: &Chapter<'_>) -> impl Iterator<Item = &'b Chapter<'a>> + use<'a, 'b> {
        let family = chapter.family;
        self.chapters.iter().filter(move |other| other.family == family)
    }

    /// The page of a thing in an older layer, if there are pages of older layers.
    pub(crate) fn in_layer(&self, chapter: &Chapter<'_>, kind: Kind, name: &str, layer: u32) -> Option<&Target> {
        let of_layer = |other: &&Chapter<'_>| other.part != Part::Removed && other.layer == Some(layer);
        self.family(chapter).find(of_layer)?.find(kind, name)
    }

    /// Whether a chapter has the page of a thing: a removed name has its page in the last layer that has it.
    pub(crate) fn has_page(&self, chapter: &Chapter<'_>, kind: Kind, name: &str) -> bool {
        chapter.part != Part::Removed || self.history(chapter).until(kind, name) == chapter.layer
    }
}

/// The address of a site with a `/` at its end. What has no place in an address is written as its bytes.
fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len() + 1);
    for c in url.trim_end_matches('/').chars() {
        if c.is_ascii_graphic() && !"\"'<>\\^`{|}()".contains(c) {
            address.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| address.push_str(&format!("%{byte:02X}")));
        }
    }
    address + "/"
}

/// Whether it is the last layer that has some thing.
fn has_removed(history: &History, schema: &Schema, layer: u32) -> bool {
    let combinators = schema.combinators.iter().map(|combinator| (kind_of(combinator.kind), combinator.name.full()));
    let types = schema.types().map(|(_, ty)| (Kind::Type, ty.name.full()));
    combinators.chain(types).any(|(kind, name)| history.until(kind, name) == Some(layer))
}

/// What a combinator of a section is.
pub(crate) fn kind_of(section: SectionKind) -> Kind {
    match section {
        SectionKind::Functions => Kind::Function,
        SectionKind::Types => Kind::Constructor,
    }
}

impl Chapter<'_> {
    /// Whether there are several layers to compare.
    pub(crate) fn has_changes(&self, book: &Book<'_>) -> bool {
        !book.history(self).steps.is_empty()
    }

    /// The page of what has exactly this name.
    pub(crate) fn find(&self, kind: Kind, name: &str) -> Option<&Target> {
        self.targets.get(&kind)?.get(name)
    }

    /// The page of the function, type or constructor that has exactly this name.
    pub(crate) fn find_any(&self, name: &str) -> Option<&Target> {
        [Kind::Function, Kind::Constructor, Kind::Type].into_iter().find_map(|kind| self.find(kind, name))
    }

    /// The things of a kind that a namespace has, by name.
    pub(crate) fn siblings(&self, kind: Kind, namespace: &str) -> &[&str] {
        self.siblings.get(&kind).and_then(|of_kind| of_kind.get(namespace)).map_or(&[], Vec::as_slice)
    }

    /// What is known about a combinator.
    pub(crate) fn description(&self, idx: CombinatorIdx) -> Option<&str> {
        let combinator = self.schema.combinator(idx);
        let name = combinator.name.full();
        match combinator.kind {
            SectionKind::Functions => self.metadata.function(name)?.description.as_deref(),
            SectionKind::Types => self.metadata.constructor(name)?.description.as_deref(),
        }
    }

    /// What is known about a type. For a type with one constructor it is what is known about the constructor.
    pub(crate) fn type_description(&self, idx: TypeIdx) -> Option<&str> {
        let ty = self.schema.ty(idx);
        let own = self.metadata.ty(ty.name.full()).and_then(|ty| ty.description.as_deref());
        own.or_else(|| match ty.constructors[..] {
            [constructor] => self.description(constructor),
            _ => None,
        })
    }

    /// What is known about a parameter.
    pub(crate) fn field(&self, idx: CombinatorIdx, name: &str) -> Option<&tlgen_meta::Field> {
        let combinator = self.schema.combinator(idx);
        let owner = combinator.name.full();
        match combinator.kind {
            SectionKind::Functions => self.metadata.function(owner)?.fields.get(name),
            SectionKind::Types => self.metadata.constructor(owner)?.fields.get(name),
        }
    }
}

fn siblings(schema: &Schema) -> HashMap<Kind, HashMap<&str, Vec<&str>>> {
    let combinators = schema.combinators.iter().map(|combinator| (kind_of(combinator.kind), &combinator.name));
    let mut siblings: HashMap<Kind, HashMap<&str, Vec<&str>>> = HashMap::new();
    for (kind, name) in combinators.chain(schema.types.iter().map(|ty| (Kind::Type, &ty.name))) {
        siblings.entry(kind).or_default().entry(name.namespace()).or_default().push(name.full());
    }
    for names in siblings.values_mut().flat_map(HashMap::values_mut) {
        names.sort_by_cached_key(|name| (name.to_lowercase(), *name));
        names.dedup();
    }
    siblings
}

fn targets<'a>(schema: &'a Schema, paths: &Paths) -> HashMap<Kind, HashMap<&'a str, Target>> {
    let combinators = (0..)
        .map(CombinatorIdx)
        .zip(&schema.combinators)
        .map(|(idx, combinator)| (kind_of(combinator.kind), combinator.name.full(), paths.combinator(idx)));
    let types = schema.types().map(|(idx, ty)| (Kind::Type, ty.name.full(), paths.ty(idx)));
    let mut targets: HashMap<Kind, HashMap<&'a str, Target>> = HashMap::new();
    for (kind, name, target) in combinators.chain(types) {
        targets.entry(kind).or_default().insert(name, target);
    }
    targets
}
