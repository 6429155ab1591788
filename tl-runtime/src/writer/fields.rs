//! What the fields of a constructor are written with.

use alloc::boxed::Box;

use super::Writer;
use crate::{Encode, EncodeBare};

impl Writer {
    /// A value in the form in which a field of its type holds it.
    #[inline]
    pub fn put<T: Encode + ?Sized>(&mut self, value: &T) {
        value.encode(self);
    }

    /// A constructor without its id.
    #[inline]
    pub fn bare<T: EncodeBare>(&mut self, value: &T) {
        let was_ok = self.is_ok();
        value.encode_bare(self);
        if !self.is_ok() {
            self.note(was_ok, T::NAME);
        }
    }

    /// What takes no bytes: a `true` that is neither a flag nor optional.
    #[inline]
    pub fn nothing(&mut self, (): &()) {}

    /// A `#`.
    #[inline]
    pub fn u32(&mut self, value: u32) {
        self.array(value.to_le_bytes());
    }

    /// The id of a constructor.
    #[inline]
    pub fn id(&mut self, id: u32) {
        self.u32(id);
    }

    /// A conditional field, if it is there.
    #[inline]
    pub fn opt<T: Encode>(&mut self, value: &Option<T>) {
        if let Some(value) = value {
            value.encode(self);
        }
    }

    /// The same for a field in a box.
    #[inline]
    pub fn opt_boxed<T: Encode>(&mut self, value: &Option<Box<T>>) {
        if let Some(value) = value {
            T::encode(value, self);
        }
    }

    /// A conditional field, if it is there, written by `write`.
    #[inline]
    pub fn opt_with<T>(&mut self, value: &Option<T>, write: impl FnOnce(&T, &mut Self)) {
        if let Some(value) = value {
            write(value, self);
        }
    }
}
