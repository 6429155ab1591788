//! Bytes and an offset -> the field.

use tlgen_dynamic::{Codec, DecodeErrorKind, DecodeOptions, Generator, Locator, Place};

use crate::{HAZARDS, hazards, hex};

fn place(bytes: &str, offset: usize) -> String {
    Codec::new(hazards()).locate_boxed(&hex(bytes), offset).to_string()
}

#[test]
fn each_byte_has_its_field() {
    let bytes = "04000000 02000000  05000000 06000000  01000000 09000000 00000000  00000000 01410000  2a000000";
    let expected = [
        "",
        "counted.n: #",
        "counted.items[0]: n*[int]",
        "counted.items[1]: n*[int]",
        "counted.records[0].f: #",
        "counted.records[0].x: f.0?int",
        "counted.records[0].y: string",
        "counted.records[1].f: #",
        "counted.records[1].y: string",
        "counted.also: n.1?int",
    ];
    for (word, expected) in expected.iter().enumerate() {
        for byte in 0..4 {
            assert_eq!(place(bytes, 4 * word + byte).replace("[ int ]", "[int]"), *expected, "word {word}");
        }
    }
    assert_eq!(place(bytes, 40), "", "behind the value");
    assert_eq!(place("ffffffff", 0), "", "no value at all");
    assert_eq!(place("", 7), "");
}

/// A walk that goes down by the same steps as decoding finds the same path for each of its errors.
#[test]
fn errors_of_decoding_have_the_same_path() {
    let schema = hazards();
    let codec = Codec::new(schema);
    let mut generator = Generator::new(schema, 3);
    let mut compared = 0;
    let mut compare = |bytes: &[u8]| {
        let Err(error) = codec.decode_boxed(bytes, &DecodeOptions::default()) else { return };
        if matches!(error.kind, DecodeErrorKind::TrailingBytes(_) | DecodeErrorKind::Schema(_)) {
            return;
        }
        let place = codec.locate_boxed(bytes, error.offset);
        let (found, expected) = (place.path.to_string(), error.path.to_string());
        // A repetition that is too long is refused as a whole, and ends at one of its items.
        let is_count = matches!(error.kind, DecodeErrorKind::Count(_));
        assert!(found == expected || is_count && found.starts_with(&expected), "{found} for {error} in {bytes:02x?}");
        compared += 1;
    };
    for (idx, _) in schema.constructors().chain(schema.functions()) {
        for _ in 0..40 {
            let Ok(mut bytes) = generator.combinator_bytes(idx) else { continue };
            bytes.truncate(200);
            for end in 0..bytes.len() {
                compare(&bytes[..end]);
            }
            for at in (0..bytes.len()).step_by(3) {
                let before = std::mem::replace(&mut bytes[at], 0xee);
                compare(&bytes);
                bytes[at] = before;
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn long_paths_lose_their_middle() {
    // A node within a node, a hundred times.
    let bytes = hex("0f000000").repeat(100);
    let place = Codec::new(hazards()).locate_boxed(&bytes, 400);
    let shown = place.to_string();
    assert!(shown.starts_with("node.left(node).left(node).left(node).left...(node)"), "{shown}");
    assert!(shown.ends_with("(node).left(node).left: Tree"), "{shown}");
    assert!(shown.len() < 400, "{shown}");
}

/// Items without bytes, as many as a count can say; depth without end; fields that are the same again and again.
#[test]
fn hostile_bytes_end_soon() {
    let codec = Codec::new(hazards());
    let many = hex("04000000 ffffffff");
    assert_eq!(codec.locate_boxed(&many, 8).to_string(), "counted.items[0]: n*[ int ]");
    let deep = hex("10000000").repeat(1_000_000);
    assert!(codec.locate_boxed(&deep, 3_999_999).to_string().starts_with("endless.self(endless).self"));
    let mut switches = hex("12000000 05000000");
    switches.extend([0; 16]);
    assert_eq!(codec.locate_boxed(&switches, 23).to_string(), "any.body(fixed).four[3]: 4*[ int ]");
}

#[test]
fn a_locator_reads_its_schema() {
    let locator = Locator::new(HAZARDS).unwrap();
    let bytes = hex("15000000 01000000 02000000");
    assert_eq!(locator.locate(&bytes, 8).to_string(), "pixel.y: int");
    assert_eq!(locator.locate_bare("pixel", &bytes[4..], 4).unwrap().to_string(), "pixel.y: int");
    assert_eq!(locator.locate_bare("pixels", &bytes, 4), None);
    let answer = hex("15c4b51c 02000000 0e000000 01020304");
    assert_eq!(locator.locate_answer("ask", &answer, 12).unwrap().to_string(), "[1]");
    assert_eq!(locator.locate_answer("pixel", &answer, 12), None, "no function");
    assert_eq!(Locator::from(hazards().clone()).locate(&bytes, 0), Place::default());
    assert_eq!(Locator::new("a = ;").unwrap_err().to_string(), "no schema: missing result type behind `=`");
    assert_eq!(Locator::new("a b:C = A;").unwrap_err().to_string(), "no schema: the type `C` is not declared");
}
