//! `tlgen atlas` and `tlgen who`.

#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;

const FILES: [(&str, &str); 3] = [
    ("layers/api-1.tl", "user#00a1b2c3 id:int = User;\ngone#11223344 = Gone;\n// LAYER 1\n"),
    ("layers/api-2.tl", "user#5dd69e12 flags:# bot:flags.0?true id:long = User;\n// LAYER 2\n"),
    ("layers/api-3.tl", "user#7fedcba9 flags:# bot:flags.0?true id:long name:string = User;\n// LAYER 3\n"),
];

#[test]
fn an_atlas_is_made_and_checked() {
    let sandbox = Sandbox::new(&FILES);
    let made = sandbox.run("atlas layers --out out/all.tla --names");
    assert_snapshot!(made);
    assert!(sandbox.run("atlas layers --out out/all.tla --names --check").code == 0);
    let other = sandbox.run("atlas layers/api-1.tl --out out/all.tla --names --check");
    assert_snapshot!(other);
}

#[test]
fn an_id_with_two_layouts_is_refused() {
    let sandbox = Sandbox::new(&FILES);
    sandbox.write("layers/other.tl", "user#5dd69e12 id:int = User;\npair {X:Type} a:X = Pair X;\n");
    let run = sandbox.run("atlas layers --out all.tla");
    assert_snapshot!(run);
    assert_eq!(sandbox.list("").iter().filter(|name| name.ends_with("tla")).count(), 0, "nothing is written");
}

/// A name for each kind of answer; by an atlas and by schemas they are the same.
#[test]
fn ids_are_told() {
    let sandbox = Sandbox::new(&FILES);
    sandbox.run("atlas layers --out all.tla --names");
    let ids = "00a1b2c3 #5dd69e12 0x7fedcba9 129ed65d 1574346258 11223344";
    let found = sandbox.run(&format!("who {ids} --atlas all.tla"));
    assert_snapshot!(found);
    assert_eq!(sandbox.run(&format!("who {ids} --schema layers")).out, found.out);

    let unknown = sandbox.run("who deadbeef 1cb5c415 -5 69b2a600 68656c6c 9e12aabb 00005dd6 --atlas all.tla");
    assert_snapshot!(unknown);
}

#[test]
fn what_cannot_be_looked_up_is_said() {
    let sandbox = Sandbox::new(&FILES);
    sandbox.run("atlas layers --out bare.tla");
    let runs: Vec<String> =
        ["who user --schema layers", "who 1 --atlas bare.tla", "who 1 --atlas layers/api-1.tl", "who 1"]
            .map(|args| sandbox.run(args).to_string())
            .into();
    assert_snapshot!(runs.join("\n"));
}

#[test]
fn ids_of_older_layers_of_the_configuration() {
    let config = "[output]\ndir = \"out\"\n[[schema]]\nname = \"api\"\nfiles = [\"2.tl\"]\nolder = [\"1.tl\"]\n";
    let files = [("1.tl", "a#00000001 = A;\n// LAYER 1\n"), ("2.tl", "a#00000002 x:int = A;\n// LAYER 2\n")];
    let sandbox = Sandbox::new(&[files[0], files[1], ("tlgen.toml", config)]);
    let run = sandbox.run("who 00000001");
    assert_eq!(run.code, 0, "{run}");
    assert!(run.out.starts_with("00000001  a, constructor of layer 1\n"), "{run}");
    assert!(run.out.contains("replaced by 00000002"), "{run}");
}
