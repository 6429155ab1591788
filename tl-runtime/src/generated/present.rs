//! Flags words that follow from what was written.

use alloc::boxed::Box;

use super::bit;
use crate::{Encode, Writer};

/// The bits of a flags word whose fields have been written.
///
/// A word is thus known after its fields, which are looked at once. It has zeros in its place until then.
#[derive(Debug, Default)]
pub struct Present(u32);

impl Present {
    /// No bits.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self(0)
    }

    /// A conditional field, if it is there; it sets the bit `n`.
    #[inline]
    pub fn opt<T: Encode>(&mut self, w: &mut Writer, value: &Option<T>, n: u32) {
        if let Some(value) = value {
            value.encode(w);
            self.0 |= bit(true, n);
        }
    }

    /// The same for a field in a box.
    #[inline]
    pub fn opt_boxed<T: Encode>(&mut self, w: &mut Writer, value: &Option<Box<T>>, n: u32) {
        if let Some(value) = value {
            T::encode(value, w);
            self.0 |= bit(true, n);
        }
    }

    /// A conditional field, if it is there, written by `write`; it sets the bit `n`.
    #[inline]
    pub fn opt_with<T>(&mut self, w: &mut Writer, value: &Option<T>, n: u32, write: impl FnOnce(&T, &mut Writer)) {
        if let Some(value) = value {
            write(value, w);
            self.0 |= bit(true, n);
        }
    }

    /// The word, as far as these fields make it.
    #[inline]
    #[must_use]
    pub const fn word(self) -> u32 {
        self.0
    }
}
