//! Errors that are known by name.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};

/// An error that the documentation of a function names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct KnownError {
    /// The codes with which it comes, ascending; none where nobody has said.
    pub codes: &'static [i32],
    /// The name, with `X` for a number: `FLOOD_WAIT_X`.
    pub name: &'static str,
}

impl KnownError {
    /// From its two parts.
    #[must_use]
    pub const fn new(codes: &'static [i32], name: &'static str) -> Self {
        Self { codes, name }
    }
}

/// The numbers between the `parts` of the text of an error, if the text is made of them: `FLOOD_WAIT_31` has 31 between
/// `FLOOD_WAIT_` and nothing.
///
/// There is one part more than numbers. A number is written without a leading zero and fits 64 bits.
///
/// ```
/// use tlgen_runtime::generated::error_numbers;
/// assert_eq!(error_numbers("FILE_PART_7_MISSING", &["FILE_PART_", "_MISSING"]), Some([7]));
/// assert_eq!(error_numbers::<1>("FILE_PART_07_MISSING", &["FILE_PART_", "_MISSING"]), None);
/// ```
#[must_use]
pub fn error_numbers<const N: usize>(text: &str, parts: &[&str]) -> Option<[u64; N]> {
    let (first, parts) = parts.split_first()?;
    if parts.len() != N {
        return None;
    }
    let mut rest = text.strip_prefix(first)?;
    let mut numbers = [0; N];
    for (number, part) in numbers.iter_mut().zip(parts) {
        let digits;
        (digits, rest) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        *number = digits.parse().ok()?;
        rest = rest.strip_prefix(part)?;
    }
    rest.is_empty().then_some(numbers)
}

/// The text of which `name` is what is left without `number`; see [`RpcError::from_parts`](super::RpcError::from_parts).
pub(super) fn restored(code: i32, name: &str, number: Option<u64>, known: &[KnownError]) -> String {
    let Some(number) = number else { return name.to_owned() };
    let number = number.to_string();
    let with_code = |error: &&KnownError| error.codes.is_empty() || error.codes.contains(&code);
    for error in known.iter().filter(with_code) {
        // Each number of a known error may be the one; the others are then part of the name.
        for (at, _) in error.name.match_indices("_X") {
            let (before, after) = (&error.name[..at], &error.name[at + 2..]);
            // `X` is a number where it is a word, and in `XMIN`.
            if after.is_empty() || after.starts_with('_') || after.starts_with("MIN") {
                let text = [before, "_", &number, after].concat();
                if without_number(&text).as_deref() == Some(name) {
                    return text;
                }
            }
        }
        // A number may also belong to the name, as in `INTERDC_2_CALL_ERROR`.
        if first_number(error.name) == Some(&number) && without_number(error.name).as_deref() == Some(name) {
            return error.name.to_owned();
        }
    }
    // What has no `_` before it was not deleted: `SHA256_HASH_INVALID`.
    if first_number(name) == Some(&number) { name.to_owned() } else { [name, "_", &number].concat() }
}

/// The first digits of a text.
fn first_number(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())
}

/// The text without the first number and the `_` before it, as clients make it.
fn without_number(text: &str) -> Option<String> {
    let number = first_number(text)?;
    Some(text.replace(&["_", number].concat(), ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_put_back() {
        let known = [
            KnownError::new(&[400], "FILE_PART_X_MISSING"),
            KnownError::new(&[], "INTERDC_X_CALL_ERROR"),
            KnownError::new(&[500], "STEP_2_FAILED"),
            KnownError::new(&[400], "BOX_XL"),
            KnownError::new(&[406], "IMPORT_WAIT_XMIN"),
        ];
        for (code, text) in [
            (400, "FILE_PART_3_MISSING"),
            (500, "INTERDC_2_CALL_ERROR"),
            (500, "STEP_2_FAILED"),
            (420, "FLOOD_WAIT_31"),
            (400, "SHA256_HASH_INVALID"),
            (420, "2FA_CONFIRM_WAIT_86400"),
            (400, "BOX_XL"),
            (406, "IMPORT_WAIT_5MIN"),
            (400, "HASH_INVALID"),
        ] {
            let number = first_number(text).map(|number| number.parse().unwrap());
            let name = without_number(text).unwrap_or_else(|| text.to_owned());
            assert_eq!(restored(code, &name, number, &known), text, "{name} {number:?}");
        }
        // With another code it is another error, and nobody knows where the number was.
        assert_eq!(restored(500, "FILE_PART_MISSING", Some(3), &known), "FILE_PART_MISSING_3");
    }

    #[test]
    fn only_the_whole_text_counts() {
        let wait = |text| error_numbers::<1>(text, &["WAIT_", ""]);
        assert_eq!(wait("WAIT_31"), Some([31]));
        assert_eq!(wait("WAIT_0"), Some([0]));
        assert_eq!(wait("WAIT_18446744073709551615"), Some([u64::MAX]));
        for other in ["WAIT_", "WAIT", "", "WAIT_+3", "WAIT_-3", "WAIT_3 ", "XWAIT_3", "WAIT_3_", "WAIT_00", "WAIT_٣"]
        {
            assert_eq!(wait(other), None, "{other}");
        }
        assert_eq!(wait("WAIT_18446744073709551616"), None);
    }

    #[test]
    fn several_numbers() {
        let parts = ["A_", "_", "MIN"];
        assert_eq!(error_numbers("A_1_22MIN", &parts), Some([1, 22]));
        assert_eq!(error_numbers::<2>("A_1_22", &parts), None);
        assert_eq!(error_numbers::<1>("A_1_22MIN", &parts), None);
        assert_eq!(error_numbers::<0>("A", &[]), None);
        assert_eq!(error_numbers("A", &["A"]), Some([]));
    }
}
