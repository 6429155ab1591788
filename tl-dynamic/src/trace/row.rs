//! What comes out of a trace.

use std::ops::Range;

use tlgen_model::schema::{Combinator, Param};

use crate::error::{DecodeErrorKind, Path};
use crate::value::Value;

/// What each byte of a message is.
#[derive(Clone, Debug, Default)]
pub struct Trace<'s> {
    /// The parts of the message. The bytes of a row begin where those of the row before it end.
    pub rows: Vec<Row<'s>>,
}

/// A part of a message. Parts of a group follow it and have a greater depth.
#[derive(Clone, Debug)]
pub struct Row<'s> {
    /// How many groups are around it.
    pub depth: usize,
    /// Its bytes; of a group its id and its count.
    pub bytes: Range<usize>,
    /// Where it is in the group around it.
    pub slot: Slot<'s>,
    /// What it is.
    pub kind: RowKind<'s>,
}

/// Where a row is in the group around it.
#[derive(Clone, Copy, Debug)]
pub enum Slot<'s> {
    /// The whole message.
    Root,
    /// A field of a constructor, a function, or a record.
    Field {
        /// The constructor or function; of a record in a repetition the one around it.
        of: Option<&'s Combinator>,
        /// The fields.
        params: &'s [Param],
        /// The index of the field among them.
        index: usize,
    },
    /// An item of a list.
    Item(usize),
    /// A value that was found between bytes that mean nothing.
    Found,
}

/// What a row is.
#[derive(Clone, Debug)]
pub enum RowKind<'s> {
    /// A constructor or function. It has no bytes where it is bare.
    Object(&'s Combinator),
    /// A vector: its id if it is boxed, and its count.
    Vector {
        /// The number of items that is written.
        count: u32,
    },
    /// A repetition, whose length something else says.
    Repeat {
        /// The number of items.
        count: u32,
    },
    /// An item of a repetition with several fields.
    Record,
    /// A value without parts, with its id where it has one.
    Value(Value),
    /// Here something is wrong. It has no bytes.
    Fault {
        /// What is wrong.
        kind: DecodeErrorKind,
        /// At which byte; the row is before the first byte of the part that it is in.
        offset: usize,
        /// What was being read.
        path: Path,
        /// What would have fitted instead of an id, the most similar first.
        fits: Vec<Fit>,
    },
    /// Bytes that mean nothing.
    Hole,
}

/// An id that would have fitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The id.
    pub id: u32,
    /// What has it.
    pub name: String,
    /// How many bits differ from those that came.
    pub bits: u32,
}

impl Trace<'_> {
    /// Whether all bytes are as they should be.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.rows.iter().any(|row| matches!(row.kind, RowKind::Fault { .. } | RowKind::Hole))
    }

    /// How often something is wrong.
    #[must_use]
    pub fn faults(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.kind, RowKind::Fault { .. })).count()
    }

    /// How many bytes mean nothing.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.kind, RowKind::Hole)).map(|row| row.bytes.len()).sum()
    }
}
