//! Views of builtin types: the values themselves, text and bytes in the message.

use alloc::borrow::Cow;

use super::at::{At, Root};
use super::layouts::{Layouts, Step, op};
use super::{Items, View};
use crate::reader::short_bytes;
use crate::unchecked::from_utf8;
use crate::{DecodeError, Reader, True, ids};

/// Bytes of the message: a `bytes`, or an opaque value.
fn bytes<'a>(at: &At<'_, 'a>, r: &mut Reader<'a>, step: &Step) -> &'a [u8] {
    match step.op {
        op::SIZED => r.object_bytes(at.words.get(step.operand).cast_signed()),
        op::OBJECT => r.last_object(),
        _ => r.bytes(),
    }
}

macro_rules! view {
    ($($ty:ty, $doc:literal, $op:ident $operand:literal, $min:literal, $fast:expr, ($at:ident, $r:ident, $step:ident) => $read:expr;)*) => {$(
        #[doc = $doc]
        impl<'a> View<'a> for $ty {
            const LAYOUTS: &'static Layouts = &Layouts::NONE;
            const ROOT: Root = Root::new(op::$op, $operand, $min);

            #[inline]
            fn load($at: &At<'_, 'a>) -> Result<Self, DecodeError> {
                let fast: fn(&'a [u8]) -> Option<Self> = $fast;
                match $at.plain(op::$op).and_then(fast) {
                    Some(value) => Ok(value),
                    None => $at.read(|$r, $step| $read),
                }
            }
        }
    )*};
}

/// The bytes that a value begins with.
#[inline]
fn first<const N: usize>(rest: &[u8]) -> Option<[u8; N]> {
    rest.first_chunk().copied()
}

view! {
    i32, "`int`.", FIXED 4, 4, |rest| first(rest).map(i32::from_le_bytes), (at, r, _step) => r.get();
    u32, "`#`.", FIXED 4, 4, |rest| first(rest).map(u32::from_le_bytes), (at, r, _step) => r.get();
    i64, "`long`.", FIXED 8, 8, |rest| first(rest).map(i64::from_le_bytes), (at, r, _step) => r.get();
    f64, "`double`.", FIXED 8, 8, |rest| first(rest).map(f64::from_le_bytes), (at, r, _step) => r.get();
    f32, "`float`.", FIXED 4, 4, |rest| first(rest).map(f32::from_le_bytes), (at, r, _step) => r.get();
    bool, "`Bool`.", BOOL 0, 4, truth, (at, r, _step) => r.get();
    [u8; 16], "`int128`.", FIXED 16, 16, first, (at, r, _step) => r.array();
    [u8; 32], "`int256`.", FIXED 32, 32, first, (at, r, _step) => r.array();
    [u8; 64], "`int512`.", FIXED 64, 64, first, (at, r, _step) => r.array();
    &'a str, "`string`: text of the message. It must be UTF-8 in each mode.", TEXT 0, 4, text, (at, r, _step) => r.str();
    &'a [u8], "`bytes`, or an opaque value with its id: bytes of the message.", BYTES 0, 4,
        |rest| short_bytes(rest).map(|(data, _)| data), (at, r, step) => bytes(at, r, step);
    Cow<'a, str>, "`string` with the option `text = \"lossy\"`: text of the message, or a copy in which invalid sequences are U+FFFD.",
        LOSSY 0, 4, |rest| text(rest).map(Cow::Borrowed), (at, r, _step) => r.lossy_text();
    True, "`True`.", TRUE 0, 4, |_| None, (at, r, _step) => { r.expect_id(ids::TRUE, "true"); True };
    (), "A `true` without bytes.", FIXED 0, 0, |_| Some(()), (at, _r, _step) => ();
}

fn truth(rest: &[u8]) -> Option<bool> {
    match u32::from_le_bytes(first(rest)?) {
        ids::BOOL_TRUE => Some(true),
        ids::BOOL_FALSE => Some(false),
        _ => None,
    }
}

/// Short text.
fn text(rest: &[u8]) -> Option<&str> {
    from_utf8(short_bytes(rest)?.0).ok()
}

/// `Vector`.
impl<'a, T: View<'a>> View<'a> for Items<'a, T> {
    const LAYOUTS: &'static Layouts = T::LAYOUTS;
    const ROOT: Root = T::ROOT.in_vector();

    #[inline]
    fn load(at: &At<'_, 'a>) -> Result<Self, DecodeError> {
        Self::new(at)
    }
}
