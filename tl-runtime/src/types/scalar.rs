//! Numbers, `Bool` and raw bytes of fixed lengths.
//!
//! Numbers are little-endian on the wire and converted explicitly, so a big-endian host reads and writes the same bytes.

use alloc::vec::Vec;

use crate::{Decode, Encode, Reader, Writer, ids};

macro_rules! number {
    ($($ty:ident, $size:literal, $tl:literal;)*) => {$(
        #[doc = concat!("`", $tl, "`.")]
        impl Encode for $ty {
            #[inline]
            fn encode(&self, w: &mut Writer) {
                w.array(self.to_le_bytes());
            }

            fn encode_slice(items: &[Self], w: &mut Writer) {
                w.reserve(size_of_val(items));
                // Through a block on the stack: the loop over it becomes vector stores.
                for items in items.chunks(1024 / $size) {
                    let mut block = [[0; $size]; 1024 / $size];
                    for (bytes, item) in block.iter_mut().zip(items) {
                        *bytes = item.to_le_bytes();
                    }
                    w.raw(block[..items.len()].as_flattened());
                }
            }
        }

        #[doc = concat!("`", $tl, "`.")]
        impl<'de> Decode<'de> for $ty {
            const MIN_SIZE: usize = $size;
            const MAY_PANIC: bool = false;

            #[inline]
            fn decode(r: &mut Reader<'de>) -> Self {
                Self::from_le_bytes(r.array())
            }

            fn decode_vec(r: &mut Reader<'de>, count: usize) -> Vec<Self> {
                let bytes = r.take_bytes(count.saturating_mul($size));
                bytes.as_chunks().0.iter().map(|&bytes| Self::from_le_bytes(bytes)).collect()
            }
        }
    )*};
}

number! {
    i32, 4, "int";
    u32, 4, "#";
    i64, 8, "long";
    f64, 8, "double";
    f32, 4, "float";
}

macro_rules! raw {
    ($($size:literal, $tl:literal;)*) => {$(
        #[doc = concat!("`", $tl, "`: raw bytes in the order of the wire.")]
        impl Encode for [u8; $size] {
            #[inline]
            fn encode(&self, w: &mut Writer) {
                w.array(*self);
            }

            #[inline]
            fn encode_slice(items: &[Self], w: &mut Writer) {
                w.raw(items.as_flattened());
            }
        }

        #[doc = concat!("`", $tl, "`: raw bytes in the order of the wire.")]
        impl<'de> Decode<'de> for [u8; $size] {
            const MIN_SIZE: usize = $size;
            const MAY_PANIC: bool = false;

            #[inline]
            fn decode(r: &mut Reader<'de>) -> Self {
                r.array()
            }

            #[inline]
            fn decode_vec(r: &mut Reader<'de>, count: usize) -> Vec<Self> {
                r.take_bytes(count.saturating_mul($size)).as_chunks().0.to_vec()
            }
        }
    )*};
}

raw! {
    16, "int128";
    32, "int256";
    64, "int512";
}

/// `Bool`: one of two ids.
impl Encode for bool {
    #[inline]
    fn encode(&self, w: &mut Writer) {
        w.id(if *self { ids::BOOL_TRUE } else { ids::BOOL_FALSE });
    }
}

/// `Bool`: one of two ids.
impl<'de> Decode<'de> for bool {
    const MIN_SIZE: usize = 4;
    const MAY_PANIC: bool = false;

    #[inline]
    fn decode(r: &mut Reader<'de>) -> Self {
        match r.id() {
            ids::BOOL_TRUE => true,
            ids::BOOL_FALSE => false,
            id => {
                r.unknown_id(id, "Bool");
                false
            }
        }
    }
}
