//! `tlgen check`, `tlgen explain` and `tlgen dump --stage model`.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Read;

use common::Sandbox;
use insta::assert_snapshot;

const GOOD: &str = "boolTrue#997275b5 = Bool;\nboolFalse#bc799737 = Bool;\n\
                    user#d23c81a3 id:int first_name:string last_name:string = User;\n\
                    ---functions---\ngetUsers ids:Vector<int> = Vector<User>;\n";
const BAD: &str = "user id:lnog = User;\nuser name:string = User;\n";

#[test]
fn without_mistakes() {
    let sandbox = Sandbox::new(&[("good.tl", GOOD)]);
    assert_snapshot!(sandbox.run("check good.tl"));
    assert_eq!(sandbox.pipe("check -", GOOD).code, 0);
    assert_eq!(sandbox.run("check good.tl --error-format json").out, "");
}

#[test]
fn every_mistake_of_every_file() {
    let sandbox = Sandbox::new(&[("bad.tl", BAD), ("good.tl", GOOD), ("worse.tl", "a = \n;b c;\n")]);
    assert_snapshot!(sandbox.run("check worse.tl bad.tl good.tl"));
    assert_snapshot!(sandbox.run("check bad.tl worse.tl --error-format json"));
}

#[test]
fn json_has_bytes_lines_and_columns() {
    let sandbox = Sandbox::new(&[("a.tl", "\u{feff}// жук\r\nuser\tid:lnog = User;\r\n")]);
    let run = sandbox.run("check a.tl --error-format json");
    let object: serde_json::Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
    let place = serde_json::json!({"byte": 22, "line": 2, "column": 9});
    assert_eq!(object["primary"]["start"], place, "{object}");
    assert_eq!(object["primary"]["end"]["column"], 13);
    assert_eq!(object["severity"], "error");
}

#[test]
fn files_alone_and_together() {
    let sandbox = Sandbox::new(&[("a.tl", "a b:B = A;\n"), ("b.tl", "b = B;\n")]);
    let alone = sandbox.run("check a.tl b.tl");
    assert_eq!((alone.code, alone.out.lines().last()), (1, Some("2 files, 2 declarations: 1 error")));
    assert_snapshot!(sandbox.run("check a.tl b.tl --together"));
    assert_eq!(sandbox.run("check a.tl --fragment").code, 0);
}

#[test]
fn a_part_of_a_schema_makes_no_code() {
    // The right id proves that `InputPhoto` is not a slip of the pen.
    let part = "inputMediaPhoto#b3ba0635 flags:# id:InputPhoto ttl_seconds:flags.0?int = InputMedia;\n";
    let sandbox = Sandbox::new(&[("part.tl", part), ("rest.tl", "inputPhotoEmpty#1cd7bf0d = InputPhoto;\n")]);
    assert_snapshot!(sandbox.run("check part.tl"));
    assert_eq!(sandbox.run("check --together part.tl rest.tl").out, "2 files, 2 declarations: no errors\n");
    assert_eq!(sandbox.run("dump --stage rust part.tl rest.tl").code, 0);
    assert_eq!(sandbox.run("dump --stage model part.tl").code, 1);
    assert_eq!(sandbox.run("dump --stage model part.tl --fragment").code, 0);
    assert_snapshot!(sandbox.run("dump --stage rust part.tl --fragment"));
}

/// What a fragment uses in a wrong way is not taken for another type, and never becomes code.
#[test]
fn a_fragment_has_unresolved_types() {
    let text = "pair {X:Type} x:X = Pair X;\nuser id:int p:Pair = User;\n";
    let sandbox = Sandbox::new(&[("a.tl", text)]);
    assert_eq!(sandbox.run("check a.tl --fragment").code, 0);
    let model = sandbox.run("dump --stage model a.tl --fragment");
    assert!(model.code == 0 && model.out.contains("p: unresolved"), "{}", model.out);
    for stage in ["ir", "rust"] {
        let run = sandbox.run(&format!("dump --stage {stage} a.tl --fragment"));
        assert_eq!((run.code, run.out.as_str()), (2, ""));
    }
}

/// A pattern means the same in every stage, wherever its `*` is.
#[test]
fn filters_of_every_stage() {
    let text = "contacts.contacts = contacts.Contacts;\ncontacts.found = contacts.Found;\nping = Pong;\n---functions---\n\
                contacts.getContacts = contacts.Contacts;\nusers.getContacts = contacts.Contacts;\n\
                contacts.search = contacts.Found;\n";
    let sandbox = Sandbox::new(&[("a.tl", text)]);
    for (pattern, with, without) in [
        ("*.getContacts", ["contacts.getContacts", "users.getContacts"], ["contacts.search", "Pong"]),
        ("contacts.get*", ["contacts.getContacts", "contacts"], ["users.getContacts", "contacts.search"]),
        ("*s.get*s", ["contacts.getContacts", "users.getContacts"], ["contacts.search", "Pong"]),
        ("users.getContacts", ["users.getContacts", "users"], ["contacts.getContacts", "contacts.search"]),
    ] {
        for stage in ["ast", "model", "ir", "rust"] {
            let run = sandbox.run(&format!("dump --stage {stage} a.tl --filter {pattern}"));
            assert_eq!(run.code, 0, "{stage} {pattern}");
            for name in with {
                assert!(run.out.contains(name), "{stage} {pattern} without {name}:\n{}", run.out);
            }
            for name in without {
                assert!(!run.out.contains(name), "{stage} {pattern} with {name}:\n{}", run.out);
            }
        }
        assert_eq!(sandbox.run("dump --stage ast a.tl --filter *.none").code, 2);
    }
}

