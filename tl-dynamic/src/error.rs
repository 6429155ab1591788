//! Why a value could not be read, written or made up.

use std::fmt;

use tlgen_model::schema::{Name, Param, TypeIdx};

/// Where in a value something went wrong: fields and indices in lists, from the outside in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(Vec<Step>);

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into a constructor or function.
    Combinator(Name),
    /// Into a field.
    Field(String),
    /// Into the item at this index of a list.
    Item(usize),
    /// So many steps that are not shown.
    Omitted(usize),
}

impl Path {
    /// The steps from the outside in.
    #[must_use]
    pub fn steps(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.0.iter().rev()
    }

    pub(crate) fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    pub(crate) fn push_field(&mut self, param: &Param, place: usize) {
        self.push(Step::Field(field_name(param, place)));
    }
}

impl FromIterator<Step> for Path {
    /// From the inside out.
    fn from_iter<T: IntoIterator<Item = Step>>(steps: T) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.steps().enumerate() {
            match step {
                Step::Combinator(name) if place == 0 => write!(f, "{name}")?,
                Step::Combinator(name) => write!(f, "({name})")?,
                Step::Field(name) if place == 0 => write!(f, "{name}")?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item(item) => write!(f, "[{item}]")?,
                Step::Omitted(_) => f.write_str("...")?,
            }
        }
        Ok(())
    }
}

/// The name of a parameter, or its index where it has none.
pub(crate) fn field_name(param: &Param, place: usize) -> String {
    param.name.as_deref().map_or_else(|| place.to_string(), str::to_owned)
}

/// Bytes that are no value of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong.
    pub kind: DecodeErrorKind,
    /// How many bytes stand before the fault.
    pub offset: usize,
    /// What was being read.
    pub path: Path,
}

/// What is wrong with bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The bytes end too early.
    UnexpectedEnd,
    /// So many bytes are left after the value.
    TrailingBytes(usize),
    /// An id that the type does not have.
    UnexpectedId {
        /// The id.
        id: u32,
        /// What has this id elsewhere in the schema.
        known: Option<Name>,
        /// The type that was expected.
        expected: String,
    },
    /// A count of more items than the bytes that are left can hold.
    Count(u32),
    /// A field that says that another one has more bytes than are left; see [`Codec::with_envelopes`](crate::Codec).
    Length(u32),
    /// A length that is written in a longer form than it needs.
    LongForm,
    /// Padding that is not zero.
    Padding,
    /// Text that is not UTF-8.
    Utf8,
    /// A word with bits that no field declares.
    UndeclaredBits {
        /// The bits that are set and not declared.
        bits: u32,
    },
    /// Values within values deeper than the limit.
    TooDeep,
    /// The schema does not say how to read this.
    Schema(SchemaFault),
}

/// A part of a schema for which bytes have no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaFault {
    /// A variable that nothing binds.
    Unbound,
    /// A type whose arguments none of its constructors makes.
    Arguments,
    /// The bare form of a type with several constructors.
    Bare(TypeIdx),
    /// A number above 2^32 - 1.
    Number,
    /// A type that a fragment uses in a wrong way; a valid schema has none.
    Unresolved,
}

impl fmt::Display for SchemaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unbound => "a variable of the schema stands for nothing here",
            Self::Arguments => "no constructor makes the type with these arguments",
            Self::Bare(_) => "a type with several constructors has no bare form",
            Self::Number => "a number is too large",
            Self::Unresolved => "the schema uses a type in a wrong way",
        })
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedEnd => f.write_str("the bytes end too early"),
            Self::TrailingBytes(1) => f.write_str("1 byte is left over"),
            Self::TrailingBytes(count) => write!(f, "{count} bytes are left over"),
            Self::UnexpectedId { id, known, expected } => {
                write!(f, "expected {expected}, found id {id:08x}")?;
                known.as_ref().map_or(Ok(()), |name| write!(f, " ({name})"))
            }
            Self::Count(count) => write!(f, "the bytes left can not hold {count} items"),
            Self::Length(length) => write!(f, "{length} bytes are announced, and fewer are left"),
            Self::LongForm => f.write_str("a length is not in its shortest form"),
            Self::Padding => f.write_str("padding is not zero"),
            Self::Utf8 => f.write_str("text is not UTF-8"),
            Self::UndeclaredBits { bits } => write!(f, "no field declares the bits {bits:#x}"),
            Self::TooDeep => f.write_str("values are nested too deep"),
            Self::Schema(fault) => fault.fmt(f),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind, self.offset)?;
        in_path(f, &self.path)
    }
}

