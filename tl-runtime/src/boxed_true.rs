//! The boxed type `True`, for results and for fields where it has an id on the wire.

use crate::{Combinator, DecodeBare, EncodeBare, Reader, Writer};

/// `true#3fedd339 = True`: a value that says nothing but that it is there. A function that returns it has succeeded.
///
/// `flags.N?true` is no value but a bit, and so a `bool` in generated code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct True;

impl Combinator for True {
    const ID: u32 = 0x3fed_d339;
    const NAME: &'static str = "true";
}

impl EncodeBare for True {
    #[inline]
    fn encode_bare(&self, _w: &mut Writer) {}
}

impl DecodeBare<'_> for True {
    const MIN_SIZE: usize = 0;
    #[inline]
    fn decode_bare(_r: &mut Reader<'_>) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use super::True;

    #[test]
    fn is_its_id() {
        assert_eq!(crate::to_bytes(&True).unwrap(), [0x39, 0xd3, 0xed, 0x3f]);
        assert_eq!(crate::from_bytes::<True>(&[0x39, 0xd3, 0xed, 0x3f]).unwrap(), True);
        assert!(crate::from_bytes::<True>(&[0x38, 0xd3, 0xed, 0x3f]).is_err());
    }
}
