//! Vectors that tell whether an implementation reads and writes the bytes of a schema as the schema says: values with their bytes,
//! and bytes that are no values with the reason.
//!
//! Of each constructor and function without variables come
//!
//! * its smallest value and its largest: without and with all conditional fields, lists of none and of two items;
//! * a value for each bit of each word;
//! * values at the ends of the ranges of numbers, and with text at the lengths at which its form changes;
//! * random values by seed;
//! * bytes of the largest value after one change, as [`Codec`] refuses them.
//!
//! What is in them follows from the declarations and the seed, so that vectors of two layers differ only where the layers do.

mod hostile;
mod values;

use serde_json::{Value as Json, json};
use tlgen_model::Valid;
use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind};

use crate::codec::Codec;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::hex;
use crate::value::Object;

/// Makes vectors.
///
/// ```
/// use tlgen_dynamic::conformance::{Expected, Vectors};
/// use tlgen_parser::source::Sources;
///
/// let mut sources = Sources::new();
/// let file = sources.add("user.tl", "user#d23c81a3 flags:# id:int bot:flags.3?true = User;");
/// let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
///
/// let mut vectors = Vectors::new(&schema, 7);
/// let user = vectors.codec().by_name("user").unwrap();
/// let all = vectors.of(user);
/// assert_eq!((all[0].case.as_str(), &all[0].bytes[..]), ("least", b"\xa3\x81\x3c\xd2\0\0\0\0\0\0\0\0".as_slice()));
/// assert!(all.iter().any(|vector| matches!(&vector.expected, Expected::Refused { .. })));
/// ```
#[derive(Clone, Debug)]
pub struct Vectors<'s> {
    codec: Codec<'s>,
    makers: values::Makers<'s>,
    random: usize,
}

/// Bytes, and what is to be made of them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Vector {
    /// The constructor or function that the bytes are to be read as, with its id before it.
    pub combinator: CombinatorIdx,
    /// What is special about them.
    pub case: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What is to be made of them.
    pub expected: Expected,
}

/// What is to be made of bytes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Expected {
    /// This value, which is written as these bytes again.
    Value(Object),
    /// Nothing.
    Refused {
        /// Why.
        error: DecodeError,
        /// Whether a reader may take the bytes nevertheless, as nothing but the rules of writing speaks against them: a length in a longer
        /// form, padding that is not zero, text that is not UTF-8, bits that no field declares.
        optional: bool,
    },
}

impl<'s> Vectors<'s> {
    /// Of a schema; the seed decides about the random values alone.
    #[must_use]
    pub fn new(schema: &'s Valid<Schema>, seed: u64) -> Self {
        Self { codec: Codec::new(schema), makers: values::Makers::new(schema, seed), random: 2 }
    }

    /// With so many random values of each constructor and function; 2 unless this is called.
    #[must_use]
    pub fn with_random(mut self, count: usize) -> Self {
        self.random = count;
        self
    }

    /// The codec that tells what is expected.
    #[must_use]
    pub fn codec(&self) -> &Codec<'s> {
        &self.codec
    }

    /// The vectors of a constructor or function: values, and then what is refused. There are none of one with variables, nor of one
    /// that has no finite value or none that is less deep than readers accept. Where a field depends on a number in another one, as a
    /// repetition does, the values are random alone, and what is refused is cut, too long, or of another id.
    #[must_use]
    pub fn of(&mut self, combinator: CombinatorIdx) -> Vec<Vector> {
        if !self.codec.schema().combinator(combinator).generics.is_empty() {
            return Vec::new();
        }
        let values = values::values(&self.codec, &mut self.makers, combinator, self.random);
        // What is changed is the largest value that is described field by field.
        let base = values.iter().find(|vector| vector.case == values::MOST).or(values.first());
        let hostile = base.map(|base| hostile::changes(&self.codec, base, &values)).unwrap_or_default();
        values.into_iter().chain(hostile).collect()
    }

    /// A vector as `tlgen conformance` writes it; `schema/conformance.schema.json` in this crate is the form.
    #[must_use]
    pub fn to_json(&self, vector: &Vector) -> Json {
        let combinator = self.codec.schema().combinator(vector.combinator);
        let mut json = json!({
            "name": combinator.name.full(),
            "id": format!("{:08x}", combinator.id),
            "kind": if combinator.kind == SectionKind::Functions { "function" } else { "constructor" },
            "case": vector.case,
            "bytes": hex::encode(&vector.bytes),
        });
        match &vector.expected {
            Expected::Value(object) => json["value"] = self.codec.to_tagged_json(object),
            Expected::Refused { error, optional } => {
                json["refused"] = json!({
                    "reason": reason(&error.kind),
                    "offset": error.offset,
                    "optional": optional,
                    "message": error.to_string(),
                });
            }
        }
        json
    }
}

/// The JSON Schema of what `tlgen conformance` writes.
pub const JSON_SCHEMA: &str = include_str!("../../schema/conformance.schema.json");

/// The name of a reason, for programs.
fn reason(kind: &DecodeErrorKind) -> &'static str {
    match kind {
        DecodeErrorKind::UnexpectedEnd => "unexpected-end",
        DecodeErrorKind::TrailingBytes(_) => "trailing-bytes",
        DecodeErrorKind::UnexpectedId { .. } => "unexpected-id",
        DecodeErrorKind::Count(_) => "count",
        DecodeErrorKind::Length(_) => "length",
        DecodeErrorKind::LongForm => "long-form",
        DecodeErrorKind::Padding => "padding",
        DecodeErrorKind::Utf8 => "utf8",
        DecodeErrorKind::UndeclaredBits { .. } => "undeclared-bits",
        DecodeErrorKind::TooDeep => "too-deep",
        DecodeErrorKind::Schema(_) => "schema",
    }
}
