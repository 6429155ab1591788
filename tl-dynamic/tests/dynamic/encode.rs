//! What the writer makes of words, and values that it must refuse.

use tlgen_dynamic::{Codec, EncodeErrorKind, Value};

use crate::{hazards, hex, object, schema};

fn written(name: &str, fields: Vec<Option<Value>>) -> Result<Vec<u8>, (EncodeErrorKind, String)> {
    let schema = hazards();
    let object = object(schema, name, fields);
    Codec::new(schema).encode_boxed(&object).map_err(|error| (error.kind, error.path.to_string()))
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

#[test]
fn words_follow_from_the_fields() {
    let seven = Some(Value::Int(7));
    assert_eq!(written("flagged", vec![None, seven.clone(), None, None, None]), Ok(hex("01000000 01000000 07000000")));
    let undeclared = Some(Value::Nat(0x4000_0002));
    let bytes = hex("01000000 01000040 07000000");
    assert_eq!(written("flagged", vec![undeclared, seven, None, None, None]), Ok(bytes), "other bits are kept");
    let bytes = hex("03000000 01000000 10000000 ffffffffffffffff");
    assert_eq!(written("nested", vec![None, None, Some(Value::Long(-1))]), Ok(bytes), "a conditional word is needed");
    assert_eq!(written("late", vec![None, Some(Value::True)]), Ok(hex("02000000 08000000")));
}

#[test]
fn a_count_follows_from_its_list() {
    let items = Some(Value::List(vec![Value::Int(5)]));
    let records = Some(Value::List(vec![Value::Record(vec![None, None, text("A")])]));
    let bytes = hex("04000000 01000000 05000000 00000000 01410000");
    assert_eq!(written("counted", vec![None, items.clone(), records, None]), Ok(bytes));
    let error = written("counted", vec![None, items, Some(Value::List(vec![])), None]).unwrap_err();
    assert_eq!(error, (EncodeErrorKind::Count { expected: 1, found: 0 }, "counted.records".to_owned()));
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let refused = |name, fields| written(name, fields).unwrap_err();
    let (kind, path) = refused("flagged", vec![None, None, Some(Value::True), None, None]);
    assert_eq!((kind, path.as_str()), (EncodeErrorKind::SharedBit { bit: 1 }, "flagged.flags"));
    let (kind, path) = refused("pixel", vec![Some(Value::Int(1)), None]);
    assert_eq!((kind, path.as_str()), (EncodeErrorKind::Missing, "pixel.y"));
    let (kind, path) = refused("pixel", vec![Some(Value::Int(1))]);
    assert_eq!((kind, path.as_str()), (EncodeErrorKind::FieldCount { expected: 2, found: 1 }, "pixel"));
    let (kind, path) = refused("pixel", vec![Some(Value::Int(1)), text("x")]);
    assert_eq!((kind.to_string().as_str(), path.as_str()), ("expected a 32-bit number, found text", "pixel.y"));
    let schema = hazards();
    let masked = Some(Value::Object(object(schema, "masked", [None, text("x")])));
    let (kind, path) = refused("maskTop", vec![Some(Value::Nat(4)), masked]);
    assert_eq!((kind, path.as_str()), (EncodeErrorKind::Presence, "maskTop.inner(masked).x"));
    let (kind, path) = refused("any", vec![Some(Value::Int(1))]);
    assert_eq!((kind.to_string().as_str(), path.as_str()), ("expected an object, found a 32-bit number", "any.body"));
    let pixel = Some(Value::Object(object(schema, "pixel", [Some(Value::Int(1)), Some(Value::Int(2))])));
    let (kind, path) = refused("wrap", vec![Some(Value::Long(1)), pixel]);
    assert_eq!((kind.to_string().as_str(), path.as_str()), ("expected a function, found pixel", "wrap.query"));
}

#[test]
fn nesting_ends_at_the_limit() {
    let schema = hazards();
    let mut value = object(schema, "end", []);
    for _ in 0..tlgen_dynamic::MAX_DEPTH {
        value = object(schema, "endless", [Some(Value::Object(value))]);
    }
    let error = Codec::new(schema).encode_boxed(&value).unwrap_err();
    assert_eq!(error.kind, EncodeErrorKind::TooDeep);
}

/// Fields that belong to the word of a template's argument: each is there if its bit is set, and only then.
#[test]
fn fields_of_an_outer_word() {
    let schema = hazards();
    for mask in 0..64 {
        for (x, y) in [(false, false), (false, true), (true, false), (true, true)] {
            let fields = [x.then_some(Value::Int(7)), y.then(|| Value::Text(String::new()))];
            let masked = Some(Value::Object(object(schema, "masked", fields)));
            let found = written("maskTop", vec![Some(Value::Nat(mask)), masked]);
            let wrong = if x != (mask & 4 != 0) { Some("x") } else { (y != (mask & 32 != 0)).then_some("y") };
            match wrong {
                None => assert!(found.is_ok(), "{mask} {x} {y}: {found:?}"),
                Some(field) => {
                    let path = format!("maskTop.inner(masked).{field}");
                    assert_eq!(found, Err((EncodeErrorKind::Presence, path)), "{mask} {x} {y}");
                }
            }
        }
    }
    let masked = Some(Value::Object(object(schema, "masked", [None, None])));
    assert_eq!(written("maskTop", vec![None, masked]), Err((EncodeErrorKind::Missing, "maskTop.m".to_owned())));
}

/// The bits of a word are those of its fields, whatever the word was; its other bits are kept.
#[test]
fn declared_bits_of_a_word() {
    for word in [None, Some(0), Some(0x7fff_fffc), Some(u32::MAX), Some(0x8000_0003), Some(1)] {
        for there in 0..16_u32 {
            let is_there = |index: u32| there >> index & 1 == 1;
            let fields = vec![
                word.map(Value::Nat),
                is_there(0).then_some(Value::Int(7)),
                is_there(1).then_some(Value::True),
                is_there(2).then(|| Value::Text(String::new())),
                is_there(3).then(|| Value::List(vec![])),
            ];
            let found = written("flagged", fields);
            if is_there(1) != is_there(2) {
                let expected = (EncodeErrorKind::SharedBit { bit: 1 }, "flagged.flags".to_owned());
                assert_eq!(found, Err(expected), "{word:?} {there:b}");
                continue;
            }
            let bits = u32::from(is_there(0)) | u32::from(is_there(1)) << 1 | u32::from(is_there(3)) << 31;
            let expected = word.unwrap_or(0) & 0x7fff_fffc | bits;
            assert_eq!(found.unwrap()[4..8], expected.to_le_bytes(), "{word:?} {there:b}");
        }
    }
}

/// What a number is added to, and words that nothing explains.
#[test]
fn words_that_are_missing() {
    let schema = schema(
        "more#00000001 n:# items:(n+1)*[ int ] = More;
        plain#00000002 n:# x:int = Plain;
        both#00000003 n:# flags:# a:flags.3?int items:n*[ int ] = Both;",
    );
    let codec = Codec::new(&schema);
    let list = |count: i32| Some(Value::List((0..count).map(Value::Int).collect()));
    let write = |name, fields: Vec<Option<Value>>| {
        codec.encode_boxed(&object(&schema, name, fields)).map_err(|error| (error.kind, error.path.to_string()))
    };
    assert_eq!(write("more", vec![None, list(2)]), Ok(hex("01000000 01000000 00000000 01000000")));
    assert_eq!(write("more", vec![None, list(1)]), Ok(hex("01000000 00000000 00000000")));
    let expected = (EncodeErrorKind::Count { expected: 1, found: 0 }, "more.items".to_owned());
    assert_eq!(write("more", vec![None, list(0)]), Err(expected));
    let expected = (EncodeErrorKind::Count { expected: 4, found: 2 }, "more.items".to_owned());
    assert_eq!(write("more", vec![Some(Value::Nat(3)), list(2)]), Err(expected));
    let missing = (EncodeErrorKind::Missing, "plain.n".to_owned());
    assert_eq!(write("plain", vec![None, Some(Value::Int(1))]), Err(missing));
    let bytes = hex("03000000 02000000 08000000 09000000 00000000 01000000");
    assert_eq!(write("both", vec![None, None, Some(Value::Int(9)), list(2)]), Ok(bytes));
}

/// Every kind of value where another kind is expected.
#[test]
fn values_of_another_kind() {
    let schema = hazards();
    let zeros = |count| Value::Bytes(vec![0; count]);
    let right = [
        Value::Int(1),
        Value::Long(2),
        Value::Double(3.0),
        Value::Float(4.0),
        Value::Text("5".to_owned()),
        zeros(6),
        Value::Bool(true),
        zeros(16),
        zeros(32),
        zeros(64),
        Value::True,
    ];
    let names = ["i", "l", "d", "f", "s", "b", "t", "a", "c", "e", "u"];
    let kinds = [
        "a 32-bit number",
        "a 64-bit number",
        "a 64-bit floating-point number",
        "a 32-bit floating-point number",
        "text",
        "bytes",
        "a truth value",
        "16 bytes",
        "32 bytes",
        "64 bytes",
        "the value `true`",
    ];
    let with = |index: usize, value: Value| {
        let mut fields = right.clone().map(Some).to_vec();
        fields[index] = Some(value);
        written("scalars", fields)
    };
    let others = [Value::Nat(1), Value::List(vec![]), Value::Record(vec![]), Value::Raw(vec![0; 16])];
    for (index, (name, kind)) in names.into_iter().zip(kinds).enumerate() {
        let path = format!("scalars.{name}");
        for value in right.iter().chain(&others) {
            let found = with(index, value.clone());
            match (kind, value) {
                _ if *value == right[index] => assert!(found.is_ok(), "{name}: {found:?}"),
                // Text that is not UTF-8.
                ("text", Value::Bytes(_)) => assert!(found.is_ok(), "{found:?}"),
                ("bytes", Value::Bytes(_)) => assert!(found.is_ok(), "{found:?}"),
                ("16 bytes" | "32 bytes" | "64 bytes", Value::Bytes(bytes)) => {
                    let expected = kind[..2].parse().unwrap();
                    let length = EncodeErrorKind::Length { expected, found: bytes.len() };
                    assert_eq!(found, Err((length, path.clone())));
                }
                _ => {
                    let (error, found) = found.unwrap_err();
                    assert_eq!(
                        (error.to_string(), &found),
                        (format!("expected {kind}, found {}", value.kind()), &path)
                    );
                }
            }
        }
    }
    let leaf = Value::Object(object(schema, "leaf", []));
    let refused = |name, fields| {
        let (kind, path) = written(name, fields).unwrap_err();
        format!("{kind} in {path}")
    };
    assert_eq!(
        refused("counted", vec![Some(leaf.clone()), None, None, None]),
        "expected an unsigned number, found an object in counted.n"
    );
    let lists = vec![Some(Value::Nat(1)), Some(leaf.clone()), None, None];
    assert_eq!(refused("counted", lists), "expected a list, found an object in counted.items");
    let records = vec![None, Some(Value::List(vec![Value::Int(1)])), Some(Value::List(vec![Value::Int(1)])), None];
    assert_eq!(refused("counted", records), "expected a record, found a 32-bit number in counted.records[0]");
    let vector = vec![None, None, None, None, Some(Value::Int(1))];
    assert_eq!(refused("flagged", vector), "expected a list, found a 32-bit number in flagged.d");
    assert_eq!(
        refused("node", vec![Some(Value::True), None, None, None]),
        "expected an object, found the value `true` in node.left"
    );
    let pixel = Value::Object(object(schema, "pixel", [Some(Value::Int(1)), Some(Value::Int(2))]));
    assert_eq!(refused("node", vec![Some(pixel), None, None, None]), "expected Tree, found pixel in node.left");
    let boxes = vec![Some(Value::Int(1)), Some(Value::List(vec![])), Some(Value::List(vec![])), Some(leaf)];
    assert_eq!(refused("boxes", boxes), "expected pixel, found leaf in boxes.p");
}

/// A chain of constructors as long as is allowed, and one more.
#[test]
fn values_as_deep_as_allowed() {
    let schema = hazards();
    let nested = |levels: usize| {
        let end = object(schema, "end", []);
        (1..levels).fold(end, |inner, _| object(schema, "endless", [Some(Value::Object(inner))]))
    };
    let codec = Codec::new(schema);
    assert_eq!(codec.encode_boxed(&nested(tlgen_dynamic::MAX_DEPTH)).unwrap().len(), 4 * tlgen_dynamic::MAX_DEPTH);
    assert_eq!(codec.encode_boxed(&nested(tlgen_dynamic::MAX_DEPTH + 1)).unwrap_err().kind, EncodeErrorKind::TooDeep);
    // Side by side they are no deeper.
    let leaves = (0..200).map(|_| Value::Object(object(schema, "leaf", [])));
    let leaf = || Some(Value::Object(object(schema, "leaf", [])));
    let none = Some(Value::Object(object(schema, "nothing", [])));
    assert!(written("node", vec![leaf(), leaf(), Some(Value::List(leaves.collect())), none]).is_ok());
}
