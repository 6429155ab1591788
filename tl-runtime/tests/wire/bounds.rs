//! Exact bounds and offsets: one less passes, one more is refused, and the error names the byte at which it is wrong.

use tlgen_runtime::generated::{self as rt, Flags};
use tlgen_runtime::{Decode, DecodeBare, DecodeErrorKind as Kind, DecodeOptions, Encode, Object, Reader};

use super::hex;
use super::sample::Empties;

fn error<'de, T: Decode<'de> + core::fmt::Debug>(input: &'de [u8]) -> (Kind, usize) {
    let error = T::from_bytes(input).unwrap_err();
    (error.kind(), error.offset())
}

/// Padding after a length in its longest form, which only 16 MiB and more have.
#[test]
fn padding_after_the_longest_length() {
    let mut bytes = vec![1u8; (1 << 24) + 1].to_bytes().unwrap();
    assert_eq!(bytes.len() % 4, 0);
    assert!(<&[u8]>::from_bytes(&bytes).is_ok());
    for from_end in 1..=3 {
        let index = bytes.len() - from_end;
        bytes[index] = 1;
        assert_eq!(<&[u8]>::from_bytes(&bytes).unwrap_err().kind(), Kind::NonZeroPadding, "{from_end}");
        bytes[index] = 0;
    }
}

/// A count that the bytes left cannot hold is refused at the count's end, before any item is read.
#[test]
fn counts_beyond_what_is_left() {
    let two_of_three = |items: &[&str]| {
        let mut bytes = vec![items[0]; 3].to_bytes().unwrap();
        bytes.truncate(8);
        bytes.extend(items.iter().flat_map(|item| item.to_bytes().unwrap()));
        bytes
    };
    assert_eq!(error::<Vec<String>>(&two_of_three(&["a", "b"])), (Kind::UnexpectedEnd, 8));
    assert_eq!(error::<Vec<String>>(&hex("15c4b51c 02000000 01610000")), (Kind::UnexpectedEnd, 8));
    assert_eq!(error::<Vec<i64>>(&hex("15c4b51c 02000000 0100000000000000")), (Kind::UnexpectedEnd, 8));
    assert_eq!(error::<Vec<bool>>(&hex("15c4b51c 02000000 b5757299")), (Kind::UnexpectedEnd, 8));
}

#[test]
fn offsets_of_lengths_and_counts() {
    assert_eq!(error::<&[u8]>(&hex("ffffffffffffffff 00000000")), (Kind::LengthTooLarge { length: (1 << 56) - 1 }, 0));
    assert_eq!(error::<&[u8]>(&hex("feffffff 00000000")), (Kind::UnexpectedEnd, 4));
    assert_eq!(error::<Vec<i64>>(&hex("15c4b51c ffffff7f")), (Kind::CountTooLarge { count: i32::MAX as u32 }, 4));
    // Items that would take 2^32 bytes and more are refused at their count, fewer where the input ends.
    let third = u32::MAX / 3;
    for (count, expected) in
        [(third, (Kind::UnexpectedEnd, 4)), (third + 1, (Kind::CountTooLarge { count: third + 1 }, 0))]
    {
        let bytes = count.to_le_bytes();
        let mut r = Reader::new(&bytes);
        r.vector_bare_with(3, Reader::u32);
        assert_eq!(r.finish().map_err(|error| (error.kind(), error.offset())), Err(expected));
    }
    let count = DecodeOptions::EMPTY_ITEMS_BUDGET as u32 + 1;
    let bytes = count.to_le_bytes();
    let refused = Empties::from_bare_bytes(&bytes).unwrap_err();
    assert_eq!((refused.kind(), refused.offset()), (Kind::CountTooLarge { count }, 0));
}

/// The input counts towards the limit of memory, and may be as large as that.
#[test]
fn input_as_large_as_the_limit() {
    let read = |limit: usize| DecodeOptions::new().max_memory(limit).from_bytes::<i64>(&[1, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(read(8), Ok(1));
    let error = read(7).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (Kind::TooMuchMemory { limit: 7 }, 0));
}

/// The smallest opaque value is an id alone.
#[test]
fn an_object_of_four_bytes() {
    let object = Object::from_bytes(&[1, 2, 3, 4]).unwrap();
    assert_eq!(object.as_ref(), [1, 2, 3, 4]);
    assert_eq!(object.to_bytes().unwrap(), [1, 2, 3, 4]);
    assert_eq!(Object::try_from(vec![1, 2, 3, 4]).unwrap(), object);
    for length in [0, 1, 2, 3] {
        assert!(Object::from_bytes(&vec![0; length]).is_err(), "{length}");
        assert!(Object::try_from(vec![0; length]).is_err(), "{length}");
    }
}

/// A run with one flags word: no second word hides that its bits are checked.
#[test]
fn undeclared_bits_of_the_only_word_of_a_run() {
    let read = |options: &DecodeOptions, word: u32| {
        let bytes = [word.to_le_bytes(), 7i32.to_le_bytes()].concat();
        let mut r = Reader::with_options(&bytes, options);
        let (Flags::<0b101>(flags), number): (Flags<0b101>, i32) = rt::fixed(&mut r);
        r.finish().map(|()| (flags, number)).map_err(|error| (error.kind(), error.offset()))
    };
    let strict = DecodeOptions::new().strict();
    assert_eq!(read(&strict, 0b101), Ok((0b101, 7)));
    // Beside declared bits, alone, and all of them.
    for word in [0b111, 0b010, !0b101, u32::MAX] {
        assert_eq!(read(&strict, word), Err((Kind::UndeclaredBits { bits: word & !0b101 }, 0)), "{word:b}");
    }
    assert_eq!(read(&DecodeOptions::new(), 0b111), Ok((0b111, 7)));
}
