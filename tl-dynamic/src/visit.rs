//! What is read, told part by part: no value is made, and text and bytes are those of the input.

use std::fmt;

use tlgen_model::schema::{Combinator, CombinatorIdx};

use crate::codec::Codec;
use crate::decode::{self, DecodeOptions, Fault};
use crate::error::DecodeError;
use crate::plan::{Entry, Field};
use crate::root::Root;

/// Is told the parts of a value in the order of its bytes.
///
/// An object is [`object`](Visitor::object), then for each field that is there [`field`](Visitor::field) and its value, then
/// [`end`](Visitor::end). A list is [`list`](Visitor::list), its items, [`end`](Visitor::end); a record of a repetition is
/// [`record`](Visitor::record), its fields as those of an object, [`end`](Visitor::end). All else is a [`Scalar`].
///
/// What a method does not say is to be told, it need not be told: each one does nothing unless it is written. A visitor that has what
/// it wants stops the reader by an error.
///
/// ```
/// use std::convert::Infallible;
/// use tlgen_dynamic::{Codec, DecodeOptions, FieldStart, Root, Scalar, VisitError, Visitor};
/// # use tlgen_parser::source::Sources;
///
/// /// The text of all fields with one name.
/// struct Texts<'b> {
///     name: &'static str,
///     is_meant: bool,
///     found: Vec<&'b str>,
/// }
///
/// impl<'b> Visitor<'b> for Texts<'b> {
///     type Stop = Infallible;
///
///     fn field(&mut self, field: FieldStart<'_>) -> Result<(), Infallible> {
///         self.is_meant = field.name() == Some(self.name);
///         Ok(())
///     }
///
///     fn scalar(&mut self, scalar: Scalar<'b>) -> Result<(), Infallible> {
///         if let (true, Scalar::Text(text)) = (self.is_meant, scalar) {
///             self.found.push(text);
///         }
///         Ok(())
///     }
/// }
///
/// # let mut sources = Sources::new();
/// # let file = sources.add("user.tl", "user#d23c81a3 id:int first_name:string last_name:string = User;");
/// # let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
/// // user#d23c81a3 id:int first_name:string last_name:string = User;
/// let codec = Codec::new(&schema);
/// let bytes = b"\xa3\x81\x3c\xd2\x04\0\0\0\x04John\0\0\0\x03Doe";
/// let mut texts = Texts { name: "first_name", is_meant: false, found: Vec::new() };
/// codec.visit(Root::Any, bytes, &DecodeOptions::default(), &mut texts)?;
/// assert_eq!(texts.found, ["John"]);
/// # Ok::<(), VisitError<Infallible>>(())
/// ```
pub trait Visitor<'b> {
    /// Why it wants no more; [`Infallible`](std::convert::Infallible) for one that takes everything.
    type Stop;

    /// A constructor or function begins.
    ///
    /// # Errors
    /// To stop, as all methods.
    #[inline]
    fn object(&mut self, object: ObjectStart<'_>) -> Result<(), Self::Stop> {
        _ = object;
        Ok(())
    }

    /// The value of a field comes next. Fields that are not there are left out.
    ///
    /// # Errors
    /// To stop.
    #[inline]
    fn field(&mut self, field: FieldStart<'_>) -> Result<(), Self::Stop> {
        _ = field;
        Ok(())
    }

    /// A vector or a repetition begins.
    ///
    /// # Errors
    /// To stop.
    #[inline]
    fn list(&mut self, list: ListStart) -> Result<(), Self::Stop> {
        _ = list;
        Ok(())
    }

    /// An item of a repetition with several fields begins.
    ///
    /// # Errors
    /// To stop.
    #[inline]
    fn record(&mut self, record: RecordStart) -> Result<(), Self::Stop> {
        _ = record;
        Ok(())
    }

    /// The object, list or record that began last ends.
    ///
    /// # Errors
    /// To stop.
    #[inline]
    fn end(&mut self) -> Result<(), Self::Stop> {
        Ok(())
    }

    /// A value without parts.
    ///
    /// # Errors
    /// To stop.
    #[inline]
    fn scalar(&mut self, scalar: Scalar<'b>) -> Result<(), Self::Stop> {
        _ = scalar;
        Ok(())
    }
}

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Scalar<'b> {
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
    /// A `True` in a value of type `Object`, where only its id says so.
    TrueObject,
    /// `string`.
    Text(&'b str),
    /// A `string` that is not UTF-8, where [`DecodeOptions::utf8`] is off.
    NotText(&'b [u8]),
    /// `bytes`, `int128`, `int256`, `int512`.
    Bytes(&'b [u8]),
    /// The bytes of an `Object` that is unknown to the schema.
    Raw(&'b [u8]),
}

/// A constructor or function that begins.
#[derive(Clone, Copy)]
pub struct ObjectStart<'p> {
    pub(crate) codec: &'p Codec<'p>,
    pub(crate) entry: &'p Entry,
}

impl<'p> ObjectStart<'p> {
    /// Its index in the schema.
    #[must_use]
    pub fn index(&self) -> CombinatorIdx {
        self.entry.idx
    }

    /// Its declaration.
    #[must_use]
    pub fn combinator(&self) -> &'p Combinator {
        self.codec.schema().combinator(self.entry.idx)
    }

    /// Its name, as in `contacts.getContacts`.
    #[must_use]
    pub fn name(&self) -> &'p str {
        self.combinator().name.full()
    }

    /// How many fields are declared.
    #[must_use]
    pub fn field_count(&self) -> usize {
        self.entry.fields.all.len()
    }
}

