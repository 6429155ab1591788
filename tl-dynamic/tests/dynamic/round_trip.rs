//! Properties: what is read comes back, and nothing panics.

use proptest::prelude::*;
use tlgen_dynamic::{Codec, DecodeOptions, Generator, Profile};

use crate::hazards;

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
