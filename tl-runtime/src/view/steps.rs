//! The steps of generated code: one for each operation of the table.

use super::code::{Walk, Walked};
use super::layouts::{self, after_short_bytes};
use crate::reader::short_bytes;
use crate::unchecked::from_utf8;
use crate::{Mode, Reader, ids};

/// The way through a value: what is left of the input, apart from the reader so that it is in registers.
#[derive(Debug)]
pub struct Steps<'a, 'r, const CHECK: bool> {
    rest: &'a [u8],
    r: &'r mut Reader<'a>,
}

impl<'a, 'r, const CHECK: bool> Steps<'a, 'r, CHECK> {
    #[inline]
    pub(crate) fn new(r: &'r mut Reader<'a>, rest: &'a [u8]) -> Self {
        Self { rest, r }
    }

    #[inline]
    pub(crate) fn rest(self) -> &'a [u8] {
        self.rest
    }

    /// As many bytes.
    #[inline]
    pub fn fixed(&mut self, len: usize) -> Walked {
        self.rest = self.rest.get(len..)?;
        Some(())
    }

    /// A word that may have any bits.
    #[inline]
    pub fn word(&mut self) -> Option<u32> {
        let (word, tail) = self.rest.split_first_chunk()?;
        self.rest = tail;
        Some(u32::from_le_bytes(*word))
    }

    /// A flags word with these bits.
    #[inline]
    pub fn flags(&mut self, declared: u32) -> Option<u32> {
        let word = self.word()?;
        if CHECK && word & !declared != 0 && self.r.options.mode == Mode::Strict {
            return None;
        }
        Some(word)
    }

    /// This id.
    #[inline]
    pub fn id(&mut self, id: u32) -> Walked {
        (self.word()? == id).then_some(())
    }

    /// A `Bool`.
    #[inline]
    pub fn bool(&mut self) -> Walked {
        let id = self.word()?;
        (!CHECK || matches!(id, ids::BOOL_TRUE | ids::BOOL_FALSE)).then_some(())
    }

    /// A `string`.
    #[inline]
    pub fn text(&mut self) -> Walked {
        if !CHECK {
            return self.bytes();
        }
        self.rest = text(self.r, self.rest)?;
        Some(())
    }

    /// A `string` that need not be UTF-8.
    #[inline]
    pub fn lossy(&mut self) -> Walked {
        if !CHECK {
            return self.bytes();
        }
        self.rest = slowly(self.r, self.rest, Reader::skip_lossy)?;
        Some(())
    }

    /// A `bytes`.
    #[inline]
    pub fn bytes(&mut self) -> Walked {
        self.rest = if CHECK {
            bytes(self.r, self.rest)?
        } else if let Some(tail) = after_short_bytes(self.rest) {
            tail
        } else {
            long(self.r, self.rest)?
        };
        Some(())
    }

    /// An object of as many bytes.
    pub fn object(&mut self, len: u32) -> Walked {
        self.rest = slowly(self.r, self.rest, |r| _ = r.object_bytes(len.cast_signed()))?;
        Some(())
    }

    /// An object that takes all that is left.
    pub fn last_object(&mut self) -> Walked {
        self.rest = slowly(self.r, self.rest, |r| _ = r.last_object())?;
        Some(())
    }

    /// Begins a level of a recursive type.
    #[inline]
    pub fn enter(&mut self) -> Walked {
        (!self.r.is_too_deep()).then_some(())
    }

    /// Ends it.
    #[inline]
    pub fn leave(&mut self) {
        self.r.leave();
    }

    /// The fields of a constructor, or a value of an enum.
    #[inline]
    pub fn value<T: Walk>(&mut self) -> Walked {
        self.rest = T::walk::<CHECK>(self.r, self.rest)?;
        Some(())
    }

    /// An id that the type does not know.
    #[inline]
    pub fn unknown(&mut self) -> Walked {
        None
    }

    /// The number of items of a vector. The number `least` says how small one can be, as in the table.
    #[inline]
    pub fn count(&mut self, least: u32) -> Option<u32> {
        let count = self.word()?;
        self.repeat(count, least)
    }

    /// The same after the id of `vector`.
    #[inline]
    pub fn vector(&mut self, least: u32) -> Option<u32> {
        self.id(ids::VECTOR)?;
        self.count(least)
    }

    /// As many items.
    #[inline]
    pub fn repeat(&mut self, count: u32, least: u32) -> Option<u32> {
        if least & layouts::EMPTY != 0 {
            let mut checked = 0;
            slowly(self.r, self.rest, |r| checked = layouts::checked(r, count, least))?;
            return Some(checked);
        }
        let is_there = u64::from(count) * u64::from(least) <= self.rest.len() as u64;
        (is_there && count <= i32::MAX.cast_unsigned()).then_some(count)
    }

    /// Items that take as many bytes each, with any contents.
    #[inline]
    pub fn fixed_items(&mut self, count: u32, size: usize) -> Walked {
        self.fixed(count as usize * size)
    }

    /// Items that take as many bytes each, in which there is something to check.
    #[inline]
    pub fn items(&mut self, count: u32, size: usize, mut item: impl FnMut(&mut Self) -> Walked) -> Walked {
        if !CHECK {
            return self.fixed_items(count, size);
        }
        (0..count).try_for_each(|_| item(self))
    }

    /// That was all.
    #[inline]
    pub fn end(&mut self) -> Walked {
        Some(())
    }
}

/// What comes after the text at the start of `rest`.
#[inline(never)]
fn text<'a>(r: &mut Reader<'a>, rest: &'a [u8]) -> Option<&'a [u8]> {
    if let Some((data, tail)) = short_bytes(rest)
        && from_utf8(data).is_ok()
    {
        return Some(tail);
    }
    slowly(r, rest, Reader::skip_text)
}

/// What comes after the `bytes` at the start of `rest`.
#[inline(never)]
fn bytes<'a>(r: &mut Reader<'a>, rest: &'a [u8]) -> Option<&'a [u8]> {
    if let Some((_, tail)) = short_bytes(rest) {
        return Some(tail);
    }
    long(r, rest)
}

/// The same for `bytes` in another form than the short one.
#[cold]
#[inline(never)]
fn long<'a>(r: &mut Reader<'a>, rest: &'a [u8]) -> Option<&'a [u8]> {
    slowly(r, rest, |r| _ = r.bytes())
}

/// What is left after `step` of the reader.
fn slowly<'a>(r: &mut Reader<'a>, rest: &'a [u8], step: impl FnOnce(&mut Reader<'a>)) -> Option<&'a [u8]> {
    r.rest = rest;
    step(r);
    r.is_ok().then_some(r.rest)
}
