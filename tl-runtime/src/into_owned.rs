//! From values that point into the input to values that own their text.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// A value with borrowed text that can be turned into the same value with owned text.
///
/// ```
/// use tlgen_runtime::{Decode, IntoOwned};
///
/// let names = Vec::<&str>::from_bytes(b"\x15\xc4\xb5\x1c\x01\0\0\0\x03tgl")?;
/// let owned: Vec<String> = names.into_owned();
/// assert_eq!(owned, ["tgl"]);
/// # Ok::<(), tlgen_runtime::DecodeError>(())
/// ```
pub trait IntoOwned {
    /// The same value with owned text.
    type Owned;

    /// Copies the text and moves everything else.
    fn into_owned(self) -> Self::Owned;
}

impl IntoOwned for &str {
    type Owned = String;

    #[inline]
    fn into_owned(self) -> String {
        self.to_owned()
    }
}

impl IntoOwned for &[u8] {
    type Owned = Vec<u8>;

    #[inline]
    fn into_owned(self) -> Vec<u8> {
        self.to_owned()
    }
}

impl<T: IntoOwned> IntoOwned for Option<T> {
    type Owned = Option<T::Owned>;

    #[inline]
    fn into_owned(self) -> Self::Owned {
        self.map(T::into_owned)
    }
}

impl<T: IntoOwned> IntoOwned for Vec<T> {
    type Owned = Vec<T::Owned>;

    #[inline]
    fn into_owned(self) -> Self::Owned {
        self.into_iter().map(T::into_owned).collect()
    }
}

impl<T: IntoOwned> IntoOwned for Box<T> {
    type Owned = Box<T::Owned>;

    #[inline]
    fn into_owned(self) -> Self::Owned {
        Box::new((*self).into_owned())
    }
}
