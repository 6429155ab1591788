//! Values for fuzz targets, made from the input of a fuzzer.

use arbitrary::{Error, Result, Unstructured};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;

use super::source::Source;
use super::{Generator, Profile};
use crate::codec::Codec;
use crate::root::Root;
use crate::value::Value;

impl Generator<'_> {
    /// Begins anew with choices from bytes, such as the input of a fuzzer: similar bytes make similar values. When they are used up,
    /// only the first and smallest choices follow.
    pub fn reseed_with(&mut self, bytes: &[u8]) {
        self.source = Source::Given { bytes: bytes.into(), at: 0 };
    }
}

/// A value of a message by a schema, made from all bytes that are left.
///
/// # Errors
/// [`Error::IncorrectFormat`] if the schema has no such value.
pub fn value(schema: &Valid<Schema>, root: Root<'_>, input: &mut Unstructured<'_>) -> Result<Value> {
    let mut generator = Generator::new(schema, 0).with_profile(Profile::default().with_budget(input.len()));
    generator.reseed_with(input.bytes(input.len())?);
    generator.root(root).map_err(|_| Error::IncorrectFormat)
}

/// The same with the bytes of the value.
///
/// # Errors
/// As [`value`].
pub fn message(schema: &Valid<Schema>, root: Root<'_>, input: &mut Unstructured<'_>) -> Result<(Value, Vec<u8>)> {
    let value = value(schema, root, input)?;
    let bytes = Codec::new(schema).encode_root(root, &value).map_err(|_| Error::IncorrectFormat)?;
    Ok((value, bytes))
}
