//! `tlgen docs`: schemas and metadata to reference pages.
//!
//! All pages are made in memory first; nothing is written when anything is wrong.

mod load;
mod serve;
mod write;

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tlgen_docs::{Options, Pages};
use tlgen_parser::diagnostic::Diagnostic;

use crate::args::Docs;
use crate::failure::{Failure, Verdict};
use crate::terminal::Terminal;
use load::Loaded;

/// Where the pages go when the call names no folder.
const DEFAULT_OUT: &str = "target/docs";

/// Runs the command.
pub(crate) fn run(args: &Docs, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let start = Instant::now();
    let loaded = Loaded::new(args, terminal.errors)?;
    let report = terminal.errors.all(&loaded.diagnostics, &loaded.sources);
    if loaded.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(Failure::Diagnostics(report));
    }
    terminal.show(&report)?;
    let pages = make(&loaded, args)?;
    let out = match (&args.out, args.serve) {
        (Some(out), _) => Some(out.as_path()),
        (None, Some(_)) => None,
        (None, None) => Some(Path::new(DEFAULT_OUT)),
    };
    if let Some(out) = out {
        let written = write::write(out, &pages)?;
        let html = pages.keys().filter(|path| path.ends_with(".html")).count();
        writeln!(
            terminal,
            "{}: {html} pages as HTML and Markdown, {written} of {} files written in {:.2} s",
            out.display(),
            pages.len(),
            start.elapsed().as_secs_f64()
        )?;
        terminal.flush()?;
    }
    match args.serve {
        Some(port) => serve::serve(&pages, port, terminal),
        None => Ok(Verdict::Done),
    }
}

/// Makes the pages, with a bar on a terminal when it takes long.
fn make(loaded: &Loaded, args: &Docs) -> Result<Pages, Failure> {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr_with_hz(10)
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(0), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} pages") {
        bar.set_style(style);
    }
    let options = Options { title: args.title.clone(), all_layers: args.all_layers, base_url: args.base_url.clone() };
    let pages = tlgen_docs::site(&loaded.units(), &options, &mut |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    pages.map_err(|error| Failure::Input(error.to_string()))
}
