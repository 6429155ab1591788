//! The command line as clap reads it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tl_parser::id::IdRule;

/// Reads, checks, formats and compiles TL, the schema language of Telegram, TDLib, TON and VK.
#[derive(Debug, Parser)]
#[command(name = "tlgen", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// Colours in what is written; auto: on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub(crate) color: ColorChoice,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str =
    "Exit codes: 0 done, 1 the input is at fault, 2 the call is.\n`-` as a file is standard input.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Id(Id),
    Dump(Dump),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rule {
    /// The rule of the official compiler: TON, TDLib, VK.
    Plain,
    /// The rule of the Telegram API: `true` flags are left out, `bytes` counts as `string`, `!` stays.
    Telegram,
}

/// Print the constructor id of every declaration.
///
/// One line each, `<id> <name>`: the id that follows from the declaration, in 8 hexadecimal digits. The id that is
/// written in the file does not count. A list of declarations will do: types need not be declared, names may repeat.
#[derive(Args, Debug)]
pub(crate) struct Id {
    /// The schemas, or `-`.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How ids follow from lines [default: for each file what explains more of its written ids].
    #[arg(long, value_enum)]
    pub(crate) rule: Option<Rule>,
}

/// Show what a stage makes of a schema.
#[derive(Args, Debug)]
pub(crate) struct Dump {
    /// The stage.
    #[arg(long, value_enum)]
    pub(crate) stage: Stage,
    /// The schema, or `-`; several files are linked together.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Only declarations of this name, or of a namespace as in 'contacts.*'.
    #[arg(long, value_name = "NAME")]
    pub(crate) filter: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// The syntax tree with the place of every node.
    Ast,
}

impl From<Rule> for IdRule {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Plain => Self::Plain,
            Rule::Telegram => Self::Telegram,
        }
    }
}
