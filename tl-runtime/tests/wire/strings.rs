//! The three length forms of `string` and `bytes`, byte for byte.

use std::borrow::Cow;

use proptest::prelude::*;
use tlgen_runtime::{Decode, DecodeErrorKind, DecodeOptions, Encode};

use super::hex;

/// The bytes of a string of `length` letters, put together from the description of the format.
fn expected(length: usize) -> Vec<u8> {
    let mut bytes = match length {
        0..=253 => vec![length as u8],
        254..=0xff_ffff => vec![0xfe, length as u8, (length >> 8) as u8, (length >> 16) as u8],
        _ => {
            let [a, b, c, d, e, f, g, _] = (length as u64).to_le_bytes();
            vec![0xff, a, b, c, d, e, f, g]
        }
    };
    bytes.extend(std::iter::repeat_n(b'a', length));
    while !bytes.len().is_multiple_of(4) {
        bytes.push(0);
    }
    bytes
}

#[test]
fn each_length_form() {
    let around_forms = (0..=5).chain(250..=260).chain([(1 << 16) - 1, 1 << 16, (1 << 24) - 1, 1 << 24, (1 << 24) + 1]);
    for length in around_forms {
        let text = "a".repeat(length);
        let bytes = text.to_bytes().unwrap();
        assert!(bytes == expected(length), "encoding of {length} bytes");
        assert!(text.as_bytes().to_bytes().unwrap() == bytes, "the same as bytes, {length}");
        assert!(String::from_bytes(&bytes).unwrap() == text, "decoding of {length} bytes");
        assert!(<&str>::from_bytes(&bytes).unwrap() == text, "borrowing of {length} bytes");
        assert!(Vec::<u8>::from_bytes(&bytes).unwrap() == text.as_bytes(), "decoding of {length} bytes as bytes");
    }
}

/// However much room there is in a buffer, and whatever its spare room holds, the bytes are the same.
#[test]
fn appended_to_any_buffer() {
    for length in 0..70_usize {
        let data: Vec<u8> = (1..).take(length).collect();
        let mut expected = vec![7, 7, 7, 7, length as u8];
        expected.extend(&data);
        expected.resize(expected.len().next_multiple_of(4), 0);
        for spare in (0..48).chain([200]) {
            let mut buffer = vec![0xee; 4 + spare];
            buffer.clear();
            buffer.extend([7; 4]);
            data.encode_into(&mut buffer).unwrap();
            assert_eq!(buffer, expected, "{length} bytes, room for {spare}");
        }
    }
}

#[test]
fn headers_of_the_description() {
    let head = |length: usize, n: usize| vec![b'a'; length].to_bytes().unwrap()[..n].to_vec();
    assert_eq!("test".to_bytes().unwrap(), hex("0474657374000000"));
    assert_eq!(([1u8, 2, 3][..]).to_bytes().unwrap(), hex("03010203"));
    assert_eq!("".to_bytes().unwrap(), hex("00000000"));
    assert_eq!(head(253, 2), hex("fd61"));
    assert_eq!(head(254, 5), hex("fefe000061"));
    assert_eq!(head((1 << 24) - 1, 5), hex("feffffff61"));
    assert_eq!(head(1 << 24, 9), hex("ff0000000100000061"));
    assert_eq!(vec![b'a'; 253].to_bytes().unwrap().len(), 256);
    assert_eq!(vec![b'a'; 254].to_bytes().unwrap().len(), 260);
    assert_eq!(vec![b'a'; (1 << 24) + 1].to_bytes().unwrap().len(), (1 << 24) + 12);
}

