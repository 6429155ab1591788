//! Types of the newest layer read each constructor that their types have had in any layer, by one atlas of all layers.
//!
//! `TL_ANY_LAYER_VALUES=20` tries as many values of each constructor and layer; without it there is one.

#![allow(clippy::unwrap_used)]

#[path = "../layers/oracle.rs"]
mod oracle;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use oracle::{Counts, Oracle, Written};
use tl_drift::{Read, TYPES, Type};
use tlgen_dynamic::{Codec, Generator, Profile};
use tlgen_model::Valid;
use tlgen_model::schema::{Combinator, Schema};
use tlgen_parser::source::Sources;
use tlgen_runtime::DecodeOptions;
use tlgen_runtime::atlas::Atlas;

/// The layer of the types.
const NEWEST: &str = "228";

fn say(line: &str) {
    // Not by `println`, which the test harness captures.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// All layers of the corpus, by their numbers.
fn layers(corpus: &std::path::Path) -> BTreeMap<String, Valid<Schema>> {
    let mut layers = BTreeMap::new();
    for entry in std::fs::read_dir(corpus.join("schemas/telegram")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(layer) = name.strip_prefix("api-layer-").and_then(|rest| rest.strip_suffix(".tl")) else { continue };
        let mut sources = Sources::new();
        let file = sources.add(name, std::fs::read_to_string(&path).unwrap());
        let schema = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap();
        layers.insert(layer.to_owned(), schema);
    }
    layers
}

/// What came of the values, and of which constructors (by name and id).
#[derive(Default)]
struct Sums {
    values: usize,
    typed: usize,
    adapted: usize,
    other: usize,
    kept_within: usize,
    left_out: usize,
    constructors: BTreeSet<u32>,
    always_typed: BTreeSet<u32>,
    reasons: BTreeMap<String, usize>,
}

#[test]
fn any_layer_is_read_by_the_newest_types() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let values = std::env::var("TL_ANY_LAYER_VALUES").map_or(1, |values| values.parse().expect("it is a number"));
    let layers = layers(&corpus);
    let newest = &layers[NEWEST];
    let mut table = tlgen_atlas::Atlas::new();
    layers.iter().for_each(|(name, schema)| table.add(name, schema));
    let atlas: &'static Atlas<'static> = Box::leak(Box::new(Atlas::new(table.to_bytes(true).unwrap().leak()).unwrap()));
    let options = DecodeOptions::new().atlas(atlas).max_depth(1000);
    let types: BTreeMap<&str, &Type> = TYPES.iter().map(|ty| (ty.ty, ty)).collect();
    let mut deep = tlgen_dynamic::DecodeOptions::default();
    deep.max_depth = 1000;
    // Later ones replace earlier ones, as in the atlas.
    let declared = layers.values().flat_map(|schema| schema.combinators.iter().map(move |it| (it.id, (&**schema, it))));
    let declarations: BTreeMap<u32, (&Schema, &Combinator)> = declared.collect();
    let mut sums = Sums::default();
    for (name, schema) in &layers {
        let oracle = Oracle { server: Codec::new(schema), types: Codec::new(newest), newest: declarations.clone() };
        let mut generator = Generator::new(schema, 0).with_profile(Profile::default().with_invalid_text(false));
        for (idx, constructor) in schema.constructors() {
            let ty = schema.ty(constructor.ty.unwrap()).name.full();
            let Some(ty) = types.get(ty) else { continue };
            for seed in 0..values {
                generator.reseed(seed);
                let object = generator.combinator(idx).unwrap();
                let bytes = oracle.server.encode_boxed(&object).unwrap();
                let context = format!("{} of layer {name}, seed {seed}", constructor.name.full());
                let read = (ty.read)(&bytes, &options).unwrap_or_else(|error| panic!("{context}: {error}"));
                let mut expected = Written::default();
                let is_typed = oracle.typed(&object, &mut expected).is_ok();
                sums.values += 1;
                if sums.constructors.insert(constructor.id) {
                    sums.always_typed.insert(constructor.id);
                }
                match read {
                    Read::Typed(written, report) => {
                        assert!(is_typed, "{context}: {report:?}");
                        let counts = Counts { adapted: report.adapted(), kept: report.kept() };
                        assert_eq!(counts, expected.counts, "{context}: {report:?}");
                        assert!(
                            written == expected.bytes,
                            "{context}: {report:?}\n{written:02x?}\n{:02x?}\n{bytes:02x?}",
                            expected.bytes
                        );
                        sums.typed += 1;
                        sums.adapted += usize::from(counts.adapted > 0);
                        sums.kept_within += usize::from(counts.kept > 0);
                        sums.left_out += usize::from(report.left_out() > 0);
                    }
                    Read::Other(other) => {
                        assert!(!is_typed, "{context}: {:?}", other.reason());
                        assert_eq!(other.as_bytes(), bytes, "{context}");
                        assert_eq!(other.name(), Some(declarations[&constructor.id].1.name.full()), "{context}");
                        let layers = other.layers().unwrap();
                        assert!(
                            schema.layer.is_none_or(|layer| layers.into_iter().any(|other| other == layer)),
                            "{context}"
                        );
                        // By the schema of its layer it is what it was.
                        let decoded = oracle.server.decode_boxed(other.as_bytes(), &deep).unwrap();
                        assert_eq!(oracle.server.encode_boxed(&decoded).unwrap(), bytes, "{context}");
                        let reason = format!("{:?}", other.reason()).split([' ', '{']).next().unwrap().to_owned();
                        *sums.reasons.entry(reason).or_default() += 1;
                        sums.other += 1;
                        sums.always_typed.remove(&constructor.id);
                    }
                }
            }
        }
    }
    let Sums { values, typed, adapted, other, kept_within, left_out, constructors, always_typed, reasons } = sums;
    let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
    say(&format!(
        "{} layers, {} types of layer {NEWEST}, {values} values of {} constructors: {typed} typed ({adapted} with adapted values, \
         {left_out} without some field, {kept_within} with kept values), {other} as they were ({}), 0 failed; {} constructors \
         always typed",
        layers.len(),
        types.len(),
        constructors.len(),
        reasons.join(", "),
        always_typed.len(),
    ));
    assert!(adapted > 1000 && other > 1000, "nothing was tried");
}
