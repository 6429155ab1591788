//! Values as JSON, and JSON that is none.

use serde_json::json;
use tlgen_dynamic::{Codec, DecodeOptions};

use crate::{hazards, hex};

#[test]
fn what_json_can_not_say_is_spelled_out() {
    let schema = hazards();
    let codec = Codec::new(schema);
    let mut bytes = hex("13000000 ffffffff feffffffffffffff 000000000000f07f 0000c03f 01ff0000 02010200 b5757299");
    bytes.extend([1; 16 + 32 + 64]);
    let value = codec.decode_boxed(&bytes, &DecodeOptions::default().with_any_text()).unwrap();
    let json = codec.to_json_boxed(&value);
    let expected = json!({
        "_": "scalars", "i": -1, "l": "-2", "d": {"f64le": "000000000000f07f"}, "f": 1.5, "s": {"hex": "ff"},
        "b": "0102", "t": true, "a": "01".repeat(16), "c": "01".repeat(32), "e": "01".repeat(64), "u": true,
    });
    assert_eq!(json, expected);
    let keys: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["_", "i", "l", "d", "f", "s", "b", "t", "a", "c", "e", "u"], "in the order of the schema");
    assert_eq!(codec.from_json_boxed(&json).unwrap(), value);
}

#[test]
fn json_by_hand_may_leave_out_what_follows() {
    let schema = hazards();
    let codec = Codec::new(schema);
    let json = json!({"_": "boxes", "i": "5", "v": [["1", 2]], "w": [], "p": {"x": 1, "y": 2}});
    let value = codec.from_json_boxed(&json).unwrap();
    let bytes = "14000000 da9b50a8 05000000 15c4b51c01000000 15c4b51c02000000 0100000000000000 0200000000000000
        00000000 01000000 02000000";
    assert_eq!(codec.encode_boxed(&value).unwrap(), hex(bytes));
    let json = json!({"_": "flagged", "a": null, "b": false});
    assert_eq!(codec.encode_boxed(&codec.from_json_boxed(&json).unwrap()).unwrap(), hex("01000000 00000000"));
    let json = json!({"_": "shape", "r": 1, "c": 2, "m": {"cells": [[3, 4]]}});
    let bytes = hex("09000000 01000000 02000000 03000000 04000000");
    assert_eq!(codec.encode_boxed(&codec.from_json_boxed(&json).unwrap()).unwrap(), bytes);
}

#[test]
fn json_that_does_not_fit_is_refused_by_name() {
    let schema = hazards();
    let codec = Codec::new(schema);
    let refused = |json| codec.from_json_boxed(&json).unwrap_err().to_string();
    assert_eq!(refused(json!([])), "expected an object with `_`, the name of a constructor or function");
    assert_eq!(refused(json!({"_": "picsel"})), "the schema has no `picsel`");
    assert_eq!(refused(json!({"_": "pixel", "z": 1})), "there is no field `z` in pixel");
    assert_eq!(refused(json!({"_": "pixel", "x": 2_147_483_648u32})), "expected a number of 32 bits in pixel.x");
    let wrong = json!({"_": "endless", "self": {"_": "pixel"}});
    assert_eq!(refused(wrong), "expected Endless in endless.self");
    let deep = (0..200).fold(json!({"_": "end"}), |inner, _| json!({"_": "endless", "self": inner}));
    assert!(refused(deep).starts_with("values are nested too deep in endless.self(endless)"));
}

/// JSON nests as deep as bytes do, and not one level deeper.
#[test]
fn json_nests_as_deep_as_bytes() {
    let schema = hazards();
    let codec = Codec::new(schema);
    let nested =
        |levels: usize| (1..levels).fold(json!({"_": "end"}), |inner, _| json!({"_": "endless", "self": inner}));
    let deepest = tlgen_dynamic::MAX_DEPTH;
    let value = codec.from_json_boxed(&nested(deepest)).unwrap();
    assert_eq!(codec.decode_boxed(&codec.encode_boxed(&value).unwrap(), &DecodeOptions::default()).unwrap(), value);
    let error = codec.from_json_boxed(&nested(deepest + 1)).unwrap_err().to_string();
    assert!(error.contains("deep"), "{error}");
}
