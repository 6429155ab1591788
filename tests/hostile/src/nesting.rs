//! Deep values: refused beyond the limit with constant stack, decoded whole at the limit.

use std::collections::BTreeMap;
use std::fmt::Debug;

use tl_full_api::types::{JsonValue, PageBlock, RichText};
use tl_full_api::visit::Check;
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_runtime::{DecodeError, DecodeErrorKind, DecodeOptions, DecodeOwned, Encode, ids};

use crate::roots::{self, Failure, Outcome, run as decode};
use crate::{Line, grouped, inputs, memory_bound, on_stack};

/// The levels of a hostile value.
pub const LEVELS: usize = 1_000_000;

/// The stack on which it is refused.
pub const SMALL_STACK: usize = 256 * 1024;

/// A way to nest values of a type.
struct Shape {
    ty: &'static str,
    name: &'static str,
    decode: fn(&[u8], &DecodeOptions) -> Outcome,
    check: Check,
    compare: fn(&[u8]) -> bool,
    open: Vec<u8>,
    leaf: Vec<u8>,
    close: Vec<u8>,
}

impl Shape {
    fn nested(&self, levels: usize) -> Vec<u8> {
        let mut bytes = self.open.repeat(levels);
        bytes.extend(&self.leaf);
        bytes.extend(self.close.repeat(levels));
        bytes
    }
}

/// Refuses a million levels on a stack of 256 KiB, and takes what is just deep enough on a stack of `limit_stack` bytes:
/// decodes, clones, compares, prints, drops and encodes it.
///
/// # Errors
/// The first that is not as promised. A stack that is too small ends the process.
pub fn run(limit_stack: usize) -> Result<Vec<Line>, String> {
    let shapes = shapes(&inputs::schema()?)?;
    let mut count = 0;
    for shape in &shapes {
        let hostile = shape.nested(LEVELS);
        for config in [DecodeOptions::new(), DecodeOptions::new().strict(), DecodeOptions::new().lenient()] {
            let outcome = on_stack(SMALL_STACK, || (shape.decode)(&hostile, &config))?;
            let is_deep = matches!(&outcome.result, Err(Failure::Decode(error)) if is_too_deep(error.kind()));
            let checked = on_stack(SMALL_STACK, || (shape.check)(&hostile, &config))?;
            agree(shape, &outcome, &checked)?;
            if !is_deep || outcome.peak > memory_bound(hostile.len()) {
                return Err(format!("`{}`: {:?}, {} bytes held", shape.name, outcome.result, outcome.peak));
            }
            count += 1;
        }
        let deepest = on_stack(limit_stack, || deepest(shape))??;
        if !on_stack(limit_stack, || (shape.compare)(&shape.nested(deepest)))? {
            return Err(format!("`{}`: a copy differs, or nothing is printed", shape.name));
        }
        if deepest * 3 < DecodeOptions::DEFAULT_MAX_DEPTH as usize {
            return Err(format!("`{}` is refused beyond {deepest} levels", shape.name));
        }
    }
    let mut types: Vec<_> = shapes.iter().map(|shape| format!("`{}`", shape.ty)).collect();
    types.dedup();
    let types = types.join(", ");
    Ok(vec![
        Line::new(
            format!("{} levels of {types} ({} ways to nest), in all three modes", grouped(LEVELS as u64), shapes.len()),
            count,
            format!("`TooDeep`, on a stack of {} KiB", SMALL_STACK / 1024),
        ),
        Line::new(
            format!(
                "the deepest legal values of these, {} levels of recursive types",
                DecodeOptions::DEFAULT_MAX_DEPTH
            ),
            shapes.len() as u64,
            format!(
                "decoded, cloned, compared, printed, dropped, encoded on a stack of {} KiB; one level more refused",
                limit_stack / 1024
            ),
        ),
    ])
}

/// Whether a value is equal to its copy and prints as something.
fn equals_its_copy<T: DecodeOwned + Clone + PartialEq + Debug>(bytes: &[u8]) -> bool {
    let Ok(value) = T::from_bytes(bytes) else { return false };
    let copy = value.clone();
    value == copy && format!("{value:?}").len() > bytes.len() / 4 && format!("{copy:#?}").len() > bytes.len()
}

fn is_too_deep(kind: DecodeErrorKind) -> bool {
    matches!(kind, DecodeErrorKind::TooDeep { limit: DecodeOptions::DEFAULT_MAX_DEPTH, .. })
}

