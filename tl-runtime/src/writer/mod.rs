//! The writer: appends values to bytes and keeps the first error.

mod fields;
mod items;

use alloc::vec::Vec;
use core::fmt;

use crate::types::text::{self, LONG_FORM, LONG_MAX, LONG_MIN, MIDDLE_FORM, MIDDLE_MIN, padding};
use crate::{EncodeError, EncodeErrorKind, unchecked};

/// Data of fewer bytes is short: with its length it fits into a block of this size.
const SHORT: usize = 32;

/// Appends values to bytes and keeps the first error.
///
/// Generated code and hand-written codecs call it. The bytes mean nothing after a failure, so only [`finish`](Self::finish)
/// gives them.
///
/// ```
/// let mut w = tlgen_runtime::Writer::new();
/// w.put(&1i32);
/// w.put("test");
/// assert_eq!(w.finish()?, b"\x01\0\0\0\x04test\0\0\0");
/// # Ok::<(), tlgen_runtime::EncodeError>(())
/// ```
#[derive(Default)]
pub struct Writer {
    pub(crate) buf: Vec<u8>,
    failure: Option<EncodeError>,
}

impl Writer {
    /// A writer with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer that appends to `buf`.
    #[must_use]
    pub fn append_to(buf: Vec<u8>) -> Self {
        Self { buf, failure: None }
    }

    /// Whether nothing has failed so far.
    #[inline]
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.failure.is_none()
    }

    /// The bytes, or the error that was kept.
    ///
    /// # Errors
    /// When something has failed.
    #[inline]
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        match self.failure {
            None => Ok(self.buf),
            Some(failure) => Err(failure),
        }
    }

    /// The buffer, whatever is in it, and whether all went well.
    #[inline]
    pub(crate) fn into_parts(self) -> (Vec<u8>, Result<(), EncodeError>) {
        (self.buf, self.failure.map_or(Ok(()), Err))
    }

    /// Fails the writer, unless it has failed before.
    #[cold]
    #[inline(never)]
    pub fn fail(&mut self, kind: EncodeErrorKind) {
        self.failure.get_or_insert_with(|| EncodeError::new(kind));
    }

    /// Notes the constructor around an error, if that has happened within it.
    #[cold]
    #[inline(never)]
    fn note(&mut self, was_ok: bool, name: &'static str) {
        if let Some(failure) = self.failure.as_mut().filter(|_| was_ok) {
            failure.push_name(name);
        }
    }

    /// Makes room for this number of bytes more, at once.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.buf.reserve(bytes);
    }

    /// `bytes` as they are.
    #[inline]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.buf.extend_from_slice(bytes);
    }

    /// `bytes` as they are, for a length that the compiler knows.
    #[inline]
    pub fn array<const N: usize>(&mut self, bytes: [u8; N]) {
        unchecked::append(&mut self.buf, &bytes);
    }

    /// A `bytes` or `string`: its length in the shortest form, `data`, and zeros up to a multiple of 4.
    pub fn bytes(&mut self, data: &[u8]) {
        if data.len() >= SHORT || !self.short_bytes(data) {
            self.long_bytes(data);
        }
    }

    /// Nearly all strings: the data is laid over a block of zeros in parts of fixed sizes, which may overlap, and the zeros that are too
    /// many are not appended. Every copy has a length that the compiler knows.
    #[inline]
    fn short_bytes(&mut self, data: &[u8]) -> bool {
        unchecked::append_laid(&mut self.buf, |[first, block @ ..]: &mut [u8; SHORT]| {
            *first = data.len() as u8;
            let _ = lay::<16>(block, data)
                || lay::<8>(block, data)
                || lay::<4>(block, data)
                || lay::<2>(block, data)
                || lay::<1>(block, data);
            (data.len() / 4 + 1) * 4
        })
    }

    #[inline(never)]
    fn long_bytes(&mut self, data: &[u8]) {
        // One growth for all three parts.
        unchecked::make_room(&mut self.buf, data.len().saturating_add(12));
        let length = data.len() as u64;
        if length < MIDDLE_MIN {
            self.array([length as u8]);
        } else if length < LONG_MIN {
            self.array(((length as u32) << 8 | u32::from(MIDDLE_FORM)).to_le_bytes());
        } else if length <= LONG_MAX {
            self.array((length << 8 | u64::from(LONG_FORM)).to_le_bytes());
        } else {
            return self.fail(EncodeErrorKind::TooLong { length: data.len() });
        }
        self.buf.extend_from_slice(data);
        // As many zeros as there can be, less those that are too many: how many are needed cannot be predicted.
        let end = self.buf.len() + padding(text::header(length) + data.len());
        self.array([0; 4]);
        self.buf.truncate(end);
    }
}

/// Lays `data` over the start of `block`, if it is made of one or two parts of `N` bytes.
#[inline]
fn lay<const N: usize>(block: &mut [u8], data: &[u8]) -> bool {
    let (Some(first), Some(last)) = (data.first_chunk::<N>(), data.last_chunk::<N>()) else { return false };
    let Some(block) = block.get_mut(..data.len()) else { return false };
    if let Some(to) = block.first_chunk_mut::<N>() {
        *to = *first;
    }
    if let Some(to) = block.last_chunk_mut::<N>() {
        *to = *last;
    }
    true
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("written", &self.buf.len())
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}
