//! `tlgen id` and `tlgen dump --stage ast`.
#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;

#[test]
fn ids_of_a_list_of_lines() {
    let sandbox = Sandbox::new(&[]);
    let lines = "boolTrue = Bool; // the written id does not count\n\
                 boolFalse#12345678 = Bool;\n\
                 boolTrue = Bool;\n\
                 int ? = Int;\n\
                 getUsers (Vector int) = Vector User;\n";
    assert_snapshot!(sandbox.pipe("id -", lines));
}

#[test]
fn the_rule_is_inferred_for_each_file() {
    let declaration = "flags:# a:flags.0?int t:flags.1?true = U;\n";
    let plain = format!("u#ac03a95d {declaration}u {declaration}");
    let telegram = format!("u#9a1cd5ac {declaration}u {declaration}");
    let sandbox = Sandbox::new(&[("plain.tl", &plain), ("telegram.tl", &telegram)]);
    assert_snapshot!(sandbox.run("id plain.tl telegram.tl"));
    assert_snapshot!(sandbox.run("id plain.tl telegram.tl --id-rule plain"));
}

/// The kind of fault: a command that shows ids which are a guess without saying so.
#[test]
fn a_guess_is_a_warning() {
    let guess = "u flags:# a:flags.0?int t:flags.1?true = U;\n";
    let told = format!("u#ac03a95d {}{guess}", &guess[2..]);
    let sandbox = Sandbox::new(&[("guess.tl", guess), ("told.tl", &told), ("same.tl", "a x:int = A;\n")]);
    let run = sandbox.run("id guess.tl");
    assert_eq!(run.code, 0);
    assert!(
        run.err.starts_with("warning[TL0143]: no written id of this file tells by which rule the id of `u`"),
        "{run}"
    );
    let check = sandbox.run("check guess.tl");
    assert!(check.out.starts_with(run.err.split("\n\n").next().unwrap()), "as `check` says it: {check}");
    assert_eq!(sandbox.run("id guess.tl --id-rule plain").err, "");
    // The written id of another line tells the rule, or both rules give the same.
    assert_eq!(sandbox.run("id told.tl same.tl").err, "");
    assert_eq!(sandbox.run("id told.tl guess.tl same.tl").err.matches("warning[").count(), 1);
}

#[test]
fn a_syntax_error_is_rendered() {
    let sandbox = Sandbox::new(&[("a.tl", "foo x = ;\nbar = Bar;\n"), ("b.tl", "baz = \n")]);
    let run = sandbox.run("id a.tl b.tl");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("--> a.tl:1:") && run.err.contains("--> b.tl:1:"), "{}", run.err);
    assert!(sandbox.run("id a.tl --color always").err.contains("\x1b["));
}

#[test]
fn files_that_can_not_be_read() {
    let sandbox = Sandbox::new(&[]);
    std::fs::write(sandbox.path("latin1.tl"), b"a = A;\n// \xe4\n").unwrap();
    assert_snapshot!(sandbox.run("id latin1.tl"));
    assert_snapshot!(sandbox.run("id - -"));
    let missing = sandbox.run("id none.tl");
    assert_eq!(missing.code, 2);
    assert!(missing.err.starts_with("error: cannot read `none.tl`: "), "{}", missing.err);
}

#[test]
fn the_syntax_tree() {
    let sandbox = Sandbox::new(&[(
        "a.tl",
        "// first\n@read vector#1cb5c415 {t:Type} # [ t ] = Vector t; // behind\n\
         int ? = Int;\nNew Foo;\nVector int;\n===8===\n---functions---\n\
         f.get flags:# x:flags.3?%(Pair int long) n:# y:n*[ a:int b:T<(n + 1)> ] q:!X => X;\n// last\n",
    )]);
    assert_snapshot!(sandbox.run("dump --stage ast a.tl"));
    assert_snapshot!(sandbox.run("dump --stage ast a.tl --filter int"));
    assert_eq!(sandbox.run("dump --stage ast a.tl --filter f.*").out.lines().next(), Some("combinator @128..210"));
    assert_snapshot!(sandbox.run("dump --stage ast a.tl --filter none"));
}
