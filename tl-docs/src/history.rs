//! Which layers of an API have a thing.

use std::collections::HashMap;

use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeIdx};

use crate::book::Unit;
use crate::paths::{Paths, Target};

/// Whether a thing differs from that in the layer before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is not in the layer before, or there is none.
    First,
    Same,
    Changed,
}

/// A thing in one layer.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) layer: u32,
    pub(crate) target: Target,
    pub(crate) change: Change,
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
    versions: HashMap<(Kind, String), Vec<Version>>,
}

impl History {
    /// The history of each unit: units of one API have the same.
    ///
    /// Units are of one API when their names differ in nothing but the number of the layer at the end, as in
    /// `telegram_132` and `telegram_228`.
    pub(crate) fn of(units: &[Unit<'_>], paths: &[Paths]) -> (Vec<Self>, Vec<usize>) {
        let mut families: Vec<(String, Vec<usize>)> = Vec::new();
        let mut family_of = Vec::new();
        for (place, unit) in units.iter().enumerate() {
            let name = family(unit);
            let known = families.iter().position(|(family, _)| *family == name);
            let at = known.unwrap_or_else(|| {
                families.push((name, Vec::new()));
                families.len() - 1
            });
            families[at].1.push(place);
            family_of.push(at);
        }
        let histories = families.iter().map(|(_, members)| Self::join(members, units, paths)).collect();
        (histories, family_of)
    }

    fn join(members: &[usize], units: &[Unit<'_>], paths: &[Paths]) -> Self {
        let mut members: Vec<(u32, usize)> =
            members.iter().filter_map(|place| Some((units[*place].schema.layer?, *place))).collect();
        members.sort_unstable();
        let mut history = Self { layers: members.iter().map(|(layer, _)| *layer).collect(), ..Self::default() };
        let mut before: HashMap<(Kind, String), String> = HashMap::new();
        for (layer, place) in members {
            let mut here = HashMap::new();
            for (key, shape, target) in things(units[place].schema, &paths[place]) {
                let change = match before.get(&key) {
                    None => Change::First,
                    Some(old) if *old == shape => Change::Same,
                    Some(_) => Change::Changed,
                };
                history.versions.entry(key.clone()).or_default().push(Version { layer, target, change });
                here.insert(key, shape);
            }
            before = here;
        }
        history
    }

    /// The layers that have it, ascending.
    pub(crate) fn versions(&self, kind: Kind, name: &str) -> &[Version] {
        self.versions.get(&(kind, name.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The layer in which it came, seen from a layer that has it: it is in all layers between the two.
    pub(crate) fn since(&self, kind: Kind, name: &str, layer: u32) -> Option<u32> {
        let versions = self.versions(kind, name);
        let here = versions.iter().position(|version| version.layer == layer)?;
        let first = versions[..=here].iter().rposition(|version| version.change == Change::First)?;
        Some(versions[first].layer)
    }
}

/// The name without the layer, or the whole name.
fn family(unit: &Unit<'_>) -> String {
    let layer = unit.schema.layer.map(|layer| layer.to_string());
    let stem = layer.and_then(|layer| unit.name.strip_suffix(&layer));
    stem.map_or_else(|| unit.name.clone(), |stem| stem.trim_end_matches(['_', '-']).to_owned())
}

/// Everything in a schema with what makes it another one, and its page.
fn things<'s>(schema: &'s Schema, paths: &'s Paths) -> impl Iterator<Item = ((Kind, String), String, Target)> + 's {
    let combinators = (0..).map(CombinatorIdx).zip(&schema.combinators).map(|(idx, combinator)| {
        let kind = match combinator.kind {
            SectionKind::Functions => Kind::Function,
            SectionKind::Types => Kind::Constructor,
        };
        ((kind, combinator.name.full().to_owned()), combinator.declaration.to_string(), paths.combinator(idx))
    });
    let types = schema.types().map(|(idx, ty): (TypeIdx, _)| {
        let names: Vec<&str> = ty.constructors.iter().map(|c| &*schema.combinator(*c).declaration).collect();
        ((Kind::Type, ty.name.full().to_owned()), names.join("\n"), paths.ty(idx))
    });
    combinators.chain(types)
}
