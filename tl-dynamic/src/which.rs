//! Which of several schemas bytes were written by.

use crate::codec::Codec;
use crate::decode::DecodeOptions;
use crate::error::DecodeError;
use crate::root::Root;
use crate::value::Value;

/// How bytes read by one of several schemas.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The index of the schema.
    pub index: usize,
    /// The value, or where the bytes stop to make sense.
    pub outcome: Result<Value, DecodeError>,
    /// Whether the bytes have flags that this schema does not declare: they were probably written by a later one.
    pub has_undeclared_bits: bool,
    /// Whether the bytes themselves say that they are of this layer, by `invokeWithLayer`.
    pub is_stated: bool,
}

impl Reading {
    /// The less, the better.
    fn rank(&self) -> (bool, bool, bool, std::cmp::Reverse<usize>) {
        let offset = self.outcome.as_ref().err().map_or(0, |error| error.offset);
        (self.outcome.is_err(), !self.is_stated, self.has_undeclared_bits, std::cmp::Reverse(offset))
    }

    /// Whether nothing tells which of the two is meant.
    #[must_use]
    pub fn is_as_good_as(&self, other: &Self) -> bool {
        self.outcome.is_ok() && self.rank() == other.rank()
    }
}

/// How bytes read by each of several schemas, the most probable first: those that take all bytes, of these the layer that the bytes
/// state, then those that declare all flags; then the others by how far they come. Equals keep their order.
///
/// Of schemas that read the bytes alike nothing tells which was meant: layers that declare all that is in a message in the same way
/// are one answer; see [`Reading::is_as_good_as`].
#[must_use]
pub fn which(schemas: &[(&Codec<'_>, Root<'_>)], bytes: &[u8], options: &DecodeOptions) -> Vec<Reading> {
    let strict = DecodeOptions { declared_bits: true, ..*options };
    let read = |(index, (codec, root)): (usize, &(&Codec<'_>, Root<'_>))| {
        let (outcome, has_undeclared_bits) = match codec.decode_root(*root, bytes, &strict) {
            Ok(value) => (Ok(value), false),
            Err(_) => (codec.decode_root(*root, bytes, options), true),
        };
        let stated = outcome.as_ref().ok().and_then(|value| stated_layer(codec, value));
        let is_stated = stated.is_some() && stated == codec.schema().layer;
        Reading { index, has_undeclared_bits: has_undeclared_bits && outcome.is_ok(), outcome, is_stated }
    };
    let mut readings: Vec<Reading> = schemas.iter().enumerate().map(read).collect();
    readings.sort_by_key(Reading::rank);
    readings
}

/// The layer in `invokeWithLayer`.
fn stated_layer(codec: &Codec<'_>, value: &Value) -> Option<u32> {
    let Value::Object(object) = value else { return None };
    let name = &codec.schema().combinators.get(object.combinator.0 as usize)?.name;
    match object.field(codec.schema(), "layer") {
        Some(Value::Int(layer)) if name.full() == "invokeWithLayer" => u32::try_from(*layer).ok(),
        _ => None,
    }
}
