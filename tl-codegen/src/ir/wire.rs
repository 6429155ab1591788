//! What a struct is on the wire: its steps, and the form of each value.

use std::collections::BTreeMap;

use super::{RustType, Struct};

/// One thing on the wire. Fields are given by their index in [`Struct::fields`](super::Struct::fields).
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A flags word.
    Word {
        /// The local name of its value.
        local: String,
        /// The bits that are conditions.
        declared: u32,
        /// What sets the bits.
        bits: Vec<Bit>,
        /// The field that keeps the word, if it is one.
        kept: Option<usize>,
        /// The bit of an earlier word that says whether this one is present.
        condition: Option<BitRef>,
    },
    /// The length in bytes of an opaque field that comes later.
    Length {
        /// The local name of its value.
        local: String,
        /// The opaque field.
        of: usize,
    },
    /// A value.
    Value {
        /// Its field.
        field: usize,
        /// Its form.
        codec: Codec,
        /// The bit that says whether it is present.
        condition: Option<BitRef>,
    },
    /// A `true` that is only a bit: nothing on the wire.
    Flag {
        /// Its field.
        field: usize,
        /// Its bit.
        condition: BitRef,
    },
}

/// One bit of a word and the fields whose presence sets it: one, or several that share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bit {
    /// 0 to 31.
    pub bit: u8,
    /// The fields.
    pub fields: Vec<usize>,
}

/// A bit of a word that was read before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BitRef {
    /// The local name of the word.
    pub word: String,
    /// 0 to 31.
    pub bit: u8,
}

/// The form of a value on the wire, as far as its Rust type does not say it.
#[derive(Clone, Debug, PartialEq)]
pub enum Codec {
    /// As the Rust type says.
    Plain,
    /// Text whose invalid sequences are replaced.
    LossyText,
    /// Without the id.
    Bare,
    /// With an id before a builtin type: `Int`.
    WithId {
        /// The id.
        id: u32,
        /// The bare type.
        name: String,
        /// Whether it is text whose invalid sequences are replaced.
        lossy: bool,
    },
    /// A vector whose count or items are not in their plain form.
    Vector {
        /// Whether the id of `vector` comes before the count.
        boxed: bool,
        /// The items.
        item: Box<Codec>,
        /// The least number of bytes of an item.
        item_min: u32,
    },
    /// Items without a count.
    Repeat {
        /// Where the number of items comes from.
        count: Count,
        /// The items.
        item: Box<Codec>,
        /// The least number of bytes of an item.
        item_min: u32,
    },
    /// An opaque value of a length that was read before.
    Sized {
        /// The local name of the length.
        local: String,
    },
    /// No bytes at all.
    Nothing,
}

/// Where the number of items comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// It is always the same.
    Const(u32),
    /// A field, and what is added to it.
    Field {
        /// The index of the field.
        field: usize,
        /// The local name of its value.
        local: String,
        /// What is added.
        plus: u32,
    },
}

/// The fields whose value counts a repetition, so that it is needed on the way, with the local name of the value.
pub(crate) fn counting_fields(item: &Struct) -> BTreeMap<usize, String> {
    fn visit(codec: &Codec, found: &mut BTreeMap<usize, String>) {
        match codec {
            Codec::Repeat { count, item, .. } => {
                if let Count::Field { field, local, .. } = count {
                    found.insert(*field, local.clone());
                }
                visit(item, found);
            }
            Codec::Vector { item, .. } => visit(item, found),
            Codec::Plain
            | Codec::LossyText
            | Codec::Bare
            | Codec::WithId { .. }
            | Codec::Sized { .. }
            | Codec::Nothing => {}
        }
    }
    let mut found = BTreeMap::new();
    for step in &item.steps {
        if let Step::Value { codec, .. } = step {
            visit(codec, &mut found);
        }
    }
    found
}

/// The bytes of a step that belongs into a run.
pub(crate) fn fixed_size(step: &Step, item: &Struct) -> Option<u32> {
    match step {
        Step::Word { condition: None, .. } => Some(4),
        Step::Value { field, codec: Codec::Plain, condition: None } => match item.fields[*field].ty {
            _ if item.fields[*field].boxed => None,
            RustType::I32 | RustType::U32 | RustType::F32 | RustType::Bool => Some(4),
            RustType::I64 | RustType::F64 => Some(8),
            RustType::Array(size @ (16 | 32 | 64)) => Some(size),
            _ => None,
        },
        _ => None,
    }
}
