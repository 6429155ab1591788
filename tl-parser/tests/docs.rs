//! Documentation comments, in every convention and beside everything that only looks like one.
#![allow(clippy::unwrap_used)]

use tlgen_parser::docs::{Docs, ItemDocs, collect};

fn docs(text: &str) -> Docs {
    let parsed = tlgen_parser::parse(text);
    assert_eq!(parsed.errors, []);
    collect(&parsed.schema, text)
}

/// The documentation of the last item.
fn last(text: &str) -> ItemDocs {
    let items = tlgen_parser::parse(text).schema.items.len();
    docs(text).take(u32::try_from(items - 1).unwrap())
}

fn description(text: &str) -> Option<String> {
    last(text).description
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect()
}

#[test]
fn tags_of_tdlib() {
    let docs = docs(
        "//@class Chat @description A chat,\n//-or a channel\n\n\
        //@description One user @id Identifier; see @username @name Name\n\
        //-or nickname\n//@param_description About\n//@is_on True\n\
        chat id:int name:string description:string is_on:Bool = Chat;\n",
    );
    assert_eq!(docs.classes, pairs(&[("Chat", "A chat,\nor a channel")]));
    assert_eq!(docs.items[0].1.description.as_deref(), Some("One user"));
    let params = [
        ("id", "Identifier; see @username"),
        ("name", "Name\nor nickname"),
        ("description", "About"),
        ("is_on", "True"),
    ];
    assert_eq!(docs.items[0].1.params, pairs(&params));
}

#[test]
fn a_class_directly_above_its_constructor() {
    let docs = docs("//@class A @description The type\n//@description The constructor\na = A;");
    assert_eq!(docs.classes, pairs(&[("A", "The type")]));
    assert_eq!(docs.items[0].1.description.as_deref(), Some("The constructor"));
}

#[test]
fn tags_behind_blanks() {
    let docs = last("// @constructor A thing\n// @param x its place\na x:int = A;");
    assert_eq!(docs.description.as_deref(), Some("A thing"));
    assert_eq!(docs.params, pairs(&[("x", "its place")]));
}

#[test]
fn plain_lines() {
    assert_eq!(description("// First\n/// second\na = A;").as_deref(), Some("First\nsecond"));
    assert_eq!(description("x = X;\n  //   text\n  a\n  = A;").as_deref(), Some("text"));
    assert_eq!(description("// text\r\na = A;\r\n").as_deref(), Some("text"));
    assert_eq!(description("---types---\n// text\n---functions---\na = A;"), None);
}

#[test]
fn only_what_stands_directly_above() {
    assert_eq!(description("// text\n\na = A;"), None);
    assert_eq!(description("b = B; // text\na = A;"), None);
    assert_eq!(description("a // text\n = A;"), None);
    assert_eq!(description("a = A; // text"), None);
    assert_eq!(description("// far\n\n// near\na = A;").as_deref(), Some("near"));
}

#[test]
fn what_is_no_documentation() {
    for comment in [
        "// b#12345678 x:int = B;",
        "//b = B;",
        "// b = B; // old",
        "// text\n// b\n//   x:int\n//   = B;",
        "////////////////",
        "///////// Main application API",
        "// ---",
        "//",
        "// LAYER 224",
        "// Layer:  228",
        "// Copyright 2024\n// by somebody",
        "// Layer: 1\n// SHA256: abc",
    ] {
        assert_eq!(description(&format!("{comment}\na = A;")), None, "{comment}");
    }
    assert_eq!(description("// b = B;\n// text\na = A;").as_deref(), Some("text"));
    assert_eq!(description("//////// Banner\n// text\na = A;").as_deref(), Some("text"));
}

#[test]
fn layers() {
    let layer = tlgen_parser::docs::layer_comment;
    assert_eq!(layer("// LAYER 133"), Some(133));
    assert_eq!(layer("// layer 8"), Some(8));
    assert_eq!(layer("// Layer:  228"), Some(228));
    assert_eq!(layer("/// LAYER 1"), Some(1));
    assert_eq!(layer("// layer8"), None);
    assert_eq!(layer("// layers 8"), None);
    assert_eq!(layer("// LAYER of paint"), None);
    assert_eq!(layer("// layer 8 and on"), None);
    assert_eq!(layer("// слой 8"), None);
}
