//! Random values of every item of every fixture, made by the schema alone and read by generated code: two codecs that
//! share no line of code have to agree on every byte.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use tl_dynamic::{Generator, Profile};
use tl_model::schema::{CombinatorIdx, Schema, SectionKind};
use tl_runtime::DecodeErrorKind;
use tl_tests::fixture::{self, Fixture};
use tl_tests::round_trip::{ITEMS, Item};
use tl_tests::wire::hex;

/// Random values of each item.
const VALUES: u64 = 30;

/// Where the schema does not say all: here a length has to be that of the object behind it.
const BY_HAND: [&str; 1] = ["object_field"];

#[test]
fn generated_code_agrees_with_the_schema() {
    for (fixture, schema, items) in fixtures() {
        let mut generator = Generator::new(&schema, 1).with_profile(Profile::default().with_budget(600));
        for item in items {
            for seed in 0..VALUES {
                generator.reseed(seed);
                let bytes = generator.combinator_bytes(place(&schema, item)).unwrap();
                let again =
                    (item.run)(&bytes).unwrap_or_else(|error| panic!("{fixture}, {item:?}: {error}, {}", hex(&bytes)));
                assert_eq!(hex(&again.unwrap()), hex(&bytes), "{fixture}, {item:?}");
            }
        }
    }
}

/// What is cut off is missed, wherever the cut is.
#[test]
fn every_prefix_ends_too_early() {
    for (fixture, schema, items) in fixtures() {
        let mut generator = Generator::new(&schema, 1).with_profile(Profile::default().with_budget(200));
        for item in items {
            for seed in 0..3 {
                generator.reseed(seed);
                let bytes = generator.combinator_bytes(place(&schema, item)).unwrap();
                for len in 0..bytes.len() {
                    let kind = (item.run)(&bytes[..len]).unwrap_err().kind();
                    assert_eq!(kind, DecodeErrorKind::UnexpectedEnd, "{fixture}, {item:?}, {len} of {}", hex(&bytes));
                }
            }
        }
    }
}

/// A changed bit is an error or another value; it never panics, and what decodes also encodes.
#[test]
fn no_changed_bit_does_harm() {
    for (fixture, schema, items) in fixtures() {
        let mut generator = Generator::new(&schema, 1).with_profile(Profile::default().with_budget(100));
        for item in items {
            let bytes = generator.combinator_bytes(place(&schema, item)).unwrap();
            for bit in 0..bytes.len() * 8 {
                let mut changed = bytes.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                if let Ok(encoded) = (item.run)(&changed) {
                    assert!(encoded.is_ok(), "{fixture}, {item:?}: {} decodes and does not encode", hex(&changed));
                }
            }
        }
    }
}

/// Every constructor and function that is no wrapper has an item; nothing is skipped in silence.
#[test]
fn no_item_is_left_out() {
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        let schema = schema(fixture);
        let package = tl_codegen::pipeline::lower(&schema, &fixture.config()).unwrap();
        let selected: BTreeSet<&str> = package.names.iter().map(|(_, name)| name.as_str()).collect();
        for combinator in schema.combinators.iter().filter(|combinator| combinator.generics.is_empty()) {
            let name = combinator.name.full();
            let has_item = ITEMS.iter().any(|item| {
                item.fixture == fixture.name
                    && item.combinator == name
                    && item.is_function == (combinator.kind == SectionKind::Functions)
            });
            assert_eq!(has_item, selected.contains(name), "{}: {name}", fixture.name);
        }
    }
}

fn fixtures() -> impl Iterator<Item = (String, Schema, Vec<&'static Item>)> {
    let compiled = fixture::all().into_iter().filter(|fixture| fixture.has("use.rs"));
    compiled.filter(|fixture| !BY_HAND.contains(&fixture.name.as_str())).map(|fixture| {
        let items = ITEMS.iter().filter(|item| item.fixture == fixture.name).collect();
        (fixture.name.clone(), schema(&fixture), items)
    })
}

fn schema(fixture: &Fixture) -> Schema {
    fixture.load().value.unwrap()
}

fn place(schema: &Schema, item: &Item) -> CombinatorIdx {
    let mut all = schema.constructors().chain(schema.functions());
    let is_it = |(_, combinator): &(CombinatorIdx, &tl_model::schema::Combinator)| {
        combinator.name.full() == item.combinator && (combinator.kind == SectionKind::Functions) == item.is_function
    };
    all.find(is_it).unwrap().0
}
