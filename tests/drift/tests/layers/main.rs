//! Types of one layer read what a server of another layer sends, and give what an oracle makes of the two schemas.
//!
//! `TL_DRIFT_VALUES=2500` tries as many values of each type and pair of layers; without it they are a few.

#![allow(clippy::unwrap_used)]

mod oracle;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use oracle::{Counts, Oracle, Written};
use tl_drift::{LAYERS, Layer};
use tlgen_dynamic::{Codec, Generator, Profile, Value};
use tlgen_model::Valid;
use tlgen_model::schema::{Schema, TypeExpr};
use tlgen_parser::source::Sources;
use tlgen_runtime::DecodeOptions;
use tlgen_runtime::atlas::Atlas;
use tlgen_runtime::drift::DriftOutcome;

/// The layer of the types, and that of the server: near and far, ahead and behind.
const PAIRS: [(u32, u32); 13] = [
    (222, 228),
    (222, 216),
    (222, 205),
    (222, 166),
    (222, 133),
    (228, 222),
    (228, 216),
    (228, 186),
    (228, 143),
    (133, 132),
    (133, 131),
    (133, 139),
    (133, 228),
];

/// Values of each type and pair.
const VALUES: u64 = 25;

fn say(line: &str) {
    // Not by `println`, which the test harness captures.
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn schema(corpus: &Path, layer: u32) -> Valid<Schema> {
    let path = corpus.join(format!("schemas/telegram/api-layer-{layer:03}.tl"));
    let mut sources = Sources::new();
    let file = sources.add(path.display().to_string(), std::fs::read_to_string(&path).unwrap());
    tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap()
}

fn atlas(layers: [(u32, &Valid<Schema>); 2]) -> &'static Atlas<'static> {
    let mut atlas = tlgen_atlas::Atlas::new();
    for (layer, schema) in layers {
        atlas.add(&layer.to_string(), schema);
    }
    let bytes = atlas.to_bytes(true).unwrap().leak();
    Box::leak(Box::new(Atlas::new(bytes).unwrap()))
}

/// What happened to the values of a pair.
#[derive(Default)]
struct Sums {
    messages: usize,
    drifted: usize,
    counts: Counts,
    reasons: BTreeMap<String, usize>,
}

#[test]
fn types_of_one_layer_read_another() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let values = std::env::var("TL_DRIFT_VALUES").map_or(VALUES, |values| values.parse().expect("it is a number"));
    for (types, server) in PAIRS {
        let layer = LAYERS.iter().find(|layer| layer.number == types).expect("the layer is generated");
        let sums = pair(layer, &schema(&corpus, types), server, &schema(&corpus, server), values);
        let Sums { messages, drifted, counts, reasons } = sums;
        let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
        say(&format!(
            "types of {types}, server of {server}: {messages} messages, {drifted} with unknown values, {} adapted, {} kept ({})",
            counts.adapted,
            counts.kept,
            reasons.join(", ")
        ));
        assert!(drifted > 0, "nothing was tried");
    }
}

fn pair(layer: &Layer, types: &Valid<Schema>, server: u32, newer: &Valid<Schema>, values: u64) -> Sums {
    let oracle = Oracle { server: Codec::new(newer), types: Codec::new(types), newest: BTreeMap::new() };
    let atlas = atlas([(layer.number, types), (server, newer)]);
    let options = DecodeOptions::new().atlas(atlas).max_depth(1000);
    let mut generator = Generator::new(newer, 0).with_profile(Profile::default().with_invalid_text(false));
    let mut sums = Sums::default();
    for root in &layer.roots {
        let (ty, _) = newer.types().find(|(_, ty)| ty.name.full() == root.ty).unwrap();
        let ty = TypeExpr::Boxed { ty, args: Box::default() };
        let ty: &'static TypeExpr = Box::leak(Box::new(ty));
        for seed in 0..values {
            generator.reseed(seed);
            let Value::Object(object) = generator.value(ty).unwrap() else { panic!("it is boxed") };
            let bytes = oracle.server.encode_boxed(&object).unwrap();
            let context = format!("types of {}, server of {server}, {}, seed {seed}", layer.number, root.ty);
            let mut expected = Written::default();
            oracle.object(&object, &mut expected).unwrap_or_else(|lost| panic!("{context}: {lost:?}"));
            sums.messages += 1;
            let (written, report) = (root.run)(&bytes, &options).unwrap_or_else(|error| panic!("{context}: {error}"));
            let counts = Counts { adapted: report.adapted(), kept: report.kept() };
            assert_eq!(counts, expected.counts, "{context}: {report:?}");
            assert!(written == expected.bytes, "{context}: {}", difference(&written, &expected.bytes));
            let without = (root.run)(&bytes, &DecodeOptions::new().max_depth(1000));
            if report.is_empty() {
                assert!(without.is_ok(), "{context}");
                continue;
            }
            sums.drifted += 1;
            let error = without.unwrap_err();
            assert!(
                error.is_drift() && bytes[error.offset()..].starts_with(&error.id().unwrap().to_le_bytes()),
                "{context}: {error}"
            );
            sums.counts.adapted += counts.adapted;
            sums.counts.kept += counts.kept;
            for event in report.events() {
                assert!(bytes[event.offset..].starts_with(&event.id.to_le_bytes()), "{context}: {event:?}");
                if let DriftOutcome::Kept(reason) = event.outcome {
                    let reason = format!("{reason:?}").split([' ', '{']).next().unwrap().to_owned();
                    *sums.reasons.entry(reason).or_default() += 1;
                }
            }
            // Nothing is lost where nothing is adapted.
            let (kept, report) = (root.run)(&bytes, &options.adapt(false)).unwrap();
            assert!(
                kept == bytes || has_undeclared(&report, &kept, &bytes),
                "{context}: {}",
                difference(&kept, &bytes)
            );
        }
    }
    sums
}

/// Bits that no field declares are dropped from words that are no fields; then the length stays.
fn has_undeclared(report: &tlgen_runtime::drift::DriftReport, kept: &[u8], bytes: &[u8]) -> bool {
    report.adapted() == 0 && kept.len() == bytes.len()
}

/// The first bytes that differ.
fn difference(a: &[u8], b: &[u8]) -> String {
    let at = a.iter().zip(b).position(|(a, b)| a != b).unwrap_or_else(|| a.len().min(b.len()));
    let around = |bytes: &[u8]| format!("{:02x?}", bytes.get(at.saturating_sub(8)..bytes.len().min(at + 16)));
    format!("at byte {at} of {} and {}: {} and {}", a.len(), b.len(), around(a), around(b))
}
