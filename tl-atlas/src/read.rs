//! The bytes of an atlas to an [`Atlas`], for programs that look into one. Programs that only skip values use
//! `tlgen_runtime::atlas`, which reads the same bytes in place.

use std::fmt;

use tlgen_model::schema::{Primitive, SectionKind};

use crate::atlas::{Atlas, Declared, Entry};
use crate::format::{FUNCTION, MAGIC, op, primitive_op};
use crate::layout::{Condition, Count, Field, Form, Layout};

/// How deep the types of a field may nest.
const MAX_LEVELS: u8 = 66;

/// The bytes are no atlas, or a broken one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these bytes are no atlas, or a part of one, or of another version")
    }
}

impl std::error::Error for Broken {}

impl Atlas {
    /// From its bytes. Without names in them all names are empty.
    ///
    /// # Errors
    /// When the bytes are no atlas.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Broken> {
        read(bytes).ok_or(Broken)
    }
}

fn read(bytes: &[u8]) -> Option<Atlas> {
    let mut rest = Bytes(bytes.strip_prefix(MAGIC)?);
    let [count, type_count, code, names] = [rest.u32()?, rest.u32()?, rest.u32()?, rest.u32()?].map(|n| n as usize);
    let ids = Bytes(rest.take(count.checked_mul(4)?)?).all(Bytes::u32)?;
    let starts = if u16::try_from(code).is_ok() {
        Bytes(rest.take(count.checked_mul(2)?)?).all(|bytes| bytes.u16().map(u32::from))?
    } else {
        Bytes(rest.take(count.checked_mul(4)?)?).all(Bytes::u32)?
    };
    let types = Bytes(rest.take(count.checked_mul(2)?)?).all(Bytes::u16)?;
    let code = rest.take(code)?;
    let names = Names { bytes: rest.take(names)?, type_count };
    if !rest.0.is_empty() {
        return None;
    }
    let mut atlas = Atlas::new();
    for (index, ((&id, &start), &ty)) in ids.iter().zip(&starts).zip(&types).enumerate() {
        let mut reader = Code { code: Bytes(code.get(start as usize..)?), ids: &ids, names: &names };
        let layout = Layout { fields: reader.fields()? };
        atlas.insert(id, names.entry(index, ty, layout)?);
    }
    let texts: Vec<(u32, String)> = ids.iter().filter_map(|id| Some((*id, atlas.declaration(*id)?))).collect();
    for (id, text) in texts {
        atlas.describe(id, text);
    }
    Some(atlas)
}

/// What is left.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(len)?;
        self.0 = tail;
        Some(head)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u8(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    /// Seven bits in a byte, the lowest first.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.u8()?;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn all<T>(mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut all = Vec::new();
        while !self.0.is_empty() {
            all.push(read(&mut self)?);
        }
        Some(all)
    }
}

/// The part with the names; empty where there are none.
struct Names<'a> {
    bytes: &'a [u8],
    type_count: usize,
}

