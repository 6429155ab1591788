//! From a use of a name to its declaration, and back.
#![allow(clippy::unwrap_used)]

use tlgen_model::{Fragment, Options, References, Target, load, load_fragment};
use tlgen_parser::source::{FileIdx, Location, Sources, Span};

const USERS: &str = "
user#1 flags:# id:long name:flags.3?string photo:flags.4?Photo chats:Vector<%Chat> raw:photo = User;
photo sizes:n*[ int ] = Photo;
chat n:# m:n*[ k:# j:k.1?User ] = Chat;
---functions---
wrap {X:Type} id:long query:!X other:X = X;
";

fn load_with(text: &str, references: bool) -> (Sources, FileIdx, References) {
    let mut sources = Sources::new();
    let file = sources.add("users.tl", text);
    let loaded = load(&sources, &[file], &Options { references, ..Options::default() });
    let schema = loaded.value.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    (sources, file, schema.references.clone())
}

/// Each use as `offset name -> what`, with the line of a local target.
fn shown(text: &str, references: &References) -> Vec<String> {
    let cut = |location: Location| &text[location.span.range()];
    references
        .iter()
        .map(|(location, target)| match target {
            Target::Type(ty) => format!("{} -> type {}", cut(location), ty.0),
            Target::Constructor(idx) => format!("{} -> constructor {}", cut(location), idx.0),
            Target::Local(declared) => format!("{} -> {}", cut(location), declared.span.start),
        })
        .collect()
}

#[test]
fn every_use_has_its_declaration() {
    let text = USERS.replace("sizes:n*[ int ]", "n:# sizes:n*[ int ]");
    let (_, file, references) = load_with(&text, true);
    let at = |name: &str, nth: usize| text.match_indices(name).nth(nth).unwrap().0;
    let (flags, k, x) = (at("flags", 0), at("k:#", 0), at("X:Type", 0));
    let (photo_n, chat_n) = (at("n:#", 0), at("n:#", 1));
    assert_eq!(
        shown(&text, &references),
        [
            format!("flags -> {flags}"),
            format!("flags -> {flags}"),
            "Photo -> type 1".to_owned(),
            "Chat -> type 2".to_owned(),
            "photo -> constructor 1".to_owned(),
            "User -> type 0".to_owned(),
            format!("n -> {photo_n}"),
            "Photo -> type 1".to_owned(),
            format!("n -> {chat_n}"),
            format!("k -> {k}"),
            "User -> type 0".to_owned(),
            "Chat -> type 2".to_owned(),
            format!("X -> {x}"),
            format!("X -> {x}"),
            format!("X -> {x}"),
        ]
    );
    // There and back, from any byte of the name.
    let used = at("%Chat", 0) + 1;
    for offset in used..=used + 4 {
        let (location, target) = references.at(file, u32::try_from(offset).unwrap()).unwrap();
        assert_eq!(&text[location.span.range()], "Chat");
        assert_eq!(references.of(target).count(), 2);
    }
    assert_eq!(references.at(file, u32::try_from(used - 1).unwrap()), None);
    assert_eq!(references.at(FileIdx(7), 40), None);
}

#[test]
fn nobody_pays_who_does_not_ask() {
    let text = USERS.replace("sizes:n*[ int ]", "n:# sizes:n*[ int ]");
    assert_eq!(load_with(&text, false).2.iter().len(), 0);
}

/// A type that no file declares is found too, by its first use.
#[test]
fn types_of_other_files() {
    let mut sources = Sources::new();
    let file = sources.add("a.tl", "a x:Missing y:Missing = A;");
    let options = Options { references: true, ..Options::default() };
    let schema = load_fragment(&sources, &[file], &options, Fragment::Stated).value.unwrap();
    let (_, target) = schema.references.at(file, 5).unwrap();
    let spans: Vec<Span> = schema.references.of(target).map(|location| location.span).collect();
    assert_eq!(spans, [Span::new(4, 11), Span::new(14, 21)]);
}
