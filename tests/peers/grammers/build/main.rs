//! Rows for the functions and types of grammers, by the schema in its sources.

#![expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

#[path = "../../../full-api/build/api.rs"]
mod api;
#[path = "../../../full-api/build/peer.rs"]
mod peer;

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=../../../Cargo.lock");
    let api = api::path()?;
    println!("cargo::rustc-env=TL_API={}", api.display());
    let (schema, _) = api::load(&api)?;
    let mut rows = String::from("static FUNCTIONS: &[Function] = &[\n");
    // What wraps a query has no type without one.
    for (_, function) in schema.functions().filter(|(_, function)| function.generics.is_empty()) {
        let (id, name) = (function.id, function.name.full());
        let path = peer::path(name);
        writeln!(rows, "    Function::of::<tl::functions::{path}>(0x{id:08x}, {name:?}),")?;
    }
    rows.push_str("];\nstatic CONSTRUCTORS: &[Constructor] = &[\n");
    for (_, constructor) in schema.constructors() {
        let (id, name) = (constructor.id, constructor.name.full());
        let ty = schema.ty(constructor.ty.ok_or("a constructor has a type")?);
        let path = peer::path(ty.name.full());
        writeln!(rows, "    Constructor::of::<tl::enums::{path}>(0x{id:08x}, {name:?}),")?;
    }
    rows.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("rows.rs"), rows)?;
    Ok(())
}
