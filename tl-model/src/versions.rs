//! Which declaration of one version of a schema is which of the next.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use crate::schema::{Combinator, CombinatorIdx, Schema, SectionKind};

/// The declarations of two versions, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The old and the new index of what is in both.
    pub kept: Vec<(CombinatorIdx, CombinatorIdx)>,
    /// What only the old version has, ascending.
    pub removed: Vec<CombinatorIdx>,
    /// What only the new version has, ascending.
    pub added: Vec<CombinatorIdx>,
}

/// A default constructor, `_`, has no name of its own, so its type tells it.
type Key<'s> = (SectionKind, &'s str, &'s str);

impl Versions {
    /// By section and name, and what is left by its id, which a new name does not change on the wire.
    #[must_use]
    pub fn of(old: &Schema, new: &Schema) -> Self {
        let (olds, news) = (keys(old), keys(new));
        let left = |side: &Keys<'_>, other: &Keys<'_>| {
            let left = side.iter().filter(|(key, _)| !other.contains_key(*key)).map(|(_, idx)| *idx);
            left.collect::<BTreeSet<_>>().into_iter().collect()
        };
        let mut kept: Vec<_> = olds.iter().filter_map(|(key, idx)| Some((*idx, *news.get(key)?))).collect();
        kept.sort_unstable();
        let mut versions = Self { kept, removed: left(&olds, &news), added: left(&news, &olds) };
        versions.keep_same(
            old,
            new,
            |combinator| (combinator.name.full() != "_").then_some(combinator.id),
            |_, _| true,
        );
        versions
    }

    /// Moves to [`kept`](Self::kept) what is alone on both sides with its key, where `is_same` agrees.
    pub fn keep_same<K: Hash + Eq>(
        &mut self,
        old: &Schema,
        new: &Schema,
        key: impl Fn(&Combinator) -> Option<K>,
        is_same: impl Fn(&Combinator, &Combinator) -> bool,
    ) {
        let by_key = |schema: &Schema, side: &[CombinatorIdx]| {
            let mut alone: HashMap<K, Option<CombinatorIdx>> = HashMap::new();
            for idx in side {
                if let Some(key) = key(schema.combinator(*idx)) {
                    alone.entry(key).and_modify(|found| *found = None).or_insert(Some(*idx));
                }
            }
            alone
        };
        let (olds, news) = (by_key(old, &self.removed), by_key(new, &self.added));
        let same: BTreeMap<CombinatorIdx, CombinatorIdx> = olds
            .iter()
            .filter_map(|(key, from)| Some(((*from)?, (*news.get(key)?)?)))
            .filter(|(from, to)| is_same(old.combinator(*from), new.combinator(*to)))
            .collect();
        let taken: BTreeSet<CombinatorIdx> = same.values().copied().collect();
        self.removed.retain(|idx| !same.contains_key(idx));
        self.added.retain(|idx| !taken.contains(idx));
        self.kept.extend(same);
    }
}

type Keys<'s> = HashMap<Key<'s>, CombinatorIdx>;

fn keys(schema: &Schema) -> Keys<'_> {
    (0..).map(CombinatorIdx).zip(&schema.combinators).map(|(idx, combinator)| (key(combinator), idx)).collect()
}

fn key(combinator: &Combinator) -> Key<'_> {
    let name = combinator.name.full();
    let result =
        if name == "_" { combinator.declaration.rsplit_once('=').map_or("", |(_, result)| result.trim()) } else { "" };
    (combinator.kind, name, result)
}
