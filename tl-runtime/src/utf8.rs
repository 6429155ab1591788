//! Bytes to text: the one place of this crate with `unsafe` code.
//!
//! The standard check looks at each byte of a short text, and most texts in messages are short and ASCII. Two words, which
//! may overlap, tell that of up to 32 bytes; all other bytes go to the standard check.

use core::str::{self, Utf8Error};

/// The text that `bytes` are, as [`core::str::from_utf8`] has it.
#[inline]
#[expect(unsafe_code, reason = "without it decoding of names takes a tenth to a third longer")]
pub(crate) fn from_utf8(bytes: &[u8]) -> Result<&str, Utf8Error> {
    if is_short_ascii(bytes) {
        // SAFETY: text must be UTF-8. `is_short_ascii` is true only if each byte is below 128, and each such byte is a
        // whole character of UTF-8.
        return Ok(unsafe { str::from_utf8_unchecked(bytes) });
    }
    str::from_utf8(bytes)
}

/// Whether there are at most 32 bytes, each of them below 128.
#[inline]
fn is_short_ascii(bytes: &[u8]) -> bool {
    const HIGH: u128 = u128::from_ne_bytes([0x80; 16]);
    // The first `N` and the last `N` of at most `2 * N` bytes are all of them.
    match bytes.len() {
        0..4 => bytes.iter().all(u8::is_ascii),
        4..8 => ends(bytes, |a, b| (u32::from_ne_bytes(a) | u32::from_ne_bytes(b)) & HIGH as u32 == 0),
        8..16 => ends(bytes, |a, b| (u64::from_ne_bytes(a) | u64::from_ne_bytes(b)) & HIGH as u64 == 0),
        16..=32 => ends(bytes, |a, b| (u128::from_ne_bytes(a) | u128::from_ne_bytes(b)) & HIGH == 0),
        _ => false,
    }
}

/// What `test` says to the first `N` and the last `N` bytes; no, if there are fewer.
#[inline]
fn ends<const N: usize>(bytes: &[u8], test: impl FnOnce([u8; N], [u8; N]) -> bool) -> bool {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(start), Some(end)) => test(*start, *end),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{from_utf8, is_short_ascii};

    /// Each length, each place, each byte that could stand there.
    #[test]
    fn it_says_what_the_standard_check_says() {
        for len in 0..=36 {
            let mut bytes = [b'a'; 36];
            assert_eq!(is_short_ascii(&bytes[..len]), len <= 32);
            for place in 0..len {
                for byte in 0..=255 {
                    bytes[place] = byte;
                    let found = from_utf8(&bytes[..len]);
                    assert_eq!(found, core::str::from_utf8(&bytes[..len]), "{byte:#04x} at {place} of {len}");
                    assert_eq!(is_short_ascii(&bytes[..len]), byte < 128 && len <= 32);
                }
                bytes[place] = b'a';
            }
        }
    }

    #[test]
    fn characters_of_several_bytes() {
        for text in ["é", "aé", "éa", "日本語", "日本語日本", "😀😀😀😀", "a😀", "Борис", "Guðrún"]
        {
            assert_eq!(from_utf8(text.as_bytes()), Ok(text));
            for end in 0..text.len() {
                let bytes = &text.as_bytes()[..end];
                assert_eq!(from_utf8(bytes), core::str::from_utf8(bytes));
            }
        }
    }
}
