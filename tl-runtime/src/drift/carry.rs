//! The fields of one constructor as those of another one with its name.
//!
//! What comes in is two layouts, and where the fields of a value of the first one are; what goes out is the bytes of the same value
//! in the second one. Fields of equal name and type are taken as they are. Fields that only the first layout has are left out.
//! Flags words are made anew, from the fields that are there. An `int` is widened to a `long`.

use alloc::vec::Vec;
use core::ops::Range;

use super::NotAdapted;
use crate::atlas::layout::{Condition, Field, count, layout, op};
use crate::atlas::{Entry, WORDS, Words};

/// How a value of one type is written as one of another type.
#[derive(Clone, Copy)]
enum Conversion {
    Same,
    /// An `int` to a `long`, in a vector with a header of as many bytes.
    Widen(usize),
}

/// How many fields two constructors have.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    source: usize,
    target: usize,
}

impl Fields {
    /// Counts them, which takes no memory.
    pub(super) fn of(from: &Entry<'static>, to: &Entry<'static>) -> Result<Self, NotAdapted> {
        let counts = count(from).zip(count(to)).ok_or(NotAdapted::Layout)?;
        Ok(Self { source: counts.0, target: counts.1 })
    }

    /// The memory that the [`Carry`] takes.
    pub(super) fn cost(self) -> usize {
        let fields = self.source + self.target;
        size_of::<Carry>() + fields * (size_of::<Field<'_>>() + size_of::<Option<(usize, Conversion)>>())
    }
}

/// Where each field of the target comes from.
pub(super) struct Carry {
    /// The id of the target.
    pub(super) id: u32,
    pub(super) source: Vec<Field<'static>>,
    target: Vec<Field<'static>>,
    /// For each field of the target the field of the source, if it can be taken.
    origins: Vec<Option<(usize, Conversion)>>,
    /// For each field of the source, whether the target has it.
    taken: Vec<bool>,
}

impl Carry {
    /// From one constructor to another, which have as many fields. Fails where a value of the first one is never one of the second.
    pub(super) fn new(from: &Entry<'static>, to: &Entry<'static>, fields: Fields) -> Result<Self, NotAdapted> {
        let layouts = layout(from, fields.source).zip(layout(to, fields.target));
        let (source, target) = layouts.ok_or(NotAdapted::Layout)?;
        let mut next = 0;
        let mut origins = Vec::with_capacity(target.len());
        for field in &target {
            // The order is mostly the same.
            let mut order = (next..source.len()).chain(0..next);
            let same =
                order.find_map(|index| Some((index, source.get(index)?)).filter(|(_, from)| from.name == field.name));
            next = same.map_or(next, |(index, _)| index + 1);
            let origin = same.and_then(|(index, from)| Some((index, conversion(from, field)?)));
            if field.condition.is_none() && !field.is_word() && origin.is_none() {
                return Err(if same.is_some() { NotAdapted::FieldType } else { NotAdapted::MissingField });
            }
            origins.push(origin);
        }
        let mut taken: Vec<bool> = Vec::new();
        taken.resize(source.len(), false);
        for (index, _) in origins.iter().flatten() {
            if let Some(taken) = taken.get_mut(*index) {
                *taken = true;
            }
        }
        Ok(Self { id: to.id(), source, target, origins, taken })
    }

    /// Whether the target has this field of the source.
    pub(super) fn takes(&self, index: usize) -> bool {
        self.taken.get(index).is_some_and(|taken| *taken)
    }

    /// The most bytes that the target takes, where the fields of the source take as many.
    pub(super) fn most(&self, fields: usize) -> usize {
        let widens = self.origins.iter().flatten().any(|(_, conversion)| matches!(conversion, Conversion::Widen(_)));
        fields * if widens { 2 } else { 1 } + size_of::<u32>() * (1 + WORDS)
    }

