//! The generated errors of a whole public table: each row has its own variant, which is found by its code and text alone.
//! The table is read from the folder that `TL_CORPUS` names; without it the test says that it is skipped.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use tl_tests::tlgen::workspace;
use tlgen_build::ir::KnownError;
use tlgen_build::{Config, Layout, Origin, pipeline};
use tlgen_meta::{Metadata, import};
use tlgen_parser::source::{FileIdx, Sources};

/// All tables together; `None` without a corpus.
fn metadata() -> Option<Metadata> {
    let corpus = tl_corpus::folder()?;
    let mut metadata = Metadata::default();
    for path in ["telethon/errors.csv", "telethon/methods.csv", "gotd-getdoc/layer-223-slice.json"] {
        let text = fs::read_to_string(corpus.join("metadata").join(path)).unwrap();
        metadata.merge(import::read(&text, FileIdx(0)).unwrap());
    }
    Some(metadata)
}

/// A line that checks one error: what comes back from its code and text, with 7 for numbers.
fn check(error: &KnownError) -> String {
    let code = error.codes.first().copied().unwrap_or(-1);
    let text = error.parts.join("7");
    let variant = &error.variant;
    let mut lines = format!(
        "    assert!(matches!(Error::new({code}, {text:?}), Error::{variant} {{ .. }}), {text:?});\n    \
         back({code}, {text:?});\n"
    );
    for other in
        [format!("{text} "), format!("X{text}"), text.to_lowercase(), format!("{text}_"), error.parts.join("-7")]
    {
        // A text without numbers is the same with all of them changed.
        if other != text {
            let _ =
                writeln!(lines, "    assert!(!matches!(Error::new({code}, {other:?}), Error::{variant} {{ .. }}));");
            let _ = writeln!(lines, "    back({code}, {other:?});");
        }
    }
    lines
}

#[test]
fn each_error_is_found_and_nothing_else() {
    let Some(metadata) = metadata() else { return };
    let mut sources = Sources::new();
    let file = sources.add("empty.tl", "---functions---\nping id:int = Bool;\n");
    let origin = Origin::new("api", ["empty.tl"]);
    let config = Config::with(|config| config.metadata = metadata);
    let link = tlgen_model::Options::default();
    let schema = tlgen_model::load(&sources, &[file], &link).value.unwrap();
    let package = pipeline::lower(&schema, &config).unwrap();
    assert!(package.errors.len() > 700, "{}", package.errors.len());
    let variants: BTreeSet<&str> = package.errors.iter().map(|error| error.variant.as_str()).collect();
    assert_eq!(variants.len(), package.errors.len());
    let files = pipeline::generate(&schema, &origin, &config, Layout::SingleFile).unwrap();

    let checks: String = package.errors.iter().map(check).collect();
    let main = format!(
        "//! Errors.\n#![deny(warnings)]\n/// Generated.\npub mod api {{ include!(\"api.rs\"); }}\nuse api::errors::Error;\n\
         fn back(code: i32, text: &str) {{\n    let error = Error::new(code, text);\n    \
         assert_eq!((error.code(), &*error.text()), (code, text));\n}}\nfn main() {{\n{checks}}}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let manifest = format!(
        "[package]\nname = \"error-table\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n[dependencies]\n\
         tlgen-runtime = {{ path = {:?} }}\n",
        workspace().join("tl-runtime"),
    );
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.path().join("src/main.rs"), main).unwrap();
    fs::write(folder.path().join("src/api.rs"), &files["api.rs"]).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", folder.path().join("target"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
