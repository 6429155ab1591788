//! The `tlgen` command line.
//!
//! Reads arguments and files, calls the libraries, writes what they return. Exit status: 0 success, 1 problems found in the
//! input, 2 usage error.
//!
//! It is a library so that the binaries `tlgen` and `cargo-tlgen` share it. Programs should call the libraries below it, such as
//! `tlgen-build`.

mod args;
mod commands;
mod deny;
mod failure;
mod folders;
mod git;
mod input;
mod layers;
mod levels;
mod meaning;
mod meant;
mod payload;
mod project;
mod rules;
mod show;
mod stale;
mod syntax;
mod terminal;
mod unified;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
#[cfg(feature = "docs")]
use commands::docs;
use commands::{
    atlas, changelog, check, config, convert, diff, dump, explain, fmt, generate, git_diff, id, init, lint, merge,
    shell, slice, stats, watch, who,
};
use failure::{Failure, Verdict};
pub use rules::all as rules;
use terminal::Terminal;

/// Runs the command line. The first of `arguments` is the name of the program.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = Cli::try_parse_from(arguments).unwrap_or_else(|error| meant::explained(error).exit());
    let format = match &cli.command {
        Command::Check(args) => args.format.unwrap_or(cli.error_format),
        _ => cli.error_format,
    };
    let mut terminal = Terminal::new(cli.color, format);
    let result = run(cli.command, &mut terminal).and_then(|verdict| {
        terminal.flush()?;
        Ok(verdict)
    });
    let (code, said) = match result {
        Ok(Verdict::Done) => return ExitCode::SUCCESS,
        Ok(Verdict::AtFault) => return ExitCode::from(1),
        Err(Failure::Diagnostics(text)) => (1, terminal.show(&text)),
        Err(failure @ Failure::Input(_)) => (1, terminal.error(&failure.to_string())),
        Err(failure) => (2, terminal.error(&failure.to_string())),
    };
    // If standard error is closed, only the exit code can tell.
    drop(said);
    ExitCode::from(code)
}

fn run(command: Command, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    match command {
        Command::Generate(args) if args.watch => watch::run(&args, terminal),
        Command::Generate(args) => generate::run(&args, terminal),
        Command::Check(args) => check::run(&args, terminal),
        Command::Lint(args) => lint::run(&args, terminal),
        Command::Fmt(args) => fmt::run(&args, terminal),
        Command::Convert(args) => convert::run(&args, terminal),
        Command::Id(args) => id::run(&args, terminal),
        Command::Slice(args) => slice::run(&args, terminal),
        Command::Merge(args) => merge::run(&args, terminal),
        Command::Stats(args) => stats::run(&args, terminal),
        #[cfg(feature = "docs")]
        Command::Docs(args) => docs::run(&args, terminal),
        #[cfg(not(feature = "docs"))]
        Command::Docs(_) => Err(Failure::Call(
            "this `tlgen` was built without reference pages; build it with the feature `docs`".to_owned(),
        )),
        Command::Dump(args) => dump::run(&args, terminal),
        Command::Diff(args) => diff::run(&args, terminal),
        Command::Changelog(args) => changelog::run(&args, terminal),
        Command::GitDiff(args) => git_diff::run(&args, terminal),
        Command::Atlas(args) => atlas::run(&args, terminal),
        Command::Who(args) => who::run(&args, terminal),
        Command::Decode(args) => commands::decode::run(args, terminal),
        Command::Encode(args) => commands::encode::run(args, terminal),
        Command::Disasm(args) => commands::disasm::run(args, terminal),
        Command::Asm(args) => commands::asm::run(args, terminal),
        Command::Random(args) => commands::random::run(&args, terminal),
        #[cfg(feature = "sniff")]
        Command::Sniff(args) => commands::sniff::run(&args, terminal),
        #[cfg(not(feature = "sniff"))]
        Command::Sniff(_) => Err(Failure::Call(
            "this `tlgen` was built without what reads captures; build it with the feature `sniff`".to_owned(),
        )),
        Command::Conformance(args) => commands::conformance::run(&args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
        Command::Init(args) => init::run(&args, terminal),
        Command::Config(args) => config::run(&args, terminal),
        Command::Completions(args) => shell::completions(&args, terminal),
        Command::Man(args) => shell::man(&args, terminal),
    }
}