#[test]
fn ids_that_do_not_follow() {
    let sandbox = Sandbox::new(&[("a.tl", "a#00000001 = A;\n")]);
    assert_snapshot!(sandbox.run("check a.tl"));
    assert_eq!(sandbox.run("check a.tl --allow-id-mismatch a").out, "1 file, 1 declaration: no errors\n");
}

/// The kind of fault: an option `layer` that fits no layer of the input leaves out everything, or nothing, without a word.
#[test]
fn a_layer_that_the_input_does_not_name() {
    let sandbox = Sandbox::new(&[
        ("last.tl", "tree = Tree;\n// LAYER 51\n"),
        ("first.tl", "// Layer: 51\ntree = Tree;\n"),
        ("none.tl", "tree = Tree;\n"),
    ]);
    for file in ["last.tl", "first.tl", "none.tl"] {
        for command in ["check", "generate --out api --schema", "dump --stage model"] {
            let ran = sandbox.run(&format!("{command} {file} --layer 50"));
            assert!(
                ran.to_string().contains("error[TL0142]: layer 50 is chosen") && ran.code == 1,
                "{command} {file}: {ran}"
            );
            assert!(ran.to_string().contains("leave out the option `layer`"), "{command} {file}: {ran}");
        }
    }
    assert_eq!(sandbox.run("check last.tl --layer 51").code, 0);
}

#[test]
fn a_layer_of_a_file_with_several() {
    let text = "===8===\na x:int = A;\n===9===\na x:long = A;\n";
    let sandbox = Sandbox::new(&[("a.tl", text)]);
    assert!(sandbox.run("dump --stage model a.tl --layer 8 --filter a").out.contains("x: int"));
    assert!(sandbox.run("dump --stage model a.tl --filter a").out.contains("x: long"));
}

#[test]
fn colors_are_asked_for() {
    let sandbox = Sandbox::new(&[("bad.tl", BAD)]);
    assert!(!sandbox.run("check bad.tl").out.contains('\x1b'));
    assert!(!sandbox.run("check bad.tl --color auto").out.contains('\x1b'));
    assert!(sandbox.run("--color always check bad.tl").out.contains("\x1b[91merror[TL"));
}

#[test]
fn explanations() {
    let sandbox = Sandbox::new(&[]);
    let all = sandbox.run("explain");
    assert_eq!(all.code, 0);
    assert!(all.out.lines().all(|line| line.starts_with("TL") && line.len() > 8), "{}", all.out);
    let mut codes: Vec<&str> = all.out.lines().map(|line| &line[..6]).collect();
    codes.dedup();
    assert_eq!(codes.len(), all.out.lines().count(), "a code is explained twice");
    let lower = sandbox.run("explain tl0006");
    assert!(lower.out.starts_with("TL0006: ") && lower.out.contains("`missing-result`"), "{}", lower.out);
    assert_eq!(sandbox.run("explain missing-result").out, lower.out);
    assert_snapshot!(sandbox.run("explain id-mismach"));
    assert_snapshot!(sandbox.run("explain TL9999"));
}

#[test]
fn the_model() {
    let text = "// LAYER 7\n//@description A pair @x The first\npair#f01604df {X Y:Type} x:X y:Y = Pair X Y;\n\
                tuple {t:Type} {n:#} [ t ] = Tuple t n;\n\
                rec flags:# a:flags.1?int b:flags.1?(Pair int %Rec) c:# d:c*[ e:#  f:e.2?true ] g:(Tuple int (c + 1)) = Rec;\n\
                ---functions---\n@read f.wrap {X:Type} q:!X r:Vector<%Rec> = X;\n";
    let sandbox = Sandbox::new(&[("a.tl", text)]);
    assert_snapshot!(sandbox.run("dump --stage model a.tl"));
    assert_snapshot!(sandbox.run("dump --stage model a.tl --filter f.*"));
}

