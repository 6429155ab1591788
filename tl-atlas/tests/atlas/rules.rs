//! Each rule has an example that breaks it and no other.

use tlgen_model::Options;
use tlgen_parser::diagnostic::Example;
use tlgen_parser::source::Sources;

#[test]
fn examples_break_their_rules() {
    for rule in tlgen_atlas::rules() {
        let texts: &[&str] = match &rule.example {
            Example::Schema(text) => &[text],
            Example::Files(texts) => texts,
            other => panic!("{other:?}"),
        };
        let mut sources = Sources::new();
        let files: Vec<_> = texts.iter().map(|text| sources.add("schema.tl", *text)).collect();
        let loaded = tlgen_atlas::load(&sources, &files, &Options::default());
        let [found] = &loaded.diagnostics[..] else { panic!("{:?}", loaded.diagnostics) };
        assert_eq!((found.code, found.severity), (rule.code, rule.severity));
        assert!(found.primary.is_some());
        assert_eq!(loaded.value.is_some(), !found.is_error());
    }
}

#[test]
fn errors_of_schemas_come_first() {
    let mut sources = Sources::new();
    let files = ["a x:Missing = A;", "b = B;"].map(|text| sources.add("schema.tl", text));
    let loaded = tlgen_atlas::load(&sources, &files, &Options::default());
    assert!(loaded.value.is_none());
    assert_eq!(loaded.diagnostics[0].code.0, "TL0103");
}

/// The newest layer gives the names, whatever the order of the files.
#[test]
fn the_order_of_the_files_does_not_matter() {
    let texts = ["new#00000001 b:int = A;\n// LAYER 2", "old#00000001 a:int = A;\n// LAYER 1"];
    let made = [texts, [texts[1], texts[0]]].map(|texts| {
        let mut sources = Sources::new();
        let files = texts.map(|text| sources.add("schema.tl", text));
        tlgen_atlas::load(&sources, &files, &Options::default()).value.unwrap().to_bytes(true).unwrap()
    });
    assert_eq!(made[0], made[1]);
}
