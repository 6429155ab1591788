//! One value that the types do not know.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use crate::atlas::{Atlas, Entry};
use crate::unchecked::{Apart, DropApart};
use crate::{Decode, DecodeError, DecodeOptions, Encode, Object, Writer};

/// The id and the exact bytes of one value whose constructor the types do not know: the variant `Unknown` of an enum that was
/// generated with `unknown = "keep"`.
///
/// It is encoded as the same bytes. Two are equal if their bytes are.
///
/// ```
/// use tlgen_runtime::{Encode, Object, Unknown};
///
/// let unknown = Unknown::from(Object::from_value(&7_i64)?);
/// assert_eq!((unknown.id(), unknown.as_bytes()), (7, &[7, 0, 0, 0, 0, 0, 0, 0][..]));
/// assert_eq!(unknown.to_bytes()?, unknown.as_bytes());
/// # Ok::<(), tlgen_runtime::EncodeError>(())
/// ```
// `None` is what a failed reader gives, so that it allocates nothing. A pointer keeps the enums around it small.
pub struct Unknown(Apart<Option<Box<Inner>>>);

#[derive(Clone)]
struct Inner {
    bytes: Vec<u8>,
    atlas: Option<&'static Atlas<'static>>,
}

impl Unknown {
    /// What a failed reader gives.
    pub(crate) const FAILED: Self = Self(Apart::new(None));

    /// The memory that it takes besides its bytes.
    pub(crate) const COST: usize = size_of::<Inner>();

    /// The value with these bytes.
    pub(crate) fn new(bytes: &[u8], atlas: &'static Atlas<'static>) -> Self {
        Self(Apart::new(Some(Box::new(Inner { bytes: bytes.to_vec(), atlas: Some(atlas) }))))
    }

    /// The id of the constructor.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.as_bytes().first_chunk().map_or(0, |&id| u32::from_le_bytes(id))
    }

    /// The id and what follows it.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |inner| &inner.bytes)
    }

    /// The id and what follows it.
    #[must_use]
    pub fn into_bytes(mut self) -> Vec<u8> {
        self.0.take().map_or_else(Vec::new, |inner| inner.bytes)
    }

    /// The TL name of the constructor, if the value was read by an atlas that has names.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        self.entry()?.name()
    }

    /// What the atlas that it was read by knows of its constructor.
    pub(super) fn entry(&self) -> Option<Entry<'static>> {
        self.0.as_ref()?.atlas?.entry(self.id())
    }

    /// The value, of a type that knows it: one of another layer, for example.
    ///
    /// # Errors
    /// When the type does not know it either, or `options` do not accept the bytes.
    pub fn decode<'de, T: Decode<'de>>(&'de self, options: &DecodeOptions) -> Result<T, DecodeError> {
        options.from_bytes(self.as_bytes())
    }
}

impl DropApart for Option<Box<Inner>> {
    #[inline]
    fn drop_apart(self) {
        drop_inner(self);
    }
}

/// Drops what an `Unknown` holds: one function for all the enums that have such a variant. It cannot unwind, so what calls it
/// needs no code for that.
#[inline(never)]
extern "C" fn drop_inner(inner: Option<Box<Inner>>) {
    drop(inner);
}

/// A value that is written where one of the enum's type is expected. Nothing checks that it is one.
impl From<Object> for Unknown {
    fn from(object: Object) -> Self {
        Self(Apart::new(Some(Box::new(Inner { bytes: object.into_bytes(), atlas: None }))))
    }
}

impl From<Unknown> for Object {
    fn from(unknown: Unknown) -> Self {
        Self::from_raw(unknown.as_bytes())
    }
}

impl AsRef<[u8]> for Unknown {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Encode for Unknown {
    #[cold]
    #[inline(never)]
    fn encode(&self, w: &mut Writer) {
        w.raw(self.as_bytes());
    }
}

impl PartialEq for Unknown {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Unknown {}

impl Clone for Unknown {
    fn clone(&self) -> Self {
        Self(Apart::new(self.0.clone()))
    }
}

impl PartialOrd for Unknown {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Unknown {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for Unknown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unknown({:#010x}", self.id())?;
        if let Some(name) = self.name() {
            write!(f, " {name}")?;
        }
        write!(f, ", {} bytes)", self.as_bytes().len())
    }
}
