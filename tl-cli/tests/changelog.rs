//! `tlgen changelog`.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{Sandbox, git};
use insta::assert_snapshot;
use serde_json::Value;

const ONE: &str = "user#1 id:int = User;\nchat#2 id:int = Chat;\npeer#3 user_id:int = Peer;\nold.thing#4 a:int b:long = Thing;\n\
                   ---functions---\nusers.get#10 id:int = User;\nusers.block#11 id:int = Bool;\n// LAYER 9\n";
const TWO: &str = "user#21 id:long = User;\nchat#22 id:long = Chat;\npeer#23 user_id:long = Peer;\n\
                   new.thing#4 a:int b:long = Thing;\n---functions---\nusers.get#10 id:int = User;\n// LAYER 10\n";
const THREE: &str = "user#31 flags:# id:long name:flags.0?string = User;\nchat#22 id:long = Chat;\npeer#23 user_id:long = Peer;\n\
                     new.thing#4 a:int b:long = Thing;\n---functions---\nusers.get#10 id:int = User;\n\
                     users.block#11 id:int = Bool;\n// LAYER 11\n";

/// Names whose order is not that of the layers.
fn sandbox() -> Sandbox {
    Sandbox::new(&[("api/a.tl", TWO), ("api/b.tl", THREE), ("api/c.tl", ONE)])
}

#[test]
fn for_people() {
    assert_snapshot!(sandbox().run("changelog api"));
}

#[test]
fn histories_of_declarations() {
    let sandbox = sandbox();
    assert_snapshot!(sandbox.run("changelog api --of user,functions:users.*,old.thing"));
    let run = sandbox.run("changelog api --of nobody");
    assert!(run.code == 1 && run.err.contains("no version adds, changes or removes a declaration `nobody`"), "{run}");
    let run = sandbox.run("changelog api --of types:users.get");
    assert_eq!(run.code, 1, "{run}");
}

