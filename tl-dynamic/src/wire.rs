//! The bytes of primitive types, both ways.
//!
//! The runtime is not asked on purpose: what is written here is checked against it, byte by byte, in tests.

use tlgen_model::schema::Primitive;

pub(crate) use tlgen_model::builtin::{
    BOOL_FALSE_ID as BOOL_FALSE, BOOL_TRUE_ID as BOOL_TRUE, TRUE_ID as TRUE, VECTOR_ID as VECTOR,
};
/// The bytes of an id or a count.
pub(crate) const WORD: usize = 4;
/// The most items that the count of a vector can state.
pub(crate) const MAX_ITEMS: usize = i32::MAX as usize;
/// The most bytes that the length of a string can state.
pub(crate) const MAX_BYTES: u64 = (1 << 56) - 1;

/// The bytes of a primitive; for a string its length with padding.
pub(crate) fn primitive_size(primitive: Primitive) -> usize {
    match primitive {
        Primitive::Int | Primitive::Float | Primitive::String | Primitive::Bytes | Primitive::Bool => 4,
        Primitive::Long | Primitive::Double => 8,
        Primitive::Int128 => 16,
        Primitive::Int256 => 32,
        Primitive::Int512 => 64,
        Primitive::True => 0,
    }
}

/// How many zero bytes follow `written` bytes of a string, its length included.
pub(crate) fn padding(written: usize) -> usize {
    written.wrapping_neg() % 4
}

/// Writes a string: its length, its bytes, zeros up to a multiple of four. `false` if it is too long.
pub(crate) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) -> bool {
    let length = bytes.len() as u64;
    let start = out.len();
    match length {
        0..=253 => out.push(length.to_le_bytes()[0]),
        254..0x0100_0000 => {
            out.push(0xfe);
            out.extend_from_slice(&length.to_le_bytes()[..3]);
        }
        _ if length <= MAX_BYTES => {
            out.push(0xff);
            out.extend_from_slice(&length.to_le_bytes()[..7]);
        }
        _ => return false,
    }
    out.extend_from_slice(bytes);
    out.resize(out.len() + padding(out.len() - start), 0);
    true
}

/// Bytes and the offset of the next one.
#[derive(Clone, Copy)]
pub(crate) struct Input<'b> {
    bytes: &'b [u8],
    offset: usize,
}

/// Why a string could not be read.
pub(crate) enum BytesError {
    End,
    LongForm,
    Padding,
}

impl<'b> Input<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, offset: 0 }
    }

    /// At an offset, which is not after the end.
    pub(crate) fn at(bytes: &'b [u8], offset: usize) -> Self {
        Self { bytes, offset: offset.min(bytes.len()) }
    }

    /// How many bytes were read.
    pub(crate) fn offset(&self) -> usize {
        self.offset
    }

    /// How many bytes are left.
    pub(crate) fn remaining(&self) -> usize {
        self.bytes.len() - self.offset
    }

    /// The next word, which stays.
    pub(crate) fn peek(&self) -> Option<u32> {
        self.bytes.get(self.offset..)?.first_chunk().map(|word| u32::from_le_bytes(*word))
    }

    /// Ends the input at an offset; gives what [`Self::widen`] takes.
    pub(crate) fn narrow(&mut self, end: usize) -> &'b [u8] {
        let outer = self.bytes;
        self.bytes = &outer[..end];
        outer
    }

    /// Takes back an earlier end.
    pub(crate) fn widen(&mut self, outer: &'b [u8]) {
        self.bytes = outer;
    }

    /// The next `length` bytes, or nothing if there are fewer; then none is taken.
    pub(crate) fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let end = self.offset.checked_add(length)?;
        let taken = self.bytes.get(self.offset..end)?;
        self.offset = end;
        Some(taken)
    }

    /// Goes back by `length` bytes, which were taken before.
    pub(crate) fn rewind(&mut self, length: usize) {
        self.offset -= length;
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    /// Reads a string. `canonical`: only the shortest form of the length and zeros as padding will do.
    pub(crate) fn string(&mut self, canonical: bool) -> Result<&'b [u8], BytesError> {
        let start = self.offset;
        // Nearly all are short: one look whether all of it is there.
        if let Some((&first @ 0..=253, rest)) = self.bytes.get(start..).and_then(<[u8]>::split_first) {
            let length = usize::from(first);
            if let Some((bytes, padding)) = rest.get(..length + padding(length + 1)).map(|rest| rest.split_at(length)) {
                if canonical && padding.iter().any(|byte| *byte != 0) {
                    return Err(BytesError::Padding);
                }
                self.offset = start + 1 + length + padding.len();
                return Ok(bytes);
            }
        }
        let [first] = self.array().ok_or(BytesError::End)?;
        let mut long = [0; 8];
        let (length, least) = match first {
            0xfe => {
                long[..3].copy_from_slice(self.take(3).ok_or(BytesError::End)?);
                (u64::from_le_bytes(long), 254)
            }
            0xff => {
                long[..7].copy_from_slice(self.take(7).ok_or(BytesError::End)?);
                (u64::from_le_bytes(long), 1 << 24)
            }
            short => (u64::from(short), 0),
        };
        if canonical && length < least {
            return Err(BytesError::LongForm);
        }
        let length = usize::try_from(length).map_err(|_| BytesError::End)?;
        let bytes = self.take(length).ok_or(BytesError::End)?;
        let padding = self.take(padding(self.offset - start)).ok_or(BytesError::End)?;
        if canonical && padding.iter().any(|byte| *byte != 0) {
            return Err(BytesError::Padding);
        }
        Ok(bytes)
    }
}
