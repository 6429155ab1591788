//! The wire runtime of TL: what generated code calls, and the few functions that users of generated code call.
//!
//! In come values of generated types or bytes, out go bytes or values. [`to_bytes`] and [`from_bytes`] are the way for
//! users; [`Reader`], [`Writer`] and the raw traits are what generated code is written against.
//!
//! ```
//! let bytes = tlgen_runtime::to_bytes(&vec![2i32, 3, 4])?;
//! assert_eq!(bytes, b"\x15\xc4\xb5\x1c\x03\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0");
//! assert_eq!(tlgen_runtime::from_bytes::<Vec<i32>>(&bytes)?, [2, 3, 4]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # What decoding promises
//!
//! * It never panics and never recurses deeper than [`Config::max_depth`] levels of a recursive type.
//! * Memory that is set aside for items that have not arrived is bounded by three times the input and 32 KiB, whatever
//!   the input says; beyond that a value takes what its own fields take, or what
//!   [`Config::max_memory`] lets it.
//! * Each strict prefix of a valid message of at most 4 GiB is refused as [`DecodeErrorKind::UnexpectedEnd`]. (An
//!   [`Object`] at the end of a message has no length of its own, so a shorter one cannot be told from a whole one.)
//! * Errors have a bounded size and never show text of the message.
//!
//! Canonical input is required unless [`Config::lenient`] is asked for; see [`Mode`].
//!
//! # Errors that are kept
//!
//! Reader and writer keep their first error, and generated `decode` functions return plain values: no early return per
//! field. What a failed reader returns means nothing; the functions above never hand it out.

#![no_std]

#[doc(hidden)]
pub extern crate alloc;

mod bits;
mod boxed_true;
mod call;
mod config;
mod entry;
mod error;
mod fixed;
mod into_owned;
mod macros;
mod object;
#[expect(improper_ctypes_definitions, reason = "it is about unwinding; nothing foreign is called")]
mod reader;
mod scalar;
mod text;
mod traits;
mod unchecked;
mod vector;
mod writer;

pub use bits::{bit, bits, mask};
pub use boxed_true::True;
pub use call::{Call, Caller, Invoke, InvokeAsync, InvokeError, KnownError, Response, RpcError, error_numbers};
/// Text that needs no allocation up to 24 bytes: what the option `text_type = "compact"` of the generator uses.
#[cfg(feature = "compact_str")]
pub use compact_str::CompactString;
pub use config::{Config, DEFAULT_MAX_DEPTH, Mode};
pub use entry::{
    encode_into, from_bytes, from_bytes_bare, from_bytes_bare_with, from_bytes_with, from_prefix, from_prefix_with,
    to_bytes, to_bytes_bare,
};
pub use error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
pub use fixed::{Fixed, Flags, Part, Run};
pub use into_owned::IntoOwned;
pub use object::Object;
pub use reader::{EMPTY_ITEMS_BUDGET, Reader};
pub use scalar::{BOOL_FALSE_ID, BOOL_TRUE_ID};
pub use traits::{Combinator, Decode, DecodeBare, DecodeOwned, Encode, EncodeBare, Function};
pub use vector::VECTOR_ID;
pub use writer::Writer;

/// Brings in what the build script generated from the schema `$name`: the file `$name.rs` of `OUT_DIR`.
///
/// ```ignore
/// pub mod api {
///     tlgen_runtime::include_schema!("api");
/// }
/// ```
#[macro_export]
macro_rules! include_schema {
    ($name:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $name, ".rs"));
    };
}
