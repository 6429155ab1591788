//! The packages whose compilation is measured.

use std::fs;
use std::path::Path;

use tlgen_build::{Config, Layout, Origin, Role, pipeline};
use tlgen_parser::source::Sources;

use crate::measure::project::Project;
use crate::schema;

/// The derives that the peer has.
pub(super) const DERIVES: &[&str] = &["Clone", "Debug", "PartialEq"];

/// Options that give our code the derives that the peer has.
pub(super) fn same() -> Config {
    with_derives(DERIVES)
}

/// Options with these derives and no others.
pub(super) fn with_derives(derives: &[&str]) -> Config {
    Config::with(|config| config.derives = derives.iter().map(|derive| (*derive).to_owned()).collect())
}

/// The same for somebody else.
pub(super) fn with_role(derives: &[&str], role: Role) -> Config {
    let mut config = with_derives(derives);
    config.role = role;
    config
}

/// Options that change what is compiled: the name of a package, what the option is, and all options.
pub(super) fn variants() -> Vec<(&'static str, &'static str, Config)> {
    vec![
        ("ours-no-debug", "without `Debug`", with_derives(&["Clone", "PartialEq"])),
        ("ours-no-eq", "without `PartialEq`", with_derives(&["Clone", "Debug"])),
        ("ours-no-clone", "without `Clone`", with_derives(&["Debug", "PartialEq"])),
        ("ours-none", "without derives", with_derives(&[])),
        ("ours-client", "role `client`", with_role(DERIVES, Role::Client)),
        ("ours-client-none", "role `client`, without derives", with_role(&[], Role::Client)),
        ("ours-server", "role `server`", with_role(DERIVES, Role::Server)),
    ]
}

/// Our code for the whole API as a library of one file, `api`, and an app that uses it.
pub(super) fn ours(scratch: &Path, name: &str, config: &Config) -> Result<Project, String> {
    let app = include_str!("../../apps/tlgen.rs");
    Project::new(scratch, name, &manifest(), &[("src/lib.rs", &generate(config)?), ("src/bin/app.rs", app)])
}

/// The library alone.
pub(super) fn library(scratch: &Path, name: &str, config: &Config) -> Result<Project, String> {
    Project::new(scratch, name, &manifest(), &[("src/lib.rs", &generate(config)?)])
}

fn manifest() -> String {
    format!("[lib]\nname = \"api\"\n[dependencies]\ntlgen-runtime = {{ path = {:?} }}\n", root("tl-runtime"))
}

/// The peer as an app that uses it.
pub(super) fn grammers(scratch: &Path) -> Result<Project, String> {
    let app = include_str!("../../apps/grammers.rs");
    let manifest = "[dependencies]\ngrammers-tl-types = \"=0.11.0\"\n[[bin]]\nname = \"app\"\npath = \"src/main.rs\"\n";
    Project::new(scratch, "grammers-app", manifest, &[("src/main.rs", app)])
}

/// A library that a build script of ours generates: all of the API, or what some functions reach. Only the code that
/// `includes` brings in is compiled.
pub(super) fn built(scratch: &Path, name: &str, only: &[&str], includes: bool) -> Result<Project, String> {
    let manifest = format!(
        "[dependencies]\ntlgen-runtime = {{ path = {:?} }}\n[build-dependencies]\ntlgen-build = {{ path = {:?} }}\n",
        root("tl-runtime"),
        root("tl-codegen"),
    );
    let script = format!(
        "fn main() -> Result<(), tlgen_build::BuildError> {{\n    tlgen_build::Builder::new().schema({:?})\
         .derives({DERIVES:?}).only({only:?} as [&str; {}]).compile()\n}}\n",
        schema::PATH,
        only.len(),
    );
    let lib = if includes { "tlgen_runtime::include_schema!(\"api\");\n" } else { "" };
    Project::new(scratch, name, &manifest, &[("build.rs", &script), ("src/lib.rs", lib)])
}

/// A crate of this workspace.
fn root(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name(name)
}

/// The whole API as one file.
fn generate(config: &Config) -> Result<String, String> {
    let mut sources = Sources::new();
    let text = fs::read_to_string(schema::PATH).map_err(|error| format!("{}: {error}", schema::PATH))?;
    let file = sources.add("api.tl", text);
    let origin = Origin::new("api", ["api.tl"]);
    let options = tlgen_model::Options::default();
    let outcome = pipeline::compile(&sources, &[file], &options, &origin, config, Layout::SingleFile);
    let files = outcome.value.ok_or("the schema has errors")?.files;
    files.into_values().next().ok_or_else(|| "no file".to_owned())
}
