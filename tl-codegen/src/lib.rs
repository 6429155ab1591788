//! A resolved TL schema to Rust: naming, emission, output and the builder for build scripts.
