//! Bytes that are no value: those of a value after one change.

use tlgen_model::schema::{Combinator, Primitive, TypeExpr};

use super::{Expected, Vector, values};
use crate::codec::Codec;
use crate::decode::DecodeOptions;
use crate::error::DecodeErrorKind;
use crate::root::Root;
use crate::value::{Object, Value};

/// How many values stand within each other where that is too deep for every reader of ours, and is no more than some kilobytes.
const DEEP: usize = 1000;

/// An id that no schema has: clients take it for a mistake of theirs.
const NO_ID: [u8; 4] = [0xff; 4];

/// What becomes of the bytes of `base`, one of the `values`. What is a value after the change is left out.
pub(super) fn changes(codec: &Codec<'_>, base: &Vector, values: &[Vector]) -> Vec<Vector> {
    let Expected::Value(object) = &base.expected else { return Vec::new() };
    let bytes = &base.bytes;
    let mut changed: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |case: &str, bytes: Vec<u8>| changed.push((case.to_owned(), bytes));
    add("nothing", Vec::new());
    add("half of an id", bytes[..2].to_vec());
    if bytes.len() > 4 {
        add("an id alone", bytes[..4].to_vec());
        add("cut in the middle", bytes[..4 + (bytes.len() - 4) / 2].to_vec());
        add("cut by a byte", bytes[..bytes.len() - 1].to_vec());
    }
    add("four bytes more", [bytes, &[0; 4][..]].concat());
    add("another id", [&NO_ID[..], &bytes[4..]].concat());
    let combinator = codec.schema().combinator(base.combinator);
    if combinator.params.iter().all(values::is_plain) {
        fields(codec, combinator, object, bytes, values, &mut changed);
    }
    let refused = |(case, bytes): (String, Vec<u8>)| {
        // Bits that no field declares are the only change that is taken unless it is asked otherwise.
        let options = DecodeOptions { declared_bits: true, ..DecodeOptions::default() };
        let error = codec.decode_root(Root::Boxed(base.combinator), &bytes, &options).err()?;
        let optional = matches!(
            error.kind,
            DecodeErrorKind::LongForm
                | DecodeErrorKind::Padding
                | DecodeErrorKind::Utf8
                | DecodeErrorKind::UndeclaredBits { .. }
        );
        let expected = Expected::Refused { error, optional };
        Some(Vector { combinator: base.combinator, case, bytes, expected })
    };
    changed.into_iter().filter_map(refused).collect()
}

/// Changes of fields: of each kind of field the first one is changed.
fn fields(
    codec: &Codec<'_>,
    combinator: &Combinator,
    object: &Object,
    bytes: &[u8],
    values: &[Vector],
    changed: &mut Vec<(String, Vec<u8>)>,
) {
    let mut seen = Vec::new();
    let mut at = 4;
    for (place, (param, value)) in combinator.params.iter().zip(&object.fields).enumerate() {
        let Some(value) = value else { continue };
        let Ok(field) = codec.encode(&param.ty, value) else { return };
        let (before, after) = (&bytes[..at], &bytes[at + field.len()..]);
        let name = param.name.as_deref().map_or_else(|| place.to_string(), str::to_owned);
        at += field.len();
        let kind = std::mem::discriminant(&param.ty);
        let primitive = match &param.ty {
            TypeExpr::Primitive { primitive, .. } => Some(*primitive),
            _ => None,
        };
        // Of boxed types only the own one may be within itself, and of words only those with bits have bits that are wrong.
        let is_own = matches!(&param.ty, TypeExpr::Boxed { ty, .. } if combinator.ty == Some(*ty));
        let key = (kind, primitive, is_own, param.word.bits != 0);
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let mut add = |what: &str, field: &[u8]| {
            changed.push((format!("{name}: {what}"), [before, field, after].concat()));
        };
        match (&param.ty, value) {
            (TypeExpr::Nat, Value::Nat(word)) if param.word.bits != u32::MAX => {
                let free = 31 - param.word.bits.leading_ones();
                add("a bit that no field declares", &(word | 1 << free).to_le_bytes());
            }
            (TypeExpr::Primitive { primitive: Primitive::Bool, .. }, _) => add("neither true nor false", &NO_ID),
            (TypeExpr::Primitive { primitive: Primitive::String | Primitive::Bytes, .. }, value) => {
                add("a length beyond the end", &[0xfe, 0xff, 0xff, 0xff]);
                add("a length in a longer form", &[0xfe, 1, 0, 0, b'a', 0, 0, 0]);
                add("padding that is not zero", &[1, b'a', 0, 1]);
                if matches!(value, Value::Text(_)) {
                    add("not UTF-8", &[3, b'a', 0xc3, 0x28]);
                }
            }
            (TypeExpr::Vector { boxed, .. }, _) => {
                let count = usize::from(*boxed) * 4;
                let items = &field[count + 4..];
                add("a count of more than there can be", &[&field[..count], &[0xff; 4], items].concat());
                add("a count below zero", &[&field[..count], &[0, 0, 0, 0x80], items].concat());
                if *boxed {
                    add("no id of a vector", &[&NO_ID[..], &field[4..]].concat());
                }
            }
            (TypeExpr::Boxed { .. }, Value::Object(_)) => {
                add("an id that is none of its type", &[&NO_ID[..], &field[4..]].concat());
                if is_own {
                    // With the least that there is before the field.
                    let shortest = values.iter().filter_map(|value| before_field(codec, value, place));
                    let before = shortest.min_by_key(Vec::len).unwrap_or_else(|| before.to_vec());
                    changed.push((format!("{name}: {DEEP} within each other"), before.repeat(DEEP)));
                }
            }
            _ => {}
        }
    }
}

/// The bytes before the field at an index, in a value that has it and that the seed does not decide about.
fn before_field(codec: &Codec<'_>, vector: &Vector, place: usize) -> Option<Vec<u8>> {
    let Expected::Value(object) = &vector.expected else { return None };
    if vector.case.starts_with(values::RANDOM) || object.fields.get(place)?.is_none() {
        return None;
    }
    let params = &codec.schema().combinator(vector.combinator).params;
    let mut bytes = vector.bytes[..4].to_vec();
    for (param, field) in params.iter().zip(&object.fields[..place]) {
        if let Some(field) = field {
            bytes.extend(codec.encode(&param.ty, field).ok()?);
        }
    }
    Some(bytes)
}
