//! `tlgen merge`: one schema of several files.

use tlgen_model::excerpt;

use super::slice::write;
use crate::args::Merge;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::terminal::Terminal;

/// Runs the command. Warnings are for `tlgen check`.
pub(crate) fn run(args: &Merge, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let show = terminal.errors;
    let (sources, files) = input::sources(&folders::files(&args.files)?, show)?;
    let outcome = excerpt::merge(&sources, &files, &args.reading.link());
    let merged = outcome.value.ok_or_else(|| show.failure(&outcome.diagnostics, &sources))?;
    let contents = format!("{} declarations of {} files", merged.declarations, files.len());
    write(args.out.as_deref(), &merged.text, &contents, terminal)
}
