//! Numbers, `Bool`, raw runs of bytes and their vectors.

use proptest::prelude::*;
use tlgen_runtime::{Decode, DecodeErrorKind, DecodeOptions, Encode, ids};

use super::hex;

/// The value becomes these bytes and these bytes the value; each prefix is refused.
fn exact<T>(value: &T, bytes: &[u8])
where
    T: Encode + for<'de> Decode<'de> + PartialEq + std::fmt::Debug,
{
    assert_eq!(value.to_bytes().unwrap(), bytes);
    assert_eq!(T::from_bytes(bytes).unwrap(), *value);
    assert!(T::MIN_SIZE <= bytes.len(), "the least size is no more than a size");
    for cut in 0..bytes.len() {
        let error = T::from_bytes(&bytes[..cut]).unwrap_err();
        assert_eq!(error.kind(), DecodeErrorKind::UnexpectedEnd, "cut at {cut}");
    }
}

#[test]
fn bytes_of_the_description() {
    exact(&67_305_985i32, &hex("01020304"));
    exact(&-1i32, &hex("ffffffff"));
    exact(&u32::MAX, &hex("ffffffff"));
    exact(&-2i64, &hex("feffffffffffffff"));
    exact(&10.5f64, &hex("0000000000002540"));
    exact(&1.234f32, &hex("b6f39d3f"));
    exact(&false, &hex("379779bc"));
    exact(&true, &hex("b5757299"));
    exact(&vec![2i32, 3, 4], &hex("15c4b51c 03000000 02000000 03000000 04000000"));
    exact(&Vec::<String>::new(), &hex("15c4b51c 00000000"));
    exact(&vec![vec![true], vec![]], &hex("15c4b51c 02000000 15c4b51c 01000000 b5757299 15c4b51c 00000000"));
    exact(&std::array::from_fn::<u8, 16, _>(|i| i as u8), &hex("000102030405060708090a0b0c0d0e0f"));
    exact(&[7u8; 32], &[7; 32]);
    exact(&[9u8; 64], &[9; 64]);
}

#[test]
fn doubles_are_exact_to_the_bit() {
    for bits in [0, 1 << 63, 0x7ff8_0000_0000_0000, 0x7ff0_0000_0000_0001, 0xfff7_ffff_dead_beef, u64::MAX] {
        let bytes = bits.to_le_bytes();
        assert_eq!(f64::from_bits(bits).to_bytes().unwrap(), bytes);
        assert_eq!(f64::from_bytes(&bytes).unwrap().to_bits(), bits);
        let many = vec![f64::from_bits(bits); 200].to_bytes().unwrap();
        assert!(many[8..].chunks(8).all(|chunk| chunk == bytes));
        assert!(Vec::<f64>::from_bytes(&many).unwrap().iter().all(|double| double.to_bits() == bits));
    }
    for bits in [1u32 << 31, 0x7fc0_0001, 0x7f80_0001] {
        assert_eq!(f32::from_bytes(&bits.to_le_bytes()).unwrap().to_bits(), bits);
    }
}

#[test]
fn a_bool_is_one_of_two_ids() {
    for id in [0u32, 1, ids::BOOL_TRUE + 1, ids::BOOL_FALSE ^ 1 << 31, 0x3fed_d339] {
        let error = bool::from_bytes(&id.to_le_bytes()).unwrap_err();
        assert_eq!(error.kind(), DecodeErrorKind::UnknownId { id, ty: "Bool" });
        assert_eq!(error.offset(), 0);
    }
}

/// The bytes of a vector, put together one item at a time.
fn one_by_one<T: Encode>(items: &[T]) -> Vec<u8> {
    let mut bytes = hex("15c4b51c");
    bytes.extend((items.len() as u32).to_le_bytes());
    for item in items {
        bytes.extend(item.to_bytes().unwrap());
    }
    bytes
}

macro_rules! round_trip {
    ($($name:ident: $ty:ty;)*) => {
        proptest! {$(
            #[test]
            fn $name(items in proptest::collection::vec(any::<$ty>(), 0..600)) {
                let bytes = items.to_bytes().unwrap();
                prop_assert_eq!(&bytes, &one_by_one(&items));
                let back = Vec::<$ty>::from_bytes(&bytes).unwrap();
                prop_assert_eq!(back.to_bytes().unwrap(), bytes.clone());
                if let Some(first) = items.first() {
                    let (back, used) = DecodeOptions::new().prefix::<$ty>(&bytes[8..]).unwrap();
                    prop_assert_eq!(back.to_bytes().unwrap(), first.to_bytes().unwrap());
                    prop_assert_eq!(used, <$ty as Decode>::MIN_SIZE);
                }
                let error = Vec::<$ty>::from_bytes(&bytes[..bytes.len() - 1]).unwrap_err();
                prop_assert_eq!(error.kind(), DecodeErrorKind::UnexpectedEnd);
            }
        )*}
    };
}

round_trip! {
    ints: i32;
    nats: u32;
    longs: i64;
    doubles: f64;
    floats: f32;
    bools: bool;
    int128s: [u8; 16];
    int256s: [u8; 32];
}
