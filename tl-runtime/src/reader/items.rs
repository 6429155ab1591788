//! Vectors: how many items there can be, and reading them.

use alloc::vec::Vec;

use super::Reader;
use crate::{Decode, DecodeErrorKind, ids};

impl<'de> Reader<'de> {
    /// A count and that many items in the form in which a field holds them: `vector<T>`.
    #[inline]
    pub fn vector_bare<T: Decode<'de>>(&mut self) -> Vec<T> {
        let count = self.count(T::MIN_SIZE, size_of::<T>());
        T::decode_vec(self, count)
    }

    /// A boxed vector whose items are read by `read`; each takes at least `min_size` bytes.
    #[inline]
    pub fn vector_with<T>(&mut self, min_size: usize, read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        self.expect_id(ids::VECTOR, "vector");
        self.vector_bare_with(min_size, read)
    }

    /// A count and that many items that are read by `read`; each takes at least `min_size` bytes.
    #[inline]
    pub fn vector_bare_with<T>(&mut self, min_size: usize, read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.count(min_size, size_of::<T>());
        self.items(count, read)
    }

    /// `count` items in the form in which a field holds them: `count*[T]`.
    #[inline]
    pub fn repeat<T: Decode<'de>>(&mut self, count: u32) -> Vec<T> {
        let count = self.checked(count, T::MIN_SIZE, size_of::<T>(), 0);
        T::decode_vec(self, count)
    }

    /// `count` items that are read by `read`; each takes at least `min_size` bytes.
    #[inline]
    pub fn repeat_with<T>(&mut self, count: u32, min_size: usize, read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.checked(count, min_size, size_of::<T>(), 0);
        self.items(count, read)
    }

    /// Takes a count of items for which there is enough input left.
    #[inline]
    pub(crate) extern "C" fn count(&mut self, min_size: usize, item_size: usize) -> usize {
        let count = self.u32();
        self.checked(count, min_size, item_size, 4)
    }

    /// `count`, or 0 and a failure if the rest of the input cannot hold that many items. The count began `back` bytes ago.
    pub(crate) extern "C" fn checked(&mut self, count: u32, min_size: usize, item_size: usize, back: usize) -> usize {
        let Ok(signed) = i32::try_from(count) else {
            self.fail_back(DecodeErrorKind::NegativeCount { count: count.cast_signed() }, back);
            return 0;
        };
        let items = signed.unsigned_abs() as usize;
        if min_size == 0 {
            let cost = items.saturating_mul(item_size.max(1));
            let Some(left) = self.memory.empty.checked_sub(cost) else {
                self.fail_back(DecodeErrorKind::CountTooLarge { count }, back);
                return 0;
            };
            self.memory.empty = left;
            return if self.is_ok() { items } else { 0 };
        }
        let needed = u64::from(count).saturating_mul(min_size as u64);
        if needed <= self.rest.len() as u64 {
            return items;
        }
        if needed > u64::from(u32::MAX) {
            self.fail_back(DecodeErrorKind::CountTooLarge { count }, back);
        } else {
            self.fail_end();
        }
        0
    }

    /// Up to `count` items that are read by `read`; it ends when the reader fails.
    pub(crate) fn items<T>(&mut self, count: usize, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let ahead = self.set_aside(count, size_of::<T>());
        let mut items = Vec::with_capacity(ahead);
        while items.len() < count && self.is_ok() {
            if items.len() == items.capacity() {
                let more = self.charge_growth(items.len(), count, size_of::<T>());
                if more == 0 {
                    break;
                }
                items.reserve_exact(more);
            }
            items.push(read(self));
        }
        self.arrived(ahead, size_of::<T>());
        items
    }
}
