//! Some of the fields of a constructor.

use crate::atlas::Entry;

/// Some of the fields of one constructor, by their places in the atlas, that is on the wire.
///
/// A constructor with more than 128 fields has those from the 128th on in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FieldSet(u64, u64);

impl FieldSet {
    const LAST: usize = 127;

    pub(super) fn insert(&mut self, place: usize) {
        let place = place.min(Self::LAST);
        let half = if place < 64 { &mut self.0 } else { &mut self.1 };
        *half |= 1 << (place % 64);
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        (self.0.count_ones() + self.1.count_ones()) as usize
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0 == 0 && self.1 == 0
    }

    /// Whether the field with this place, counted from 0, is one of them.
    #[must_use]
    pub fn contains(&self, place: usize) -> bool {
        let place = place.min(Self::LAST);
        let half = if place < 64 { self.0 } else { self.1 };
        half >> (place % 64) & 1 == 1
    }

    /// The names of these fields of the entry of their constructor; empty for a field without a name.
    pub fn names<'a>(self, entry: &Entry<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
        entry.fields().enumerate().filter(move |(place, _)| self.contains(*place)).map(|(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::FieldSet;

    #[test]
    fn places_at_the_ends() {
        let mut set = FieldSet::default();
        assert!(set.is_empty());
        for place in [0, 63, 64, 126] {
            assert!(!set.contains(place));
            set.insert(place);
            assert!(set.contains(place));
        }
        assert_eq!(set.len(), 4);
        assert!(!set.contains(127) && !set.contains(1) && !set.contains(62) && !set.contains(65));
        set.insert(300);
        assert!(set.contains(127) && set.contains(200) && set.len() == 5);
    }
}
