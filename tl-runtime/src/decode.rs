//! From bytes to values: the traits of what can be read.
//!
//! A value has two forms: the one in which a field of its type holds it ([`Decode`]), and for a constructor or function also
//! the bare one, without its id ([`DecodeBare`]). The first follows from the second.

use alloc::vec::Vec;

use crate::drift::KnownTo;
use crate::function::Combinator;
use crate::{DecodeError, DecodeOptions, Reader, generated};

/// A value that can be read from TL.
///
/// Users call [`from_bytes`](Self::from_bytes), or [`DecodeOptions::from_bytes`] to choose what is accepted; both say whether
/// all went well. Generated code has [`decode`](Self::decode).
///
/// ```
/// use tlgen_runtime::Decode;
///
/// let numbers = Vec::<i32>::from_bytes(b"\x15\xc4\xb5\x1c\x02\0\0\0\x07\0\0\0\x09\0\0\0")?;
/// assert_eq!(numbers, [7, 9]);
/// # Ok::<(), tlgen_runtime::DecodeError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from TL",
    note = "code that is generated with `role = \"client\"` reads only what answers hold; `role = \"both\"` reads everything"
)]
pub trait Decode<'de>: Sized {
    /// The number of bytes of the shortest encoding. The reader uses it to bound a number of items by the input that is left;
    /// 0 is always safe, but then [`EMPTY_ITEMS_BUDGET`](DecodeOptions::EMPTY_ITEMS_BUDGET) bounds the number of items.
    const MIN_SIZE: usize;

    /// Whether [`decode`](Self::decode) may panic. Generated code and the types of this crate say that they do not, and code
    /// that reads vectors of them then needs nothing that drops half of a vector. Where unknown values are kept, the code is generated.
    #[doc(hidden)]
    const MAY_PANIC: bool = Self::KNOWN.ids.is_none();

    /// Takes a value from `r`. When `r` fails, or has failed before, the value means nothing.
    fn decode(r: &mut Reader<'de>) -> Self;

    /// Takes a value from `r` if it is there.
    #[doc(hidden)]
    #[inline]
    fn decode_if(r: &mut Reader<'de>, is_there: bool) -> Option<Self> {
        if is_there { Some(Self::decode(r)) } else { None }
    }

    /// What reading of messages with unknown values has to know of the type, if it was generated with `unknown = "keep"`.
    #[doc(hidden)]
    const KNOWN: KnownTo<Self> = KnownTo::NOTHING;

    /// Takes `count` values from `r`, fewer when `r` fails.
    #[inline]
    fn decode_vec(r: &mut Reader<'de>, count: usize) -> Vec<Self> {
        // The branch that is not taken is not compiled.
        if Self::MAY_PANIC { r.items(count, Self::decode) } else { generated::items(r, count, Self::decode) }
    }

    /// The value that is encoded in the whole of `input`.
    ///
    /// # Errors
    /// When the bytes are no value of this type, or are not canonical, or more bytes follow.
    fn from_bytes(input: &'de [u8]) -> Result<Self, DecodeError> {
        DecodeOptions::new().from_bytes(input)
    }
}

/// A constructor or function that can be read without its id.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from TL without its id",
    note = "code that is generated with `role = \"client\"` reads only what answers hold; `role = \"both\"` reads everything"
)]
pub trait DecodeBare<'de>: Combinator + Sized {
    /// The number of bytes of the shortest encoding without the id.
    const MIN_SIZE: usize;

    /// Whether [`decode_bare`](Self::decode_bare) may panic; see [`Decode::MAY_PANIC`].
    #[doc(hidden)]
    const MAY_PANIC: bool = true;

    /// As [`Decode::KNOWN`], without the id.
    #[doc(hidden)]
    const KNOWN: KnownTo<Self> = KnownTo::NOTHING;

    /// Takes the fields from `r`. When `r` fails, or has failed before, the value means nothing.
    fn decode_bare(r: &mut Reader<'de>) -> Self;

    /// The value that is encoded without its id in the whole of `input`.
    ///
    /// # Errors
    /// When the bytes are no value of this type, or are not canonical, or more bytes follow.
    fn from_bare_bytes(input: &'de [u8]) -> Result<Self, DecodeError> {
        DecodeOptions::new().bare(input)
    }
}

/// A constructor or function that can be read without its id, and borrows nothing from the input.
///
/// It is [`DecodeBare`] and [`Decode`] for each lifetime. Generated code implements it for every struct that holds no borrowed text
/// and has no type parameter.
///
/// Reading must not panic, as code that reads vectors of the type has nothing that drops half of one. A hand-written type that
/// may panic implements [`DecodeBare`].
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from TL without its id",
    note = "code that is generated with `role = \"client\"` reads only what answers hold; `role = \"both\"` reads everything"
)]
pub trait DecodeBareOwned: Combinator + Sized {
    /// As [`DecodeBare::MIN_SIZE`].
    const MIN_SIZE: usize = Self::FACTS.min_size;

    /// The size, and the ids that the schema knows: one constant for both where unknown values are kept, as each takes a part of the
    /// time to compile a schema. An implementation has this one or the other.
    const FACTS: generated::Facts = generated::Facts { min_size: Self::MIN_SIZE, known: None };

    /// As [`DecodeBare::decode_bare`].
    fn decode_bare(r: &mut Reader<'_>) -> Self;
}

impl<'de, T: DecodeBareOwned> DecodeBare<'de> for T {
    const MIN_SIZE: usize = <T as DecodeBareOwned>::MIN_SIZE;
    const MAY_PANIC: bool = false;
    const KNOWN: KnownTo<T> = KnownTo::new(T::FACTS.known, |r| Some(<T as DecodeBareOwned>::decode_bare(r)));

    #[inline]
    fn decode_bare(r: &mut Reader<'de>) -> Self {
        <T as DecodeBareOwned>::decode_bare(r)
    }
}

impl<'de, T: DecodeBare<'de>> Decode<'de> for T {
    const MIN_SIZE: usize =
        if <T as DecodeBare<'de>>::KNOWN.ids.is_some() { 4 } else { 4 + <T as DecodeBare<'de>>::MIN_SIZE };
    const MAY_PANIC: bool = <T as DecodeBare<'de>>::MAY_PANIC;
    const KNOWN: KnownTo<T> = KnownTo::new(<T as DecodeBare<'de>>::KNOWN.ids, |r| {
        r.expect_id(T::ID, T::NAME);
        (<T as DecodeBare<'de>>::KNOWN.read)(r)
    });

    #[inline]
    fn decode(r: &mut Reader<'de>) -> Self {
        r.expect_id(T::ID, T::NAME);
        r.bare()
    }
}

/// A value that can be read and borrows nothing from the input.
pub trait DecodeOwned: for<'de> Decode<'de> {}

impl<T: for<'de> Decode<'de>> DecodeOwned for T {}