/// What is written has the form that is published.
#[test]
fn for_programs() {
    let sandbox = sandbox();
    let schema: Value = serde_json::from_str(&sandbox.run("changelog --json-schema").out).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("urn:tlgen:changelog:1", schema).unwrap();
    let index = compiler.compile("urn:tlgen:changelog:1", &mut schemas).unwrap();
    sandbox.write("defaults/1.tl", "_ x:int = A;\n_ y:int = B;\na a:A b:B = C;\n");
    sandbox.write("defaults/2.tl", "_ x:int z:int = A;\n_ y:int = B;\na a:A b:B = C;\n");
    for args in ["api", "api --only users.block", "api --of user", "api/a.tl api/a.tl", "defaults"] {
        let run = sandbox.run(&format!("changelog {args} --format json"));
        let value: Value = serde_json::from_str(&run.out).unwrap();
        schemas.validate(&value, index).unwrap_or_else(|error| panic!("{args}: {error:#}"));
    }
    let text = sandbox.run("changelog api --format json").out;
    let value: Value = serde_json::from_str(&text).unwrap();
    let block = value["declarations"].as_array().unwrap().iter().find(|one| one["name"] == "users.block").unwrap();
    let actions: Vec<&str> =
        block["events"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
    assert_eq!((block["is_from_first"].as_bool(), actions), (Some(true), vec!["removed", "added"]));
    let text = sandbox.run("changelog defaults --format json").out;
    let value: Value = serde_json::from_str(&text).unwrap();
    let declaration = &value["declarations"][0];
    assert_eq!((declaration["name"].as_str(), declaration["type"].as_str()), (Some("_"), Some("A")), "{text}");
    assert!(sandbox.run("changelog defaults").out.contains("* constructor `_ = A`: changed in "));
    for (key, other) in [("\"first\"", "\"frist\""), ("\"stories\"", "\"stores\"")] {
        let unknown: Value = serde_json::from_str(&text.replace(key, other)).unwrap();
        assert!(schemas.validate(&unknown, index).is_err(), "{key}");
    }
}

/// The kind: how a file says its layer, in a comment anywhere or by headings, in text or in JSON. It is the layer of `tlgen diff`.
#[test]
fn layers_of_files() {
    let sandbox = Sandbox::new(&[
        ("a/three.tl", "===2===\na#2 = A;\n===3===\na#3 x:int = A;\n"),
        ("a/two.tl", "// LAYER 2\na#2 = A;\n"),
        ("a/one.tl", "a#1 y:int = A;\n// layer: 1\n"),
        ("a/four.json", &four_in_json()),
    ]);
    let out = sandbox.run("changelog a").out;
    let headings: Vec<&str> = out.lines().filter(|line| line.starts_with("## Layer")).collect();
    assert_eq!(headings, ["## Layer 4", "## Layer 3", "## Layer 2"], "{out}");
    let json = sandbox.run("diff a/one.tl a/three.tl --format json").out;
    assert!(json.contains("\"old_layer\": 1") && json.contains("\"new_layer\": 3"), "{json}");
}

/// A schema of layer 4 in JSON.
fn four_in_json() -> String {
    let sandbox = Sandbox::new(&[("a.tl", "===4===\na#00000004 x:long = A;\n")]);
    sandbox.run("convert a.tl --to json").out
}

/// A part of the versions; names that only some of them have.
#[test]
fn parts() {
    let sandbox = sandbox();
    let run = sandbox.run("changelog api --only users.block");
    assert!(run.out.contains("* function `users.block`: removed in Layer 10; added in Layer 11"), "{run}");
    assert!(!run.out.contains("chat"), "{run}");
    let run = sandbox.run("changelog api --only users.blocks");
    assert!(run.code == 1 && run.err.contains("users.blocks"), "{run}");
}

#[test]
fn calls_that_are_wrong() {
    let sandbox = sandbox();
    sandbox.write("bad.tl", "a = ;");
    for (args, code, message) in [
        ("changelog", 2, "required"),
        ("changelog api/a.tl", 2, "two versions at least"),
        ("changelog api/a.tl bad.tl", 1, "bad.tl:1:3"),
        ("changelog api/a.tl missing.tl", 2, "missing.tl"),
    ] {
        let run = sandbox.run(args);
        assert!(run.code == code && run.err.contains(message), "{run}");
    }
}

/// Each commit that changes the schema is a version; those with errors are told and left out.
#[test]
fn commits() {
    let sandbox = Sandbox::new(&[("schema/api.tl", ONE), ("notes.md", "no schema")]);
    let git = |args: &[&str]| git(&sandbox, args);
    let commit = |message: &str| {
        git(&["add", "."]);
        git(&["commit", "--quiet", "-m", message]);
    };
    git(&["init", "--quiet", "."]);
    for (key, value) in [("user.email", "me@localhost"), ("user.name", "me"), ("commit.gpgsign", "false")] {
        git(&["config", key, value]);
    }
    commit("one");
    git(&["tag", "v1"]);
    sandbox.write("schema/api.tl", TWO);
    commit("two");
    sandbox.write("schema/api.tl", "a = ;");
    // Whoever writes a message must not command the terminal of those who read it.
    commit("bro\x1b[2Jken");
    sandbox.write("notes.md", "still no schema");
    commit("notes");
    sandbox.write("schema/api.tl", &format!("// Somebody.\n{THREE}"));
    commit("three");
    sandbox.write("schema/api.tl", &format!("// Nobody knows.\n\n{THREE}"));
    commit("words");
    git(&["tag", "v3"]);
    let run = sandbox.run("changelog --git v1..v3 -- schema/");
    let headings: Vec<String> = run
        .out
        .lines()
        .filter(|line| line.starts_with("## "))
        .map(|line| line.replace(char::is_numeric, "9"))
        .collect();
    assert_eq!(
        headings,
        ["## Layer 99: words (9999-99-99)", "## Layer 99 (9999-99-99)", "## Layer 99 (9999-99-99)", "## Declarations"],
        "{run}"
    );
    assert!(run.err.contains("(bro\u{fffd}[2Jken) is left out: its schema has errors"), "{run}");
    assert_eq!(run.err.lines().count(), 1, "{run}");
    // With what is not committed.
    sandbox.write("schema/api.tl", &THREE.replace("name:flags", "called:flags"));
    let run = sandbox.run("changelog --git v1 schema");
    assert!(run.out.contains("## Not committed\n"), "{run}");
    let run = sandbox.run("changelog --git v1..v9 schema");
    assert!(run.code == 2 && run.err.contains("git: "), "{run}");
    let run = sandbox.run("changelog --git v1..v3 -- missing.tl");
    assert!(run.code == 1 && run.err.contains("there is no version that can be read"), "{run}");
}

/// One declaration through real layers.
#[test]
fn real_layers() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let sandbox = Sandbox::new(&[]);
    let path = |layer: &str| format!("{}/schemas/telegram/api-layer-{layer}.tl", corpus.display());
    let paths = ["133", "001", "066", "132", "054"].map(path).join(" ");
    let run = sandbox.run(&format!("changelog {paths} --of contacts.getTopPeers"));
    assert_snapshot!(run.out);
}
