//! How much memory a message may take, and how much may be set aside for what has not arrived.
//!
//! Text, bytes and vectors of numbers take no more in memory than on the wire. So the input counts once as a whole, and
//! nothing is counted where they are read. Vectors of other items and boxes can grow, and are counted.

use super::Reader;
use crate::{DecodeErrorKind, DecodeOptions};

/// The memory that may be set aside for items that have not arrived, besides three times the input.
const SPARE: usize = 32 * 1024;

/// What was taken and what may still be taken, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Memory {
    /// What is taken for items that have not arrived.
    ahead: usize,
    /// For items that take no bytes.
    pub(super) empty: usize,
    /// For vectors and boxes.
    left: usize,
}

impl Memory {
    #[inline]
    pub(super) fn new(input: usize, limit: usize) -> Self {
        Self { ahead: 0, empty: DecodeOptions::EMPTY_ITEMS_BUDGET, left: limit.saturating_sub(input) }
    }

    /// What may still be taken for items that have not arrived.
    fn ahead_left(&self, input: usize) -> usize {
        // Half of the address space at most, so that no capacity can overflow.
        let most = input.saturating_mul(3).saturating_add(SPARE).min(isize::MAX as usize / 2);
        most.saturating_sub(self.ahead)
    }
}

impl Reader<'_> {
    /// Counts `bytes` that are about to be allocated beyond those that the value has on the wire, and says whether they may
    /// be: beyond [`DecodeOptions::max_memory`] the reader fails.
    #[inline]
    pub fn charge(&mut self, bytes: usize) -> bool {
        let left = self.memory.left.checked_sub(bytes);
        match left {
            Some(left) => self.memory.left = left,
            None => self.fail_memory(),
        }
        left.is_some()
    }

    /// The same for a box, not inlined; says whether nothing has failed.
    #[inline(never)]
    pub(crate) extern "C" fn charge_box(&mut self, bytes: usize) -> bool {
        self.charge(bytes);
        self.is_ok()
    }

    /// What items that take no bytes may still take.
    pub(crate) fn empty_left(&mut self) -> &mut usize {
        &mut self.memory.empty
    }

    /// Says that bytes that were counted were freed.
    pub(crate) fn release(&mut self, bytes: usize) {
        self.memory.left = self.memory.left.saturating_add(bytes);
    }

    #[cold]
    #[inline(never)]
    pub(crate) extern "C" fn fail_memory(&mut self) {
        self.fail(DecodeErrorKind::TooMuchMemory { limit: self.options.max_memory });
    }

    /// The number of items that get their memory now; the others get it when these have arrived.
    pub(crate) extern "C" fn set_aside(&mut self, count: usize, item_size: usize) -> usize {
        let Some(most) = self.memory.ahead_left(self.length).min(self.memory.left).checked_div(item_size) else {
            return 0;
        };
        let items = count.min(most);
        self.memory.ahead += items * item_size;
        self.memory.left -= items * item_size;
        items
    }

    /// Says that these items have arrived.
    #[inline]
    pub(crate) extern "C" fn arrived(&mut self, items: usize, item_size: usize) {
        self.memory.ahead -= items * item_size;
    }

    /// How many items more than `items`, of `count` in all, may get their memory: none when that is too much. All of them move,
    /// so for a moment both are there.
    pub(crate) extern "C" fn charge_growth(&mut self, items: usize, count: usize, item_size: usize) -> usize {
        let more = items.max(1).min(count.saturating_sub(items));
        let before = items.saturating_mul(item_size);
        if !self.charge(before.saturating_add(more.saturating_mul(item_size))) {
            return 0;
        }
        self.memory.left += before;
        more
    }
}
