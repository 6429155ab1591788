//! Random values of the real schemas by the strategies for proptest: through bytes, rows and text.

#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use proptest::prelude::*;
use tl_tests::tlgen::workspace;
use tlgen_dynamic::{Codec, DecodeOptions, Root, strategy};
use tlgen_model::schema::Schema;
use tlgen_model::{Options, Valid, load};
use tlgen_parser::source::Sources;

static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let files = ["telegram-228.tl", "mtproto.tl"]
        .map(|name| sources.add(name, std::fs::read_to_string(workspace().join("schema").join(name)).unwrap()));
    load(&sources, &files, &Options::default()).value.expect("the schemas are valid")
});

proptest! {
    #[test]
    fn values_are_read_explained_and_written((value, bytes) in strategy::messages(&SCHEMA, Root::Any)) {
        let codec = Codec::new(&SCHEMA);
        let options = DecodeOptions::default();
        prop_assert_eq!(codec.decode_root(Root::Any, &bytes, &options).unwrap(), value);
        prop_assert!(codec.trace(Root::Any, &bytes, &options).is_whole());
        prop_assert_eq!(codec.assemble(&codec.disassemble(Root::Any, &bytes, &options)).unwrap(), bytes);
    }
}

/// What fails shrinks to a small value.
#[test]
fn values_shrink() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let failed = runner.run(&strategy::messages(&SCHEMA, Root::Any), |(_, bytes)| {
        prop_assert!(bytes.len() < 40);
        Ok(())
    });
    let Err(proptest::test_runner::TestError::Fail(_, (_, smallest))) = failed else { panic!("{failed:?}") };
    assert!(smallest.len() < 400, "{}", smallest.len());
}
