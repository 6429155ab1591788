//! Fields by their names, without any types: what a router or a logger sees of a message by an atlas with names.

use super::code::{Code, Condition, MAX_LEVELS, Op, op};
use super::skip::{Skip, Walker, Words, work_for};
use super::{Atlas, Entry};
use crate::{DecodeError, DecodeErrorKind, DecodeOptions, Reader, ids};

/// A constructor or a function in a message, whose fields have the names that the atlas knows: see [`Atlas::look`].
#[derive(Clone, Copy, Debug)]
pub struct Look<'a, 'm> {
    place: Place<'a, 'm>,
    entry: Entry<'a>,
    has_id: bool,
}

/// Where in a message something is.
#[derive(Clone, Copy, Debug)]
struct Place<'a, 'm> {
    atlas: Atlas<'a>,
    input: &'m [u8],
    offset: usize,
    options: DecodeOptions,
}

/// What is in a field, or an item of a vector.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Part<'a, 'm> {
    /// `int`.
    Int(i32),
    /// `#`.
    Word(u32),
    /// `long`.
    Long(i64),
    /// `double`.
    Double(f64),
    /// `float`.
    Float(f32),
    /// `Bool`.
    Bool(bool),
    /// `true`: there is nothing more to it.
    True,
    /// `string`.
    Text(&'m str),
    /// `bytes`, the numbers of 16, 32 and 64 bytes, and an item that is a record of several fields.
    Bytes(&'m [u8]),
    /// A value of a constructor, or a function.
    Value(Look<'a, 'm>),
    /// A vector, or items without a count.
    Items(LookItems<'a, 'm>),
}

/// The items of a vector: see [`Part::Items`].
#[derive(Clone, Copy, Debug)]
pub struct LookItems<'a, 'm> {
    place: Place<'a, 'm>,
    count: u32,
    /// What an item is; any value with its id if there is none.
    code: Option<Code<'a>>,
    words: Words,
    is_record: bool,
}

impl<'a> Atlas<'a> {
    /// The value, or the request, that `input` begins with, without any types. Only its id is looked at.
    ///
    /// ```
    /// use tlgen_runtime::DecodeOptions;
    /// use tlgen_runtime::atlas::{Atlas, Part};
    ///
    /// // Of `note#0000000a text:string = Note;`, with names.
    /// let bytes = b"TLATLAS\x01\x01\0\0\0\x01\0\0\0\x02\0\0\0\x1a\0\0\0\x0a\0\0\0\0\0\0\0\x09\0\
    ///     \x08\0\0\0\x17\0\0\0\x04Note\x04note\x04text\x0d\0\x12";
    /// let atlas = Atlas::new(bytes)?;
    /// let note = atlas.look(b"\x0a\0\0\0\x03abc", &DecodeOptions::new())?;
    /// assert_eq!(note.name(), Some("note"));
    /// assert!(matches!(note.field("text")?, Some(Part::Text("abc"))));
    /// assert!(note.field("title")?.is_none());
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the id is not in the atlas.
    pub fn look<'m>(&self, input: &'m [u8], options: &DecodeOptions) -> Result<Look<'a, 'm>, DecodeError> {
        let place = Place { atlas: *self, input, offset: 0, options: *options };
        let mut r = place.reader();
        let id = r.u32();
        let look = place.value(&mut r, id, None);
        r.check().and_then(|()| look.ok_or_else(|| place.broken()))
    }
}

impl<'a, 'm> Place<'a, 'm> {
    fn reader(&self) -> Reader<'m> {
        Reader::within(self.input, self.offset, 0, &self.options)
    }

    fn walker(&self) -> Walker<'a, Skip> {
        Walker::new(self.atlas, work_for(self.input.len()), Skip)
    }

    fn broken(&self) -> DecodeError {
        DecodeError::new(DecodeErrorKind::BrokenAtlas, self.offset)
    }

    /// The value whose id was just taken, which must be of the type `ty`.
    fn value(&self, r: &mut Reader<'m>, id: u32, ty: Option<u16>) -> Option<Look<'a, 'm>> {
        if !r.is_ok() {
            return None;
        }
        let Some(entry) = self.atlas.entry(id) else {
            r.fail_back(DecodeErrorKind::NotInAtlas { id }, 4);
            return None;
        };
        if ty.is_some_and(|ty| entry.ty() != Some(ty)) {
            r.fail_back(DecodeErrorKind::WrongType { id }, 4);
            return None;
        }
        Some(Look { place: Self { offset: r.offset(), ..*self }, entry, has_id: true })
    }

    /// What an operation is that begins here, whose code is `code` and whose condition holds.
    fn part(&self, r: &mut Reader<'m>, code: &mut Code<'a>, words: &Words) -> Option<Part<'a, 'm>> {
        let kind = code.kind()?;
        let (op, _) = code.next()?;
        let items = |r: &mut Reader<'m>, count: u32, is_record: bool| {
            let place = Self { offset: r.offset(), ..*self };
            Part::Items(LookItems { place, count, code: Some(*code), words: *words, is_record })
        };
        Some(match (kind, op) {
            (op::INT, _) => Part::Int(r.get()),
            (op::WORD, _) => Part::Word(r.u32()),
            (op::LONG, _) => Part::Long(r.get()),
            (op::DOUBLE, _) => Part::Double(r.get()),
            (op::FLOAT, _) => Part::Float(r.get()),
            (op::TRUE, _) => Part::True,
            (op::STRING, _) => Part::Text(r.str()),
            (op::BYTES, _) => Part::Bytes(r.bytes()),
            (op::BOOL, _) => Part::Bool(r.get()),
            (_, Op::Fixed(size)) => Part::Bytes(r.take_bytes(usize::from(size))),
            (_, Op::Any) => return self.any(r),
            (_, Op::Boxed(ty)) => {
                let id = r.u32();
                Part::Value(self.value(r, id, Some(ty))?)
            }
            (_, Op::Bare(index)) => {
                let entry = self.atlas.entry_at(index as usize);
                Part::Value(Look { place: Self { offset: r.offset(), ..*self }, entry, has_id: false })
            }
            (_, Op::Vector { boxed }) => {
                if boxed {
                    r.expect_id(ids::VECTOR, "vector");
                }
                let count = super::skip::count(r);
                items(r, count, false)
            }
            (_, Op::Repeat(count)) => items(r, count, true),
            (_, Op::RepeatWord { word, plus }) => {
                let count = words.get(usize::from(word))?.checked_add(plus)?;
                items(r, count, true)
            }
            (_, Op::WithId(id)) => {
                r.expect_id(id, "a builtin type");
                return Self { offset: r.offset(), ..*self }.part(r, code, words);
            }
            _ => return None,
        })
    }

    /// A value with its id, of any type.
    fn any(&self, r: &mut Reader<'m>) -> Option<Part<'a, 'm>> {
        Some(match r.u32() {
            ids::BOOL_TRUE => Part::Bool(true),
            ids::BOOL_FALSE => Part::Bool(false),
            ids::TRUE => Part::True,
            ids::VECTOR => {
                let count = super::skip::count(r);
                let place = Self { offset: r.offset(), ..*self };
                Part::Items(LookItems { place, count, code: None, words: Words::default(), is_record: false })
            }
            id => Part::Value(self.value(r, id, None)?),
        })
    }
}

