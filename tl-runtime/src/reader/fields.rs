//! What the fields of a constructor are read with.

use alloc::boxed::Box;

use super::Reader;
use crate::{Decode, DecodeBare, DecodeErrorKind, Mode, Object, Unknown};

impl<'de> Reader<'de> {
    /// A value in the form in which a field of its type holds it.
    #[inline]
    pub fn get<T: Decode<'de>>(&mut self) -> T {
        T::decode(self)
    }

    /// A constructor without its id.
    #[inline]
    pub fn bare<T: DecodeBare<'de>>(&mut self) -> T {
        // While there is a value, only what cannot unwind is called: nothing here drops it.
        let was_ok = self.was_ok();
        let value = T::decode_bare(self);
        if !self.was_ok() {
            self.note(was_ok, T::NAME);
        }
        value
    }

    /// A value in a box, which counts towards [`DecodeOptions::max_memory`](crate::DecodeOptions::max_memory).
    #[inline]
    pub fn boxed<T: Decode<'de>>(&mut self) -> Box<T> {
        self.boxed_with(T::decode)
    }

    /// The same, read by `read`.
    #[inline]
    pub fn boxed_with<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Box<T> {
        self.charge(size_of::<T>());
        Box::new(read(self))
    }

    /// A `#`.
    #[inline]
    pub fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.array())
    }

    /// The id of a constructor; 0 when the input has ended.
    #[inline]
    pub fn id(&mut self) -> u32 {
        self.u32()
    }

    /// Takes an id and fails when it is not `id`, the one of the constructor `name`.
    #[inline]
    pub fn expect_id(&mut self, id: u32, name: &'static str) {
        let found = self.u32();
        if found != id {
            self.unexpected_id(found, id, name);
        }
    }

    #[cold]
    #[inline(never)]
    pub(crate) extern "C" fn unexpected_id(&mut self, id: u32, expected: u32, name: &'static str) {
        self.fail_back(DecodeErrorKind::UnexpectedId { id, expected, name }, 4);
    }

    /// Fails because the `id` that was just taken belongs to no constructor of `ty`.
    #[cold]
    pub fn unknown_id(&mut self, id: u32, ty: &'static str) {
        self.fail_back(DecodeErrorKind::UnknownId { id, ty }, 4);
    }

    /// The value of a constructor that its type `ty` does not know, whose `id` was just taken: what a translation keeps.
    #[cold]
    #[inline(never)]
    pub(crate) extern "C" fn unknown(&mut self, id: u32, ty: &'static str) -> Unknown {
        let kept = self.translation.filter(|translation| translation.is_kept(id));
        if let Some(translation) = kept {
            let index = self.u32();
            if self.charge(Unknown::COST)
                && let Some(unknown) = translation.unknown(index)
            {
                return unknown;
            }
        }
        self.unknown_id(id, ty);
        Unknown::FAILED
    }

    /// A word whose bits say which fields follow. In strict mode it must have no bit outside of `declared`.
    #[inline]
    pub fn flags(&mut self, declared: u32) -> u32 {
        let word = self.u32();
        if word & !declared != 0 && self.options.mode == Mode::Strict {
            self.undeclared_bits(word & !declared);
        }
        word
    }

    #[cold]
    #[inline(never)]
    extern "C" fn undeclared_bits(&mut self, bits: u32) {
        self.fail_back(DecodeErrorKind::UndeclaredBits { bits }, 4);
    }

    /// A field that is there if the bit of `flags` is set.
    #[inline]
    pub fn opt<T: Decode<'de>>(&mut self, flags: u32, bit: u32) -> Option<T> {
        T::decode_if(self, has(flags, bit))
    }

    /// The same in a box; none when the reader has failed.
    #[inline]
    pub fn opt_boxed<T: Decode<'de>>(&mut self, flags: u32, bit: u32) -> Option<Box<T>> {
        if has(flags, bit) && self.is_ok() { Some(self.boxed()) } else { None }
    }

    /// A field that is there if the bit of `flags` is set, read by `read`.
    ///
    /// ```
    /// use tlgen_runtime::Reader;
    ///
    /// let mut r = Reader::new(&[7, 0, 0, 0]);
    /// assert_eq!(r.opt_with(0b10, 0, Reader::u32), None);
    /// assert_eq!(r.opt_with(0b10, 1, Reader::u32), Some(7));
    /// ```
    #[inline]
    pub fn opt_with<T>(&mut self, flags: u32, bit: u32, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if has(flags, bit) { Some(read(self)) } else { None }
    }

    /// An opaque object of `len` bytes: a positive multiple of 4, as it begins with an id.
    pub fn object(&mut self, len: i32) -> Object {
        Object::from_raw(self.object_bytes(len))
    }

    /// The bytes of such an object.
    pub(crate) fn object_bytes(&mut self, len: i32) -> &'de [u8] {
        match usize::try_from(len) {
            Ok(bytes @ 4..) if bytes.is_multiple_of(4) => self.take_bytes(bytes),
            _ => {
                self.fail(DecodeErrorKind::InvalidLength { length: len });
                &[]
            }
        }
    }

    /// The bytes of an object that takes all that is left.
    pub(crate) fn last_object(&mut self) -> &'de [u8] {
        let bytes = self.remaining();
        if bytes < 4 || !bytes.is_multiple_of(4) {
            self.fail(DecodeErrorKind::UnexpectedEnd);
        }
        self.rest()
    }
}

#[inline]
const fn has(flags: u32, bit: u32) -> bool {
    flags & 1u32.wrapping_shl(bit) != 0
}
