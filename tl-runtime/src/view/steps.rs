//! The steps of generated code: one for each operation of the table.
//!
//! They are always inlined: what is left of the input is in registers then. What is long is in functions that take it by value.

use super::bounds::Bounds;
use super::code::{Walk, Walked};
use super::layouts::{EMPTY, after_short_bytes, sizes};
use crate::reader::short_bytes;
use crate::unchecked::from_utf8;
use crate::{DecodeOptions, Mode, Reader, ids};

/// The way through a value: what is left of the input, apart from its bounds so that it is in registers.
#[derive(Debug)]
pub struct Steps<'a, 'r, const CHECK: bool> {
    rest: &'a [u8],
    bounds: &'r mut Bounds,
}

impl<'a, 'r, const CHECK: bool> Steps<'a, 'r, CHECK> {
    #[inline(always)]
    pub(crate) fn new(bounds: &'r mut Bounds, rest: &'a [u8]) -> Self {
        Self { rest, bounds }
    }

    #[inline(always)]
    pub(crate) fn rest(self) -> &'a [u8] {
        self.rest
    }

    /// As many bytes.
    #[inline(always)]
    pub fn fixed(&mut self, len: usize) -> Walked {
        self.rest = self.rest.get(len..)?;
        Some(())
    }

    /// A word that may have any bits.
    #[inline(always)]
    pub fn word(&mut self) -> Option<u32> {
        let (word, tail) = self.rest.split_first_chunk()?;
        self.rest = tail;
        Some(u32::from_le_bytes(*word))
    }

    /// A flags word with these bits.
    #[inline(always)]
    pub fn flags(&mut self, declared: u32) -> Option<u32> {
        let word = self.word()?;
        if CHECK && word & !declared != 0 && self.bounds.mode == Mode::Strict {
            return None;
        }
        Some(word)
    }

    /// This id.
    #[inline(always)]
    pub fn id(&mut self, id: u32) -> Walked {
        (self.word()? == id).then_some(())
    }

    /// A `Bool`.
    #[inline(always)]
    pub fn bool(&mut self) -> Walked {
        let id = self.word()?;
        (!CHECK || matches!(id, ids::BOOL_TRUE | ids::BOOL_FALSE)).then_some(())
    }

    /// A `string`.
    #[inline(always)]
    pub fn text(&mut self) -> Walked {
        if !CHECK {
            return self.bytes();
        }
        self.rest = text(self.bounds.mode, self.rest)?;
        Some(())
    }

    /// A `string` that need not be UTF-8.
    #[inline(always)]
    pub fn lossy(&mut self) -> Walked {
        if !CHECK {
            return self.bytes();
        }
        self.rest = slowly(self.bounds.mode, self.rest, Reader::skip_lossy)?;
        Some(())
    }

    /// A `bytes`.
    #[inline(always)]
    pub fn bytes(&mut self) -> Walked {
        self.rest = if CHECK {
            bytes(self.bounds.mode, self.rest)?
        } else if let Some(tail) = after_short_bytes(self.rest) {
            tail
        } else {
            long(self.bounds.mode, self.rest)?
        };
        Some(())
    }

    /// An object of as many bytes.
    pub fn object(&mut self, len: u32) -> Walked {
        self.rest = slowly(self.bounds.mode, self.rest, |r| _ = r.object_bytes(len.cast_signed()))?;
        Some(())
    }

    /// An object that takes all that is left.
    pub fn last_object(&mut self) -> Walked {
        self.rest = slowly(self.bounds.mode, self.rest, |r| _ = r.last_object())?;
        Some(())
    }

    /// Begins a level of a recursive type.
    #[inline(always)]
    pub fn enter(&mut self) -> Walked {
        self.bounds.enter()
    }

    /// Ends it.
    #[inline(always)]
    pub fn leave(&mut self) {
        self.bounds.leave();
    }

    /// The fields of a constructor, or a value of an enum.
    #[inline(always)]
    pub fn value<T: Walk>(&mut self) -> Walked {
        self.rest = T::walk::<CHECK>(self.bounds, self.rest)?;
        Some(())
    }

    /// An id that the type does not know.
    #[inline(always)]
    pub fn unknown(&mut self) -> Walked {
        None
    }

    /// The number of items of a vector. The number `least` says how small one can be, as in the table.
    #[inline(always)]
    pub fn count(&mut self, least: u32) -> Option<u32> {
        let count = self.word()?;
        self.repeat(count, least)
    }

    /// The same after the id of `vector`.
    #[inline(always)]
    pub fn vector(&mut self, least: u32) -> Option<u32> {
        self.id(ids::VECTOR)?;
        self.count(least)
    }

    /// As many items.
    #[inline(always)]
    pub fn repeat(&mut self, count: u32, least: u32) -> Option<u32> {
        if count > i32::MAX.cast_unsigned() {
            return None;
        }
        if least & EMPTY != 0 {
            self.bounds.take_empty(count, sizes(least).1)?;
            return Some(count);
        }
        (u64::from(count) * u64::from(least) <= self.rest.len() as u64).then_some(count)
    }

    /// Items that take as many bytes each, with any contents.
    #[inline(always)]
    pub fn fixed_items(&mut self, count: u32, size: usize) -> Walked {
        self.fixed(count as usize * size)
    }

    /// Items that take as many bytes each, in which there is something to check.
    #[inline(always)]
    pub fn items(&mut self, count: u32, size: usize, mut item: impl FnMut(&mut Self) -> Walked) -> Walked {
        if !CHECK {
            return self.fixed_items(count, size);
        }
        (0..count).try_for_each(|_| item(self))
    }

    /// That was all.
    #[inline(always)]
    pub fn end(&mut self) -> Walked {
        Some(())
    }
}

