//! Views of every item of every fixture, by a table and by code, beside its codec: all take the same bytes, and refuse the others with
//! the same error.

#![allow(clippy::unwrap_used)]

#[path = "../full-api/tests/differential/refusal.rs"]
#[allow(dead_code, reason = "the tests share this file")]
mod refusal;

use tl_tests::fixture;
use tl_tests::round_trip::ITEMS;
use tl_tests::wire::hex;
use tlgen_dynamic::{Generator, Profile};
use tlgen_model::schema::SectionKind;
use tlgen_runtime::DecodeOptions;

/// Each mode, and limits of depth that are in the way.
fn options() -> Vec<DecodeOptions> {
    let modes = [DecodeOptions::new(), DecodeOptions::new().strict(), DecodeOptions::new().lenient()];
    modes.into_iter().chain((0..4).map(|levels| DecodeOptions::new().max_depth(levels))).collect()
}

#[test]
fn views_refuse_what_decoding_refuses() {
    let (mut compared, mut refused, mut items) = (0, 0, 0);
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        let schema = fixture.load().value.unwrap();
        let mut generator = Generator::new(&schema, 1).with_profile(Profile::default().with_budget(200));
        for item in ITEMS.iter().filter(|item| item.fixture == fixture.name) {
            let Some([read, check]) = item.check else { continue };
            items += 1;
            let mut all = schema.constructors().chain(schema.functions());
            let place = all.find(|(_, combinator)| {
                combinator.name.full() == item.combinator
                    && (combinator.kind == SectionKind::Functions) == item.is_function
            });
            let (place, _) = place.unwrap();
            for seed in 0..2 {
                generator.reseed(seed);
                let bytes = generator.combinator_bytes(place).unwrap();
                for input in refusal::changed(&bytes).chain([bytes.clone()]) {
                    for options in options() {
                        let (read, seen) = (read(&input, &options), check(&input, &options));
                        assert_eq!(seen, read, "{}, {item:?}, {options:?}: {}", fixture.name, hex(&input));
                        compared += 1;
                        refused += usize::from(read.is_err());
                    }
                }
            }
        }
    }
    assert!(items > 200 && refused > 100_000 && compared > refused, "{items}: {refused} of {compared}");
}
