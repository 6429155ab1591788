//! Bytes -> what a visitor is told, by the plan of the schema.
//!
//! Nothing panics, whatever the bytes: recursion is counted and ends, and a list begins only if the bytes left can hold its items.
//! Items that need no bytes at all may be little more than there are bytes.

mod build;
mod object;
mod reader;
mod scope;

use std::convert::Infallible;

use tlgen_model::schema::{Primitive, TypeExpr};

use crate::MAX_DEPTH;
use crate::codec::Codec;
use crate::error::{DecodeError, DecodeErrorKind, Path};
use crate::root::Root;
use crate::value::{Object, Value};
use crate::visit::Visitor;
use build::Builder;
use reader::Reader;

/// How many items without bytes may come in any case.
pub(crate) const FREE_ITEMS: usize = 1024;

/// How strict to be with bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeOptions {
    /// Refuse lengths that are not in their shortest form and padding that is not zero.
    pub canonical: bool,
    /// Refuse text that is not UTF-8; otherwise it is read as [`Value::Bytes`].
    pub utf8: bool,
    /// Refuse words with bits that neither a field nor a count explains.
    pub declared_bits: bool,
    /// Read an `Object` of which nobody knows the length as [`Value::Raw`] where it is the last value. Otherwise it is a fault,
    /// as it is anywhere else.
    pub raw_objects: bool,
    /// How many constructors and functions may stand within each other.
    pub max_depth: usize,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self { canonical: true, utf8: true, declared_bits: false, raw_objects: true, max_depth: MAX_DEPTH }
    }
}

impl DecodeOptions {
    /// Accepts what other implementations write: any form of a length, any padding, text that is none.
    #[must_use]
    pub fn lenient() -> Self {
        Self { canonical: false, utf8: false, ..Self::default() }
    }

    /// Reads text that is not UTF-8 as [`Value::Bytes`].
    #[must_use]
    pub fn with_any_text(self) -> Self {
        Self { utf8: false, ..self }
    }
}

/// What the bytes begin with.
#[derive(Clone, Copy)]
pub(crate) enum Start<'a> {
    Root(Root<'a>),
    /// A constructor or function with its id.
    Combinator,
}

/// Why reading ends early. The error is boxed, because a result with it goes through every call.
pub(crate) enum Fault<S> {
    Bytes(Box<DecodeError>),
    Stop(S),
}

impl Fault<Infallible> {
    /// The same for a visitor that may stop.
    fn widen<S>(self) -> Fault<S> {
        match self {
            Self::Bytes(error) => Fault::Bytes(error),
            Self::Stop(never) => match never {},
        }
    }

    fn into_error(self) -> DecodeError {
        match self {
            Self::Bytes(error) => *error,
            Self::Stop(never) => match never {},
        }
    }
}

/// Tells a visitor of a value that fills `bytes`.
pub(crate) fn whole<'b, V: Visitor<'b>>(
    codec: &Codec<'_>,
    start: Start<'_>,
    bytes: &'b [u8],
    options: &DecodeOptions,
    visitor: &mut V,
) -> Result<(), Fault<V::Stop>> {
    match read(codec, start, bytes, options, true, visitor)? {
        end if end == bytes.len() => Ok(()),
        end => {
            let kind = DecodeErrorKind::TrailingBytes(bytes.len() - end);
            Err(Fault::Bytes(Box::new(DecodeError { kind, offset: end, path: Path::default() })))
        }
    }
}

/// Tells a visitor of the value that `bytes` begin with, and gives its length.
pub(crate) fn prefix<'b, V: Visitor<'b>>(
    codec: &Codec<'_>,
    start: Start<'_>,
    bytes: &'b [u8],
    options: &DecodeOptions,
    visitor: &mut V,
) -> Result<usize, Fault<V::Stop>> {
    read(codec, start, bytes, options, false, visitor)
}

fn read<'b, V: Visitor<'b>>(
    codec: &Codec<'_>,
    start: Start<'_>,
    bytes: &'b [u8],
    options: &DecodeOptions,
    is_last: bool,
    visitor: &mut V,
) -> Result<usize, Fault<V::Stop>> {
    let plan = codec.plan();
    let root = match start {
        Start::Root(Root::Type(ty)) => Some(crate::plan::root(codec, plan, ty)),
        _ => None,
    };
    let mut reader = Reader::new(codec, plan, bytes, options, is_last);
    match (start, &root) {
        (_, Some(root)) => reader.of_type(visitor, root)?,
        (Start::Root(Root::Boxed(idx)), None) => reader.boxed(visitor, idx)?,
        (Start::Root(Root::Bare(idx)), None) => reader.combinator(visitor, idx)?,
        (Start::Combinator, None) => reader.any(visitor)?,
        (Start::Root(_), None) => _ = reader.known(visitor)?,
    }
    Ok(reader.offset())
}

pub(crate) fn value(
    codec: &Codec<'_>,
    ty: &TypeExpr,
    bytes: &[u8],
    options: &DecodeOptions,
) -> Result<Value, DecodeError> {
    root(codec, Root::Type(ty), bytes, options)
}

pub(crate) fn root(
    codec: &Codec<'_>,
    root: Root<'_>,
    bytes: &[u8],
    options: &DecodeOptions,
) -> Result<Value, DecodeError> {
    let mut builder = Builder::default();
    whole(codec, Start::Root(root), bytes, options, &mut builder).map_err(Fault::into_error)?;
    Ok(builder.into_value())
}

pub(crate) fn boxed(codec: &Codec<'_>, bytes: &[u8], options: &DecodeOptions) -> Result<Object, DecodeError> {
    let mut builder = Builder::default();
    whole(codec, Start::Combinator, bytes, options, &mut builder).map_err(Fault::into_error)?;
    match builder.into_value() {
        Value::Object(object) => Ok(object),
        other => unreachable!("{} is no combinator", other.kind()),
    }
}

pub(crate) fn value_prefix(
    codec: &Codec<'_>,
    root: Root<'_>,
    bytes: &[u8],
    options: &DecodeOptions,
) -> Result<(Value, usize), DecodeError> {
    let mut builder = Builder::default();
    let end = prefix(codec, Start::Root(root), bytes, options, &mut builder).map_err(Fault::into_error)?;
    Ok((builder.into_value(), end))
}

pub(crate) fn primitive_name(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Int => "Int",
        Primitive::Long => "Long",
        Primitive::Double => "Double",
        Primitive::Float => "Float",
        Primitive::String => "String",
        Primitive::Bytes => "Bytes",
        Primitive::Int128 => "Int128",
        Primitive::Int256 => "Int256",
        Primitive::Int512 => "Int512",
        Primitive::True => "True",
        Primitive::Bool => "Bool",
    }
}
