//! What is wrong with a connection.

use std::fmt;

/// What is wrong with frames.
///
/// ```
/// use tlgen_mtproto::{TransportError, detect};
///
/// assert_eq!(detect(b"GET / HTTP/1.1").err(), Some(TransportError::OtherProtocol));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportError {
    /// The connection begins as one of another protocol, such as HTTP.
    OtherProtocol,
    /// The first 64 bytes are those of no transport, obfuscated or not.
    Unknown,
    /// A frame is longer than is taken.
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// A frame is too short for what it is, or its length is no multiple of 4 where it must be.
    Length {
        /// Its length in bytes.
        length: usize,
    },
    /// The number of a full frame is not that of the one before and one more.
    Sequence {
        /// The number that comes next.
        expected: u32,
        /// The number of the frame.
        found: u32,
    },
    /// The check sum of a full frame is wrong.
    Checksum,
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherProtocol => f.write_str("it begins as another protocol"),
            Self::Unknown => f.write_str("it begins as no known transport"),
            Self::TooLong { length } => write!(f, "a frame of {length} bytes is too long"),
            Self::Length { length } => write!(f, "a frame cannot have {length} bytes"),
            Self::Sequence { expected, found } => write!(f, "frame {found} in the place of {expected}"),
            Self::Checksum => f.write_str("the check sum is wrong"),
        }
    }
}

impl std::error::Error for TransportError {}
