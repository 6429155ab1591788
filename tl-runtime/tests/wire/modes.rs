//! What each mode accepts.

use tlgen_runtime::{DecodeErrorKind as Kind, DecodeOptions, Encode, Mode, Reader};

use super::hex;
use super::sample::User;

const MODES: [Mode; 3] = [Mode::Lenient, Mode::Canonical, Mode::Strict];

fn kinds<'de, T: tlgen_runtime::Decode<'de>>(input: &'de [u8]) -> [Option<Kind>; 3] {
    MODES.map(|mode| DecodeOptions::new().mode(mode).from_bytes::<T>(input).err().map(|error| error.kind()))
}

#[test]
fn longer_length_forms() {
    let refused = |length| [None, Some(Kind::NonCanonicalLength { length }), Some(Kind::NonCanonicalLength { length })];
    let cases = [("fe000000", 0), ("fe010000 61000000", 1), ("ff00000000000000", 0), ("ff03000000000000 61626300", 3)];
    for (digits, length) in cases {
        assert_eq!(kinds::<String>(&hex(digits)), refused(length), "{digits}");
    }
    let mut middle_as_long = hex("fffe000000000000");
    middle_as_long.extend([b'a'; 256]);
    middle_as_long[262..].fill(0);
    assert_eq!(kinds::<&[u8]>(&middle_as_long), refused(254));
    assert_eq!(DecodeOptions::new().lenient().from_bytes::<&[u8]>(&middle_as_long).unwrap(), [b'a'; 254]);
    assert_eq!(DecodeOptions::new().lenient().from_bytes::<&str>(&hex("ff03000000000000 61626300")).unwrap(), "abc");
}

#[test]
fn padding_that_is_not_zero() {
    for digits in ["01610001", "01610100", "026162ff", "00000001", "00010000", "0461626364000001"] {
        let found = kinds::<String>(&hex(digits));
        assert_eq!(found, [None, Some(Kind::NonZeroPadding), Some(Kind::NonZeroPadding)], "{digits}");
    }
    let mut long = vec![1u8; 255].to_bytes().unwrap();
    *long.last_mut().unwrap() = 1;
    assert_eq!(kinds::<&[u8]>(&long), [None, Some(Kind::NonZeroPadding), Some(Kind::NonZeroPadding)]);
}

#[test]
fn text_that_is_not_text() {
    let bytes = hex("0361ff62");
    assert_eq!(kinds::<String>(&bytes), [None, Some(Kind::InvalidUtf8), Some(Kind::InvalidUtf8)]);
    assert_eq!(kinds::<&str>(&bytes), [Some(Kind::InvalidUtf8); 3]);
    assert_eq!(DecodeOptions::new().lenient().from_bytes::<String>(&bytes).unwrap(), "a\u{fffd}b");
    assert_eq!(kinds::<Vec<u8>>(&bytes), [None; 3]);
}

/// Text that may lose what is no text, except in the mode that loses nothing.
#[test]
fn text_that_may_be_repaired() {
    let bytes = hex("0361ff62");
    let read = |mode| {
        let options = DecodeOptions::new().mode(mode);
        let mut r = Reader::with_options(&bytes, &options);
        let text: String = r.lossy();
        r.finish().map(|()| text).map_err(|error| (error.kind(), error.offset()))
    };
    let repaired = || Ok("a\u{fffd}b".to_owned());
    assert_eq!(MODES.map(read), [repaired(), repaired(), Err((Kind::InvalidUtf8, 2))]);
}

#[test]
fn flag_bits_that_are_not_declared() {
    let mut bytes = User { bot: true, ..User::default() }.to_bytes().unwrap();
    bytes[6] = 0x01;
    assert_eq!(kinds::<User>(&bytes), [None, None, Some(Kind::UndeclaredBits { bits: 0x1_0000 })]);
    let error = DecodeOptions::new().strict().from_bytes::<User>(&bytes).unwrap_err();
    assert_eq!((error.offset(), error.while_reading()), (4, Some("user")));
}

#[test]
fn bytes_after_the_value() {
    for mode in MODES {
        let error = DecodeOptions::new().mode(mode).from_bytes::<i32>(&[0; 9]).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (Kind::TrailingBytes { count: 5 }, 4));
    }
    assert_eq!(DecodeOptions::new().prefix::<i32>(&[1, 0, 0, 0, 7]).unwrap(), (1, 4));
}
