//! Bytes as text, and back.

use proptest::prelude::*;
use tlgen_dynamic::{AsmErrorKind, Codec, DecodeOptions, Generator, Root};

use crate::{hazards, hex, schema};

#[track_caller]
fn there_and_back(codec: &Codec<'_>, bytes: &[u8], options: &DecodeOptions) -> String {
    let text = codec.disassemble(Root::Any, bytes, options);
    assert_eq!(codec.assemble(&text).as_deref(), Ok(bytes), "{text}");
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_come_back(bytes in prop::collection::vec(prop_oneof![Just(0u8), 0u8..0x20, any::<u8>()], 0..300)) {
        there_and_back(&Codec::new(hazards()), &bytes, &DecodeOptions::default());
    }

    /// Values with some bytes that are others, and cut off anywhere.
    #[test]
    fn damaged_bytes_come_back(
        seed: u64,
        which: prop::sample::Index,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut: Option<prop::sample::Index>,
    ) {
        let schema = hazards();
        let codec = Codec::new(schema).with_envelopes();
        let all: Vec<_> = schema.constructors().chain(schema.functions()).map(|(idx, _)| idx).collect();
        let Ok(mut bytes) = Generator::new(schema, seed).combinator_bytes(all[which.index(all.len())]) else {
            return Ok(());
        };
        for (at, byte) in &damage {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        there_and_back(&codec, &bytes, &DecodeOptions::default());
        there_and_back(&codec, &bytes, &DecodeOptions::lenient());
    }

    /// Values one after the other, with words that are ids, counts or others of the same message, and pieces that are missing.
    #[test]
    fn messages_with_other_words_come_back(
        values in prop::collection::vec((any::<u64>(), any::<prop::sample::Index>()), 1..4),
        words in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0u8..5), 0..5),
        hole: Option<(prop::sample::Index, prop::sample::Index)>,
    ) {
        let schema = hazards();
        let codec = Codec::new(schema).with_envelopes();
        let all: Vec<_> = schema.constructors().chain(schema.functions()).map(|(idx, _)| idx).collect();
        let made = values.iter().filter_map(|(seed, which)| {
            Generator::new(schema, *seed).combinator_bytes(all[which.index(all.len())]).ok()
        });
        let mut bytes: Vec<u8> = made.flatten().collect();
        let count = bytes.len() / 4;
        for (at, other, kind) in words.iter().filter(|_| count > 0) {
            let other = other.index(count);
            let word = match kind {
                0 => schema.combinator(all[other % all.len()]).id.to_le_bytes(),
                1 => 0x1cb5_c415_u32.to_le_bytes(),
                2 => u32::try_from(other % 5).unwrap().to_le_bytes(),
                3 => 0xdead_beef_u32.to_le_bytes(),
                _ => bytes[other * 4..other * 4 + 4].try_into().unwrap(),
            };
            let at = at.index(count) * 4;
            bytes[at..at + 4].copy_from_slice(&word);
        }
        if let Some((from, to)) = hole.filter(|_| count > 0) {
            let (from, to) = (from.index(count) * 4, to.index(count) * 4);
            bytes.drain(from.min(to)..from.max(to));
        }
        for root in [Root::Any, Root::Boxed(all[values[0].1.index(all.len())])] {
            let text = codec.disassemble(root, &bytes, &DecodeOptions::default());
            prop_assert_eq!(codec.assemble(&text), Ok(bytes.clone()), "{}", text);
        }
    }

    #[test]
    fn any_text_is_bytes_or_an_error(text in "[a-z0-9#\\[\\]{}()'\"`\\\\.:,*xLf/ \n-]{0,60}") {
        drop(Codec::new(hazards()).assemble(&text));
    }

    #[test]
    fn any_characters_are_bytes_or_an_error(text in "\\PC{0,40}") {
        drop(Codec::new(hazards()).assemble(&text));
    }
}

