//! The bytes of an atlas.
//!
//! All numbers are little-endian. `n` ids are in ascending order, and what is known of each is at the same index in every table:
//!
//! | part | bytes |
//! |---|---|
//! | `TLATLAS` and the version, 1 | 8 |
//! | `n`; the number of types `t`; the length of the code; the length of the names | 4 each |
//! | ids | 4 n |
//! | where in the code each layout begins | 4 n, or 2 n if the code has less than 65,536 bytes |
//! | the index of the type of each constructor, 65,535 for a function | 2 n |
//! | code | |
//! | names, if they are wanted | |
//!
//! The code of a layout is one field after the other and a zero. A field is an operation, the byte of `op`, with 32 added if the
//! field has a condition; then the byte of the condition (the word in the upper three bits, the bit in the lower five); then what
//! the operation needs. Equal layouts are there once.
//!
//! The names are tables of `t` and of `n` offsets of 4 bytes, from the beginning of the names. The first are of the names of types,
//! each a byte with its length and the text. The others are of records: the offset of the name of the combinator; for a function
//! the offset of its result, as written; the number of ranges of layers, and for each range the distance from the last one
//! and its length; the offsets of the names of the fields. Numbers in records have seven bits in a byte, the lowest first, and
//! the top bit if more follow. Offsets in records are of the same kind of text as the names of types.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use tlgen_model::schema::{Primitive, SectionKind};

use crate::atlas::{Atlas, Entry};
use crate::layout::{Count, Form};

/// The first bytes.
pub(crate) const MAGIC: &[u8; 8] = b"TLATLAS\x01";

/// Instead of the index of a type: a function.
pub(crate) const FUNCTION: u16 = u16::MAX;

/// What a field is. The reader is in `tlgen_runtime::atlas`.
pub(crate) mod op {
    /// The end of a layout, or of the items of a repetition.
    pub(crate) const END: u8 = 0;
    /// `#`.
    pub(crate) const WORD: u8 = 1;
    /// `int`.
    pub(crate) const INT: u8 = 2;
    /// `long`.
    pub(crate) const LONG: u8 = 3;
    /// `double`.
    pub(crate) const DOUBLE: u8 = 4;
    /// `float`.
    pub(crate) const FLOAT: u8 = 5;
    /// `int128`.
    pub(crate) const INT128: u8 = 6;
    /// `int256`.
    pub(crate) const INT256: u8 = 7;
    /// `int512`.
    pub(crate) const INT512: u8 = 8;
    /// `string`.
    pub(crate) const STRING: u8 = 9;
    /// `bytes`.
    pub(crate) const BYTES: u8 = 10;
    /// `Bool`.
    pub(crate) const BOOL: u8 = 11;
    /// `true`: no bytes.
    pub(crate) const TRUE: u8 = 12;
    /// Any value with its id.
    pub(crate) const ANY: u8 = 13;
    /// A value of a boxed type: the index of the type, 2 bytes.
    pub(crate) const BOXED: u8 = 14;
    /// A constructor without its id: its index, 4 bytes.
    pub(crate) const BARE: u8 = 15;
    /// A vector with its id: the operation of its items.
    pub(crate) const VECTOR: u8 = 16;
    /// A vector without its id.
    pub(crate) const VECTOR_BARE: u8 = 17;
    /// Always as many items: their number, 4 bytes; their operations; a zero.
    pub(crate) const REPEAT: u8 = 18;
    /// As many items as a word says: its index, 1 byte; what is added, 4 bytes; their operations; a zero.
    pub(crate) const REPEAT_WORD: u8 = 19;
    /// A builtin type with its id: the id, 4 bytes; the operation.
    pub(crate) const WITH_ID: u8 = 20;
    /// Any call of a function.
    pub(crate) const CALL: u8 = 21;
    /// Added where there is a condition.
    pub(crate) const CONDITION: u8 = 32;
}