    /// The id and the fields of the target. `found` says where in `bytes` the fields of the source are that are there. Those that
    /// could be taken and are not, as they share a bit with one that is not there, are added to `dropped`.
    pub(super) fn write(
        &self,
        bytes: &[u8],
        found: &[Option<Range<usize>>],
        dropped: &mut Vec<usize>,
    ) -> Result<Vec<u8>, NotAdapted> {
        let value = |origin: &Option<(usize, Conversion)>| {
            let (index, conversion) = (*origin)?;
            let range = found.get(index)?.clone()?;
            Some((bytes.get(range)?, conversion))
        };
        let (mut present, mut absent) = ([0_u32; WORDS], [0_u32; WORDS]);
        for (field, origin) in self.target.iter().zip(&self.origins) {
            let is_there = value(origin).is_some();
            if let Some(Condition { word, bit }) = field.condition {
                let bits = if is_there { &mut present } else { &mut absent };
                *bits.get_mut(word).ok_or(NotAdapted::Layout)? |= 1 << bit;
            } else if !is_there && !field.is_word() {
                return Err(NotAdapted::MissingField);
            }
        }
        let mut out = Vec::with_capacity(self.most(bytes.len()));
        out.extend_from_slice(&self.id.to_le_bytes());
        let mut words = Words::default();
        for (field, origin) in self.target.iter().zip(&self.origins) {
            let is_there = match field.condition {
                None => true,
                Some(Condition { word, bit }) => words.get(word).ok_or(NotAdapted::Layout)? >> bit & 1 == 1,
            };
            if field.is_word() {
                let bits = |bits: &[u32; WORDS]| bits.get(field.word).copied().ok_or(NotAdapted::Layout);
                // Of fields that share a bit all are there, or none.
                let conditions = bits(&present)? & !bits(&absent)?;
                let word = conditions
                    | self.undeclared(field, origin.and_then(|_| value(origin)).map(|(bytes, _)| bytes), *origin);
                words.push(if is_there { word } else { 0 });
                if is_there {
                    out.extend_from_slice(&word.to_le_bytes());
                }
            } else if is_there {
                let (bytes, conversion) = value(origin).ok_or(NotAdapted::Layout)?;
                write(&mut out, bytes, conversion);
            } else if let Some((index, _)) = origin.filter(|_| value(origin).is_some()) {
                dropped.push(index);
            }
        }
        Ok(out)
    }

    /// The bits of a word that no field declares in either layout.
    fn undeclared(&self, field: &Field<'_>, old: Option<&[u8]>, origin: Option<(usize, Conversion)>) -> u32 {
        let Some(old) = old.and_then(|old| old.first_chunk()) else { return 0 };
        let from =
            origin.and_then(|(index, _)| self.source.get(index)).map_or(0, |from| declared(&self.source, from.word));
        u32::from_le_bytes(*old) & !from & !declared(&self.target, field.word)
    }
}

fn write(out: &mut Vec<u8>, bytes: &[u8], conversion: Conversion) {
    match conversion {
        Conversion::Same => out.extend_from_slice(bytes),
        Conversion::Widen(header) => {
            let (header, numbers) = bytes.split_at_checked(header).unwrap_or_default();
            out.extend_from_slice(header);
            for number in numbers.as_chunks::<4>().0 {
                out.extend_from_slice(&i64::from(i32::from_le_bytes(*number)).to_le_bytes());
            }
        }
    }
}

/// Whether a value of one field can be one of the other, and how.
fn conversion(from: &Field<'_>, to: &Field<'_>) -> Option<Conversion> {
    let widens = from.operands == [op::INT] && to.operands == [op::LONG];
    match (from.kind, to.kind) {
        (op::INT, op::LONG) => Some(Conversion::Widen(0)),
        (op::VECTOR, op::VECTOR) if widens => Some(Conversion::Widen(8)),
        (op::VECTOR_BARE, op::VECTOR_BARE) if widens => Some(Conversion::Widen(4)),
        (op::STRING, op::BYTES) => Some(Conversion::Same),
        // Words are made anew, so none of them may count items.
        (from_kind, to_kind) => {
            let is_same = from_kind == to_kind && from.operands == to.operands && !from.is_counted();
            is_same.then_some(Conversion::Same)
        }
    }
}

/// The bits of a word that are conditions.
fn declared(layout: &[Field<'_>], word: usize) -> u32 {
    let conditions = layout.iter().filter_map(|field| field.condition).filter(|condition| condition.word == word);
    conditions.fold(0, |bits, condition| bits | 1 << condition.bit)
}
