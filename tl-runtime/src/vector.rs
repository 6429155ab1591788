//! Boxed vectors.

use alloc::vec::Vec;

use crate::{Decode, Encode, Reader, Writer};

/// The id of `vector`, the one constructor of `Vector t`.
pub const VECTOR_ID: u32 = 0x1cb5_c415;

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

    #[inline]
    fn decode(r: &mut Reader<'de>) -> Self {
        r.expect_id(VECTOR_ID, "vector");
        r.vector_bare()
    }
}
