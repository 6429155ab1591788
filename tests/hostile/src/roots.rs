//! All types of the API, each as a function of bytes.

use allocation_counter::measure;
use tl_full_api::visit::{self, Check, Visit};
use tlgen_runtime::{DecodeError, DecodeOptions, DecodeOwned, Encode, EncodeError};

/// A boxed type or a function.
#[derive(Clone, Copy)]
pub struct Root {
    /// Its TL name.
    pub name: &'static str,
    /// Whether it is a function.
    pub is_function: bool,
    /// Its bytes in memory, without what it points to.
    pub size: usize,
    /// Reads one and writes it again.
    pub decode: fn(&[u8], &DecodeOptions) -> Outcome,
    /// Checks bytes by its view, if it has one.
    pub check: Option<Check>,
    /// Reads a vector of them and writes it again.
    pub decode_vector: fn(&[u8], &DecodeOptions) -> Outcome,
}

/// The result of decoding and encoding bytes.
pub struct Outcome {
    /// The bytes of the value, or why there is none.
    pub result: Result<Vec<u8>, Failure>,
    /// The most bytes that decoding held at one time.
    pub peak: u64,
}

/// Why there are no bytes.
#[derive(Debug)]
pub enum Failure {
    /// The bytes are not a value.
    Decode(DecodeError),
    /// The value has no bytes.
    Encode(EncodeError),
}

/// Decodes under a counting allocator, clones, drops the first value, and encodes the other one.
pub fn run<T: DecodeOwned + Encode + Clone>(bytes: &[u8], config: &DecodeOptions) -> Outcome {
    let mut decoded = None;
    let memory = measure(|| decoded = Some(config.from_bytes::<T>(bytes)));
    let result = match decoded.expect("the closure has run") {
        Ok(value) => {
            let copy = value.clone();
            drop(value);
            copy.to_bytes().map_err(Failure::Encode)
        }
        Err(error) => Err(Failure::Decode(error)),
    };
    Outcome { result, peak: memory.bytes_max }
}

/// All boxed types and functions.
#[must_use]
pub fn all() -> Vec<Root> {
    let mut list = List { roots: Vec::new(), is_function: false };
    visit::boxed_types(&mut list);
    list.is_function = true;
    visit::functions(&mut list);
    list.roots
}

struct List {
    roots: Vec<Root>,
    is_function: bool,
}

impl Visit for List {
    fn visit<T: DecodeOwned + Encode + Clone + PartialEq + core::fmt::Debug>(
        &mut self,
        name: &'static str,
        check: Option<Check>,
    ) {
        self.roots.push(Root {
            name,
            is_function: self.is_function,
            size: size_of::<T>(),
            decode: run::<T>,
            check,
            decode_vector: run::<Vec<T>>,
        });
    }
}
