//! Random values of every item of every fixture, made by the schema alone and read by generated code: two codecs that
//! share no line of code have to agree on every byte, whatever the generated code looks like.

#![allow(clippy::unwrap_used)]

#[path = "../full-api/tests/differential/refusal.rs"]
mod refusal;

use std::collections::BTreeSet;

use tl_tests::configuration::Configuration;
use tl_tests::fixture::{self, Fixture};
use tl_tests::round_trip::{ITEMS, Item};
use tl_tests::wire::hex;
use tlgen_build::ir::{Boxed, Package, Usage};
use tlgen_dynamic::{Codec, DecodeOptions, Generator, Profile, Root};
use tlgen_model::Valid;
use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeExpr};
use tlgen_runtime::DecodeErrorKind;

/// Random values of each item.
const VALUES: u64 = 30;

/// Where the schema does not say all: here a length has to be that of the object after it.
const BY_HAND: [&str; 3] = ["any_function", "object_field", "unknown_in_container"];

/// Where text need not be UTF-8 by an option, of which the schema knows nothing; and items without bytes, of which each codec has its
/// own limit.
const OTHER_LIMITS: [&str; 4] = ["bytes_option", "text_bytes", "text_lossy", "vector_true"];

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

/// Bytes that are cut off are noticed, wherever the cut is.
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

/// Bytes that are no value are refused by generated code and by the schema alone for the same reason, at the same byte.
#[test]
fn generated_code_refuses_what_the_schema_refuses() {
    let (mut compared, mut refused) = (0, 0);
    for (fixture, schema, items) in fixtures().filter(|(fixture, ..)| !OTHER_LIMITS.contains(&fixture.as_str())) {
        let codec = Codec::new(&schema);
        let mut generator = Generator::new(&schema, 1).with_profile(Profile::default().with_budget(150));
        for item in items.iter().filter(|item| item.configuration == Configuration::Own) {
            let idx = place(&schema, item);
            let ty = schema.combinator(idx).ty.map(|ty| TypeExpr::Boxed { ty, args: Box::default() });
            // An enum reads each constructor of its type.
            let root = match &ty {
                Some(ty) if item.path.contains("types::") => Root::Type(ty),
                _ => Root::Boxed(idx),
            };
            for seed in 0..3 {
                generator.reseed(seed);
                let bytes = generator.combinator_bytes(idx).unwrap();
                for input in refusal::changed(&bytes) {
                    let dynamic = codec.decode_root(root, &input, &DecodeOptions::default());
                    let generated = (item.run)(&input);
                    let difference = refusal::difference(&dynamic, &generated);
                    assert_eq!(difference, None, "{fixture}, {item:?}: {}", hex(&input));
                    if let (Ok(_), Ok(Ok(written))) = (&dynamic, &generated) {
                        let wrong = refusal::misread(&codec, root, &input, written);
                        assert_eq!(wrong, None, "{fixture}, {item:?}: {} {}", hex(&input), hex(written));
                    }
                    compared += 1;
                    refused += usize::from(dynamic.is_err());
                }
            }
        }
    }
    assert!(refused > 10_000 && compared > refused, "{refused} of {compared}");
}

/// In each configuration the same bytes are refused, for the same reason, at the same offset.
#[test]
fn configurations_refuse_the_same() {
    let mut compared = 0;
    for (fixture, schema, items) in fixtures() {
        let mut generator = Generator::new(&schema, 1).with_profile(Profile::default().with_budget(150));
        let (own, others): (Vec<&Item>, Vec<&Item>) =
            items.into_iter().partition(|item| item.configuration == Configuration::Own);
        for other in others {
            let is_same = |item: &&&Item| {
                other.path.trim_start_matches("borrowed::") == item.path
                    && (other.combinator, other.is_function) == (item.combinator, item.is_function)
            };
            let own = own.iter().find(is_same).unwrap_or_else(|| panic!("{fixture}: {other:?} is nowhere else"));
            let bytes = generator.combinator_bytes(place(&schema, other)).unwrap();
            let cut = (0..bytes.len()).map(|len| bytes[..len].to_vec());
            let changed = (0..bytes.len() * 8).map(|bit| {
                let mut changed = bytes.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                changed
            });
            for input in cut.chain(changed) {
                assert_eq!((other.run)(&input), (own.run)(&input), "{fixture}, {other:?}: {}", hex(&input));
                compared += 1;
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}

/// Every constructor and function that is not a wrapper has an item in each configuration that owns its text, unless it goes one way
/// only; nothing is skipped silently.
#[test]
fn no_item_is_left_out() {
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        let schema = schema(fixture);
        let package = tlgen_build::pipeline::lower(&schema, &fixture.config()).unwrap();
        let selected: BTreeSet<&str> = package.names.iter().map(|(_, name)| name.as_str()).collect();
        let one_way = one_way(&package);
        for combinator in schema.combinators.iter().filter(|combinator| combinator.generics.is_empty()) {
            let name = combinator.name.full();
            for configuration in [Configuration::Own, Configuration::Underived, Configuration::Compact] {
                let has_item = ITEMS.iter().any(|item| {
                    (item.fixture, item.configuration, item.combinator) == (&fixture.name, configuration, name)
                        && item.is_function == (combinator.kind == SectionKind::Functions)
                });
                let is_expected = selected.contains(name) && !one_way.contains(name);
                assert_eq!(has_item, is_expected, "{}, {configuration:?}: {name}", fixture.name);
            }
        }
    }
    let borrowed = ITEMS.iter().filter(|item| item.configuration == Configuration::Borrowed).count();
    assert!(borrowed > 50, "{borrowed} items borrow text");
}

/// The names of what can be written and not read, or read and not written.
fn one_way(package: &Package) -> BTreeSet<&str> {
    let is_one_way = |usage: Usage| !(usage.encode.is_there() && usage.decode.is_there());
    let structs = package.constructors.iter().chain(&package.functions).filter(|item| is_one_way(item.usage));
    let enums = package.types.iter().filter_map(|ty| match ty {
        Boxed::Enum(item) if is_one_way(item.usage) => Some(&item.variants),
        _ => None,
    });
    structs.map(|item| item.tl_name.as_str()).chain(enums.flatten().map(|variant| variant.tl_name.as_str())).collect()
}

fn fixtures() -> impl Iterator<Item = (String, Valid<Schema>, Vec<&'static Item>)> {
    let compiled = fixture::all().into_iter().filter(|fixture| fixture.has("use.rs"));
    compiled.filter(|fixture| !BY_HAND.contains(&fixture.name.as_str())).map(|fixture| {
        let items = ITEMS.iter().filter(|item| item.fixture == fixture.name).collect();
        (fixture.name.clone(), schema(&fixture), items)
    })
}

fn schema(fixture: &Fixture) -> Valid<Schema> {
    fixture.load().value.unwrap()
}

fn place(schema: &Schema, item: &Item) -> CombinatorIdx {
    let mut all = schema.constructors().chain(schema.functions());
    let is_it = |(_, combinator): &(CombinatorIdx, &tlgen_model::schema::Combinator)| {
        combinator.name.full() == item.combinator && (combinator.kind == SectionKind::Functions) == item.is_function
    };
    all.find(is_it).unwrap().0
}
