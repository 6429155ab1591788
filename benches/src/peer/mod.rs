//! The same messages in other implementations.

pub mod prost;
pub mod prost_reflect;
pub mod tl_proto;

pub use grammers_tl_types as grammers;
