//! Names of errors, with places for numbers.

use std::fmt;

/// The word of a name that stands for a number.
const PLACEHOLDER: &str = "X";

/// The name of an error, such as `TYPES_EMPTY`, or of a family of errors, such as `FLOOD_WAIT_X`, where a whole word
/// `X` stands for a number. Tables that write `%d` for it mean the same name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorName(Box<str>);

impl ErrorName {
    /// From its text, with `X` or `%d` for numbers.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().replace("%d", PLACEHOLDER).into())
    }

    /// With `X` for numbers.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The words between the underscores; `None` for a number.
    pub fn words(&self) -> impl Iterator<Item = Option<&str>> {
        self.0.split('_').map(|word| (word != PLACEHOLDER).then_some(word))
    }

    /// How many numbers it has.
    #[must_use]
    pub fn numbers(&self) -> usize {
        self.words().filter(Option::is_none).count()
    }

    /// The numbers in `text`, if it is an error of this name: `FLOOD_WAIT_31` gives 31 for `FLOOD_WAIT_X`.
    #[must_use]
    pub fn parse(&self, text: &str) -> Option<Vec<u64>> {
        let mut numbers = Vec::new();
        let mut actual = text.split('_');
        for word in self.words() {
            let found = actual.next()?;
            match word {
                Some(word) if word == found => {}
                Some(_) => return None,
                None if found.bytes().all(|byte| byte.is_ascii_digit()) => numbers.push(found.parse().ok()?),
                None => return None,
            }
        }
        actual.next().is_none().then_some(numbers)
    }
}

impl fmt::Display for ErrorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_places() {
        let wait = ErrorName::new("FLOOD_WAIT_X");
        assert_eq!(wait, ErrorName::new("FLOOD_WAIT_%d"));
        assert_eq!(wait.parse("FLOOD_WAIT_31"), Some(vec![31]));
        for other in ["FLOOD_WAIT", "FLOOD_WAIT_", "FLOOD_WAIT_+3", "FLOOD_WAIT_X", "FLOOD_WAIT_3_4", "SLOW_WAIT_3"] {
            assert_eq!(wait.parse(other), None, "{other}");
        }
        assert_eq!(ErrorName::new("FILE_PART_X_MISSING").parse("FILE_PART_7_MISSING"), Some(vec![7]));
        assert_eq!(ErrorName::new("PEER_FLOOD").parse("PEER_FLOOD"), Some(vec![]));
        assert_eq!(wait.parse("FLOOD_WAIT_99999999999999999999"), None);
    }

    #[test]
    fn a_letter_within_a_word_is_no_place() {
        let name = ErrorName::new("MAX_XML_SIZE");
        assert_eq!(name.numbers(), 0);
        assert_eq!(name.parse("MAX_XML_SIZE"), Some(vec![]));
    }
}
