//! How a call fails.

use alloc::string::String;
use core::fmt;

use super::KnownError;
use crate::{DecodeError, EncodeError};

/// Why a call returned nothing. `E` is a failure of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvokeError<E> {
    /// The request has no encoding; nothing was sent.
    Encode(EncodeError),
    /// The connection failed. Whether the server has seen the request is not known.
    Transport(E),
    /// The answer is not what the request returns.
    Decode(DecodeError),
    /// The server answered with an error.
    Rpc(RpcError),
}

impl<E> InvokeError<E> {
    /// The error with which the server answered, if it did.
    #[must_use]
    pub fn rpc(&self) -> Option<&RpcError> {
        match self {
            Self::Rpc(error) => Some(error),
            _ => None,
        }
    }

    /// The same with another failure of the connection.
    pub fn map_transport<T>(self, map: impl FnOnce(E) -> T) -> InvokeError<T> {
        match self {
            Self::Encode(error) => InvokeError::Encode(error),
            Self::Transport(error) => InvokeError::Transport(map(error)),
            Self::Decode(error) => InvokeError::Decode(error),
            Self::Rpc(error) => InvokeError::Rpc(error),
        }
    }
}

impl<E> From<EncodeError> for InvokeError<E> {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl<E> From<DecodeError> for InvokeError<E> {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl<E> From<RpcError> for InvokeError<E> {
    fn from(error: RpcError) -> Self {
        Self::Rpc(error)
    }
}

impl<E> fmt::Display for InvokeError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encode(_) => "the request cannot be encoded",
            Self::Transport(_) => "the connection failed",
            Self::Decode(_) => "the answer is not what the request returns",
            Self::Rpc(_) => "the server answered with an error",
        })
    }
}

impl<E: core::error::Error + 'static> core::error::Error for InvokeError<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(match self {
            Self::Encode(error) => error,
            Self::Transport(error) => error,
            Self::Decode(error) => error,
            Self::Rpc(error) => error,
        })
    }
}

/// An error that a server answers with, as it comes: `rpc_error` of MTProto, `error` of TDLib.
///
/// Where the errors of a schema are known, the generated `errors::Error` is made from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RpcError {
    /// The code, such as 420.
    pub code: i32,
    /// The text, such as `FLOOD_WAIT_31`.
    pub text: String,
}

impl RpcError {
    /// From its two parts.
    #[must_use]
    pub fn new(code: i32, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }

    /// From what a client gives that takes the number out of the text: `FLOOD_WAIT` and 31.
    ///
    /// Such a client, grammers for example, looks for the first number and deletes it with the `_` before it. `FILE_PART_3_MISSING`
    /// becomes `FILE_PART_MISSING` and 3, and where the 3 was is told by `known` alone: a list such as the generated
    /// `errors::KNOWN`. An error that is not on the list gets its number at the end, where most have it.
    ///
    /// ```
    /// use tlgen_runtime::rpc::{KnownError, RpcError};
    ///
    /// const KNOWN: &[KnownError] = &[KnownError::new(&[400], "FILE_PART_X_MISSING")];
    /// assert_eq!(RpcError::from_parts(400, "FILE_PART_MISSING", Some(3), KNOWN).text, "FILE_PART_3_MISSING");
    /// assert_eq!(RpcError::from_parts(420, "FLOOD_WAIT", Some(31), KNOWN).text, "FLOOD_WAIT_31");
    /// assert_eq!(RpcError::from_parts(400, "HASH_INVALID", None, KNOWN).text, "HASH_INVALID");
    /// ```
    #[must_use]
    pub fn from_parts(code: i32, name: &str, number: Option<u64>, known: &[KnownError]) -> Self {
        Self { code, text: super::known::restored(code, name, number, known) }
    }
}

impl fmt::Display for RpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

impl core::error::Error for RpcError {}
