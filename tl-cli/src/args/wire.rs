//! Arguments of the commands about ids and layouts on the wire: `atlas`, `who`.

use std::path::PathBuf;

use clap::Args;
use tlgen_parser::id::IdRule;

/// Put the wire layouts of schemas into one small file.
///
/// With it a program can skip values of constructors that it does not know: give it all layers that a server may speak.
/// Each file is a schema by itself. An id must have one layout in all of them.
#[derive(Args, Debug)]
pub(crate) struct Atlas {
    /// The schemas, or folders of schemas.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// The file for the atlas.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Also the names of constructors, fields and types, and the layers: for `tlgen who`, and for messages of programs.
    #[arg(long)]
    pub(crate) names: bool,
    /// Write nothing, and fail if the file is not what the schemas say.
    #[arg(long)]
    pub(crate) check: bool,
    /// How ids follow from declarations: `plain` or `telegram` [default: for each file the one that explains more of its
    /// written ids].
    #[arg(long, value_name = "RULE")]
    pub(crate) id_rule: Option<IdRule>,
}

/// Say whose id a number is.
///
/// A number is hexadecimal or decimal, signed or not, or has its bytes in the order of the wire. For one that nobody has
/// as its id, the command says what else it may be, and fails. Numbers that follow each other in a message, given
/// together, also show where the reader went out of step.
#[derive(Args, Debug)]
pub(crate) struct Who {
    /// The numbers.
    #[arg(required = true, value_name = "ID", allow_negative_numbers = true)]
    pub(crate) ids: Vec<String>,
    /// The schemas to look into, or folders of them, each by itself [default: those of the nearest `tlgen.toml`].
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    pub(crate) schema: Vec<PathBuf>,
    /// An atlas with names to look into, which is faster.
    #[arg(long, value_name = "FILE")]
    pub(crate) atlas: Option<PathBuf>,
}
