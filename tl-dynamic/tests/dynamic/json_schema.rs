//! JSON Schemas against values: what is written is valid, and what is refused is not.

use std::collections::BTreeMap;

use boon::{Compiler, SchemaIndex, Schemas};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use tlgen_dynamic::{Codec, EncodeErrorKind, Generator, JsonErrorKind, JsonForm, Profile, Root};
use tlgen_model::Valid;
use tlgen_model::schema::{CombinatorIdx, Schema};

use crate::{hazards, named, schema};

const FORMS: [JsonForm; 3] = [JsonForm::Tlgen, JsonForm::TdLib, JsonForm::Vk];

/// Beside the hazards: what the form of VK is about, and fields that share a bit.
const MORE: &str = "
    dictionaryField#0a000002 {t:Type} key:string value:t = DictionaryField t;
    dictionary#1f4c618f {t:Type} %(Vector %(DictionaryField t)) = Dictionary t;
    dictionaryAnyField#0a000003 {k:Type} {v:Type} key:k value:v = DictionaryAnyField k v;
    dictionaryAny#1f4c6190 {k:Type} {v:Type} # [ (dictionaryAnyField k v) ] = DictionaryAny k v;
    words#0a000004 a:(dictionary int) b:(dictionaryAny long string) c:(dictionaryAny double int) = Words;
    resultFalse#27930a7b {t:Type} = Maybe t;
    resultTrue#3f9c8ef8 {t:Type} t = Maybe t;
    red#0a000005 = Color;
    blue#0a000006 = Color;
    circle#0a000007 radius:int = Shape;
    alone#0a000008 Color = Shape;
    drawing#0a000009 shape:Shape color:Color a:(Maybe Shape) b:(Maybe (Maybe int)) n:# some:n*[ c:Color m:# x:m.3?int ] = Drawing;
    shared#0a00000a flags:# a:flags.0?int b:flags.0?true c:flags.0?string d:flags.1?true e:flags.1?true = Shared;
    holder#0a00000b count:# one:Object flags:# two:flags.5?Object small:int53 = Holder;
    ---functions---
    call#0a00000c {X:Type} query:!X = X;
    words#0a00000d = Color;
";

struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    fn new(schema: &Json) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("file:///schema.json", schema.clone()).unwrap();
        let index = compiler.compile("file:///schema.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
        Self { schemas, index }
    }

    fn takes(&self, json: &Json) -> Result<(), String> {
        self.schemas.validate(json, self.index).map_err(|error| format!("{error:#}"))
    }
}

fn judges(schema: &Valid<Schema>, form: JsonForm) -> (Judge, BTreeMap<CombinatorIdx, Judge>) {
    let codec = Codec::new(schema);
    let own = schema.constructors().chain(schema.functions()).map(|(idx, _)| idx);
    let own = own.map(|idx| (idx, Judge::new(&codec.json_schema(Root::Bare(idx), form))));
    (Judge::new(&codec.json_schema(Root::Any, form)), own.collect())
}

/// Whether a refusal is one that JSON Schema cannot say.
fn is_beyond(codec: &Codec<'_>, root: Root<'_>, json: &Json, form: JsonForm) -> bool {
    match codec.from_json_root(root, json, form) {
        Ok(value) => match codec.encode_root(root, &value) {
            Ok(_) => true,
            Err(error) => matches!(
                error.kind,
                EncodeErrorKind::Presence
                    | EncodeErrorKind::Count { .. }
                    | EncodeErrorKind::TooDeep
                    | EncodeErrorKind::Schema(_)
            ),
        },
        // Only the form of VK looks at words where it reads.
        Err(error) => match error.kind {
            JsonErrorKind::TooDeep | JsonErrorKind::Schema(_) => true,
            JsonErrorKind::Expected(what) => {
                form == JsonForm::Vk && (what.contains("bit is") || what.contains("as many items"))
            }
            _ => false,
        },
    }
}

