//! `--help` of every command, and calls that are wrong.
#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;

#[test]
fn help() {
    let sandbox = Sandbox::new(&[]);
    assert_snapshot!(sandbox.run("--help"));
    for command in ["generate", "check", "fmt", "convert", "id", "dump", "docs", "explain"] {
        let run = sandbox.run(&format!("{command} --help"));
        assert_snapshot!(format!("help_{command}"), run);
    }
}

#[test]
fn wrong_calls() {
    let sandbox = Sandbox::new(&[]);
    for args in [
        "",
        "nonsense",
        "fmt",
        "generate --schema a.tl",
        "generate --config a --schema b --out c",
        "check --format xml a.tl",
        "id",
        "dump a.tl",
        "explain a b",
    ] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 2, "{run}");
        assert_eq!(run.out, "", "{args}");
        assert!(run.err.contains("--help"), "{run}");
    }
    assert!(sandbox.run("--version").out.starts_with("tlgen "));
}
