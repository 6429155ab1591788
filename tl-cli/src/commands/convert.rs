//! `tlgen convert`: TL to JSON and back.

use std::io::Write;

use tlgen_diagnostics::render_all;
use tlgen_parser::json::from_schema;

use crate::args::{Convert, Form};
use crate::failure::{Failure, Verdict};
use crate::input;
use crate::syntax;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &Convert, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let style = terminal.err_style;
    let (sources, files) = input::sources(std::slice::from_ref(&args.file), style)?;
    let trees = syntax::trees(&sources, &files, style)?;
    let text = match args.to {
        // JSON has been turned into TL already.
        Form::Tl => sources.iter().map(|(_, source)| source.text.as_str()).collect(),
        Form::Json => from_schema(&trees[0]).map_err(|errors| {
            let diagnostics: Vec<_> = errors.iter().map(|error| error.diagnostic(files[0])).collect();
            Failure::Diagnostics(render_all(&diagnostics, &sources, style))
        })?,
    };
    terminal.write_all(text.as_bytes())?;
    Ok(Verdict::Done)
}
