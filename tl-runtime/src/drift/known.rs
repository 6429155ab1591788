//! The ids that a schema knows.

/// The ids of a schema that was generated with `unknown = "keep"`, ascending.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Those of the constructors of enums: types with room for `Unknown`.
    pub variants: &'static [u32],
    /// Those of the other constructors, and of functions.
    pub others: &'static [u32],
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

impl Known {
    /// Whether the type of the id has room for `Unknown`; `None` if the id is not known.
    pub(super) fn has_room(&self, id: u32) -> Option<bool> {
        if self.variants.binary_search(&id).is_ok() {
            return Some(true);
        }
        self.others.binary_search(&id).is_ok().then_some(false)
    }
}
