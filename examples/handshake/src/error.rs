//! What can go wrong below the calls.

use std::{fmt, io};

/// A failure of a connection.
#[derive(Debug)]
pub enum ConnectionError {
    /// The network.
    Io(io::Error),
    /// The other side closed the connection, or an earlier call was cancelled before its answer.
    Closed,
    /// No answer came in time.
    TimedOut,
    /// The other side does not speak the intermediate transport.
    NotIntermediate,
    /// A frame is longer than any that is expected here.
    FrameTooLong {
        /// Its length in bytes.
        length: u32,
    },
    /// The other side refused what it got: the negative of a code like those of HTTP, such as -404.
    Refused {
        /// The code.
        code: i32,
    },
    /// A message is broken.
    Envelope(&'static str),
    /// The system gives no random numbers.
    Random(getrandom::Error),
}

impl fmt::Display for ConnectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Closed => f.write_str("the connection is closed"),
            Self::TimedOut => f.write_str("no answer came in time"),
            Self::NotIntermediate => f.write_str("the other side does not speak the intermediate transport"),
            Self::FrameTooLong { length } => write!(f, "a frame of {length} bytes is too long"),
            Self::Refused { code } => write!(f, "the other side refused the message with code {code}"),
            Self::Envelope(what) => write!(f, "broken message: {what}"),
            Self::Random(error) => write!(f, "no random numbers: {error}"),
        }
    }
}

impl std::error::Error for ConnectionError {}

impl From<io::Error> for ConnectionError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::Closed } else { Self::Io(error) }
    }
}

impl From<getrandom::Error> for ConnectionError {
    fn from(error: getrandom::Error) -> Self {
        Self::Random(error)
    }
}
