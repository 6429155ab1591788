//! `tlgen init` and `tlgen config`.
#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;

#[test]
fn a_project_from_nothing() {
    let sandbox = Sandbox::new(&[]);
    assert_snapshot!(sandbox.run("init"));
    assert_eq!(sandbox.list(""), ["schema/notes.tl", "tlgen.toml"]);
    assert_snapshot!(sandbox.read("tlgen.toml"));
    // It is good from the start: no warnings, and the layout of `fmt`.
    assert_eq!(sandbox.run("check").out, "1 file, 4 declarations: no errors\n");
    assert_eq!(sandbox.run("fmt --check schema").code, 0);
    assert_eq!(sandbox.run("generate").code, 0);
    assert!(sandbox.read("src/tl/mod.rs").contains("pub mod notes;"));
    assert_eq!(sandbox.run("generate --check").code, 0);
    assert_eq!(sandbox.run("init new/folder").code, 0);
    assert_eq!(sandbox.run_in("new/folder", "generate", "").code, 0);
}

#[test]
fn nothing_is_overwritten() {
    let sandbox = Sandbox::new(&[("tlgen.toml", "mine"), ("other/schema/notes.tl/x", "a folder is in the way")]);
    let run = sandbox.run("init");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_eq!(run.err, "error: `tlgen.toml` is there already and is not overwritten\n");
    assert_eq!(sandbox.read("tlgen.toml"), "mine");
    let run = sandbox.run("init other");
    assert!(run.code == 2 && run.err.contains("`other/schema/notes.tl` is there already"), "{run}");
    assert!(!sandbox.path("other/tlgen.toml").exists());
}

/// What is there is used: below `schema` or, if nothing is there, beside the file.
#[test]
fn schemas_that_are_there() {
    let schema = "a = A;\n";
    let sandbox = Sandbox::new(&[
        ("below/schema/api-7.tl", schema),
        ("below/schema/old/api-7.tl", schema),
        ("below/schema/mod.tl", schema),
        ("below/ignored.tl", schema),
        ("beside/a \"quoted\".tl", schema),
        ("beside/deep/b.tl", schema),
    ]);
    assert_eq!(sandbox.run("init below").code, 0);
    assert_snapshot!(sandbox.read("below/tlgen.toml"));
    assert_eq!(sandbox.run_in("below", "generate", "").code, 0);
    assert_eq!(sandbox.run("init beside").code, 0);
    let config = sandbox.read("beside/tlgen.toml");
    assert!(config.ends_with("files = [\"a \\\"quoted\\\".tl\"]\n"), "{config}");
    assert_eq!(sandbox.run_in("beside", "check", "").code, 0);
}

/// What `tlgen config` prints is a file, and so it is with every key that is a comment.
#[test]
fn the_keys_are_a_configuration() {
    let schema = "a = A;\n";
    let sandbox = Sandbox::new(&[
        ("schema/telegram-228.tl", schema),
        ("schema/telegram-222.tl", schema),
        ("schema/telegram-228.meta.toml", ""),
    ]);
    let text = sandbox.run("config").out;
    sandbox.write("tlgen.toml", &text);
    let run = sandbox.run("generate");
    assert_eq!(run.code, 0, "{run}");
    let key = |line: &str| line.strip_prefix("# ")?.split_once(" = ").map(|(key, _)| key.to_owned());
    let is_key = |line: &str| key(line).is_some_and(|key| !key.contains(' '));
    let lines = text.lines().map(|line| if is_key(line) { &line[2..] } else { line });
    sandbox.write("tlgen.toml", &lines.collect::<Vec<_>>().join("\n"));
    let run = sandbox.run("generate");
    // The schema has nothing of what the examples name, but each key is read.
    assert!(run.code == 1 && !run.err.contains("TL0301"), "{run}");
    assert!(text.lines().all(|line| line.len() <= 100), "{text}");
}

#[test]
fn one_key() {
    let sandbox = Sandbox::new(&[]);
    assert_snapshot!(sandbox.run("config only"));
    assert_eq!(sandbox.run("config schema.only").out, sandbox.run("config only").out);
    let run = sandbox.run("config ony");
    assert_eq!((run.code, run.err.as_str()), (2, "error: `tlgen.toml` has no key `ony`: did you mean `only`?\n"));
    assert_eq!(sandbox.run("config output.only").code, 2);
}
