//! A declaration that does not change gives an item that does not change, whatever else the schema says.
//!
//! [`pairs`] has a small schema for each way in which one declaration could reach into the item of another, [`layers`]
//! the layers of the Telegram API. Both compare what a user of generated code depends on: definitions with their derives, and
//! inherent methods.

#![allow(clippy::unwrap_used)]

mod items;
mod layers;
mod pairs;
