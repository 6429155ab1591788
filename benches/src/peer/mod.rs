//! The same messages in other implementations.

pub mod prost;
pub mod tl_proto;

pub use grammers_tl_types as grammers;