/// The schemas do not fit the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TooLarge {
    /// More than 65,535 types.
    Types,
    /// More than 2^32 bytes.
    Bytes,
    /// A name of more than 255 bytes.
    Name,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Types => "an atlas has room for 65,535 types",
            Self::Bytes => "an atlas has room for 4 GiB",
            Self::Name => "an atlas has room for names of up to 255 bytes",
        })
    }
}

impl std::error::Error for TooLarge {}

impl Atlas {
    /// The table as bytes, with or without the names of combinators, fields and types.
    ///
    /// A field of a bare type whose constructor has no layout leaves out the constructor around it, too: its value could not be
    /// skipped.
    ///
    /// # Errors
    /// When a limit of the format is exceeded.
    pub fn to_bytes(&self, with_names: bool) -> Result<Vec<u8>, TooLarge> {
        let types = self.types();
        if types.len() >= usize::from(FUNCTION) {
            return Err(TooLarge::Types);
        }
        let entries = self.whole();
        let indices = (0..).zip(&entries).map(|(index, (id, _))| (*id, index)).collect();
        let (code, starts) = Code::of(&entries, &types, &indices);
        let names = if with_names { names(&entries, &types)? } else { Vec::new() };

        let mut out = MAGIC.to_vec();
        for number in [entries.len(), types.len(), code.len(), names.len()] {
            out.extend(u32::try_from(number).map_err(|_| TooLarge::Bytes)?.to_le_bytes());
        }
        entries.iter().for_each(|(id, _)| out.extend(id.to_le_bytes()));
        for start in starts {
            match u16::try_from(code.len()) {
                Ok(_) => out.extend(u16::try_from(start).map_err(|_| TooLarge::Bytes)?.to_le_bytes()),
                Err(_) => out.extend(start.to_le_bytes()),
            }
        }
        for (_, entry) in &entries {
            let ty = match entry.kind {
                SectionKind::Types => u16::try_from(types[entry.ty.as_str()]).map_err(|_| TooLarge::Types)?,
                SectionKind::Functions => FUNCTION,
            };
            out.extend(ty.to_le_bytes());
        }
        out.extend(code);
        out.extend(names);
        Ok(out)
    }
}

/// The code of layouts.
struct Code<'a> {
    types: &'a HashMap<&'a str, usize>,
    indices: &'a BTreeMap<u32, u32>,
    out: Vec<u8>,
}

impl<'a> Code<'a> {
    /// The code of all layouts, and where that of each entry begins.
    fn of(
        entries: &[(u32, &Entry)],
        types: &'a HashMap<&'a str, usize>,
        indices: &'a BTreeMap<u32, u32>,
    ) -> (Vec<u8>, Vec<u32>) {
        let mut all = Vec::new();
        let mut known: HashMap<Vec<u8>, u32> = HashMap::new();
        let starts = entries.iter().map(|(_, entry)| {
            let mut code = Code { types, indices, out: Vec::new() };
            for field in &entry.layout.fields {
                let condition = field.condition.map(|condition| condition.word << 5 | condition.bit);
                code.form(&field.form, condition);
            }
            code.out.push(op::END);
            *known.entry(code.out).or_insert_with_key(|code| {
                let start = all.len();
                all.extend_from_slice(code);
                u32::try_from(start).unwrap_or(u32::MAX)
            })
        });
        let starts = starts.collect();
        (all, starts)
    }

    fn op(&mut self, op: u8, condition: Option<u8>) {
        match condition {
            None => self.out.push(op),
            Some(condition) => self.out.extend([op | op::CONDITION, condition]),
        }
    }

