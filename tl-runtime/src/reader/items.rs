//! Runs of items: how many there can be.

use alloc::vec::Vec;

use super::Reader;
use crate::vector::VECTOR_ID;
use crate::{Decode, DecodeErrorKind, unchecked};

impl<'de> Reader<'de> {
    /// A count and that many items in the form in which they stand in a field: what `vector<T>` is.
    #[inline]
    pub extern "C" fn vector_bare<T: Decode<'de>>(&mut self) -> Vec<T> {
        let count = self.count(T::MIN_SIZE, size_of::<T>());
        T::decode_vec(self, count)
    }

    /// A boxed vector whose items are read by `read`; each takes `min_size` bytes or more.
    #[inline]
    pub extern "C" fn vector_with<T>(&mut self, min_size: usize, read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        self.expect_id(VECTOR_ID, "vector");
        self.vector_bare_with(min_size, read)
    }

    /// A count and that many items that are read by `read`; each takes `min_size` bytes or more.
    #[inline]
    pub extern "C" fn vector_bare_with<T>(&mut self, min_size: usize, read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.count(min_size, size_of::<T>());
        self.items(count, read)
    }

    /// `count` items in the form in which they stand in a field: what `count*[T]` is.
    #[inline]
    pub extern "C" fn repeat<T: Decode<'de>>(&mut self, count: u32) -> Vec<T> {
        let count = self.checked(count, T::MIN_SIZE, size_of::<T>(), 0);
        T::decode_vec(self, count)
    }

    /// `count` items that are read by `read`; each takes `min_size` bytes or more.
    #[inline]
    pub extern "C" fn repeat_with<T>(
        &mut self,
        count: u32,
        min_size: usize,
        read: impl FnMut(&mut Self) -> T,
    ) -> Vec<T> {
        let count = self.checked(count, min_size, size_of::<T>(), 0);
        self.items(count, read)
    }

    /// Takes a count that the rest of the input can hold.
    #[inline]
    extern "C" fn count(&mut self, min_size: usize, item_size: usize) -> usize {
        let count = self.u32();
        self.checked(count, min_size, item_size, 4)
    }

    /// `count`, or 0 and a failure where it promises more than the input can hold. `back` is the distance to its place.
    extern "C" fn checked(&mut self, count: u32, min_size: usize, item_size: usize, back: usize) -> usize {
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
    #[inline]
    pub(crate) extern "C" fn items<T>(&mut self, count: usize, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let ahead = self.set_aside(count, size_of::<T>());
        let mut items = with_capacity(ahead);
        while items.len() < count && self.is_ok() {
            if items.len() == items.capacity() {
                let more = self.charge_growth(items.len(), count, size_of::<T>());
                if more == 0 {
                    break;
                }
                reserve(&mut items, more);
            }
            unchecked::push(&mut items, || self.placed(|r| read(r)));
        }
        self.arrived(ahead, size_of::<T>());
        items
    }
}

/// `Vec::with_capacity` that can not unwind.
#[inline]
extern "C" fn with_capacity<T>(capacity: usize) -> Vec<T> {
    Vec::with_capacity(capacity)
}

/// `Vec::reserve_exact` that can not unwind.
#[inline]
extern "C" fn reserve<T>(items: &mut Vec<T>, more: usize) {
    items.reserve_exact(more);
}
