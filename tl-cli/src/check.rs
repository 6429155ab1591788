//! `tlgen check`: every diagnostic of every file.

use std::io::Write;

use tl_diagnostics::{Renderer, order, summary};
use tl_parser::diagnostic::Diagnostic;
use tl_parser::source::FileIdx;

use crate::args::{Check, Format};
use crate::failure::{Failure, Verdict};
use crate::input;
use crate::json::JsonWriter;
use crate::linked::load;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &Check, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let (sources, files) = input::sources(&args.files)?;
    let options = tl_model::Options {
        fragment: args.fragment,
        allow_id_mismatch: args.allow_id_mismatch.clone(),
        ..args.reading.options()
    };
    let schemas: Vec<&[FileIdx]> = if args.together { vec![&files] } else { files.chunks(1).collect() };
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for schema in schemas {
        let (_, found) = load(&sources, schema, &options);
        diagnostics.extend(found);
    }
    let is_at_fault = diagnostics.iter().any(Diagnostic::is_error);
    match args.format {
        Format::Text => {
            let renderer = Renderer::new(&sources, terminal.out_style);
            for diagnostic in order(&diagnostics) {
                writeln!(terminal, "{}", renderer.render(diagnostic))?;
            }
            let declarations = files.iter().map(|&file| count(&sources.get(file).text)).sum();
            let (files, declarations) = (plural(files.len(), "file"), plural(declarations, "declaration"));
            writeln!(terminal, "{files}, {declarations}: {}", summary(&diagnostics))?;
        }
        Format::Json => {
            let writer = JsonWriter::new(&sources);
            for diagnostic in order(&diagnostics) {
                writeln!(terminal, "{}", writer.line(diagnostic))?;
            }
        }
    }
    Ok(if is_at_fault { Verdict::AtFault } else { Verdict::Done })
}

/// How many declarations a file has, apart from those with mistakes.
fn count(text: &str) -> usize {
    tl_parser::parse(text).schema.declarations().count()
}

fn plural(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
