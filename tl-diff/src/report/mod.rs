//! A diff as text: for terminals, for pull requests, for programs.

mod changelog;
mod changelog_json;
mod diagnostics;
mod json;
mod markdown;
mod text;
pub(crate) mod words;

pub use changelog::{changelog, histories};
pub use changelog_json::{changelog_json, changelog_json_schema};
pub use diagnostics::{Reported, diagnostics};
pub use json::{JSON_SCHEMA, json};
pub use markdown::{MARKDOWN_LIMIT, markdown};
pub use text::{Detail, text};
pub use words::{Line, breaks, edits, totals};
