//! What reading a value of one layer by the types of another one should give, by the schemas alone.
//!
//! What comes in is a value of the server's layer; what goes out is the bytes that the types write again: those of the layer of
//! the types for what they know or what fits them, and those of the server for what they keep.

use std::collections::BTreeMap;

use tlgen_dynamic::{Codec, Object, Value};
use tlgen_model::schema::{Combinator, NatRef, Param, Primitive, Schema, SectionKind, TypeExpr};

/// How many values were made into others, and how many were kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) adapted: usize,
    pub(crate) kept: usize,
}

/// A value without room for what it holds.
#[derive(Debug)]
pub(crate) struct Lost;

/// Two layers.
pub(crate) struct Oracle<'s> {
    pub(crate) server: Codec<'s>,
    pub(crate) types: Codec<'s>,
    /// The newest declaration of each id, where there are more than two layers: those of one id differ in the names of bits.
    pub(crate) newest: BTreeMap<u32, (&'s Schema, &'s Combinator)>,
}

/// A value on its way.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    pub(crate) counts: Counts,
}

/// Which of the `#` of a combinator a number comes from, by its index among the parameters.
fn word_of(param: &Param) -> Option<(usize, u8)> {
    let condition = param.condition.as_ref()?;
    let NatRef::Param(word) = condition.word else { panic!("the API has no templates") };
    Some((word as usize, condition.bit))
}

/// The bits of a word that are conditions.
fn declared(combinator: &Combinator, word: usize) -> u32 {
    let bits = combinator.params.iter().filter_map(word_of).filter(|(found, _)| *found == word);
    bits.fold(0, |bits, (_, bit)| bits | 1 << bit)
}

fn is_bit(param: &Param) -> bool {
    matches!(param.ty, TypeExpr::Primitive { primitive: Primitive::True, boxed: None })
}

impl Oracle<'_> {
    /// Writes a value of a boxed type.
    pub(crate) fn object(&self, object: &Object, out: &mut Written) -> Result<(), Lost> {
        let (server, types): (&Schema, &Schema) = (self.server.schema(), self.types.schema());
        let from = server.combinator(object.combinator);
        let mut trial = Written::default();
        if self.typed(object, &mut trial).is_err() {
            let ty = server.ty(from.ty.unwrap()).name.full();
            let room = types.types().find(|(_, other)| other.name.full() == ty);
            if room.is_none_or(|(_, ty)| ty.constructors.len() < 2) {
                return Err(Lost);
            }
            let bytes = self.server.encode_boxed(object).unwrap();
            trial = Written { bytes, counts: Counts { adapted: 0, kept: 1 } };
        }
        out.bytes.extend(trial.bytes);
        out.counts.adapted += trial.counts.adapted;
        out.counts.kept += trial.counts.kept;
        Ok(())
    }

    /// Writes a value of a boxed type that is not kept as a whole.
    pub(crate) fn typed(&self, object: &Object, out: &mut Written) -> Result<(), Lost> {
        let from = self.server.schema().combinator(object.combinator);
        match self.types.by_id(from.id) {
            Some(_) => self.same(from, object, out),
            None => self.adapted(from, object, out),
        }
    }

    /// Writes a value whose constructor both layers have.
    fn same(&self, from: &Combinator, object: &Object, out: &mut Written) -> Result<(), Lost> {
        out.bytes.extend(from.id.to_le_bytes());
        // Text that is not declared is dropped, as are bits of words that are not fields.
        let known = self.types.schema().combinator(self.types.by_id(from.id).unwrap());
        for (index, (param, value)) in from.params.iter().zip(&object.fields).enumerate() {
            match value {
                Some(Value::Nat(word)) => {
                    let is_derived = param.name.as_deref().is_some_and(|name| name.starts_with("flags"));
                    // A word without conditions is a field.
                    let bits = Some(declared(known, index)).filter(|bits| is_derived && *bits != 0).unwrap_or(u32::MAX);
                    out.bytes.extend((word & bits).to_le_bytes());
                }
                Some(value) if !(param.condition.is_some() && is_bit(param)) => self.value(&param.ty, value, out)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes a value as the constructor of the same name and type, with the fields that both have.
    fn adapted(&self, from: &Combinator, object: &Object, out: &mut Written) -> Result<(), Lost> {
        let (server, types): (&Schema, &Schema) = (self.server.schema(), self.types.schema());
        let (server, from, values) = match self.newest.get(&from.id) {
            Some((schema, newest)) => (*schema, *newest, seen_as(from, object, newest)),
            None => (server, from, object.fields.iter().map(Option::as_ref).collect()),
        };
        let to = self.types.by_name(from.name.full()).map(|idx| types.combinator(idx)).ok_or(Lost)?;
        let is_same_type = to.kind == SectionKind::Types
            && types.ty(to.ty.unwrap()).name.full() == server.ty(from.ty.unwrap()).name.full();
        if !is_same_type {
            return Err(Lost);
        }
        let mut fields: Vec<Option<Written>> = Vec::new();
        for param in &to.params {
            let place = from.params.iter().position(|other| other.name == param.name);
            let origin = place.map(|place| (&from.params[place], values[place]));
            let value = match origin {
                Some((other, Some(value))) if param.ty != TypeExpr::Nat => {
                    let mut written = Written::default();
                    if other.condition.is_some() && is_bit(other) && is_bit(param) {
                        Some(written)
                    } else if fits(server, &other.ty, types, &param.ty) {
                        self.value(&other.ty, value, &mut written)?;
                        Some(written)
                    } else {
                        widened(&other.ty, value, &param.ty).map(|bytes| Written { bytes, ..written })
                    }
                }
                _ => None,
            };
            if value.is_none() && param.condition.is_none() && param.ty != TypeExpr::Nat {
                return Err(Lost);
            }
            fields.push(value);
        }
        // Fields that share a bit are there together.
        let has = |word: usize, bit: u8| {
            let mut shared = to.params.iter().zip(&fields).filter(|(param, _)| word_of(param) == Some((word, bit)));
            shared.all(|(_, field)| field.is_some())
        };
        out.bytes.extend(to.id.to_le_bytes());
        out.counts.adapted += 1;
        for (index, (param, field)) in to.params.iter().zip(&fields).enumerate() {
            if word_of(param).is_some_and(|(word, bit)| !has(word, bit)) {
                continue;
            }
            if param.ty == TypeExpr::Nat {
                let bits =
                    to.params.iter().filter_map(word_of).filter(|(word, bit)| *word == index && has(*word, *bit));
                let mut word = bits.fold(0_u32, |bits, (_, bit)| bits | 1 << bit);
                let place = from.params.iter().position(|other| other.name == param.name);
                if let Some((place, Some(Value::Nat(old)))) = place.map(|place| (place, values[place]))
                    && declared(to, index) == 0
                {
                    word |= old & !declared(from, place);
                }
                out.bytes.extend(word.to_le_bytes());
            } else if let Some(field) = field {
                out.bytes.extend(&field.bytes);
                out.counts.adapted += field.counts.adapted;
                out.counts.kept += field.counts.kept;
            }
        }
        Ok(())
    }

    /// Writes the value of a field.
    fn value(&self, ty: &TypeExpr, value: &Value, out: &mut Written) -> Result<(), Lost> {
        match (ty, value) {
            (TypeExpr::Boxed { .. }, Value::Object(object)) => self.object(object, out),
            (TypeExpr::Vector { boxed: true, item }, Value::List(items)) => {
                out.bytes.extend(0x1cb5_c415_u32.to_le_bytes());
                out.bytes.extend(u32::try_from(items.len()).unwrap().to_le_bytes());
                items.iter().try_for_each(|value| self.value(item, value, out))
            }
            _ => {
                out.bytes.extend(self.server.encode(ty, value).unwrap());
                Ok(())
            }
        }
    }
}

/// The fields of a value in the order of another declaration of its id: bits have no bytes, and do not count for the id.
fn seen_as<'v>(from: &Combinator, object: &'v Object, newest: &Combinator) -> Vec<Option<&'v Value>> {
    static IS_THERE: Value = Value::Nat(1);
    let is_bytes = |param: &&Param| !(param.condition.is_some() && is_bit(param));
    let mut bytes = from.params.iter().zip(&object.fields).filter(|(param, _)| is_bytes(param)).map(|(_, value)| value);
    let mut words = BTreeMap::new();
    let values = newest.params.iter().enumerate().map(|(index, param)| {
        if !is_bytes(&param) {
            let (word, bit) = word_of(param)?;
            return words.get(&word).is_some_and(|word: &u32| word >> bit & 1 == 1).then_some(&IS_THERE);
        }
        let value = bytes.next().expect("both have the same layout").as_ref();
        if let Some(Value::Nat(word)) = value {
            words.insert(index, *word);
        }
        value
    });
    values.collect()
}

