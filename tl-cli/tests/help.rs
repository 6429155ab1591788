//! `--help` of every command, and calls that are wrong.
#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;

#[test]
fn help() {
    let sandbox = Sandbox::new(&[]);
    assert_snapshot!(sandbox.run("--help"));
    for command in [
        "generate",
        "check",
        "lint",
        "fmt",
        "convert",
        "id",
        "slice",
        "merge",
        "stats",
        "dump",
        "diff",
        "changelog",
        "git-diff",
        "docs",
        "atlas",
        "who",
        "decode",
        "encode",
        "disasm",
        "asm",
        "random",
        "sniff",
        "conformance",
        "explain",
        "init",
        "config",
        "completions",
        "man",
    ] {
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

/// The kind of fault: a name that other tools have, and an answer that does not help.
#[test]
fn names_of_other_tools() {
    let sandbox = Sandbox::new(&[]);
    for (name, meant) in [
        ("format", "`tlgen fmt`"),
        ("validate", "`tlgen check`"),
        ("Verify", "`tlgen check`"),
        ("build", "`tlgen generate`"),
        ("gen", "`tlgen generate`"),
        ("extract", "`tlgen slice`"),
        ("breaking", "`tlgen diff`"),
        ("chekc", "'check'"),
    ] {
        let run = sandbox.run(&format!("{name} a.tl"));
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run}");
        assert!(run.err.contains("\n  tip: ") && run.err.contains(meant) && run.err.contains(name), "{run}");
    }
}

/// Every command is in the scripts of all shells and has a page.
#[test]
fn completions_and_man_pages() {
    let sandbox = Sandbox::new(&[]);
    let help = sandbox.run("--help").out;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let names = list.lines().map_while(|line| line.split_whitespace().next());
    let commands: Vec<_> = names.filter(|name| *name != "help").collect();
    assert!(commands.contains(&"generate") && commands.contains(&"man"), "{commands:?}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = sandbox.run(&format!("completions {shell}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run}");
        for command in commands.iter().chain(&["error-format"]) {
            assert!(run.out.contains(command), "{shell} does not know {command}");
        }
    }
    assert_eq!(sandbox.run("man --out man").out, format!("man: {} pages\n", commands.len() + 1));
    for command in &commands {
        let page = sandbox.run(&format!("man {command}"));
        assert!(page.code == 0 && page.out.contains(&format!(".TH tlgen-{command} 1 ")), "{page}");
        assert_eq!(sandbox.read(&format!("man/tlgen-{command}.1")), page.out);
    }
    assert_eq!(sandbox.read("man/tlgen.1"), sandbox.run("man").out);
    assert_eq!(sandbox.run("man nonsense").code, 2);
    assert_eq!(sandbox.run("completions nonsense").code, 2);
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
