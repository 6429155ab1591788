//! A box whose contents are dropped by the crate that declares them.

use alloc::boxed::Box;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::{Deref, DerefMut};

use crate::IntoOwned;
use crate::unchecked::{Apart, DropApart};

/// A type whose own crate compiles what drops it in a box.
///
/// The method has no body here, as that would be generic and compiled where it is used.
pub trait DropBox: Sized {
    /// Drops the value and frees its memory.
    fn drop_box(this: Box<Self>);
}

/// A value on the heap, as a [`Box`], whose contents are dropped by the crate that declares them.
///
/// Generated enums hold their large variants in it. `Box` would have each crate that drops a value compile the code that drops
/// all that is inside, anew after each edit. It derefs to the value, and a value becomes one by `into`.
///
/// ```
/// use tlgen_runtime::Indirect;
/// # struct Note { text: &'static str }
/// # tlgen_runtime::generated::drop_box!(Note);
///
/// let mut note = Indirect::from(Note { text: "a" });
/// note.text = "b";
/// let Note { text } = note.into_inner();
/// assert_eq!(text, "b");
/// ```
pub struct Indirect<T: DropBox>(Apart<Box<T>>);

impl<T: DropBox> DropApart for Box<T> {
    #[inline]
    fn drop_apart(self) {
        T::drop_box(self);
    }
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

    /// The value in a box of the standard library.
    #[inline]
    #[must_use]
    pub fn into_box(self) -> Box<T> {
        self.0.into_inner()
    }
}

impl<T: DropBox> From<Box<T>> for Indirect<T> {
    #[inline]
    fn from(value: Box<T>) -> Self {
        Self(Apart::new(value))
    }
}

impl<T: DropBox> Deref for Indirect<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DropBox> DerefMut for Indirect<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
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