/// Whether both are the same type.
fn fits(server: &Schema, from: &TypeExpr, types: &Schema, to: &TypeExpr) -> bool {
    match (from, to) {
        (TypeExpr::Boxed { ty: from, .. }, TypeExpr::Boxed { ty: to, .. }) => {
            server.ty(*from).name.full() == types.ty(*to).name.full()
        }
        (TypeExpr::Vector { boxed: from, item: a }, TypeExpr::Vector { boxed: to, item: b }) => {
            from == to && fits(server, a, types, b)
        }
        (TypeExpr::Primitive { .. }, TypeExpr::Primitive { .. }) => {
            let is_text = |ty: &TypeExpr, primitive| *ty == TypeExpr::Primitive { primitive, boxed: None };
            from == to || (is_text(from, Primitive::String) && is_text(to, Primitive::Bytes))
        }
        _ => false,
    }
}

/// An `int` as a `long`, and a vector of them.
fn widened(from: &TypeExpr, value: &Value, to: &TypeExpr) -> Option<Vec<u8>> {
    let is = |ty: &TypeExpr, primitive| *ty == TypeExpr::Primitive { primitive, boxed: None };
    match (from, value, to) {
        (from, Value::Int(value), to) if is(from, Primitive::Int) && is(to, Primitive::Long) => {
            Some(i64::from(*value).to_le_bytes().to_vec())
        }
        (TypeExpr::Vector { boxed: true, item: a }, Value::List(items), TypeExpr::Vector { boxed: true, item: b }) => {
            let numbers: Option<Vec<_>> = items.iter().map(|value| widened(a, value, b)).collect();
            if !(is(a, Primitive::Int) && is(b, Primitive::Long)) {
                return None;
            }
            let mut out = 0x1cb5_c415_u32.to_le_bytes().to_vec();
            out.extend(u32::try_from(items.len()).ok()?.to_le_bytes());
            out.extend(numbers?.concat());
            Some(out)
        }
        _ => None,
    }
}
