//! Generates types of two layers, which keep what they do not know.

use tlgen_build::{Builder, UnknownMode};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    Builder::new()
        .schema("../../schema/telegram-132.tl")
        .schema("../../schema/telegram-228.tl")
        .unknown(UnknownMode::Keep)
        .compile()?;
    Ok(())
}
