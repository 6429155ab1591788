//! Random schemas, most of them wrong: the linker never panics, and what leaves it holds its promises.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/schemas.rs"]
mod schemas;

use proptest::prelude::*;
use schemas::valid;
use tlgen_model::analysis::closure::closure;
use tlgen_model::analysis::direction::Directions;
use tlgen_model::analysis::finite::Finite;
use tlgen_model::analysis::recursion::Recursion;
use tlgen_model::analysis::size::Sizes;
use tlgen_model::schema::Schema;
use tlgen_model::{Fragment, Linked, Options, Valid, link, link_fragment};
use tlgen_parser::source::FileIdx;

fn analyse(schema: &Schema, fragment: bool) {
    let (finite, sizes, recursion) = (Finite::of(schema), Sizes::of(schema), Recursion::of(schema));
    let directions = Directions::of(schema);
    for (ty, declared) in schema.types() {
        assert!(fragment || finite.constructor(ty).is_some());
        assert!(fragment || sizes.boxed(ty) < 1 << 20);
        assert!(!recursion.is_recursive(ty) || !declared.constructors.is_empty(), "{}", declared.name);
        assert!(directions.in_arguments(ty) || directions.in_results(ty), "{}", declared.name);
    }
    for combinator in &schema.combinators {
        let patterns = [combinator.name.full().to_owned()];
        common::check(&schema.select(&closure(schema, &patterns).unwrap()));
    }
}

/// Links, and checks whatever comes out. Whether it is a schema.
fn try_link(text: &str, options: &Options, fragment: Option<Fragment>) -> bool {
    let parsed = tlgen_parser::parse(text);
    if !parsed.errors.is_empty() {
        return false;
    }
    let run = || {
        let files = vec![(FileIdx(0), parsed.schema.clone(), text)];
        match fragment {
            Some(fragment) => link_fragment(files, options, fragment),
            None => {
                link(files, options).map(|Linked { schema, warnings }| Linked { schema: schema.into_inner(), warnings })
            }
        }
    };
    match run() {
        Ok(linked) => {
            common::check(&linked.schema);
            analyse(&linked.schema, fragment.is_some());
            assert_eq!(run().unwrap(), linked);
            true
        }
        Err(failure) => {
            assert!(!failure.errors.is_empty());
            for diagnostic in failure.diagnostics() {
                // That no declaration is of the chosen layer is the fault of no place in the text.
                let Some(primary) = diagnostic.primary else {
                    assert_eq!(diagnostic.code.0, "TL0142");
                    continue;
                };
                let span = primary.location.span;
                assert!(text.get(span.range()).is_some_and(|fault| !fault.is_empty()));
            }
            assert_eq!(run().unwrap_err(), failure);
            false
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_schemas(text in schemas::any(), fragment: bool, layer: Option<u8>) {
        let options = Options { layer: layer.map(|layer| u32::from(layer % 16)), ..Options::default() };
        try_link(&text, &options, fragment.then_some(Fragment::Stated));
    }

    #[test]
    fn valid_schemas([plain, recursive] in valid()) {
        prop_assert!(try_link(&plain, &Options::default(), None), "{}", plain);
        try_link(&recursive, &Options::default(), None);
    }
}

/// Declarations that would be slow if a name were looked up by a walk; a test that never ends is the failure.
#[test]
fn large_declarations() {
    let numbers = |count: u32| (0..count).map(|number| number.to_string());
    let variables: String = numbers(4000).map(|number| format!("{{t{number}:Type}} ")).collect();
    let used: String = numbers(4000).map(|number| format!(" t{number}")).collect();
    let fields: String = numbers(2000).map(|number| format!("f{number}:# g{number}:f{number}.0?int ")).collect();
    let unknown: String = numbers(4000).map(|number| format!("h{number}:w{number}.0?Unknown{number} ")).collect();
    let chain: String = (0..20_000).map(|number| format!("c{number} x:C{} = C{number};\n", number + 1)).collect();
    let good = format!("a {variables}{fields} = A{used};\n{chain}c20000 = C20000;\n");
    let bad: String = (0..5).map(|number| format!("b{number} {unknown} = B;\n")).collect();

    let linked = link_valid(&good).unwrap();
    common::check(&linked);
    let first = linked.combinators.iter().find(|combinator| combinator.name.full() == "c0").unwrap();
    assert_eq!(Sizes::of(&linked).boxed(first.ty.unwrap()), 4 * 20_001);
    // The first thousand are told, and how many more there are.
    assert_eq!(link_valid(&format!("{good}{bad}")).err().unwrap(), (1_001, "39000 more errors not shown".to_owned()));
}

/// The schema, or the number of its errors and the last one.
fn link_valid(text: &str) -> Result<Valid<Schema>, (usize, String)> {
    let parsed = tlgen_parser::parse(text);
    assert_eq!(parsed.errors, []);
    let linked = link(vec![(FileIdx(0), parsed.schema, text)], &Options::default());
    linked
        .map(|linked| linked.schema)
        .map_err(|failure| (failure.errors.len(), failure.errors.last().unwrap().to_string()))
}
