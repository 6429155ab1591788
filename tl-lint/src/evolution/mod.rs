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

use tlgen_model::schema::{Combinator, CombinatorIdx, Schema};
use tlgen_model::versions::Versions;
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
        let Versions { mut kept, removed, added } = Versions::of(old, new);
        kept.sort_unstable_by_key(|(_, to)| *to);
        let mut pair_of = vec![None; new.combinators.len()];
        let mut pairs = Vec::with_capacity(kept.len());
        for (from, new_idx) in kept {
            pair_of[new_idx.0 as usize] = Some(pairs.len());
            let (from, to) = (old.combinator(from), new.combinator(new_idx));
            pairs.push(Pair { old: from, new: to, new_idx, fields: Alignment::new(old, from, new, to) });
        }
        let removed = removed.into_iter().map(|idx| old.combinator(idx)).collect();
        let added = added.into_iter().map(|idx| new.combinator(idx)).collect();
        Self { old, new, pairs, pair_of, removed, added }
    }
}
