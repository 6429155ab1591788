//! The ids that a schema knows.

use crate::{Decode, Reader};

/// The ids of a schema that was generated with `unknown = "keep"`: ascending, each as four bytes, of which the highest comes first.
/// The compiler takes a tenth of the time for the bytes of a literal that it takes for a list of as many numbers.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Those of the constructors of enums: types with room for `Unknown`.
    pub variants: &'static [u8],
    /// Those of the other constructors, and of functions.
    pub others: &'static [u8],
}

/// The ids of the schema of a type; `None` if unknown values are not kept.
pub type KnownIds = Option<&'static Known>;

/// What code that reads a constructor or function has to know of it.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The number of bytes of the shortest encoding without the id.
    pub min_size: usize,
    /// The ids of its schema.
    pub known: KnownIds,
}

/// What reading of messages with unknown values has to know of a type.
#[derive(Clone, Copy, Debug)]
pub struct KnownTo<T> {
    /// The ids of its schema.
    pub(crate) ids: KnownIds,
    /// Takes a value from a message that was translated, and that lives shorter than the input: `None` for a type that points
    /// into its input.
    pub(crate) read: fn(&mut Reader<'_>) -> Option<T>,
}

impl<T> KnownTo<T> {
    /// Unknown values are not kept.
    pub(crate) const NOTHING: Self = Self::borrowed(None);

    pub(crate) const fn new(ids: KnownIds, read: fn(&mut Reader<'_>) -> Option<T>) -> Self {
        Self { ids, read }
    }

    /// That of a type which points into its input.
    #[must_use]
    pub const fn borrowed(ids: KnownIds) -> Self {
        Self::new(ids, |_| None)
    }

    /// That of a type which owns what it holds.
    #[must_use]
    pub const fn owned(ids: KnownIds) -> Self
    where
        T: for<'de> Decode<'de>,
    {
        Self::new(ids, |r| Some(T::decode(r)))
    }
}

impl Known {
    /// Whether the type of the id has room for `Unknown`; `None` if the id is not known.
    pub(super) fn has_room(&self, id: u32) -> Option<bool> {
        let holds = |ids: &[u8]| ids.as_chunks().0.binary_search(&id.to_be_bytes()).is_ok();
        if holds(self.variants) {
            return Some(true);
        }
        holds(self.others).then_some(false)
    }
}
