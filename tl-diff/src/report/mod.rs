//! A diff as text: for terminals, for pull requests, for programs.

mod diagnostics;
mod json;
mod markdown;
mod text;
pub(crate) mod words;

pub use diagnostics::{Reported, diagnostics};
pub use json::{JSON_SCHEMA, json};
pub use markdown::{MARKDOWN_LIMIT, markdown};
pub use text::{Detail, text};
