//! `tlgen check`: every diagnostic of every file.

use std::collections::BTreeSet;
use std::io::Write;

use tlgen_diagnostics::{Renderer, order, summary};
use tlgen_model::{ErrorKind, Fragment, ModelError, load, load_fragment, together};
use tlgen_parser::diagnostic::{Diagnostic, Severity};
use tlgen_parser::source::{FileIdx, Sources};

use crate::args::{Check, ErrorFormat};
use crate::deny::Deny;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::project::job::{Job, Linked};
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
    let Input { sources, schemas, fragment, deny } =
        if args.files.is_empty() { configured(args, terminal)? } else { named(args, terminal)? };
    let found = |(files, options): &Linked| match fragment {
        Some(fragment) => load_fragment(&sources, files, options, fragment).diagnostics,
        None => load(&sources, files, options).diagnostics,
    };
    let found = schemas.iter().map(|layers| together(layers.iter().map(found).collect())).collect();
    let mut diagnostics = of_all(found, &args.allow_id_mismatch);
    deny.and(&args.deny, Deny::ARGUMENT).apply(&mut diagnostics);
    let files: BTreeSet<FileIdx> = schemas.into_iter().flatten().flat_map(|(files, _)| files).collect();
    report(&diagnostics, &sources, &files.into_iter().collect::<Vec<_>>(), terminal)
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

/// What was found in all schemas. The `names` of the call may be in any of them, those of the configuration only in that which they
/// are about.
fn of_all(mut found: Vec<Vec<Diagnostic>>, names: &[String]) -> Vec<Diagnostic> {
    let unmatched = names.iter().map(|name| {
        let kind = ErrorKind::UnmatchedPattern { pattern: name.clone(), suggestion: None };
        ModelError { kind: Box::new(kind), severity: Severity::Error, location: None }.to_string()
    });
    let unmatched: BTreeSet<String> = unmatched.collect();
    let mut all = Vec::new();
    for found in &mut found {
        let is_common = |found: &Diagnostic| found.primary.is_none() && unmatched.contains(&found.message);
        let (common, own) = std::mem::take(found).into_iter().partition(is_common);
        all.extend::<Vec<_>>(own);
        *found = common;
    }
    all.extend(together(found));
    all
}

/// What is checked.
struct Input {
    sources: Sources,
    /// The layers of each schema: one, if the arguments name files.
    schemas: Vec<Vec<Linked>>,
    /// Why they need not be whole schemas.
    fragment: Option<Fragment>,
    /// What the configuration denies.
    deny: Deny,
}

/// The schemas of the arguments.
fn named(args: &Check, terminal: &Terminal) -> Result<Input, Failure> {
    let (sources, files) = input::sources(&folders::files(&args.files)?, terminal.errors)?;
    let options = tlgen_model::Options { allow_id_mismatch: args.allow_id_mismatch.clone(), ..args.reading.link() };
    let fragment = Some(if args.fragment { Fragment::Stated } else { Fragment::Proved });
    let schemas = if args.together {
        vec![vec![(files, options)]]
    } else {
        files.into_iter().map(|file| vec![(vec![file], options.clone())]).collect()
    };
    Ok(Input { sources, schemas, fragment, deny: Deny::default() })
}

/// The schemas of the nearest `tlgen.toml`.
fn configured(args: &Check, terminal: &Terminal) -> Result<Input, Failure> {
    let job = Job::nearest(args.reading, terminal.errors)?;
    let mut schemas: Vec<Vec<Linked>> = job.layers().collect();
    for (_, options) in schemas.iter_mut().flatten() {
        options.allow_id_mismatch.extend(args.allow_id_mismatch.iter().cloned());
    }
    let fragment = args.fragment.then_some(Fragment::Stated);
    let deny = Deny::default().and(&job.deny, Deny::CONFIGURED);
    Ok(Input { sources: job.sources, schemas, fragment, deny })
}

/// How many declarations a file has, apart from those with mistakes.
fn count(text: &str) -> usize {
    tlgen_parser::parse(text).schema.declarations().count()
}

fn plural(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
