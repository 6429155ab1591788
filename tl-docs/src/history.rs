//! The layers of one API, and what each of them changed.
//!
//! What comes in are the schemas of the layers, ascending; what goes out are, for each thing, the layers in which it was added,
//! changed or removed, with the differences. Layers that leave a thing as it is are not listed.

use std::collections::{BTreeMap, BTreeSet};

use tlgen_model::schema::{Combinator, CombinatorIdx, Schema, SectionKind};
use tlgen_model::view::Declaration;

use crate::tl;

/// What happened to a thing in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The layer before does not have it, or there is none.
    First,
    /// It differs from that of the layer before.
    Changed,
    /// The layer before has it.
    Removed,
}

/// What one layer did to a thing.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) layer: u32,
    pub(crate) change: Change,
    pub(crate) differences: Vec<Difference>,
    /// The declarations in this layer, long ones on several lines; none where it is removed.
    pub(crate) declarations: Vec<String>,
}

/// One difference to the layer before. The texts are TL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// A field, as `name: type`, or a constructor of a type.
    Added(String),
    Removed(String),
    /// The same field with another type, a constructor with another declaration, the id or the result.
    Changed {
        what: String,
        before: String,
        after: String,
    },
    /// The same fields in another order.
    Reordered,
}

/// Functions, constructors and types can share a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Function,
    Constructor,
    Type,
}

/// The layers of one API, ascending, and all things in them.
#[derive(Default)]
pub(crate) struct History {
    /// All layers, ascending.
    pub(crate) layers: Vec<u32>,
    /// How many things of older layers the newest layer does not have.
    pub(crate) removed: usize,
    versions: BTreeMap<Kind, BTreeMap<String, Vec<Version>>>,
}

impl History {
    /// The history of the units `members`, which are a layer and an index into `schemas` each, ascending by layer.
    pub(crate) fn of(members: &[(u32, usize)], schemas: &[&Schema]) -> Self {
        let mut history = Self { layers: members.iter().map(|(layer, _)| *layer).collect(), ..Self::default() };
        let mut before: BTreeMap<Key<'_>, Thing<'_>> = BTreeMap::new();
        for &(layer, unit) in members {
            let here = things(schemas[unit]);
            for (key, thing) in &here {
                let (change, differences) = match before.get(key) {
                    None => (Change::First, Vec::new()),
                    Some(old) => (Change::Changed, old.differences(thing)),
                };
                if change == Change::First || !differences.is_empty() {
                    history.add(key, Version { layer, change, differences, declarations: thing.declarations() });
                }
            }
            for key in before.keys().filter(|key| !here.contains_key(*key)) {
                let change = Change::Removed;
                history.add(key, Version { layer, change, differences: Vec::new(), declarations: Vec::new() });
            }
            before = here;
        }
        let all = history.versions.values().flat_map(BTreeMap::values);
        history.removed =
            all.filter(|versions| versions.last().is_some_and(|last| last.change == Change::Removed)).count();
        history
    }

    fn add(&mut self, key: &Key<'_>, version: Version) {
        self.versions.entry(key.0).or_default().entry(key.1.to_owned()).or_default().push(version);
    }

    /// What the layers did to it, ascending.
    pub(crate) fn versions(&self, kind: Kind, name: &str) -> &[Version] {
        self.versions.get(&kind).and_then(|of_kind| of_kind.get(name)).map_or(&[], Vec::as_slice)
    }

    /// All things of a kind that some layer has, by name.
    pub(crate) fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.versions.get(&kind).into_iter().flatten().map(|(name, _)| name.as_str())
    }

    /// What a layer did to it.
    pub(crate) fn at(&self, kind: Kind, name: &str, layer: u32) -> Option<&Version> {
        self.versions(kind, name).iter().find(|version| version.layer == layer)
    }

    /// The layer in which it was added, seen from a layer that has it: it is in all layers between the two.
    pub(crate) fn since(&self, kind: Kind, name: &str, layer: u32) -> Option<u32> {
        let up_to = self.versions(kind, name).iter().take_while(|version| version.layer <= layer);
        up_to.filter(|version| version.change == Change::First).last().map(|version| version.layer)
    }

    /// The last layer that has it, where a later one does not.
    pub(crate) fn until(&self, kind: Kind, name: &str) -> Option<u32> {
        let last = self.versions(kind, name).last().filter(|version| version.change == Change::Removed)?;
        self.layers.iter().rev().find(|layer| **layer < last.layer).copied()
    }
}

