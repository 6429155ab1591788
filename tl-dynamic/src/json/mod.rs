//! Value <-> JSON.
//!
//! [`Codec::to_json`](crate::Codec::to_json) says what it looks like. What differs from form to form is here; `write` and `read`
//! walk the value by its type.

mod packed;
mod parse;
mod read;
mod schema;
mod seed;
mod stream;
mod tagged;
mod vk;
mod write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tlgen_model::schema::Param;

pub use packed::{MAX_UNPACKED_LEVEL, Unpack};
pub use parse::parse_json;
pub(crate) use read::{read, read_boxed, read_root};
pub(crate) use schema::schema;
pub use seed::{Pack, Seed};
pub use stream::JsonWriter;
pub use write::Typed;

use crate::hex;

/// Which JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonForm {
    /// The form of this project: `_` names the constructor, and bytes are hex digits.
    #[default]
    Tlgen,
    /// That of TDLib's JSON interface: `@type` names the constructor, bytes are Base64, and an `int53` is a number.
    TdLib,
    /// That of VK's tools: `{"type": name, "value": fields}` where a type has several constructors, and only the fields where it has one.
    /// What is empty is left out. See <https://github.com/VKCOM/tl/blob/master/TLJSON.md>.
    Vk,
}

impl JsonForm {
    /// The key of the name of a constructor or function.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Tlgen => "_",
            Self::TdLib => "@type",
            Self::Vk => "type",
        }
    }

    fn print_bytes(self, bytes: &[u8]) -> String {
        match self {
            Self::Tlgen => hex::encode(bytes),
            Self::TdLib | Self::Vk => base64(bytes),
        }
    }

    fn parse_bytes(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Tlgen => hex::decode(text),
            Self::TdLib | Self::Vk => from_base64(text),
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The key of a parameter: its name, `""` for the only one without, else its index.
pub(crate) fn key(params: &[Param], place: usize) -> String {
    match &params[place].name {
        Some(name) => name.to_string(),
        None if params.iter().filter(|param| param.name.is_none()).count() == 1 => String::new(),
        None => place.to_string(),
    }
}