/// Fails where a view and decoding differ.
fn agree(shape: &Shape, outcome: &Outcome, checked: &Result<(), DecodeError>) -> Result<(), String> {
    let refused = match &outcome.result {
        Err(Failure::Decode(error)) => Some(error),
        _ => None,
    };
    if checked.as_ref().err() == refused {
        return Ok(());
    }
    Err(format!("`{}`: its view says {checked:?}, decoding says {refused:?}", shape.name))
}

/// How often a value can be nested. That many levels are decoded and encoded, one more is refused.
fn deepest(shape: &Shape) -> Result<usize, String> {
    for levels in 1..=DecodeOptions::DEFAULT_MAX_DEPTH as usize {
        let bytes = shape.nested(levels);
        let outcome = (shape.decode)(&bytes, &DecodeOptions::new().strict());
        agree(shape, &outcome, &(shape.check)(&bytes, &DecodeOptions::new().strict()))?;
        match outcome.result {
            Ok(written) if written == bytes => {}
            Err(Failure::Decode(error)) if is_too_deep(error.kind()) => return Ok(levels - 1),
            other => return Err(format!("`{}`, {levels} levels: {other:?}", shape.name)),
        }
    }
    Err(format!("`{}` is not counted", shape.name))
}

fn shapes(schema: &Valid<Schema>) -> Result<Vec<Shape>, String> {
    let ids: BTreeMap<_, _> = schema.constructors().map(|(_, found)| (found.name.full(), found.id)).collect();
    let words = |text: &str| -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let word = match word {
                "vector" => ids::VECTOR,
                number if number.bytes().all(|digit| digit.is_ascii_digit()) => {
                    number.parse().map_err(|error| format!("{number}: {error}"))?
                }
                name => *ids.get(name).ok_or_else(|| format!("no `{name}`"))?,
            };
            bytes.extend(word.to_le_bytes());
        }
        Ok(bytes)
    };
    let rich_texts = ways::<RichText>(
        "RichText",
        [
            ["textBold", "textBold", "textEmpty", ""],
            ["textConcat", "textConcat vector 1", "textEmpty", ""],
            ["textUrl", "textUrl", "textEmpty", "0 0 0"],
            ["textDate", "textDate 0", "textEmpty", "0"],
        ],
    );
    let page_blocks = ways::<PageBlock>(
        "PageBlock",
        [
            ["pageBlockCover", "pageBlockCover", "pageBlockDivider", ""],
            ["pageBlockDetails", "pageBlockDetails 0 vector 1", "pageBlockDivider", "textEmpty"],
            ["pageBlockCollage", "pageBlockCollage vector 1", "pageBlockDivider", "pageCaption textEmpty textEmpty"],
            ["pageBlockList", "pageBlockList vector 1 pageListItemBlocks 0 vector 1", "pageBlockDivider", ""],
        ],
    );
    let json_values = ways::<JsonValue>(
        "JSONValue",
        [
            ["jsonArray", "jsonArray vector 1", "jsonNull", ""],
            ["jsonObject", "jsonObject vector 1 jsonObjectValue 0", "jsonNull", ""],
        ],
    );
    let roots = roots::all();
    let shape = |Way { ty, decode, compare, words: [name, open, leaf, close] }: Way| {
        let root = roots.iter().find(|root| root.name == ty && !root.is_function);
        let check = root.and_then(|root| root.check).ok_or_else(|| format!("no view of `{ty}`"))?;
        Ok(Shape { ty, name, decode, check, compare, open: words(open)?, leaf: words(leaf)?, close: words(close)? })
    };
    rich_texts.into_iter().chain(page_blocks).chain(json_values).map(shape).collect()
}

/// A [`Shape`] whose bytes are still words: the name, and the words before, in and after the innermost value.
struct Way {
    ty: &'static str,
    decode: fn(&[u8], &DecodeOptions) -> Outcome,
    compare: fn(&[u8]) -> bool,
    words: [&'static str; 4],
}

/// The ways to nest values of one type.
fn ways<T: DecodeOwned + Encode + Clone + PartialEq + Debug>(
    ty: &'static str,
    words: impl IntoIterator<Item = [&'static str; 4]>,
) -> Vec<Way> {
    words.into_iter().map(|words| Way { ty, decode: decode::<T>, compare: equals_its_copy::<T>, words }).collect()
}
