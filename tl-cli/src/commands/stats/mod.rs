//! `tlgen stats`: what a schema is like in numbers.

mod report;
mod svg;
mod table;

use std::io::Write;

use tlgen_model::load;

use crate::args::{Stats, StatsForm};
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::terminal::Terminal;
use report::Report;

/// Runs the command. Warnings are for `tlgen check`.
pub(crate) fn run(args: &Stats, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let show = terminal.errors;
    let (sources, files) = input::sources(&folders::files(&args.files)?, show)?;
    let loaded = load(&sources, &files, &args.reading.link());
    let schema = loaded.value.ok_or_else(|| show.failure(&loaded.diagnostics, &sources))?;
    let names = files.iter().map(|file| sources.get(*file).name.clone()).collect();
    let report = Report::new(names, &schema, args.top);
    let text = match args.format {
        StatsForm::Table => table::text(&report),
        StatsForm::Json => serde_json::to_string_pretty(&report).expect("a report has text as keys only") + "\n",
        StatsForm::Svg => svg::text(&report),
    };
    terminal.write_all(text.as_bytes())?;
    Ok(Verdict::Done)
}
