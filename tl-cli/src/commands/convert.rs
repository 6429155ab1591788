//! `tlgen convert`: TL to JSON and back.

use std::io::Write;

use tlgen_model::builtin;
use tlgen_parser::json::from_schema;

use crate::args::{Convert, Form};
use crate::failure::{Failure, Verdict};
use crate::input;
use crate::syntax;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &Convert, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let show = terminal.errors;
    let (sources, files) = input::sources(std::slice::from_ref(&args.file), show)?;
    let trees = syntax::trees(&sources, &files, show)?;
    let text = match args.to {
        // JSON has been turned into TL already.
        Form::Tl => sources.iter().map(|(_, source)| source.text.as_str()).collect(),
        Form::Json => from_schema(&trees[0], builtin::declares_value).map_err(|errors| {
            let diagnostics: Vec<_> = errors.iter().map(|error| error.diagnostic(files[0])).collect();
            show.failure(&diagnostics, &sources)
        })?,
    };
    terminal.write_all(text.as_bytes())?;
    Ok(Verdict::Done)
}
