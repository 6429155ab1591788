//! Values as Rust: what the generator says of them compiles, and makes the same bytes.
//!
//! `literals/values.rs` is made by the first test and compiled into the second one. `INSTA_UPDATE=always` writes it anew.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::Path;

use tl_tests::tlgen::workspace;
use tlgen_build::{Config, literal, pipeline};
use tlgen_dynamic::{Codec, Generator, Objects, Profile, Root, Value};
use tlgen_model::{Options, load};
use tlgen_parser::source::Sources;
use tlgen_runtime::Encode;

#[allow(clippy::all, clippy::pedantic, reason = "made by a program")]
mod values {
    use tl_generated::telegram_132::{constructors, functions, types};

    use super::bytes;

    include!("literals/values.rs");
}

/// How many values are compiled.
const VALUES: u64 = 120;

/// Values of constructors and functions all over the API, each with the bytes of the dynamic codec.
#[test]
fn literals_are_as_they_were_compiled() {
    let mut sources = Sources::new();
    let path = workspace().join("schema/telegram-132.tl");
    let file = sources.add("telegram-132.tl", std::fs::read_to_string(path).unwrap());
    let schema = load(&sources, &[file], &Options::default()).value.unwrap();
    let package = pipeline::lower(&schema, &Config::default()).unwrap();
    let codec = Codec::new(&schema);
    let profile = Profile::default().with_budget(160).with_max_depth(4).with_objects(Objects::Avoid);
    let mut generator = Generator::new(&schema, 0).with_profile(profile);
    let all: Vec<_> = schema.constructors().chain(schema.functions()).map(|(idx, _)| idx).collect();
    let mut text = String::from("pub(super) fn all() -> Vec<(&'static str, Vec<u8>, &'static str)> {\n    vec![\n");
    let (mut count, mut seed) = (0, 0);
    while count < VALUES {
        seed += 1;
        let idx = all[usize::try_from(seed * 131).unwrap() % all.len()];
        generator.reseed(seed);
        // A function that takes another one has no type of its own to be written.
        let combinator = schema.combinator(idx);
        let Some(object) = generator.combinator(idx).ok().filter(|_| combinator.generics.is_empty()) else { continue };
        let value = Value::Object(object);
        let bytes = codec.encode_root(Root::Any, &value).unwrap();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let expr = literal(&schema, &package, &value, false).unwrap();
        let name = combinator.name.full();
        writeln!(text, "        ({name:?}, bytes(&{}), {hex:?}),", expr.print(8, 30)).unwrap();
        count += 1;
    }
    text += "    ]\n}\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/literals/values.rs");
    if std::env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        std::fs::write(&path, &text).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap() == text, "not as it was: run with INSTA_UPDATE=always");
}

#[test]
fn literals_have_the_bytes_of_their_values() {
    let all = values::all();
    assert_eq!(all.len() as u64, VALUES);
    for (name, bytes, expected) in all {
        let found: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, expected, "{name}");
    }
}

fn bytes(value: &impl Encode) -> Vec<u8> {
    value.to_bytes().unwrap()
}
