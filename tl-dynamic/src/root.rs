//! What a whole message is to be.

use serde_json::Value as Json;
use tlgen_model::schema::{CombinatorIdx, TypeExpr};

use crate::codec::{Codec, tree};
use crate::decode::{self, DecodeOptions};
use crate::encode;
use crate::error::{DecodeError, EncodeError, JsonError};
use crate::json::{self, JsonForm, Seed, Typed};
use crate::value::Value;

/// What a whole message is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Root<'a> {
    /// Whatever the id at its beginning says: a constructor, a function, `Bool`, `True`, a boxed vector of such.
    Any,
    /// A value of a type.
    Type(&'a TypeExpr),
    /// This constructor or function, with its id before it.
    Boxed(CombinatorIdx),
    /// This constructor or function without its id.
    Bare(CombinatorIdx),
}

impl Codec<'_> {
    /// Reads a message that fills `bytes`. Variables of a combinator stand for `int` and 2.
    ///
    /// # Errors
    /// As for [`Codec::decode`].
    pub fn decode_root(&self, root: Root<'_>, bytes: &[u8], options: &DecodeOptions) -> Result<Value, DecodeError> {
        decode::root(self, root, bytes, options)
    }

    /// Reads the message that `bytes` begin with, and says how many bytes it has. An `Object` is never kept as raw bytes, as
    /// something may follow it.
    ///
    /// # Errors
    /// As for [`Codec::decode`]; where only the rest is missing, [`DecodeErrorKind::UnexpectedEnd`] or
    /// [`DecodeErrorKind::Count`].
    ///
    /// [`DecodeErrorKind::UnexpectedEnd`]: crate::DecodeErrorKind::UnexpectedEnd
    /// [`DecodeErrorKind::Count`]: crate::DecodeErrorKind::Count
    pub fn decode_prefix(
        &self,
        root: Root<'_>,
        bytes: &[u8],
        options: &DecodeOptions,
    ) -> Result<(Value, usize), DecodeError> {
        decode::value_prefix(self, root, bytes, options)
    }

    /// Writes a message. With [`Codec::with_envelopes`] the length of a body is that which it has.
    ///
    /// # Errors
    /// As for [`Codec::encode`].
    pub fn encode_root(&self, root: Root<'_>, value: &Value) -> Result<Vec<u8>, EncodeError> {
        encode::root(self, root, value)
    }

    /// A message for a serializer of serde.
    #[must_use]
    pub fn typed_root<'a>(&'a self, root: Root<'a>, value: &'a Value) -> Typed<'a> {
        Typed::root(self, root, value)
    }

    /// Reads a message by a deserializer of serde: `codec.seed(root).deserialize(&mut deserializer)`.
    #[must_use]
    pub fn seed<'a>(&'a self, root: Root<'a>) -> Seed<'a> {
        Seed::new(self, root)
    }

    /// Reads the JSON of a message. Where `root` names the constructor the JSON need not.
    ///
    /// # Errors
    /// As for [`Codec::from_json`].
    pub fn from_json_root(&self, root: Root<'_>, json: &Json, form: JsonForm) -> Result<Value, JsonError> {
        json::read_root(self, root, json, form, None)
    }

    /// The value of a message whose JSON says all of its bytes: whoever reads the JSON of [`Codec::typed_root`] writes the same bytes.
    /// There is none of bytes that cannot be read, and of those that would be written in another way, such as padding that is not zero
    /// and numbers of which JSON knows no more than that they are NaN.
    ///
    /// ```
    /// use tlgen_dynamic::{Codec, Root};
    /// use tlgen_parser::source::Sources;
    ///
    /// let mut sources = Sources::new();
    /// let file = sources.add("note.tl", "note#00000001 text:string = Note;");
    /// let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
    /// let codec = Codec::new(&schema);
    /// assert!(codec.decode_for_json(Root::Any, b"\x01\0\0\0\x02hi\0").is_some());
    /// assert!(codec.decode_for_json(Root::Any, b"\x01\0\0\0\x02hi!").is_none());
    /// ```
    #[must_use]
    pub fn decode_for_json(&self, root: Root<'_>, bytes: &[u8]) -> Option<Value> {
        let value = self.decode_root(root, bytes, &DecodeOptions::lenient()).ok()?;
        let json = tree(&self.typed_root(root, &value));
        let again = self.from_json_root(root, &json, JsonForm::default()).ok()?;
        (self.encode_root(root, &again).ok()? == bytes).then_some(value)
    }

    /// The JSON Schema (draft 2020-12) of the JSON of a message: what [`Codec::typed_root`] writes is valid, and what
    /// [`Codec::from_json_root`] refuses is not. With [`Root::Any`] there are definitions of all constructors, functions and types,
    /// by their names; else of those that the message needs.
    ///
    /// Some rules of TL are none of JSON Schema: that a list has as many items as another field says, and that a field is there if a
    /// word of the object around it says so.
    #[must_use]
    pub fn json_schema(&self, root: Root<'_>, form: JsonForm) -> Json {
        json::schema(self, root, form)
    }
}
