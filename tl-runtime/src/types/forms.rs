//! What a function returns where the form of its result is not that of the Rust type: a builtin type with its id, a
//! constructor or a vector without one.
//!
//! Fields of such types need no type of their own, as generated code knows their form. Results are read by whoever called.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Deref;

#[cfg(feature = "compact_str")]
use crate::CompactString;
use crate::{Decode, DecodeBare, Encode, EncodeBare, Reader, True, Writer};

/// A value of a builtin type with an id before it, as in `Int` and `String`: `ID` is that of the schema.
///
/// ```
/// use tlgen_runtime::{Boxed, Decode, Encode};
///
/// type Int = Boxed<i32, 0xa850_9bda>;
/// let bytes = Boxed::<i32, 0xa850_9bda>(7).to_bytes()?;
/// assert_eq!(bytes, b"\xda\x9b\x50\xa8\x07\0\0\0");
/// assert_eq!(Int::from_bytes(&bytes)?.0, 7);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Boxed<T, const ID: u32>(pub T);

/// A value without the id that its type has elsewhere: `%Pair`, and `vector<T>` as `Bare<Vec<T>>`.
///
/// ```
/// use tlgen_runtime::{Bare, Decode, Encode};
///
/// let bytes = Bare(vec![7i32]).to_bytes()?;
/// assert_eq!(bytes, b"\x01\0\0\0\x07\0\0\0");
/// assert_eq!(Bare::<Vec<i32>>::from_bytes(&bytes)?.0, [7]);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bare<T>(pub T);

impl<T, const ID: u32> From<T> for Boxed<T, ID> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T, const ID: u32> Deref for Boxed<T, ID> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Bare<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Bare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A builtin type that may have an id before it.
#[doc(hidden)]
pub trait Builtin {
    /// Its name in errors.
    const NAME: &'static str;
}

macro_rules! builtin {
    ($($ty:ty, $name:literal;)*) => {$(
        impl Builtin for $ty {
            const NAME: &'static str = $name;
        }
    )*};
}

builtin! {
    i32, "int";
    i64, "long";
    f64, "double";
    f32, "float";
    String, "string";
    Vec<u8>, "bytes";
    [u8; 16], "int128";
    [u8; 32], "int256";
    [u8; 64], "int512";
    Bare<True>, "true";
}

#[cfg(feature = "compact_str")]
builtin! {
    CompactString, "string";
}

impl<T: Encode, const ID: u32> Encode for Boxed<T, ID> {
    fn encode(&self, w: &mut Writer) {
        w.id(ID);
        self.0.encode(w);
    }
}

impl<'de, T: Decode<'de> + Builtin, const ID: u32> Decode<'de> for Boxed<T, ID> {
    const MIN_SIZE: usize = 4 + T::MIN_SIZE;
    const MAY_PANIC: bool = T::MAY_PANIC;

    fn decode(r: &mut Reader<'de>) -> Self {
        r.expect_id(ID, T::NAME);
        Self(T::decode(r))
    }
}

impl<T: EncodeBare> Encode for Bare<T> {
    fn encode(&self, w: &mut Writer) {
        w.bare(&self.0);
    }
}

impl<'de, T: DecodeBare<'de>> Decode<'de> for Bare<T> {
    const MIN_SIZE: usize = <T as DecodeBare<'de>>::MIN_SIZE;
    const MAY_PANIC: bool = <T as DecodeBare<'de>>::MAY_PANIC;

    fn decode(r: &mut Reader<'de>) -> Self {
        Self(r.bare())
    }
}

impl<T: Encode> Encode for Bare<Vec<T>> {
    fn encode(&self, w: &mut Writer) {
        w.vector_bare(&self.0, "");
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Bare<Vec<T>> {
    const MIN_SIZE: usize = 4;
    const MAY_PANIC: bool = T::MAY_PANIC;

    fn decode(r: &mut Reader<'de>) -> Self {
        Self(r.vector_bare())
    }
}