impl<'a, 'm> Look<'a, 'm> {
    /// What the atlas knows of it.
    #[must_use]
    pub fn entry(&self) -> Entry<'a> {
        self.entry
    }

    /// Its TL name, if the atlas has names.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        self.entry.name()
    }

    /// Where in the message it begins: its id, or its first field where it has no id.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.place.offset.saturating_sub(if self.has_id { 4 } else { 0 })
    }

    /// What is in the field of this name; none if it is absent, or there is no such field, or the atlas has no names. What comes
    /// before it is checked as far as the atlas knows it.
    ///
    /// # Errors
    /// When the field, or what comes before it, is not as it should be.
    pub fn field(&self, name: &str) -> Result<Option<Part<'a, 'm>>, DecodeError> {
        let (mut r, mut walker) = (self.place.reader(), self.place.walker());
        let mut words = Words::default();
        let mut code = self.entry.code().ok_or_else(|| self.place.broken())?;
        for field in self.entry.fields() {
            let start = code;
            let (op, condition) = code.next().ok_or_else(|| self.place.broken())?;
            let is_there = condition
                .is_none_or(|Condition { word, bit }| words.get(word).is_some_and(|word| word >> bit & 1 == 1));
            if field == name {
                if !is_there {
                    return Ok(None);
                }
                let part = self.place.part(&mut r, &mut { start }, &words);
                r.check()?;
                return part.map(Some).ok_or_else(|| self.place.broken());
            }
            if is_there {
                walker.value(&mut r, op, &mut code, &mut words);
                if !r.is_ok() {
                    break;
                }
            } else {
                if matches!(op, Op::Word) {
                    words.push(0);
                }
                code.pass(op, MAX_LEVELS).ok_or_else(|| self.place.broken())?;
            }
        }
        r.check().map(|()| None)
    }

    /// Its bytes, with the id where it has one.
    ///
    /// # Errors
    /// When a field is not as it should be.
    pub fn as_bytes(&self) -> Result<&'m [u8], DecodeError> {
        let mut r = self.place.reader();
        self.place.walker().combinator(&mut r, self.entry.index());
        let end = r.offset();
        r.check()?;
        Ok(self.place.input.get(self.offset()..end).unwrap_or_default())
    }
}

impl<'a, 'm> LookItems<'a, 'm> {
    /// The number of items, as the message says.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// An item; none beyond the last one. Goes over the items before it.
    ///
    /// # Errors
    /// When the item, or one before it, is not as it should be.
    pub fn get(&self, index: usize) -> Result<Option<Part<'a, 'm>>, DecodeError> {
        if index >= self.len() {
            return Ok(None);
        }
        let (mut r, mut walker) = (self.place.reader(), self.place.walker());
        for _ in 0..index {
            match self.code {
                None => walker.any(&mut r),
                Some(code) => walker.item(&mut r, &mut { code }, &mut { self.words }, self.is_record),
            }
            if !r.is_ok() || !walker.spend(&mut r, 1) {
                break;
            }
        }
        let begin = r.offset();
        let part = match self.code {
            None => self.place.any(&mut r),
            Some(code) if self.is_record && !code.is_one_field() => {
                walker.item(&mut r, &mut { code }, &mut { self.words }, true);
                let bytes = self.place.input.get(begin..r.offset());
                bytes.map(Part::Bytes)
            }
            Some(code) => self.place.part(&mut r, &mut { code }, &self.words),
        };
        r.check()?;
        part.map(Some).ok_or_else(|| self.place.broken())
    }
}
