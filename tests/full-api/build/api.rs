//! Where the schema is, and what the generator makes of it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use cargo_metadata::{Metadata, MetadataCommand};
use tlgen_build::{Config, ir, pipeline};
use tlgen_model::schema::Schema;
use tlgen_parser::source::Sources;

const PEER: &str = "grammers-tl-types";

/// The schema in the sources of the package that this one is compared with.
pub(crate) fn path() -> Result<PathBuf, Box<dyn Error>> {
    let package = env::var("CARGO_PKG_NAME")?;
    let metadata = metadata()?;
    let peer = peer(&metadata, &package).ok_or_else(|| format!("`{package}` does not depend on `{PEER}`"))?;
    let root = peer.manifest_path.parent().ok_or("a manifest without a folder")?;
    Ok(root.join("tl/api.tl").into())
}

/// All packages of this build. Cargo has fetched them already, so no network is needed; those of other platforms may be
/// missing, so only this platform is asked for.
fn metadata() -> Result<Metadata, Box<dyn Error>> {
    let manifest = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("Cargo.toml");
    let options = ["--offline".to_owned(), "--filter-platform".to_owned(), env::var("TARGET")?];
    // `MetadataCommand` runs the cargo that the variable CARGO names.
    Ok(MetadataCommand::new().manifest_path(manifest).other_options(options).exec()?)
}

/// The version of the peer that `package` depends on.
fn peer<'m>(metadata: &'m Metadata, package: &str) -> Option<&'m cargo_metadata::Package> {
    let own = metadata.workspace_packages().into_iter().find(|other| other.name.as_str() == package)?;
    let node = metadata.resolve.as_ref()?.nodes.iter().find(|node| node.id == own.id)?;
    node.dependencies.iter().map(|id| &metadata[id]).find(|dependency| dependency.name.as_str() == PEER)
}

/// The schema, and the items that are generated for it, with their names in Rust.
pub(crate) fn load(path: &Path) -> Result<(Schema, ir::Package), Box<dyn Error>> {
    let mut sources = Sources::new();
    let file = sources.add(path.display().to_string(), fs::read_to_string(path)?);
    let loaded = pipeline::load(&sources, &[file], &tlgen_model::Options::default());
    let schema = loaded.value.ok_or("the schema has errors")?;
    let package = pipeline::lower(&schema, &Config::default()).map_err(|errors| format!("{errors:?}"))?;
    Ok((schema, package))
}
