//! What is checked when everything is linked.

use std::collections::{BTreeMap, HashMap};

use tlgen_parser::source::Location;

use crate::Reading;
use crate::analysis::finite::Finite;
use crate::analysis::recursion::Recursion;
use crate::error::{ErrorKind, Problems};
use crate::schema::{Combinator, CombinatorIdx, Schema, TypeIdx};

/// `is_proved` tells whether the written id of a combinator proves its line.
pub(crate) fn check(
    schema: &Schema,
    reading: &Reading<'_>,
    is_proved: impl Fn(CombinatorIdx) -> bool,
    problems: &mut Problems,
) {
    ids(schema, problems);
    namespaces(schema, problems);
    // A type with an undefined argument ends or not, nobody knows.
    if problems.errors.is_empty() {
        finite(schema, reading, is_proved, problems);
    }
}

/// Two constructors of one type must differ by id; others may share one.
fn ids(schema: &Schema, problems: &mut Problems) {
    let mut ids: Vec<(u32, u32)> = (0..).zip(&schema.combinators).map(|(place, found)| (found.id, place)).collect();
    ids.sort_unstable();
    let mut clashes = Vec::new();
    for shared in ids.chunk_by(|(a, _), (b, _)| a == b).filter(|shared| shared.len() > 1) {
        let mut in_type: HashMap<TypeIdx, CombinatorIdx> = HashMap::new();
        for &(_, place) in shared {
            let idx = CombinatorIdx(place);
            let before = schema.combinator(idx).ty.and_then(|ty| in_type.insert(ty, idx));
            let first = CombinatorIdx(shared[0].1);
            if before.is_some() || first != idx {
                clashes.push((idx, before.unwrap_or(first), before.is_some()));
            }
        }
    }
    clashes.sort_unstable();
    for (idx, first, is_same_type) in clashes {
        let Combinator { id, name, name_location, .. } = schema.combinator(idx);
        let first = schema.combinator(first);
        let (name, other, id) = (name.full().to_owned(), first.name.full().to_owned(), *id);
        let first = first.name_location;
        if is_same_type {
            problems.add(ErrorKind::DuplicateId { name, other, id, first }, *name_location);
        } else {
            problems.add(ErrorKind::SharedId { name, other, id, first }, *name_location);
        }
    }
}

/// Namespaces that a tool which makes folders of them may take for one.
fn namespaces(schema: &Schema, problems: &mut Problems) {
    let mut spelled: HashMap<String, (&str, Location)> = HashMap::new();
    let mut clashes: BTreeMap<&str, (Location, &str, Location)> = BTreeMap::new();
    let combinators = schema.combinators.iter().map(|combinator| (&combinator.name, combinator.name_location));
    let types = schema.types.iter().map(|ty| (&ty.name, ty.location));
    for (name, location) in combinators.chain(types) {
        let namespace = name.namespace();
        if namespace.is_empty() {
            continue;
        }
        let &mut (other, first) = spelled.entry(namespace.to_ascii_lowercase()).or_insert((namespace, location));
        if other != namespace {
            clashes.entry(namespace).or_insert((location, other, first));
        }
    }
    for (name, (location, other, first)) in clashes {
        let kind = ErrorKind::NamespaceCase { name: name.to_owned(), other: other.to_owned(), first };
        problems.add(kind, location);
    }
}

fn finite(schema: &Schema, reading: &Reading<'_>, is_proved: impl Fn(CombinatorIdx) -> bool, problems: &mut Problems) {
    let finite = Finite::of(schema);
    let endless = |idx: TypeIdx| finite.constructor(idx).is_none() && !schema.ty(idx).constructors.is_empty();
    if !schema.types().any(|(idx, _)| endless(idx)) {
        return;
    }
    // What only holds such a type is not at fault.
    let recursion = Recursion::of(schema);
    for (idx, ty) in schema.types() {
        if endless(idx) && recursion.is_recursive(idx) {
            // The constructor with an end may be in another part of the schema.
            let is_part = || reading.may_be_part() && ty.constructors.iter().all(|idx| is_proved(*idx));
            let is_warning = reading.is_fragment() || is_part();
            problems.report(ErrorKind::NoFiniteValue { ty: ty.name.full().to_owned() }, ty.location, is_warning);
        }
    }
}
