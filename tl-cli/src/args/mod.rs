//! The command line as clap reads it.

mod changelog;
mod conformance;
mod diff;
mod lint;
mod parts;
mod project;
mod schemas;
mod sniff;
mod values;
mod wire;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use changelog::{Changelog, ChangelogFormat};
pub(crate) use conformance::Conformance;
pub(crate) use diff::{Diff, DiffFormat, GitDiff};
pub(crate) use lint::Lint;
pub(crate) use parts::{Merge, Slice, Stats, StatsForm};
pub(crate) use project::{Config, Docs, Generate, Init};
pub(crate) use schemas::{Check, Convert, Dump, Fmt, Form, Id, Reading, Stage};
pub(crate) use sniff::Sniff;
pub(crate) use values::{Asm, Decode, Disasm, Encode, Form as ValueForm, InJson, Json, Meaning, Output, Page, Random};
pub(crate) use wire::{Atlas, Who};

/// Reads, checks, formats and compiles TL, the schema language of Telegram, TDLib, TON and VK.
#[derive(Debug, Parser)]
#[command(name = "tlgen", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// Colours in what is written; auto: on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub(crate) color: ColorChoice,
    /// The form of errors and warnings; text is for people.
    #[arg(long, global = true, value_enum, value_name = "FORM", default_value_t = ErrorFormat::Text)]
    pub(crate) error_format: ErrorFormat,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit status: 0 success, 1 problems found in the input, 2 usage error.\n`-` as a file is standard \
                          input. A folder stands for its `.tl` files and JSON schemas, without hidden ones.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ErrorFormat {
    /// With excerpts of the schema.
    Text,
    /// One JSON object a line.
    Json,
    /// Commands for a workflow of GitHub Actions, which become annotations.
    Github,
    /// One document of SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// One document of JUnit XML, with a test case for each file.
    Junit,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    // The options are those of the code of --schema: with a configuration they are in it.
    #[command(mut_group("Config", |options| options.requires("schema")))]
    Generate(Box<Generate>),
    Check(Check),
    Lint(Lint),
    Fmt(Fmt),
    Convert(Convert),
    Id(Id),
    Slice(Slice),
    Merge(Merge),
    Stats(Stats),
    Dump(Dump),
    Diff(Box<Diff>),
    Changelog(Changelog),
    GitDiff(GitDiff),
    Docs(Docs),
    Atlas(Atlas),
    Who(Who),
    Decode(Decode),
    Encode(Encode),
    Disasm(Disasm),
    Asm(Asm),
    Random(Random),
    Sniff(Sniff),
    Conformance(Conformance),
    Explain(Explain),
    Init(Init),
    Config(Config),
    Completions(Completions),
    Man(ManPages),
}

/// Say what the code of a diagnostic means.
///
/// Without a code, all codes are listed.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The code or the name, as in TL0121 or id-mismatch.
    pub(crate) code: Option<String>,
}

/// Print the script with which a shell completes commands and options.
///
/// For bash: `tlgen completions bash > ~/.local/share/bash-completion/completions/tlgen`. For zsh write to a file `_tlgen` in a
/// folder of `$fpath`, for fish to `~/.config/fish/completions/tlgen.fish`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Print the man page, as in `tlgen man | man -l -`.
#[derive(Args, Debug)]
pub(crate) struct ManPages {
    /// The page of one command.
    pub(crate) command: Option<String>,
    /// Write the pages of all commands into this folder instead.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(crate) out: Option<PathBuf>,
}
