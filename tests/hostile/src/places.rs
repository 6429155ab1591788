//! Errors of generated code against the schema: the field that the schema finds at an offset is within the same constructors.

use tlgen_dynamic::{Codec, Step};
use tlgen_runtime::{DecodeError, DecodeErrorKind, DecodeOptions, Mode};

use crate::inputs::{Inputs, schema};
use crate::roots::{self, Failure, Root};
use crate::{Line, hex};

/// Inputs of each root.
const INPUTS: usize = 64;

/// The longest text of a path to a field, in bytes: names of the schema, and no more of them than are shown.
const MAX_TEXT: usize = 2000;

/// Decodes broken values of all types and looks for the field of each error.
///
/// # Errors
/// The first error for which the schema finds another path.
pub fn run(seed: u64) -> Result<Vec<Line>, String> {
    let schema = schema()?;
    let codec = Codec::new(&schema);
    let mut inputs = Inputs::new(&schema, seed);
    let mut input = Vec::new();
    let (mut count, mut fields) = (0, 0);
    for root in roots::all() {
        let material = inputs.material(root.name, root.is_function, 4);
        for turn in 0..INPUTS {
            inputs.next(&material, &mut input);
            let mode = [Mode::Strict, Mode::Canonical, Mode::Lenient][turn % 3];
            let Err(Failure::Decode(error)) = (root.decode)(&input, &DecodeOptions::new().mode(mode)).result else {
                continue;
            };
            let found = compare(&codec, &root, &input, &error);
            fields += u64::from(found.map_err(|problem| {
                format!("`{}`, {mode:?}: {problem}, for {error} in the bytes {}", root.name, hex(&input))
            })?);
            count += 1;
        }
    }
    Ok(vec![Line::new(
        "errors of generated code, whose fields are found by the schema alone",
        count,
        format!("within the same constructors; {} % are within a field", fields * 100 / u64::max(count, 1)),
    )])
}

/// Whether `error` is at a field.
fn compare(codec: &Codec<'_>, root: &Root, input: &[u8], error: &DecodeError) -> Result<bool, String> {
    let place = codec.locate_boxed(input, error.offset());
    let text = place.to_string();
    if text.len() > MAX_TEXT {
        return Err(format!("the place is too long: {text}"));
    }
    let is_known = input.first_chunk().is_some_and(|&id| {
        let known = codec.by_id(u32::from_le_bytes(id));
        known.is_some_and(|known| {
            let combinator = codec.schema().combinator(known);
            let ty = combinator.ty.map(|ty| codec.schema().ty(ty).name.full());
            (if root.is_function { Some(combinator.name.full()) } else { ty }) == Some(root.name)
        })
    });
    // Bytes without one of the type's own ids are not a value of the type, though they may be one of another type.
    if !is_known || matches!(error.kind(), DecodeErrorKind::TrailingBytes { .. }) {
        return Ok(false);
    }
    let around = place.path.steps().collect::<Vec<_>>();
    let shown = around.iter().rev().take_while(|step| !matches!(step, Step::Omitted(_)));
    let around = shown.filter_map(|step| match step {
        Step::Combinator(name) => Some(name.full()),
        _ => None,
    });
    let agrees = around.zip(error.path()).all(|(theirs, ours)| theirs == *ours);
    if agrees && place.ty.is_some() != error.path().is_empty() {
        Ok(place.ty.is_some())
    } else {
        Err(format!("the schema says `{text}`"))
    }
}
