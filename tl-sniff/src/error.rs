//! Why a capture or a log of keys cannot be read.

use std::fmt;

/// Why a capture cannot be read any further.
///
/// ```
/// use tlgen_sniff::{Capture, CaptureError};
///
/// let error = Capture::new(&b"GET / HTTP/1.1\r\nHost: example\r\n"[..]).err();
/// assert_eq!(error, Some(CaptureError::Format));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CaptureError {
    /// It is neither pcap nor pcapng.
    Format,
    /// A packet or block is broken; where the next one begins is not known.
    Broken,
    /// It ends within a packet or block.
    Cut,
    /// A packet or block is longer than 64 MiB.
    TooLong,
    /// The file cannot be read.
    Read,
}

impl fmt::Display for CaptureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "it is neither pcap nor pcapng",
            Self::Broken => "a packet of the capture is broken",
            Self::Cut => "the capture ends within a packet",
            Self::TooLong => "a packet of the capture is longer than 64 MiB",
            Self::Read => "it cannot be read",
        })
    }
}

impl std::error::Error for CaptureError {}

/// What is wrong with a log of keys.
///
/// ```
/// use tlgen_sniff::{KeyLog, KeyLogErrorKind};
///
/// let error = KeyLog::parse("# by friTap\nMTPROTO_AUTH_KEY 2 00\n").unwrap_err();
/// assert_eq!((error.line, error.kind), (2, KeyLogErrorKind::Fields));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyLogError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: KeyLogErrorKind,
}

/// What is wrong with a line of a log of keys.
///
/// ```
/// use tlgen_sniff::{KeyLog, KeyLogErrorKind};
///
/// let line = format!("MTPROTO_AUTH_KEY 2 0123456789abcdef {} perm", "00".repeat(256));
/// let KeyLogErrorKind::Id { expected } = KeyLog::parse(&line).unwrap_err().kind else { panic!() };
/// assert!(KeyLog::parse(&line.replace("0123456789abcdef", &expected)).is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyLogErrorKind {
    /// It has not the five fields of a key.
    Fields,
    /// The key is not 512 hexadecimal digits.
    Key,
    /// The id is not that of the key.
    Id {
        /// What it should be.
        expected: String,
    },
}

impl fmt::Display for KeyLogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.kind {
            KeyLogErrorKind::Fields => {
                f.write_str("a key has the form `MTPROTO_AUTH_KEY <dc> <key id> <key> <perm|temp>`")
            }
            KeyLogErrorKind::Key => f.write_str("a key has 512 hexadecimal digits"),
            KeyLogErrorKind::Id { expected } => write!(f, "the id of this key is {expected}"),
        }
    }
}

impl std::error::Error for KeyLogError {}
