//! Why bytes cannot be read as a value.

use alloc::boxed::Box;
use core::fmt;

use super::path::Path;

/// What is wrong with the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ends before the value does.
    UnexpectedEnd,
    /// There are bytes after the value.
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// No constructor of the type has this id.
    UnknownId {
        /// The id that was read.
        id: u32,
        /// The boxed type that was expected.
        ty: &'static str,
    },
    /// Another id than the only one that is possible here.
    UnexpectedId {
        /// The id that was read.
        id: u32,
        /// The id that was expected.
        expected: u32,
        /// The constructor that was expected.
        name: &'static str,
    },
    /// A number of items below zero.
    NegativeCount {
        /// The number that was read.
        count: i32,
    },
    /// A number of items that no message has: they would take more than 4 GiB, or they take no bytes at all and are
    /// more than [`EMPTY_ITEMS_BUDGET`](crate::DecodeOptions::EMPTY_ITEMS_BUDGET) allows.
    CountTooLarge {
        /// The number that was read.
        count: u32,
    },
    /// A length of more than 4 GiB, and more than the input.
    LengthTooLarge {
        /// The length that was read, below 2^56.
        length: u64,
    },
    /// The length of a length-prefixed object is no positive multiple of 4.
    InvalidLength {
        /// The length that was read.
        length: i32,
    },
    /// A length in a longer form than it needs.
    NonCanonicalLength {
        /// The length that was read.
        length: u64,
    },
    /// Padding other than zeros.
    NonZeroPadding,
    /// Text that is not UTF-8. The offset is that of the first invalid byte.
    InvalidUtf8,
    /// Bits that the schema does not declare, in strict mode.
    UndeclaredBits {
        /// These bits.
        bits: u32,
    },
    /// More levels of a recursive type than [`DecodeOptions::max_depth`](crate::DecodeOptions::max_depth).
    TooDeep {
        /// The type.
        ty: &'static str,
        /// The limit.
        limit: u32,
    },
    /// The value takes more memory than [`DecodeOptions::max_memory`](crate::DecodeOptions::max_memory).
    TooMuchMemory {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The id is in no layer of the atlas, so it is not known where the value ends.
    NotInAtlas {
        /// The id.
        id: u32,
    },
    /// The atlas knows the id, but as one of another type than the field has.
    WrongType {
        /// The id.
        id: u32,
    },
    /// The atlas itself is broken.
    BrokenAtlas,
    /// Going through the message by the atlas takes more steps than its length justifies: so does an atlas that was made for it, and
    /// no schema that is in use.
    TooMuchWork,
    /// What replaces the values that the types do not know takes more memory than the length of the message justifies.
    TooMuchDrift,
}

/// Why bytes cannot be read as a value: what is wrong, at which byte, and within which constructors.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: DecodeErrorKind,
    offset: usize,
    path: Path,
    id_name: Option<&'static str>,
    is_recoverable: bool,
}

impl DecodeError {
    pub(crate) fn new(kind: DecodeErrorKind, offset: usize) -> Self {
        Self(Box::new(Inner { kind, offset, path: Path::default(), id_name: None, is_recoverable: false }))
    }

    pub(crate) fn push_name(&mut self, name: &'static str) {
        self.0.path.push(name);
    }

    pub(crate) fn set_offset(&mut self, offset: usize) {
        self.0.offset = offset;
    }

    pub(crate) fn set_recoverable(&mut self) {
        self.0.is_recoverable = true;
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.0.kind
    }

