//! Values that implementations get wrong.

use std::collections::HashSet;

use tlgen_model::Valid;
use tlgen_model::schema::{CombinatorIdx, NatRef, Param, Primitive, Schema, TypeExpr};

use super::{Expected, Vector};
use crate::codec::Codec;
use crate::random::{Generator, Profile};
use crate::value::{Object, Value};

/// The case of the value with everything.
pub(super) const MOST: &str = "most";

/// What the cases of random values begin with.
pub(super) const RANDOM: &str = "random ";

/// How many values at the ends of ranges there are of each constructor. Each has other ends in its fields, so that all ends are
/// tried among neighbours.
const ENDS: usize = 4;

/// Lengths at which the form or the padding of text changes.
const LENGTHS: [usize; 9] = [0, 1, 3, 4, 5, 253, 254, 255, 256];

/// What makes values, by a seed.
#[derive(Clone, Debug)]
pub(super) struct Makers<'s> {
    /// The smallest values that there are.
    smallest: Generator<'s>,
    random: Generator<'s>,
    seed: u64,
}

impl<'s> Makers<'s> {
    pub(super) fn new(schema: &'s Valid<Schema>, seed: u64) -> Self {
        let generator = Generator::new(schema, seed);
        let profile = Profile::default().with_nan(false);
        Self {
            smallest: generator.clone().with_profile(profile.clone().with_budget(0).with_max_depth(0)),
            random: generator.with_profile(profile.with_budget(256).with_max_depth(4)),
            seed,
        }
    }
}

/// The values of a constructor or function, with so many at random.
pub(super) fn values<'s>(
    codec: &Codec<'s>,
    makers: &mut Makers<'s>,
    combinator: CombinatorIdx,
    random: usize,
) -> Vec<Vector> {
    let declared = codec.schema().combinator(combinator);
    // By the declaration, so that other declarations change nothing.
    let own = u64::from(declared.id).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut made = Vec::new();
    if declared.params.iter().all(is_plain) {
        let params = &codec.schema().combinator(combinator).params;
        let mut maker = Maker { params, combinator, smallest: &mut makers.smallest, seed: own };
        made.push(("least".to_owned(), maker.make(Shape { bits: Bits::None, items: 0, end: None })));
        made.push((MOST.to_owned(), maker.make(Shape { bits: Bits::All, items: 2, end: Some(1) })));
        for (word, param) in declared.params.iter().enumerate() {
            for bit in (0..32).filter(|bit| param.word.bits >> bit & 1 == 1) {
                let name = param.name.as_deref().unwrap_or("#");
                made.push((
                    format!("bit {name}.{bit}"),
                    maker.make(Shape { bits: Bits::One(word, bit), items: 1, end: Some(1) }),
                ));
            }
        }
        if declared.params.iter().any(|param| is_number(param) || has_ends(&param.ty)) {
            let first = usize::try_from(declared.id % 64).unwrap_or(0);
            for end in first..first + ENDS {
                made.push((
                    format!("ends {}", end - first),
                    maker.make(Shape { bits: Bits::All, items: 1, end: Some(end) }),
                ));
            }
        }
    }
    for index in 0..random {
        makers.random.reseed((makers.seed ^ own).wrapping_add(index as u64));
        made.push((format!("{RANDOM}{index}"), makers.random.combinator(combinator).ok()));
    }
    let vector = |(case, object): (String, Option<Object>)| {
        let object = object?;
        let bytes = codec.encode_boxed(&object).ok()?;
        Some(Vector { combinator, case, bytes, expected: Expected::Value(object) })
    };
    // A constructor without fields is the same each time.
    let mut known = HashSet::new();
    made.into_iter().filter_map(vector).filter(|vector| known.insert(vector.bytes.clone())).collect()
}

/// Whether a field is a number for which nothing of its type says what it means, and no mask.
fn is_number(param: &Param) -> bool {
    matches!(param.ty, TypeExpr::Nat) && param.word.bits == 0 && !param.is_named_flags()
}

/// Whether a value of a field needs to know nothing of other fields.
pub(super) fn is_plain(param: &Param) -> bool {
    fn is_plain(ty: &TypeExpr) -> bool {
        match ty {
            TypeExpr::Nat | TypeExpr::Primitive { .. } | TypeExpr::Object => true,
            TypeExpr::Vector { item, .. } => is_plain(item),
            TypeExpr::Boxed { args, .. } | TypeExpr::Bare { args, .. } => args.is_empty(),
            TypeExpr::Refined { .. }
            | TypeExpr::Var { .. }
            | TypeExpr::Function { .. }
            | TypeExpr::Unresolved
            | TypeExpr::Repeat { .. } => false,
        }
    }
    !param.word.is_count && !param.word.is_argument && is_plain(&param.ty)
}

/// Whether values of the type have ends that are worth a try.
fn has_ends(ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::Primitive { primitive, .. } => *primitive != Primitive::True,
        TypeExpr::Vector { item, .. } => matches!(**item, TypeExpr::Nat) || has_ends(item),
        _ => false,
    }
}

/// What a value is like.
#[derive(Clone, Copy)]
struct Shape {
    bits: Bits,
    /// How many items lists have.
    items: usize,
    /// Which end of their ranges numbers and text have: each field has the next one, and without a number all are 0 or empty.
    end: Option<usize>,
}

