//! The rules about changes against bytes: what keeps them is read by both versions, what breaks them is not.
//!
//! Old values are made at random and read by the codec of the new schema. They must be the same bytes when they are written again.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use tlgen_dynamic::{Codec, DecodeOptions, Generator, Profile};
use tlgen_lint::lints;
use tlgen_model::schema::Schema;
use tlgen_model::{Options, Valid, load};
use tlgen_parser::source::Sources;

fn schema(text: &str) -> Valid<Schema> {
    let mut sources = Sources::new();
    let file = sources.add("a.tl", text);
    load(&sources, &[file], &Options::default()).value.unwrap_or_else(|| panic!("{text}"))
}

/// How many of some random values of one schema are read and written by the other as they are, and how many are not.
fn survive(from: &Valid<Schema>, to: &Valid<Schema>) -> (usize, usize) {
    let codec = Codec::new(to);
    // Old programs leave bits 0 that they do not know.
    let profile = Profile::default().with_undeclared_bits(false);
    let (mut kept, mut lost) = (0, 0);
    for seed in 0..200 {
        let mut generator = Generator::new(from, seed).with_profile(profile.clone());
        // A template has no values by itself.
        let all = from.constructors().chain(from.functions()).filter(|(_, it)| it.generics.is_empty());
        for (idx, _) in all {
            let bytes = generator.combinator_bytes(idx).unwrap();
            let read = codec.decode_boxed(&bytes, &DecodeOptions::default());
            let is_same = read.is_ok_and(|value| codec.encode_boxed(&value).unwrap() == bytes);
            *(if is_same { &mut kept } else { &mut lost }) += 1;
        }
    }
    (kept, lost)
}

/// What is refused though no value of the old version is at stake: bits for later, what others know of a bit, results of functions, and
/// a template that nothing uses.
const WITHOUT_WITNESS: [&str; 6] = [
    "evolution-unused-mask",
    "evolution-last-bit",
    "evolution-bit-reserved",
    "evolution-function-without-mask",
    "evolution-argument-removed",
    "evolution-result-changed",
];

#[test]
fn old_values_survive_what_keeps_the_rules_and_nothing_else() {
    let (mut all, mut witnesses) = (0, 0);
    for lint in lints() {
        let Some(before) = lint.before else { continue };
        let (old, name) = (schema(before), lint.rule.name);
        let (kept, lost) = survive(&old, &schema(lint.keeps));
        assert_eq!(lost, 0, "{name}: {kept} values survive {}", lint.keeps);
        all += kept;
        let (_, lost) = survive(&old, &schema(lint.breaks));
        assert_eq!(lost == 0, WITHOUT_WITNESS.contains(&name), "{name}: {lost} values do not survive {}", lint.breaks);
        witnesses += lost;
    }
    println!("{all} old values survive what is allowed, {witnesses} do not survive what is refused");
}
