//! Runs: neighbouring values of fixed sizes, with one check of the length for all of them.

use crate::unchecked::{Bytes, Then};
use crate::{Mode, ids};

/// The greatest number of bytes of one run.
pub(crate) const MAX_RUN: usize = 256;

/// A value whose size is always the same, as a part of a [`Run`].
pub trait Fixed: Copy {
    /// What it is on the wire.
    const PART: Part;

    /// Its bytes, as many as `PART` says.
    type Bytes: Bytes;

    /// The bytes of the value.
    fn to_bytes(self) -> Self::Bytes;

    /// The value that `bytes` are, and whether it is one that `mode` accepts.
    fn load(bytes: Self::Bytes, mode: Mode) -> (Self, bool);
}

/// What a [`Fixed`] is on the wire.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// This number of bytes, with any contents.
    Bytes(usize),
    /// One of two ids.
    Bool,
    /// A word in which only these bits are declared.
    Flags(u32),
}

impl Part {
    /// The bytes that it takes.
    #[inline]
    #[must_use]
    pub const fn size(self) -> usize {
        match self {
            Self::Bytes(size) => size,
            Self::Bool | Self::Flags(_) => 4,
        }
    }
}

/// A word whose bits say which fields follow. Only the bits of `DECLARED` mean anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags<const DECLARED: u32>(
    /// The word.
    pub u32,
);

impl<const DECLARED: u32> Fixed for Flags<DECLARED> {
    const PART: Part = Part::Flags(DECLARED);

    type Bytes = [u8; 4];

    #[inline]
    fn to_bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    #[inline]
    fn load(bytes: [u8; 4], mode: Mode) -> (Self, bool) {
        let word = u32::from_le_bytes(bytes);
        (Self(word), word & !DECLARED == 0 || mode != Mode::Strict)
    }
}

impl Fixed for bool {
    const PART: Part = Part::Bool;

    type Bytes = [u8; 4];

    #[inline]
    fn to_bytes(self) -> [u8; 4] {
        let id = if self { ids::BOOL_TRUE } else { ids::BOOL_FALSE };
        id.to_le_bytes()
    }

    #[inline]
    fn load(bytes: [u8; 4], _: Mode) -> (Self, bool) {
        let id = u32::from_le_bytes(bytes);
        (id == ids::BOOL_TRUE, id == ids::BOOL_TRUE || id == ids::BOOL_FALSE)
    }
}

macro_rules! fixed {
    ($($ty:ty: $size:literal, $value:ident => $to:expr, $bytes:ident => $from:expr;)*) => {$(
        impl Fixed for $ty {
            const PART: Part = Part::Bytes($size);

            type Bytes = [u8; $size];

            #[inline]
            fn to_bytes(self) -> [u8; $size] {
                let $value = self;
                $to
            }

            #[inline]
            fn load($bytes: [u8; $size], _: Mode) -> (Self, bool) {
                ($from, true)
            }
        }
    )*};
}

fixed! {
    i32: 4, x => x.to_le_bytes(), x => Self::from_le_bytes(x);
    u32: 4, x => x.to_le_bytes(), x => Self::from_le_bytes(x);
    i64: 8, x => x.to_le_bytes(), x => Self::from_le_bytes(x);
    f64: 8, x => x.to_le_bytes(), x => Self::from_le_bytes(x);
    f32: 4, x => x.to_le_bytes(), x => Self::from_le_bytes(x);
    [u8; 16]: 16, x => x, x => x;
    [u8; 32]: 32, x => x, x => x;
    [u8; 64]: 64, x => x, x => x;
}

/// Neighbouring values of fixed sizes: a tuple of [`Fixed`].
pub trait Run: Copy {
    /// What they are on the wire.
    const PARTS: &'static [Part];

    /// Their bytes, one after the other.
    type Bytes: Bytes;

    /// The bytes of the values.
    fn to_bytes(self) -> Self::Bytes;

    /// The values that `bytes` are, and whether `mode` accepts all of them.
    fn load(bytes: &Self::Bytes, mode: Mode) -> (Self, bool);
}

/// The bytes of several values: a type, or with `=` a value of it.
macro_rules! bytes {
    () => { () };
    ($first:ident $($rest:ident)*) => { Then<$first::Bytes, bytes!($($rest)*)> };
    (=) => { () };
    (= $first:ident $($rest:ident)*) => { Then($first.to_bytes(), bytes!(= $($rest)*)) };
}

macro_rules! run {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: Fixed),*> Run for ($($name,)*) {
            const PARTS: &'static [Part] = {
                let parts: &[Part] = &[$($name::PART),*];
                assert!($($name::PART.size() +)* 0 == size_of::<Self::Bytes>(), "a part has other bytes than it says");
                assert!(size_of::<Self::Bytes>() <= MAX_RUN, "the run is too long");
                parts
            };

            type Bytes = bytes!($($name)*);

            #[inline]
            #[expect(non_snake_case, reason = "the types name the values, too")]
            fn to_bytes(self) -> Self::Bytes {
                let ($($name,)*) = self;
                bytes!(= $($name)*)
            }

            #[inline]
            #[expect(non_snake_case, reason = "the types name the values, too")]
            fn load(bytes: &Self::Bytes, mode: Mode) -> (Self, bool) {
                let is_valid = true;
                $(
                    let Then(part, bytes) = bytes;
                    let ($name, is_part_valid) = $name::load(*part, mode);
                    let is_valid = is_valid & is_part_valid;
                )*
                let () = bytes;
                (($($name,)*), is_valid)
            }
        }
    )*};
}

run! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}
