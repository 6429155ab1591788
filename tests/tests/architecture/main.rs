//! The rules of ARCHITECTURE.md that a program can check: packages by what cargo knows of them, modules by the paths that they
//! name, files by their sizes and first lines.

#![allow(clippy::unwrap_used)]

mod examples;
mod files;
mod modules;
mod packages;
mod paths;
mod sources;
