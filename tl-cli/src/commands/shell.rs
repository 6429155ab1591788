//! `tlgen completions` and `tlgen man`: what a shell and `man` know of the command line.

use std::fs;
use std::io::Write;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::args::{Cli, Completions, ManPages};
use crate::failure::{Failure, Verdict};
use crate::terminal::Terminal;

/// Runs `tlgen completions`.
pub(crate) fn completions(args: &Completions, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "tlgen", &mut script);
    terminal.write_all(&script)?;
    Ok(Verdict::Done)
}

/// Runs `tlgen man`.
pub(crate) fn man(args: &ManPages, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let mut tlgen = Cli::command().disable_help_subcommand(true);
    tlgen.build();
    match &args.out {
        Some(dir) => {
            fs::create_dir_all(dir).map_err(|error| Failure::write(dir, &error))?;
            let pages: Vec<Man> = core::iter::once(&tlgen).chain(tlgen.get_subcommands()).map(page).collect();
            for page in &pages {
                page.generate_to(dir).map_err(|error| Failure::write(dir, &error))?;
            }
            writeln!(terminal, "{}: {} pages", dir.display(), pages.len())?;
        }
        None => {
            let command = match &args.command {
                None => &tlgen,
                Some(name) => find(&tlgen, name)?,
            };
            let mut text = Vec::new();
            page(command).render(&mut text)?;
            terminal.write_all(&text)?;
        }
    }
    Ok(Verdict::Done)
}

fn page(command: &Command) -> Man {
    Man::new(command.clone()).source(concat!("tlgen ", env!("CARGO_PKG_VERSION")))
}

fn find<'c>(tlgen: &'c Command, name: &str) -> Result<&'c Command, Failure> {
    let missing = || Failure::Call(format!("there is no command `{name}`; `tlgen --help` lists all"));
    tlgen.find_subcommand(name).ok_or_else(missing)
}
