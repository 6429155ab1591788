//! Places by name, for schemas of very many short names.
//!
//! A table holds indices alone, in four bytes each; whoever asks tells the name at an index. A map that held the names too
//! would cost more than the declarations themselves.

use std::hash::{BuildHasher, RandomState};

/// No index: tables have fewer entries than a file has bytes.
const EMPTY: u32 = u32::MAX;

/// Places by name. All methods of one table must be given the same `name_of`.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// A power of two of them, of which a quarter is empty at least; or none.
    slots: Vec<u32>,
    len: usize,
    hasher: RandomState,
}

impl Places {
    /// The index with a name.
    pub(crate) fn find<'n>(&self, name: &str, name_of: impl Fn(u32) -> &'n str) -> Option<u32> {
        let place = *self.slots.get(self.slot(name, name_of)?)?;
        (place != EMPTY).then_some(place)
    }

    /// Adds an index, unless there is one with its name: then that is returned.
    pub(crate) fn insert<'n>(&mut self, place: u32, name_of: impl Fn(u32) -> &'n str) -> Option<u32> {
        if (self.len + 1) * 4 > self.slots.len() * 3 {
            self.grow(&name_of);
        }
        let slot = self.slot(name_of(place), name_of)?;
        if self.slots[slot] != EMPTY {
            return Some(self.slots[slot]);
        }
        self.slots[slot] = place;
        self.len += 1;
        None
    }

    /// Where a name is, or where it would be; `None` in a table without slots.
    fn slot<'n>(&self, name: &str, name_of: impl Fn(u32) -> &'n str) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        // The lower bits are as good as any.
        let mut slot = self.hasher.hash_one(name) as usize & mask;
        while self.slots[slot] != EMPTY && name_of(self.slots[slot]) != name {
            slot = (slot + 1) & mask;
        }
        Some(slot)
    }

    fn grow<'n>(&mut self, name_of: &impl Fn(u32) -> &'n str) {
        let larger = vec![EMPTY; (self.slots.len() * 2).max(16)];
        for place in std::mem::replace(&mut self.slots, larger) {
            if place != EMPTY
                && let Some(slot) = self.slot(name_of(place), name_of)
            {
                self.slots[slot] = place;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn every_name_is_found_and_no_other() {
        let names: Vec<String> = (0..1000).map(|number| format!("name{number}")).collect();
        let name_of = |place: u32| names[place as usize].as_str();
        let mut places = Places::default();
        assert_eq!(places.find("name0", name_of), None);
        for place in (0..1000).step_by(2) {
            assert_eq!(places.insert(place, name_of), None);
        }
        for place in 0..1000 {
            assert_eq!(places.find(name_of(place), name_of), (place % 2 == 0).then_some(place));
        }
        assert_eq!(places.insert(998, name_of), Some(998));
    }
}
