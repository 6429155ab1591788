//! Every item of every fixture as a function from bytes to bytes, so that a test can send them what it likes.

use tlgen_runtime::{Decode, DecodeError, DecodeOptions, DecodeOwned, Encode, EncodeError};

use crate::configuration::Configuration;

/// The result of writing a value that was read.
pub type Written = Result<Vec<u8>, EncodeError>;

/// A struct or enum of a fixture.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// The fixture.
    pub fixture: &'static str,
    /// In which configuration it is compiled.
    pub configuration: Configuration,
    /// The TL name of the constructor or function.
    pub combinator: &'static str,
    /// Whether it is a function; one may have the name of a constructor.
    pub is_function: bool,
    /// The Rust path, as in `types::User`.
    pub path: &'static str,
    /// Reads a value and writes it again.
    pub run: fn(&[u8]) -> Result<Written, DecodeError>,
    /// Reads it, and checks it by its view.
    pub check: Option<[Check; 2]>,
}

/// What comes of bytes.
pub type Check = fn(&[u8], &DecodeOptions) -> Result<(), DecodeError>;

fn run<T: DecodeOwned + Encode>(bytes: &[u8]) -> Result<Written, DecodeError> {
    T::from_bytes(bytes).map(|value| value.to_bytes())
}

fn read<T: DecodeOwned>(bytes: &[u8], options: &DecodeOptions) -> Result<(), DecodeError> {
    options.from_bytes::<T>(bytes).map(drop)
}

fn borrowed<T: Encode>(value: Result<T, DecodeError>) -> Result<Written, DecodeError> {
    value.map(|value| value.to_bytes())
}

/// All of them that can be read and written, except requests around requests, which are types only with an inner request.
pub const ITEMS: &[Item] = include!(concat!(env!("OUT_DIR"), "/items.rs"));