impl fmt::Debug for ObjectStart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ObjectStart").field(&self.name()).finish()
    }
}

/// A field whose value comes next.
#[derive(Clone, Copy)]
pub struct FieldStart<'p>(pub(crate) &'p Field);

impl<'p> FieldStart<'p> {
    /// Its index among the parameters of its constructor or function, or among the fields of its record.
    #[must_use]
    pub fn index(&self) -> usize {
        self.0.place
    }

    /// Its name; `None` for an anonymous one.
    #[must_use]
    pub fn name(&self) -> Option<&'p str> {
        self.0.name()
    }
}

impl fmt::Debug for FieldStart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldStart").field("index", &self.index()).field("name", &self.name()).finish()
    }
}

/// A list that begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListStart {
    /// How many items come. As many are in the bytes that are left, or at least could be.
    pub len: usize,
    /// Whether it is a repetition, `n*[ ... ]`, and no vector.
    pub is_repetition: bool,
}

/// A record that begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordStart {
    /// How many fields are declared.
    pub field_count: usize,
}

/// Why bytes were not read to their end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VisitError<S> {
    /// The bytes are wrong.
    Decode(DecodeError),
    /// The visitor wanted no more.
    Stopped(S),
}

impl<S: fmt::Display> fmt::Display for VisitError<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(f),
            Self::Stopped(stop) => stop.fmt(f),
        }
    }
}

impl<S: std::error::Error + 'static> std::error::Error for VisitError<S> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::Stopped(stop) => Some(stop),
        }
    }
}

impl<S> From<Fault<S>> for VisitError<S> {
    fn from(fault: Fault<S>) -> Self {
        match fault {
            Fault::Bytes(error) => Self::Decode(*error),
            Fault::Stop(stop) => Self::Stopped(stop),
        }
    }
}

/// Is told nothing.
pub(crate) struct Nobody;

impl Visitor<'_> for Nobody {
    type Stop = std::convert::Infallible;
}

impl Codec<'_> {
    /// Reads a message that fills `bytes` and tells its parts. No memory is taken but for the words and variables of the objects
    /// around the part at hand.
    ///
    /// Before an error the visitor was told a part of the message that may end anywhere; of an object of type `Object` that is wrong,
    /// nothing.
    ///
    /// # Errors
    /// The first fault of the bytes, as for [`Codec::decode_root`], or what the visitor stops with.
    pub fn visit<'b, V: Visitor<'b>>(
        &self,
        root: Root<'_>,
        bytes: &'b [u8],
        options: &DecodeOptions,
        visitor: &mut V,
    ) -> Result<(), VisitError<V::Stop>> {
        Ok(decode::whole(self, decode::Start::Root(root), bytes, options, visitor)?)
    }

    /// Reads the message that `bytes` begin with, tells its parts, and gives the number of its bytes. An `Object` is never raw bytes,
    /// as something may follow it.
    ///
    /// # Errors
    /// As for [`Codec::visit`]; where only the rest of the message is missing, as for [`Codec::decode_prefix`].
    pub fn visit_prefix<'b, V: Visitor<'b>>(
        &self,
        root: Root<'_>,
        bytes: &'b [u8],
        options: &DecodeOptions,
        visitor: &mut V,
    ) -> Result<usize, VisitError<V::Stop>> {
        Ok(decode::prefix(self, decode::Start::Root(root), bytes, options, visitor)?)
    }
}
