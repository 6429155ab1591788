//! The wire runtime of TL: generated code is written against it, and a few names are for those who use generated code.
//!
//! In come values of generated types or bytes; out go bytes or values. [`Encode::to_bytes`] and [`Decode::from_bytes`] are
//! the usual way, and [`DecodeOptions`] says what is accepted.
//!
//! ```
//! use tlgen_runtime::{Decode, Encode};
//!
//! let bytes = vec![2i32, 3, 4].to_bytes()?;
//! assert_eq!(bytes, b"\x15\xc4\xb5\x1c\x03\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0");
//! assert_eq!(Vec::<i32>::from_bytes(&bytes)?, [2, 3, 4]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! | for | see |
//! |---|---|
//! | values and bytes | [`Encode`], [`Decode`], [`DecodeOptions`] |
//! | requests and their answers | [`Function`], [`rpc`] |
//! | what can go wrong | [`DecodeError`], [`EncodeError`], [`rpc::InvokeError`] |
//! | values that are in no schema | [`Object`], [`True`] |
//! | results with or without an id | [`Boxed`], [`Bare`] |
//! | fields of messages that are not decoded | [`view`], [`View`] |
//! | values with borrowed text and their bytes | [`Held`] |
//! | ids that the types do not know | [`drift`], [`atlas`] |
//! | codecs by hand | [`Reader`], [`Writer`], [`ids`] |
//!
//! # What decoding promises
//!
//! * Generated code never panics and never recurses deeper than [`DecodeOptions::max_depth`] levels of a recursive type.
//! * Memory that is set aside for items that have not arrived is bounded by three times the input and 32 KiB, whatever
//!   the input says. Beyond that a value takes what its own fields take, or what [`DecodeOptions::max_memory`] allows.
//! * Each strict prefix of a valid message of at most 4 GiB is refused as [`DecodeErrorKind::UnexpectedEnd`]. (An
//!   [`Object`] at the end of a message has no length of its own, so a shorter one cannot be told from a whole one.)
//! * Errors have a bounded size and never show text of the message.
//!
//! Canonical input is required unless [`DecodeOptions::lenient`] is asked for; see [`Mode`].
//!
//! # Errors that are kept
//!
//! Reader and writer keep their first error, and generated `decode` functions return plain values: no early return per
//! field. What a failed reader returns means nothing; the functions above never hand it out.
//!
//! # Features
//!
//! None is on by default, and without them the crate depends on `core` and `alloc` alone.
//!
//! * `compact_str`: `CompactString` as text, for the option `text_type = "compact"` of the generator.
//! * `serde`: `serde::Serialize` and `serde::Deserialize` can be named in the option `derives` of the generator; see the
//!   module `serde`.
//! * `tower`: calls as tower services and services as connections; see the module `rpc::tower`.

#![no_std]

extern crate alloc;

pub mod atlas;
mod decode;
pub mod drift;
mod encode;
mod error;
mod function;
#[doc(hidden)]
#[expect(improper_ctypes_definitions, reason = "it is about unwinding; nothing foreign is called")]
pub mod generated;
mod held;
pub mod ids;
mod into_owned;
mod options;
#[expect(improper_ctypes_definitions, reason = "it is about unwinding; nothing foreign is called")]
mod reader;
pub mod rpc;
#[cfg(feature = "serde")]
pub mod serde;
mod types;
#[expect(improper_ctypes_definitions, reason = "it is about unwinding; nothing foreign is called")]
mod unchecked;
pub mod view;
mod writer;

/// Text that needs no allocation up to 24 bytes: the type of text with the option `text_type = "compact"` of the generator.
#[cfg(feature = "compact_str")]
pub use compact_str::CompactString;
pub use decode::{Decode, DecodeBare, DecodeOwned};
pub use drift::Unknown;
pub use encode::{Encode, EncodeBare};
pub use error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
pub use function::{Combinator, Function};
pub use held::{Held, Lend};
pub use into_owned::IntoOwned;
pub use options::{DecodeOptions, Mode};
pub use reader::Reader;
pub use types::{Bare, Boxed, Indirect, Object, True};
pub use view::View;
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

/// The bytes of the atlas that the build script made: the file `atlas.tla` of `OUT_DIR`, for [`Atlas::new`](atlas::Atlas::new).
///
/// ```ignore
/// static LAYERS: &[u8] = tlgen_runtime::include_atlas!();
/// ```
#[macro_export]
macro_rules! include_atlas {
    () => {
        include_bytes!(concat!(env!("OUT_DIR"), "/atlas.tla"))
    };
}
