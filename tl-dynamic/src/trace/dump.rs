//! Rows -> lines for people: offset, bytes, name, type, value.

use std::fmt::Write as _;

use super::row::{Row, RowKind, Trace};
use super::say::{Ink, Pieces, Sayer};
use crate::hex;

/// How many bytes a line shows.
const BYTES: usize = 16;

/// How many columns the bytes have: two digits each, and a blank after every four.
const COLUMNS: usize = BYTES * 2 + BYTES / 4;

/// How deep a line is indented at most.
const MAX_INDENT: usize = 40;

/// What an annotated dump looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How many columns a line has at most; lines are not made narrower than 60.
    pub width: usize,
    /// Whether there are colours, as escape sequences of terminals.
    pub color: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 120, color: false }
    }
}

impl Ink {
    fn on(self) -> &'static str {
        match self {
            Self::Offset | Self::Type => "\x1b[2m",
            Self::Bytes => "\x1b[36m",
            Self::Name => "\x1b[1m",
            Self::Value => "\x1b[32m",
            Self::Wrong => "\x1b[1m\x1b[91m",
        }
    }
}

impl<'s> Trace<'s> {
    /// The rows as text: a line for each, with its offset and its bytes, then its name, type and value as deep as it stands. Of
    /// long values only the beginning is shown.
    ///
    /// `bytes` are those that were traced.
    #[must_use]
    pub fn dump(&self, bytes: &[u8], look: Look) -> String {
        let digits = bytes.len().to_string().len().max(4);
        let mut dump = Dump { look, digits, sayer: Sayer::default(), out: String::new() };
        for row in &self.rows {
            dump.row(row, bytes);
        }
        dump.out
    }
}

struct Dump<'s> {
    look: Look,
    digits: usize,
    sayer: Sayer<'s>,
    out: String,
}

impl<'s> Dump<'s> {
    fn row(&mut self, row: &Row<'s>, bytes: &[u8]) {
        let mut pieces = self.sayer.pieces(row);
        if matches!(row.kind, RowKind::Fault { .. }) {
            return pieces.iter().for_each(|(_, text)| self.wrong(row, text));
        }
        let own = &bytes[row.bytes.clone()];
        // Nothing is known of a hole but its bytes, so all are shown.
        let shown = if matches!(row.kind, RowKind::Hole) { own.len() } else { own.len().min(BYTES) };
        let left = own.len() - shown;
        if left > 0 {
            pieces.push((Ink::Type, format!("  ({} bytes)", own.len())));
        }
        let mut chunks = own[..shown].chunks(BYTES);
        self.line(row.bytes.start, chunks.next().unwrap_or_default(), row.depth, &pieces, left > 0);
        for (index, chunk) in chunks.enumerate() {
            self.line(row.bytes.start + (index + 1) * BYTES, chunk, 0, &Pieces::new(), false);
        }
    }

    fn wrong(&mut self, row: &Row<'s>, text: &str) {
        // What is wrong is said in full, on as many lines as it takes.
        let indent = (row.depth * 2).min(MAX_INDENT);
        let room = self.look.width.max(60).saturating_sub(self.digits + 2 + COLUMNS + indent).max(30);
        let mut lines = vec![String::new()];
        for word in text.split_inclusive(' ') {
            let last = lines.last().map_or(0, |last| last.chars().count());
            if last + word.trim_end().chars().count() > room && last > 2 {
                lines.push("  ".to_owned());
            }
            lines.last_mut().expect("there is a line").push_str(word);
        }
        for line in lines {
            let blank = self.digits + 2 + COLUMNS + indent;
            self.out.extend(std::iter::repeat_n(' ', blank));
            self.ink(Ink::Wrong, line.trim_end());
            self.out.push('\n');
        }
    }

    fn line(&mut self, offset: usize, bytes: &[u8], depth: usize, pieces: &Pieces, is_cut: bool) {
        let offset = if bytes.is_empty() { String::new() } else { offset.to_string() };
        self.ink(Ink::Offset, &format!("{offset:>width$}  ", width = self.digits));
        let mut groups: Vec<String> = bytes.chunks(4).map(hex::encode).collect();
        if is_cut && let Some(last) = groups.last_mut() {
            last.truncate(6);
            last.push_str("..");
        }
        self.ink(Ink::Bytes, &format!("{:<COLUMNS$}", groups.join(" ")));
        let indent = (depth * 2).min(MAX_INDENT);
        self.out.extend(std::iter::repeat_n(' ', indent));
        let mut left = self.look.width.max(60).saturating_sub(self.digits + 2 + COLUMNS + indent);
        for (ink, text) in pieces {
            let count = text.chars().count();
            if count > left {
                let short: String = text.chars().take(left.saturating_sub(3)).chain("...".chars()).collect();
                self.ink(*ink, &short);
                break;
            }
            self.ink(*ink, text);
            left -= count;
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    fn ink(&mut self, ink: Ink, text: &str) {
        if self.look.color && !text.trim().is_empty() {
            _ = write!(self.out, "{}{text}\x1b[0m", ink.on());
        } else {
            self.out.push_str(text);
        }
    }
}
