//! Arguments of `lint`.

use std::path::PathBuf;

use clap::Args;

use super::Reading;
use crate::deny::Denied;
use crate::levels::Named;

/// Report which named rules schemas break.
///
/// Beside the errors and warnings of `check` these are rules about names, flags and documentation, and about what a new version may
/// change: TL0701 to TL0799, which `tlgen explain` lists. Most rules of style are off until they are turned on. A comment at a declaration allows a rule there: `// tlgen: allow(RULE) REASON`. Each file is a
/// schema for itself; with --together or --against all files are one.
#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// The schemas, folders of schemas, or `-` [default: those of the nearest `tlgen.toml`, with their options].
    #[arg(value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// Link all files as one schema.
    #[arg(long)]
    pub(crate) together: bool,
    /// The version before, to which the rules of evolution compare the schema: what is new is under new bits, and everything else
    /// stays. Several files are one schema.
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    pub(crate) against: Vec<PathBuf>,
    /// Rules that may be broken, by name or code, or `all` of `lint`; may be repeated.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) allow: Vec<Named>,
    /// Rules of which breaking them is a warning, or `all`; may be repeated.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) warn: Vec<Named>,
    /// Rules of which breaking them is an error, or `warnings` for all that would be warnings; may be repeated.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) deny: Vec<Denied>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}
