//! Generated code causes no warning of the compiler in a private module of a binary that uses nothing of it, in each edition:
//! every fixture, with everything that the generator can add.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use tl_tests::fixture;
use tl_tests::tlgen::workspace;
use tlgen_build::{Layout, Origin, TextMode, ViewsMode, pipeline};

const EDITIONS: [&str; 3] = ["2018", "2021", "2024"];

#[test]
fn a_private_module_of_a_binary_has_no_warnings() {
    let folder = tempfile::tempdir().unwrap();
    let mut main = "#![deny(warnings, unreachable_pub, rust_2018_idioms)]\n".to_owned();
    let mut modules = Vec::new();
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        let schema = fixture.load().value.unwrap();
        let mut config = fixture.config();
        config.accessors = true;
        config.borrowed = config.text != TextMode::Lossy;
        config.views = ViewsMode::Code;
        config.declarations = true;
        config.calls = true;
        let name = &fixture.name;
        let origin = Origin::new(name, ["input.tl"]);
        let files = pipeline::generate(&schema, &origin, &config, Layout::SingleFile).unwrap();
        fs::write(folder.path().join(format!("{name}.rs")), &files[&format!("{name}.rs")]).unwrap();
        writeln!(main, "mod {name} {{ include!(\"../../{name}.rs\"); }}").unwrap();
        modules.push(name.clone());
    }
    assert!(modules.len() > 30, "{modules:?}");
    main.push_str("fn main() {}\n");

    let members = EDITIONS.map(|edition| format!("{:?}", format!("e{edition}"))).join(", ");
    let workspace_manifest = format!("[workspace]\nresolver = \"2\"\nmembers = [{members}]\n");
    fs::write(folder.path().join("Cargo.toml"), workspace_manifest).unwrap();
    for edition in EDITIONS {
        let manifest = format!(
            "[package]\nname = \"e{edition}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n[dependencies]\n\
             tlgen-runtime = {{ path = {:?}, features = [\"compact_str\"] }}\n",
            workspace().join("tl-runtime"),
        );
        let package = folder.path().join(format!("e{edition}"));
        fs::create_dir_all(package.join("src")).unwrap();
        fs::write(package.join("Cargo.toml"), manifest).unwrap();
        fs::write(package.join("src/main.rs"), &main).unwrap();
    }
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--workspace"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", folder.path().join("target"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
