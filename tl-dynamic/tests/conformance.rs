//! Vectors for other implementations.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;

use tlgen_dynamic::conformance::{Expected, Vector, Vectors};
use tlgen_dynamic::{Codec, DecodeOptions, Root, Value};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::source::Sources;

fn load(text: &str) -> Valid<Schema> {
    let mut sources = Sources::new();
    let file = sources.add("api.tl", text);
    let loaded = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default());
    loaded.value.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

const SCHEMA: &str = "\
    user#00000001 flags:# bot:flags.1?true name:flags.0?string ids:Vector<long> is_new:Bool = User;\
    plain#00000002 = Text; bold#00000003 text:Text = Text;\
    pair#00000004 n:# items:n*[ int ] = Pair;\
    ---functions---\
    save#00000005 user:User x:double = Bool;\
    invoke#00000006 {X:Type} query:!X = X;";

fn of(vectors: &mut Vectors<'_>, name: &str) -> Vec<Vector> {
    let idx = vectors.codec().by_name(name).unwrap();
    vectors.of(idx)
}

fn cases(vectors: &[Vector]) -> Vec<&str> {
    vectors.iter().map(|vector| vector.case.as_str()).collect()
}

#[test]
fn cases_of_a_constructor() {
    let schema = load(SCHEMA);
    let mut vectors = Vectors::new(&schema, 7);
    let user = of(&mut vectors, "user");
    let expected = [
        "least",
        "most",
        "bit flags.0",
        "bit flags.1",
        "ends 0",
        "ends 1",
        "ends 2",
        "ends 3",
        "random 0",
        "random 1",
        "nothing",
        "half of an id",
        "an id alone",
        "cut in the middle",
        "cut by a byte",
        "four bytes more",
        "another id",
        "flags: a bit that no field declares",
        "name: a length beyond the end",
        "name: a length in a longer form",
        "name: padding that is not zero",
        "name: not UTF-8",
        "ids: a count of more than there can be",
        "ids: a count below zero",
        "ids: no id of a vector",
        "is_new: neither true nor false",
    ];
    assert_eq!(cases(&user), expected);
    // What a value within another is too deep for.
    assert!(cases(&of(&mut vectors, "bold")).contains(&"text: 1000 within each other"));
    assert!(cases(&of(&mut vectors, "save")).contains(&"user: an id that is none of its type"));
    // What is counted by a word, and what has a variable.
    assert_eq!(cases(&of(&mut vectors, "pair"))[..2], ["random 0", "random 1"]);
    assert_eq!(of(&mut vectors, "invoke"), []);
}

/// The smallest and the largest value, and the bit of each word.
#[test]
fn bits_are_as_the_case_says() {
    let schema = load(SCHEMA);
    let mut vectors = Vectors::new(&schema, 7);
    let user = of(&mut vectors, "user");
    let word = |case: &str| {
        let found = user.iter().find(|vector| vector.case == case).unwrap();
        u32::from_le_bytes(found.bytes[4..8].try_into().unwrap())
    };
    assert_eq!([word("least"), word("most"), word("bit flags.0"), word("bit flags.1")], [0, 3, 1, 2]);
    let Expected::Value(most) = &user[1].expected else { panic!() };
    assert!(matches!(most.field(&schema, "ids"), Some(Value::List(items)) if items.len() == 2));
}

/// A number that says nothing about other fields has all values, wherever it is; a mask that no field needs has no bits.
#[test]
fn numbers_have_all_values_and_masks_declared_bits() {
    let schema = load("page#00000001 flags:# count:# flags2:# all:Vector<#> = Page;");
    let mut vectors = Vectors::new(&schema, 7).with_random(20);
    let (mut counts, mut items) = (BTreeSet::new(), BTreeSet::new());
    for vector in of(&mut vectors, "page") {
        let Expected::Value(page) = vector.expected else { continue };
        let [Some(Value::Nat(0)), Some(Value::Nat(count)), Some(Value::Nat(0)), Some(Value::List(all))] =
            &page.fields[..]
        else {
            panic!("{page:?}")
        };
        counts.insert(*count);
        items.extend(all.iter().map(|item| if let Value::Nat(item) = item { *item } else { panic!("{item:?}") }));
    }
    for found in [counts, items] {
        assert!(found.len() > 8 && found.contains(&0) && found.last() > Some(&(1 << 31)), "{found:x?}");
    }
}

