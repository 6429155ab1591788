//! What is said about two schemas is true.
#![allow(clippy::unwrap_used)]

mod changelog;
mod common;

mod laws;
mod layers;
mod rules;
mod survival;
