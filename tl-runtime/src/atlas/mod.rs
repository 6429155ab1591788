//! The wire layouts of many layers, to skip and name values that the types of a program do not know.
//!
//! TL writes no lengths, so a reader that meets an id that it does not know cannot tell where the value ends. An [`Atlas`] can:
//! it holds the layout of every id of many schemas, such as all layers of an API. `tlgen atlas` makes its bytes, and
//! `tlgen_atlas` does so in a program. Reading it allocates nothing.
//!
//! ```
//! use tlgen_runtime::atlas::Atlas;
//! use tlgen_runtime::{DecodeErrorKind, DecodeOptions};
//!
//! // Of `note#0000000a text:string = Note;`
//! let bytes = b"TLATLAS\x01\x01\0\0\0\x01\0\0\0\x02\0\0\0\0\0\0\0\x0a\0\0\0\0\0\0\0\x09\0";
//! let atlas = Atlas::new(bytes)?;
//! assert_eq!(atlas.len(), 1);
//!
//! // The note, and what comes after it.
//! let message = b"\x0a\0\0\0\x03abcmore";
//! assert_eq!(atlas.length_of(message, &DecodeOptions::new())?, 8);
//!
//! let error = atlas.length_of(b"\x0b\0\0\0", &DecodeOptions::new()).unwrap_err();
//! assert_eq!(error.kind(), DecodeErrorKind::NotInAtlas { id: 11 });
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # What skipping promises
//!
//! The promises of decoding hold: no panic, no more than [`DecodeOptions::max_depth`] levels of recursive types (and 64 of
//! others), each strict prefix is [`UnexpectedEnd`](crate::DecodeErrorKind::UnexpectedEnd). Work is bounded by the length of the input,
//! also where the atlas is broken or made by an attacker: then a wrong length may come out, and nothing worse.

mod code;
pub(crate) mod layout;
mod look;
mod names;
mod skip;

use core::fmt;

pub use look::{Look, LookItems, Part};
pub use names::{Fields, Layers};
pub(crate) use skip::{Visit, WORDS, Walker, Words, work_for};

use self::code::Code;
use crate::{DecodeError, DecodeOptions, Reader};

/// The first bytes of an atlas: its name and its version.
const MAGIC: &[u8; 8] = b"TLATLAS\x01";

/// Instead of the index of a type: the entry is a function.
const FUNCTION: u16 = u16::MAX;

/// A table of wire layouts by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atlas<'a> {
    ids: &'a [[u8; 4]],
    starts: Starts<'a>,
    types: &'a [[u8; 2]],
    code: &'a [u8],
    type_count: usize,
    names: &'a [u8],
}

/// Where in the code each layout begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Starts<'a> {
    Narrow(&'a [[u8; 2]]),
    Wide(&'a [[u8; 4]]),
}

impl Starts<'_> {
    fn get(&self, index: usize) -> Option<usize> {
        match self {
            Self::Narrow(starts) => starts.get(index).map(|start| usize::from(u16::from_le_bytes(*start))),
            Self::Wide(starts) => starts.get(index).and_then(|start| u32::from_le_bytes(*start).try_into().ok()),
        }
    }
}

/// The bytes are no atlas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AtlasError {
    /// They do not begin as those of an atlas, or belong to a version that this runtime does not know.
    Unknown,
    /// They have another length than they say.
    Length,
    /// The ids are not in ascending order.
    Order,
}

impl fmt::Display for AtlasError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "the bytes are no atlas, or one of a version that is not known",
            Self::Length => "the atlas has another length than it says",
            Self::Order => "the ids of the atlas are not in ascending order",
        })
    }
}

impl core::error::Error for AtlasError {}

