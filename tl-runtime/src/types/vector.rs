//! Boxed vectors.

use alloc::vec::Vec;

use crate::drift::KnownTo;
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

    const KNOWN: KnownTo<Self> = KnownTo::new(T::KNOWN.ids, |r| {
        let items = r.vector_with(T::MIN_SIZE, T::KNOWN.read);
        items.into_iter().collect()
    });

    #[inline]
    fn decode(r: &mut Reader<'de>) -> Self {
        r.expect_id(ids::VECTOR, "vector");
        r.vector_bare()
    }
}
