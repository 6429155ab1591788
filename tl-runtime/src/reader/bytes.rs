//! Bytes of a given number, and strings with the forms of their lengths and their padding.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::Reader;
use crate::types::text::{self, LONG_FORM, MIDDLE_FORM, padding};
use crate::unchecked::from_utf8;
use crate::{DecodeErrorKind, Mode};

/// The `bytes` at the start of `rest`, and what comes after them, if they are in the short form with zero padding, which nearly
/// all are: with one check of the length.
#[inline]
pub(crate) fn short_bytes(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    if let [first @ 0..MIDDLE_FORM, ..] = *rest {
        let len = usize::from(first);
        let total = (len + 4) & !3;
        if let Some((whole, tail)) = rest.split_at_checked(total)
            && let Some(&last) = whole.last_chunk::<4>()
            // Of the last word only the bytes after the data are left.
            && u64::from(u32::from_le_bytes(last)) >> (8 * (len + 5 - total)) == 0
            && let Some(data) = whole.get(1..=len)
        {
            return Some((data, tail));
        }
    }
    None
}

impl<'de> Reader<'de> {
    /// The next `N` bytes as they are; zeros when there are fewer.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        if let Some((head, tail)) = self.rest.split_first_chunk::<N>() {
            self.rest = tail;
            *head
        } else {
            self.fail_end();
            [0; N]
        }
    }

    /// The next `len` bytes as they are; none when there are fewer.
    #[inline]
    pub fn take_bytes(&mut self, len: usize) -> &'de [u8] {
        if let Some((head, tail)) = self.rest.split_at_checked(len) {
            self.rest = tail;
            head
        } else {
            self.fail_end();
            &[]
        }
    }

    /// All bytes that are left.
    #[inline]
    pub fn rest(&mut self) -> &'de [u8] {
        core::mem::take(&mut self.rest)
    }

    /// A `bytes` or `string` as it is.
    #[inline]
    pub fn bytes(&mut self) -> &'de [u8] {
        if let Some((data, tail)) = short_bytes(self.rest) {
            self.rest = tail;
            return data;
        }
        self.bytes_slow()
    }

    #[inline(never)]
    extern "C" fn bytes_slow(&mut self) -> &'de [u8] {
        let before = self.rest.len();
        let (header, length) = match self.array::<1>()[0] {
            MIDDLE_FORM => {
                let [a, b, c] = self.array();
                (4, u64::from(u32::from_le_bytes([a, b, c, 0])))
            }
            LONG_FORM => {
                let [a, b, c, d, e, f, g] = self.array();
                (8, u64::from_le_bytes([a, b, c, d, e, f, g, 0]))
            }
            short => (1, u64::from(short)),
        };
        if !self.is_ok() {
            return &[];
        }
        if header != text::header(length) && !self.is_lenient() {
            self.fail_back(DecodeErrorKind::NonCanonicalLength { length }, header);
            return &[];
        }
        let Some(len) = usize::try_from(length).ok().filter(|&len| len <= self.rest.len()) else {
            let kind = if length > u64::from(u32::MAX) {
                DecodeErrorKind::LengthTooLarge { length }
            } else {
                DecodeErrorKind::UnexpectedEnd
            };
            // The offset of a length that makes no sense, or of the data that is not all there.
            let back = if kind == DecodeErrorKind::UnexpectedEnd { 0 } else { header };
            self.fail_back(kind, back);
            return &[];
        };
        let data = self.take_bytes(len);
        let pad = self.take_bytes(padding(before - self.rest.len()));
        if pad.iter().any(|&byte| byte != 0) && !self.is_lenient() {
            self.fail_back(DecodeErrorKind::NonZeroPadding, pad.len());
            return &[];
        }
        data
    }

    /// A `string` that stays in the input. It must be UTF-8 in each mode.
    pub fn str(&mut self) -> &'de str {
        let data = self.bytes();
        from_utf8(data).unwrap_or_else(|error| self.fail_text(data, error.valid_up_to()))
    }

    /// A `string`, repaired in lenient mode.
    pub fn text(&mut self) -> Cow<'de, str> {
        let data = self.bytes();
        match from_utf8(data) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => Cow::Owned(self.mend_text(data, error.valid_up_to())),
        }
    }

    /// A `string` whose invalid sequences become U+FFFD, except in [`Mode::Strict`], which loses nothing.
    pub fn lossy<T: for<'t> From<&'t str>>(&mut self) -> T {
        let data = self.bytes();
        match from_utf8(data) {
            Ok(text) => T::from(text),
            Err(error) if self.options.mode == Mode::Strict => T::from(self.fail_text(data, error.valid_up_to())),
            Err(_) => T::from(&self.repaired(data)),
        }
    }

    /// The same as it is, if it needs no repair.
    pub(crate) fn lossy_text(&mut self) -> Cow<'de, str> {
        let data = self.bytes();
        match from_utf8(data) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) if self.options.mode == Mode::Strict => Cow::Borrowed(self.fail_text(data, error.valid_up_to())),
            Err(_) => Cow::Owned(self.repaired(data)),
        }
    }

    /// Leaves out what [`Self::text`] would give.
    #[inline]
    pub(crate) fn skip_text(&mut self) {
        self.skip_text_in(Mode::Canonical);
    }

    /// Leaves out what [`Self::lossy`] would give.
    pub(crate) fn skip_lossy(&mut self) {
        self.skip_text_in(Mode::Strict);
    }

    /// Leaves out text, which must be UTF-8 in this mode and in stricter ones.
    #[inline]
    fn skip_text_in(&mut self, mode: Mode) {
        let data = self.bytes();
        if let Err(error) = from_utf8(data)
            && self.options.mode >= mode
        {
            self.fail_text(data, error.valid_up_to());
        }
    }

    /// A `string` that is copied. Not inlined, as generated code has thousands of calls.
    pub(crate) extern "C" fn string(&mut self) -> String {
        let data = self.bytes();
        match from_utf8(data) {
            Ok(text) => String::from(text),
            Err(error) => self.mend_text(data, error.valid_up_to()),
        }
    }

    /// A `string` that is copied, without an allocation if it is short.
    #[cfg(feature = "compact_str")]
    pub(crate) extern "C" fn compact_string(&mut self) -> crate::CompactString {
        let data = self.bytes();
        match from_utf8(data) {
            Ok(text) => text.into(),
            Err(error) => self.mend_text(data, error.valid_up_to()).into(),
        }
    }

    /// The same if it is there.
    #[cfg(feature = "compact_str")]
    pub(crate) extern "C" fn compact_string_if(&mut self, is_there: bool) -> Option<crate::CompactString> {
        is_there.then(|| self.compact_string())
    }

    #[cold]
    #[inline(never)]
    extern "C" fn mend_text(&mut self, data: &[u8], valid: usize) -> String {
        if self.is_lenient() {
            return self.repaired(data);
        }
        String::from(self.fail_text(data, valid))
    }

    /// `data` with U+FFFD for each invalid sequence, in exactly the memory that it needs.
    #[cold]
    #[inline(never)]
    extern "C" fn repaired(&mut self, data: &[u8]) -> String {
        const REPLACEMENT: &str = "\u{fffd}";
        let parts = || {
            data.utf8_chunks()
                .flat_map(|chunk| [chunk.valid(), if chunk.invalid().is_empty() { "" } else { REPLACEMENT }])
        };
        let len = parts().map(str::len).sum::<usize>();
        if !self.charge(len.saturating_sub(data.len())) {
            return String::new();
        }
        let mut text = String::with_capacity(len);
        text.extend(parts());
        text
    }

    /// A `bytes` that is copied. Not inlined either.
    pub(crate) extern "C" fn byte_vec(&mut self) -> Vec<u8> {
        self.bytes().to_vec()
    }

    /// Fails at the first invalid byte of `data`, which ends, with its padding, at the current offset.
    #[cold]
    #[inline(never)]
    extern "C" fn fail_text(&mut self, data: &[u8], valid: usize) -> &'static str {
        let header = text::header(data.len() as u64);
        let after = data.len() - valid + padding(header + data.len());
        self.fail_back(DecodeErrorKind::InvalidUtf8, after);
        ""
    }
}
