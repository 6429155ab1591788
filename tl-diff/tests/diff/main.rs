//! What is said about two schemas is true.
#![allow(clippy::unwrap_used)]

mod common;

mod layers;
mod rules;
