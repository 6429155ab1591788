//! The whole Telegram API of the newest layer, as a build script generates it, under the strictest lints.

#![deny(warnings, missing_docs)]

pub mod visit;

tlgen_runtime::include_schema!("api");
