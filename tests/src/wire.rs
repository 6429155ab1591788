//! `wire.hex` of a fixture, and what holds for a value and its bytes.
//!
//! ```text
//! with_name:      # a label, used by `use.rs`
//!   21 7f 2f 3c   # the id
//!   03626f62      # "bob"
//! ```

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

use tlgen_runtime::{DecodeBare, DecodeErrorKind, DecodeOptions, DecodeOwned, Encode, EncodeBare};

/// Labels to bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wire(BTreeMap<String, Vec<u8>>);

impl Wire {
    /// The file of a fixture.
    ///
    /// # Panics
    /// When it cannot be read or has a mistake.
    #[must_use]
    pub fn of(fixture: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(fixture).join("wire.hex");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(&text).unwrap_or_else(|error| panic!("{fixture}/wire.hex: {error}"))
    }

    /// From the text of a file.
    ///
    /// # Errors
    /// The first line that is not understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut blocks = BTreeMap::new();
        let mut label = None;
        for (number, line) in text.lines().enumerate() {
            let wrong = |what: &str| format!("line {}: {what}", number + 1);
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some(name) = line.strip_suffix(':') {
                if blocks.insert(name.to_owned(), Vec::new()).is_some() {
                    return Err(wrong("a label that is there already"));
                }
                label = Some(name.to_owned());
                continue;
            }
            let digits: Vec<u32> = line
                .split_whitespace()
                .flat_map(str::chars)
                .map(|c| c.to_digit(16))
                .collect::<Option<_>>()
                .ok_or_else(|| wrong("no hex"))?;
            if digits.is_empty() {
                continue;
            }
            let block =
                label.as_ref().and_then(|label| blocks.get_mut(label)).ok_or_else(|| wrong("bytes without a label"))?;
            if !digits.len().is_multiple_of(2) {
                return Err(wrong("half a byte"));
            }
            block.extend(digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8));
        }
        Ok(Self(blocks))
    }

    /// The labels, sorted.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The bytes of a label.
    ///
    /// # Panics
    /// When there is no such label.
    #[must_use]
    pub fn bytes(&self, label: &str) -> &[u8] {
        self.0.get(label).unwrap_or_else(|| panic!("wire.hex has no label `{label}`"))
    }

    /// The bytes of a label are those of `value`, in both directions, and none of them can be left out.
    ///
    /// # Panics
    /// When that does not hold.
    pub fn agrees<T: Encode + DecodeOwned + PartialEq + Debug>(&self, label: &str, value: &T) {
        assert_eq!(hex(&value.to_bytes().expect("it encodes")), hex(self.bytes(label)), "{label}: {value:?}");
        round_trips(value);
    }

    /// The same for a value without its id.
    ///
    /// # Panics
    /// When that does not hold.
    pub fn agrees_bare<T>(&self, label: &str, value: &T)
    where
        T: EncodeBare + for<'de> DecodeBare<'de> + PartialEq + Debug,
    {
        let bytes = self.bytes(label);
        assert_eq!(hex(&value.to_bare_bytes().expect("it encodes")), hex(bytes), "{label}: {value:?}");
        assert_eq!(&T::from_bare_bytes(bytes).expect("it decodes"), value, "{label}");
    }
}

/// An encoded value decodes to the same value, even in strict mode, and each shorter prefix is refused as too short.
///
/// # Panics
/// When that does not hold.
pub fn round_trips<T: Encode + DecodeOwned + PartialEq + Debug>(value: &T) {
    let bytes = value.to_bytes().expect("it encodes");
    let strict = DecodeOptions::new().strict().from_bytes::<T>(&bytes);
    assert_eq!(strict.as_ref(), Ok(value), "strict, from {}", hex(&bytes));
    assert_eq!(T::from_bytes(&bytes).as_ref(), Ok(value), "from {}", hex(&bytes));
    for len in 0..bytes.len() {
        match T::from_bytes(&bytes[..len]) {
            Ok(read) => panic!("{len} of {} bytes are {read:?}", bytes.len()),
            Err(error) => assert_eq!(error.kind(), DecodeErrorKind::UnexpectedEnd, "{len} bytes of {}", hex(&bytes)),
        }
    }
}

/// Bytes in groups of four.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let words: Vec<String> =
        bytes.chunks(4).map(|word| word.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read() {
        let wire = Wire::parse("# top\na:\n  01 02 # one\n  0304\n\nb: # two\nff").expect("it is right");
        assert_eq!(wire.bytes("a"), [1, 2, 3, 4]);
        assert_eq!(wire.bytes("b"), [255]);
    }

    #[test]
    fn mistakes_are_named() {
        let mistake = |text| Wire::parse(text).expect_err("it is wrong");
        assert_eq!(mistake("01"), "line 1: bytes without a label");
        assert_eq!(mistake("a:\n012"), "line 2: half a byte");
        assert_eq!(mistake("a:\nxy"), "line 2: no hex");
        assert_eq!(mistake("a:\na:"), "line 2: a label that is there already");
    }
}
