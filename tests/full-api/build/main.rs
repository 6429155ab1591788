//! Generates the whole Telegram API, and rows that pair each of its items with that of another implementation.
//!
//! What comes in is `tl/api.tl` of the package `grammers-tl-types`. What goes out are `api.rs`, made as any user would make it,
//! `rows.rs`, which the test includes, and `visit.rs`, which goes through all types.

#![expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

mod api;
mod peer;
mod rows;
mod visit;

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use tlgen_build::ViewsMode;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=../../Cargo.lock");
    let api = api::path()?;
    println!("cargo::rustc-env=TL_API={}", api.display());
    tlgen_build::Builder::new().schema(&api).views(views()?).compile()?;
    let (schema, package) = api::load(&api)?;
    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out_dir.join("rows.rs"), rows::rows(&schema, &package)?)?;
    fs::write(out_dir.join("visit.rs"), visit::functions(&schema, &package)?)?;
    Ok(())
}

/// By a table, or by code, which takes twice as long to compile, with `TL_API_VIEWS=code`.
fn views() -> Result<ViewsMode, String> {
    println!("cargo::rerun-if-env-changed=TL_API_VIEWS");
    match env::var("TL_API_VIEWS").as_deref() {
        Ok("code") => Ok(ViewsMode::Code),
        Ok("table") | Err(_) => Ok(ViewsMode::Table),
        Ok(other) => Err(format!("TL_API_VIEWS is `{other}`; it can be `table` or `code`")),
    }
}
