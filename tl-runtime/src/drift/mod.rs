//! Values of constructors that the types of a program do not know: what was made of them, and what they are kept as.
//!
//! A server that is ahead of a program sends constructors that the program's types do not know. With an
//! [`Atlas`](crate::atlas::Atlas) in [`DecodeOptions::atlas`](crate::DecodeOptions::atlas), and code that was generated with
//! `unknown = "keep"`, each of them costs one value and not the message:
//!
//! * A known constructor with a new id is *adapted*: the fields that the code knows are carried over, the others are left out.
//! * What cannot be adapted is *kept*: the enum of its type has the variant `Unknown`, which holds its exact bytes.
//! * A type with one constructor is a struct, and has no room for `Unknown`. There the nearest enum around it is kept as a whole.
//!
//! A [`DriftReport`] says what happened to which value.
//!
//! Objects of other layers, from a database or from a server that lags, are read by
//! [`DecodeOptions::decode_any_layer`](crate::DecodeOptions::decode_any_layer), and a value of the types of one layer becomes one of
//! another by [`DecodeOptions::convert`](crate::DecodeOptions::convert).

mod any;
mod carry;
mod fields;
mod known;
mod report;
mod translate;
mod translation;
mod unknown;

pub use any::{AnyLayer, NotTyped, OtherLayer, Typed};
pub use fields::FieldSet;
#[doc(hidden)]
pub use known::{Facts, Known, KnownIds, KnownTo};
pub(crate) use report::Hook;
pub use report::{DriftEvent, DriftOutcome, DriftReport, NotAdapted};
pub(crate) use translate::{Root, Unread, translate};
pub use translation::Translation;
pub use unknown::Unknown;

/// The memory that a translation takes for each value, besides its bytes.
const COST: usize =
    size_of::<DriftEvent>() + size_of::<core::ops::Range<usize>>() + 2 * size_of::<translation::Piece>();
