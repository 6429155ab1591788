//! Runs: steps side by side whose values take the same number of bytes each time, so that the runtime checks the room for
//! them once.

use std::collections::BTreeSet;
use std::ops::Range;

use super::scope::Scope;
pub(super) use crate::ir::fixed_size as size;
use crate::ir::{Step, Struct};

/// The runtime has tuples of so many values, and of so many bytes.
const MOST: (usize, u32) = (12, 256);

/// The number of steps, from the first of `steps`, that make up one run. Flags take no bytes and part nothing.
pub(super) fn length<'a>(steps: impl IntoIterator<Item = &'a Step>, item: &Struct) -> usize {
    let (mut parts, mut bytes, mut length) = (0, 0, 0);
    for (at, step) in steps.into_iter().enumerate() {
        if matches!(step, Step::Flag { .. }) {
            continue;
        }
        let Some(size) = size(step, item) else { break };
        if parts == MOST.0 || bytes + size > MOST.1 {
            break;
        }
        parts += 1;
        bytes += size;
        length = at + 1;
    }
    if parts > 1 { length } else { 0 }
}

/// The steps that decoding takes at once, before it makes the value.
pub(super) fn leading(item: &Struct, scope: &Scope<'_>) -> Range<usize> {
    // A recursive type begins its level after the words at its beginning.
    let is_field = |step: &Step| !matches!(step, Step::Word { kept: None, .. } | Step::Length { .. });
    let start = if item.counts_depth { item.steps.iter().position(is_field).unwrap_or(0) } else { 0 };
    let steps = &item.steps[start..];
    let words: BTreeSet<&str> = item.steps.iter().filter_map(local).collect();
    let can_be_variable = |step: &Step| match step {
        Step::Value { field, .. } => {
            let name = item.fields[*field].name.as_str();
            name != "r" && !words.contains(name) && !scope.is_taken(name)
        }
        _ => true,
    };
    let most = steps.iter().position(|step| !can_be_variable(step)).unwrap_or(steps.len());
    start..start + length(&steps[..most], item)
}

/// The variable that a step needs in any case.
fn local(step: &Step) -> Option<&str> {
    match step {
        Step::Word { local, .. } | Step::Length { local, .. } => Some(local),
        Step::Value { .. } | Step::Flag { .. } => None,
    }
}
