//! The JSON of VK's tools.

use serde_json::{Value as Json, json};
use tlgen_dynamic::{Codec, JsonForm, Root};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;

use crate::{hex, named, schema};

/// A schema for each rule of the form.
const SCHEMA: &str = "
    int32#0a000001 int = Int32;
    dictionaryField#0a000002 {t:Type} key:string value:t = DictionaryField t;
    dictionary#1f4c618f {t:Type} %(Vector %(DictionaryField t)) = Dictionary t;
    dictionaryAnyField#0a000003 {k:Type} {v:Type} key:k value:v = DictionaryAnyField k v;
    dictionaryAny#1f4c6190 {k:Type} {v:Type} # [ (dictionaryAnyField k v) ] = DictionaryAny k v;
    resultFalse#27930a7b {t:Type} = Maybe t;
    resultTrue#3f9c8ef8 {t:Type} t = Maybe t;
    row#0a000010 n:# cells:n*[ int ] = Row;
    four#0a000011 cells:4*[ int ] = Four;
    list#0a000012 of:(vector int) = List;
    words#0a000013 all:(dictionary int) by_number:(dictionaryAny int int) by_double:(dictionaryAny double int) = Words;
    perhaps#0a000014 it:(Maybe int) = Perhaps;
    circle#0a000015 radius:int = Shape;
    label#0a000016 text:string = Shape;
    alone#0a000017 int = Shape;
    drawing#0a000018 shape:Shape = Drawing;
    red#0a000019 = Color;
    blue#0a00001a = Color;
    paint#0a00001b color:Color = Paint;
    chain#0a00001c a:# b:a.0?# c:b.1?# x:a.0?true y:b.1?true z:c.2?true = Chain;
    inner#0a00001d {f:#} one:f.0?# two:f.3?true many:f*[ int ] = Inner f;
    outer#0a00001e f:# inner:(inner f) = Outer;
    tree#0a00001f mask:# next:mask.0?tree = Tree;
    text#0a000020 s:string b:bytes d:double l:long t:Bool = Text;
    masked#0a000021 n:# a:n.0?n*[ int ] b:n.1?n*[ int ] = Masked;
";

/// The bytes of the JSON of a bare constructor, and that these bytes are the JSON `shown` again.
#[track_caller]
fn reads(schema: &Valid<Schema>, name: &str, json: &Json, bytes: &str, shown: &Json) {
    let codec = Codec::new(schema);
    let root = Root::Bare(named(schema, name));
    let value = codec.from_json_root(root, json, JsonForm::Vk).unwrap_or_else(|error| panic!("{json}: {error}"));
    let found = codec.encode_root(root, &value).unwrap_or_else(|error| panic!("{json}: {error}"));
    assert_eq!(found, hex(bytes), "{json}");
    let again = serde_json::to_value(codec.typed_root(root, &value).with_form(JsonForm::Vk)).unwrap();
    assert_eq!(again, *shown, "{json}");
}

#[track_caller]
fn refuses(schema: &Valid<Schema>, name: &str, json: &Json) -> String {
    let codec = Codec::new(schema);
    let root = Root::Bare(named(schema, name));
    codec.from_json_root(root, json, JsonForm::Vk).expect_err(&json.to_string()).to_string()
}

#[test]
fn what_is_empty_is_left_out() {
    let schema = schema(SCHEMA);
    for (name, json, bytes) in [
        ("row", json!({}), "00000000"),
        ("row", json!({"n": 2, "cells": [5, 6]}), "02000000 05000000 06000000"),
        ("four", json!({"cells": [1, 2, 3, 4]}), "01000000 02000000 03000000 04000000"),
        ("list", json!({}), "00000000"),
        ("list", json!({"of": [7]}), "01000000 07000000"),
        ("text", json!({}), "00000000 00000000 0000000000000000 0000000000000000 379779bc"),
        (
            "text",
            json!({"s": "a", "b": {"base64": "/w=="}, "d": "+Inf", "l": 5, "t": true}),
            "01610000 01ff0000 000000000000f07f 0500000000000000 b5757299",
        ),
        ("tree", json!({"mask": 1, "next": {}}), "01000000 00000000"),
    ] {
        reads(&schema, name, &json, bytes, &json);
    }
    reads(&schema, "row", &json!({"cells": [], "n": 0}), "00000000", &json!({}));
    reads(&schema, "tree", &json!({"mask": 1}), "01000000 00000000", &json!({"mask": 1, "next": {}}));
    reads(&schema, "row", &json!({"n": 2}), "02000000 00000000 00000000", &json!({"n": 2, "cells": [0, 0]}));
}

#[test]
fn dictionaries_are_objects() {
    let schema = schema(SCHEMA);
    let json = json!({"all": {"k1": 1, "k2": 0}, "by_number": {"-1": 2}, "by_double": [{"key": 1.5, "value": 3}]});
    let bytes =
        "02000000 026b3100 01000000 026b3200 00000000 01000000 ffffffff 02000000 01000000 000000000000f83f 03000000";
    reads(&schema, "words", &json, bytes, &json);
    // Two entries of one key are no object.
    let twice = json!({"all": [{"key": "a", "value": 1}, {"key": "a", "value": 2}]});
    let bytes = "02000000 01610000 01000000 01610000 02000000 00000000 00000000";
    reads(&schema, "words", &twice, bytes, &twice);
    assert_eq!(
        refuses(&schema, "words", &json!({"by_number": {"x": 1}})),
        "expected a number of 32 bits in words.by_number(dictionaryAny)[0]"
    );
}

