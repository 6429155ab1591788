//! From values to bytes: the traits of what can be written.
//!
//! A value has two forms: the one in which a field of its type holds it ([`Encode`]), and for a constructor or function also
//! the bare one, without its id ([`EncodeBare`]). The first follows from the second.

use alloc::vec::Vec;
use core::mem;

use crate::function::Combinator;
use crate::{EncodeError, Writer};

/// The capacity of a new buffer: most requests fit.
const FIRST_CAPACITY: usize = 128;

/// A value that can be written as TL.
///
/// Users call [`to_bytes`](Self::to_bytes) or [`encode_into`](Self::encode_into); both say whether all went well. Generated
/// code has [`encode`](Self::encode).
///
/// ```
/// use tlgen_runtime::Encode;
///
/// assert_eq!(true.to_bytes()?, [0xb5, 0x75, 0x72, 0x99]);
/// assert_eq!("test".to_bytes()?, b"\x04test\0\0\0");
/// # Ok::<(), tlgen_runtime::EncodeError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as TL",
    note = "code that is generated with `role = \"client\"` writes only what requests hold; `role = \"both\"` writes everything"
)]
pub trait Encode {
    /// Appends the value to `w`, with its id if its type is boxed. `w` keeps the first error, and what it holds after an
    /// error means nothing.
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

    /// The bytes of the value.
    ///
    /// # Errors
    /// When the value has no encoding: see [`EncodeErrorKind`](crate::EncodeErrorKind).
    fn to_bytes(&self) -> Result<Vec<u8>, EncodeError> {
        let mut w = Writer::append_to(Vec::with_capacity(FIRST_CAPACITY));
        self.encode(&mut w);
        w.finish()
    }

    /// Appends the bytes of the value to `buf`, so that one buffer serves many values.
    ///
    /// # Errors
    /// When the value has no encoding. `buf` then holds what it held before.
    fn encode_into(&self, buf: &mut Vec<u8>) -> Result<(), EncodeError> {
        append(buf, |w| self.encode(w))
    }
}

/// A constructor or function that can be written without its id.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as TL without its id",
    note = "code that is generated with `role = \"client\"` writes only what requests hold; `role = \"both\"` writes everything"
)]
pub trait EncodeBare: Combinator {
    /// Appends the fields to `w`. `w` keeps the first error.
    fn encode_bare(&self, w: &mut Writer);

    /// The bytes of the value without its id.
    ///
    /// # Errors
    /// When the value has no encoding: see [`EncodeErrorKind`](crate::EncodeErrorKind).
    fn to_bare_bytes(&self) -> Result<Vec<u8>, EncodeError>
    where
        Self: Sized,
    {
        let mut w = Writer::append_to(Vec::with_capacity(FIRST_CAPACITY));
        w.bare(self);
        w.finish()
    }

    /// Appends the bytes of the value without its id to `buf`.
    ///
    /// # Errors
    /// When the value has no encoding. `buf` then holds what it held before.
    fn encode_bare_into(&self, buf: &mut Vec<u8>) -> Result<(), EncodeError>
    where
        Self: Sized,
    {
        append(buf, |w| w.bare(self))
    }
}

impl<T: EncodeBare> Encode for T {
    #[inline]
    fn encode(&self, w: &mut Writer) {
        w.id(T::ID);
        w.bare(self);
    }
}

/// Appends what `write` writes to `buf`, or nothing.
fn append(buf: &mut Vec<u8>, write: impl FnOnce(&mut Writer)) -> Result<(), EncodeError> {
    let before = buf.len();
    let mut w = Writer::append_to(mem::take(buf));
    write(&mut w);
    let result;
    (*buf, result) = w.into_parts();
    if result.is_err() {
        buf.truncate(before);
    }
    result
}
