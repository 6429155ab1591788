//! A diff as text: for terminals, for pull requests, for programs.

mod json;
mod text;
pub(crate) mod words;

pub use json::{JSON_SCHEMA, json};
pub use text::{Detail, text};
