//! Everything that several pages need of a schema.

use std::collections::HashMap;

use tlgen_build::ir::Package;
use tlgen_meta::Metadata;
use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeIdx};

use crate::example::Samples;
use crate::history::{History, Kind};
use crate::paths::{Paths, Target};
use crate::relations::Relations;
use crate::rust::Items;

/// One schema to be documented.
#[derive(Clone, Debug)]
pub struct Unit<'a> {
    /// Its name, of letters, digits, `_` and `-`: the folder of its pages. Units whose names differ in the number of
    /// the layer at the end, as in `telegram_132` and `telegram_228`, are layers of one API.
    pub name: String,
    /// The Rust path of its module, as in `tl_generated::telegram_228`.
    pub rust_path: String,
    /// The schema.
    pub schema: &'a Schema,
    /// Its Rust items, lowered from this schema without a selection; without them the pages say nothing about Rust.
    pub package: Option<&'a Package>,
    /// What is known beyond the declarations.
    pub metadata: &'a Metadata,
}

/// All schemas of a site.
pub(crate) struct Book<'a> {
    pub(crate) title: &'a str,
    pub(crate) units: Vec<Chapter<'a>>,
    histories: Vec<History>,
}

/// One schema of a site.
pub(crate) struct Chapter<'a> {
    /// Its place in [`Book::units`].
    pub(crate) place: usize,
    pub(crate) unit: &'a Unit<'a>,
    pub(crate) schema: &'a Schema,
    pub(crate) metadata: &'a Metadata,
    pub(crate) paths: Paths,
    pub(crate) relations: Relations,
    pub(crate) items: Option<Items<'a>>,
    pub(crate) samples: Option<Samples>,
    names: HashMap<Kind, HashMap<&'a str, Target>>,
    family: usize,
}

impl<'a> Book<'a> {
    pub(crate) fn new(units: &'a [Unit<'a>], title: &'a str) -> Self {
        let paths: Vec<Paths> = units.iter().map(|unit| Paths::new(&unit.name, unit.schema)).collect();
        let (histories, family_of) = History::of(units, &paths);
        let units = units.iter().zip(paths).enumerate().map(|(place, (unit, paths))| {
            let names = names(unit.schema, &paths);
            let items = unit.package.and_then(|package| Items::new(unit.schema, package));
            let samples = items.as_ref().and(unit.package).map(Samples::of);
            Chapter {
                place,
                unit,
                schema: unit.schema,
                metadata: unit.metadata,
                paths,
                relations: Relations::of(unit.schema),
                items,
                samples,
                names,
                family: family_of[place],
            }
        });
        Self { title, units: units.collect(), histories }
    }

    pub(crate) fn history(&self, chapter: &Chapter<'_>) -> &History {
        &self.histories[chapter.family]
    }
}

impl Chapter<'_> {
    /// The page of what has exactly this name.
    pub(crate) fn find(&self, kind: Kind, name: &str) -> Option<&Target> {
        self.names.get(&kind)?.get(name)
    }

    /// The page of the function, type or constructor that has exactly this name.
    pub(crate) fn find_any(&self, name: &str) -> Option<&Target> {
        [Kind::Function, Kind::Constructor, Kind::Type].into_iter().find_map(|kind| self.find(kind, name))
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

    /// What is known about a type; of a type with one constructor, what is known about that.
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

fn names<'a>(schema: &'a Schema, paths: &Paths) -> HashMap<Kind, HashMap<&'a str, Target>> {
    let combinators = (0..).map(CombinatorIdx).zip(&schema.combinators).map(|(idx, combinator)| {
        let kind = match combinator.kind {
            SectionKind::Functions => Kind::Function,
            SectionKind::Types => Kind::Constructor,
        };
        (kind, combinator.name.full(), paths.combinator(idx))
    });
    let types = schema.types().map(|(idx, ty)| (Kind::Type, ty.name.full(), paths.ty(idx)));
    let mut names: HashMap<Kind, HashMap<&'a str, Target>> = HashMap::new();
    for (kind, name, target) in combinators.chain(types) {
        names.entry(kind).or_default().insert(name, target);
    }
    names
}