/// A reader that goes away after the first line, as `head -1` does: the exit status is that of the whole check.
#[test]
fn a_closed_pipe_never_changes_the_exit_status() {
    let bad = (0..900).map(|n| format!("b{n} x:Nope{n} = B{n};\n")).collect::<String>();
    let good: String = (0..6_000).map(|n| format!("b{n} = B{n};\n")).collect();
    let sandbox = Sandbox::new(&[("bad.tl", &bad), ("good.tl", &good)]);
    for (args, code) in [
        (&["check", "bad.tl"][..], 1),
        (&["check", "bad.tl", "--error-format", "json"], 1),
        (&["id", "good.tl"], 0),
        (&["convert", "good.tl", "--to", "json"], 0),
        (&["dump", "--stage", "model", "good.tl"], 0),
    ] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_tlgen"))
            .args(args)
            .current_dir(sandbox.path(""))
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let mut first = [0];
        child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(code), "{args:?}");
    }
}

const LAYERS: &str = "[output]\ndir = \"out\"\n[[schema]]\nname = \"api\"\nfiles = [\"2.tl\", \"common.tl\"]\n\
                      older = [[\"1.tl\", \"common.tl\"]]\n";

/// The kind: mistakes and warnings of a layer that is not the newest; what two layers share is counted and told once.
#[test]
fn every_layer_of_a_schema_is_checked() {
    let files = [("1.tl", "a x:Lost = A;\n"), ("2.tl", "a x:int = A;\n"), ("common.tl", "c#00000001 = C;\n")];
    let sandbox = Sandbox::new(&[files[0], files[1], files[2], ("tlgen.toml", LAYERS)]);
    let run = sandbox.run("check");
    assert!(run.code == 1 && run.out.contains("--> 1.tl:1:5"), "{run}");
    assert_eq!(run.out.matches("TL0121").count(), 1, "{run}");
    assert!(run.out.ends_with("3 files, 3 declarations: 1 error, 1 warning\n"), "{run}");
    let run = sandbox.run("generate");
    assert_eq!((run.code, run.err.matches("TL0103").count(), run.err.matches("TL0121").count()), (1, 1, 1), "{run}");
    sandbox.write("1.tl", "b#00000001 = A;\n");
    assert!(sandbox.run("check").out.contains("TL0102"), "two declarations of one id in the older layer");
}

/// The kind: names in options are looked for in all layers. One that is nowhere is told once, by each command that links.
#[test]
fn names_of_options_may_be_in_any_layer() {
    let files = [("1.tl", "old#00000001 = A;\n"), ("2.tl", "new#00000002 = A;\n"), ("common.tl", "c = C;\n")];
    let config = |names: &str| format!("{LAYERS}allow_id_mismatch = [{names}]\n");
    let sandbox = Sandbox::new(&[files[0], files[1], files[2], ("tlgen.toml", &config("\"old\", \"new\""))]);
    assert_eq!(sandbox.run("check").out, "3 files, 3 declarations: no errors\n");
    assert_eq!(sandbox.run("lint").out, "3 files, 3 declarations: no errors\n");
    let generated = sandbox.run("generate");
    assert_eq!((generated.code, generated.err.as_str()), (0, ""));
    sandbox.write("tlgen.toml", &config("\"old\", \"new\", \"gone\", \"gone\""));
    for command in ["check", "lint", "generate"] {
        let run = sandbox.run(command);
        let said = format!("{}{}", run.out, run.err);
        assert_eq!(said.matches("`gone` names nothing").count(), 1, "{command}: {run}");
        assert_eq!(said.matches("TL0137").count(), 1, "{command}: {run}");
    }
    // What the configuration names must be in that schema, what the call names in any.
    let other = "[[schema]]\nname = \"other\"\nfiles = [\"other.tl\"]\n";
    sandbox.write("other.tl", "gone#00000003 = A;\n");
    sandbox.write("tlgen.toml", &format!("{}{other}", config("\"old\", \"new\", \"gone\"")));
    let run = sandbox.run("check --allow-id-mismatch gone --allow-id-mismatch lost");
    assert_eq!(run.out.matches("names nothing").count(), 1, "{run}");
    assert!(run.out.contains("`lost` names nothing") && !run.out.contains("TL0121"), "{run}");
    assert!(sandbox.run("check").out.contains("`gone` names nothing"));
}

/// The option `layer` is about the newest layer: an older one has a number of its own.
#[test]
fn a_chosen_layer_is_that_of_the_newest_files() {
    let newest = "===1===\na x:int = A;\n===2===\na x:long = A;\n===3===\na x:string = A;\n";
    let config = format!("{}layer = 2\n", LAYERS.replace(", \"common.tl\"", ""));
    let sandbox = Sandbox::new(&[("1.tl", "a x:int = A;\n// LAYER 1\n"), ("2.tl", newest), ("tlgen.toml", &config)]);
    for command in ["check", "lint", "generate"] {
        let run = sandbox.run(command);
        assert_eq!(run.code, 0, "{command}: {run}");
    }
    assert!(sandbox.read("out/api/layer_1/mod.rs").contains("LAYER: i32 = 1"));
}
