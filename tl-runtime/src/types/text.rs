//! `string` and `bytes`: the forms of their lengths, and the types that hold them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "compact_str")]
use crate::CompactString;
use crate::{Decode, Encode, Reader, Writer};

/// The first byte of a length in three bytes.
pub(crate) const MIDDLE_FORM: u8 = 0xfe;
/// The first byte of a length in seven bytes.
pub(crate) const LONG_FORM: u8 = 0xff;
/// The least length in three bytes.
pub(crate) const MIDDLE_MIN: u64 = 254;
/// The least length in seven bytes.
pub(crate) const LONG_MIN: u64 = 1 << 24;
/// The greatest length in seven bytes.
pub(crate) const LONG_MAX: u64 = (1 << 56) - 1;

/// The zeros after `length` bytes up to a multiple of 4.
#[inline]
pub(crate) const fn padding(length: usize) -> usize {
    length.wrapping_neg() & 3
}

/// The bytes that the shortest form of `length` takes.
#[inline]
pub(crate) const fn header(length: u64) -> usize {
    if length < MIDDLE_MIN {
        1
    } else if length < LONG_MIN {
        4
    } else {
        8
    }
}

macro_rules! encode {
    ($($ty:ty, $tl:literal, $as_bytes:ident;)*) => {$(
        #[doc = concat!("`", $tl, "`.")]
        impl Encode for $ty {
            #[inline]
            fn encode(&self, w: &mut Writer) {
                w.bytes(self.$as_bytes());
            }
        }
    )*};
}

encode! {
    str, "string", as_bytes;
    &str, "string", as_bytes;
    String, "string", as_bytes;
    Cow<'_, str>, "string", as_bytes;
    [u8], "bytes", as_ref;
    &[u8], "bytes", as_ref;
    Vec<u8>, "bytes", as_slice;
    Cow<'_, [u8]>, "bytes", as_ref;
}

macro_rules! decode {
    ($($ty:ty, $tl:literal, $r:ident => $read:expr;)*) => {$(
        #[doc = concat!("`", $tl, "`.")]
        impl<'de> Decode<'de> for $ty {
            const MIN_SIZE: usize = 4;
            const MAY_PANIC: bool = false;

            #[inline]
            fn decode($r: &mut Reader<'de>) -> Self {
                $read
            }
        }
    )*};
}

decode! {
    String, "string", r => r.string();
    &'de str, "string", r => r.str();
    Cow<'de, str>, "string", r => r.text();
    Vec<u8>, "bytes", r => r.byte_vec();
    &'de [u8], "bytes", r => r.bytes();
    Cow<'de, [u8]>, "bytes", r => Cow::Borrowed(r.bytes());
}

#[cfg(feature = "compact_str")]
encode! {
    CompactString, "string", as_bytes;
}

/// `string`.
#[cfg(feature = "compact_str")]
impl<'de> Decode<'de> for CompactString {
    const MIN_SIZE: usize = 4;
    const MAY_PANIC: bool = false;

    #[inline]
    fn decode(r: &mut Reader<'de>) -> Self {
        r.compact_string()
    }

    // The variant is in the last of 24 bytes. Inlined, the compiler copies the 23 before it in two parts that overlap, and
    // waits for each of them.
    #[inline]
    fn decode_if(r: &mut Reader<'de>, is_there: bool) -> Option<Self> {
        r.compact_string_if(is_there)
    }
}
