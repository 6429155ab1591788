//! What has to be kept an eye on on the way through a message.

use crate::{DecodeOptions, Mode, Reader};

/// How exact a message must be, and what may still come.
#[derive(Clone, Debug)]
pub struct Bounds {
    pub(crate) mode: Mode,
    /// The levels of recursive types that may still begin.
    levels: u32,
    /// What items that take no bytes may still take in memory: see [`DecodeOptions::EMPTY_ITEMS_BUDGET`].
    empty: usize,
}

impl Bounds {
    /// Within `depth` levels of recursive types.
    #[inline]
    #[must_use]
    pub fn new(options: &DecodeOptions, depth: u32) -> Self {
        let levels = options.max_depth.saturating_sub(depth);
        Self { mode: options.mode, levels, empty: DecodeOptions::EMPTY_ITEMS_BUDGET }
    }

    /// The levels of recursive types that have begun.
    #[inline]
    pub(crate) fn depth(&self, options: &DecodeOptions) -> u32 {
        options.max_depth.saturating_sub(self.levels)
    }

    /// Begins a level of a recursive type.
    #[inline]
    pub(crate) fn enter(&mut self) -> Option<()> {
        self.levels = self.levels.checked_sub(1)?;
        Some(())
    }

    /// Ends it.
    #[inline]
    pub(crate) fn leave(&mut self) {
        self.levels += 1;
    }

    /// Exchanges what is left for items without bytes with a reader, which goes over a part of the message in place of these.
    pub(crate) fn swap_empty(&mut self, r: &mut Reader<'_>) {
        core::mem::swap(&mut self.empty, r.empty_left());
    }

    /// Counts items that take no bytes, of so many bytes in memory.
    pub(crate) fn take_empty(&mut self, count: u32, size: usize) -> Option<()> {
        self.empty = self.empty.checked_sub((count as usize).saturating_mul(size.max(1)))?;
        Some(())
    }
}
