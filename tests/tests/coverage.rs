//! No fixture and no bytes are left out: some test looks at each file in a folder.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use tl_tests::fixture::{self, Fixture};
use tl_tests::wire::Wire;

/// `usage.rs` names each `use.rs`, so that its tests run.
#[test]
fn each_use_runs() {
    let usage = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/usage.rs")).unwrap();
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        let name = &fixture.name;
        let lines = format!("#[path = \"../fixtures/{name}/use.rs\"]\nmod {name};");
        assert!(usage.contains(&lines), "tests/tests/usage.rs needs:\n{lines}");
    }
}

/// The text of `use.rs`, and of the modules beside it, which it may have more than once.
fn tests_of(fixture: &Fixture) -> String {
    let files = fs::read_dir(&fixture.dir).unwrap().map(|entry| entry.unwrap().path());
    let modules = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    modules.map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn each_use_tests_something() {
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        assert!(tests_of(fixture).contains("#[test]"), "{}/use.rs has no test", fixture.name);
    }
}

/// Bytes that no test compares prove nothing.
#[test]
fn each_label_is_used() {
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("wire.hex")) {
        let text = tests_of(fixture);
        for label in Wire::of(&fixture.name).labels() {
            assert!(text.contains(&format!("\"{label}\"")), "{}/use.rs does not use `{label}`", fixture.name);
        }
    }
}

/// What compiles has bytes, unless it declares nothing.
#[test]
fn each_use_has_bytes() {
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        assert!(fixture.has("wire.hex") || fixture.text().is_empty(), "{} has no wire.hex", fixture.name);
    }
}