impl<'a> Atlas<'a> {
    /// From its bytes, for example by `include_bytes!`. Looks at each id once.
    ///
    /// # Errors
    /// When the bytes are no atlas.
    pub fn new(bytes: &'a [u8]) -> Result<Self, AtlasError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(AtlasError::Unknown)?;
        let (header, rest) = rest.split_first_chunk::<16>().ok_or(AtlasError::Length)?;
        let number = |index: usize| -> Option<usize> {
            let bytes = header.get(4 * index..4 * index + 4)?;
            u32::from_le_bytes(bytes.try_into().ok()?).try_into().ok()
        };
        let parts = || -> Option<(Self, &'a [u8])> {
            let (count, type_count, code, names) = (number(0)?, number(1)?, number(2)?, number(3)?);
            let (ids, rest) = array::<4>(rest, count)?;
            let (starts, rest) = match u16::try_from(code) {
                Ok(_) => array::<2>(rest, count).map(|(starts, rest)| (Starts::Narrow(starts), rest))?,
                Err(_) => array::<4>(rest, count).map(|(starts, rest)| (Starts::Wide(starts), rest))?,
            };
            let (types, rest) = array::<2>(rest, count)?;
            let (code, rest) = rest.split_at_checked(code)?;
            let (names, rest) = rest.split_at_checked(names)?;
            Some((Self { ids, starts, types, code, type_count, names }, rest))
        };
        let (atlas, rest) = parts().ok_or(AtlasError::Length)?;
        if !rest.is_empty() {
            return Err(AtlasError::Length);
        }
        if !atlas.ids.is_sorted_by(|a, b| u32::from_le_bytes(*a) < u32::from_le_bytes(*b)) {
            return Err(AtlasError::Order);
        }
        Ok(atlas)
    }

    /// How many ids it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it knows no id.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// What it knows of an id.
    #[must_use]
    pub fn entry(&self, id: u32) -> Option<Entry<'a>> {
        let index = self.ids.binary_search_by_key(&id, |id| u32::from_le_bytes(*id)).ok()?;
        Some(Entry { atlas: *self, index })
    }

    /// All ids, ascending.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let atlas = *self;
        (0..self.ids.len()).map(move |index| Entry { atlas, index })
    }

    /// The number of bytes of the value, or of the request, at the start of `input`, which begins with its id.
    ///
    /// # Errors
    /// When the id, or an id within the value, is not in the atlas ([`NotInAtlas`](crate::DecodeErrorKind::NotInAtlas)), and when
    /// the options do not accept the bytes.
    pub fn length_of(&self, input: &[u8], options: &DecodeOptions) -> Result<usize, DecodeError> {
        let mut r = Reader::with_options(input, options);
        self.skip(&mut r);
        let length = r.offset();
        r.check().map(|()| length)
    }

    /// The entry at an index that the atlas has itself given.
    pub(crate) const fn entry_at(&self, index: usize) -> Entry<'a> {
        Entry { atlas: *self, index }
    }

    fn code_at(&self, index: usize) -> Option<Code<'a>> {
        self.code.get(self.starts.get(index)?..).map(Code::new)
    }

    fn type_at(&self, index: usize) -> Option<u16> {
        self.types.get(index).map(|ty| u16::from_le_bytes(*ty))
    }
}

/// The first `count` arrays of `N` bytes, and what comes after them.
fn array<const N: usize>(bytes: &[u8], count: usize) -> Option<(&[[u8; N]], &[u8])> {
    let (arrays, rest) = bytes.split_at_checked(count.checked_mul(N)?)?;
    let (arrays, more) = arrays.as_chunks::<N>();
    debug_assert!(more.is_empty(), "the length is a multiple");
    Some((arrays, rest))
}

/// A constructor or a function of an atlas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    atlas: Atlas<'a>,
    index: usize,
}

impl<'a> Entry<'a> {
    /// The index of its type, if it is a constructor.
    pub(crate) fn ty(&self) -> Option<u16> {
        self.atlas.type_at(self.index).filter(|ty| *ty != FUNCTION)
    }

    /// Its index in the atlas.
    pub(crate) const fn index(&self) -> usize {
        self.index
    }

    fn code(&self) -> Option<Code<'a>> {
        self.atlas.code_at(self.index)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.atlas.ids.get(self.index).map_or(0, |id| u32::from_le_bytes(*id))
    }

    /// Whether it is a function.
    #[must_use]
    pub fn is_function(&self) -> bool {
        self.atlas.type_at(self.index) == Some(FUNCTION)
    }
}
