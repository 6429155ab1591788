//! Generates code from the schemas that the guide shows, as its build scripts do, and from the one of the README.

use std::env;
use std::path::Path;

use tlgen_build::UnknownMode;

#[allow(dead_code, unreachable_pub, reason = "the tests use this module, too")]
#[path = "src/pages.rs"]
mod pages;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=../../guide/src");
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    for page in ["first-schema.md", "layers.md", "unknown.md"] {
        pages::write_files(&pages::read(&pages::guide().join(page)), out)?;
    }
    tlgen_build::Builder::new()
        .schema(out.join("schema/notes.tl"))
        .metadata(out.join("schema/notes.meta.toml"))
        .accessors(true)
        .borrowed(true)
        .views(true)
        .calls(true)
        .compile()?;
    tlgen_build::Builder::new().schema(out.join("schema/notes_2.tl")).accessors(true).compile()?;
    tlgen_build::Builder::new().schema(out.join("schema/notes_3.tl")).compile()?;
    tlgen_build::Builder::new()
        .schema_files("tolerant", [out.join("schema/notes.tl")])
        .unknown(UnknownMode::Keep)
        .atlas([out.join("schema/notes*.tl")])
        .atlas_names(true)
        .compile()?;
    let layers = ["notes.tl", "notes_2.tl"].map(|file| out.join("schema").join(file));
    tlgen_build::Builder::new().layers("all", layers).unknown(UnknownMode::Keep).compile()?;
    tlgen_build::Builder::new().schema_files("api", ["../../schema/telegram-228.tl"]).compile()?;
    Ok(())
}
