//! A constructor in a message.

use core::fmt;

use super::View;
use super::at::{At, Form, Message};
use super::layouts::{Step, Words, is_there, op};
use super::steps::Steps;
use crate::{Decode, DecodeBare, DecodeError, Reader};

/// A view of the fields of one constructor, by whatever type it is read: what each view of generated code is made of.
#[derive(Clone, Copy)]
pub struct RawView<'a> {
    pub(crate) message: Message<'a>,
    /// The offset of its fields.
    pub(crate) start: usize,
    /// How many levels of recursive types are around its fields.
    pub(crate) depth: u32,
    pub(crate) constructor: u32,
    /// Whether the id comes before the fields.
    pub(crate) has_id: bool,
}

impl<'a> RawView<'a> {
    /// The id of the constructor.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.message.layouts.id(self.constructor)
    }

    /// The TL name of the constructor.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.message.layouts.name(self.constructor)
    }

    /// Where in the message it begins: its id, or its first field where it has no id.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.start - if self.has_id { 4 } else { 0 }
    }

    /// Its bytes, with the id where it has one. To find the end its fields are gone over.
    ///
    /// # Errors
    /// When the end cannot be found.
    pub fn as_bytes(&self) -> Result<&'a [u8], DecodeError> {
        let message = &self.message;
        let mut bounds = message.bounds(self.depth);
        let fast = message.layouts.fast_bare::<false>(&mut bounds, message.rest(self.start), self.constructor);
        let end = match fast {
            Some(rest) => message.offset(rest),
            None => self.end_slowly()?,
        };
        Ok(message.input.get(self.offset()..end).unwrap_or_default())
    }

    #[cold]
    fn end_slowly(&self) -> Result<usize, DecodeError> {
        let mut r = self.reader();
        self.message.layouts.bare::<false>(&mut r, self.constructor);
        let end = r.offset();
        if !r.is_ok() {
            // The first mistake may be before the one that was in the way.
            self.check()?;
        }
        r.check().map(|()| end)
    }

    /// Checks all of its fields, and what is in them, as decoding does. Nothing is allocated.
    ///
    /// # Errors
    /// The one that decoding would give.
    pub fn check(&self) -> Result<(), DecodeError> {
        let message = &self.message;
        let mut bounds = message.bounds(self.depth);
        if message.layouts.fast_bare::<true>(&mut bounds, message.rest(self.start), self.constructor).is_some() {
            return Ok(());
        }
        let mut r = self.reader();
        message.layouts.bare::<true>(&mut r, self.constructor);
        r.check()
    }

    /// The value as one of a type that is encoded in the same way: an owned or a borrowed one of generated code.
    ///
    /// # Errors
    /// When the bytes are no value of this type. The offset is that in the whole message.
    pub fn decode<T: Decode<'a>>(&self) -> Result<T, DecodeError> {
        let mut r = self.message.reader(self.offset(), 0);
        let value = T::decode(&mut r);
        r.check().map(|()| value)
    }

    /// The same for a constructor, whether it has an id here or not.
    ///
    /// # Errors
    /// When the bytes are no value of this type. The offset is that in the whole message.
    pub fn decode_bare<T: DecodeBare<'a>>(&self) -> Result<T, DecodeError> {
        let mut r = self.message.reader(self.start, 0);
        let value = r.bare();
        r.check().map(|()| value)
    }

    /// A field that is always there, at this step of the constructor.
    #[doc(hidden)]
    #[inline]
    pub fn get<T: View<'a>>(&self, step: u32) -> Result<T, DecodeError> {
        T::load(&self.find(step)?.at(&self.message))
    }

    /// A field that is there or not.
    #[doc(hidden)]
    #[inline]
    pub fn opt<T: View<'a>>(&self, step: u32) -> Result<Option<T>, DecodeError> {
        let place = self.find(step)?;
        if place.is_there { T::load(&place.at(&self.message)).map(Some) } else { Ok(None) }
    }

    /// A bit of the word at this step.
    #[doc(hidden)]
    pub fn flag(&self, step: u32, bit: u32) -> Result<bool, DecodeError> {
        let place = self.find(step)?;
        let layouts = self.message.layouts;
        if !place.is_there {
            return Ok(false);
        }
        let at = place.at(&self.message);
        let mut bounds = self.message.bounds(place.depth);
        let mut w = Steps::<true>::new(&mut bounds, self.message.rest(place.offset));
        let word = match at.step() {
            Step { op: op::WORD, next, .. } => w.flags(layouts.word(next)),
            _ => w.word(),
        };
        let word = match word {
            Some(word) => word,
            None => at.read(|r, step| match step.op {
                op::WORD => r.flags(layouts.word(step.next)),
                _ => r.u32(),
            })?,
        };
        Ok(word >> (bit & 31) & 1 != 0)
    }

    /// Where the value of a step is, and whether it is there.
    #[inline(never)]
    fn find(&self, step: u32) -> Result<Place, DecodeError> {
        let Message { layouts, options, .. } = &self.message;
        let start = layouts.start(self.constructor);
        let stop = start.saturating_add(step as usize);
        let (mut bounds, mut words) = (self.message.bounds(self.depth), Words::default());
        let rest = self.message.rest(self.start);
        let (offset, depth) = match layouts.fast_fields::<false>(&mut bounds, rest, start, &mut words, stop) {
            Some(rest) => (self.message.offset(rest), bounds.depth(options)),
            None => {
                words = Words::default();
                self.find_slowly(start, stop, &mut words)?
            }
        };
        Ok(Place { offset, depth, is_there: is_there(layouts.word(stop), &words), form: Form::Step(stop), words })
    }

    #[cold]
    fn find_slowly(&self, start: usize, stop: usize, words: &mut Words) -> Result<(usize, u32), DecodeError> {
        let layouts = self.message.layouts;
        let mut r = self.reader();
        layouts.fields::<false>(&mut r, start, words, stop);
        if !r.is_ok() {
            // The first mistake may be before the one that was in the way.
            (r, *words) = (self.reader(), Words::default());
            layouts.fields::<true>(&mut r, start, words, stop);
        }
        if !r.is_ok() {
            r.note(true, self.name());
        }
        let place = (r.offset(), r.depth());
        r.check().map(|()| place)
    }

    fn reader(&self) -> Reader<'a> {
        self.message.reader(self.start, self.depth)
    }
}

/// Where a field is.
struct Place {
    offset: usize,
    depth: u32,
    is_there: bool,
    form: Form,
    words: Words,
}

impl Place {
    #[inline]
    fn at<'v, 'a>(&'v self, message: &'v Message<'a>) -> At<'v, 'a> {
        At { message, offset: self.offset, depth: self.depth, form: &self.form, words: &self.words }
    }
}

/// The name, the id and the offset. Nothing of the message is shown.
impl fmt::Debug for RawView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{:08x} at byte {}", self.name(), self.id(), self.offset())
    }
}
