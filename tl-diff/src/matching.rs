//! Which declaration of the old schema is which of the new one.
//!
//! By name and id first. What is left on both sides is the same thing under another name if nothing else on either side has its
//! arguments and its result.

use tlgen_model::schema::{CombinatorIdx, Schema};
use tlgen_model::versions::Versions;

use crate::item::Item;

/// A declaration of one side or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pair {
    pub(crate) old: Option<CombinatorIdx>,
    pub(crate) new: Option<CombinatorIdx>,
}

/// All declarations, each once.
pub(crate) fn pairs(old: &Schema, new: &Schema) -> Vec<Pair> {
    let mut versions = Versions::of(old, new);
    versions.keep_same(
        old,
        new,
        |combinator| {
            let item = Item::of(combinator);
            Some((item.kind, item.body()))
        },
        // Two declarations without arguments have little in common.
        |from, to| !from.params.is_empty() || is_alike(from.name.full(), to.name.full()),
    );
    let kept = versions.kept.into_iter().map(|(old, new)| Pair { old: Some(old), new: Some(new) });
    let removed = versions.removed.into_iter().map(|idx| Pair { old: Some(idx), new: None });
    let added = versions.added.into_iter().map(|idx| Pair { old: None, new: Some(idx) });
    kept.chain(removed).chain(added).collect()
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
