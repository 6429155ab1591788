//! `tlgen check`: every diagnostic of every file.

use std::collections::BTreeMap;
use std::io::Write;

use tlgen_diagnostics::{Renderer, order, summary};
use tlgen_model::{Fragment, load, load_fragment};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

use crate::args::{Check, ErrorFormat};
use crate::deny::Deny;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::project::job::Job;
use crate::terminal::Terminal;

/// Runs the command. What programs read is on standard output, even if the schemas cannot be read.
pub(crate) fn run(args: &Check, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let result = check(args, terminal);
    for_programs(result, terminal)
}

/// Writes diagnostics of a command that ended early to standard output, if programs read them.
pub(super) fn for_programs(result: Result<Verdict, Failure>, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    match result {
        Err(Failure::Diagnostics(text)) if terminal.output.is_for_programs() => {
            terminal.write_all(text.as_bytes())?;
            Ok(Verdict::AtFault)
        }
        result => result,
    }
}

fn check(args: &Check, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let Input { sources, schemas, deny } =
        if args.files.is_empty() { configured(args, terminal)? } else { named(args, terminal)? };
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for (files, options, fragment) in &schemas {
        diagnostics.extend(match *fragment {
            Some(fragment) => load_fragment(&sources, files, options, fragment).diagnostics,
            None => load(&sources, files, options).diagnostics,
        });
    }
    keep_common(&mut diagnostics, schemas.len());
    deny.and(&args.deny, Deny::ARGUMENT).apply(&mut diagnostics);
    let files: Vec<FileIdx> = schemas.into_iter().flat_map(|(files, ..)| files).collect();
    report(&diagnostics, &sources, &files, terminal)
}

/// Shows all diagnostics about some files, for people with a line that counts them.
pub(super) fn report(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    files: &[FileIdx],
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let is_at_fault = diagnostics.iter().any(Diagnostic::is_error);
    match terminal.output.format {
        ErrorFormat::Text => {
            let renderer = Renderer::new(sources, terminal.output.style);
            for diagnostic in order(diagnostics) {
                writeln!(terminal, "{}", renderer.render(diagnostic))?;
            }
            let declarations = files.iter().map(|&file| count(&sources.get(file).text)).sum();
            let (files, declarations) = (plural(files.len(), "file"), plural(declarations, "declaration"));
            writeln!(terminal, "{files}, {declarations}: {}", summary(diagnostics))?;
        }
        _ => terminal.write_all(terminal.output.all(diagnostics, sources).as_bytes())?,
    }
    Ok(if is_at_fault { Verdict::AtFault } else { Verdict::Done })
}

/// A name of an option may be in any of the schemas. So an unmatched name is reported once, and only if no schema has it.
fn keep_common(diagnostics: &mut Vec<Diagnostic>, schemas: usize) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    diagnostics.retain(|found| {
        if found.code.0 != "TL0137" {
            return true;
        }
        let count = seen.entry(found.message.clone()).or_default();
        *count += 1;
        *count == schemas
    });
}

/// Files that are linked together, how, and why they need not be a whole schema.
type Schemas = Vec<(Vec<FileIdx>, tlgen_model::Options, Option<Fragment>)>;

/// What is checked.
struct Input {
    sources: Sources,
    schemas: Schemas,
    /// What the configuration denies.
    deny: Deny,
}

/// The schemas of the arguments.
fn named(args: &Check, terminal: &Terminal) -> Result<Input, Failure> {
    let (sources, files) = input::sources(&folders::files(&args.files)?, terminal.errors)?;
    let options = tlgen_model::Options { allow_id_mismatch: args.allow_id_mismatch.clone(), ..args.reading.link() };
    let fragment = Some(if args.fragment { Fragment::Stated } else { Fragment::Proved });
    let schemas = if args.together {
        vec![(files, options, fragment)]
    } else {
        files.into_iter().map(|file| (vec![file], options.clone(), fragment)).collect()
    };
    Ok(Input { sources, schemas, deny: Deny::default() })
}

/// The schemas of the nearest `tlgen.toml`.
fn configured(args: &Check, terminal: &Terminal) -> Result<Input, Failure> {
    let job = Job::nearest(args.reading, terminal.errors)?;
    let schemas = job.units().map(|(unit, files)| {
        let mut options = unit.config.link();
        options.allow_id_mismatch.extend(args.allow_id_mismatch.iter().cloned());
        (files.to_vec(), options, args.fragment.then_some(Fragment::Stated))
    });
    let schemas = schemas.collect();
    let deny = Deny::default().and(&job.deny, Deny::CONFIGURED);
    Ok(Input { sources: job.sources, schemas, deny })
}

/// How many declarations a file has, apart from those with mistakes.
fn count(text: &str) -> usize {
    tlgen_parser::parse(text).schema.declarations().count()
}

fn plural(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
