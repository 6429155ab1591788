//! `tlgen conformance`.

#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;
use serde_json::Value;

const SCHEMA: &str = "\
user#00000001 flags:# bot:flags.1?true name:flags.0?string ids:Vector<long> = User;
pair#00000002 n:# items:n*[ a:int b:string ] photo:bytes key:int128 share:double = Pair;
---functions---
users.get#00000010 user:User is_new:Bool = Vector<User>;
// LAYER 5
";

fn sandbox() -> Sandbox {
    Sandbox::new(&[("api.tl", SCHEMA)])
}

#[test]
fn a_vector_a_line() {
    let sandbox = sandbox();
    let run = sandbox.run("conformance api.tl --only users.get --random 1");
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run.out);
    // The same again, and in a file.
    assert_eq!(sandbox.run("conformance api.tl --only users.get --random 1").out, run.out);
    assert_snapshot!(sandbox.run("conformance api.tl --only users.get --random 1 --out users.json").out);
    assert_eq!(sandbox.read("users.json"), run.out);
    let other = sandbox.run("conformance api.tl --only users.get --random 1 --seed 1").out;
    assert!(other != run.out && other.lines().count() == run.out.lines().count());
}

/// What is written has the form that is published.
#[test]
fn the_form_is_published() {
    let sandbox = sandbox();
    let schema: Value = serde_json::from_str(&sandbox.run("conformance --json-schema").out).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("urn:tlgen:conformance:1", schema).unwrap();
    let index = compiler.compile("urn:tlgen:conformance:1", &mut schemas).unwrap();
    let text = sandbox.run("conformance api.tl --random 20").out;
    let value: Value = serde_json::from_str(&text).unwrap();
    schemas.validate(&value, index).unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!((&value["layer"], &value["seed"]), (&Value::from(5), &Value::from(0)));
    assert!(text.contains("\"record\""), "no item of a repetition");
    // What is not published is refused, so the form is really compared.
    for (of, by) in [("\"optional\"", "\"perhaps\""), ("unexpected-end", "ended"), ("\"long\"", "\"int64\"")] {
        let unknown: Value = serde_json::from_str(&text.replace(of, by)).unwrap();
        assert!(schemas.validate(&unknown, index).is_err(), "{of}");
    }
}

#[test]
fn what_has_no_vectors() {
    let sandbox = sandbox();
    let unknown = sandbox.run("conformance api.tl --only user.get");
    assert_eq!((unknown.code, unknown.out.as_str()), (1, ""), "{unknown}");
    assert!(unknown.err.contains("users.get"), "{unknown}");
    assert_eq!(sandbox.run("conformance").code, 2);
    assert_eq!(sandbox.run("conformance nothing.tl").code, 2);
}
