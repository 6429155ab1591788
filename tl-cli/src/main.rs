//! The `tlgen` command line.
//!
//! Reads arguments and files, calls the libraries, writes what they return. Exit codes: 0 done, 1 the input is at
//! fault, 2 the call is.

mod args;
mod commands;
mod disk;
mod failure;
mod input;
mod project;
mod syntax;
mod terminal;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use commands::{check, convert, docs, dump, explain, fmt, generate, id};
use failure::{Failure, Verdict};
use terminal::Terminal;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut terminal = Terminal::new(cli.color);
    let result = run(cli.command, &mut terminal).and_then(|verdict| {
        terminal.flush()?;
        Ok(verdict)
    });
    let (code, said) = match result {
        Ok(Verdict::Done) => return ExitCode::SUCCESS,
        Ok(Verdict::AtFault) => return ExitCode::from(1),
        // Nobody reads the rest, as in `tlgen check ... | head`.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(Failure::Diagnostics(text)) => (1, terminal.warn(&text)),
        Err(failure @ Failure::Input(_)) => (1, terminal.error(&failure.to_string())),
        Err(failure) => (2, terminal.error(&failure.to_string())),
    };
    // If standard error is closed, only the exit code is left to tell.
    drop(said);
    ExitCode::from(code)
}

fn run(command: Command, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    match command {
        Command::Generate(args) => generate::run(&args, terminal),
        Command::Check(args) => check::run(&args, terminal),
        Command::Fmt(args) => fmt::run(&args, terminal),
        Command::Convert(args) => convert::run(&args, terminal),
        Command::Id(args) => id::run(&args, terminal),
        Command::Docs(args) => docs::run(&args, terminal),
        Command::Dump(args) => dump::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
    }
}
