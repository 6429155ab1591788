//! What `tlgen check` passes, code is generated for, or one of a few documented errors says why not; and its values can be
//! written and read. Over random schemas, and over those of the folder that `TL_CORPUS` names.

#![allow(clippy::unwrap_used)]

#[path = "../../tl-model/tests/common/schemas.rs"]
mod schemas;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tlgen_build::{CodegenError, Config, pipeline};
use tlgen_dynamic::{Codec, DecodeOptions, Generator, Profile};
use tlgen_model::schema::{Combinator, CombinatorIdx, Schema};
use tlgen_model::{Fragment, Options, Valid, load, load_fragment};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Sources;

/// What only `generate` refuses: two names that are one in Rust, and what has no Rust form. The guide has this list.
const ONLY_OF_RUST: [&str; 2] = ["TL0201", "TL0202"];

/// What is a warning in a file that proves to be a part of a schema, and an error where code is generated from it alone.
const OF_PARTS: [&str; 2] = ["TL0103", "TL0122"];

fn codes<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> BTreeSet<&'static str> {
    diagnostics.into_iter().map(|diagnostic| diagnostic.code.0).collect()
}

/// Whether `check` passes a text. Panics if `generate` refuses it for another reason than the documented ones.
fn agrees(name: &str, text: &str) -> bool {
    let mut sources = Sources::new();
    let file = sources.add(name, text);
    let options = Options::default();
    let checked = load_fragment(&sources, &[file], &options, Fragment::Proved);
    let whole = load(&sources, &[file], &options);
    if checked.value.is_none() {
        assert!(whole.value.is_none(), "only `check` refuses {name}: {text}");
        return false;
    }
    let Some(schema) = whole.value else {
        let refused = codes(whole.diagnostics.iter().filter(|found| found.is_error()));
        assert!(refused.iter().all(|code| OF_PARTS.contains(code)), "{name}: {refused:?}");
        assert!(refused.is_subset(&codes(&checked.diagnostics)), "`check` says nothing of {refused:?}: {name}");
        return true;
    };
    if let Err(errors) = pipeline::lower(&schema, &Config::default()) {
        let errors: Vec<_> = errors.iter().map(CodegenError::diagnostic).collect();
        let refused = codes(&errors);
        assert!(refused.iter().all(|code| ONLY_OF_RUST.contains(code)), "{name}: {refused:?} {text}");
    }
    values(name, &schema);
    true
}

/// Random values of each combinator are written and read again.
fn values(name: &str, schema: &Valid<Schema>) {
    let codec = Codec::new(schema);
    let mut generator = Generator::new(schema, 1).with_profile(Profile::default().with_budget(60));
    let mut ids: BTreeMap<u32, usize> = BTreeMap::new();
    for combinator in &schema.combinators {
        *ids.entry(combinator.id).or_default() += 1;
    }
    // Of several with one id, or without any, bytes alone do not tell the one.
    let is_told = |combinator: &Combinator| ids[&combinator.id] == 1 && combinator.name.full() != "_";
    for (idx, combinator) in (0..).zip(&schema.combinators).filter(|(_, combinator)| is_told(combinator)) {
        let bytes = generator.combinator_bytes(CombinatorIdx(idx));
        let bytes = bytes.unwrap_or_else(|error| panic!("{name}, {}: {error}", combinator.name));
        let value = codec.decode_boxed(&bytes, &DecodeOptions::default());
        let value = value.unwrap_or_else(|error| panic!("{name}, {}: {error}", combinator.name));
        assert_eq!(codec.encode_boxed(&value).unwrap(), bytes, "{name}, {}", combinator.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn valid_schemas([schema, _] in schemas::valid()) {
        prop_assert!(agrees("valid.tl", &schema));
    }

    #[test]
    fn nearly_valid_schemas(schema in schemas::nearly_valid()) {
        agrees("nearly.tl", &schema);
    }

    #[test]
    fn any_schemas(schema in schemas::any()) {
        agrees("any.tl", &schema);
    }
}

#[test]
fn schemas_of_the_corpus() {
    let Some(folder) = tl_corpus::folder() else { return };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let paths = manifest.lines().filter_map(|row| row.split('\t').next()).filter(|path| path.ends_with(".tl"));
    let mut passed = 0;
    for path in paths {
        let text = std::fs::read_to_string(folder.join(path)).unwrap();
        passed += usize::from(agrees(path, &text));
    }
    assert!(passed > 60, "{passed}");
}
