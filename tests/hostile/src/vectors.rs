//! Other people's bytes, cut and changed.

use tl_layers::vectors::{self, Failure, Vector};
use tlgen_runtime::{DecodeErrorKind, DecodeOptions};

use crate::{Line, grouped, hex, running};

/// All vectors, all their prefixes, and each of their bytes with all other values; `None` without the corpus.
///
/// # Errors
/// The first that is not as promised.
pub fn run() -> Result<Option<Vec<Line>>, String> {
    let Some(all) = vectors::all() else { return Ok(None) };
    let (mut prefixes, mut changes, mut kept) = (0, 0, 0);
    for vector in all {
        let counts = check(vector).map_err(|problem| format!("{}, {}: {problem}", vector.file, vector.name))?;
        prefixes += counts.prefixes;
        changes += counts.changes;
        kept += counts.kept;
    }
    let refused = changes - kept;
    Ok(Some(vec![
        Line::new(
            "vectors of the corpus, by code with and without derives, small strings, borrowed text",
            all.len() as u64,
            "decoded and encoded to the same bytes, in all three modes",
        ),
        Line::new("every prefix of every vector", prefixes, "`UnexpectedEnd` and nothing else"),
        Line::new(
            "every byte of every vector, with each of its 255 other values, in strict mode",
            changes,
            format!("no panic; {} refused, {} read and written as they are", grouped(refused), grouped(kept)),
        ),
    ]))
}

struct Counts {
    prefixes: u64,
    changes: u64,
    kept: u64,
}

fn decode(vector: &Vector, bytes: &[u8], options: &DecodeOptions) -> Result<Vec<u8>, Failure> {
    running::note(vector.file, vector.name, options, bytes);
    (vector.run)(bytes, options)
}

fn check(vector: &Vector) -> Result<Counts, String> {
    let mut bytes = vector.bytes();
    for options in [DecodeOptions::new(), DecodeOptions::new().strict(), DecodeOptions::new().lenient()] {
        if decode(vector, &bytes, &options).as_ref() != Ok(&bytes) {
            return Err("its bytes do not come back".to_owned());
        }
    }
    for end in 0..bytes.len() {
        match decode(vector, &bytes[..end], &DecodeOptions::new().strict()) {
            Err(Failure::Decode(error)) if error.kind() == DecodeErrorKind::UnexpectedEnd => {}
            other => return Err(format!("of {end} bytes comes {other:?}")),
        }
    }
    let mut kept = 0;
    for index in 0..bytes.len() {
        let before = bytes[index];
        for change in 1..=u8::MAX {
            bytes[index] = before ^ change;
            match decode(vector, &bytes, &DecodeOptions::new().strict()) {
                Ok(written) if written == bytes => kept += 1,
                Err(Failure::Decode(_)) => {}
                other => return Err(format!("of {} comes {other:?}", hex(&bytes))),
            }
        }
        bytes[index] = before;
    }
    let len = bytes.len() as u64;
    Ok(Counts { prefixes: len, changes: len * 255, kept })
}