    /// Where: the number of bytes before what could not be read.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The constructor whose fields were being read, if the error is within one.
    #[must_use]
    pub fn while_reading(&self) -> Option<&'static str> {
        self.path().first().copied()
    }

    /// The constructors around the error, innermost first, at most eight.
    #[must_use]
    pub fn path(&self) -> &[&'static str] {
        self.0.path.names()
    }

    /// The id that was read, where an id is at fault.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        match self.0.kind {
            DecodeErrorKind::UnknownId { id, .. }
            | DecodeErrorKind::UnexpectedId { id, .. }
            | DecodeErrorKind::NotInAtlas { id }
            | DecodeErrorKind::WrongType { id } => Some(id),
            _ => None,
        }
    }

    /// Whether an id is at fault that the types or the atlas do not know: what comes from a server that is ahead of the program,
    /// or from a reader that has gone out of step.
    #[must_use]
    pub fn is_drift(&self) -> bool {
        self.id().is_some()
    }

    /// Whether what comes after the value can be saved, although no type around the unknown [`id`](Self::id) has room for it: the
    /// atlas knows where the value that was to be decoded ends, as [`Atlas::length_of`](crate::atlas::Atlas::length_of) says.
    /// For types with borrowed text, [`DecodeOptions::translate`](crate::DecodeOptions::translate) makes room.
    #[must_use]
    pub fn is_recoverable(&self) -> bool {
        self.0.is_recoverable
    }

    /// The name that belongs to [`id`](Self::id), if [`with_names`](Self::with_names) knew it.
    #[must_use]
    pub fn id_name(&self) -> Option<&'static str> {
        self.0.id_name
    }

    /// Looks up the name of [`id`](Self::id) in the `NAMES` of generated code, so that the message can show it. `names`
    /// is sorted by id.
    #[must_use]
    pub fn with_names(mut self, names: &[(u32, &'static str)]) -> Self {
        let found = self.id().and_then(|id| names.binary_search_by_key(&id, |entry| entry.0).ok());
        if let Some(&(_, name)) = found.and_then(|place| names.get(place)) {
            self.0.id_name = Some(name);
        }
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, offset, path, id_name, is_recoverable: _ } = &*self.0;
        let id = |f: &mut fmt::Formatter<'_>, id: u32| match id_name {
            Some(name) => write!(f, "the id {id:#010x} (`{name}`)"),
            None => write!(f, "the id {id:#010x}"),
        };
        match *kind {
            DecodeErrorKind::UnexpectedEnd => f.write_str("the input ends too early")?,
            DecodeErrorKind::TrailingBytes { count: 1 } => f.write_str("1 byte is left after the value")?,
            DecodeErrorKind::TrailingBytes { count } => write!(f, "{count} bytes are left after the value")?,
            DecodeErrorKind::UnknownId { id: found, ty } => {
                id(f, found)?;
                write!(f, " is no constructor of `{ty}`")?;
            }
            DecodeErrorKind::UnexpectedId { id: found, expected, name } => {
                id(f, found)?;
                write!(f, " stands where `{name}` ({expected:#010x}) is expected")?;
            }
            DecodeErrorKind::NegativeCount { count } => write!(f, "a number of items is negative ({count})")?,
            DecodeErrorKind::CountTooLarge { count } => write!(f, "a number of items is too large ({count})")?,
            DecodeErrorKind::LengthTooLarge { length } => write!(f, "a length is too large ({length} bytes)")?,
            DecodeErrorKind::InvalidLength { length } => {
                write!(f, "the length of an object is no positive multiple of 4 ({length})")?;
            }
            DecodeErrorKind::NonCanonicalLength { length } => {
                write!(f, "the length {length} is written in a longer form than it needs")?;
            }
            DecodeErrorKind::NonZeroPadding => f.write_str("padding is not zero")?,
            DecodeErrorKind::InvalidUtf8 => f.write_str("text is not UTF-8")?,
            DecodeErrorKind::UndeclaredBits { bits } => {
                write!(f, "the flag bits {bits:#010x} are not declared in the schema")?;
            }
            DecodeErrorKind::TooDeep { ty, limit } => write!(f, "`{ty}` is nested in more than {limit} levels")?,
            DecodeErrorKind::TooMuchMemory { limit } => write!(f, "the value takes more than {limit} bytes of memory")?,
            DecodeErrorKind::NotInAtlas { id: found } => {
                id(f, found)?;
                f.write_str(" is in no layer of the atlas")?;
            }
            DecodeErrorKind::WrongType { id: found } => {
                id(f, found)?;
                f.write_str(" is of another type than the field")?;
            }
            DecodeErrorKind::BrokenAtlas => f.write_str("the atlas is broken")?,
            DecodeErrorKind::TooMuchWork => {
                f.write_str("the atlas takes too many steps for a message of this length")?;
            }
            DecodeErrorKind::TooMuchDrift => f.write_str("what replaces the unknown values takes too much memory")?,
        }
        write!(f, ", at byte {offset}")?;
        if !path.names().is_empty() {
            write!(f, " while reading {path}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, offset, path, id_name, is_recoverable } = &*self.0;
        f.debug_struct("DecodeError")
            .field("kind", kind)
            .field("offset", offset)
            .field("path", path)
            .field("id_name", id_name)
            .field("is_recoverable", is_recoverable)
            .finish()
    }
}

impl core::error::Error for DecodeError {}
