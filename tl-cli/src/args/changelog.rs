//! Arguments of `changelog`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tlgen_parser::id::IdRule;

/// Tell what each version of a schema changed, and what became of each declaration.
///
/// Each file is a version. Versions that all name a layer, in the file or in its name, are ordered by it; others are
/// taken in the order in which they are given. With --git each commit that changes the schema is a version. Ids, and what is said
/// about Rust, follow the options of the nearest `tlgen.toml` that names the newest version, or else an older one.
#[derive(Args, Debug)]
pub(crate) struct Changelog {
    /// The versions: files, or folders of files. With --git: the paths in the repository that are the schema.
    #[arg(value_name = "FILE|DIR", num_args = 1.., required_unless_present = "json_schema")]
    pub(crate) paths: Vec<PathBuf>,
    /// The commits of a range, as in `--git v1..v9 -- schema/`; with one commit up to the files as they are, as in
    /// `--git v1 -- schema/`. A merge counts as one commit.
    #[arg(long, value_name = "RANGE", requires = "paths")]
    pub(crate) git: Option<String>,
    /// Only what these functions, constructors and types reach, as for `generate`.
    #[arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Only the histories of the functions, constructors and types of these names, with each change; `*` stands for any
    /// characters.
    #[arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    pub(crate) of: Vec<String>,
    /// The form of the report.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = ChangelogFormat::Markdown)]
    pub(crate) format: ChangelogFormat,
    /// How constructor ids follow from declarations: `plain` (TON, TDLib, VK) or `telegram` [default: as tlgen.toml says, or
    /// for each version the one that explains more of its written ids].
    #[arg(long, value_name = "RULE")]
    pub(crate) id_rule: Option<IdRule>,
    /// Print the JSON Schema of the form `json`, and do nothing else.
    #[arg(long, exclusive = true)]
    pub(crate) json_schema: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangelogFormat {
    /// For people: the newest version first, then the declarations.
    Markdown,
    /// One document, for programs: see --json-schema.
    Json,
}
