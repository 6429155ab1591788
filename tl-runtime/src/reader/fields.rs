//! What the fields of generated code are read with.

use alloc::boxed::Box;
use core::mem::MaybeUninit;

use super::Reader;
use crate::{Decode, DecodeBare, DecodeErrorKind, Mode, Object};

/// Values of more bytes are made where they go.
const LARGE: usize = 64;

impl<'de> Reader<'de> {
    /// A value in the form in which it stands in a field of its type.
    #[inline]
    pub extern "C" fn get<T: Decode<'de>>(&mut self) -> T {
        T::decode(self)
    }

    /// A constructor without its id.
    #[inline]
    pub extern "C" fn bare<T: DecodeBare<'de>>(&mut self) -> T {
        let was_ok = self.is_ok();
        let value = T::decode_bare(self);
        if !self.is_ok() {
            self.note(was_ok, T::NAME);
        }
        value
    }

    /// A value in a box of its own.
    #[inline]
    pub extern "C" fn boxed<T: Decode<'de>>(&mut self) -> Box<T> {
        self.boxed_with(T::decode)
    }

    /// A value in a box of its own, read by `read`.
    #[inline]
    pub extern "C" fn boxed_with<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Box<T> {
        self.charge(size_of::<T>());
        // The memory comes first, so that the value is made in it and not moved there.
        Box::write(uninit(), self.placed(read))
    }

    /// A value that is made where it goes, if it is large.
    ///
    /// The compiler has a value made in its place rather than on the stack only by a call that can not unwind. A call that is
    /// inlined leaves those of `read` in its place, which could.
    #[inline]
    pub(super) extern "C" fn placed<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if size_of::<T>() > LARGE { self.apart(read) } else { read(self) }
    }

    #[inline(never)]
    extern "C" fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        read(self)
    }

    /// A constructor without its id as the variant of an enum.
    ///
    /// The value goes through the stack of this function and not of the one that chooses among many constructors: without
    /// optimization that one would have room for each of them, at every level of a recursive type.
    #[inline]
    pub extern "C" fn variant<T: DecodeBare<'de>, U>(&mut self, wrap: impl FnOnce(T) -> U) -> U {
        wrap(self.bare())
    }

    /// The same for a variant in a box of its own.
    #[inline(never)]
    #[expect(clippy::redundant_closure_for_method_calls, reason = "an `extern` function is no closure")]
    pub extern "C" fn variant_boxed<T: DecodeBare<'de>, U>(&mut self, wrap: impl FnOnce(Box<T>) -> U) -> U {
        wrap(self.boxed_with(|r| r.bare()))
    }

    /// What takes no bytes: a `true` that is neither a flag nor optional.
    #[inline]
    pub extern "C" fn nothing(&mut self) {}

    /// A `#`, or an id.
    #[inline]
    pub extern "C" fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.array())
    }

    /// The id of a constructor; 0 when the input has ended.
    #[inline]
    pub extern "C" fn id(&mut self) -> u32 {
        self.u32()
    }

    /// Takes an id and fails when it is not `id`, the one of the constructor `name`.
    #[inline]
    pub extern "C" fn expect_id(&mut self, id: u32, name: &'static str) {
        let found = self.u32();
        if found != id {
            self.unexpected_id(found, id, name);
        }
    }

    #[cold]
    #[inline(never)]
    extern "C" fn unexpected_id(&mut self, id: u32, expected: u32, name: &'static str) {
        self.fail_back(DecodeErrorKind::UnexpectedId { id, expected, name }, 4);
    }

    /// Fails because the `id` that was just taken belongs to no constructor of `ty`.
    #[cold]
    #[inline(never)]
    pub extern "C" fn unknown_id(&mut self, id: u32, ty: &'static str) {
        self.fail_back(DecodeErrorKind::UnknownId { id, ty }, 4);
    }

    /// A word whose bits say which fields follow. In strict mode it must have no bit outside of `declared`.
    #[inline]
    pub extern "C" fn flags(&mut self, declared: u32) -> u32 {
        let word = self.u32();
        if word & !declared != 0 && self.config.mode == Mode::Strict {
            self.undeclared_bits(word & !declared);
        }
        word
    }

    #[cold]
    #[inline(never)]
    extern "C" fn undeclared_bits(&mut self, bits: u32) {
        self.fail_back(DecodeErrorKind::UndeclaredBits { bits }, 4);
    }

    /// A field that is there when the bit of `flags` is set.
    #[inline]
    pub extern "C" fn opt<T: Decode<'de>>(&mut self, flags: u32, bit: u32) -> Option<T> {
        T::decode_if(self, has(flags, bit))
    }

    /// The same in a box of its own; none when the reader has failed.
    #[inline]
    pub extern "C" fn opt_boxed<T: Decode<'de>>(&mut self, flags: u32, bit: u32) -> Option<Box<T>> {
        if has(flags, bit) && self.is_ok() { Some(self.boxed()) } else { None }
    }

    /// A field that is there when the bit of `flags` is set, read by `read`.
    #[inline]
    pub extern "C" fn opt_with<T>(&mut self, flags: u32, bit: u32, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if has(flags, bit) { Some(read(self)) } else { None }
    }

    /// An opaque object of `len` bytes: a positive multiple of 4, as it begins with an id.
    pub extern "C" fn object(&mut self, len: i32) -> Object {
        match usize::try_from(len) {
            Ok(bytes @ 4..) if bytes.is_multiple_of(4) => Object::from_raw(self.take_bytes(bytes)),
            _ => {
                self.fail(DecodeErrorKind::InvalidLength { length: len });
                Object::from_raw(&[])
            }
        }
    }
}

/// `Box::new_uninit` that can not unwind.
#[inline]
extern "C" fn uninit<T>() -> Box<MaybeUninit<T>> {
    Box::new_uninit()
}

#[inline]
const fn has(flags: u32, bit: u32) -> bool {
    flags & 1u32.wrapping_shl(bit) != 0
}
