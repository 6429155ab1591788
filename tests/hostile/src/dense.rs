//! Values that take the most memory for their bytes: vectors of the smallest values of each constructor.
//!
//! A valid value needs memory, which a limit on counts cannot prevent. This finds out how much that is, and that
//! `DecodeOptions::max_memory` does limit it.

use tlgen_dynamic::{Generator, Profile};
use tlgen_runtime::{DecodeErrorKind, DecodeOptions};

use crate::roots::{self, Failure};
use crate::{Line, inputs, memory_bound, memory_limit};

/// The bytes of a vector.
const LEN: usize = 64 * 1024;

/// Decodes one vector for each constructor.
///
/// # Errors
/// When a valid value is refused.
pub fn run() -> Result<Vec<Line>, String> {
    let schema = inputs::schema()?;
    let profile = Profile::default().with_max_depth(0).with_budget(0);
    let mut generator = Generator::new(&schema, 0).with_profile(profile);
    let (mut count, mut refused, mut worst) = (0, 0, (0, 0, String::new()));
    for root in roots::all().iter().filter(|root| !root.is_function) {
        let Some(ty) = schema.types.iter().find(|ty| ty.name.full() == root.name) else { continue };
        for &constructor in &ty.constructors {
            let item = (0..8).filter_map(|_| generator.combinator_bytes(constructor).ok()).min_by_key(Vec::len);
            let Some(item) = item else { continue };
            let items = LEN / item.len();
            let mut bytes = tlgen_runtime::ids::VECTOR.to_le_bytes().to_vec();
            bytes.extend((items as u32).to_le_bytes());
            bytes.extend(item.repeat(items));
            let outcome = (root.decode_vector)(&bytes, &DecodeOptions::new().strict());
            let name = schema.combinator(constructor).name.full();
            match outcome.result {
                Ok(written) if written == bytes => {}
                Err(Failure::Decode(error)) => return Err(format!("`{name}`: {error}")),
                _ => return Err(format!("`{name}` is written in another way")),
            }
            let limited =
                (root.decode_vector)(&bytes, &DecodeOptions::new().strict().max_memory(memory_limit(bytes.len())));
            match limited.result {
                Ok(written) if written == bytes => {}
                Err(Failure::Decode(error)) if is_too_much(error.kind()) => refused += 1,
                other => return Err(format!("`{name}` with a limit: {other:?}")),
            }
            if limited.peak > memory_bound(bytes.len()) {
                return Err(format!("`{name}` with a limit holds {} bytes for {}", limited.peak, bytes.len()));
            }
            count += 1;
            worst = worst.max((outcome.peak, bytes.len(), name.to_owned()));
        }
    }
    let (peak, len, name) = worst;
    let times = peak / len as u64;
    Ok(vec![
        Line::new(
            "64 KiB of the smallest values of a constructor, which take the most memory for their bytes",
            count,
            format!("valid; the largest takes {times} times its bytes (`{name}`)"),
        ),
        Line::new(
            "the same with `DecodeOptions::max_memory`, so that no more than 4 times the input and 64 KiB may be held",
            count,
            format!("never more is held; {refused} are refused as `TooMuchMemory`"),
        ),
    ])
}

fn is_too_much(kind: DecodeErrorKind) -> bool {
    matches!(kind, DecodeErrorKind::TooMuchMemory { .. })
}