/// What comes after the text at the start of `rest`. It is no part of what calls it, which would be large.
#[inline(never)]
fn text(mode: Mode, rest: &[u8]) -> Option<&[u8]> {
    match after_name(rest) {
        Some(tail) => Some(tail),
        None => any_text(mode, rest),
    }
}

/// The same for any text.
#[inline(never)]
fn any_text(mode: Mode, rest: &[u8]) -> Option<&[u8]> {
    if let Some((data, tail)) = short_bytes(rest)
        && (is_short_text(data) || from_utf8(data).is_ok())
    {
        return Some(tail);
    }
    slowly(mode, rest, Reader::skip_text)
}

/// What comes after the text at the start of `rest`, if it has at most 15 bytes and only characters of one and of two bytes, as most
/// names have. No branch depends on how long it is.
#[inline]
fn after_name(rest: &[u8]) -> Option<&[u8]> {
    /// For each length the bytes of the text, and those of the padding.
    const BYTES: [[u64; 4]; 16] = {
        let mut bytes = [[0; 4]; 16];
        let mut len = 0;
        while len < 16 {
            let text = (u128::MAX >> (120 - 8 * len)) & !0xff;
            let padding = (u128::MAX >> (128 - 8 * ((len + 4) & !3))) & !0xff & !text;
            bytes[len] = [text as u64, (text >> 64) as u64, padding as u64, (padding >> 64) as u64];
            len += 1;
        }
        bytes
    };
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let words: &[u8; 16] = rest.first_chunk()?;
    let (low, high) = (u64::from_le_bytes(*words.first_chunk()?), u64::from_le_bytes(*words.last_chunk()?));
    let len = low as usize & 0xff;
    let &[of_low, of_high, after_low, after_high] = BYTES.get(len)?;
    if low & after_low | high & after_high != 0 {
        return None;
    }
    let (low, high) = (low & of_low, high & of_high);
    if (low | high) & HIGH != 0 && !is_text(low, high) {
        return None;
    }
    rest.get((len + 4) & !3..)
}

/// Whether at most 64 bytes begin with a character of two bytes, and have only those and such of one byte: faster than the standard check,
/// which looks at one character after the other. Where there are others, that one is fast.
#[inline]
fn is_short_text(data: &[u8]) -> bool {
    if data.len() > 64 || data.first().is_none_or(u8::is_ascii) {
        return false;
    }
    let chunks = data.chunks_exact(8);
    let left = chunks.remainder().len() as u32;
    // After the last bytes come zeros, at least one.
    let Some(last) =
        data.last_chunk().and_then(|last| u64::from_le_bytes(*last).checked_shr(64 - 8 * left).or(Some(0)))
    else {
        return false;
    };
    let (mut wrong, mut open) = (0, 0);
    for word in chunks.filter_map(|chunk| chunk.first_chunk().copied()).map(u64::from_le_bytes).chain([last]) {
        let (first, second, more) = pairs(word);
        wrong |= more | (first << 8 | open) ^ second;
        open = first >> 56;
    }
    wrong == 0
}

