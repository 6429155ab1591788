//! Errors that come in the place of answers.

use alloc::string::String;
use alloc::vec::Vec;

use crate::rpc::RpcError;
use crate::{Combinator, DecodeError, DecodeOptions, DecodeOwned};

/// The error `E`, if `answer` begins with its id.
#[must_use]
pub fn error<E>(answer: &[u8], options: &DecodeOptions) -> Option<Result<RpcError, DecodeError>>
where
    E: Combinator + DecodeOwned + Into<RpcError>,
{
    answer.starts_with(&E::ID.to_le_bytes()).then(|| options.from_bytes::<E>(answer).map(Into::into))
}

/// The types that a text can have in generated code.
pub trait ErrorText {
    /// As the text of an error. What is not UTF-8 is repaired.
    fn error_text(self) -> String;
}

impl ErrorText for String {
    fn error_text(self) -> String {
        self
    }
}

impl ErrorText for Vec<u8> {
    fn error_text(self) -> String {
        String::from_utf8_lossy(&self).into_owned()
    }
}

#[cfg(feature = "compact_str")]
impl ErrorText for crate::CompactString {
    fn error_text(self) -> String {
        self.into()
    }
}
