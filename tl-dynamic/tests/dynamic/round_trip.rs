//! Properties: what is read comes back, and nothing panics.

use proptest::prelude::*;
use tlgen_dynamic::{Codec, DecodeOptions, Generator, Profile, Value};

use crate::{hazards, object, schema};

/// Each form of a length, as the description of the format has it.
#[test]
fn text_of_each_length() {
    let schema = hazards();
    let codec = Codec::new(schema);
    let lengths: [(usize, &[u8]); 7] = [
        (0, &[0]),
        (253, &[253]),
        (254, &[0xfe, 254, 0, 0]),
        (256, &[0xfe, 0, 1, 0]),
        ((1 << 24) - 1, &[0xfe, 0xff, 0xff, 0xff]),
        (1 << 24, &[0xff, 0, 0, 0, 1, 0, 0, 0]),
        ((1 << 24) + 1, &[0xff, 1, 0, 0, 1, 0, 0, 0]),
    ];
    for (length, header) in lengths {
        let value = object(schema, "ask", [None, Some(Value::Text("a".repeat(length)))]);
        let bytes = codec.encode_boxed(&value).unwrap();
        assert_eq!(bytes[8..8 + header.len()], *header, "{length}");
        assert_eq!(bytes.len(), (8 + header.len() + length).next_multiple_of(4), "{length}");
        let read = codec.decode_boxed(&bytes, &DecodeOptions::default()).unwrap();
        assert!(read.field(schema, "text") == value.field(schema, "text"), "{length}");
    }
}

/// After bytes of any number, a text is padded by its own length.
#[test]
fn text_after_raw_bytes() {
    let schema = schema("odd#00000001 body:Object text:string = Odd;");
    let value = object(&schema, "odd", [Some(Value::Raw(vec![9; 5])), Some(Value::Text("a".to_owned()))]);
    assert_eq!(Codec::new(&schema).encode_boxed(&value).unwrap()[9..], [1, b'a', 0, 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn random_values_come_back(seed: u64, undeclared: bool, invalid_text: bool, depth in 0usize..12) {
        let schema = hazards();
        let codec = Codec::new(schema);
        let profile = Profile::default()
            .with_undeclared_bits(undeclared)
            .with_invalid_text(invalid_text)
            .with_max_depth(depth);
        let mut generator = Generator::new(schema, seed).with_profile(profile);
        let options = DecodeOptions::default().with_any_text();
        for (idx, _) in schema.constructors().chain(schema.functions()) {
            let value = generator.combinator(idx).unwrap();
            let bytes = codec.encode_boxed(&value).unwrap();
            prop_assert_eq!(bytes.len() % 4, 0);
            let read = codec.decode_boxed(&bytes, &options);
            prop_assert_eq!(read.as_ref(), Ok(&value));
            let json = codec.to_json_boxed(&value);
            let read = codec.from_json_boxed(&json);
            prop_assert_eq!(read.as_ref(), Ok(&value));
        }
    }

    #[test]
    fn any_bytes_are_refused_or_come_back(id in 1u32..0x22, rest in prop::collection::vec(any::<u8>(), 0..200)) {
        let schema = hazards();
        let codec = Codec::new(schema);
        let mut bytes = id.to_le_bytes().to_vec();
        bytes.extend(rest);
        if let Ok(value) = codec.decode_boxed(&bytes, &DecodeOptions::default()) {
            prop_assert_eq!(codec.encode_boxed(&value).unwrap(), bytes);
        }
    }

    #[test]
    fn a_changed_byte_is_refused_or_comes_back(seed: u64, at: prop::sample::Index, change in 1u8..) {
        let schema = hazards();
        let codec = Codec::new(schema);
        let mut generator = Generator::new(schema, seed);
        for (idx, _) in schema.constructors().chain(schema.functions()) {
            let mut bytes = generator.combinator_bytes(idx).unwrap();
            let end = at.index(bytes.len());
            prop_assert!(codec.decode_boxed(&bytes[..end], &DecodeOptions::default()).is_err());
            bytes[end] ^= change;
            if let Ok(value) = codec.decode_boxed(&bytes, &DecodeOptions::default()) {
                prop_assert_eq!(codec.encode_boxed(&value).unwrap(), bytes);
            }
        }
    }
}
