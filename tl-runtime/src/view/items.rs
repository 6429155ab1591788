//! Vectors in a message.

use alloc::vec::Vec;
use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;

use super::View;
use super::at::{At, Form, Message};
use super::bounds::Bounds;
use super::layouts::Words;
use crate::DecodeError;

/// A view of a vector. To look at an item goes over the items before it, unless these have a fixed size; [`index`](Self::index) goes
/// over them once.
pub struct Items<'a, T> {
    message: Message<'a>,
    first: usize,
    count: u32,
    depth: u32,
    form: Form,
    words: Words,
    item: PhantomData<fn() -> T>,
}

impl<T> Clone for Items<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Items<'_, T> {}

/// The number of items. Nothing of the message is shown.
impl<T> fmt::Debug for Items<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} items at byte {}", self.count, self.first)
    }
}

impl<'a, T: View<'a>> Items<'a, T> {
    pub(crate) fn new(at: &At<'_, 'a>) -> Result<Self, DecodeError> {
        let super::at::Found { first, count, form } = at.items()?;
        let At { message, depth, words, .. } = *at;
        Ok(Self { message: *message, first, count, depth, form, words: *words, item: PhantomData })
    }

    /// The number of items. Each takes at least as many bytes as the shortest one, so there are about as many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// An item; none beyond the last one. The items before it are gone over, unless they have a fixed size.
    ///
    /// # Errors
    /// When the item is none of this type, or the end of one before it cannot be found.
    pub fn get(&self, index: usize) -> Result<Option<T>, DecodeError> {
        if index >= self.len() {
            return Ok(None);
        }
        let offset = match self.form.fixed(self.message.layouts) {
            Some(size) => self.first + index * size,
            None => self.skip::<false>(index)?,
        };
        self.load(offset).map(Some)
    }

    /// All items in their order. After an error there is none.
    #[must_use]
    pub fn iter(&self) -> Iter<'a, T> {
        Iter { items: *self, left: self.len(), offset: self.first, bounds: self.bounds() }
    }

    /// Where each item is, so that looking at one does not go over others. Goes over all items, and takes eight bytes for each unless they
    /// have a fixed size.
    ///
    /// # Errors
    /// When the end of an item cannot be found, or the offsets take more than the limit of memory.
    pub fn index(&self) -> Result<Index<'a, T>, DecodeError> {
        let mut offsets = Vec::new();
        if self.form.fixed(self.message.layouts).is_none() {
            let mut r = self.message.reader(self.first, self.depth);
            if r.charge(self.len().saturating_mul(size_of::<usize>())) {
                offsets.reserve_exact(self.len());
            }
            r.check()?;
            let (mut offset, mut bounds) = (self.first, self.bounds());
            for _ in 0..self.count {
                offsets.push(offset);
                offset = match self.go::<false>(offset, 1, &mut bounds) {
                    Ok(end) => end,
                    Err(error) => {
                        // The first mistake may be in an item before.
                        self.check()?;
                        return Err(error);
                    }
                };
            }
        }
        Ok(Index { items: *self, offsets })
    }

    /// Checks all items, and what is in them, as decoding does. Nothing is allocated.
    ///
    /// # Errors
    /// The one that decoding would give.
    pub fn check(&self) -> Result<(), DecodeError> {
        self.skip::<true>(self.len()).map(drop)
    }

    /// Where the item after as many others is.
    #[inline(never)]
    fn skip<const CHECK: bool>(&self, items: usize) -> Result<usize, DecodeError> {
        self.go::<CHECK>(self.first, items, &mut self.bounds())
    }

    fn bounds(&self) -> Bounds {
        self.message.bounds(self.depth)
    }

    /// What is after as many items from the one at this offset.
    fn go<const CHECK: bool>(&self, offset: usize, items: usize, bounds: &mut Bounds) -> Result<usize, DecodeError> {
        let Self { message, form, words, .. } = self;
        let before = bounds.clone();
        match form.fast_items::<CHECK>(bounds, message.rest(offset), items, message.layouts, words) {
            Some(rest) => Ok(message.offset(rest)),
            None => {
                *bounds = before;
                self.go_slowly::<CHECK>(offset, items, bounds)
            }
        }
    }

    /// The same with the error that decoding gives.
    #[cold]
    fn go_slowly<const CHECK: bool>(
        &self,
        offset: usize,
        items: usize,
        bounds: &mut Bounds,
    ) -> Result<usize, DecodeError> {
        let before = bounds.clone();
        let mut r = self.message.reader(offset, self.depth);
        bounds.swap_empty(&mut r);
        for _ in 0..items {
            self.form.walk::<CHECK>(&mut r, self.message.layouts, &self.words);
            if !r.is_ok() {
                break;
            }
        }
        bounds.swap_empty(&mut r);
        let end = r.offset();
        match r.check() {
            Ok(()) => Ok(end),
            // The first mistake may be before the one that was in the way.
            Err(_) if !CHECK => {
                *bounds = before;
                self.go_slowly::<true>(offset, items, bounds)
            }
            Err(error) => Err(error),
        }
    }

    fn load(&self, offset: usize) -> Result<T, DecodeError> {
        let Self { message, depth, form, words, .. } = self;
        T::load(&At { message, offset, depth: *depth, form, words })
    }
}

impl<'a, T: View<'a>> IntoIterator for Items<'a, T> {
    type Item = Result<T, DecodeError>;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// The items of a vector: see [`Items::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'a, T> {
    items: Items<'a, T>,
    left: usize,
    offset: usize,
    /// Those of all items.
    bounds: Bounds,
}

impl<'a, T: View<'a>> Iter<'a, T> {
    /// Goes over the item that was given, so that the next one is known.
    fn advance(&mut self) -> Result<(), DecodeError> {
        if self.left < self.items.len() {
            self.offset = self.items.go::<false>(self.offset, 1, &mut self.bounds)?;
        }
        Ok(())
    }
}

impl<'a, T: View<'a>> Iterator for Iter<'a, T> {
    type Item = Result<T, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        let item = self.advance().and_then(|()| self.items.load(self.offset));
        self.left = if item.is_ok() { self.left - 1 } else { 0 };
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // An item that is not as it should be is the last one.
        (usize::from(self.left > 0), Some(self.left))
    }
}

impl<'a, T: View<'a>> FusedIterator for Iter<'a, T> {}

/// The items of a vector with the offset of each: see [`Items::index`].
#[derive(Clone, Debug)]
pub struct Index<'a, T> {
    items: Items<'a, T>,
    /// Empty where items have a fixed size.
    offsets: Vec<usize>,
}

impl<'a, T: View<'a>> Index<'a, T> {
    /// The number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// An item, in the same time for each; none beyond the last one.
    ///
    /// # Errors
    /// When the item is none of this type.
    pub fn get(&self, index: usize) -> Result<Option<T>, DecodeError> {
        match self.offsets.get(index) {
            Some(offset) => self.items.load(*offset).map(Some),
            None if self.offsets.is_empty() => self.items.get(index),
            None => Ok(None),
        }
    }
}
