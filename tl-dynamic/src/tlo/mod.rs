//! The binary form of schemas, `.tlo`, as the official compiler writes it.
//!
//! What comes in are the bytes of such a file, or a syntax tree; what goes out is the text of a schema, or bytes. The form is itself
//! described by a schema, `tlo.tl`, so it is read and written by a [`Codec`] like any other value.
//!
//! ```
//! use tlgen_dynamic::tlo;
//!
//! let text = "int ? = Int;\npoint x:int y:int = Point;\n";
//! let bytes = tlo::from_schema(&tlgen_parser::parse(text).into_result().unwrap()).unwrap();
//! assert!(tlo::is_tlo(&bytes));
//! assert_eq!(tlo::to_tl(&bytes).unwrap(), "int#a8509bda ? = Int;\npoint#e3fe70f4 x:int y:int = Point;\n");
//! ```

mod names;
mod read;
mod write;

use core::fmt;

use tlgen_model::schema::Schema;
use tlgen_model::{Options, Valid, load};
use tlgen_parser::ast;
use tlgen_parser::source::Sources;

use crate::error::{DecodeError, EncodeError};
use crate::{Codec, DecodeOptions};

/// The schema of the form.
pub const SCHEMA: &str = include_str!("tlo.tl");

/// The id of a whole schema, in the order of the wire.
const MAGIC: [u8; 4] = 0x3a2f_9be2_u32.to_le_bytes();

/// The number of the type `#`.
const NAT: i32 = 0x7065_9eff;
/// The number of the type `Type`.
const TYPE: i32 = 0x2cec_f817;

/// Bits of the flags of an argument: it depends on a bit, it is a variable, it is in braces, it is a function.
const CONDITIONAL: u32 = 1 << 1;
const NUMBERED: u32 = 1 << 2;
const IN_BRACES: u32 = 1 << 17;
const BANG: u32 = 1 << 18;
/// The bit of the flags of a type in use: it is bare.
const BARE: i32 = 1;

/// Why bytes are no schema, or a schema has no such form.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TloError {
    /// The bytes are no value of the form.
    Decode(DecodeError),
    /// The value cannot be written.
    Encode(EncodeError),
    /// A combinator refers to a type that the file does not have.
    UnknownType {
        /// The combinator.
        combinator: String,
        /// The type: its number in 8 hexadecimal digits, or its name.
        ty: String,
    },
    /// A combinator refers to a variable that it does not have.
    UnknownVariable {
        /// The combinator.
        combinator: String,
        /// The variable: its number or its name.
        variable: String,
    },
    /// A name is none in TL.
    Name {
        /// The text in the place of a name.
        name: String,
    },
}

impl fmt::Display for TloError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => write!(f, "{error}"),
            Self::Encode(error) => write!(f, "{error}"),
            Self::UnknownType { combinator, ty } => {
                write!(f, "`{combinator}` uses the type {ty}, which is not declared")
            }
            Self::UnknownVariable { combinator, variable } => {
                write!(f, "`{combinator}` uses the variable {variable}, which it does not have")
            }
            Self::Name { name } => write!(f, "`{}` is no name in TL", name.escape_debug()),
        }
    }
}

impl core::error::Error for TloError {}

/// Whether bytes begin as a schema in the binary form does.
#[must_use]
pub fn is_tlo(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// The binary form as text in TL: each declaration on a line, with its id.
///
/// # Errors
/// The first fault of the bytes, or what they refer to and do not have.
pub fn to_tl(bytes: &[u8]) -> Result<String, TloError> {
    let schema = schema();
    let file = Codec::new(&schema).decode_boxed(bytes, &DecodeOptions::default()).map_err(TloError::Decode)?;
    read::text(&schema, &file)
}

/// The binary form of a schema, byte by byte as the official compiler writes it. Ids that are not written follow the plain rule.
/// `New`, `Final`, `Empty`, partial applications and annotations are no part of the form.
///
/// # Errors
/// If a declaration uses a type or variable that is not declared.
pub fn from_schema(schema: &ast::Schema<'_>) -> Result<Vec<u8>, TloError> {
    let form = self::schema();
    let codec = Codec::new(&form);
    let file = write::file(&codec, schema)?;
    codec.encode_boxed(&file).map_err(TloError::Encode)
}

fn schema() -> Valid<Schema> {
    let mut sources = Sources::new();
    let file = sources.add("tlo.tl", SCHEMA);
    let options = Options { allow_id_mismatch: Vec::new(), ..Options::default() };
    load(&sources, &[file], &options).value.expect("the schema of the form has no errors")
}
