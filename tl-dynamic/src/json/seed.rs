//! Any format of serde -> value.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error};

use super::JsonForm;
use super::read::read_root;
use crate::codec::Codec;
use crate::error::JsonError;
use crate::root::Root;
use crate::value::Value;

/// Reads a [`Value`] of a type by any deserializer of serde whose format describes itself, as JSON does; made by
/// [`Codec::seed`].
///
/// It is the counterpart of [`Typed`](crate::Typed). A deserializer that is not of JSON must have maps with text as keys.
#[derive(Clone, Copy, Debug)]
pub struct Seed<'a> {
    codec: &'a Codec<'a>,
    root: Root<'a>,
    form: JsonForm,
    pack: Option<Pack>,
}

/// Packs the content of a `gzip_packed`.
pub type Pack = fn(&[u8]) -> Vec<u8>;

impl<'a> Seed<'a> {
    pub(crate) fn new(codec: &'a Codec<'a>, root: Root<'a>) -> Self {
        Self { codec, root, form: JsonForm::default(), pack: None }
    }

    /// In another form.
    #[must_use]
    pub fn with_form(self, form: JsonForm) -> Self {
        Self { form, ..self }
    }

    /// With messages in fields of `gzip_packed` that are written as such, as by [`Typed::with_unpacked`](crate::Typed::with_unpacked). The
    /// form of VK does not know them.
    #[must_use]
    pub fn with_packed(self, pack: Pack) -> Self {
        Self { pack: Some(pack), ..self }
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// As for [`Codec::from_json`].
    pub fn read(self, json: &serde_json::Value) -> Result<Value, JsonError> {
        read_root(self.codec, self.root, json, self.form, self.pack)
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        // A field may say what another one before it is, so the whole object is read first.
        let json = serde_json::Value::deserialize(from)?;
        self.read(&json).map_err(D::Error::custom)
    }
}
