//! Byte offsets to lines and columns.
//!
//! What comes in is the text of one file; what goes out is a [`LineIndex`], built in one pass, that answers every later
//! question in constant time, even for a file of one endless line.

use tlgen_parser::source::Span;

/// How many bytes there are between two checkpoints of [`LineIndex::wide`].
const STEP: usize = 512;

/// The byte order mark, which does not count as a column.
const BOM: char = '\u{feff}';

/// A position for people and editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1. A line ends at `\n`.
    pub line: u32,
    /// The column, from 1: how many Unicode scalar values (`char`s) are before it on its line, plus one. A tab counts as
    /// one; a byte order mark at the start of the file does not count.
    pub column: u32,
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct LineIndex<'s> {
    text: &'s str,
    /// The offset of the first byte of each line; that of the first line is after a byte order mark.
    starts: Vec<usize>,
    /// How many bytes that continue a `char` there are before each multiple of [`STEP`].
    wide: Vec<usize>,
}

impl<'s> LineIndex<'s> {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &'s str) -> Self {
        let first = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
        let mut starts = vec![first];
        let mut wide = Vec::with_capacity(text.len() / STEP + 1);
        let mut continuing = 0;
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            if at % STEP == 0 {
                wide.push(continuing);
            }
            if byte == b'\n' {
                starts.push(at + 1);
            }
            continuing += usize::from(continues(byte));
        }
        Self { text, starts, wide }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'s str {
        self.text
    }

    /// How many lines there are: one or more, including the empty one after a last `\n`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether the text is empty; it has one line even so.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The line and column of a byte offset. An offset after the end counts as the end; an offset inside a `char` counts as
    /// its first byte.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.clamp(offset as usize);
        let line = self.line_of(offset);
        Position { line: number(line), column: number(self.chars(self.starts[line], offset)) }
    }

    /// The index in [`Self::bounds`] of the line of a clamped offset.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The bytes of a line, from 0, without its `\n` or `\r\n`.
    pub(crate) fn bounds(&self, line: usize) -> (usize, usize) {
        let start = self.starts[line];
        let Some(next) = self.starts.get(line + 1) else { return (start, self.text.len()) };
        let end = next - 1;
        let has_return = end > start && self.text.as_bytes()[end - 1] == b'\r';
        (start, end - usize::from(has_return))
    }

    /// The span with both ends in the text, after a byte order mark, and on the first byte of a `char`.
    pub(crate) fn clip(&self, span: Span) -> (usize, usize) {
        let start = self.clamp(span.start as usize);
        let end = self.clamp(span.end as usize);
        (start, end.max(start))
    }

    /// How many `char`s there are between two clamped offsets.
    pub(crate) fn chars(&self, from: usize, to: usize) -> usize {
        (to - from) - (self.continuing(to) - self.continuing(from))
    }

    fn clamp(&self, offset: usize) -> usize {
        floor_char(self.text, offset.min(self.text.len())).max(self.starts[0])
    }

    fn continuing(&self, offset: usize) -> usize {
        let step = (offset / STEP).min(self.wide.len().saturating_sub(1));
        let counted = self.wide.get(step).copied().unwrap_or(0);
        let rest = &self.text.as_bytes()[(step * STEP).min(offset)..offset];
        counted + rest.iter().filter(|&&byte| continues(byte)).count()
    }
}

/// The nearest boundary of a `char` at or before `offset`, which is in the text.
pub(crate) fn floor_char(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn continues(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

fn number(from_zero: usize) -> u32 {
    u32::try_from(from_zero + 1).unwrap_or(u32::MAX)
}
