//! The traits that generated types implement.
//!
//! A value has two forms: as it stands in a field of its type ([`Encode`], [`Decode`]), and for a single constructor also
//! bare, without its id ([`EncodeBare`], [`DecodeBare`]). The first follows from the second.

use alloc::vec::Vec;

use crate::{KnownError, Reader, Writer};

/// A constructor or a function of the schema.
pub trait Combinator {
    /// Its id on the wire.
    const ID: u32;
    /// Its name in the schema, as in `contacts.getContacts`.
    const NAME: &'static str;
}

/// A value that can be written in the form in which it stands in a field of its type.
///
/// Users call [`to_bytes`](crate::to_bytes) or [`encode_into`](crate::encode_into), which check that all went well.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be written as TL")]
pub trait Encode {
    /// Appends the value to `w`. An error is kept by `w`; what was written then means nothing.
    fn encode(&self, w: &mut Writer);

    /// Appends all `items` one after the other, without a count.
    #[inline]
    fn encode_slice(items: &[Self], w: &mut Writer)
    where
        Self: Sized,
    {
        for item in items {
            item.encode(w);
        }
    }
}

/// A constructor or function that can be written without its id.
pub trait EncodeBare: Combinator {
    /// Appends the fields to `w`.
    fn encode_bare(&self, w: &mut Writer);
}

impl<T: EncodeBare> Encode for T {
    #[inline]
    fn encode(&self, w: &mut Writer) {
        w.id(T::ID);
        w.bare(self);
    }
}

/// A value that can be read in the form in which it stands in a field of its type.
///
/// Where a [`Reader`] calls it, a panic in `decode` ends the process.
///
/// Users call [`from_bytes`](crate::from_bytes), which checks that all went well.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be read from TL")]
pub trait Decode<'de>: Sized {
    /// The bytes that the shortest encoding takes. It bounds what a promised number of items can be; 0 is safe but
    /// falls under [`EMPTY_ITEMS_BUDGET`](crate::EMPTY_ITEMS_BUDGET).
    const MIN_SIZE: usize;

    /// Takes a value from `r`. When `r` has failed, before or meanwhile, the value means nothing.
    fn decode(r: &mut Reader<'de>) -> Self;

    /// Takes a value from `r` if it is there.
    #[doc(hidden)]
    #[inline]
    fn decode_if(r: &mut Reader<'de>, is_there: bool) -> Option<Self> {
        if is_there { Some(Self::decode(r)) } else { None }
    }

    /// Takes `count` values from `r`, fewer when `r` fails.
    #[inline]
    fn decode_vec(r: &mut Reader<'de>, count: usize) -> Vec<Self> {
        r.items(count, Self::decode)
    }
}

/// A constructor or function that can be read without its id.
pub trait DecodeBare<'de>: Combinator + Sized {
    /// The bytes that the shortest encoding takes, the id not counted.
    const MIN_SIZE: usize;

    /// Takes the fields from `r`. When `r` has failed, before or meanwhile, the value means nothing.
    fn decode_bare(r: &mut Reader<'de>) -> Self;
}

impl<'de, T: DecodeBare<'de>> Decode<'de> for T {
    const MIN_SIZE: usize = 4 + <T as DecodeBare<'de>>::MIN_SIZE;

    #[inline]
    fn decode(r: &mut Reader<'de>) -> Self {
        r.expect_id(T::ID, T::NAME);
        r.bare()
    }
}

/// A value that can be read and borrows nothing from the input.
pub trait DecodeOwned: for<'de> Decode<'de> {}

impl<T: for<'de> Decode<'de>> DecodeOwned for T {}

/// A request.
pub trait Function: EncodeBare {
    /// What the answer is.
    type Return;

    /// The errors that its documentation names. `None` where nobody has said, which is not the same as none.
    const ERRORS: Option<&'static [KnownError]> = None;
}
