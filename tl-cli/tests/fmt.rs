//! `tlgen fmt`, with and without `--ids`.
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

/// Of the ids the first follows, the second is a copy's, the third one is on the list, and the last two are wrong.
const IDS: &str = "// ids\nok#d4edbe69 = Ok;\nboolTrue_layer7#997275b5  = Bool;\nmeant#00000007 = Ok;\n\n\n\
                   point#2 x:int  y:int = Point; // #2\n---functions---\nmove#0000000a // ten\n  x:int = Point;\n";

const CONFIG: &str = "[output]\ndir = \"out\"\n[[schema]]\nname = \"a\"\nfiles = [\"schema/a.tl\"]\n\
                      allow_id_mismatch = [\"meant\"]\n";

#[test]
fn wrong_ids_are_named_and_put_right_when_asked() {
    let sandbox = Sandbox::new(&[("tlgen.toml", CONFIG), ("schema/a.tl", IDS), ("b.tl", IDS)]);
    assert_eq!(sandbox.run("fmt b.tl").code, 0);
    let layout = sandbox.read("b.tl");
    assert!(layout.contains("point#00000002 "), "nobody asked: {layout}");
    assert_snapshot!(sandbox.run("fmt --ids --check schema/a.tl"));
    assert_eq!(sandbox.read("schema/a.tl"), IDS);
    assert_snapshot!(sandbox.run("fmt --ids schema/a.tl"));
    let right = sandbox.read("schema/a.tl");
    // Beside the ids nothing but the layout has changed.
    assert_eq!(right, layout.replace("#00000002 ", "#e3fe70f4 ").replace("#0000000a ", "#260f0284 "));
    for args in ["fmt --ids --check schema/a.tl", "check --deny warnings"] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 0, "{run}");
    }
    // The list is found from anywhere, and only for the files that it is about.
    sandbox.write("schema/a.tl", IDS);
    assert_eq!(sandbox.run_in("schema", "fmt --ids a.tl", "").code, 0);
    assert_eq!(sandbox.read("schema/a.tl"), right);
    assert!(sandbox.run("fmt --ids --check b.tl").out.contains("meant#00000007"));
    assert!(!sandbox.run("fmt --ids --check b.tl --allow-id-mismatch meant").out.contains("meant#00000007"));
    // Right ids leave a good layout as it is, byte for byte.
    assert_eq!(sandbox.run("fmt --ids schema/a.tl").err, "0 of 1 file changed\n");
}

/// What is said of a schema holds for its older layers.
#[test]
fn options_of_older_layers_are_those_of_their_schema() {
    let config = format!("{CONFIG}older = [\"schema/1.tl\", [\"schema/2.tl\"]]\nid_rule = \"telegram\"\n");
    let text = "meant#00000007 = Ok;\nv#5a60d123 x:bytes = V;\n";
    let files = ["schema/a.tl", "schema/1.tl", "schema/2.tl", "other.tl"];
    let sandbox = Sandbox::new(&files.map(|file| (file, text)));
    sandbox.write("tlgen.toml", &config);
    for file in &files[..3] {
        let run = sandbox.run(&format!("fmt --ids --check {file}"));
        assert_eq!((run.code, run.out.as_str()), (0, "0 of 1 file would change\n"), "{run}");
    }
    assert!(sandbox.run("fmt --ids --check other.tl").out.contains("meant#00000007"));
    // The rule alone tells the id.
    sandbox.write("schema/2.tl", "v#1 x:bytes = V;\n");
    let run = sandbox.run("fmt --ids schema/2.tl");
    assert_eq!((run.code, sandbox.read("schema/2.tl").as_str()), (0, "v#5a60d123 x:bytes = V;\n"), "{run}");
}

#[test]
fn right_ids_on_standard_output_and_by_a_guess() {
    let sandbox = Sandbox::new(&[("broken.tl", "a#1 = A;\nb = \n")]);
    assert_snapshot!(sandbox.pipe("fmt --ids -", "v#1 x:bytes = V;\n"));
    let run = sandbox.pipe("fmt --ids --id-rule telegram -", "v#1 x:bytes = V;\n");
    assert_eq!(run.out, "v#5a60d123 x:bytes = V;\n");
    assert!(!run.err.contains("plain rule"), "{run}");
    assert_eq!(sandbox.pipe("fmt --ids --check -", "v#1 x:bytes = V;\n").code, 1);
    let run = sandbox.run("fmt --ids broken.tl");
    assert_eq!((run.code, sandbox.read("broken.tl")), (1, "a#1 = A;\nb = \n".to_owned()), "{run}");
    // Both belong to `--ids`.
    assert_eq!(sandbox.run("fmt --id-rule plain broken.tl").code, 2);
    assert_eq!(sandbox.run("fmt --allow-id-mismatch a broken.tl").code, 2);
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
