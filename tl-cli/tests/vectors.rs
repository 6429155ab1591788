//! The byte vectors of other projects, through the commands. They are read from the folder that `TL_CORPUS` names.

#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use serde_json::Value as Json;

fn vectors(name: &str) -> Option<Vec<Json>> {
    let text = std::fs::read_to_string(tl_corpus::folder()?.join("vectors").join(name)).unwrap();
    let mut file: Json = serde_json::from_str(&text).unwrap();
    let Json::Array(vectors) = file["vectors"].take() else { panic!("{name} has no vectors") };
    assert!(!vectors.is_empty());
    Some(vectors)
}

/// A folder with the schema of a vector, which has constructors for the types that it does not declare, and the type.
fn own(vector: &Json) -> (Sandbox, Option<String>) {
    let (mut schema, ty) = lines(vector);
    let sandbox = Sandbox::new(&[]);
    let value = ty.as_ref().filter(|ty| !ty.starts_with('%')).map(|ty| format!("---types---\nvalue x:({ty}) = Value;"));
    let checked = sandbox.pipe("check -", &format!("{schema}{}", value.unwrap_or_default()));
    let missing = checked.out.split("the type `").skip(1).filter_map(|rest| rest.split_once("` is not declared"));
    for (index, (name, _)) in missing.enumerate() {
        schema += &format!("---types---\nmissing{index} = {name};\n");
    }
    sandbox.write("own.tl", &schema);
    (sandbox, ty)
}

/// The lines of a vector, and the type.
fn lines(vector: &Json) -> (String, Option<String>) {
    let (mut schema, mut ty) = (String::from("---types---\n"), vector["type"].as_str().map(str::to_owned));
    // A declaration instead of a type: the bare form of what it declares.
    if let Some((name, result)) = ty.as_deref().and_then(|ty| ty.split_once("= ")) {
        schema += &format!("{name}= {}\n", result.trim_end_matches("(bare)"));
        ty = name.split_whitespace().next().map(|name| format!("%{name}"));
    }
    if vector["function"] == true {
        schema += "---functions---\n";
    }
    for line in vector["schema"].as_array().into_iter().flatten() {
        schema += line.as_str().unwrap();
        schema += "\n";
        // The root stands first; what it is made of are types.
        if vector["function"] == true && !line.as_str().unwrap().starts_with("---") {
            schema += "---types---\n";
        }
    }
    (schema, ty)
}

#[test]
fn vectors_with_their_own_schemas() {
    let mut count = 0;
    for name in ["mtproto-auth-key-sample-2013.json", "ton.json", "docs-getUsers-and-SharpTL.json", "primitives.json"] {
        let Some(vectors) = vectors(name) else { return };
        for vector in &vectors {
            let (sandbox, ty) = own(vector);
            let name = vector["name"].as_str().unwrap();
            let mut args = vec!["decode", "--schema", "own.tl"];
            if let Some(ty) = &ty {
                args.extend(["--type", ty]);
            }
            let hex = vector["hex"].as_str().unwrap();
            let decoded = sandbox.run_args("", &args, hex.as_bytes());
            assert_eq!((decoded.code, decoded.err.as_str()), (0, ""), "{name}: {decoded}");
            let shown: Json = serde_json::from_str(&decoded.out).unwrap();
            args[0] = "encode";
            for json in [&shown, &vector["value"]] {
                let encoded = sandbox.run_args("", &args, json.to_string().as_bytes());
                assert_eq!(encoded.out.trim_end(), hex.replace(' ', ""), "{name}: {encoded}");
            }
            assert!(is_same(&shown, &vector["value"]), "{name}: {shown} is not {}", vector["value"]);
            count += 1;
        }
    }
    println!("{count} vectors");
    assert_eq!(count, 90);
}

/// JSON that may differ in how a number is written.
fn is_same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a.as_f64() == b.as_f64(),
        (Json::Number(number), Json::String(text)) | (Json::String(text), Json::Number(number)) => {
            number.to_string() == *text
        }
        (Json::Number(number), Json::Object(bits)) => {
            let bytes: String = number.as_f64().unwrap().to_le_bytes().map(|byte| format!("{byte:02x}")).concat();
            bits.get("f64le").and_then(Json::as_str) == Some(&bytes)
        }
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_same(a, b)))
        }
        _ => a == b,
    }
}

#[test]
fn what_others_refuse_is_refused() {
    let Some(vectors) = vectors("decode-errors.json") else { return };
    for vector in &vectors {
        let (sandbox, ty) = own(vector);
        let ty = ty.unwrap();
        let run = sandbox.run_args(
            "",
            &["decode", "--schema", "own.tl", "--type", &ty, "--from", "hex"],
            vector["hex"].as_str().unwrap().as_bytes(),
        );
        assert!(run.code == 1 && run.out.is_empty() && run.err.starts_with("error: "), "{vector}: {run}");
    }
}

/// All vectors of layer 66 in one run each way, one message a line.
#[test]
fn layer_66() {
    let Some(vectors) = vectors("telegram-layer-066.json") else { return };
    let schema = tl_corpus::folder().unwrap().join("schemas/telegram/api-layer-066.tl");
    let sandbox = Sandbox::new(&[]);
    let schema = schema.to_str().unwrap();
    let lines: String = vectors.iter().map(|vector| format!("{}\n", vector["hex"].as_str().unwrap())).collect();
    let decoded = sandbox.run_args("", &["decode", "--schema", schema, "--many"], lines.as_bytes());
    assert_eq!((decoded.code, decoded.err.as_str()), (0, ""));
    let shown: Vec<Json> = decoded.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(shown.len(), vectors.len());
    for (shown, vector) in shown.iter().zip(&vectors) {
        assert_eq!(*shown, vector["value"], "{}", vector["name"]);
    }
    let encoded = sandbox.run_args("", &["encode", "--schema", schema, "--many"], decoded.out.as_bytes());
    assert_eq!((encoded.code, encoded.out.as_str()), (0, lines.replace(' ', "").as_str()));
    println!("{} vectors", vectors.len());
}
