//! Boxed vectors.

use alloc::vec::Vec;

use crate::drift::KnownIds;
use crate::{Decode, Encode, Reader, Writer, ids};

/// A boxed `Vector<T>`.
impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode(&self, w: &mut Writer) {
        w.vector(self, "");
    }
}

/// A boxed `Vector<T>`.
impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    const MIN_SIZE: usize = 8;
    const MAY_PANIC: bool = T::MAY_PANIC;

    const KNOWN: KnownIds = T::KNOWN;

    #[inline]
    fn decode(r: &mut Reader<'de>) -> Self {
        r.expect_id(ids::VECTOR, "vector");
        r.vector_bare()
    }

    fn decode_translated(r: &mut Reader<'_>) -> Option<Self> {
        let items = r.vector_with(T::MIN_SIZE, |r| T::decode_translated(r));
        items.into_iter().collect()
    }
}
