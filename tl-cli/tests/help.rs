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
        "check --error-format xml a.tl",
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

/// Cargo runs `cargo-tlgen tlgen check ...` for `cargo tlgen check ...`.
#[test]
fn as_a_subcommand_of_cargo() {
    let run = |args: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_cargo-tlgen")).args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, version) = run(&["tlgen", "--version"]);
    assert_eq!((code, version.starts_with("tlgen ")), (Some(0), true), "{version}");
    assert_eq!(run(&["--version"]), (Some(0), version));
    // Only the first argument is the name of the subcommand.
    assert_eq!(run(&["tlgen", "tlgen"]).0, Some(2));
}
