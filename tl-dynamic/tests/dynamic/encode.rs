//! What the writer makes of words, and values that it must refuse.

use tlgen_dynamic::{Codec, EncodeErrorKind, Value};

use crate::{hazards, hex, object};

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
