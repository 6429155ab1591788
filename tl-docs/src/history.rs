//! The layers of one API, and what each of them changed.
//!
//! What comes in are the schemas of the layers, ascending; what goes out are the changes of each layer, and for each thing the layers
//! in which it was added, changed or removed, with the differences. Layers that leave a thing as it is are not listed. What a
//! difference is says `tlgen_diff`; descriptions have sources of their own, so they are none.

use std::collections::{BTreeMap, BTreeSet};

use tlgen_diff::{Change as Changed, Diff, changes, report};
use tlgen_model::schema::{Combinator, CombinatorIdx, Schema, SectionKind};

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

/// One difference to the layer before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// `+`, `-` or `~`.
    pub(crate) sign: char,
    /// In TL, or in words.
    pub(crate) text: String,
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
    /// The changes of each layer but the first, ascending.
    pub(crate) steps: Vec<Step>,
    /// How many things of older layers the newest layer does not have.
    pub(crate) removed: usize,
    versions: BTreeMap<Kind, BTreeMap<String, Vec<Version>>>,
}

/// What a layer changed.
pub(crate) struct Step {
    pub(crate) layer: u32,
    /// The layer before it.
    pub(crate) before: u32,
    /// The changes of more than descriptions.
    pub(crate) diff: Diff,
}

impl History {
    /// The history of the units `members`, which are a layer and an index into `schemas` each, ascending by layer.
    pub(crate) fn of(members: &[(u32, usize)], schemas: &[&Schema]) -> Self {
        let mut history = Self { layers: members.iter().map(|(layer, _)| *layer).collect(), ..Self::default() };
        let Some(&(layer, unit)) = members.first() else { return history };
        for (key, thing) in &things(schemas[unit]) {
            history.add(
                key,
                Version { layer, change: Change::First, differences: Vec::new(), declarations: thing.declarations() },
            );
        }
        for pair in members.windows(2) {
            let ((before, old), (layer, new)) = (pair[0], pair[1]);
            let mut diff = changes(schemas[old], schemas[new]);
            diff.forget_descriptions();
            history.step(layer, schemas[old], schemas[new], &diff);
            history.steps.push(Step { layer, before, diff });
        }
        let all = history.versions.values().flat_map(BTreeMap::values);
        history.removed =
            all.filter(|versions| versions.last().is_some_and(|last| last.change == Change::Removed)).count();
        history
    }

    /// Adds what a layer did.
    fn step(&mut self, layer: u32, old: &Schema, new: &Schema, diff: &Diff) {
        let (before, here) = (things(old), things(new));
        let mut differences: BTreeMap<Key<'_>, Vec<Difference>> = BTreeMap::new();
        for change in &diff.changes {
            for (key, found) in of_declaration(change) {
                differences.entry(key).or_default().extend(found);
            }
        }
        for (key, thing) in &here {
            let declarations = thing.declarations();
            let found = match (before.get(key), thing) {
                (Some(Thing::Type(old)), Thing::Type(new)) => of_types(old, new, &differences),
                _ => differences.get(key).cloned().unwrap_or_default(),
            };
            let change = if before.contains_key(key) { Change::Changed } else { Change::First };
            if change == Change::First || !found.is_empty() {
                self.add(key, Version { layer, change, differences: found, declarations });
            }
        }
        for key in before.keys().filter(|key| !here.contains_key(*key)) {
            let differences = differences.get(key).cloned().unwrap_or_default();
            self.add(key, Version { layer, change: Change::Removed, differences, declarations: Vec::new() });
        }
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
}

/// What a change is under the names of both versions.
fn of_declaration(change: &Changed) -> Vec<(Key<'_>, Vec<Difference>)> {
    let key = |version: &'_ tlgen_diff::Version| kind_of(version.item.kind);
    let Some((old, new)) = change.old.as_ref().zip(change.new.as_ref()) else { return Vec::new() };
    let mut edits: Vec<Difference> =
        report::edits(change).into_iter().map(|line| Difference { sign: line.sign, text: line.text }).collect();
    if old.item.id != new.item.id {
        edits.push(Difference { sign: '~', text: format!("id: {:08x} -> {:08x}", old.item.id, new.item.id) });
    }
    let (from, to) = ((key(old), old.item.name.as_str()), (key(new), new.item.name.as_str()));
    if from == to {
        return vec![(to, edits)];
    }
    let said = |text: String| Difference { sign: '~', text };
    edits.insert(0, said(format!("was the {} {}", old.item.kind.word(), old.item.name)));
    vec![(from, vec![said(format!("is the {} {}", new.item.kind.word(), new.item.name))]), (to, edits)]
}

pub(crate) fn kind_of(kind: tlgen_diff::Kind) -> Kind {
    match kind {
        tlgen_diff::Kind::Function => Kind::Function,
        tlgen_diff::Kind::Constructor => Kind::Constructor,
        tlgen_diff::Kind::Type => Kind::Type,
    }
}

/// The constructors that a type gained and lost, and those that differ.
fn of_types(
    before: &BTreeMap<&str, &Combinator>,
    after: &BTreeMap<&str, &Combinator>,
    differences: &BTreeMap<Key<'_>, Vec<Difference>>,
) -> Vec<Difference> {
    let names: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let difference = |name: &str| {
        let (sign, text) = match (before.get(name), after.get(name)) {
            (Some(_), None) => ('-', name.to_owned()),
            (None, Some(_)) => ('+', name.to_owned()),
            (Some(old), Some(new)) if old.id != new.id => ('~', format!("{name}: {:08x} -> {:08x}", old.id, new.id)),
            (Some(_), Some(_)) if differences.contains_key(&(Kind::Constructor, name)) => ('~', name.to_owned()),
            _ => return None,
        };
        Some(Difference { sign, text })
    };
    names.into_iter().filter_map(difference).collect()
}
