//! Input that lies: cut, changed, and with counts and lengths that nothing backs.

use proptest::prelude::*;
use tlgen_runtime::{Decode, DecodeBare, DecodeErrorKind as Kind, DecodeOptions, Encode, EncodeBare, Object};

use super::hex;
use super::sample::{Empties, Invoke, Line, Lookup, Message, RichText, User, lookup};

#[test]
fn every_prefix_ends_unexpectedly() {
    let value = Invoke { layer: 5, query: lookup() };
    let bytes = value.to_bytes().unwrap();
    assert_eq!(
        DecodeOptions::new().strict().from_bytes::<Invoke<Lookup>>(&bytes).map(|v| v.to_bytes()),
        Ok(Ok(bytes.clone()))
    );
    for cut in 0..bytes.len() {
        for config in [DecodeOptions::new().lenient(), DecodeOptions::new(), DecodeOptions::new().strict()] {
            let error = config.from_bytes::<Invoke<Lookup>>(&bytes[..cut]).unwrap_err();
            assert_eq!(error.kind(), Kind::UnexpectedEnd, "cut at {cut}");
            assert!(error.offset() <= cut);
        }
    }
}

#[test]
fn every_changed_byte_is_refused_or_kept() {
    let bytes = lookup().to_bytes().unwrap();
    let mut accepted = 0;
    for place in 0..bytes.len() {
        for change in 1..=255u8 {
            let mut changed = bytes.clone();
            changed[place] ^= change;
            if let Ok(value) = DecodeOptions::new().strict().from_bytes::<Lookup>(&changed) {
                assert_eq!(value.to_bytes().unwrap(), changed, "byte {place} ^ {change:#x}");
                accepted += 1;
            }
        }
    }
    assert!(accepted > 10_000, "most bytes of numbers and texts can be others, {accepted} were");
}

#[test]
fn counts_that_cannot_be() {
    let kind = |count: &str| Vec::<i32>::from_bytes(&hex(&format!("15c4b51c {count} 00000000"))).unwrap_err();
    assert_eq!(kind("ffffffff").kind(), Kind::NegativeCount { count: -1 });
    assert_eq!(kind("00000080").kind(), Kind::NegativeCount { count: i32::MIN });
    assert_eq!(kind("ffffff7f").kind(), Kind::CountTooLarge { count: i32::MAX as u32 });
    assert_eq!(kind("ffffff7f").offset(), 4);
    assert_eq!(kind("00000040").kind(), Kind::CountTooLarge { count: 1 << 30 });
    // 2^30-1 items of four bytes are less than 4 GiB: the beginning of a message that could be.
    assert_eq!(kind("ffffff3f").kind(), Kind::UnexpectedEnd);
    assert_eq!(kind("02000000").kind(), Kind::UnexpectedEnd);

    let repeated = |count: u32| {
        let mut bytes = hex("00000000");
        bytes.extend(count.to_le_bytes());
        bytes.extend([0; 64]);
        Lookup::from_bare_bytes(&bytes).unwrap_err().kind()
    };
    assert_eq!(repeated(u32::MAX), Kind::NegativeCount { count: -1 });
    assert_eq!(repeated(i32::MAX as u32), Kind::CountTooLarge { count: i32::MAX as u32 });
    assert_eq!(repeated(20), Kind::UnexpectedEnd);
}

#[test]
fn lengths_that_cannot_be() {
    let kind = |digits: &str| <&[u8]>::from_bytes(&hex(digits)).unwrap_err().kind();
    assert_eq!(kind("ffffffffffffffff 00000000"), Kind::LengthTooLarge { length: (1 << 56) - 1 });
    assert_eq!(kind("ff00000000010000"), Kind::LengthTooLarge { length: 1 << 32 });
    assert_eq!(kind("ffffffffff000000"), Kind::UnexpectedEnd);
    assert_eq!(kind("feffffff 00000000"), Kind::UnexpectedEnd);
    assert_eq!(kind("fe050000 6162636465000000"), Kind::NonCanonicalLength { length: 5 });
    assert_eq!(kind("ff"), Kind::UnexpectedEnd);
    assert_eq!(kind("feffff"), Kind::UnexpectedEnd);
}

#[test]
fn items_without_bytes_are_limited_for_the_whole_message() {
    let empties = |count: u32| Empties::from_bare_bytes(&count.to_le_bytes());
    let budget = DecodeOptions::EMPTY_ITEMS_BUDGET as u32;
    assert_eq!(empties(budget).unwrap().items.len(), budget as usize);
    assert_eq!(empties(budget + 1).unwrap_err().kind(), Kind::CountTooLarge { count: budget + 1 });
    assert_eq!(empties(i32::MAX as u32).unwrap_err().kind(), Kind::CountTooLarge { count: i32::MAX as u32 });

    let half = Empties { items: vec![super::sample::Empty {}; budget as usize / 2] };
    let two = vec![half.clone(), half.clone()].to_bytes().unwrap();
    assert_eq!(Vec::<Empties>::from_bytes(&two).unwrap().len(), 2);
    let three = vec![half.clone(), half.clone(), half].to_bytes().unwrap();
    assert!(matches!(Vec::<Empties>::from_bytes(&three).unwrap_err().kind(), Kind::CountTooLarge { .. }));
}

#[test]
fn a_failed_reader_reads_nothing_more() {
    let mut r = tlgen_runtime::Reader::new(&[1, 2, 3]);
    assert_eq!(r.get::<i32>(), 0);
    assert_eq!((r.get::<String>(), r.get::<Vec<i64>>(), r.id()), (String::new(), vec![], 0));
    assert_eq!((r.remaining(), r.rest(), r.repeat::<i32>(u32::MAX).len()), (0, &[][..], 0));
    let mut calls = 0;
    let items = r.repeat_with(1000, 0, |_| calls += 1);
    assert_eq!((items.len(), calls, r.is_ok(), r.offset()), (0, 0, false, 0));
    r.unknown_id(0, "Anything");
    assert_eq!(r.finish().unwrap_err().kind(), Kind::UnexpectedEnd, "the first error is kept");
}

fn never_panics(input: &[u8]) {
    for config in [DecodeOptions::new().lenient(), DecodeOptions::new(), DecodeOptions::new().strict()] {
        _ = config.from_bytes::<RichText>(input);
        _ = config.from_bytes::<User>(input);
        _ = config.from_bytes::<Message>(input);
        _ = config.from_bytes::<Line<'_>>(input);
        _ = config.from_bytes::<Vec<Object>>(input);
        _ = config.bare::<Lookup>(input);
        _ = config.bare::<Empties>(input);
        _ = config.from_bytes::<Vec<Vec<String>>>(input);
    }
}

proptest! {
    #[test]
    fn random_bytes_never_panic(input in proptest::collection::vec(any::<u8>(), 0..200)) {
        never_panics(&input);
    }

    /// Small words are what counts, lengths and flags are made of.
    #[test]
    fn random_words_never_panic(words in proptest::collection::vec(
        prop_oneof![0u32..8, Just(0x1cb5_c415), Just(super::sample::TEXT_CONCAT), Just(super::sample::TEXT_BOLD), any::<u32>()], 0..60)
    ) {
        let input: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        never_panics(&input);
    }

    #[test]
    fn what_decodes_strictly_encodes_to_the_same(words in proptest::collection::vec(0u32..4, 3..30)) {
        let input: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        if let Ok(value) = DecodeOptions::new().strict().bare::<User>(&input) {
            prop_assert_eq!(value.to_bare_bytes().unwrap(), input);
        }
    }
}
