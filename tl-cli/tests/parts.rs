//! `tlgen slice` and `tlgen merge`.
#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;

const SHOP: &str = "// What is sold.\nitem id:long name:string = Item;\nitems list:Vector<Item> = Items;\n\
                    user#00000001 id:long = User;\n---functions---\n// All that is sold.\nshop.list = Items;\n\
                    shop.buy item:long = Bool;\nusers.me = User;\n// LAYER 4\n";

#[test]
fn a_slice_is_a_schema() {
    let sandbox = Sandbox::new(&[("shop.tl", SHOP)]);
    let slice = sandbox.run("slice shop.tl --only shop.list");
    assert_snapshot!(slice);
    assert_eq!(sandbox.pipe("slice - --only shop.list", SHOP).out, slice.out);
    let said = sandbox.run("slice shop.tl --only shop.* --out part.tl");
    assert_eq!((said.code, said.out.as_str()), (0, "part.tl: 2 constructors and 2 functions of 6 declarations\n"));
    assert!(sandbox.read("part.tl").contains("shop.buy#"));
    assert_eq!(sandbox.run("check part.tl --deny warnings").code, 0);
    let rest = sandbox.run("slice shop.tl --skip shop.list,User,users.*,Item*");
    assert_eq!(rest.out, "---functions---\n\nshop.buy#661e2ff3 item:long = Bool;\n\n// LAYER 4\n");
}

/// The code of a slice is the code of that part of the whole schema.
#[test]
fn a_slice_makes_the_code_of_only() {
    let schema = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/telegram-228.tl")).unwrap();
    for (only, files) in [("contacts.getContacts", 1), ("contacts.*", 1), ("User", 1)] {
        let sandbox = Sandbox::new(&[("whole/api.tl", &schema), ("part/.keep", "")]);
        assert_eq!(sandbox.run(&format!("slice whole/api.tl --only {only} --out part/api.tl")).code, 0);
        let whole = sandbox.run(&format!("generate --schema whole/api.tl --out a --only {only}"));
        let part = sandbox.run("generate --schema part/api.tl --out b");
        assert_eq!((whole.code, part.code), (0, 0), "{whole}{part}");
        let list = sandbox.list("a");
        assert!(list.len() > files && list == sandbox.list("b"), "{list:?}");
        for file in list {
            assert_eq!(sandbox.read(&format!("a/{file}")), sandbox.read(&format!("b/{file}")), "{only}: {file}");
        }
    }
}

#[test]
fn what_can_not_be_sliced() {
    let sandbox = Sandbox::new(&[("shop.tl", SHOP), ("bad.tl", "a x:Lost = A;\n")]);
    assert_snapshot!(sandbox.run("slice shop.tl --only shop.lits"));
    assert_snapshot!(sandbox.run("slice shop.tl --skip Item"));
    assert_eq!(sandbox.run("slice bad.tl --only a").code, 1);
    assert_eq!(sandbox.run("slice shop.tl").code, 2);
    sandbox.write("file", "");
    assert_eq!(sandbox.run("slice shop.tl --only User --out file/part.tl").code, 2);
}

#[test]
fn schemas_are_merged() {
    let users = "user#00000001 id:long = User;\nname text:string = Name;\n---functions---\nusers.name = Name;\n";
    let sandbox = Sandbox::new(&[("a/shop.tl", SHOP), ("a/users.tl", users)]);
    let merged = sandbox.run("merge a");
    assert_snapshot!(merged);
    let said = sandbox.run("merge a/shop.tl a/users.tl -o all.tl");
    assert_eq!((said.code, said.out.as_str()), (0, "all.tl: 8 declarations of 2 files\n"));
    assert_eq!(sandbox.read("all.tl"), merged.out);
    assert_eq!(sandbox.run("merge all.tl a/users.tl").out, merged.out);
}