#[test]
fn values_of_each_kind() {
    let codec = Codec::new(hazards());
    let mut bytes = hex("13000000 ffffffff feffffffffffffff 0000000000002540 0000c03f 03412262 02010200 b5757299");
    bytes.extend([1; 16 + 32 + 64]);
    let text = there_and_back(&codec, &bytes, &DecodeOptions::default());
    let expected = format!(
        "scalars {{\n    i: -1\n    l: -2L\n    d: 10.5\n    f: 1.5f\n    s: \"A\\\"b\"\n    b: bytes(`0102`)\n    \
         t: boolTrue\n    a: `{}`\n    c: `{}`\n    e: `{}`\n    // u: true\n}}\n",
        "01".repeat(16),
        "01".repeat(32),
        "01".repeat(64)
    );
    assert_eq!(text, expected);
}

/// What no value is has a text, too: each kind of it.
#[test]
fn what_is_wrong_can_be_written() {
    let codec = Codec::new(hazards());
    let options = DecodeOptions::default();
    for (text, bytes) in [
        ("vector 3*[pixel { 1 2 }]", "15c4b51c 03000000 15000000 01000000 02000000"),
        ("vector [pixel { x: 1, y: 2 }, #dead {}]", "15c4b51c 02000000 15000000 01000000 02000000 adde0000"),
        ("{ `fe010000` 'a' `ffff00` }", "fe010000 61 ffff00"),
        ("any { body: `01 02 03` }", "12000000 010203"),
        (
            "bytes(pixel { 1 2 }) len(0.5f 1L -1)",
            "0c 15000000 01000000 02000000 000000 10000000 0000003f 0100000000000000 ffffffff",
        ),
        (
            r#""\x41\u{df}\n" 0xff 4294967295 0xffffffffffffffffL"#,
            "04 41 c39f 0a 000000 ff000000 ffffffff ffffffffffffffff",
        ),
        ("[] 0*[] // nothing", "00000000 00000000"),
    ] {
        let bytes = hex(bytes);
        assert_eq!(codec.assemble(text).as_deref(), Ok(&bytes[..]), "{text}");
        there_and_back(&codec, &bytes, &options);
    }
}

/// A person changes one line; counts and lengths follow.
#[test]
fn counts_and_lengths_are_computed() {
    let schema = schema(
        "container#73f1f8dc messages:vector<%Message> = Container;
         message msg_id:long seqno:int bytes:int body:Object = Message;
         names#00000001 all:Vector<string> = Names;",
    );
    let codec = Codec::new(&schema).with_envelopes();
    let bytes = hex("dcf8f173 01000000 0500000000000000 02000000 10000000 01000000 15c4b51c 01000000 034a6f65");
    let text = there_and_back(&codec, &bytes, &DecodeOptions::default());
    let expected = "\
container {
    messages: [
        { // message
            msg_id: 5L
            seqno: 2
            bytes: len(
                body: names {
                    all: vector [
                        \"Joe\"
                    ]
                }
            )
        }
    ]
}
";
    assert_eq!(text, expected);
    let changed = codec.assemble(&text.replace("\"Joe\"", "\"Joe\" \"Anna\"")).unwrap();
    let expected =
        "dcf8f173 01000000 0500000000000000 02000000 18000000 01000000 15c4b51c 02000000 034a6f65 04416e6e 61000000";
    assert_eq!(changed, hex(expected));
}

#[test]
fn what_is_no_text_says_where() {
    let codec = Codec::new(hazards());
    let refused = |text: &str| codec.assemble(text).unwrap_err().to_string();
    assert_eq!(refused("pixel {\n  x: picsel\n}"), "the schema has no `picsel` at 2:6");
    assert_eq!(refused("[ 1 2"), "`[` is not closed at 1:1");
    assert_eq!(refused("[ 1 }"), "`}` closes nothing at 1:5");
    assert_eq!(refused("4294967296"), "a number must have 32 bits, 64 with `L` after it, or a point at 1:1");
    assert_eq!(refused("\"abc"), "`\"` is not closed at 1:1");
    assert_eq!(refused("`abc`"), "expected pairs of hexadecimal digits at 1:1");
    assert_eq!(refused("1 ?"), "`?` begins nothing at 1:3");
    assert_eq!(codec.assemble("'\\q'").unwrap_err().kind, AsmErrorKind::Escape);
}
