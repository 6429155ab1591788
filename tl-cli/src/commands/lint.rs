//! `tlgen lint`: what breaks named rules, of one schema and of its change from another.

use tlgen_lint::{Levels, Linted, evolution, judge, style};
use tlgen_model::schema::Schema;
use tlgen_model::{Fragment, Options, Outcome, load_fragment};
use tlgen_parser::diagnostic::{Code, Diagnostic};
use tlgen_parser::source::{FileIdx, Sources};

use super::check::{for_programs, report};
use crate::args::Lint;
use crate::deny::Deny;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::levels::Chosen;
use crate::project::job::Job;
use crate::rules;
use crate::terminal::Terminal;

/// Runs the command. What programs read is on standard output, even if the schemas cannot be read.
pub(crate) fn run(args: &Lint, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let result = lint(args, terminal);
    for_programs(result, terminal)
}

fn lint(args: &Lint, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let Input { mut sources, schemas, configured } =
        if args.files.is_empty() { from_project(args, terminal)? } else { from_files(args, terminal)? };
    let old = against(args, &schemas, &mut sources, terminal)?;
    let chosen = args.chosen();
    let levels = chosen.add_to(configured.add_to(Levels::default()));
    let mut found = Vec::new();
    for (files, options) in &schemas {
        found.extend(findings(&sources, files, options, old.as_ref(), &levels));
    }
    configured.deny_warnings(Deny::CONFIGURED, &mut found);
    chosen.deny_warnings(Deny::ARGUMENT, &mut found);
    let files: Vec<FileIdx> = schemas.into_iter().flat_map(|(files, _)| files).collect();
    report(&found, &sources, &files, terminal)
}

/// The version before: its files and its schema.
type Old = (Vec<FileIdx>, Schema);

/// All that is to be said about a schema.
fn findings(
    sources: &Sources,
    files: &[FileIdx],
    options: &Options,
    old: Option<&Old>,
    levels: &Levels,
) -> Vec<Diagnostic> {
    let Outcome { value, diagnostics } = load_fragment(sources, files, options, Fragment::Proved);
    let Some(schema) = value else { return diagnostics };
    let linted = Linted { sources, files, schema: &schema };
    let mut found = diagnostics;
    found.extend(style(&linted));
    let mut ran: Vec<Code> = tlgen_model::rules().chain(tlgen_parser::rules()).map(|rule| rule.code).collect();
    if let Some((files, schema)) = old {
        found.extend(evolution(&Linted { sources, files, schema }, &linted));
        ran.extend(tlgen_lint::lints().filter(|lint| lint.before.is_some()).map(|lint| lint.rule.code));
    }
    judge(found, &linted, levels, &|word| rules::find(word).map(|rule| rule.code), &ran)
}

/// What is looked at.
struct Input {
    sources: Sources,
    /// Files that are one schema, and how they are read.
    schemas: Vec<(Vec<FileIdx>, Options)>,
    /// What the configuration says.
    configured: Chosen,
}

fn from_files(args: &Lint, terminal: &Terminal) -> Result<Input, Failure> {
    let (sources, files) = input::sources(&folders::files(&args.files)?, terminal.errors)?;
    let options = args.reading.link();
    let is_one = args.together || !args.against.is_empty();
    let schemas = if is_one {
        vec![(files, options)]
    } else {
        files.into_iter().map(|file| (vec![file], options.clone())).collect()
    };
    Ok(Input { sources, schemas, configured: Chosen::default() })
}

fn from_project(args: &Lint, terminal: &Terminal) -> Result<Input, Failure> {
    let job = Job::nearest(args.reading, terminal.errors)?;
    let schemas = job.units().map(|(unit, files)| (files.to_vec(), unit.config.link())).collect();
    Ok(Input { schemas, configured: job.lint, sources: job.sources })
}

/// Reads the version before.
fn against(
    args: &Lint,
    schemas: &[(Vec<FileIdx>, Options)],
    sources: &mut Sources,
    terminal: &Terminal,
) -> Result<Option<Old>, Failure> {
    if args.against.is_empty() {
        return Ok(None);
    }
    let [(_, options)] = schemas else {
        return Err(Failure::Call(
            "`tlgen.toml` has several schemas: name the files of the one that is compared".to_owned(),
        ));
    };
    let paths = folders::files(&args.against)?;
    let files = paths.iter().map(|path| input::schema(path, sources, terminal.errors));
    let files: Vec<FileIdx> = files.collect::<Result<_, _>>()?;
    // Another version may have other layers.
    let options = Options { layer: None, ..options.clone() };
    let Outcome { value, diagnostics } = load_fragment(sources, &files, &options, Fragment::Proved);
    let schema = value.ok_or_else(|| terminal.errors.failure(&diagnostics, sources))?;
    Ok(Some((files, schema)))
}

impl Lint {
    fn chosen(&self) -> Chosen {
        Chosen { allow: self.allow.clone(), warn: self.warn.clone(), deny: self.deny.clone() }
    }
}
