//! `tlgen convert`, and other forms where TL is taken.
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

/// Builtin types are left out in whatever way they are declared, and nothing else is.
#[test]
fn builtin_types_are_no_part_of_the_form() {
    let kept = "boolTrue#997275b5 = Bool;\ntrue#3fedd339 = True;\nvector#1cb5c415 {t:Type} # [ t ] = Vector t;\n\
                point#41df27f1 x:int128 = Point;\n";
    let builtins = "int ? = Int;\nlong#22076cba ? = Long;\nint = Int;\nlong long = Long;\nint128 4*[ int ] = Int128;\n\
                    int128 long long = Int128;\nint256#7bedeb5b 8*[ int ] = Int256;\nint256 8*[ int32 ] = Int256;\n\
                    int512 4*[ int128 ] = Int512;\nbytes = Bytes;\nbytes data:string = Bytes;\nbytes string = Bytes;\n\
                    int32 = Int32;\nint53 = Int53;\nint64 int int = Int64;\nsecureString = SecureString;\n\
                    secureBytes bytes = SecureBytes;\nobject ? = Object;\nfunction = Function;\n";
    let sandbox = Sandbox::new(&[]);
    let json = |text: &str| {
        let run = sandbox.pipe("convert --to json -", text);
        assert_eq!(run.code, 0, "{run}");
        run.out
    };
    for builtin in builtins.lines() {
        assert_eq!(json(&format!("{builtin}\n{kept}")), json(kept), "{builtin}");
    }
    assert_eq!(json(kept).matches("predicate").count(), 4);
    // The same names in another meaning.
    for other in ["int128 x:string = Int128;", "true = Bool;", "bytes data:int = Bytes;", "int x:int y:int = Int;"] {
        assert_eq!(json(other).matches("predicate").count(), 1, "{other}");
    }
    assert_eq!(json("---functions---\nint128 = Int128;").matches("method\"").count(), 1);
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

/// The binary form goes through files, as standard output of these tests is text.
#[test]
fn the_binary_form() {
    let text = "int#a8509bda ? = Int;\nvector#1cb5c415 {t:Type} # [ t ] = Vector t;\n\
                row#a8f5c9c5 flags:# x:int y:flags.0?(Vector int) = Row;\n---functions---\nrows.get#00000001 n:int = Row;\n";
    let sandbox = Sandbox::new(&[("a.tl", text)]);
    let bytes = tlgen_dynamic::tlo::from_schema(&tlgen_parser::parse(text).schema).unwrap();
    std::fs::write(sandbox.path("a.tlo"), &bytes).unwrap();
    let back = sandbox.run("convert a.tlo --to tl");
    assert_eq!((back.code, back.out.lines().count()), (0, 5), "{back}");
    assert_eq!(sandbox.run("id a.tlo").out.lines().count(), 4);
    assert!(sandbox.run("check a.tlo").out.contains("a.tlo as TL:"));
    assert_eq!(sandbox.run("generate --schema a.tlo --out out").code, 0);
    std::fs::write(sandbox.path("a.tlo"), &bytes[..bytes.len() - 4]).unwrap();
    assert_snapshot!(sandbox.run("check a.tlo"));
    let lost = sandbox.pipe("convert - --to tlo", "a x:Lost = A;\n");
    assert_eq!(
        (lost.code, lost.err.as_str()),
        (1, "error: <stdin>: `a` uses the type `Lost`, which is not declared\n")
    );
}
