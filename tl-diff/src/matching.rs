//! Which declaration of the old schema is which of the new one.
//!
//! By name first. What is left on both sides is the same thing under another name if it has the same id, or if nothing else on
//! either side has its arguments and its result.

use std::collections::{BTreeMap, HashMap};

use tlgen_model::schema::{Combinator, CombinatorIdx, Schema};

use crate::item::{Item, Kind};

/// A declaration of one side or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pair {
    pub(crate) old: Option<CombinatorIdx>,
    pub(crate) new: Option<CombinatorIdx>,
}

/// A default constructor has no name of its own, so its type tells it.
type Key<'s> = (Kind, &'s str, &'s str);

fn key(combinator: &Combinator) -> Key<'_> {
    let name = combinator.name.full();
    let result =
        if name == "_" { combinator.declaration.rsplit_once('=').map_or("", |(_, result)| result.trim()) } else { "" };
    (Kind::of(combinator.kind), name, result)
}

fn keys(schema: &Schema) -> BTreeMap<Key<'_>, CombinatorIdx> {
    (0..).map(CombinatorIdx).zip(&schema.combinators).map(|(idx, combinator)| (key(combinator), idx)).collect()
}

/// All declarations, each once.
pub(crate) fn pairs(old: &Schema, new: &Schema) -> Vec<Pair> {
    let (olds, news) = (keys(old), keys(new));
    let mut pairs: Vec<Pair> =
        olds.iter().filter_map(|(key, idx)| Some(Pair { old: Some(*idx), new: Some(*news.get(key)?) })).collect();
    let left = |side: &BTreeMap<Key<'_>, CombinatorIdx>, other: &BTreeMap<Key<'_>, CombinatorIdx>| {
        side.iter().filter(|(key, _)| !other.contains_key(*key)).map(|(_, idx)| *idx).collect::<Vec<_>>()
    };
    let (mut removed, mut added) = (left(&olds, &news), left(&news, &olds));
    let mut same = by_id(old, new, &removed, &added);
    take(&mut same, &mut removed, &mut added, &mut pairs);
    let mut same = by_body(old, new, &removed, &added);
    take(&mut same, &mut removed, &mut added, &mut pairs);
    pairs.extend(removed.into_iter().map(|idx| Pair { old: Some(idx), new: None }));
    pairs.extend(added.into_iter().map(|idx| Pair { old: None, new: Some(idx) }));
    pairs
}

fn take(
    same: &mut Vec<(CombinatorIdx, CombinatorIdx)>,
    removed: &mut Vec<CombinatorIdx>,
    added: &mut Vec<CombinatorIdx>,
    pairs: &mut Vec<Pair>,
) {
    for (old, new) in same.drain(..) {
        removed.retain(|idx| *idx != old);
        added.retain(|idx| *idx != new);
        pairs.push(Pair { old: Some(old), new: Some(new) });
    }
}

/// The only removed and the only added declaration with one id.
fn by_id(
    old: &Schema,
    new: &Schema,
    removed: &[CombinatorIdx],
    added: &[CombinatorIdx],
) -> Vec<(CombinatorIdx, CombinatorIdx)> {
    let id = |schema: &Schema, idx: CombinatorIdx| {
        let combinator = schema.combinator(idx);
        (combinator.name.full() != "_").then_some(combinator.id)
    };
    unique(removed.iter().map(|idx| (id(old, *idx), *idx)), added.iter().map(|idx| (id(new, *idx), *idx)))
}

/// The only removed and the only added declaration of a kind with the same variables, arguments and result, if the names are alike
/// or there are arguments.
fn by_body(
    old: &Schema,
    new: &Schema,
    removed: &[CombinatorIdx],
    added: &[CombinatorIdx],
) -> Vec<(CombinatorIdx, CombinatorIdx)> {
    let body = |schema: &Schema, idx: CombinatorIdx| {
        let item = Item::of(schema.combinator(idx));
        Some((item.kind, item.body()))
    };
    let mut same =
        unique(removed.iter().map(|idx| (body(old, *idx), *idx)), added.iter().map(|idx| (body(new, *idx), *idx)));
    same.retain(|(from, to)| {
        let (from, to) = (old.combinator(*from), new.combinator(*to));
        !from.params.is_empty() || is_alike(from.name.full(), to.name.full())
    });
    same
}

/// The pairs whose key stands once on each side.
fn unique<K: std::hash::Hash + Eq>(
    removed: impl Iterator<Item = (Option<K>, CombinatorIdx)>,
    added: impl Iterator<Item = (Option<K>, CombinatorIdx)>,
) -> Vec<(CombinatorIdx, CombinatorIdx)> {
    #[derive(Default)]
    struct Found {
        old: Vec<CombinatorIdx>,
        new: Vec<CombinatorIdx>,
    }
    let mut found: HashMap<K, Found> = HashMap::new();
    for (key, idx) in removed {
        if let Some(key) = key {
            found.entry(key).or_default().old.push(idx);
        }
    }
    for (key, idx) in added {
        if let Some(key) = key {
            found.entry(key).or_default().new.push(idx);
        }
    }
    let mut pairs: Vec<_> = found
        .into_values()
        .filter_map(|found| match (&*found.old, &*found.new) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    pairs
}

/// Whether one of two names is likely to be the other one's successor: the same identifier in another namespace, or half of the
/// letters in common at both ends.
fn is_alike(a: &str, b: &str) -> bool {
    let ident = |name: &str| name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if ident(a) == ident(b) {
        return true;
    }
    let prefix = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let rest = a.len().min(b.len()) - prefix;
    let suffix = a.bytes().rev().zip(b.bytes().rev()).take(rest).take_while(|(a, b)| a == b).count();
    2 * (prefix + suffix) >= a.len().max(b.len())
}
