//! Finds the schemas of the package that ours is compared with, and generates our code for what no other crate of this
//! workspace has: MTProto, and contacts with text of other types. `sizes.rs` lists the boxed types of both.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use tlgen_build::{Builder, TextType, ViewsMode};

#[path = "../tests/full-api/build/api.rs"]
mod api;
#[path = "../tests/full-api/build/peer.rs"]
mod peer;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../tests/full-api/build");
    println!("cargo::rerun-if-changed=../Cargo.lock");
    let schema = api::path()?;
    println!("cargo::rustc-env=TL_API={}", schema.display());
    // Their ids are what every client has.
    let known = ["accessPointRule", "help.configSimple"];
    Builder::new().schema(schema.with_file_name("mtproto.tl")).allow_id_mismatch(known).compile()?;
    let contacts = |name: &str| Builder::new().schema_files(name, [&schema]).only(["contacts.getContacts"]);
    contacts("borrowed").borrowed(true).views(true).compile()?;
    contacts("coded").views(ViewsMode::Code).compile()?;
    contacts("compact").text_type(TextType::Compact).compile()?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("sizes.rs"), sizes(&schema)?)?;
    Ok(())
}

/// The text of a list of each boxed type with its size in both implementations.
fn sizes(path: &std::path::Path) -> Result<String, Box<dyn Error>> {
    let (schema, package) = api::load(path)?;
    let paths = package.types_by_constructor();
    let mut text = "[\n".to_owned();
    for ty in &schema.types {
        let Some(&first) = ty.constructors.first() else { continue };
        let Some(ours) = paths.get(schema.combinator(first).name.full()) else { continue };
        let name = ty.name.full();
        let theirs = peer::path(name);
        writeln!(text, "({name:?}, size_of::<api::{ours}>(), size_of::<peer::enums::{theirs}>()),")?;
    }
    text.push(']');
    Ok(text)
}