#[test]
fn unions_maybes_and_constants() {
    let schema = schema(SCHEMA);
    for (name, json, bytes) in [
        ("drawing", json!({"shape": {"type": "circle", "value": {"radius": 1}}}), "1500000a 01000000"),
        ("drawing", json!({"shape": {"type": "circle", "value": {}}}), "1500000a 00000000"),
        ("drawing", json!({"shape": {"type": "alone", "value": 5}}), "1700000a 05000000"),
        ("paint", json!({"color": "blue"}), "1a00000a"),
        ("perhaps", json!({}), "7b0a9327"),
        ("perhaps", json!({"it": {"ok": true}}), "f88e9c3f 00000000"),
        ("perhaps", json!({"it": {"ok": true, "value": 1}}), "f88e9c3f 01000000"),
    ] {
        reads(&schema, name, &json, bytes, &json);
    }
    let blue = json!({"color": "blue"});
    for name in ["blue", "blue#0a00001a", "#0a00001a"] {
        reads(&schema, "paint", &json!({ "color": name }), "1a00000a", &blue);
    }
    reads(&schema, "paint", &json!({}), "1900000a", &json!({"color": "red"}));
    reads(
        &schema,
        "perhaps",
        &json!({"it": {"value": 1}}),
        "f88e9c3f 01000000",
        &json!({"it": {"ok": true, "value": 1}}),
    );
    reads(&schema, "perhaps", &json!({"it": {"ok": false}}), "7b0a9327", &json!({}));
    assert!(refuses(&schema, "perhaps", &json!({"it": {"ok": false, "value": 1}})).contains("`ok` is false"));
    assert!(refuses(&schema, "drawing", &json!({"shape": {"value": 1}})).contains("`type` and `value`"));
    assert!(refuses(&schema, "drawing", &json!({"shape": {"type": "red"}})).contains("expected Shape"));
    assert!(refuses(&schema, "drawing", &json!({"shape": {"type": "square"}})).contains("no `square`"));
    assert!(refuses(&schema, "paint", &json!({"color": "blue#0a000019"})).contains("no `blue#0a000019`"));
    assert!(refuses(&schema, "paint", &json!({"color": 1})).contains("expected a name"));
}

/// A field sets the bit that it needs, also over words that are fields themselves; what a word says must not be denied.
#[test]
fn bits_follow_from_fields_and_fields_from_bits() {
    let schema = schema(SCHEMA);
    let all = json!({"a": 1, "b": 2, "c": 4, "x": true, "y": true, "z": true});
    for json in [all.clone(), json!({"x": true, "y": true, "z": true}), json!({"z": true}), json!({"c": 4})] {
        reads(&schema, "chain", &json, "01000000 02000000 04000000", &all);
    }
    let two = json!({"a": 1, "b": 2, "c": 0, "x": true, "y": true});
    reads(&schema, "chain", &json!({"y": true}), "01000000 02000000 00000000", &two);
    let kept = json!({"a": 15, "b": 0, "x": true});
    reads(&schema, "chain", &json!({"a": 14, "x": true}), "0f000000 00000000", &kept);
    assert!(refuses(&schema, "chain", &json!({"a": 1, "x": false})).contains("its bit is set"));

    let outer = json!({"f": 1, "inner": {"one": 0, "many": [5]}});
    reads(&schema, "outer", &outer, "01000000 00000000 05000000", &outer);
    reads(&schema, "outer", &json!({"f": 1, "inner": {"many": [5]}}), "01000000 00000000 05000000", &outer);
    reads(&schema, "outer", &json!({"f": 0}), "00000000", &json!({"inner": {}}));
    assert!(refuses(&schema, "outer", &json!({"f": 1, "inner": {"many": [1, 2]}})).contains("as many items"));
    assert!(
        refuses(&schema, "outer", &json!({"f": 1, "inner": {"many": [1], "two": true}})).contains("bit is not set")
    );
    let masked = json!({"n": 3, "a": [1, 1, 1], "b": [2, 2, 2]});
    let bytes = "03000000 01000000 01000000 01000000 02000000 02000000 02000000";
    reads(&schema, "masked", &json!({"n": 3, "a": [1, 1, 1], "b": [2, 2, 2]}), bytes, &masked);
    assert!(refuses(&schema, "masked", &json!({"a": [1], "b": [1, 1], "n": 1})).contains("as many items"));
}

/// Neither a long list of nothing nor values within values without end are made up.
#[test]
fn what_is_not_there_does_not_fill_the_memory() {
    let schema = schema("row#0a000010 n:# cells:n*[ int ] = Row; more#0a000011 a:Loop = Loop; end#0a000012 = Loop;");
    assert!(refuses(&schema, "row", &json!({"n": 4_000_000_000_u32})).contains("as many items"));
    // Nor do lists within lists.
    let cube = self::schema("cube#0a000013 n:# m:# a:n*[ m*[ m*[ int ] ] ] = Cube;");
    assert!(refuses(&cube, "cube", &json!({"n": 1024, "m": 1024})).contains("as many items"));
    assert!(refuses(&schema, "more", &json!({})).contains("too deep"));
}