/// Each field that can be wrong in a way of its own is so, also after others of its kind.
#[test]
fn fields_after_others_of_their_kind_are_changed() {
    let schema = load(
        "leaf#00000001 = Leaf;\
         tree#00000002 count:# flags:# leaf:Leaf names:flags.0?Vector<string> left:flags.1?Tree right:flags.1?Tree = Tree; end#00000003 = Tree;",
    );
    let tree = of(&mut Vectors::new(&schema, 7), "tree");
    let changes: Vec<_> = cases(&tree).into_iter().filter(|case| case.contains(": ")).collect();
    assert_eq!(
        changes,
        [
            "flags: a bit that no field declares",
            "leaf: an id that is none of its type",
            "names: a count of more than there can be",
            "names: a count below zero",
            "names: no id of a vector",
            "left: an id that is none of its type",
            "left: 1000 within each other",
        ]
    );
    // Each of the thousand has an id, two words, and the leaf.
    let deep = tree.iter().find(|vector| vector.case.ends_with("within each other")).unwrap();
    assert_eq!(deep.bytes.len(), 16 * 1000);
    check(&schema);
}

/// As many random values as are asked for, each of them once.
#[test]
fn many_random_values_are_many() {
    let schema = load(SCHEMA);
    let user = of(&mut Vectors::new(&schema, 7).with_random(3000), "user");
    let random: Vec<_> = user.iter().filter(|vector| vector.case.starts_with("random")).collect();
    let different: BTreeSet<_> = random.iter().map(|vector| &vector.bytes).collect();
    assert!(random.len() > 2000 && different.len() == random.len(), "{}", random.len());
}

/// Values are read as themselves, everything else is refused, and only what is another way to write a value may be taken.
fn check(schema: &Valid<Schema>) -> (usize, usize) {
    let mut vectors = Vectors::new(schema, 7);
    let codec = Codec::new(schema);
    let (mut values, mut refused) = (0, 0);
    for (idx, combinator) in schema.constructors().chain(schema.functions()) {
        let all = vectors.of(idx);
        let inputs: BTreeSet<_> = all.iter().map(|vector| (vector.case.clone(), vector.bytes.clone())).collect();
        assert_eq!(inputs.len(), all.len(), "{}: a vector is there twice", combinator.name);
        for vector in all {
            let read = |options| codec.decode_root(Root::Boxed(idx), &vector.bytes, &options);
            match &vector.expected {
                Expected::Value(object) => {
                    assert_eq!(read(DecodeOptions::default()), Ok(Value::Object(object.clone())), "{vector:?}");
                    assert_eq!(codec.encode_boxed(object).unwrap(), vector.bytes);
                    values += 1;
                }
                Expected::Refused { optional, .. } => {
                    assert_eq!(read(DecodeOptions::lenient()).is_ok(), *optional, "{vector:?}");
                    refused += 1;
                }
                _ => panic!("{vector:?}"),
            }
        }
    }
    (values, refused)
}

#[test]
fn vectors_are_what_they_say() {
    let (values, refused) = check(&load(SCHEMA));
    assert!(values > 20 && refused > 20, "{values} {refused}");
}

#[test]
fn vectors_of_real_schemas() {
    let Some(corpus) = tl_corpus::folder() else { return };
    for name in ["ton/lite_api.tl", "telegram/api-layer-216.tl"] {
        let schema = load(&fs::read_to_string(corpus.join("schemas").join(name)).unwrap());
        let (values, refused) = check(&schema);
        assert!(values > schema.combinators.len() && refused > schema.combinators.len(), "{name}: {values} {refused}");
    }
}

/// The seed decides about random values alone, and other declarations about nothing.
#[test]
fn vectors_follow_from_declaration_and_seed() {
    let schema = load(SCHEMA);
    let (mut seven, mut eight) = (Vectors::new(&schema, 7), Vectors::new(&schema, 8));
    for name in ["user", "bold", "save"] {
        assert_eq!(of(&mut seven, name), of(&mut Vectors::new(&schema, 7), name));
        let others = |vectors: Vec<Vector>| -> Vec<Vector> {
            vectors.into_iter().filter(|vector| !vector.case.starts_with("random")).collect()
        };
        let (seven, eight) = (of(&mut seven, name), of(&mut eight, name));
        assert_ne!(seven, eight);
        assert_eq!(others(seven), others(eight));
    }
    let more = load(&format!("first#00000009 x:int = First;{SCHEMA}"));
    let mut more = Vectors::new(&more, 7);
    let bytes = |vectors: Vec<Vector>| vectors.into_iter().map(|vector| vector.bytes).collect::<Vec<_>>();
    assert_eq!(bytes(of(&mut seven, "user")), bytes(of(&mut more, "user")));
}