    fn form(&mut self, form: &Form, condition: Option<u8>) {
        match form {
            Form::Word => self.op(op::WORD, condition),
            Form::Primitive(primitive) => self.op(primitive_op(*primitive), condition),
            Form::WithId(id, primitive) => {
                self.op(op::WITH_ID, condition);
                self.out.extend(id.to_le_bytes());
                self.op(primitive_op(*primitive), None);
            }
            Form::Any => self.op(op::ANY, condition),
            Form::Call => self.op(op::CALL, condition),
            Form::Boxed(name) => {
                self.op(op::BOXED, condition);
                let index = u16::try_from(self.types[name.as_str()]).unwrap_or(FUNCTION);
                self.out.extend(index.to_le_bytes());
            }
            Form::Bare(id) => {
                self.op(op::BARE, condition);
                self.out.extend(self.indices[id].to_le_bytes());
            }
            Form::Vector { boxed, item } => {
                self.op(if *boxed { op::VECTOR } else { op::VECTOR_BARE }, condition);
                self.form(item, None);
            }
            Form::Repeat { count, items } => {
                match count {
                    Count::Const(count) => {
                        self.op(op::REPEAT, condition);
                        self.out.extend(count.to_le_bytes());
                    }
                    Count::Word { word, plus } => {
                        self.op(op::REPEAT_WORD, condition);
                        self.out.push(*word);
                        self.out.extend(plus.to_le_bytes());
                    }
                }
                items.iter().for_each(|item| self.form(item, None));
                self.out.push(op::END);
            }
        }
    }
}

/// The operation of each builtin type.
pub(crate) const fn primitive_op(primitive: Primitive) -> u8 {
    match primitive {
        Primitive::Int => op::INT,
        Primitive::Long => op::LONG,
        Primitive::Double => op::DOUBLE,
        Primitive::Float => op::FLOAT,
        Primitive::String => op::STRING,
        Primitive::Bytes => op::BYTES,
        Primitive::Int128 => op::INT128,
        Primitive::Int256 => op::INT256,
        Primitive::Int512 => op::INT512,
        Primitive::True => op::TRUE,
        Primitive::Bool => op::BOOL,
    }
}

/// The part with the names.
fn names(entries: &[(u32, &Entry)], types: &HashMap<&str, usize>) -> Result<Vec<u8>, TooLarge> {
    let mut heap = Heap { base: 4 * (types.len() + entries.len()), bytes: Vec::new(), known: HashMap::new() };
    let mut names: Vec<&str> = types.keys().copied().collect();
    names.sort_unstable_by_key(|name| types[name]);
    let mut table = Vec::new();
    for name in names {
        let offset = heap.text(name)?;
        table.extend(u32::try_from(offset).map_err(|_| TooLarge::Bytes)?.to_le_bytes());
    }
    let mut records = Vec::new();
    for (_, entry) in entries {
        let mut record = Vec::new();
        number(&mut record, heap.text(&entry.name)?);
        if entry.kind == SectionKind::Functions {
            number(&mut record, heap.text(&entry.ty)?);
        }
        let ranges = ranges(entry.layers.iter().copied());
        number(&mut record, ranges.len());
        let mut last = 0;
        for (first, length) in ranges {
            number(&mut record, (first - last) as usize);
            number(&mut record, length as usize);
            last = first + length;
        }
        for name in &entry.names {
            number(&mut record, heap.text(name)?);
        }
        records.push(record);
    }
    for record in records {
        let offset = heap.add(record);
        table.extend(u32::try_from(offset).map_err(|_| TooLarge::Bytes)?.to_le_bytes());
    }
    table.extend(heap.bytes);
    Ok(table)
}

/// Numbers that follow each other, as the first and how many.
fn ranges(numbers: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((first, length)) if *first + *length == number => *length += 1,
            _ => ranges.push((number, 1)),
        }
    }
    ranges
}

/// Texts and records, each once.
struct Heap {
    base: usize,
    bytes: Vec<u8>,
    known: HashMap<Vec<u8>, usize>,
}

impl Heap {
    fn text(&mut self, text: &str) -> Result<usize, TooLarge> {
        let mut bytes = vec![u8::try_from(text.len()).map_err(|_| TooLarge::Name)?];
        bytes.extend_from_slice(text.as_bytes());
        Ok(self.add(bytes))
    }

    fn add(&mut self, bytes: Vec<u8>) -> usize {
        *self.known.entry(bytes).or_insert_with_key(|bytes| {
            let offset = self.base + self.bytes.len();
            self.bytes.extend_from_slice(bytes);
            offset
        })
    }
}

/// Seven bits in a byte, the lowest first.
fn number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}
