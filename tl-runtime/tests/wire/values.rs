//! Random values of whole types: there and back, and cut.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tlgen_runtime::{Decode, DecodeErrorKind, DecodeOptions, Encode, EncodeBare, Reader};

use super::sample::{Invoke, Line, Lookup, RichText, TextBold, TextConcat, TextPlain, User};

fn user() -> impl Strategy<Value = User> {
    let place = option::of((any::<i32>(), any::<i32>()));
    let texts = (option::of(any::<String>()), option::of(vec(any::<u8>(), 0..300)), option::of(vec(".{0,3}", 0..4)));
    (any::<bool>(), any::<i64>(), texts, place).prop_map(|(bot, id, (name, photo, tags), place)| User {
        bot,
        id,
        name,
        photo,
        lat: place.map(|(lat, _)| lat.into()),
        long: place.map(|(_, long)| long.into()),
        tags,
    })
}

fn text() -> impl Strategy<Value = RichText> {
    let leaf =
        prop_oneof![Just(RichText::Empty), any::<String>().prop_map(|text| RichText::Plain(TextPlain { text })),];
    leaf.prop_recursive(6, 40, 5, |inner| {
        prop_oneof![
            inner.clone().prop_map(|text| RichText::Bold(TextBold { text: Box::new(text) })),
            vec(inner, 0..5).prop_map(|texts| RichText::Concat(TextConcat { texts })),
        ]
    })
}

proptest! {
    #[test]
    fn structs_round_trip(
        users in vec(user(), 0..4), hops in vec(any::<i32>(), 0..9), lt in option::of(any::<i64>()), mode: u32, layer: i32,
    ) {
        // The declared bit of the kept word says whether `lt` is there, whatever the value says.
        let query = Lookup { mode, count: hops.len() as u32, lt, hops, pairs: vec![1, 2], users };
        let bytes = Invoke { layer, query: query.clone() }.to_bytes().unwrap();
        let back = Invoke::<Lookup>::from_bytes(&bytes).unwrap();
        let mode = (mode & !2) | (u32::from(lt.is_some()) << 1);
        prop_assert_eq!(back, Invoke { layer, query: Lookup { mode, ..query } });
    }

    #[test]
    fn recursive_enums_round_trip(text in text(), after in any::<[u8; 4]>()) {
        let mut bytes = text.to_bytes().unwrap();
        prop_assert_eq!(DecodeOptions::new().strict().from_bytes::<RichText>(&bytes).unwrap(), text.clone());
        let used = bytes.len();
        bytes.extend(after);
        prop_assert_eq!(DecodeOptions::new().prefix::<RichText>(&bytes).unwrap(), (text, used));
    }

    #[test]
    fn borrowed_structs_round_trip(text: String, data in vec(any::<u8>(), 0..300)) {
        let line = Line { text: &text, data: &data };
        let bytes = line.to_bytes().unwrap();
        prop_assert_eq!(Line::<'_>::from_bytes(&bytes).unwrap(), line.clone());
        prop_assert_eq!(line.to_bare_bytes().unwrap(), &bytes[4..]);
    }

    #[test]
    fn a_cut_value_ends_unexpectedly(value in vec(user(), 1..3), place: prop::sample::Index) {
        let bytes = value.to_bytes().unwrap();
        let error = Vec::<User>::from_bytes(&bytes[..place.index(bytes.len())]).unwrap_err();
        prop_assert_eq!(error.kind(), DecodeErrorKind::UnexpectedEnd);
    }

    /// One changed byte is refused, or is what the value that was read is written as.
    #[test]
    fn a_changed_byte_is_refused_or_kept(value in user(), place: prop::sample::Index, change in 1u8..) {
        let mut bytes = value.to_bytes().unwrap();
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        if let Ok(changed) = DecodeOptions::new().strict().from_bytes::<User>(&bytes) {
            prop_assert_eq!(changed.to_bytes().unwrap(), bytes);
        }
    }

    #[test]
    fn one_reader_takes_many_values(numbers in vec(any::<i64>(), 0..20), texts in vec(any::<String>(), 0..20)) {
        let mut w = tlgen_runtime::Writer::new();
        w.vector_bare(&numbers, "");
        w.vector_with(&texts, "", |text, w| w.put(text));
        w.opt_boxed(&texts.first().map(|text| Box::new(text.clone())));
        w.opt_with(&numbers.first(), |number, w| w.put(*number));
        let bytes = w.finish().unwrap();
        let mut r = Reader::new(&bytes);
        prop_assert_eq!(r.vector_bare::<i64>(), numbers.clone());
        prop_assert_eq!(r.vector_with(4, |r| r.text().into_owned()), texts.clone());
        let first: Option<Box<String>> = r.opt_boxed(u32::from(!texts.is_empty()), 0);
        prop_assert_eq!(first.as_deref(), texts.first());
        prop_assert_eq!(r.opt_with(u32::from(!numbers.is_empty()) << 31, 31, Reader::get::<i64>), numbers.first().copied());
        prop_assert_eq!((r.remaining(), r.offset()), (0, bytes.len()));
        r.finish().unwrap();
    }
}
