//! Why a command ended early, and with which exit code.

use std::fmt;
use std::io;
use std::path::Path;

use tlgen_build::disk::WriteError;

/// A command that did not end as it should.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Problems were found in the input; the text is rendered with its locations and ends with a line break.
    Diagnostics(String),
    /// Problems were found in the input.
    Input(String),
    /// A usage error.
    Call(String),
    /// Standard output cannot be written.
    Output(io::Error),
}

impl Failure {
    /// A file that cannot be read: a usage error, as an argument named it.
    pub(crate) fn read(path: &Path, error: &io::Error) -> Self {
        Self::Call(format!("cannot read `{}`: {error}", path.display()))
    }

    /// A file or folder that cannot be written.
    pub(crate) fn write(path: &Path, error: &io::Error) -> Self {
        Self::Call(format!("cannot write `{}`: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Diagnostics(text) | Self::Input(text) | Self::Call(text) => f.write_str(text),
            Self::Output(error) => write!(f, "cannot write to standard output: {error}"),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Call(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Exit code 0.
    Done,
    /// Exit code 1; everything has been reported.
    AtFault,
}
