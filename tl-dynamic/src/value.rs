//! A TL value without generated code.
//!
//! A [`Value`] has the shape of its type but does not carry it: it is read and written together with the type. Boxed and bare
//! forms are the same value. Numbers compare by their bits, so that a NaN equals itself.

use tlgen_model::schema::{Combinator, CombinatorIdx, Param, Primitive, Schema};

/// A value of some TL type.
#[derive(Clone, Debug)]
pub enum Value {
    /// `#`.
    Nat(u32),
    /// `int`.
    Int(i32),
    /// `long`.
    Long(i64),
    /// `float`.
    Float(f32),
    /// `double`.
    Double(f64),
    /// `Bool`.
    Bool(bool),
    /// `true`.
    True,
    /// `string`.
    Text(String),
    /// `bytes`, `int128`, `int256`, `int512`, and a `string` that is not UTF-8.
    Bytes(Vec<u8>),
    /// The items of a vector or of a repetition.
    List(Vec<Value>),
    /// One item of a repetition with several fields; a field that is not there is `None`.
    Record(Vec<Option<Value>>),
    /// What a constructor makes, or a call of a function.
    Object(Object),
    /// The bytes of an `Object` that were not looked into, or of one that is unknown to the schema.
    Raw(Vec<u8>),
}

/// The fields of a constructor or function.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The constructor or function.
    pub combinator: CombinatorIdx,
    /// One for each of its parameters, in their order; `None` for one that is not there.
    ///
    /// A word (`#`) that is missing is made from the fields that depend on it when the object is encoded.
    pub fields: Vec<Option<Value>>,
}

impl Object {
    /// The field called `name` in `schema`, the schema of the object.
    #[must_use]
    pub fn field(&self, schema: &Schema, name: &str) -> Option<&Value> {
        let params = &schema.combinators.get(self.combinator.0 as usize)?.params;
        let place = params.iter().position(|param| param.name.as_deref() == Some(name))?;
        self.fields.get(place)?.as_ref()
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nat(a), Self::Nat(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Long(a), Self::Long(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Double(a), Self::Double(b)) => a.to_bits() == b.to_bits(),
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::True, Self::True) => true,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) | (Self::Raw(a), Self::Raw(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Record(a), Self::Record(b)) => a == b,
            (Self::Object(a), Self::Object(b)) => a == b,
            _ => false,
        }
    }
}

impl Value {
    /// A value of a primitive whose length its type says, from as many bytes; text and truth values have another length.
    pub(crate) fn fixed(primitive: Primitive, bytes: &[u8]) -> Self {
        let (mut four, mut eight) = ([0; 4], [0; 8]);
        let (low, high) = (bytes.len().min(4), bytes.len().min(8));
        four[..low].copy_from_slice(&bytes[..low]);
        eight[..high].copy_from_slice(&bytes[..high]);
        match primitive {
            Primitive::Int => Self::Int(i32::from_le_bytes(four)),
            Primitive::Long => Self::Long(i64::from_le_bytes(eight)),
            Primitive::Float => Self::Float(f32::from_le_bytes(four)),
            Primitive::Double => Self::Double(f64::from_le_bytes(eight)),
            Primitive::True => Self::True,
            _ => Self::Bytes(bytes.to_vec()),
        }
    }

    /// What kind of value this is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Nat(_) => "an unsigned number",
            Self::Int(_) => "a 32-bit number",
            Self::Long(_) => "a 64-bit number",
            Self::Float(_) => "a 32-bit floating-point number",
            Self::Double(_) => "a 64-bit floating-point number",
            Self::Bool(_) => "a truth value",
            Self::True => "the value `true`",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "a list",
            Self::Record(_) => "a record",
            Self::Object(_) => "an object",
            Self::Raw(_) => "raw bytes",
        }
    }
}

/// Whether the items of a repetition are plain values: `n*[ T ]`, as against records: `n*[ a:A b:B ]`.
pub(crate) fn is_plain_item(fields: &[Param]) -> bool {
    matches!(fields, [Param { name: None, condition: None, .. }])
}

/// Whether this is the default constructor of its type, which is written without its id.
pub(crate) fn is_default(constructor: &Combinator) -> bool {
    constructor.name.ident() == "_"
}
