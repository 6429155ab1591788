//! Runs: neighbouring values of fixed sizes, with one check of the length for all of them.

use crate::{Mode, ids};

/// The greatest number of bytes of one run.
pub(crate) const MAX_RUN: usize = 256;

/// A value whose size is always the same, as a part of a [`Run`].
pub trait Fixed: Copy {
    /// What it is on the wire.
    const PART: Part;

    /// Writes the value over the start of `bytes`, which has room for it.
    fn store(self, bytes: &mut [u8]);

    /// The value that `bytes` begins with, and whether it is one that `mode` accepts. Too few bytes are zeros.
    fn load(bytes: &[u8], mode: Mode) -> (Self, bool);
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

    #[inline]
    fn store(self, bytes: &mut [u8]) {
        self.0.store(bytes);
    }

    #[inline]
    fn load(bytes: &[u8], mode: Mode) -> (Self, bool) {
        let word = u32::load(bytes, mode).0;
        (Self(word), word & !DECLARED == 0 || mode != Mode::Strict)
    }
}

impl Fixed for bool {
    const PART: Part = Part::Bool;

    #[inline]
    fn store(self, bytes: &mut [u8]) {
        let id = if self { ids::BOOL_TRUE } else { ids::BOOL_FALSE };
        id.store(bytes);
    }

    #[inline]
    fn load(bytes: &[u8], mode: Mode) -> (Self, bool) {
        let id = u32::load(bytes, mode).0;
        (id == ids::BOOL_TRUE, id == ids::BOOL_TRUE || id == ids::BOOL_FALSE)
    }
}

macro_rules! fixed {
    ($($ty:ty: $size:literal, $value:ident => $to:expr, $bytes:ident => $from:expr;)*) => {$(
        impl Fixed for $ty {
            const PART: Part = Part::Bytes($size);

            #[inline]
            fn store(self, bytes: &mut [u8]) {
                if let Some(to) = bytes.first_chunk_mut::<$size>() {
                    let $value = self;
                    *to = $to;
                }
            }

            #[inline]
            fn load(bytes: &[u8], _: Mode) -> (Self, bool) {
                let $bytes = bytes.first_chunk::<$size>().copied().unwrap_or([0; $size]);
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

    /// The bytes that they take.
    const SIZE: usize;

    /// Writes the values over `bytes`, which are [`SIZE`](Self::SIZE).
    fn store(self, bytes: &mut [u8]);

    /// The values that `bytes` are, and whether `mode` accepts all of them.
    fn load(bytes: &[u8], mode: Mode) -> (Self, bool);
}

macro_rules! run {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: Fixed),*> Run for ($($name,)*) {
            const PARTS: &'static [Part] = &[$($name::PART),*];

            const SIZE: usize = {
                let size = $($name::PART.size() +)* 0;
                assert!(size <= MAX_RUN, "the run is too long");
                size
            };

            #[inline]
            #[expect(non_snake_case, reason = "the types name the values, too")]
            fn store(self, bytes: &mut [u8]) {
                let ($($name,)*) = self;
                $(
                    let (bytes, rest) = bytes.split_at_mut_checked(const { $name::PART.size() }).unwrap_or_default();
                    $name.store(bytes);
                    let bytes = rest;
                )*
                let _ = bytes;
            }

            #[inline]
            #[expect(non_snake_case, reason = "the types name the values, too")]
            fn load(bytes: &[u8], mode: Mode) -> (Self, bool) {
                let is_valid = true;
                $(
                    let ($name, is_part_valid) = $name::load(bytes, mode);
                    let is_valid = is_valid & is_part_valid;
                    let bytes = bytes.get(const { $name::PART.size() }..).unwrap_or_default();
                )*
                let _ = bytes;
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
