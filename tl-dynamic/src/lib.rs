//! TL values without generated code: a [`Value`] is read, written and made up by the schema alone.
//!
//! What comes in is a [`Valid`](tlgen_model::Valid) schema. A [`Codec`] turns bytes into values and back, and values into
//! JSON and back. It also tells a [`Visitor`] what bytes say, without a value; [`JsonWriter`] is one. A [`Locator`] tells at which
//! field bytes are wrong; a [`Generator`] makes random values that reach every corner of the schema. [`Codec::trace`] says what
//! each byte is, also of bytes that are damaged; [`which`] tells which of several schemas bytes were written by;
//! [`Codec::disassemble`] makes text of any bytes, and [`Codec::assemble`] makes bytes of it again. Templates, natural arguments
//! and repetitions are walked with their arguments at hand, so a value is as concrete as its bytes.
//!
//! ```
//! use tlgen_dynamic::{Codec, DecodeOptions, Generator};
//! use tlgen_parser::source::Sources;
//!
//! let mut sources = Sources::new();
//! let file = sources.add("user.tl", "user#d23c81a3 id:int first_name:string last_name:string = User;");
//! let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
//!
//! let codec = Codec::new(&schema);
//! let json = serde_json::json!({"_": "user", "id": 4, "first_name": "John", "last_name": "Doe"});
//! let user = codec.from_json_boxed(&json).unwrap();
//! let bytes = codec.encode_boxed(&user).unwrap();
//! assert_eq!(bytes, b"\xa3\x81\x3c\xd2\x04\0\0\0\x04John\0\0\0\x03Doe");
//! assert_eq!(codec.decode_boxed(&bytes, &DecodeOptions::default()), Ok(user));
//!
//! // The same seed is the same user.
//! let random = Generator::new(&schema, 7).combinator_bytes(codec.by_name("user").unwrap()).unwrap();
//! assert!(codec.decode_boxed(&random, &DecodeOptions::default()).is_ok());
//! ```

mod codec;
pub mod conformance;
mod decode;
mod encode;
mod envelope;
mod error;
mod hex;
mod json;
mod known;
mod locate;
mod locator;
mod plan;
mod random;
mod root;
mod scope;
mod text;
pub mod tlo;
mod trace;
mod value;
mod visit;
mod which;
mod wire;

pub use codec::Codec;
pub use decode::DecodeOptions;
pub use error::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, JsonError, JsonErrorKind, Path, SchemaFault, Step,
};
pub use json::{JsonForm, JsonWriter, MAX_UNPACKED_LEVEL, Pack, Seed, Typed, Unpack, parse_json};
pub use locate::Place;
pub use locator::{Locator, LocatorError};
#[cfg(feature = "arbitrary")]
pub use random::fuzz;
#[cfg(feature = "proptest")]
pub use random::strategy;
pub use random::{Generator, Objects, Profile, RandomError};
pub use root::Root;
pub use text::{AsmError, AsmErrorKind};
pub use trace::{Fit, Look, Row, RowKind, Slot, Trace};
pub use value::{Object, Value};
pub use visit::{FieldStart, ListStart, ObjectStart, RecordStart, Scalar, VisitError, Visitor};
pub use which::{Reading, which};

/// How many constructors and functions may stand within each other, unless [`DecodeOptions::max_depth`] says otherwise.
pub const MAX_DEPTH: usize = 128;
