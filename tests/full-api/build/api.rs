//! Where the schema is, and what the generator makes of it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use cargo_metadata::{Metadata, MetadataCommand};
use tlgen_build::{Config, ir, pipeline};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::source::Sources;

const PEER: &str = "grammers-tl-types";

/// The schema in the sources of the peer.
pub(crate) fn path() -> Result<PathBuf, Box<dyn Error>> {
    let metadata = metadata()?;
    let peer = metadata.packages.iter().find(|package| package.name.as_str() == PEER);
    let peer = peer.ok_or_else(|| format!("cargo knows no `{PEER}`"))?;
    let root = peer.manifest_path.parent().ok_or("a manifest without a folder")?;
    Ok(root.join("tl/api.tl").into())
}

/// What cargo knows of a package that depends on nothing but the peer.
///
/// The peer has been fetched, as this package depends on it. Other packages of the workspace may depend on packages that were
/// never fetched, so without a network cargo cannot describe the workspace. The lock file pins the version of the peer, and no
/// other one: a workspace that this package is compiled for may have fetched other versions of what the peer depends on.
fn metadata() -> Result<Metadata, Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let lock = package.ancestors().map(|folder| folder.join("Cargo.lock")).find(|lock| lock.is_file());
    let lock = fs::read_to_string(lock.ok_or("the workspace has no Cargo.lock")?)?;
    let version = locked(&lock).ok_or_else(|| format!("Cargo.lock has no `{PEER}`"))?;
    let probe = PathBuf::from(env::var("OUT_DIR")?).join("peer");
    // Cargo leaves a lock file there, which names what was there when it was written.
    if probe.exists() {
        fs::remove_dir_all(&probe)?;
    }
    fs::create_dir_all(probe.join("src"))?;
    fs::write(probe.join("src/lib.rs"), "")?;
    fs::write(probe.join("Cargo.toml"), PROBE.replace("PEER", PEER).replace("VERSION", version))?;
    let options = ["--offline".to_owned(), "--filter-platform".to_owned(), env::var("TARGET")?];
    // `MetadataCommand` runs the cargo that the variable CARGO names. In the folder of the package it finds the same
    // configuration, with replaced sources if there are any.
    let mut command = MetadataCommand::new();
    Ok(command.manifest_path(probe.join("Cargo.toml")).current_dir(package).other_options(options).exec()?)
}

/// The version of the peer in a lock file.
fn locked(lock: &str) -> Option<&str> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{PEER}\""));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// The manifest of the package that is asked about.
const PROBE: &str = "[package]\nname = \"peer-probe\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                     [dependencies]\nPEER = { version = \"=VERSION\", default-features = false }\n";

/// The schema, and the items that are generated for it, with their names in Rust.
pub(crate) fn load(path: &Path) -> Result<(Valid<Schema>, ir::Package), Box<dyn Error>> {
    let mut sources = Sources::new();
    let file = sources.add(path.display().to_string(), fs::read_to_string(path)?);
    let loaded = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default());
    let schema = loaded.value.ok_or("the schema has errors")?;
    let package = pipeline::lower(&schema, &Config::default()).map_err(|errors| format!("{errors:?}"))?;
    Ok((schema, package))
}
