//! The Rust type of a field or result, and how users write it.

use std::fmt;

use super::ItemPath;
use crate::config::TextType;

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub enum RustType {
    /// `i32`.
    I32,
    /// `u32`.
    U32,
    /// `i64`.
    I64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// `bool`.
    Bool,
    /// Text of its own.
    String(TextType),
    /// `Vec<u8>`.
    Bytes,
    /// `[u8; N]`.
    Array(u32),
    /// `Vec<T>`.
    Vec(Box<RustType>),
    /// `&'a str`, and what it is where it is not borrowed.
    Str(TextType),
    /// `&'a [u8]`.
    Slice,
    /// A struct or enum of the package.
    Item(ItemPath),
    /// A struct or enum with borrowed text.
    BorrowedItem(ItemPath),
    /// A type parameter.
    Generic(String),
    /// What the function in a type parameter returns.
    ReturnOf(String),
    /// In a result: a builtin type with an id before it.
    Boxed(Box<RustType>, u32),
    /// In a result: a constructor or a vector without its id.
    Bare(Box<RustType>),
    /// The runtime's opaque boxed value.
    Object,
    /// The runtime's `True`: an id and nothing else.
    True,
    /// `()`: a value without bytes.
    Unit,
}

/// The type as users write it: items by their path below the module of the schema, what is the runtime's by its crate.
impl fmt::Display for RustType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::I32 => f.write_str("i32"),
            Self::U32 => f.write_str("u32"),
            Self::I64 => f.write_str("i64"),
            Self::F32 => f.write_str("f32"),
            Self::F64 => f.write_str("f64"),
            Self::Bool => f.write_str("bool"),
            Self::String(TextType::String) => f.write_str("String"),
            Self::String(TextType::Compact) => f.write_str("tlgen_runtime::CompactString"),
            Self::Bytes => f.write_str("Vec<u8>"),
            Self::Array(len) => write!(f, "[u8; {len}]"),
            Self::Vec(item) => write!(f, "Vec<{item}>"),
            Self::Str(_) => f.write_str("&str"),
            Self::Slice => f.write_str("&[u8]"),
            Self::Item(path) => write!(f, "{path}"),
            Self::BorrowedItem(path) => write!(f, "{path}<'_>"),
            Self::Generic(name) => f.write_str(name),
            Self::ReturnOf(name) => write!(f, "{name}::Return"),
            Self::Boxed(item, id) => write!(f, "tlgen_runtime::Boxed<{item}, {id:#010x}>"),
            Self::Bare(item) => write!(f, "tlgen_runtime::Bare<{item}>"),
            Self::Object => f.write_str("tlgen_runtime::Object"),
            Self::True => f.write_str("tlgen_runtime::True"),
            Self::Unit => f.write_str("()"),
        }
    }
}
