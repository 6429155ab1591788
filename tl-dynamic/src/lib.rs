//! TL values without generated code: a [`Value`] is read, written and made up by the schema alone.
//!
//! In comes a linked [`tl_model::schema::Schema`]; what can not be linked never gets here. A [`Codec`] turns bytes into
//! values and back, and values into JSON and back; a [`Generator`] makes random values that reach every corner of the schema. Templates, natural
//! arguments and repetitions are walked with their arguments at hand, so a value is as concrete as its bytes.

mod codec;
mod decode;
mod encode;
mod error;
mod hex;
mod json;
mod random;
mod scope;
mod value;
mod wire;

pub use codec::Codec;
pub use decode::DecodeOptions;
pub use error::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, JsonError, JsonErrorKind, Path, SchemaFault, Step,
};
pub use random::{Generator, Objects, Profile, RandomError};
pub use value::{Object, Value};

/// How many constructors and functions may stand within each other, unless [`DecodeOptions::max_depth`] says otherwise.
pub const MAX_DEPTH: usize = 128;
