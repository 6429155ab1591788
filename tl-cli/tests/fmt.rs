//! `tlgen fmt`.
#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;

const UGLY: &str = "// first\nuser#d23c81a3   id : int first_name:string\n  last_name:string=User ;// behind\n";

#[test]
fn files_are_changed_in_place() {
    let sandbox = Sandbox::new(&[("ugly.tl", UGLY), ("broken.tl", "a = \n")]);
    assert_snapshot!(sandbox.run("fmt --check ugly.tl"));
    assert_eq!(sandbox.read("ugly.tl"), UGLY);
    assert_snapshot!(sandbox.run("fmt ugly.tl broken.tl"));
    assert_eq!(sandbox.read("broken.tl"), "a = \n");
    assert_snapshot!(sandbox.read("ugly.tl"));
    assert_snapshot!(sandbox.run("fmt --check ugly.tl"));
    assert_eq!(sandbox.run("fmt ugly.tl").err, "0 of 1 file changed\n");
    assert_eq!(sandbox.list(""), ["broken.tl", "ugly.tl"]);
}

#[test]
fn a_diff_says_what_would_change() {
    let sandbox = Sandbox::new(&[("ugly.tl", UGLY), ("good.tl", "a = A;\n")]);
    assert_snapshot!(sandbox.run("fmt --check --diff ugly.tl good.tl"));
    assert_eq!(sandbox.read("ugly.tl"), UGLY);
    assert!(sandbox.pipe("fmt --check --diff -", UGLY).out.contains("\n--- <stdin>\n"));
    assert!(sandbox.run("fmt --check --diff ugly.tl --color always").out.contains("\x1b[31m-"));
    // It changes nothing, so it is no way to write.
    assert_eq!(sandbox.run("fmt --diff ugly.tl").code, 2);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let sandbox = Sandbox::new(&[]);
    let run = sandbox.pipe("fmt -", UGLY);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("// first\nuser#d23c81a3 id:int "), "{run}");
    assert_eq!(sandbox.pipe("fmt -", &run.out).out, run.out);
    assert_eq!(sandbox.pipe("fmt --check -", UGLY).code, 1);
}

#[cfg(unix)]
#[test]
fn permissions_stay() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = Sandbox::new(&[("ugly.tl", UGLY)]);
    std::fs::set_permissions(sandbox.path("ugly.tl"), std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(sandbox.run("fmt ugly.tl").code, 0);
    assert_eq!(std::fs::metadata(sandbox.path("ugly.tl")).unwrap().permissions().mode() & 0o777, 0o600);
}