#[test]
fn conflicts_show_both_locations() {
    let sandbox = Sandbox::new(&[
        ("a.tl", "user id:int = User;\n"),
        ("b.tl", "// Another one.\nuser id:long = User;\n"),
        ("c.tl", "person#d23c81a3 id:int first_name:string last_name:string = Person;\n"),
        ("d.tl", "client#d23c81a3 id:int first_name:string last_name:string = Client;\n"),
    ]);
    assert_snapshot!(sandbox.run("merge a.tl b.tl --out all.tl"));
    assert_snapshot!(sandbox.run("merge c.tl d.tl --out all.tl"));
    assert!(!sandbox.path("all.tl").exists());
}

/// Files of different layers are no schema of either; one that names none belongs to any.
#[test]
fn layers_that_differ() {
    let sandbox = Sandbox::new(&[
        ("a.tl", "a = A;\n// LAYER 1\n"),
        ("b.tl", "// LAYER 2\n\nb = B;\n"),
        ("c.tl", "c = C;\n"),
        ("d.tl", "d = D;\n// LAYER 1\n"),
    ]);
    let run = sandbox.run("merge c.tl a.tl b.tl");
    assert!(run.code == 1 && run.err.contains("this file is of layer 2, and another one of layer 1"), "{run}");
    assert!(run.err.contains("b.tl:1:1") && run.err.contains("a.tl:2:1"), "{run}");
    // What follows from that is not said.
    sandbox.write("next.tl", "a x:int = A;\n// LAYER 2\n");
    let run = sandbox.run("merge a.tl next.tl");
    assert!(run.code == 1 && run.err.starts_with("error[TL0145]") && run.err.matches("error[").count() == 1, "{run}");
    let run = sandbox.run("merge a.tl c.tl d.tl");
    assert!(run.code == 0 && run.out.ends_with("\n// LAYER 1\n"), "{run}");
}

/// What stands behind a heading on its line is a comment like others.
#[test]
fn comments_behind_headings_stay() {
    let text = "// file\n\n---types--- // kinds\n\na = A; // one\n\n---functions--- // calls\n\n// f\nf = A;\n";
    let sandbox = Sandbox::new(&[("a.tl", text)]);
    let run = sandbox.run("merge a.tl");
    for comment in ["// file\n", "// kinds\n", "; // one\n", "// calls\n", "// f\nf#"] {
        assert_eq!(run.out.matches(comment).count(), 1, "{comment}: {run}");
    }
    assert_eq!(sandbox.run("merge a.tl --out b.tl").code, 0);
    assert_eq!(sandbox.run("merge b.tl").out, run.out);
    assert!(!sandbox.run("slice a.tl --only f").out.contains("calls"));
}

#[test]
fn stats() {
    let sandbox = Sandbox::new(&[("shop.tl", SHOP)]);
    assert_snapshot!(sandbox.run("stats shop.tl"));
    let json = sandbox.run("stats shop.tl --format json --top 2");
    assert_snapshot!(json);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&value["layer"], value["namespaces"].as_array().unwrap().len()), (&4.into(), 2));
    assert_eq!(sandbox.run("stats shop.tl --top many").code, 2);
    sandbox.write("empty.tl", "");
    assert!(sandbox.run("stats empty.tl").out.starts_with("empty.tl\n"));
}

/// The picture is well-formed, also where a name of a file has what XML must escape.
#[test]
fn stats_as_a_picture() {
    use quick_xml::events::Event;
    let sandbox = Sandbox::new(&[("a<&>.tl", SHOP)]);
    let picture = sandbox.run("stats a<&>.tl --format svg").out;
    let mut reader = quick_xml::Reader::from_str(&picture);
    let (mut bars, mut text) = (0, String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Empty(shape) => bars += usize::from(shape.name().as_ref() == "rect"),
            Event::Text(part) => text += &part,
            _ => {}
        }
    }
    assert!(bars > 10 && text.contains("constructors") && picture.contains("a&lt;&amp;&gt;.tl, layer 4"), "{picture}");
}