/// Whether 16 bytes are characters of one and of two bytes.
#[inline]
fn is_text(low: u64, high: u64) -> bool {
    let ((first, second, wrong), (first_high, second_high, wrong_high)) = (pairs(low), pairs(high));
    let expected = (first << 8 ^ second) | (first_high << 8 | first >> 56) ^ second_high;
    wrong | wrong_high | expected | first_high >> 63 == 0
}

/// The highest bits of the bytes that begin a character of two bytes, and of those that go on with one; not zero at last if one of the
/// first is none: another bit says that there are more than two, and one of the bits 1 to 4 must be set.
#[inline]
fn pairs(word: u64) -> (u64, u64, u64) {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let (above, first) = (word & HIGH, word & HIGH & word << 1);
    (first, above & !first, first & (word << 2 | !((word & (ONES * 0x1e)) + ONES * 0x7e)))
}

/// What comes after the `bytes` at the start of `rest`.
#[inline(never)]
fn bytes(mode: Mode, rest: &[u8]) -> Option<&[u8]> {
    if let Some((_, tail)) = short_bytes(rest) {
        return Some(tail);
    }
    long(mode, rest)
}

/// The same for `bytes` in another form than the short one.
#[cold]
#[inline(never)]
fn long(mode: Mode, rest: &[u8]) -> Option<&[u8]> {
    slowly(mode, rest, |r| _ = r.bytes())
}

/// What is left after `step` of the reader.
fn slowly<'a>(mode: Mode, rest: &'a [u8], step: impl FnOnce(&mut Reader<'a>)) -> Option<&'a [u8]> {
    let mut r = Reader::with_options(rest, &DecodeOptions::new().mode(mode));
    step(&mut r);
    r.is_ok().then_some(r.rest)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn is_name(text: &[u8]) -> bool {
        let mut bytes = Vec::from([text.len() as u8]);
        bytes.extend_from_slice(text);
        bytes.resize((bytes.len() + 3) & !3, 0);
        let end = bytes.len();
        bytes.extend_from_slice(&[0xff; 16]);
        let left = after_name(&bytes).map(<[u8]>::len);
        assert!(left.is_none() || left == Some(bytes.len() - end));
        left.is_some()
    }

    /// What is taken is text.
    #[test]
    fn short_text_is_text() {
        let bytes = [0, b'a', 0x80, 0xbf, 0xc1, 0xc2, 0xd0, 0xdf, 0xe0, 0xff];
        for before in 0..=32 {
            for (a, b, c) in bytes.iter().flat_map(|a| bytes.iter().flat_map(move |b| bytes.map(|c| (*a, *b, c)))) {
                for start in [&[][..], b"a"] {
                    let mut text = Vec::from("\u{439}".as_bytes());
                    text.extend_from_slice(start);
                    text.extend("\u{439}".bytes().cycle().take(2 * before));
                    text.extend_from_slice(&[a, b, c]);
                    let is_text = str::from_utf8(&text).is_ok_and(|text| text.chars().all(|char| char.len_utf8() < 3));
                    assert_eq!(is_short_text(&text), is_text && (8..=64).contains(&text.len()), "{text:x?}");
                }
            }
        }
        assert!(!is_short_text(b"") && !is_short_text(b"abcdefghi"));
    }

    /// What is taken is text, and all text of characters of at most two bytes is taken.
    #[test]
    fn names_are_text() {
        let bytes = [0, b'a', 0x7f, 0x80, 0xa9, 0xbf, 0xc0, 0xc1, 0xc2, 0xd0, 0xdf, 0xe0, 0xe2, 0xf0, 0xff];
        for before in 0..=12 {
            let mut text = Vec::from([b'a'; 15]);
            for (a, b, c) in bytes.iter().flat_map(|a| bytes.iter().flat_map(move |b| bytes.map(|c| (*a, *b, c)))) {
                text.truncate(before);
                text.extend_from_slice(&[a, b, c]);
                let is_text =
                    core::str::from_utf8(&text).is_ok_and(|text| text.chars().all(|char| char.len_utf8() < 3));
                assert_eq!(is_name(&text), is_text, "{text:x?}");
            }
        }
        assert!(is_name(b"") && !is_name(&[b'a'; 16]));
        assert_eq!(after_name(b"\x01a\0\x01_______________"), None, "the padding is not zero");
        assert_eq!(after_name(b"\x01a\0\0"), None, "others see to the end of the input");
    }
}
