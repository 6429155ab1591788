//! A boxed value of any type, kept as its bytes.

use alloc::vec::Vec;
use core::fmt;

use crate::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Reader, Writer};

/// A boxed value of any type, kept as its bytes: the TL type `Object`.
///
/// A value carries no length, so an object that is read as a field takes all the bytes that are left, unless the schema
/// says how many bytes it has ([`Reader::object`]).
///
/// ```
/// use tlgen_runtime::{Object, ids};
///
/// let object = Object::from_value(&true)?;
/// assert_eq!(object.id(), ids::BOOL_TRUE);
/// assert_eq!(object.decode::<bool>()?, true);
/// assert_eq!(Object::try_from(object.as_ref().to_vec())?, object);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Object(Vec<u8>);

impl Object {
    /// The object that holds a boxed value.
    ///
    /// # Errors
    /// When the value cannot be encoded.
    pub fn from_value<T: Encode + ?Sized>(value: &T) -> Result<Self, EncodeError> {
        value.to_bytes().map(Self)
    }

    /// Without a check; for the reader, which fails where the check would.
    pub(crate) fn from_raw(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// The id of the constructor.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.first_chunk().map_or(0, |&id| u32::from_le_bytes(id))
    }

    /// The value, of a type that is known.
    ///
    /// # Errors
    /// When the object is of another type or is not encoded as it should be.
    pub fn decode<'de, T: Decode<'de>>(&'de self) -> Result<T, DecodeError> {
        T::from_bytes(&self.0)
    }

    /// The id and what follows it.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The id and what follows it.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// From an id and what follows it. It fails with [`DecodeErrorKind::UnexpectedEnd`] when there is no whole id, or the length
/// is no multiple of 4.
impl TryFrom<Vec<u8>> for Object {
    type Error = DecodeError;

    fn try_from(bytes: Vec<u8>) -> Result<Self, DecodeError> {
        if bytes.len() < 4 || !bytes.len().is_multiple_of(4) {
            return Err(DecodeError::new(DecodeErrorKind::UnexpectedEnd, bytes.len()));
        }
        Ok(Self(bytes))
    }
}

/// The id and what follows it.
impl AsRef<[u8]> for Object {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Encode for Object {
    #[inline]
    fn encode(&self, w: &mut Writer) {
        w.raw(&self.0);
    }
}

impl<'de> Decode<'de> for Object {
    const MIN_SIZE: usize = 4;
    const MAY_PANIC: bool = false;

    fn decode(r: &mut Reader<'de>) -> Self {
        Self::from_raw(r.last_object())
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Object({:#010x}, {} bytes)", self.id(), self.0.len())
    }
}
