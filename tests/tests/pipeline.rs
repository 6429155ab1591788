//! Every fixture through every stage. Each result is compared with a snapshot beside its input.
//!
//! `INSTA_UPDATE=always cargo test -p tl-tests --test pipeline` writes them.

#![allow(clippy::unwrap_used)]

use std::fs;

use tl_tests::fixture::{self, Fixture};
use tlgen_build::{Layout, Origin, pipeline};
use tlgen_diagnostics::Style;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::print::tree;

/// The files that a fixture may have.
const FILES: [&str; 12] = [
    "input.tl",
    "options.toml",
    "ast.snap",
    "model.snap",
    "ir.snap",
    "output.snap",
    "error.snap",
    "wire.hex",
    // What `use.rs` does in several ways.
    "cases.rs",
    "meta.toml",
    "older-1.tl",
    "older-2.tl",
];

#[test]
fn stages() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for fixture in fixture::all() {
        settings.set_snapshot_path(&fixture.dir);
        settings.bind(|| stages_of(&fixture));
    }
}

fn stages_of(fixture: &Fixture) {
    insta::assert_snapshot!("ast", tree::schema(&tlgen_parser::parse(fixture.text()).schema));
    let loaded = fixture.load();
    if let Some(schema) = &loaded.value {
        insta::assert_snapshot!("model", tlgen_model::print::schema(schema));
        if let Ok(package) = pipeline::lower(schema, &fixture.config()) {
            insta::assert_snapshot!("ir", tlgen_build::ir::print::package(&package));
        }
    }
    let generated = fixture.generate();
    match &generated.value {
        Some(generated) => {
            let files: Vec<_> = generated.files.values().map(String::as_str).collect();
            insta::assert_snapshot!("output", files.join("\n"));
        }
        None => insta::assert_snapshot!("error", render(fixture, &generated.diagnostics)),
    }
}

fn render(fixture: &Fixture, diagnostics: &[Diagnostic]) -> String {
    tlgen_diagnostics::render_all(diagnostics, &fixture.sources, Style::Plain)
}

#[test]
fn a_fixture_compiles_or_is_refused() {
    for fixture in fixture::all() {
        let generated = fixture.generate();
        let report = render(&fixture, &generated.diagnostics);
        assert_eq!(generated.value.is_some(), fixture.has("use.rs"), "{}: {report}", fixture.name);
        // Those that have to be there are compared by `stages`, which may be about to write them.
        let other = if generated.value.is_some() { "error.snap" } else { "output.snap" };
        assert!(!fixture.has(other), "{}/{other} is of another time", fixture.name);
    }
}

#[test]
fn no_file_is_left_over() {
    for fixture in fixture::all() {
        for entry in fs::read_dir(&fixture.dir).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(name == "use.rs" || FILES.contains(&name.as_str()), "{}/{name} is not looked at", fixture.name);
        }
    }
}

/// The printed tree parses to the same tree, and a second printing is the same.
#[test]
fn printing_is_stable() {
    for fixture in fixture::all() {
        let parsed = tlgen_parser::parse(fixture.text());
        for (_, declaration) in parsed.schema.declarations() {
            let printed = tlgen_parser::print::declaration(declaration) + ";";
            let again = tlgen_parser::parse(&printed);
            assert!(again.errors.is_empty(), "{printed}");
            let (_, declaration) = again.schema.declarations().next().unwrap();
            assert_eq!(tlgen_parser::print::declaration(declaration) + ";", printed, "{}", fixture.name);
        }
    }
}

/// The layout for reviews has the same items as the layout for build scripts.
#[test]
fn layouts_hold_the_same_items() {
    for fixture in fixture::all() {
        let Some(schema) = fixture.load().value else { continue };
        let origin = Origin::new(&fixture.name, ["input.tl"]);
        let items = |layout| {
            let files = pipeline::generate(&schema, &origin, &fixture.config(), layout).ok()?;
            let mut lines: Vec<String> =
                files.values().flat_map(|text| text.lines()).map(|line| line.trim().to_owned()).collect();
            lines.retain(|line| {
                line.starts_with("pub struct") || line.starts_with("pub enum") || line.starts_with("impl")
            });
            lines.sort();
            Some(lines)
        };
        assert_eq!(items(Layout::Directory), items(Layout::SingleFile), "{}", fixture.name);
    }
}
