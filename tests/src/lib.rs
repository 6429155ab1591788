//! What the tests of the workspace share, and the generated code of every fixture.
//!
//! A fixture is a folder in `fixtures/`, named after a hazard of TL:
//!
//! | file | what it is |
//! |---|---|
//! | `input.tl` | a small schema |
//! | `options.toml` | the options of the generator ([`Config`](tlgen_build::Config)), where it needs any |
//! | `meta.toml` | its metadata, where it has any |
//! | `ast.snap`, `model.snap`, `ir.snap`, `output.snap` | what each stage makes of it |
//! | `error.snap` | instead of the stages after it: the diagnostics of a schema that is refused |
//! | `use.rs` | tests that use the generated code as its user would |
//! | `wire.hex` | values as bytes, put together by hand |
//!
//! The build script sends each fixture with a `use.rs` through the public `Builder`. The generated code is in [`generated`], where
//! every lint of a strict user is denied.

pub mod configuration;
pub mod fixture;
pub mod round_trip;
pub mod tlgen;
pub mod wire;

/// The generated code of every fixture that compiles, a module each.
pub mod generated {
    #![deny(warnings, missing_docs, clippy::all, rust_2018_idioms)]

    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}
