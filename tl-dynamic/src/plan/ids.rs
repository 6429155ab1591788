//! Ids to indices, for the few constructors of a type as for all of a schema.

/// A table of ids.
///
/// Ids are checksums, so their upper bits spread them over the table; what meets stands side by side. A schema may choose its ids:
/// then a look takes longer, but no longer than the table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    /// A power of two, at most half of them taken, or nothing.
    slots: Box<[Option<(u32, u32)>]>,
    shift: u32,
}

impl Ids {
    /// Of several entries with one id the first one counts.
    pub(crate) fn new(entries: &[(u32, u32)]) -> Self {
        if entries.is_empty() {
            return Self::default();
        }
        let size = (entries.len() * 2).next_power_of_two();
        let mut ids = Self { slots: vec![None; size].into(), shift: 32 - size.trailing_zeros() };
        for &(id, value) in entries {
            let mut at = ids.first(id);
            while ids.slots[at].is_some_and(|(other, _)| other != id) {
                at = (at + 1) & (size - 1);
            }
            ids.slots[at].get_or_insert((id, value));
        }
        ids
    }

    /// What stands for `id`.
    #[inline]
    pub(crate) fn get(&self, id: u32) -> Option<u32> {
        let mut at = self.first(id);
        // The table has a free slot, where each look ends.
        while let Some((other, value)) = *self.slots.get(at)? {
            if other == id {
                return Some(value);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        None
    }

    /// Where an id is looked for first. Ids that count up are spread, too.
    fn first(&self, id: u32) -> usize {
        (id.wrapping_mul(0x9e37_79b1) >> self.shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn what_is_in_a_table_is_found_and_nothing_else() {
        for count in [0u32, 1, 2, 3, 4, 5, 100, 1000] {
            for step in [1u32, 4, 1 << 20, 0x9e37_79b9] {
                let entries: Vec<_> = (0..count).map(|n| (n.wrapping_mul(step), n)).collect();
                let ids = Ids::new(&entries);
                let known = |id: u32| entries.iter().find(|(other, _)| *other == id).map(|(_, value)| *value);
                let asked = entries.iter().map(|(id, _)| *id).chain((0..3 * count + 9).map(|n| n ^ 0x8000_0001));
                for id in asked {
                    assert_eq!(ids.get(id), known(id), "{id} of {count} by {step}");
                }
            }
        }
    }

    #[test]
    fn the_first_of_equals_counts() {
        assert_eq!(Ids::new(&[(7, 1), (7, 2), (8, 3)]).get(7), Some(1));
    }
}
