//! Random values for tests with proptest.

use proptest::prelude::*;
use tlgen_model::Valid;
use tlgen_model::schema::Schema;

use super::{Generator, Profile};
use crate::codec::Codec;
use crate::root::Root;
use crate::value::Value;

/// Values of a message by a schema. They shrink by getting smaller: the seed stays, and fewer bytes are allowed.
///
/// A type without a finite value gives no values, and proptest says so.
pub fn values<'s>(schema: &'s Valid<Schema>, root: Root<'s>) -> impl Strategy<Value = Value> + 's {
    let generator = Generator::new(schema, 0);
    (any::<u64>().no_shrink(), 0usize..=2048).prop_filter_map("a finite value", move |(seed, size)| {
        let mut generator = generator.clone().with_profile(Profile::default().with_budget(size));
        generator.reseed(seed);
        generator.root(root).ok()
    })
}

/// The same with the bytes of the values.
pub fn messages<'s>(schema: &'s Valid<Schema>, root: Root<'s>) -> impl Strategy<Value = (Value, Vec<u8>)> + 's {
    let codec = Codec::new(schema);
    values(schema, root).prop_filter_map("a value that can be written", move |value| {
        let bytes = codec.encode_root(root, &value).ok()?;
        Some((value, bytes))
    })
}
