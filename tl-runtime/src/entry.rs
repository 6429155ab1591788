//! What users of generated code call.

use alloc::vec::Vec;
use core::mem;

use crate::{Config, Decode, DecodeBare, DecodeError, Encode, EncodeBare, EncodeError, Reader, Writer};

/// What a fresh buffer begins with: most requests fit.
const FIRST_CAPACITY: usize = 128;

/// The bytes of `value`.
///
/// # Errors
/// When the value has no encoding: see [`EncodeErrorKind`](crate::EncodeErrorKind).
pub fn to_bytes<T: Encode + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut w = Writer::append_to(Vec::with_capacity(FIRST_CAPACITY));
    value.encode(&mut w);
    w.finish()
}

/// The bytes of `value` without its id.
///
/// # Errors
/// When the value has no encoding.
pub fn to_bytes_bare<T: EncodeBare>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut w = Writer::append_to(Vec::with_capacity(FIRST_CAPACITY));
    w.bare(value);
    w.finish()
}

/// Appends the bytes of `value` to `buf`, so that one buffer can serve many values.
///
/// # Errors
/// When the value has no encoding. `buf` is then as it was.
pub fn encode_into<T: Encode + ?Sized>(value: &T, buf: &mut Vec<u8>) -> Result<(), EncodeError> {
    let before = buf.len();
    let mut w = Writer::append_to(mem::take(buf));
    value.encode(&mut w);
    let result;
    (*buf, result) = w.into_parts();
    if result.is_err() {
        buf.truncate(before);
    }
    result
}

/// The value that all of `input` is.
///
/// # Errors
/// When the bytes are no value of this type, or are not canonical, or there are more of them.
pub fn from_bytes<'de, T: Decode<'de>>(input: &'de [u8]) -> Result<T, DecodeError> {
    from_bytes_with(input, &Config::new())
}

/// The value that all of `input` is, with another [`Config`].
///
/// # Errors
/// When the bytes are no value of this type that `config` accepts, or there are more of them.
#[inline]
pub fn from_bytes_with<'de, T: Decode<'de>>(input: &'de [u8], config: &Config) -> Result<T, DecodeError> {
    let mut r = Reader::with_config(input, config);
    let value = T::decode(&mut r);
    r.end().map(|()| value)
}

/// The value that `input` begins with, and the number of bytes that it takes.
///
/// # Errors
/// When `input` begins with no value of this type.
pub fn from_prefix<'de, T: Decode<'de>>(input: &'de [u8]) -> Result<(T, usize), DecodeError> {
    from_prefix_with(input, &Config::new())
}

/// The value that `input` begins with, and the number of bytes that it takes, with another [`Config`].
///
/// # Errors
/// When `input` begins with no value of this type that `config` accepts.
pub fn from_prefix_with<'de, T: Decode<'de>>(input: &'de [u8], config: &Config) -> Result<(T, usize), DecodeError> {
    let mut r = Reader::with_config(input, config);
    let value = T::decode(&mut r);
    let used = r.offset();
    r.check().map(|()| (value, used))
}

/// The value that all of `input` is, which begins without an id.
///
/// # Errors
/// When the bytes are no value of this type, or are not canonical, or there are more of them.
pub fn from_bytes_bare<'de, T: DecodeBare<'de>>(input: &'de [u8]) -> Result<T, DecodeError> {
    from_bytes_bare_with(input, &Config::new())
}

/// The value that all of `input` is, which begins without an id, with another [`Config`].
///
/// # Errors
/// When the bytes are no value of this type that `config` accepts, or there are more of them.
pub fn from_bytes_bare_with<'de, T: DecodeBare<'de>>(input: &'de [u8], config: &Config) -> Result<T, DecodeError> {
    let mut r = Reader::with_config(input, config);
    let value = r.bare();
    r.end().map(|()| value)
}
