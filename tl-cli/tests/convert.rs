//! `tlgen convert`, and JSON where TL is taken.
#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;

const TL: &str = "boolTrue#997275b5 = Bool;\npoint#52ef4f84 x:int y:flags.0?Vector<long> = Point;\n\
                  ---functions---\ninvoke#00000001 {X:Type} query:!X = X;\n";

#[test]
fn there_and_back() {
    let sandbox = Sandbox::new(&[("a.tl", TL)]);
    let json = sandbox.run("convert --to json a.tl");
    assert_snapshot!(json);
    assert_eq!(sandbox.pipe("convert --to tl -", &json.out).out, TL);
    assert_eq!(sandbox.pipe("convert --to json -", &json.out).out, json.out);
    assert_eq!(sandbox.run("convert --to tl a.tl").out, TL);
}

#[test]
fn what_has_no_json_form() {
    let sandbox = Sandbox::new(&[("a.tl", "a {n:#} x:int = A n;\nb int = B;\n")]);
    assert_snapshot!(sandbox.run("convert --to json a.tl"));
}

#[test]
fn every_command_takes_json() {
    let json = r#"{"constructors": [
        {"id": "1", "predicate": "point", "params": [{"name": "x", "type": "int"}], "type": "Point"},
        {"id": "2", "predicate": "line", "params": [{"name": "from", "type": "Pointt"}], "type": "Line"}
    ]}"#;
    let sandbox =
        Sandbox::new(&[("a.json", json), ("good.json", &json.replace("Pointt", "Point")), ("bad.json", "{1}")]);
    assert_snapshot!(sandbox.run("check a.json --allow-id-mismatch point --allow-id-mismatch line"));
    assert_snapshot!(sandbox.run("check bad.json"));
    assert_eq!(sandbox.run("id a.json").out.lines().count(), 2);
    assert_eq!(sandbox.run("generate --schema good.json --out src").code, 0);
    assert!(sandbox.read("src/good/mod.rs").contains("from good.json"));
    let config = "[output]\ndir = \"out\"\n[[schema]]\nname = \"a\"\nfiles = [\"good.json\"]\n";
    sandbox.write("tlgen.toml", config);
    assert_eq!(sandbox.run("generate").code, 0);
    sandbox.write("good.json", "{1}");
    assert!(sandbox.run("generate").err.contains("--> good.json:1:2"));
    assert_snapshot!(sandbox.run("fmt a.json"));
}
