//! Properties of generated code from the side of its values: one family of types each.

#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tl_tests::generated::{flags, kept_word, recursive, shared_bit, vector_boxed, word_counts_and_masks};
use tl_tests::wire::round_trips;
use tlgen_runtime::{Decode, DecodeOptions, Encode, EncodeErrorKind};

fn parcel() -> impl Strategy<Value = flags::constructors::Parcel> {
    let number = any::<f64>().prop_filter("not equal to itself", |number| !number.is_nan());
    (any::<bool>(), any::<i32>(), option::of(any::<String>()), option::of(number))
        .prop_map(|(fragile, id, note, weight)| flags::constructors::Parcel { fragile, id, note, weight })
}

fn json() -> impl Strategy<Value = recursive::types::Json> {
    use recursive::constructors::{List, Member, Quoted, Record, Text};
    use recursive::types::Json;
    let leaf = prop_oneof![Just(Json::Nothing), any::<String>().prop_map(|text| Json::Text(Text { text }))];
    leaf.prop_recursive(6, 40, 5, |inner| {
        let member = (any::<String>(), inner.clone()).prop_map(|(name, value)| Member { name, value });
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| Json::List(List { items })),
            vec(member, 0..3).prop_map(|members| Json::Record(Record { members })),
            inner.prop_map(|inner| Quoted { inner }.into()),
        ]
    })
}

fn hall() -> impl Strategy<Value = vector_boxed::constructors::Hall> {
    use vector_boxed::constructors::{Hall, Seat, SeatTaken};
    use vector_boxed::types::State;
    let seat = any::<i32>().prop_map(|row| Seat { row });
    let taken = any::<String>().prop_map(|by| State::SeatTaken(SeatTaken { by }));
    let state = prop_oneof![Just(State::SeatFree), taken];
    let blobs = vec(vec(any::<u8>(), 0..300), 0..3);
    (vec(any::<i32>(), 0..9), vec(any::<String>(), 0..4), blobs, vec(seat, 0..4), vec(state, 0..4))
        .prop_map(|(numbers, names, blobs, seats, states)| Hall { numbers, names, blobs, seats, states })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn conditional_fields(value in parcel()) {
        round_trips(&value);
    }

    #[test]
    fn vectors(value in hall()) {
        round_trips(&value);
    }

    #[test]
    fn recursive_types(value in json()) {
        round_trips(&value);
    }

    /// Bits without a field come back as they were; bits with one say whether it is there.
    #[test]
    fn kept_words(mode: u32, id: i64, seqno: Option<i32>, time: Option<i32>) {
        use kept_word::constructors::lite::Lookup;
        let read: Lookup = Decode::from_bytes(&Lookup { mode, id, seqno, time }.to_bytes().unwrap()).unwrap();
        let declared = 0b110;
        prop_assert_eq!(read.mode & !declared, mode & !declared);
        prop_assert_eq!(read.mode & declared, u32::from(seqno.is_some()) << 1 | u32::from(time.is_some()) << 2);
        prop_assert_eq!((read.id, read.seqno, read.time), (id, seqno, time));
        round_trips(&read);
    }

    /// All fields of one bit are set, or none: any other value cannot be encoded.
    #[test]
    fn shared_bits(located: bool, lat in option::of(-90.0..90.0), long in option::of(-180.0..180.0), speed: Option<i32>) {
        let route = shared_bit::constructors::Route { located, lat, long, speed };
        if located == lat.is_some() && located == long.is_some() {
            round_trips(&route);
        } else {
            let kind = route.to_bytes().unwrap_err().kind();
            prop_assert_eq!(kind, EncodeErrorKind::SharedBit { ty: "route", fields: "located, lat, long" });
        }
    }

    /// A word that counts and has bits: a value is read back as it was written, or is not written at all.
    #[test]
    fn words_that_count(n in 0u32..8, items in vec(any::<i32>(), 0..8), third: Option<String>) {
        let both = word_counts_and_masks::constructors::Both { n, items, third };
        if let Ok(bytes) = both.to_bytes() {
            let read: word_counts_and_masks::constructors::Both = Decode::from_bytes(&bytes).unwrap();
            prop_assert_eq!(read.n as usize, both.items.len());
            prop_assert_eq!((read.items, read.third), (both.items, both.third));
        } else {
            let word = n & !2 | u32::from(both.third.is_some()) << 1;
            prop_assert_ne!(word as usize, both.items.len());
        }
    }

    /// Generated code panics for no bytes, and what is read in strict mode is written with the same bytes.
    #[test]
    fn any_bytes(mut bytes in vec(any::<u8>(), 0..200), known: bool) {
        use tlgen_runtime::Combinator;
        use vector_boxed::constructors::Hall;
        if known && bytes.len() >= 4 {
            bytes[..4].copy_from_slice(&Hall::ID.to_le_bytes());
        }
        if let Ok(hall) = DecodeOptions::new().strict().from_bytes::<Hall>(&bytes) {
            prop_assert_eq!(hall.to_bytes().unwrap(), bytes);
        }
    }
}
