//! The names of an atlas, if it has any.
//!
//! Names are for people: where the bytes of names are broken, there is no name.

use super::{Atlas, Entry, FUNCTION};

/// What is left of a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    atlas: Atlas<'a>,
    rest: &'a [u8],
}

impl<'a> Record<'a> {
    /// Seven bits in a byte, the lowest first.
    pub(super) fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let offset = self.number()?;
        self.atlas.text(offset)
    }
}

impl<'a> Atlas<'a> {
    /// Whether it has names.
    #[must_use]
    pub fn has_names(&self) -> bool {
        !self.names.is_empty()
    }

    /// A byte with a length, and the text.
    fn text(&self, offset: u32) -> Option<&'a str> {
        let (&length, rest) = self.names.get(offset as usize..)?.split_first()?;
        core::str::from_utf8(rest.get(..usize::from(length))?).ok()
    }

    fn offset(&self, index: usize) -> Option<u32> {
        let bytes = self.names.get(4 * index..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    }
}

impl<'a> Entry<'a> {
    /// Where its name is: equal names are there once.
    pub(crate) fn name_offset(&self) -> Option<u32> {
        self.record()?.number()
    }

    /// The names of its fields, as what is left of its record.
    pub(super) fn field_names(&self) -> Option<Record<'a>> {
        self.layers_and_fields().map(|(_, record)| record)
    }

    fn record(&self) -> Option<Record<'a>> {
        let offset = self.atlas.offset(self.atlas.type_count + self.index)?;
        Some(Record { atlas: self.atlas, rest: self.atlas.names.get(offset as usize..)? })
    }

    /// Its TL name, if the atlas has names.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        self.record()?.text()
    }

    /// The boxed type of a constructor; the result of a function, as it is written in the schema.
    #[must_use]
    pub fn type_name(&self) -> Option<&'a str> {
        match self.atlas.type_at(self.index)? {
            FUNCTION => {
                let mut record = self.record()?;
                record.number()?;
                record.text()
            }
            ty => self.atlas.text(self.atlas.offset(usize::from(ty))?),
        }
    }

    /// Its layers, and what comes after them.
    fn layers_and_fields(&self) -> Option<(Layers<'a>, Record<'a>)> {
        let mut record = self.record()?;
        record.number()?;
        if self.is_function() {
            record.number()?;
        }
        let left = record.number()?;
        let layers = Layers { record, left, next: 0, end: 0 };
        for _ in 0..2 * u64::from(left) {
            record.number()?;
        }
        Some((layers, record))
    }

    /// The layers that have it, ascending.
    #[must_use]
    pub fn layers(&self) -> Layers<'a> {
        let none = Record { atlas: self.atlas, rest: &[] };
        self.layers_and_fields().map_or(Layers { record: none, left: 0, next: 0, end: 0 }, |(layers, _)| layers)
    }

    /// The names of its fields in the order of the wire; empty for one without a name.
    #[must_use]
    pub fn fields(&self) -> Fields<'a> {
        let none = Record { atlas: self.atlas, rest: &[] };
        let record = self.layers_and_fields().map_or(none, |(_, record)| record);
        Fields { record, code: self.atlas.code_at(self.index) }
    }
}

/// The layers of an [`Entry`].
#[derive(Clone, Debug)]
pub struct Layers<'a> {
    record: Record<'a>,
    /// The ranges that are left.
    left: u32,
    next: u32,
    end: u32,
}

impl Iterator for Layers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        while self.next == self.end {
            self.left = self.left.checked_sub(1)?;
            self.next = self.end.checked_add(self.record.number()?)?;
            self.end = self.next.checked_add(self.record.number()?)?;
        }
        self.next += 1;
        Some(self.next - 1)
    }
}

/// The names of the fields of an [`Entry`].
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    record: Record<'a>,
    code: Option<super::Code<'a>>,
}

impl<'a> Iterator for Fields<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let code = self.code.as_mut()?;
        let (op, _) = code.next().filter(|(op, _)| !matches!(op, super::code::Op::End))?;
        code.pass(op, super::code::MAX_LEVELS)?;
        self.record.text()
    }
}
