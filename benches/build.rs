//! Finds the schemas of the package that is measured beside ours, and generates our code for the one that no other crate
//! of this workspace has.

use std::error::Error;
use std::{env, path::PathBuf};

use cargo_metadata::MetadataCommand;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../Cargo.lock");
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("Cargo.toml");
    let options = ["--offline".to_owned(), "--filter-platform".to_owned(), env::var("TARGET")?];
    let metadata = MetadataCommand::new().manifest_path(manifest).other_options(options).exec()?;
    let peer = metadata.packages.iter().find(|package| package.name.as_str() == "grammers-tl-types");
    let peer = peer.and_then(|package| package.manifest_path.parent()).ok_or("no package `grammers-tl-types`")?;
    println!("cargo::rustc-env=TL_API={}", peer.join("tl/api.tl"));
    // Their ids are what every client has.
    let known = ["accessPointRule", "help.configSimple"];
    tl_codegen::Builder::new().schema(peer.join("tl/mtproto.tl")).allow_id_mismatch(known).compile()?;
    Ok(())
}
