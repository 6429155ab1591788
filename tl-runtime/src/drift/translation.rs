//! A message as the types can read it.

use alloc::vec::Vec;
use core::ops::Range;

use super::{DriftReport, Known, Unknown};
use crate::atlas::Atlas;
use crate::{Decode, DecodeError, DecodeErrorKind, DecodeOptions, Reader};

/// The id that stands for a value that is kept: one that the types do not know. The index of the value follows.
pub(super) type Mark = u32;

/// Where a part of the output comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) output: usize,
    pub(super) input: usize,
    /// Whether it is the bytes of the input. Otherwise it was made of what begins there.
    pub(super) is_copy: bool,
}

/// A message with values that the types do not know, as one that they can read: see [`DecodeOptions::translate`].
#[derive(Clone, Debug)]
pub struct Translation<'m> {
    pub(super) input: &'m [u8],
    pub(super) out: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
    pub(super) kept: Vec<Range<usize>>,
    pub(super) mark: Mark,
    pub(super) atlas: &'static Atlas<'static>,
    pub(super) report: DriftReport,
    pub(super) length: usize,
}

impl Translation<'_> {
    /// What was made of the values that the types do not know.
    #[must_use]
    pub fn report(&self) -> &DriftReport {
        &self.report
    }

    pub(crate) fn into_report(self) -> DriftReport {
        self.report
    }

    /// The number of bytes of the message that the value takes.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a value has an id")]
    pub fn len(&self) -> usize {
        self.length
    }

    /// The value. Text of the type may point into `self`.
    ///
    /// # Errors
    /// When the bytes are no value of this type that `options` accept.
    pub fn decode<'t, T: Decode<'t>>(&'t self, options: &DecodeOptions) -> Result<T, DecodeError> {
        let mut r = self.reader(options);
        let value = T::decode(&mut r);
        self.end(r).map(|()| value)
    }

    /// A reader of the value.
    pub(crate) fn reader<'t>(&'t self, options: &DecodeOptions) -> Reader<'t> {
        let mut r = Reader::with_options(&self.out, options);
        r.translation = Some(self);
        // The message itself, and what comes with the translation, count as well.
        r.charge(self.input.len() + self.report.events.len() * super::COST);
        r
    }

    /// The error of the reader, if it has failed, with its offset in the message.
    pub(crate) fn end(&self, r: Reader<'_>) -> Result<(), DecodeError> {
        r.finish().map_err(|mut error| {
            let after = self.pieces.partition_point(|piece| piece.output <= error.offset());
            let piece = after.checked_sub(1).and_then(|index| self.pieces.get(index));
            let offset =
                piece.map_or(0, |piece| piece.input + if piece.is_copy { error.offset() - piece.output } else { 0 });
            error.set_offset(offset);
            error
        })
    }

    /// An error, if the message is longer than the value.
    pub(crate) fn whole(&self) -> Result<(), DecodeError> {
        match self.input.len() - self.length {
            0 => Ok(()),
            count => Err(DecodeError::new(DecodeErrorKind::TrailingBytes { count }, self.length)),
        }
    }

    /// Whether all of the value is kept.
    pub(crate) fn is_kept_whole(&self) -> bool {
        self.kept.first().is_some_and(|range| *range == (0..self.length))
    }

    /// An id that the types know, of the same type as the value; that of the value itself, if they know it.
    pub(crate) fn known_id_of_type(&self, known: &Known) -> Option<u32> {
        let id = u32::from_le_bytes(*self.input.first_chunk()?);
        if known.has_room(id).is_some() {
            return Some(id);
        }
        let ty = self.atlas.entry(id)?.ty()?;
        let mut same = self.atlas.entries().filter(|entry| entry.ty() == Some(ty)).map(|entry| entry.id());
        same.find(|id| known.has_room(*id).is_some())
    }

    /// All of the value, as it came.
    pub(super) fn whole_unknown(&self) -> Unknown {
        Unknown::new(self.input.get(..self.length).unwrap_or_default(), self.atlas)
    }

    /// Whether this id stands for a value that is kept.
    pub(crate) fn is_kept(&self, id: u32) -> bool {
        id == self.mark
    }

    /// The value that is kept with this index.
    pub(crate) fn unknown(&self, index: u32) -> Option<Unknown> {
        let range = self.kept.get(usize::try_from(index).ok()?)?.clone();
        Some(Unknown::new(self.input.get(range)?, self.atlas))
    }
}
