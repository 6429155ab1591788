//! What the fields of generated code are written with.

use alloc::boxed::Box;

use super::Writer;
use crate::{Encode, EncodeBare, EncodeErrorKind, Object};

impl Writer {
    /// A value in the form in which it stands in a field of its type.
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

    /// A conditional flags word that is a field: with the `declared` bits of `word` replaced by `presence`.
    ///
    /// Fails when a field that needs the word is there and the word is not.
    pub fn opt_word(&mut self, word: Option<u32>, declared: u32, presence: u32, ty: &'static str, field: &'static str) {
        match word {
            Some(word) => self.u32(crate::mask(word, declared, presence)),
            None if presence != 0 => self.fail(EncodeErrorKind::MissingWord { ty, field }),
            None => {}
        }
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

    /// The same for a field in a box of its own.
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

    /// Whether the fields that share one bit are there; fails when some are and some are not. `fields` names them, as
    /// in `a, b`.
    #[inline]
    pub fn shared_bit(&mut self, present: &[bool], ty: &'static str, fields: &'static str) -> bool {
        let first = present.first().is_some_and(|&first| first);
        if present.iter().any(|&other| other != first) {
            self.fail(EncodeErrorKind::SharedBit { ty, fields });
        }
        first
    }

    /// The length of `object` for the field that counts its bytes; fails when it has 2^31 or more.
    pub fn object_len(&mut self, object: &Object, ty: &'static str, field: &'static str) -> i32 {
        let length = object.as_bytes().len();
        i32::try_from(length).unwrap_or_else(|_| {
            self.fail(EncodeErrorKind::ObjectTooLong { ty, field, length });
            0
        })
    }
}
