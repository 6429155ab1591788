//! Arguments of `diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tlgen_parser::id::IdRule;

/// Say what a new version of a schema changes, and for whom it breaks something.
///
/// Each change is judged five times: an old client with a new server, a new client with an old server, stored bytes
/// that new code reads, Rust that uses the generated code, and what is said about it. --proofs shows the bytes that
/// one side writes and the other refuses, and the line of Rust that stops compiling. `tlgen explain TL0601` says
/// what a rule means. If the nearest `tlgen.toml` names the new schema, or else the old one, what is said about Rust is
/// about code with its options.
#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The old and the new schema: files, folders of schemas, or `-`. With --git: paths in the repository.
    #[arg(value_name = "OLD NEW", num_args = 1.., required_unless_present_any = ["old", "new", "json_schema"])]
    pub(crate) paths: Vec<PathBuf>,
    /// One of several files or folders that are the old schema together; may be repeated.
    #[arg(long, value_name = "FILE|DIR", requires = "new", conflicts_with = "paths")]
    pub(crate) old: Vec<PathBuf>,
    /// The same for the new schema.
    #[arg(long, value_name = "FILE|DIR", requires = "old", conflicts_with = "paths")]
    pub(crate) new: Vec<PathBuf>,
    /// Compare two commits of the repository around, as in `--git v1..v2 -- schema/`; of one commit and the files as they
    /// are, as in `--git v1 -- schema/`.
    #[arg(long, value_name = "RANGE", requires = "paths", conflicts_with_all = ["old", "new"])]
    pub(crate) git: Option<String>,
    /// Only what these functions, constructors and types reach in either schema, as for `generate`.
    #[arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Show first what the Rust below this folder names of the code generated from the old schema, then what that reaches.
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    pub(crate) uses: Vec<PathBuf>,
    /// The form of the report.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Fail if a change that nobody has approved breaks bytes, breaks bytes or Rust, or is there at all.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) fail_on: Option<FailOn>,
    /// The file of approvals [default: `tlgen-approved.toml`, if it is there].
    #[arg(long, value_name = "FILE")]
    pub(crate) approved: Option<PathBuf>,
    /// Approve what fails now, for this reason: add it to the file of approvals.
    #[arg(long, value_name = "REASON", requires = "fail_on")]
    pub(crate) approve: Option<String>,
    /// Show each verdict with its proof and each change with its fingerprint.
    #[arg(long)]
    pub(crate) proofs: bool,
    /// The layer of the old schema: as --layer of the other commands.
    #[arg(long, value_name = "N")]
    pub(crate) old_layer: Option<u32>,
    /// The layer of the new schema.
    #[arg(long, value_name = "N")]
    pub(crate) new_layer: Option<u32>,
    /// Files with metadata of the old schema, as for `docs`: with those of the new schema they tell which errors and callers
    /// changed; may be repeated.
    #[arg(long, value_name = "FILE", requires = "new_meta")]
    pub(crate) old_meta: Vec<PathBuf>,
    /// Files with metadata of the new schema.
    #[arg(long, value_name = "FILE", requires = "old_meta")]
    pub(crate) new_meta: Vec<PathBuf>,
    /// How constructor ids follow from declarations: `plain` (TON, TDLib, VK) or `telegram` [default: as tlgen.toml says, or
    /// for each file the one that explains more of its written ids].
    #[arg(long, value_name = "RULE")]
    pub(crate) id_rule: Option<IdRule>,
    /// Print the JSON Schema of the form `json`, and do nothing else.
    #[arg(long, exclusive = true)]
    pub(crate) json_schema: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people.
    Text,
    /// The body of a comment on a pull request, of fewer than 65,536 characters.
    Markdown,
    /// One document, for programs: see --json-schema.
    Json,
    /// One document of SARIF 2.1.0, for code scanning; what is approved is suppressed.
    Sarif,
    /// Commands for a workflow of GitHub Actions, which become annotations.
    Github,
    /// One document of JUnit XML, with a test case for each file.
    Junit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Bytes that the other side refuses or misreads.
    Wire,
    /// Bytes, or Rust that stops compiling.
    Api,
    /// Any change.
    Any,
}

impl From<FailOn> for tlgen_diff::FailOn {
    fn from(what: FailOn) -> Self {
        match what {
            FailOn::Wire => Self::Wire,
            FailOn::Api => Self::Api,
            FailOn::Any => Self::Any,
        }
    }
}

/// Show changes of schemas in `git diff` and `git log -p`: a diff driver
///
/// Two lines turn it on. In `.gitattributes`: `*.tl diff=tlgen`. Once on each machine: `git config diff.tlgen.command
/// "tlgen git-diff"`. `git log` asks for drivers with `-p --ext-diff`. What is no schema is shown line by line. The options are
/// those with which `tlgen diff` compares two files of the path.
#[derive(Args, Debug)]
pub(crate) struct GitDiff {
    /// What git gives: path, old file, hash and mode, new file, hash and mode; of an unmerged file the path alone.
    #[arg(required = true, num_args = 1..=9, value_name = "ARGUMENT", allow_hyphen_values = true)]
    pub(crate) arguments: Vec<PathBuf>,
}
