//! What can go wrong: small values of bounded size that show ids, names and offsets, never text of a message.

mod decode;
mod encode;
mod path;

pub use decode::{DecodeError, DecodeErrorKind};
pub use encode::{EncodeError, EncodeErrorKind};
