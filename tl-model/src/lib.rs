//! Syntax trees to a resolved schema.
//!
//! What comes in are the syntax trees of one or more files; what goes out is a [`schema::Schema`] in which every name
//! is a place in an arena, every type is known to be boxed or bare, and every condition points at its word. A broken
//! schema never leaves: it is an error with all its diagnostics. The crate knows no Rust output and no files.

pub mod schema;
