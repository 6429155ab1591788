//! What only generated code calls. It is no part of the interface of this crate: it changes without notice, and
//! [`CONTRACT`] with it.
//!
//! Generated code has this module as `rt`.
//!
//! # Functions that cannot unwind
//!
//! The functions that read are `extern "C"`, which is safe Rust and tells the compiler that the call cannot unwind. Generated code
//! thus needs nothing that drops half of a struct or half of a vector, which would be a third of its size and of the time to
//! compile it. Nothing that they call panics: they are for types of generated code and of this crate only. A type parameter
//! can be a hand-written type, so generated code reads it by the methods of [`Reader`], which are ordinary Rust.

mod answer;
mod bits;
mod contract;
pub mod field;
mod fixed;
mod macros;
mod present;
mod read;
mod write;

pub extern crate alloc;

pub use crate::__serde_field as serde_field;
pub use answer::{ErrorText, error};
pub use bits::{bit, bits, mask};
pub use contract::{CONTRACT, assert_contract};
pub(crate) use fixed::MAX_RUN;
pub use fixed::{Fixed, Flags, Part, Run};
pub use macros::{combinator, drop_box, error_in_place, from, function, lend, methods, rpc_error, try_from, view};
pub use present::Present;
pub use read::{
    bare, boxed_with, enter, expect_id, fixed, flags, get, id, leave, lossy, nothing, object, opt, opt_boxed, opt_with,
    repeat, repeat_with, unknown, unknown_id, variant, variant_in_box, variant_indirect, vector_bare, vector_bare_with,
    vector_with, word,
};
pub(crate) use read::{fields, items};
pub use write::{fixed as put_fixed, late as put_late, object_len, opt_word, place, shared_bit};

#[cfg(feature = "compact_str")]
pub use crate::CompactString;
pub use crate::decode::DecodeBareOwned;
pub use crate::drift::{Facts, Known, KnownIds, KnownTo};
pub use crate::rpc::{KnownError, PendingCall, RpcError, Transport, error_numbers};
pub use crate::types::DropBox;
pub use crate::unchecked::drop_box as free;
pub use crate::view::{Code, Items, Layouts, RawView, Steps, Walk, Walked, walker};
pub use crate::{
    Bare, Boxed, Combinator, Decode, DecodeBare, DecodeError, Encode, EncodeBare, Function, Indirect, IntoOwned,
    Object, Reader, True, Unknown, Writer,
};
