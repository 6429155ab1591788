//! A declaration that does not change gives an item that does not change, whatever else the schema says.
//!
//! [`pairs`] has a small schema for each way in which one declaration could reach into the item of another, [`layers`]
//! the layers of the Telegram API. Both compare what a user of generated code writes: definitions with their derives, and
//! methods of items' own.

#![allow(clippy::unwrap_used)]

mod items;
mod layers;
mod pairs;