type Key<'s> = (Kind, &'s str);

/// A thing in one layer.
enum Thing<'s> {
    Combinator(&'s Combinator),
    Type(BTreeMap<&'s str, &'s Combinator>),
}

fn things(schema: &Schema) -> BTreeMap<Key<'_>, Thing<'_>> {
    let combinators = schema.combinators.iter().map(|combinator| {
        let kind = match combinator.kind {
            SectionKind::Functions => Kind::Function,
            SectionKind::Types => Kind::Constructor,
        };
        ((kind, combinator.name.full()), Thing::Combinator(combinator))
    });
    let named = |idx: &CombinatorIdx| {
        let combinator = schema.combinator(*idx);
        (combinator.name.full(), combinator)
    };
    let types = schema
        .types()
        .map(|(_, ty)| ((Kind::Type, ty.name.full()), Thing::Type(ty.constructors.iter().map(named).collect())));
    combinators.chain(types).collect()
}

impl Thing<'_> {
    fn declarations(&self) -> Vec<String> {
        match self {
            Self::Combinator(combinator) => vec![tl::lines(combinator)],
            Self::Type(constructors) => constructors.values().map(|one| tl::lines(one)).collect(),
        }
    }

    fn differences(&self, after: &Thing<'_>) -> Vec<Difference> {
        match (self, after) {
            (Self::Combinator(before), Thing::Combinator(after)) => of_combinators(before, after),
            (Self::Type(before), Thing::Type(after)) => of_types(before, after),
            _ => Vec::new(),
        }
    }
}

fn of_combinators(before: &Combinator, after: &Combinator) -> Vec<Difference> {
    if before.declaration == after.declaration {
        return Vec::new();
    }
    let fields = |combinator: &Combinator| -> Vec<(String, String)> {
        let names = combinator.params.iter().map(|param| param.name.as_deref().unwrap_or("_").to_owned());
        names.zip(Declaration::of(combinator).types()).collect()
    };
    let (old, new) = (fields(before), fields(after));
    let of = |list: &[(String, String)], name: &str| list.iter().find(|(other, _)| other == name).cloned();
    let mut found = Vec::new();
    for (name, ty) in &old {
        match of(&new, name) {
            None => found.push(Difference::Removed(format!("{name}: {ty}"))),
            Some((_, now)) if now != *ty => {
                found.push(Difference::Changed { what: name.clone(), before: ty.clone(), after: now });
            }
            Some(_) => {}
        }
    }
    for (name, ty) in new.iter().filter(|(name, _)| of(&old, name).is_none()) {
        found.push(Difference::Added(format!("{name}: {ty}")));
    }
    let common = |list: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
        list.iter().filter(|(name, _)| of(other, name).is_some()).map(|(name, _)| name.clone()).collect()
    };
    if common(&old, &new) != common(&new, &old) {
        found.push(Difference::Reordered);
    }
    changed(&mut found, "result", Declaration::of(before).result(), Declaration::of(after).result());
    changed(&mut found, "id", format!("{:08x}", before.id), format!("{:08x}", after.id));
    if found.is_empty() {
        // Only what is in braces differs.
        changed(&mut found, "declaration", before.declaration.to_string(), after.declaration.to_string());
    }
    found
}

fn changed(found: &mut Vec<Difference>, what: &str, before: String, after: String) {
    if before != after {
        found.push(Difference::Changed { what: what.to_owned(), before, after });
    }
}

fn of_types(before: &BTreeMap<&str, &Combinator>, after: &BTreeMap<&str, &Combinator>) -> Vec<Difference> {
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let difference = |name: &str| match (before.get(name), after.get(name)) {
        (Some(_), None) => Some(Difference::Removed(name.to_owned())),
        (None, Some(_)) => Some(Difference::Added(name.to_owned())),
        (Some(old), Some(new)) if old.declaration != new.declaration => Some(Difference::Changed {
            what: name.to_owned(),
            before: format!("{:08x}", old.id),
            after: format!("{:08x}", new.id),
        }),
        _ => None,
    };
    names.into_iter().filter_map(difference).collect()
}
