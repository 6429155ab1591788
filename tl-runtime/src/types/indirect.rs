//! What [`Indirect`] does beyond owning its value: all that a `Box` does.

use alloc::boxed::Box;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use crate::{Indirect, IntoOwned};

/// A type whose own crate compiles what drops it in a box.
///
/// The method has no body here, as that would be generic and compiled where it is used.
pub trait DropBox: Sized {
    /// Drops the value and frees its memory.
    fn drop_box(this: Box<Self>);
}

impl<T: DropBox> Indirect<T> {
    /// Moves a value to the heap.
    #[inline]
    pub fn new(value: T) -> Self {
        Self::from(Box::new(value))
    }

    /// Moves the value out.
    #[inline]
    #[must_use]
    pub fn into_inner(self) -> T {
        *self.into_box()
    }
}

impl<T: DropBox> From<T> for Indirect<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: DropBox> AsRef<T> for Indirect<T> {
    #[inline]
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T: DropBox + Clone> Clone for Indirect<T> {
    #[inline]
    fn clone(&self) -> Self {
        Self::new(T::clone(self))
    }
}

impl<T: DropBox + fmt::Debug> fmt::Debug for Indirect<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: DropBox + Default> Default for Indirect<T> {
    #[inline]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: DropBox + PartialEq> PartialEq for Indirect<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: DropBox + Eq> Eq for Indirect<T> {}

impl<T: DropBox + PartialOrd> PartialOrd for Indirect<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (**self).partial_cmp(&**other)
    }
}

impl<T: DropBox + Ord> Ord for Indirect<T> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl<T: DropBox + Hash> Hash for Indirect<T> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: DropBox + IntoOwned> IntoOwned for Indirect<T>
where
    T::Owned: DropBox,
{
    type Owned = Indirect<T::Owned>;

    #[inline]
    fn into_owned(self) -> Self::Owned {
        Indirect::new(self.into_inner().into_owned())
    }
}
