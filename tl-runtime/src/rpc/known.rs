//! Errors that are known by name.

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

#[cfg(test)]
mod tests {
    use super::*;

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
