//! `--error-format`, wherever diagnostics are shown.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Run, Sandbox};
use insta::assert_snapshot;

const BAD: &str = "user id:lnog = User;\n";
const CONFIG: &str = "[output]\ndir = \"out/src\"\n\n[[schema]]\nname = \"bad\"\nfiles = [\"bad.tl\"]\n";
const FORMATS: [&str; 4] = ["json", "github", "sarif", "junit"];

fn sandbox() -> Sandbox {
    Sandbox::new(&[("bad.tl", BAD), ("good.tl", "a = A;\n"), ("broken.tl", "a = \n;\n"), ("tlgen.toml", CONFIG)])
}

/// Whether a text has the form, and what of it tells errors.
fn is_form(format: &str, text: &str, has_error: bool) -> bool {
    let of_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
    match format {
        "json" => text.lines().all(of_json) && text.is_empty() != has_error,
        "github" => text.lines().all(|line| line.starts_with("::")) && text.contains("::error ") == has_error,
        "sarif" => of_json(text) && text.contains("\"level\":\"error\"") == has_error,
        "junit" => text.starts_with("<?xml ") && text.contains("<failure ") == has_error,
        _ => unreachable!("{format}"),
    }
}

#[test]
fn each_form_of_a_check() {
    let sandbox = sandbox();
    for format in FORMATS {
        assert_snapshot!(
            format!("check_{format}"),
            sandbox.run(&format!("check bad.tl good.tl --error-format {format}"))
        );
        let good = sandbox.run(&format!("check good.tl --error-format {format}"));
        assert!(good.code == 0 && good.err.is_empty() && is_form(format, &good.out, false), "{good}");
    }
}

/// The kind of fault: one command, or one way to fail, that shows text whatever was asked for.
#[test]
fn every_command_in_every_form() {
    let sandbox = sandbox();
    let on_error: fn(&Run) -> &str = |run| &run.err;
    let on_output: fn(&Run) -> &str = |run| &run.out;
    sandbox.write("bad.json", "{\"constructors\": [1]}");
    std::fs::write(sandbox.path("latin1.tl"), b"a = A;\n// \xe4\n").unwrap();
    sandbox.write("wrong/tlgen.toml", "[output\n");
    sandbox.write("wrong/meta.toml", "[output\n");
    for (folder, args, place) in [
        ("", "check", on_output),
        ("", "check broken.tl", on_output),
        ("", "check bad.json", on_output),
        ("", "check latin1.tl", on_output),
        ("wrong", "check", on_output),
        ("", "generate", on_error),
        ("", "generate --check", on_error),
        ("", "generate --schema bad.tl --out out", on_error),
        ("", "generate --schema good.tl --out out --metadata wrong/meta.toml", on_error),
        ("wrong", "generate", on_error),
        ("", "fmt broken.tl", on_error),
        ("", "id broken.tl", on_error),
        ("", "id latin1.tl", on_error),
        ("", "convert --to json broken.tl", on_error),
        ("", "dump --stage ast broken.tl", on_error),
        ("", "dump --stage model bad.tl", on_error),
        ("", "dump --stage rust good.tl --filter b", on_error),
    ] {
        for format in FORMATS {
            let run = sandbox.run_in(folder, &format!("{args} --error-format {format}"), "");
            assert_eq!(run.code, 1, "{run}");
            assert!(is_form(format, place(&run), true), "{format}: {run}");
        }
    }
}

/// A document is there even if nothing was found, also where a stamp says that nothing need be done.
#[test]
fn a_document_of_nothing() {
    let sandbox = sandbox();
    sandbox.write("bad.tl", "a = A;\n");
    for _ in 0..2 {
        for format in FORMATS {
            let run = sandbox.run(&format!("generate --error-format {format}"));
            assert!(run.code == 0 && is_form(format, &run.err, false), "{format}: {run}");
        }
    }
}
