//! Names of errors, with placeholders for numbers.

use std::fmt;

/// The placeholder for a number.
const PLACEHOLDER: &str = "X";

/// The words that mean a number: `X` alone, or with a unit after it.
const NUMBERS: [(&str, &str); 2] = [(PLACEHOLDER, ""), ("XMIN", "MIN")];

/// The name of an error, such as `TYPES_EMPTY`, or of a family of errors, such as `FLOOD_WAIT_X`, where a whole word
/// `X` means a number, or `XMIN` a number of minutes. Tables that write `%d` for it mean the same name.
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
        self.0.split('_').map(|word| unit(word).is_none().then_some(word))
    }

    /// The texts around its numbers, one more than there are numbers: `FILE_PART_X_MISSING` is `FILE_PART_` and
    /// `_MISSING`.
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        let mut parts = vec![String::new()];
        for (place, word) in self.0.split('_').enumerate() {
            let last = parts.last_mut().expect("there is one from the start");
            if place > 0 {
                last.push('_');
            }
            match unit(word) {
                None => last.push_str(word),
                Some(unit) => parts.push(unit.to_owned()),
            }
        }
        parts
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
        for word in self.0.split('_') {
            let found = actual.next()?;
            match unit(word) {
                None if word == found => {}
                None => return None,
                Some(unit) => {
                    let digits = found.strip_suffix(unit)?;
                    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                        return None;
                    }
                    numbers.push(digits.parse().ok()?);
                }
            }
        }
        actual.next().is_none().then_some(numbers)
    }
}

/// The text after the number that a word means; `None` for an ordinary word.
fn unit(word: &str) -> Option<&'static str> {
    NUMBERS.iter().find(|(number, _)| *number == word).map(|(_, unit)| *unit)
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
    fn a_unit_stands_behind_its_number() {
        let wait = ErrorName::new("CHAT_IMPORT_WAIT_%dMIN");
        assert_eq!(wait, ErrorName::new("CHAT_IMPORT_WAIT_XMIN"));
        assert_eq!(wait.parse("CHAT_IMPORT_WAIT_15MIN"), Some(vec![15]));
        assert_eq!(wait.parse("CHAT_IMPORT_WAIT_15"), None);
        assert_eq!(wait.parse("CHAT_IMPORT_WAIT_MIN"), None);
        assert_eq!(wait.parts(), ["CHAT_IMPORT_WAIT_", "MIN"]);
    }

    #[test]
    fn parts_are_around_numbers() {
        assert_eq!(ErrorName::new("FLOOD_WAIT_X").parts(), ["FLOOD_WAIT_", ""]);
        assert_eq!(ErrorName::new("X_A_X").parts(), ["", "_A_", ""]);
        assert_eq!(ErrorName::new("TYPES_EMPTY").parts(), ["TYPES_EMPTY"]);
    }

    #[test]
    fn a_letter_within_a_word_is_no_place() {
        let name = ErrorName::new("MAX_XML_SIZE");
        assert_eq!(name.numbers(), 0);
        assert_eq!(name.parse("MAX_XML_SIZE"), Some(vec![]));
    }
}