/// Text with the feature `compact_str` is read as a `String` is, optional or not.
#[cfg(feature = "compact_str")]
#[test]
fn compact_text() {
    use tlgen_runtime::{CompactString, Reader, generated as rt};

    for options in [DecodeOptions::new().lenient(), DecodeOptions::new()] {
        for digits in ["00000000", "03616263", "0361ff63", "03616200", "0461626364000001", "ff", ""] {
            let bytes = hex(digits);
            let compact = options.from_bytes::<CompactString>(&bytes).map(String::from);
            assert_eq!(compact, options.from_bytes::<String>(&bytes), "{digits}");
        }
        let bytes = hex("03616263");
        let mut r = Reader::with_options(&bytes, &options);
        assert_eq!(rt::opt::<CompactString>(&mut r, 0b10, 0), None);
        assert_eq!(rt::opt::<CompactString>(&mut r, 0b10, 1).as_deref(), Some("abc"));
        assert_eq!(r.finish(), Ok(()));
    }
}

#[test]
fn every_prefix_ends_unexpectedly() {
    for length in [0, 1, 2, 3, 4, 252, 253, 254, 255, 256, 1 << 24] {
        let bytes = expected(length);
        let cuts = (0..bytes.len().min(300)).chain(bytes.len().saturating_sub(12)..bytes.len());
        for cut in cuts {
            let error = <&[u8]>::from_bytes(&bytes[..cut]).unwrap_err();
            assert_eq!(error.kind(), DecodeErrorKind::UnexpectedEnd, "{length} bytes cut at {cut}");
        }
    }
}

#[test]
fn the_offset_of_invalid_text_is_that_of_the_byte() {
    for length in [1, 2, 3, 4, 253, 254, 300] {
        for place in [0, length / 2, length - 1] {
            let mut text = vec![b'a'; length];
            text[place] = 0xff;
            let bytes = text.to_bytes().unwrap();
            let header = if length < 254 { 1 } else { 4 };
            for error in [String::from_bytes(&bytes).unwrap_err(), <&str>::from_bytes(&bytes).unwrap_err()] {
                assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::InvalidUtf8, header + place));
            }
        }
    }
}

proptest! {
    #[test]
    fn text_round_trips(text in "\\PC{0,300}") {
        let bytes = text.to_bytes().unwrap();
        prop_assert_eq!(bytes.len() % 4, 0);
        prop_assert_eq!(text.as_str().to_bytes().unwrap(), bytes.clone());
        prop_assert_eq!(text.as_str().to_bytes().unwrap(), bytes.clone());
        prop_assert_eq!(Cow::Borrowed(text.as_str()).to_bytes().unwrap(), bytes.clone());
        prop_assert_eq!(String::from_bytes(&bytes).unwrap(), text.clone());
        prop_assert!(matches!(Cow::<'_, str>::from_bytes(&bytes).unwrap(), Cow::Borrowed(found) if found == text));
    }

    #[test]
    fn bytes_round_trip(data in proptest::collection::vec(any::<u8>(), 0..600)) {
        let bytes = data.to_bytes().unwrap();
        prop_assert_eq!(bytes.len() % 4, 0);
        prop_assert_eq!(Cow::Borrowed(&data[..]).to_bytes().unwrap(), bytes.clone());
        prop_assert_eq!(data[..].to_bytes().unwrap(), bytes.clone());
        prop_assert_eq!(Vec::<u8>::from_bytes(&bytes).unwrap(), data.clone());
        prop_assert_eq!(<&[u8]>::from_bytes(&bytes).unwrap(), &data[..]);
        prop_assert!(matches!(Cow::<'_, [u8]>::from_bytes(&bytes).unwrap(), Cow::Borrowed(found) if found == data));
    }

    /// What decodes in the canonical mode is what the encoder would have written.
    #[test]
    fn canonical_means_one_encoding(mut input in proptest::collection::vec(any::<u8>(), 0..40), first in 0u8..12) {
        if let Some(byte) = input.first_mut() {
            *byte = first;
        }
        if let Ok((data, used)) = DecodeOptions::new().prefix::<&[u8]>(&input) {
            prop_assert_eq!(data.to_bytes().unwrap(), &input[..used]);
        }
    }
}
