//! Why a command ended early, and with which exit code.

use std::fmt;
use std::io;
use std::path::Path;

use tlgen_build::disk::WriteError;

/// A command that did not end as it should.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input is at fault; the text was rendered with its places and ends with a line break.
    Diagnostics(String),
    /// The input is at fault.
    Input(String),
    /// The call is at fault.
    Call(String),
    /// Standard output can not be written.
    Output(io::Error),
}

impl Failure {
    /// A file that can not be read: the call named it.
    pub(crate) fn read(path: &Path, error: &io::Error) -> Self {
        Self::Call(format!("cannot read `{}`: {error}", path.display()))
    }

    /// A file or folder that can not be written.
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
    /// Exit code 1, and everything was said.
    AtFault,
}
