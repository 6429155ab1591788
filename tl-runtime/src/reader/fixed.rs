//! Runs of values of fixed sizes.

use super::Reader;
use crate::Decode;
use crate::fixed::{MAX_RUN, Part, Run};

static ZEROS: [u8; MAX_RUN] = [0; MAX_RUN];

impl Reader<'_> {
    /// The values of a run, as if they were read one by one, but with one check for all of them.
    #[inline]
    pub extern "C" fn fixed<T: Run>(&mut self) -> T {
        let (bytes, tail) =
            self.rest.split_at_checked(T::SIZE).unwrap_or((ZEROS.get(..T::SIZE).unwrap_or_default(), &[]));
        let (values, is_valid) = T::load(bytes, self.config.mode);
        if is_valid & (self.rest.len() >= T::SIZE) {
            self.rest = tail;
        } else {
            self.fail_run(T::PARTS);
        }
        values
    }

    /// Takes the parts one by one, to fail where the first wrong one is.
    #[cold]
    #[inline(never)]
    extern "C" fn fail_run(&mut self, parts: &[Part]) {
        for part in parts {
            match *part {
                Part::Bytes(size) => _ = self.take_bytes(size),
                Part::Bool => _ = bool::decode(self),
                Part::Flags(declared) => _ = self.flags(declared),
            }
        }
    }
}
