//! Types of some layers of the Telegram API, as functions of bytes. Without the variable `TL_CORPUS` there are none.

use tlgen_runtime::drift::{AnyLayer, DriftReport, OtherLayer, Typed};
use tlgen_runtime::{DecodeError, DecodeOptions, DecodeOwned, Encode};

/// What came of a message: the value as it is written again, and what was made of unknown values.
pub type Outcome = Result<(Vec<u8>, DriftReport), DecodeError>;

/// A type that messages are read as.
pub struct Root {
    /// Its TL name.
    pub ty: &'static str,
    /// Reads and writes it.
    pub run: fn(&[u8], &DecodeOptions) -> Outcome,
}

/// A type that values of all layers are read as.
pub struct Type {
    /// Its TL name.
    pub ty: &'static str,
    /// Reads a value of any layer.
    pub read: fn(&[u8], &DecodeOptions) -> Result<Read, DecodeError>,
}

/// What came of a value of any layer.
pub enum Read {
    /// The value as the types write it, and what was made of it.
    Typed(Vec<u8>, DriftReport),
    /// All of it, as it came.
    Other(OtherLayer),
}

/// # Panics
/// When a value that was decoded has no encoding.
#[allow(dead_code, reason = "without the corpus there are no types")]
fn read<T: DecodeOwned + Encode>(bytes: &[u8], options: &DecodeOptions) -> Result<Read, DecodeError> {
    Ok(match options.decode_any_layer::<T>(bytes)? {
        AnyLayer::Typed(Typed { value, report }) => {
            Read::Typed(value.to_bytes().expect("what was decoded can be encoded"), report)
        }
        AnyLayer::Other(other) => Read::Other(other),
    })
}

/// The types of a layer.
pub struct Layer {
    /// Its number.
    pub number: u32,
    /// The types.
    pub roots: [Root; 4],
}

/// # Panics
/// When a value that was decoded has no encoding.
#[allow(dead_code, reason = "without the corpus there are no types")]
fn run<T: DecodeOwned + Encode>(bytes: &[u8], options: &DecodeOptions) -> Outcome {
    let (value, report) = options.with_report::<T>(bytes)?;
    Ok((value.to_bytes().expect("what was decoded can be encoded"), report))
}

#[allow(unused_macros, reason = "without the corpus there are no types")]
macro_rules! roots {
    ($layer:ident) => {
        [
            Root { ty: "contacts.Contacts", run: run::<$layer::types::contacts::Contacts> },
            Root { ty: "messages.Messages", run: run::<$layer::types::messages::Messages> },
            Root { ty: "updates.Difference", run: run::<$layer::types::updates::Difference> },
            Root { ty: "Updates", run: run::<$layer::types::Updates> },
        ]
    };
}

include!(concat!(env!("OUT_DIR"), "/layers.rs"));
