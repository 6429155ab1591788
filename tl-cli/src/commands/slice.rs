//! `tlgen slice`: the part of a schema that some functions and types need.

use std::io::Write;
use std::path::Path;

use tlgen_build::{CodegenError, Config, disk, pipeline};
use tlgen_model::analysis::closure::Selection;
use tlgen_model::excerpt;
use tlgen_model::load;
use tlgen_model::schema::{Schema, SectionKind};

use crate::args::Slice;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::terminal::Terminal;

/// Runs the command. Warnings are for `tlgen check`.
pub(crate) fn run(args: &Slice, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let show = terminal.errors;
    let (sources, files) = input::sources(&folders::files(&args.files)?, show)?;
    let loaded = load(&sources, &files, &args.reading.link());
    let schema = loaded.value.ok_or_else(|| show.failure(&loaded.diagnostics, &sources))?;
    let config = Config::with(|config| {
        config.only.clone_from(&args.only);
        config.skip.clone_from(&args.skip);
    });
    let selection = pipeline::selection(&schema, &config).map_err(|errors| {
        let diagnostics: Vec<_> = errors.iter().map(CodegenError::diagnostic).collect();
        show.failure(&diagnostics, &sources)
    })?;
    let text = excerpt::slice(&sources, &files, &schema, &selection);
    write(args.out.as_deref(), &text, &contents(&schema, &selection), terminal)
}

/// How much is in a part: `3 constructors and 1 function of 2400 declarations`.
fn contents(schema: &Schema, selection: &Selection) -> String {
    let count = |kind| {
        let kept = schema.combinators.iter().zip(&selection.combinators).filter(|(_, kept)| **kept);
        kept.filter(|(combinator, _)| combinator.kind == kind).count()
    };
    let number = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let constructors = number(count(SectionKind::Types), "constructor");
    let functions = number(count(SectionKind::Functions), "function");
    format!("{constructors} and {functions} of {}", number(schema.combinators.len(), "declaration"))
}

/// Writes a schema to its file, and what is in it to standard output; without a file the schema itself.
pub(super) fn write(
    out: Option<&Path>,
    text: &str,
    contents: &str,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    match out {
        None => terminal.write_all(text.as_bytes())?,
        Some(path) => {
            disk::replace(path, text)?;
            writeln!(terminal, "{}: {contents}", path.display())?;
        }
    }
    Ok(Verdict::Done)
}
