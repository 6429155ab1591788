//! The boxed type `True`, for results and for fields where it has an id on the wire.

use crate::{Combinator, DecodeBare, EncodeBare, Reader, Writer, ids};

/// `true#3fedd339 = True`: a type with one value. A function that returns it has succeeded.
///
/// `flags.N?true` is a bit of the flags field, and a `bool` in generated code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct True;

impl Combinator for True {
    const ID: u32 = ids::TRUE;
    const NAME: &'static str = "true";
}

impl EncodeBare for True {
    #[inline]
    fn encode_bare(&self, _w: &mut Writer) {}
}

impl DecodeBare<'_> for True {
    const MIN_SIZE: usize = 0;
    const MAY_PANIC: bool = false;

    #[inline]
    fn decode_bare(_r: &mut Reader<'_>) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use super::True;
    use crate::{Decode, Encode};

    #[test]
    fn is_its_id() {
        assert_eq!(True.to_bytes().unwrap(), [0x39, 0xd3, 0xed, 0x3f]);
        assert_eq!(True::from_bytes(&[0x39, 0xd3, 0xed, 0x3f]).unwrap(), True);
        assert!(True::from_bytes(&[0x38, 0xd3, 0xed, 0x3f]).is_err());
    }
}
