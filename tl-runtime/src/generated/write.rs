//! What generated code writes with, beside the methods of [`Writer`]. It writes or fails as they do.

use super::{Run, mask};
use crate::{EncodeErrorKind, Object, Writer, unchecked};

/// The values of a run, as if they were written one by one, but with one check of the room for all of them.
#[inline]
pub fn fixed<T: Run>(w: &mut Writer, values: T) {
    unchecked::append(&mut w.buf, unchecked::bytes_of(&values.to_bytes()));
}

/// Where the next byte goes.
#[inline]
#[must_use]
pub fn place(w: &Writer) -> usize {
    w.buf.len()
}

/// Values of a run that are known late, in place of those that were written at `place` for them.
#[inline]
pub fn late<T: Run>(w: &mut Writer, place: usize, values: T) {
    let values = values.to_bytes();
    let values = unchecked::bytes_of(&values);
    if let Some(room) = w.buf.get_mut(place..).and_then(|written| written.get_mut(..values.len())) {
        room.copy_from_slice(values);
    }
}

/// A conditional flags field that is kept in the struct: with the `declared` bits of `word` replaced by `presence`.
///
/// Fails when a field that needs the word is there and the word is not.
pub fn opt_word(
    w: &mut Writer,
    word: Option<u32>,
    declared: u32,
    presence: u32,
    ty: &'static str,
    field: &'static str,
) {
    match word {
        Some(word) => w.u32(mask(word, declared, presence)),
        None if presence != 0 => w.fail(EncodeErrorKind::MissingWord { ty, field }),
        None => {}
    }
}

/// Fails when some of the fields that share one bit are there and some are not. `fields` names them, as in `a, b`.
#[inline]
pub fn shared_bit(w: &mut Writer, present: &[bool], ty: &'static str, fields: &'static str) {
    let first = present.first().is_some_and(|&first| first);
    if present.iter().any(|&other| other != first) {
        w.fail(EncodeErrorKind::SharedBit { ty, fields });
    }
}

/// The length of `object` for the field that counts its bytes; fails when it has 2^31 or more.
pub fn object_len(w: &mut Writer, object: &Object, ty: &'static str, field: &'static str) -> i32 {
    let length = object.as_bytes().len();
    i32::try_from(length).unwrap_or_else(|_| {
        w.fail(EncodeErrorKind::ObjectTooLong { ty, field, length });
        0
    })
}