/// JSON with one part that is another.
fn changed(json: &mut Json, at: &mut usize, change: u8, number: i64) -> bool {
    if *at == 0 {
        match (change % 8, &mut *json) {
            (0, Json::Object(map)) => {
                let first = map.keys().nth(usize::try_from(number.unsigned_abs() % 7).unwrap()).cloned();
                first.map(|key| map.remove(&key));
            }
            (1, Json::Object(map)) => _ = map.insert("unknown".to_owned(), json!(1)),
            (2, json) => *json = json!(number),
            (3, json) => *json = json!(number.to_string()),
            (4, json) => *json = json!(number % 2 == 0),
            (5, json) => *json = json!({}),
            (6, json) => *json = json!([]),
            (7, json) => *json = json!("zz"),
            (_, json) => *json = json!(0.5),
        }
        return true;
    }
    *at -= 1;
    match json {
        Json::Array(items) => items.iter_mut().any(|item| changed(item, at, change, number)),
        Json::Object(map) => map.values_mut().any(|item| changed(item, at, change, number)),
        _ => false,
    }
}

fn parts(json: &Json) -> usize {
    1 + match json {
        Json::Array(items) => items.iter().map(parts).sum(),
        Json::Object(map) => map.values().map(parts).sum(),
        _ => 0,
    }
}

fn agrees(schema: &Valid<Schema>, seeds: std::ops::Range<u64>) {
    let codec = Codec::new(schema);
    for form in FORMS {
        let (any, own) = judges(schema, form);
        let (mut valid, mut refused) = (0, 0);
        for (idx, judge) in &own {
            for seed in seeds.clone() {
                let profile = Profile::default().with_budget(120).with_invalid_text(true);
                let Ok(object) = Generator::new(schema, seed).with_profile(profile).combinator(*idx) else { continue };
                let value = tlgen_dynamic::Value::Object(object);
                for (root, judge) in [(Root::Bare(*idx), judge), (Root::Any, &any)] {
                    // A name that two have means one of them.
                    if root == Root::Any && codec.by_name(schema.combinator(*idx).name.full()) != Some(*idx) {
                        continue;
                    }
                    let json = serde_json::to_value(codec.typed_root(root, &value).with_form(form)).unwrap();
                    judge.takes(&json).unwrap_or_else(|error| panic!("{form:?}: {json}\n{error}"));
                    assert_eq!(codec.from_json_root(root, &json, form).as_ref(), Ok(&value), "{form:?}: {json}");
                    valid += 1;
                    for change in 0..9_u8 {
                        let mut other = json.clone();
                        let step = seed.wrapping_mul(31).wrapping_add(u64::from(change) * 7);
                        let mut at = usize::try_from(step % parts(&json) as u64).unwrap();
                        let number =
                            [0, -1, 1, 1 << 31, 1 << 32, 1 << 40, i64::MAX][usize::try_from(step % 7).unwrap()];
                        changed(&mut other, &mut at, change, number);
                        let read = codec.from_json_root(root, &other, form).map_err(|error| error.to_string());
                        let written =
                            read.and_then(|value| codec.encode_root(root, &value).map_err(|error| error.to_string()));
                        if let Err(error) = written
                            && judge.takes(&other).is_ok()
                        {
                            assert!(is_beyond(&codec, root, &other, form), "{form:?}: {other} is valid, but: {error}");
                        } else {
                            refused += 1;
                        }
                    }
                }
            }
        }
        assert!(valid > 100 && refused > 100, "{form:?}: {valid} {refused}");
    }
}

#[test]
fn schemas_of_the_hazards_agree_with_the_codec() {
    agrees(hazards(), 0..4);
}

#[test]
fn schemas_of_dictionaries_unions_and_shared_bits_agree_with_the_codec() {
    agrees(&schema(MORE), 0..10);
}

