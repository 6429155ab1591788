//! Generated code that does not fit the runtime fails to compile, with one message that says what to do.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

use tl_tests::tlgen::workspace;
use tlgen_build::{Config, Layout, Origin, pipeline};
use tlgen_parser::source::Sources;

const SCHEMA: &str = "one data:bytes key:int256 ok:True body:Object = One;\ntrue#3fedd339 = True;\n---functions---\nget = Vector<One>;\n";

/// What is generated with some derives.
fn generated(derives: &[&str]) -> String {
    let mut sources = Sources::new();
    let file = sources.add("one.tl", SCHEMA);
    let schema = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap();
    let origin = Origin::new("api", ["one.tl"]);
    let derives = derives.iter().map(|&derive| derive.to_owned()).collect();
    let config = Config::with(|config| config.derives = derives);
    let mut files = pipeline::generate(&schema, &origin, &config, Layout::SingleFile).unwrap();
    files.remove("api.rs").unwrap()
}

/// The errors of compiling it, without those of cargo.
fn errors(folder: &Path, code: &str) -> Vec<String> {
    let manifest = format!(
        "[package]\nname = \"mismatch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\ntlgen-runtime = {{ path = {:?} }}\n",
        workspace().join("tl-runtime"),
    );
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/lib.rs"), code).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.success(), text.is_empty(), "{text}");
    let found = text.lines().filter(|line| line.starts_with("error") && !line.contains("could not compile"));
    found.map(str::to_owned).collect()
}

#[test]
fn one_message_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let code = generated(&["Clone", "Debug"]);
    let number = |number: u32| {
        let changed = code.replace("assert_contract(1)", &format!("assert_contract({number})"));
        assert_eq!(changed == code, number == 1, "{code}");
        errors(folder.path(), &changed)
    };
    assert_eq!(number(1), [""; 0]);
    let older = number(0);
    assert!(older.len() == 1 && older[0].contains("this code is older than the crate tlgen-runtime"), "{older:?}");
    assert!(older[0].contains("regenerate it"), "{older:?}");
    let newer = number(2);
    assert!(newer.len() == 1 && newer[0].contains("tlgen-runtime is older than the tlgen"), "{newer:?}");

    // The feature `serde` of the runtime is off here.
    let serde = errors(folder.path(), &generated(&["Clone", "::serde::Serialize", "::serde::Deserialize"]));
    assert!(serde.len() == 1 && serde[0].contains("turn on the feature `serde` of `tlgen-runtime`"), "{serde:?}");
}
