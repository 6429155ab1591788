//! Sizes of values in memory.

use std::collections::BTreeSet;
use std::mem::size_of;

use grammers_tl_types as peer;
use tl_full_api as api;

use super::Setting;
use crate::case::GRAMMERS;
use crate::table::{Goal, Row};

/// How many of the largest types of each implementation are shown.
const LARGEST: usize = 10;

/// Each boxed type with the bytes that it takes in both implementations.
const TYPES: &[(&str, usize, usize)] = &include!(concat!(env!("OUT_DIR"), "/sizes.rs"));

/// The largest of our boxed types and of the peer's.
pub(super) fn values(_: &Setting) -> Result<Vec<Row>, String> {
    let mut types: Vec<_> = TYPES.to_vec();
    types.sort_by_key(|(name, ours, _)| (usize::MAX - ours, *name));
    let mut shown: BTreeSet<&str> = types.iter().take(LARGEST).map(|ty| ty.0).collect();
    types.sort_by_key(|(name, _, theirs)| (usize::MAX - theirs, *name));
    shown.extend(types.iter().take(LARGEST).map(|ty| ty.0));
    types.retain(|(name, ..)| shown.contains(name));
    let row = |(name, ours, theirs): (&str, usize, usize)| {
        Row::sizes(&format!("size_of {name}, bytes"), ours as u64, GRAMMERS, theirs as u64, Goal::None)
    };
    Ok(types.into_iter().map(row).collect())
}
