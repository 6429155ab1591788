//! Why a value cannot be written.

use alloc::boxed::Box;
use core::fmt;

use super::path::Path;

/// What is wrong with the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// More items than a count on the wire can say: 2^31-1.
    TooManyItems {
        /// The field of the constructor or function that is being written; empty for a vector that is no field.
        field: &'static str,
        /// How many there are.
        count: usize,
    },
    /// More bytes than a length on the wire can say: 2^56-1. No machine has memory for such a value.
    TooLong {
        /// How many there are.
        length: usize,
    },
    /// Of the fields that share one flag bit some are set and some are not.
    SharedBit {
        /// The constructor or function.
        ty: &'static str,
        /// The fields, as in `a, b`.
        fields: &'static str,
    },
    /// A conditional flags field is absent, and a field whose bit it would hold is there.
    MissingWord {
        /// The constructor or function.
        ty: &'static str,
        /// The field of the word.
        field: &'static str,
    },
    /// A field has another number of items than the field that counts them says.
    CountMismatch {
        /// The constructor or function.
        ty: &'static str,
        /// The field that holds the items.
        field: &'static str,
        /// What the counting field says.
        expected: u32,
        /// How many items there are.
        actual: usize,
    },
    /// An opaque object is longer than its length field can say: 2^31-1 bytes.
    ObjectTooLong {
        /// The constructor or function.
        ty: &'static str,
        /// The field that holds the object.
        field: &'static str,
        /// How many bytes it has.
        length: usize,
    },
}

/// Why a value cannot be written: what is wrong, and within which constructors.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodeError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: EncodeErrorKind,
    path: Path,
}

impl EncodeError {
    pub(crate) fn new(kind: EncodeErrorKind) -> Self {
        Self(Box::new(Inner { kind, path: Path::default() }))
    }

    pub(crate) fn push_name(&mut self, name: &'static str) {
        self.0.path.push(name);
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> EncodeErrorKind {
        self.0.kind
    }

    /// The constructor whose fields were being written, if the error is within one.
    #[must_use]
    pub fn while_writing(&self) -> Option<&'static str> {
        self.path().first().copied()
    }

    /// The constructors around the error, innermost first, at most eight.
    #[must_use]
    pub fn path(&self) -> &[&'static str] {
        self.0.path.names()
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, path } = &*self.0;
        match *kind {
            EncodeErrorKind::TooManyItems { field, count } => {
                match field {
                    "" => f.write_str("a vector")?,
                    field => write!(f, "the field `{field}`")?,
                }
                write!(f, " has {count} items, more than the 2^31-1 that can be written")?;
            }
            EncodeErrorKind::TooLong { length } => {
                write!(f, "a string has {length} bytes, more than the 2^56-1 that can be written")?;
            }
            EncodeErrorKind::SharedBit { ty, fields } => {
                write!(f, "the fields `{fields}` of `{ty}` share a flag bit and must be all set or all unset")?;
            }
            EncodeErrorKind::MissingWord { ty, field } => {
                write!(f, "the flags word `{field}` of `{ty}` is unset, but a field that needs it is set")?;
            }
            EncodeErrorKind::CountMismatch { ty, field, expected, actual } => {
                write!(f, "the field `{field}` of `{ty}` has {actual} items, but its count says {expected}")?;
            }
            EncodeErrorKind::ObjectTooLong { ty, field, length } => {
                write!(f, "the field `{field}` of `{ty}` has {length} bytes, more than its length can say")?;
            }
        }
        if !path.names().is_empty() {
            write!(f, ", while writing {path}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, path } = &*self.0;
        f.debug_struct("EncodeError").field("kind", kind).field("path", path).finish()
    }
}

impl core::error::Error for EncodeError {}