impl Names<'_> {
    fn text(&self, offset: u32) -> Option<String> {
        if self.bytes.is_empty() {
            return Some(String::new());
        }
        let mut bytes = Bytes(self.bytes.get(offset as usize..)?);
        let len = bytes.u8()?;
        String::from_utf8(bytes.take(usize::from(len))?.to_vec()).ok()
    }

    fn at(&self, index: usize) -> Option<u32> {
        Bytes(self.bytes.get(index.checked_mul(4)?..)?).u32()
    }

    /// The name of a type. Without names it is its index.
    fn ty(&self, index: u16) -> Option<String> {
        if self.bytes.is_empty() { Some(format!("T{index}")) } else { self.text(self.at(usize::from(index))?) }
    }

    fn entry(&self, index: usize, ty: u16, layout: Layout) -> Option<Entry> {
        let kind = if ty == FUNCTION { SectionKind::Functions } else { SectionKind::Types };
        let declared = Declared { schema: "atlas".to_owned(), text: String::new(), location: None };
        let mut entry = Entry {
            name: String::new(),
            kind,
            ty: String::new(),
            layout,
            names: Vec::new(),
            declared,
            layers: std::collections::BTreeSet::new(),
        };
        if kind == SectionKind::Types {
            entry.ty = self.ty(ty)?;
        }
        if self.bytes.is_empty() {
            entry.names = vec![String::new(); entry.layout.fields.len()];
            return Some(entry);
        }
        let offset = self.at(self.type_count.checked_add(index)?)?;
        let mut record = Bytes(self.bytes.get(offset as usize..)?);
        entry.name = self.text(record.number()?)?;
        if kind == SectionKind::Functions {
            entry.ty = self.text(record.number()?)?;
        }
        let mut next = 0_u32;
        for _ in 0..record.number()? {
            let first = next.checked_add(record.number()?)?;
            next = first.checked_add(record.number()?)?;
            // Layers are small numbers, so that a broken atlas makes no long list.
            if next > 1 << 20 {
                return None;
            }
            entry.layers.extend(first..next);
        }
        for _ in 0..entry.layout.fields.len() {
            entry.names.push(self.text(record.number()?)?);
        }
        Some(entry)
    }
}

/// The code of a layout.
struct Code<'a> {
    code: Bytes<'a>,
    ids: &'a [u32],
    names: &'a Names<'a>,
}

impl Code<'_> {
    /// The fields up to the end.
    fn fields(&mut self) -> Option<Vec<Field>> {
        let mut fields = Vec::new();
        loop {
            let op = self.code.u8()?;
            let condition = if op & op::CONDITION == 0 {
                None
            } else {
                let byte = self.code.u8()?;
                Some(Condition { word: byte >> 5, bit: byte & 31 })
            };
            match op & !op::CONDITION {
                op::END => return Some(fields),
                op => fields.push(Field { condition, form: self.form(op, MAX_LEVELS)? }),
            }
        }
    }

    fn form(&mut self, op: u8, levels: u8) -> Option<Form> {
        let levels = levels.checked_sub(1)?;
        Some(match op {
            op::WORD => Form::Word,
            op::ANY => Form::Any,
            op::CALL => Form::Call,
            op::BOXED => Form::Boxed(self.names.ty(self.code.u16()?)?),
            op::BARE => Form::Bare(*self.ids.get(self.code.u32()? as usize)?),
            op::VECTOR | op::VECTOR_BARE => {
                let item = self.code.u8()?;
                Form::Vector { boxed: op == op::VECTOR, item: Box::new(self.form(item, levels)?) }
            }
            op::REPEAT => Form::Repeat { count: Count::Const(self.code.u32()?), items: self.items(levels)? },
            op::REPEAT_WORD => {
                let count = Count::Word { word: self.code.u8()?, plus: self.code.u32()? };
                Form::Repeat { count, items: self.items(levels)? }
            }
            op::WITH_ID => {
                let id = self.code.u32()?;
                Form::WithId(id, primitive(self.code.u8()?)?)
            }
            other => Form::Primitive(primitive(other)?),
        })
    }

    fn items(&mut self, levels: u8) -> Option<Vec<Form>> {
        let mut items = Vec::new();
        loop {
            match self.code.u8()? {
                op::END => return Some(items),
                op => items.push(self.form(op, levels)?),
            }
        }
    }
}

fn primitive(op: u8) -> Option<Primitive> {
    let all = [
        Primitive::Int,
        Primitive::Long,
        Primitive::Double,
        Primitive::Float,
        Primitive::String,
        Primitive::Bytes,
        Primitive::Int128,
        Primitive::Int256,
        Primitive::Int512,
        Primitive::True,
        Primitive::Bool,
    ];
    all.into_iter().find(|primitive| primitive_op(*primitive) == op)
}
