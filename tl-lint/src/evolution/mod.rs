//! Rules about changes: what a new version of a schema may change so that programs of both versions read each other.
//!
//! These are the rules by which VK's engines change their schemas: an id keeps its declaration, and everything new is under a bit of a
//! word that old programs leave 0. The values of both versions are then the same bytes where nothing new is used.

mod align;
mod compare;
mod declarations;
mod fields;
mod rules;
mod scopes;

use std::collections::HashMap;

use tlgen_model::schema::{Combinator, CombinatorIdx, Schema, SectionKind};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Location;

use crate::Linted;
use crate::style::reserved;
use align::Alignment;
pub(crate) use rules::LINTS;
use scopes::Scopes;

/// What breaks a rule about changes from one version to another, whatever its level, in the order of the new files. The locations of
/// both versions are of the same [`Sources`](tlgen_parser::source::Sources).
///
/// A constructor or function is the same in both if it has the same name, or else the same id. Fields are the same by their names, and
/// a field with another name and the same type between the same neighbours was renamed, which changes no bytes.
#[must_use]
pub fn evolution(old: &Linted<'_>, new: &Linted<'_>) -> Vec<Diagnostic> {
    let change = Change::new(old.schema, new.schema);
    let scopes = Scopes::of(new.schema);
    let reserved: Vec<(Location, String, u8, Location)> = reserved(old);
    let mut found = Vec::new();
    declarations::check(&change, &mut found);
    for pair in &change.pairs {
        fields::check(&change, pair, &scopes, &reserved, &mut found);
    }
    found.sort_by_key(|finding| finding.primary.as_ref().map(|primary| primary.location));
    found
}

/// Two versions of a schema, and which declarations are the same in them.
struct Change<'s> {
    old: &'s Schema,
    new: &'s Schema,
    /// In the order of the new schema.
    pairs: Vec<Pair<'s>>,
    /// The index of the pair of each new combinator.
    pair_of: Vec<Option<usize>>,
    removed: Vec<&'s Combinator>,
    added: Vec<&'s Combinator>,
}

/// A combinator in both versions.
struct Pair<'s> {
    old: &'s Combinator,
    new: &'s Combinator,
    new_idx: CombinatorIdx,
    fields: Alignment,
}

impl<'s> Change<'s> {
    fn new(old: &'s Schema, new: &'s Schema) -> Self {
        let mut by_name: HashMap<(SectionKind, &str), usize> = HashMap::new();
        let mut by_id: HashMap<(SectionKind, u32), usize> = HashMap::new();
        for (index, combinator) in old.combinators.iter().enumerate() {
            by_name.insert((combinator.kind, combinator.name.full()), index);
            by_id.insert((combinator.kind, combinator.id), index);
        }
        let mut partner: Vec<Option<usize>> = new
            .combinators
            .iter()
            .map(|combinator| by_name.get(&(combinator.kind, combinator.name.full())).copied())
            .collect();
        let mut is_taken = vec![false; old.combinators.len()];
        partner.iter().flatten().for_each(|index| is_taken[*index] = true);
        for (combinator, partner) in new.combinators.iter().zip(&mut partner).filter(|(_, partner)| partner.is_none()) {
            let same_id = by_id.get(&(combinator.kind, combinator.id)).copied();
            *partner = same_id.filter(|index| !std::mem::replace(&mut is_taken[*index], true));
        }
        let mut change =
            Self { old, new, pairs: Vec::new(), pair_of: Vec::new(), removed: Vec::new(), added: Vec::new() };
        for (index, (combinator, partner)) in (0..).zip(new.combinators.iter().zip(partner)) {
            change.pair_of.push(partner.map(|_| change.pairs.len()));
            match partner {
                Some(partner) => {
                    let partner = &old.combinators[partner];
                    let fields = Alignment::new(old, partner, new, combinator);
                    change.pairs.push(Pair { old: partner, new: combinator, new_idx: CombinatorIdx(index), fields });
                }
                None => change.added.push(combinator),
            }
        }
        let removed = old.combinators.iter().zip(is_taken).filter(|(_, is_taken)| !is_taken);
        change.removed = removed.map(|(combinator, _)| combinator).collect();
        change
    }
}
