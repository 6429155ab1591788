//! Byte vectors from the tests of other implementations. They are read from the folder that `TL_CORPUS` names; without
//! the variable there is nothing to read, and with it a missing file is a failure.

use std::fmt::Debug;

use serde_json::Value;
use tlgen_runtime::{Decode, DecodeErrorKind as Kind, DecodeOptions, Encode, Reader, Writer};

use super::hex;

/// The entries of a file, or `None` when `TL_CORPUS` is not set.
fn vectors(file: &str) -> Option<Vec<Value>> {
    let path = tl_corpus::folder()?.join("vectors").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let Value::Object(mut root) = serde_json::from_str(&text).unwrap() else { panic!("{file} is no object") };
    let Some(Value::Array(vectors)) = root.remove("vectors") else { panic!("{file} has no vectors") };
    assert!(!vectors.is_empty());
    Some(vectors)
}

fn field<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap_or_else(|| panic!("no `{name}` in {vector}"))
}

/// Both ways, and every prefix is refused as cut.
fn both_ways<'de, T: Decode<'de> + Encode + PartialEq + Debug>(value: &T, bytes: &'de [u8]) {
    assert_eq!(value.to_bytes().unwrap(), bytes);
    assert_eq!(DecodeOptions::new().strict().from_bytes::<T>(bytes).unwrap(), *value);
    for cut in 0..bytes.len() {
        assert_eq!(
            DecodeOptions::new().strict().from_bytes::<T>(&bytes[..cut]).unwrap_err().kind(),
            Kind::UnexpectedEnd
        );
    }
}

fn long(value: &Value) -> i64 {
    value.as_str().unwrap().parse().unwrap()
}

fn ints(value: &Value) -> Vec<i32> {
    value.as_array().unwrap().iter().map(|item| item.as_i64().unwrap() as i32).collect()
}

/// Checks one vector; `false` where its type is one of the schema and not of the runtime.
fn check(vector: &Value) -> bool {
    let bytes = hex(field(vector, "hex"));
    let value = &vector["value"];
    if vector.get("schema").is_some() {
        return false;
    }
    match field(vector, "type") {
        "int" => both_ways(&(value.as_i64().unwrap() as i32), &bytes),
        "#" => both_ways(&(value.as_u64().unwrap() as u32), &bytes),
        "long" | "int53" => both_ways(&long(value), &bytes),
        "float" => both_ways(&(value.as_f64().unwrap() as f32), &bytes),
        "double" => {
            let double = match value.get("f64le") {
                Some(bits) => f64::from_le_bytes(hex(bits.as_str().unwrap()).try_into().unwrap()),
                None => value.as_f64().unwrap(),
            };
            assert_eq!(double.to_bytes().unwrap(), bytes);
            let back = DecodeOptions::new().strict().from_bytes::<f64>(&bytes).unwrap();
            assert_eq!(back.to_bits(), double.to_bits());
        }
        "Bool" => both_ways(&value.as_bool().unwrap(), &bytes),
        "string" => both_ways(&value.as_str().unwrap().to_owned(), &bytes),
        "bytes" => both_ways(&hex(value.as_str().unwrap()), &bytes),
        "int128" => both_ways::<[u8; 16]>(&hex(value.as_str().unwrap()).try_into().unwrap(), &bytes),
        "int256" => both_ways::<[u8; 32]>(&hex(value.as_str().unwrap()).try_into().unwrap(), &bytes),
        "Vector<int>" => both_ways(&ints(value), &bytes),
        "vector<int>" => {
            let mut w = Writer::new();
            w.vector_bare(&ints(value), "");
            assert_eq!(w.finish().unwrap(), bytes);
            let mut r = Reader::new(&bytes);
            assert_eq!(r.vector_bare::<i32>(), ints(value));
            r.finish().unwrap();
        }
        _ => return false,
    }
    true
}

#[test]
fn primitives() {
    let Some(vectors) = vectors("primitives.json") else { return };
    let checked = vectors.iter().filter(|vector| check(vector)).count();
    println!("{checked} of {} vectors checked; the others need a schema", vectors.len());
    assert!(checked >= 60, "only {checked}");
    assert!(vectors.iter().all(|vector| vector.get("schema").is_some() || check(vector)), "an unknown builtin type");
}

#[test]
fn decode_errors() {
    let Some(vectors) = vectors("decode-errors.json") else { return };
    for vector in &vectors {
        let bytes = hex(field(vector, "hex"));
        let mut r = Reader::new(&bytes);
        match field(vector, "type") {
            "string" => drop(r.get::<String>()),
            "bytes" => drop(r.get::<Vec<u8>>()),
            "int" => _ = r.get::<i32>(),
            "double" => _ = r.get::<f64>(),
            "Vector<int>" => drop(r.get::<Vec<i32>>()),
            "vector<bytes>" => drop(r.vector_bare::<Vec<u8>>()),
            other if other.starts_with("lastVector ") => drop((r.get::<i64>(), r.vector_bare::<i64>())),
            other => panic!("an unknown type: {other}"),
        }
        let kind = r.finish().unwrap_err().kind();
        let stated = field(vector, "error");
        let agrees = match stated {
            "eof" => kind == Kind::UnexpectedEnd,
            "unexpected id" => matches!(kind, Kind::UnexpectedId { .. }),
            "invalid length" => matches!(kind, Kind::LengthTooLarge { .. } | Kind::NegativeCount { .. }),
            _ => kind == Kind::UnexpectedEnd && stated.contains("fail before it allocates"),
        };
        assert!(agrees, "{}: {kind:?} where `{stated}` is stated", field(vector, "name"));
    }
}
