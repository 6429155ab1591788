//! The same bytes as a value of any layer.

use allocation_counter::measure;
use tlgen_runtime::drift::AnyLayer;
use tlgen_runtime::{DecodeError, DecodeOptions, DecodeOwned, Encode};

use crate::hex;

/// What came of reading bytes.
pub(crate) struct Read {
    result: Result<Found, DecodeError>,
    /// The most bytes that were held at one time.
    pub(crate) peak: u64,
}

enum Found {
    /// A value of the types, as it is written again.
    Typed(Vec<u8>),
    /// A value of another layer: its id and its bytes.
    Other(u32, Vec<u8>),
}

/// How often each came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) reads: u64,
    pub(crate) typed: u64,
    pub(crate) others: u64,
}

/// Reads under a counting allocator.
pub(crate) fn read<T: DecodeOwned + Encode>(bytes: &[u8], options: &DecodeOptions) -> Read {
    let mut decoded = None;
    let memory = measure(|| decoded = Some(options.decode_any_layer::<T>(bytes)));
    let result = decoded.expect("the closure has run").map(|found| match found {
        AnyLayer::Typed(typed) => Found::Typed(typed.value.to_bytes().expect("what was decoded can be encoded")),
        AnyLayer::Other(other) => Found::Other(other.id(), other.as_bytes().to_vec()),
    });
    Read { result, peak: memory.bytes_max }
}

/// Checks what came of `input`. `plain` is what the value is written as that came of reading it as one of the types, with the same
/// options; `None` where memory was limited, of which the two ways need different amounts.
pub(crate) fn check(
    read: Read,
    input: &[u8],
    plain: Option<Result<&[u8], &DecodeError>>,
    counts: &mut Counts,
) -> Result<(), String> {
    counts.reads += 1;
    match (read.result, plain) {
        (Ok(Found::Other(id, bytes)), _) => {
            counts.others += 1;
            if bytes != input || !input.starts_with(&id.to_le_bytes()) {
                return Err(format!("a value of another layer comes as {id:#010x} with {}", hex(&bytes)));
            }
        }
        (Ok(Found::Typed(bytes)), plain) => {
            counts.typed += 1;
            match plain {
                Some(Ok(plain)) if plain != bytes => {
                    return Err(format!("it is written as {}, and of any layer as {}", hex(plain), hex(&bytes)));
                }
                Some(Err(error)) => {
                    return Err(format!("only as a value of any layer it is one of the types: {error}"));
                }
                _ => {}
            }
        }
        (Err(error), Some(Ok(_))) => return Err(format!("as a value of any layer it is refused: {error}")),
        (Err(_), _) => {}
    }
    Ok(())
}
