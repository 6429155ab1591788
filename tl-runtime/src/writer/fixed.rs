//! Runs of values of fixed sizes.

use super::Writer;
use crate::fixed::{MAX_RUN, Run};
use crate::unchecked;

impl Writer {
    /// The values of a run, as if they were written one by one, but with one check of the room for all of them.
    #[inline]
    pub fn fixed<T: Run>(&mut self, values: T) {
        let mut block = [0; MAX_RUN];
        if let Some(block) = block.get_mut(..T::SIZE) {
            values.store(block);
            unchecked::append(&mut self.buf, block);
        }
    }
}
