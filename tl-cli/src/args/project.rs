//! Arguments of the commands that take a whole project: `generate`, `docs`, `init`, `config`.

use std::path::PathBuf;

use clap::Args;
use tlgen_build::Config as Options;

use super::Reading;
use crate::deny::Denied;

/// Write the Rust code of schemas.
///
/// Without --schema, `tlgen.toml` says what comes from which schemas; it is looked for in the current folder and those
/// above it. Only files that differ are written, and only files that tlgen wrote are overwritten or removed.
#[derive(Args, Debug)]
pub(crate) struct Generate {
    /// The configuration, instead of the nearest `tlgen.toml`.
    #[arg(long, value_name = "FILE", conflicts_with = "schema")]
    pub(crate) config: Option<PathBuf>,
    /// Write nothing: name each file that is missing, different or left over, and fail if there is one, or if a written
    /// id does not follow from its declaration.
    #[arg(long)]
    pub(crate) check: bool,
    /// With --check: show what is different in each file as a unified diff, from what is there to what should be.
    #[arg(long, requires = "check")]
    pub(crate) diff: bool,
    /// Do not end: generate again whenever a schema, its metadata or the configuration has changed.
    #[arg(long, conflicts_with = "check")]
    pub(crate) watch: bool,
    /// Warnings that count as errors: `warnings` for all of them, or a rule by name or code; may be repeated.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) deny: Vec<Denied>,
    /// Schema files without a configuration, or folders of them; several are linked together as one schema.
    #[arg(long, value_name = "FILE|DIR", num_args = 1.., requires = "out")]
    pub(crate) schema: Vec<PathBuf>,
    /// Older layers of --schema beside it, from the oldest on, a file for each; each is a module within that of the schema.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "schema")]
    pub(crate) older: Vec<PathBuf>,
    /// The folder for the code of --schema; tlgen owns what it writes there.
    #[arg(long, value_name = "DIR", requires = "schema")]
    pub(crate) out: Option<PathBuf>,
    /// The name of the module [default: from the name of the first schema file].
    #[arg(long, requires = "schema")]
    pub(crate) name: Option<String>,
    /// Write one file, NAME.rs, as a build script does, and not a folder with a file for each namespace.
    #[arg(long, requires = "schema")]
    pub(crate) single_file: bool,
    /// Put the code of --single-file into modules, as in `tg::api`.
    #[arg(long, value_name = "PATH", requires = "single_file")]
    pub(crate) module: Option<String>,
    /// What is known about --schema beyond it: sidecar files (.toml), tables of errors or methods (.csv), descriptions
    /// (.json). What an earlier file says has precedence.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "schema")]
    pub(crate) metadata: Vec<PathBuf>,
    #[command(
        flatten,
        next_help_heading = "Options of the code of --schema, under the names that they have in tlgen.toml"
    )]
    pub(crate) options: Options,
}

/// Make reference pages: a static site, and each page as Markdown beside it.
///
/// Without --schema, the pages are about the schemas of the nearest `tlgen.toml`, with their metadata. With it, each file
/// is a schema for itself; files of different layers are layers of one API when their names differ in nothing but the
/// number of the layer.
#[derive(Args, Debug)]
pub(crate) struct Docs {
    /// The configuration, instead of the nearest `tlgen.toml`.
    #[arg(long, value_name = "FILE", conflicts_with = "schema")]
    pub(crate) config: Option<PathBuf>,
    /// The folder for the pages; tlgen owns what it writes there [default: target/docs, or none with --serve].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Schema files without a configuration, or folders of them.
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    pub(crate) schema: Vec<PathBuf>,
    /// Metadata for every schema, after what is said in comments and in the configuration: sidecar files (.toml), tables
    /// of errors or methods (.csv), descriptions (.json). What comes first has precedence.
    #[arg(long = "metadata", alias = "meta", value_name = "FILE", num_args = 1..)]
    pub(crate) meta: Vec<PathBuf>,
    /// Also make all pages of older layers. Without it there is one page for each name, in the newest layer that has it.
    #[arg(long)]
    pub(crate) all_layers: bool,
    /// The address at which the site will be, as in https://example.org/api/: pages name their own addresses, and there is a
    /// sitemap.
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(crate) base_url: Option<String>,
    /// The title of the site.
    #[arg(long, default_value = "API reference")]
    pub(crate) title: String,
    /// Serve the pages to browsers on this machine until interrupted.
    #[arg(long, value_name = "PORT", num_args = 0..=1, default_missing_value = "8228")]
    pub(crate) serve: Option<u16>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Write the files that a project begins with.
///
/// These are `tlgen.toml`, with the schemas in the folder `schema` or beside it, and a sample schema if there is none. Nothing is
/// overwritten.
#[derive(Args, Debug)]
pub(crate) struct Init {
    /// The folder of the project.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) dir: PathBuf,
}

/// Show what `tlgen.toml` may say: each key with its type, its default and an example.
#[derive(Args, Debug)]
pub(crate) struct Config {
    /// One key, as in `only` or `output.dir`.
    pub(crate) key: Option<String>,
}

/// An address of the web as it can be at the beginning of others.
fn web_address(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || "?#\"<>".contains(c)) => {
            Ok(text.to_owned())
        }
        _ => Err("it must be https:// or http:// with a host, and without `?` and `#`".to_owned()),
    }
}