/// Which bits words have.
#[derive(Clone, Copy)]
enum Bits {
    None,
    /// All that fields declare.
    All,
    /// The bit of the word at an index, and the bits that it needs to be there.
    One(usize, u8),
}

/// Makes values of one constructor or function.
struct Maker<'m, 's> {
    params: &'s [Param],
    combinator: CombinatorIdx,
    /// Of the values within it.
    smallest: &'m mut Generator<'s>,
    seed: u64,
}

impl<'s> Maker<'_, 's> {
    /// Nothing where a field has no value.
    fn make(&mut self, shape: Shape) -> Option<Object> {
        self.smallest.reseed(self.seed);
        let mut fields: Vec<Option<Value>> = Vec::with_capacity(self.params.len());
        for (place, param) in self.params.iter().enumerate() {
            let is_there = param.condition.is_none_or(|condition| match condition.word {
                NatRef::Param(word) => match fields.get(word as usize) {
                    Some(Some(Value::Nat(bits))) => bits >> condition.bit & 1 == 1,
                    _ => false,
                },
                _ => false,
            });
            fields.push(match &param.ty {
                _ if !is_there => None,
                TypeExpr::Nat if !is_number(param) => Some(Value::Nat(self.word(shape.bits, place))),
                ty => Some(self.value(ty, shape.items, shape.end.map_or(0, |end| end + place))?),
            });
        }
        Some(Object { combinator: self.combinator, fields })
    }

    fn word(&self, bits: Bits, place: usize) -> u32 {
        let declared = self.params[place].word.bits;
        match bits {
            Bits::None => 0,
            Bits::All => declared,
            Bits::One(word, bit) if word == place => 1 << bit,
            // The word with the bit may itself be there only if a bit of this one is set.
            Bits::One(word, _) => match self.params[word].condition {
                Some(condition) if condition.word == NatRef::Param(u32::try_from(place).unwrap_or(u32::MAX)) => {
                    1 << condition.bit
                }
                _ => 0,
            },
        }
    }

    fn value(&mut self, ty: &'s TypeExpr, items: usize, end: usize) -> Option<Value> {
        match ty {
            TypeExpr::Nat => Some(Value::Nat(at(&[0, 1, u32::MAX, 1 << 31, i32::MAX as u32, 0x1234_5678], end))),
            TypeExpr::Primitive { primitive, .. } => Some(primitive_at(*primitive, end)),
            TypeExpr::Vector { item, .. } => {
                let values = (0..items).map(|index| self.value(item, items.min(1), end + index));
                values.collect::<Option<_>>().map(Value::List)
            }
            ty => self.smallest.value(ty).ok(),
        }
    }
}

fn at<T: Copy>(ends: &[T], end: usize) -> T {
    ends[end % ends.len()]
}

/// A value of a primitive at one of the ends of its range; the first is 0 or empty.
fn primitive_at(primitive: Primitive, end: usize) -> Value {
    let length = at(&LENGTHS, end);
    match primitive {
        Primitive::Int => Value::Int(at(&[0, 1, -1, i32::MAX, i32::MIN, 0x1234_5678], end)),
        Primitive::Long => {
            Value::Long(at(&[0, 1, -1, i64::MAX, i64::MIN, (1 << 53) + 1, -(1 << 53) - 1, 0xffff_ffff], end))
        }
        Primitive::Double => Value::Double(at(
            &[0.0, 1.5, -0.0, f64::MAX, f64::MIN_POSITIVE, 5e-324, f64::INFINITY, f64::NEG_INFINITY],
            end,
        )),
        Primitive::Float => Value::Float(at(&[0.0, 1.5, -0.0, f32::MAX, 1e-45, f32::INFINITY, f32::NEG_INFINITY], end)),
        Primitive::Bool => Value::Bool(end % 2 == 1),
        Primitive::True => Value::True,
        // One to four bytes a character, but as many bytes as the length says.
        Primitive::String => {
            let mut text = String::new();
            for c in ['a', 'é', '語', '😀', '\0'].into_iter().cycle().skip(end) {
                match length - text.len() {
                    0 => break,
                    left if left < c.len_utf8() => text.extend(std::iter::repeat_n('z', left)),
                    _ => text.push(c),
                }
            }
            Value::Text(text)
        }
        Primitive::Bytes => Value::Bytes(pattern(length, end)),
        Primitive::Int128 => Value::Bytes(large(16, end)),
        Primitive::Int256 => Value::Bytes(large(32, end)),
        Primitive::Int512 => Value::Bytes(large(64, end)),
    }
}

/// Bytes of all values.
fn pattern(length: usize, first: usize) -> Vec<u8> {
    (0..length).map(|at| at.wrapping_mul(7).wrapping_add(first).to_le_bytes()[0] ^ 0xff).collect()
}

/// 0, all bits, the highest bit alone, or anything.
fn large(length: usize, end: usize) -> Vec<u8> {
    match end % 4 {
        0 => vec![0; length],
        1 => pattern(length, end),
        2 => vec![0xff; length],
        _ => (0..length).map(|at| if at + 1 == length { 0x80 } else { 0 }).collect(),
    }
}