/// Numbers at the ends of their ranges, as numbers and as text.
#[test]
fn numbers_end_where_they_do() {
    let schema = schema("n#01 i:int w:# l:long = N; d#02 a:vector<e> = D; e#03 key:long value:int = E;");
    let codec = Codec::new(&schema);
    let root = Root::Bare(named(&schema, "n"));
    for form in FORMS {
        let judge = Judge::new(&codec.json_schema(root, form));
        let mut numbers: Vec<i128> = vec![0];
        for bits in [31, 32, 53, 63, 64] {
            numbers.extend([-1, 0, 1].iter().flat_map(|off| [(1_i128 << bits) + off, -(1_i128 << bits) + off]));
        }
        numbers.extend((0..19).map(|place| i128::from(i64::MAX) + 10_i128.pow(place)));
        numbers.extend((0..19).map(|place| i128::from(i64::MAX) - 10_i128.pow(place)));
        for number in numbers {
            for field in ["i", "w", "l"] {
                for text in [number.to_string(), format!("\"{number}\"")] {
                    let mut map = Map::from_iter(
                        [("i", 0), ("w", 0), ("l", 0)].map(|(key, value)| (key.to_owned(), value.into())),
                    );
                    let json: Json = serde_json::from_str(&text).unwrap();
                    // Of a number outside of 64 bits only the beginning is left; and validators compare numbers of 64 bits as doubles,
                    // by which the largest and the next one are the same.
                    if json.is_f64() || json.is_u64() && !json.is_i64() && field == "l" {
                        continue;
                    }
                    map.insert(field.to_owned(), json);
                    let json = Json::Object(map);
                    let is_taken = codec.from_json_root(root, &json, form).is_ok();
                    // A 32-bit number as text is read, but nobody writes it.
                    if field == "l" || !text.starts_with('"') {
                        assert_eq!(judge.takes(&json).is_ok(), is_taken, "{form:?}: {json}");
                    }
                }
            }
        }
    }
}

/// A type that grows with each value within it has a description that ends.
#[test]
fn types_that_grow_are_described_as_far_as_that_goes() {
    let schema = schema(
        "nest#01 {t:Type} value:t more:(Nest (Pair t t)) = Nest t; stop#02 {t:Type} = Nest t; pair#03 {a:Type} {b:Type} x:a y:b = Pair a b;",
    );
    let codec = Codec::new(&schema);
    let described = codec.json_schema(Root::Any, JsonForm::Tlgen);
    assert!(described.to_string().contains("grow with each value"));
    let json = json!({"_": "nest", "value": 1, "more": {"_": "nest", "value": {"_": "pair", "x": 1, "y": 2}, "more": {"_": "stop"}}});
    Judge::new(&described).takes(&json).unwrap();
    assert!(codec.from_json_boxed(&json).is_ok());
}

/// What a person sees: names, declarations, descriptions.
#[test]
fn a_schema_is_readable() {
    let schema = schema(
        "// @description A user @id Who\nuser#01 id:int flags:# bot:flags.0?true photo:flags.1?bytes = User;\nnone#02 = User;",
    );
    let described = Codec::new(&schema).json_schema(Root::Boxed(named(&schema, "user")), JsonForm::Tlgen);
    let expected = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/$defs/user",
        "$defs": {"user": {
            "description": "A user\n\nconstructor user#00000001 id:int flags:# bot:flags.0?true photo:flags.1?bytes = User",
            "type": "object",
            "properties": {
                "_": {"const": "user"},
                "id": {"type": "integer", "minimum": -2_147_483_648_i64, "maximum": 2_147_483_647, "description": "Who"},
                "flags": {"type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32},
                "bot": {"type": "boolean"},
                "photo": {"type": "string", "pattern": "^([0-9a-fA-F]{2})*$"},
            },
            "required": ["id"],
            "additionalProperties": false,
        }},
    });
    assert_eq!(described, expected, "{described:#}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A seed of serde reads what the values are written as.
    #[test]
    fn values_go_through_serde(seed: u64, which: prop::sample::Index, form in prop::sample::select(&FORMS[..])) {
        use serde::de::DeserializeSeed;
        let schema = hazards();
        let codec = Codec::new(schema);
        let all: Vec<_> = schema.constructors().chain(schema.functions()).map(|(idx, _)| idx).collect();
        let idx = all[which.index(all.len())];
        let Ok(object) = Generator::new(schema, seed).combinator(idx) else { return Ok(()) };
        let (root, value) = (Root::Boxed(idx), tlgen_dynamic::Value::Object(object));
        let text = serde_json::to_string(&codec.typed_root(root, &value).with_form(form)).unwrap();
        let mut from = serde_json::Deserializer::from_str(&text);
        let again = codec.seed(root).with_form(form).deserialize(&mut from).unwrap();
        prop_assert_eq!(again, value);
    }
}
