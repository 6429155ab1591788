//! When two codecs refuse the same bytes alike: for the same reason, at the same byte.
//!
//! The generated code and the dynamic codec have three conventions of their own, which are all that is allowed for:
//!
//! * A count of more items than the bytes left can hold is refused by the dynamic codec at the count. Generated code reads items until
//!   something is wrong, which is after the count.
//! * Text and padding are refused by the dynamic codec at the first byte of the string, and by generated code at the byte of it that is
//!   wrong.
//! * A string that is cut off is refused by the dynamic codec at its first byte, and by generated code at what is missing of it: its
//!   length, its bytes, or its padding. As the bytes end in it, that is in the same string.

use tlgen_dynamic::{Codec, DecodeError as Dynamic, DecodeErrorKind as Kind, DecodeOptions, Root};
use tlgen_runtime::{DecodeError as Generated, DecodeErrorKind as Made};

/// Bytes of a value that are cut off, or have a bit or a word changed: a few for each byte, the same in every run.
pub(crate) fn changed(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let cut = (0..bytes.len()).map(|length| bytes[..length].to_vec());
    let bits = (0..bytes.len()).flat_map(move |at| {
        [at * 5 % 8, 7 - at % 3].map(|bit| {
            let mut changed = bytes.to_vec();
            changed[at] ^= 1 << bit;
            changed
        })
    });
    let words = (0..bytes.len() / 4).map(move |word| {
        let mut changed = bytes.to_vec();
        changed[word * 4..word * 4 + 4].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
        changed
    });
    let longer = std::iter::once([bytes, &[0; 4]].concat());
    cut.chain(bits).chain(words).chain(longer)
}

/// Nothing if both take the bytes, or refuse them alike; else what each says.
pub(crate) fn difference<T, U>(dynamic: &Result<T, Dynamic>, generated: &Result<U, Generated>) -> Option<String> {
    match (dynamic, generated) {
        (Ok(_), Ok(_)) => None,
        (Err(dynamic), Err(generated)) if is_alike(dynamic, generated) => None,
        (Err(dynamic), Err(generated)) => Some(format!("dynamic: {dynamic}; generated: {generated}")),
        (Err(dynamic), Ok(_)) => Some(format!("only the dynamic codec refuses: {dynamic}")),
        (Ok(_), Err(generated)) => Some(format!("only generated code refuses: {generated}")),
    }
}

/// Nothing if generated code, which read `input`, wrote what the value stands for. Bits that nothing declares it drops, unless they
/// are kept by an option; the dynamic codec keeps them.
pub(crate) fn misread(codec: &Codec<'_>, root: Root<'_>, input: &[u8], written: &[u8]) -> Option<String> {
    let mut declared = DecodeOptions::default();
    declared.declared_bits = true;
    if written == input {
        return None;
    }
    if codec.decode_root(root, input, &declared).is_ok() {
        return Some("generated code writes other bytes".to_owned());
    }
    match codec.decode_root(root, written, &declared).map(|again| codec.encode_root(root, &again)) {
        Ok(Ok(again)) if again == written && again.len() == input.len() => None,
        _ => Some("generated code writes other bytes than without the bits that nothing declares".to_owned()),
    }
}

fn is_alike(dynamic: &Dynamic, generated: &Generated) -> bool {
    let (mine, theirs) = (dynamic.offset, generated.offset());
    let is_same = match (&dynamic.kind, generated.kind()) {
        (Kind::Count(_), _) => return theirs >= mine,
        (Kind::Utf8, Made::InvalidUtf8) | (Kind::Padding, Made::NonZeroPadding) => return theirs > mine,
        (Kind::UnexpectedEnd, Made::UnexpectedEnd | Made::LengthTooLarge { .. }) => return theirs >= mine,
        (Kind::TrailingBytes(left), Made::TrailingBytes { count }) => *left == count,
        (Kind::UnexpectedId { id, .. }, Made::UnknownId { id: other, .. } | Made::UnexpectedId { id: other, .. }) => {
            *id == other
        }
        (Kind::LongForm, Made::NonCanonicalLength { .. }) => true,
        (Kind::UndeclaredBits { bits }, Made::UndeclaredBits { bits: other }) => *bits == other,
        _ => false,
    };
    is_same && mine == theirs
}
