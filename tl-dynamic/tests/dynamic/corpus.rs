//! Bytes and schemas of other projects. They are read from the folder that `TL_CORPUS` names; without it the tests say that
//! they are skipped.

use serde_json::Value as Json;
use tlgen_dynamic::{Codec, DecodeOptions};
use tlgen_model::Valid;
use tlgen_model::schema::{Schema, SectionKind};

use crate::random::round_trip_all;
use crate::{completed, hex, schema};

fn vectors(name: &str) -> Option<Vec<Json>> {
    let text = std::fs::read_to_string(tl_corpus::folder()?.join("vectors").join(name)).unwrap();
    let mut file: Json = serde_json::from_str(&text).unwrap();
    let Json::Array(vectors) = file["vectors"].take() else { panic!("{name} has no vectors") };
    assert!(!vectors.is_empty());
    Some(vectors)
}

/// The schema of a vector with one constructor more, whose field has the type of the vector.
fn own_schema(vector: &Json) -> Valid<Schema> {
    let mut text = String::from("---types---\n");
    match vector["type"].as_str().map(|ty| (ty, ty.split_once("= "))) {
        // A declaration in the place of a type: the bare form of what it declares.
        Some((declaration, Some((_, ty)))) => {
            let (declaration, (ty, _)) = (declaration.trim_end_matches("(bare)"), ty.split_once(';').unwrap());
            text += &format!("{declaration}\ntested#f0f0f0f0 value:%{ty} = Tested;\n");
        }
        Some((ty, None)) => text += &format!("tested#f0f0f0f0 value:({ty}) = Tested;\n"),
        None => {}
    }
    if vector["function"] == true {
        text += "---functions---\n";
    }
    for line in vector["schema"].as_array().into_iter().flatten() {
        text += line.as_str().unwrap();
        text += "\n";
        // The root stands first; what it is made of are types.
        if vector["function"] == true && !line.as_str().unwrap().starts_with("---") {
            text += "---types---\n";
        }
    }
    completed(&text).unwrap()
}

/// The bytes decode to the value that the vector states, which encodes to the same bytes, and also goes through JSON.
fn check(schema: &Valid<Schema>, vector: &Json) {
    let name = vector["name"].as_str().unwrap();
    let codec = Codec::new(schema);
    let bytes = hex(vector["hex"].as_str().unwrap());
    let options = DecodeOptions::default();
    let tested = codec.by_name("tested").map(|tested| &schema.combinator(tested).params[0].ty);
    if let Some(ty) = tested {
        let value = codec.decode(ty, &bytes, &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        let stated = codec.from_json(ty, &vector["value"]).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(value, stated, "{name}");
        assert_eq!(codec.encode(ty, &value).as_ref(), Ok(&bytes), "{name}");
        assert_eq!(codec.from_json(ty, &codec.to_json(ty, &value)).as_ref(), Ok(&value), "{name}");
    } else {
        let value = codec.decode_boxed(&bytes, &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        let stated = codec.from_json_boxed(&vector["value"]).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(value, stated, "{name}");
        assert_eq!(codec.encode_boxed(&value).as_ref(), Ok(&bytes), "{name}");
        assert_eq!(codec.to_json_boxed(&value), vector["value"], "{name}");
        assert_eq!(vector["function"] == true, schema.combinator(value.combinator).kind == SectionKind::Functions);
        every_prefix_is_refused(&codec, &bytes);
    }
}

fn every_prefix_is_refused(codec: &Codec<'_>, bytes: &[u8]) {
    for end in 0..bytes.len() {
        assert!(codec.decode_boxed(&bytes[..end], &DecodeOptions::default()).is_err(), "{end}");
    }
}

#[test]
fn layer_66() {
    let Some(vectors) = vectors("telegram-layer-066.json") else { return };
    let path = tl_corpus::folder().unwrap().join("schemas/telegram/api-layer-066.tl");
    let schema = schema(&std::fs::read_to_string(path).unwrap());
    vectors.iter().for_each(|vector| check(&schema, vector));
    println!("{} vectors", vectors.len());
}

#[test]
fn files_with_their_own_schemas() {
    let mut count = 0;
    for name in ["mtproto-auth-key-sample-2013.json", "ton.json", "docs-getUsers-and-SharpTL.json", "primitives.json"] {
        let Some(vectors) = vectors(name) else { return };
        for vector in &vectors {
            check(&own_schema(vector), vector);
        }
        count += vectors.len();
    }
    println!("{count} vectors");
}

#[test]
fn what_others_refuse() {
    let Some(vectors) = vectors("decode-errors.json") else { return };
    for vector in &vectors {
        let schema = own_schema(vector);
        let codec = Codec::new(&schema);
        let ty = &schema.combinator(codec.by_name("tested").unwrap()).params[0].ty;
        let read = codec.decode(ty, &hex(vector["hex"].as_str().unwrap()), &DecodeOptions::default());
        assert!(read.is_err(), "{vector}: {read:?}");
    }
}

/// Examples that no other file makes a schema: a name with two declarations, a number as a type, and a type whose constructors
/// all hold one more value of it.
const CONTRADICTIONS: [&str; 3] =
    ["parser-types-arrays.tl", "resolve-type_parameter_and_field_masks_2.tl", "xelaj-gen-basic.tl"];

#[test]
fn whole_schemas_round_trip() {
    let Some(folder) = tl_corpus::folder() else { return };
    let newest = "telegram/api-layer-228.tl";
    for file in [newest, "ton/ton_api.tl", "tdlib/td_api-newest.tl", "tdlib/telegram_api-newest.tl"] {
        let schema = schema(&std::fs::read_to_string(folder.join("schemas").join(file)).unwrap());
        println!("{file}: {} values", round_trip_all(&schema, 3));
    }
    let mut contradictions = Vec::new();
    for folder in ["vk-idea-plugin", "mtproto", "secret", "ton", "misc"].map(|name| folder.join("schemas").join(name)) {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let Some(schema) = completed(&std::fs::read_to_string(&path).unwrap()) else {
                contradictions.push(path.file_name().unwrap().to_str().unwrap().to_owned());
                continue;
            };
            println!("{}: {} values", path.file_name().unwrap().display(), round_trip_all(&schema, 3));
        }
    }
    contradictions.sort();
    assert_eq!(contradictions, CONTRADICTIONS);
}
