//! One direction of a connection of TCP: segments as they were seen, out as the bytes that were sent, in their order.

use std::collections::BTreeMap;

/// How many bytes wait for others that were sent before them.
const MAX_WAITING: usize = 1 << 22;

/// How far ahead of the next byte a connection may be reset.
const WINDOW: u32 = 1 << 20;

/// What comes next in a direction.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'d> {
    Bytes(&'d [u8]),
    /// So many bytes are not in the capture.
    Lost(u64),
}

/// The state of a direction.
#[derive(Debug, Default)]
pub(crate) struct Direction {
    /// The number of the next byte, counted without end from the first number that was seen.
    next: Option<u64>,
    /// Segments after a hole: the bytes, and how many follow them that the capture does not have.
    waiting: BTreeMap<u64, (Vec<u8>, usize)>,
    waiting_bytes: usize,
}

impl Direction {
    /// Its first byte has this number, if nothing was seen before.
    pub(crate) fn begin(&mut self, sequence: u32) {
        if self.next.is_none() {
            self.next = Some(u64::from(sequence) + (1 << 32));
        }
    }

    /// Whether anything was seen.
    pub(crate) fn has_begun(&self) -> bool {
        self.next.is_some()
    }

    /// Whether a byte with this number may come soon, as must be so where the other end is to believe a segment without bytes.
    pub(crate) fn is_near(&self, sequence: u32) -> bool {
        self.next.is_none_or(|next| sequence.wrapping_sub(next as u32) <= WINDOW)
    }

    /// Takes a segment, and gives out what comes next.
    pub(crate) fn segment(&mut self, sequence: u32, data: &[u8], cut: usize, mut give: impl FnMut(Piece<'_>)) {
        self.begin(sequence);
        let Some(next) = self.next else { return };
        // The number nearest to the next one.
        let distance = i64::from(sequence.wrapping_sub(next as u32) as i32);
        let Some(start) = next.checked_add_signed(distance) else { return };
        if start > next {
            if !data.is_empty() || cut > 0 {
                self.wait(start, data, cut);
            }
            while self.waiting_bytes > MAX_WAITING {
                self.skip(&mut give);
            }
            return;
        }
        self.advance(start, data, cut, &mut give);
        self.release(&mut give);
    }

    /// Keeps a segment until what is before it has come.
    fn wait(&mut self, start: u64, data: &[u8], cut: usize) {
        let is_more = self.waiting.get(&start).is_none_or(|(other, _)| other.len() < data.len());
        if is_more {
            self.waiting_bytes += data.len() + 64;
            if let Some((other, _)) = self.waiting.insert(start, (data.to_vec(), cut)) {
                self.waiting_bytes -= other.len() + 64;
            }
        }
    }

    /// Gives out what is new of bytes that begin at or before the next one.
    fn advance(&mut self, start: u64, data: &[u8], cut: usize, give: &mut impl FnMut(Piece<'_>)) {
        let next = self.next.unwrap_or(start);
        let known = usize::try_from(next - start).unwrap_or(usize::MAX);
        let mut reached = next;
        if let Some(new) = data.get(known..)
            && !new.is_empty()
        {
            give(Piece::Bytes(new));
            reached += new.len() as u64;
        }
        let end = start + data.len() as u64 + cut as u64;
        if cut > 0 && end > reached {
            give(Piece::Lost(end - reached));
            reached = end;
        }
        self.next = Some(reached);
    }

    fn release(&mut self, give: &mut impl FnMut(Piece<'_>)) {
        while let Some(entry) = self.waiting.first_entry() {
            if self.next.is_none_or(|next| *entry.key() > next) {
                break;
            }
            let (start, (data, cut)) = entry.remove_entry();
            self.waiting_bytes -= data.len() + 64;
            self.advance(start, &data, cut, give);
        }
    }

    /// Gives up the bytes of the first hole.
    fn skip(&mut self, give: &mut impl FnMut(Piece<'_>)) {
        if let (Some((&start, _)), Some(next)) = (self.waiting.first_key_value(), self.next) {
            give(Piece::Lost(start - next));
            self.next = Some(start);
            self.release(give);
        }
    }

    /// Gives out all that waits: nothing comes any more.
    pub(crate) fn end(&mut self, mut give: impl FnMut(Piece<'_>)) {
        while !self.waiting.is_empty() {
            self.skip(&mut give);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes out of segments; `Err` for what is lost.
    fn run(first: u32, segments: &[(u32, &str)]) -> Vec<Result<String, u64>> {
        let (mut direction, mut out) = (Direction::default(), Vec::new());
        direction.begin(first);
        for &(at, text) in segments {
            direction.segment(first.wrapping_add(at), text.as_bytes(), 0, |piece| push(&mut out, &piece));
        }
        direction.end(|piece| push(&mut out, &piece));
        out
    }

    fn push(out: &mut Vec<Result<String, u64>>, piece: &Piece<'_>) {
        match piece {
            Piece::Bytes(bytes) => out.push(Ok(String::from_utf8(bytes.to_vec()).unwrap())),
            Piece::Lost(count) => out.push(Err(*count)),
        }
    }

    #[test]
    fn bytes_come_in_their_order_and_once() {
        // Also where numbers begin again at 0.
        for first in [0, 77, u32::MAX - 3, u32::MAX] {
            let text =
                |segments: &[(u32, &str)]| -> String { run(first, segments).into_iter().map(Result::unwrap).collect() };
            assert_eq!(text(&[(0, "abc"), (3, "def")]), "abcdef");
            assert_eq!(text(&[(3, "def"), (0, "abc")]), "abcdef");
            assert_eq!(text(&[(0, "abc"), (0, "abc"), (3, "def"), (3, "def")]), "abcdef");
            assert_eq!(text(&[(0, "abc"), (1, "bcd"), (6, "ghi"), (2, "cdefg")]), "abcdefghi");
            assert_eq!(text(&[(6, "gh"), (3, "de"), (3, "def"), (0, "abc")]), "abcdefgh");
            // Not a segment of data, but a sign of life: its number is one too small.
            assert_eq!(text(&[(0, "abc"), (2, ""), (2, "x"), (3, "def")]), "abcdef");
        }
    }

    #[test]
    fn what_is_lost_is_counted() {
        assert_eq!(
            run(9, &[(0, "ab"), (5, "fg"), (7, "h")]),
            [Ok("ab".into()), Err(3), Ok("fg".into()), Ok("h".into())]
        );
        let (mut direction, mut out) = (Direction::default(), Vec::new());
        direction.segment(5, b"ab", 4, |piece| push(&mut out, &piece));
        direction.segment(11, b"cd", 0, |piece| push(&mut out, &piece));
        assert_eq!(out, [Ok("ab".into()), Err(4), Ok("cd".into())]);
    }

    /// A hole that is never filled holds back no more than its share.
    #[test]
    fn memory_is_bounded() {
        let (mut direction, mut lost) = (Direction::default(), 0);
        direction.begin(0);
        for number in 1..20_000u32 {
            direction.segment(number * 1000, &[0; 999], 0, |piece| lost += u64::from(matches!(piece, Piece::Lost(_))));
            assert!(direction.waiting_bytes <= MAX_WAITING + 1100);
        }
        assert!(lost > 10_000);
    }
}
