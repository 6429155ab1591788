//! Messages in fields of `gzip_packed`, within a bound.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Unpacks the content of a `gzip_packed` into at most so many bytes: nothing if it is not packed so, or is longer.
pub type Unpack = fn(&[u8], usize) -> Option<Vec<u8>>;

/// How many packed messages are unpacked within each other.
pub const MAX_UNPACKED_LEVEL: usize = 4;

/// How packed messages are unpacked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed<'a> {
    unpack: Unpack,
    /// How many bytes those of one message may have together.
    most: usize,
    /// How many of these are left, while a message is being written.
    left: Option<&'a AtomicUsize>,
    /// How many packed messages are around this one.
    level: usize,
}

impl<'a> Packed<'a> {
    pub(super) fn new(unpack: Unpack, most: usize) -> Self {
        Self { unpack, most, left: None, level: 0 }
    }

    /// Whether a message begins here, and its bound: what is unpacked in it is taken off that.
    pub(super) fn begins(&self) -> Option<AtomicUsize> {
        self.left.is_none().then(|| AtomicUsize::new(self.most))
    }

    pub(super) fn within(self, left: &'a AtomicUsize) -> Self {
        Self { left: Some(left), ..self }
    }

    /// For what was unpacked.
    pub(super) fn deeper(self) -> Self {
        Self { level: self.level + 1, ..self }
    }

    pub(super) fn open(&self, packed: &[u8]) -> Option<Vec<u8>> {
        let left = self.left.filter(|_| self.level < MAX_UNPACKED_LEVEL)?;
        let most = left.load(Ordering::Relaxed);
        let bytes = (self.unpack)(packed, most).filter(|bytes| bytes.len() <= most)?;
        left.store(most - bytes.len(), Ordering::Relaxed);
        Some(bytes)
    }
}