impl std::error::Error for DecodeError {}

/// A value that is not one of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// What is wrong.
    pub kind: EncodeErrorKind,
    /// Where.
    pub path: Path,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A value of another kind.
    Kind {
        /// The type.
        expected: &'static str,
        /// What the value is.
        found: &'static str,
    },
    /// An object of another type.
    Combinator {
        /// The type or constructor that was expected.
        expected: String,
        /// The constructor or function of the value.
        found: Name,
    },
    /// An object that names nothing in the schema.
    UnknownCombinator,
    /// An object or record with another number of fields than declared.
    FieldCount {
        /// How many are declared.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A field that must be there and is not.
    Missing,
    /// A field that is there although its bit is not set, or the other way round.
    Presence,
    /// Of the fields that share a bit some are there and some are not.
    SharedBit {
        /// The bit.
        bit: u8,
    },
    /// A list of another length than its count says.
    Count {
        /// What the count says.
        expected: u32,
        /// How many items there are.
        found: usize,
    },
    /// Fixed bytes of another length.
    Length {
        /// The length of the type.
        expected: usize,
        /// The length of the value.
        found: usize,
    },
    /// More bytes or items than a length can state.
    TooLong,
    /// Values within values deeper than the limit.
    TooDeep,
    /// The schema does not say how to write this.
    Schema(SchemaFault),
}

impl fmt::Display for EncodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Combinator { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::UnknownCombinator => f.write_str("the object names nothing in the schema"),
            Self::FieldCount { expected, found } => write!(f, "expected {expected} fields, found {found}"),
            Self::Missing => f.write_str("the field is missing"),
            Self::Presence => f.write_str("the field and its bit do not agree"),
            Self::SharedBit { bit } => {
                write!(f, "of the fields that share bit {bit} some are there and some are not")
            }
            Self::Count { expected, found } => write!(f, "expected {expected} items, found {found}"),
            Self::Length { expected, found } => write!(f, "expected {expected} bytes, found {found}"),
            Self::TooLong => f.write_str("the value is too long"),
            Self::TooDeep => f.write_str("values are nested too deep"),
            Self::Schema(fault) => fault.fmt(f),
        }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        in_path(f, &self.path)
    }
}

impl std::error::Error for EncodeError {}

/// JSON that is no value of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// What is wrong.
    pub kind: JsonErrorKind,
    /// Where.
    pub path: Path,
}

/// What is wrong with JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// JSON of another form.
    Expected(&'static str),
    /// The name of no constructor or function.
    UnknownName(String),
    /// A key that is no field.
    UnknownField(String),
    /// A constructor that does not make this type or is not this constructor.
    WrongType(Name),
    /// A message that is to be packed and can not be written.
    Packed(EncodeError),
    /// Values within values deeper than the limit.
    TooDeep,
    /// The schema does not say how to read this.
    Schema(SchemaFault),
    /// The text is not JSON: what its parser says.
    Syntax(String),
}

impl fmt::Display for JsonErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected(what) => write!(f, "expected {what}"),
            Self::UnknownName(name) => write!(f, "the schema has no `{name}`"),
            Self::UnknownField(name) => write!(f, "there is no field `{name}`"),
            Self::WrongType(expected) => write!(f, "expected {expected}"),
            Self::Packed(error) => error.fmt(f),
            Self::TooDeep => f.write_str("values are nested too deep"),
            Self::Schema(fault) => fault.fmt(f),
            Self::Syntax(error) => write!(f, "not JSON: {error}"),
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        in_path(f, &self.path)
    }
}

impl std::error::Error for JsonError {}

fn in_path(f: &mut fmt::Formatter<'_>, path: &Path) -> fmt::Result {
    if path.steps().len() == 0 { Ok(()) } else { write!(f, " in {path}") }
}
