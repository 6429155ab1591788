//! Other people's bytes, each with the type that reads and writes them.

use tlgen_runtime::{DecodeError, DecodeOptions, DecodeOwned, Encode, EncodeError, Reader, Writer};

/// One vector of the corpus.
pub struct Vector {
    /// The file that it is in.
    pub file: &'static str,
    /// What it is called there.
    pub name: &'static str,
    /// Whether the code is as it is by default: with derives, text as `String`.
    pub own: bool,
    /// Bytes to a value to bytes.
    pub run: fn(&[u8], &DecodeOptions) -> Result<Vec<u8>, Failure>,
    hex: &'static str,
}

/// Why the bytes are not written again as they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// They are not a value.
    Decode(DecodeError),
    /// The value has no bytes.
    Encode(EncodeError),
}

impl Vector {
    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let digit = |digit: u8| char::from(digit).to_digit(16).map_or(0, |digit| digit as u8);
        self.hex.as_bytes().as_chunks().0.iter().map(|&[high, low]| digit(high) << 4 | digit(low)).collect()
    }
}

/// All vectors of the corpus; `None` if `TL_CORPUS` was not set when this was built.
#[must_use]
pub fn all() -> Option<&'static [Vector]> {
    option_env!("TL_LAYERS_CORPUS").map(|_| VECTORS)
}

#[allow(dead_code, reason = "without the corpus there are no vectors")]
fn run<T: DecodeOwned + Encode>(bytes: &[u8], config: &DecodeOptions) -> Result<Vec<u8>, Failure> {
    let value: T = config.from_bytes(bytes).map_err(Failure::Decode)?;
    value.to_bytes().map_err(Failure::Encode)
}

#[allow(dead_code, reason = "without the corpus there are no vectors")]
fn write<T: Encode>(value: Result<T, DecodeError>) -> Result<Vec<u8>, Failure> {
    value.map_err(Failure::Decode)?.to_bytes().map_err(Failure::Encode)
}

/// What comes of bytes, which a view has to take or to refuse alike.
#[allow(dead_code, reason = "without the corpus there are no vectors")]
fn agree(checked: &Result<(), DecodeError>, read: Result<Vec<u8>, Failure>) -> Result<Vec<u8>, Failure> {
    let refused = match &read {
        Err(Failure::Decode(error)) => Some(error),
        _ => None,
    };
    assert_eq!(checked.as_ref().err(), refused, "a view and decoding differ");
    read
}

/// A vector without its id.
#[allow(dead_code, reason = "without the corpus there are no vectors")]
fn run_bare<T: DecodeOwned + Encode>(bytes: &[u8], config: &DecodeOptions) -> Result<Vec<u8>, Failure> {
    let mut r = Reader::with_options(bytes, config);
    let items: Vec<T> = r.vector_bare();
    r.finish().map_err(Failure::Decode)?;
    let mut w = Writer::new();
    w.vector_bare(&items, "");
    w.finish().map_err(Failure::Encode)
}

include!(concat!(env!("OUT_DIR"), "/vectors.rs"));
