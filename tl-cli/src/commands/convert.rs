//! `tlgen convert`: TL to JSON, to the binary form, and back.

use std::io::Write;

use tlgen_dynamic::tlo;
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
    let text: Vec<u8> = match args.to {
        // Other forms have been turned into TL already.
        Form::Tl => sources.get(files[0]).text.clone().into_bytes(),
        Form::Tlo => {
            let name = &sources.get(files[0]).name;
            tlo::from_schema(&trees[0]).map_err(|error| Failure::Input(format!("{name}: {error}")))?
        }
        Form::Json => from_schema(&trees[0], builtin::declares_value)
            .map_err(|errors| {
                let diagnostics: Vec<_> = errors.iter().map(|error| error.diagnostic(files[0])).collect();
                show.failure(&diagnostics, &sources)
            })?
            .into_bytes(),
    };
    terminal.write_all(&text)?;
    Ok(Verdict::Done)
}
