//! Values made from the input of a fuzzer.

#![cfg(feature = "arbitrary")]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use arbitrary::Unstructured;
use proptest::prelude::*;
use tlgen_dynamic::{Codec, DecodeOptions, Root, Value, fuzz};
use tlgen_model::schema::Schema;
use tlgen_model::{Options, Valid};
use tlgen_parser::source::Sources;

fn schema() -> Valid<Schema> {
    let mut sources = Sources::new();
    let text = "leaf#01 n:int = Tree; node#02 flags:# name:flags.0?string left:Tree right:flags.3?Tree = Tree;
        l#03 {X:Type} {Y:Type} x:X = Either X Y; r#04 {X:Type} {Y:Type} y:Y = Either X Y;
        chain#05 next:(Either Chain int) = Chain;";
    let file = sources.add("a.tl", text);
    tlgen_model::load(&sources, &[file], &Options::default()).value.unwrap()
}

proptest! {
    /// Whatever the input is, there is a value, and it is valid.
    #[test]
    fn each_input_is_a_value(input in prop::collection::vec(any::<u8>(), 0..400)) {
        let schema = schema();
        let (value, bytes) = fuzz::message(&schema, Root::Any, &mut Unstructured::new(&input)).unwrap();
        let again = Codec::new(&schema).decode_root(Root::Any, &bytes, &DecodeOptions::default());
        prop_assert_eq!(again, Ok(value));
    }
}

/// An input without bytes is the smallest value, and different inputs are different values.
#[test]
fn inputs_choose() {
    let schema = schema();
    let value = |input: &[u8]| fuzz::value(&schema, Root::Any, &mut Unstructured::new(input)).unwrap();
    let Value::Object(smallest) = value(&[]) else { panic!("no object") };
    assert_eq!(schema.combinator(smallest.combinator).name.full(), "leaf");
    let all: BTreeSet<String> = (0..=255u8).map(|byte| format!("{:?}", value(&[byte; 64]))).collect();
    assert!(all.len() > 50, "{}", all.len());
}
