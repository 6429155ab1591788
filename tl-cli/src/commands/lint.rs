//! `tlgen lint`: what breaks named rules, of one schema and of its change from another.
//!
//! Of older layers, which nobody will change, only the mistakes and warnings of `tlgen check` are told.

use std::collections::BTreeSet;

use tlgen_lint::{Levels, Linted, evolution, judge, style};
use tlgen_model::schema::Schema;
use tlgen_model::{Fragment, Options, Outcome, load_fragment, together};
use tlgen_parser::diagnostic::{Code, Diagnostic};
use tlgen_parser::source::{FileIdx, Sources};

use super::check::{for_programs, report};
use crate::args::Lint;
use crate::deny::Deny;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::levels::Chosen;
use crate::project::job::{Job, Linked as Layer};
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
    for layers in &schemas {
        found.extend(findings(&sources, layers, old.as_ref(), &levels));
    }
    configured.deny_warnings(Deny::CONFIGURED, &mut found);
    chosen.deny_warnings(Deny::ARGUMENT, &mut found);
    let files: BTreeSet<FileIdx> = schemas.into_iter().flatten().flat_map(|(files, _)| files).collect();
    report(&found, &sources, &files.into_iter().collect::<Vec<_>>(), terminal)
}

/// The version before: its files and its schema.
type Old = (Vec<FileIdx>, Schema);

/// All that is to be said about a schema and its older layers.
fn findings(sources: &Sources, layers: &[Layer], old: Option<&Old>, levels: &Levels) -> Vec<Diagnostic> {
    let (mut schemas, mut loaded) = (Vec::new(), Vec::new());
    for (files, options) in layers {
        let Outcome { value, diagnostics } = load_fragment(sources, files, options, Fragment::Proved);
        schemas.push((files, value));
        loaded.push(diagnostics);
    }
    let mut left = together(loaded);
    let mut found = Vec::new();
    for (index, (files, schema)) in schemas.into_iter().enumerate() {
        let is_newest = index == 0;
        // What has no place is said of the newest.
        let is_here =
            |found: &Diagnostic| found.primary.as_ref().map_or(is_newest, |label| files.contains(&label.location.file));
        let (mut here, others) = std::mem::take(&mut left).into_iter().partition::<Vec<_>, _>(is_here);
        left = others;
        if let Some(schema) = schema {
            let linted = Linted { sources, files, schema: &schema };
            here = if is_newest { judged(here, &linted, old, levels) } else { judged_older(here, &linted, levels) };
        }
        found.extend(here);
    }
    found.extend(left);
    found
}

/// What is told of the newest layer: what was found while it was loaded, by rules of style and, beside the version before, by those
/// of evolution.
fn judged(mut found: Vec<Diagnostic>, linted: &Linted<'_>, old: Option<&Old>, levels: &Levels) -> Vec<Diagnostic> {
    found.extend(style(linted));
    let mut ran: Vec<Code> = of_check().collect();
    if let Some((files, schema)) = old {
        found.extend(evolution(&Linted { sources: linted.sources, files, schema }, linted));
        ran.extend(tlgen_lint::lints().filter(|lint| lint.before.is_some()).map(|lint| lint.rule.code));
    }
    judge(found, linted, levels, &known, &ran)
}

/// What is told of an older layer: what was found while it was loaded, but for what its comments allow.
fn judged_older(found: Vec<Diagnostic>, linted: &Linted<'_>, levels: &Levels) -> Vec<Diagnostic> {
    let mut found = judge(found, linted, levels, &known, &[]);
    found.retain(|found| of_check().any(|code| code == found.code));
    found
}

/// The rules of `tlgen check`.
fn of_check() -> impl Iterator<Item = Code> {
    tlgen_model::rules().chain(tlgen_parser::rules()).map(|rule| rule.code)
}

fn known(word: &str) -> Option<Code> {
    rules::find(word).map(|rule| rule.code)
}

/// What is looked at.
struct Input {
    sources: Sources,
    /// The layers of each schema, the newest first.
    schemas: Vec<Vec<Layer>>,
    /// What the configuration says.
    configured: Chosen,
}

fn from_files(args: &Lint, terminal: &Terminal) -> Result<Input, Failure> {
    let (sources, files) = input::sources(&folders::files(&args.files)?, terminal.errors)?;
    let options = args.reading.link();
    let is_one = args.together || !args.against.is_empty();
    let schemas = if is_one {
        vec![vec![(files, options)]]
    } else {
        files.into_iter().map(|file| vec![(vec![file], options.clone())]).collect()
    };
    Ok(Input { sources, schemas, configured: Chosen::default() })
}

fn from_project(args: &Lint, terminal: &Terminal) -> Result<Input, Failure> {
    let job = Job::nearest(args.reading, terminal.errors)?;
    Ok(Input { schemas: job.layers().collect(), configured: job.lint, sources: job.sources })
}

/// Reads the version before.
fn against(
    args: &Lint,
    schemas: &[Vec<Layer>],
    sources: &mut Sources,
    terminal: &Terminal,
) -> Result<Option<Old>, Failure> {
    if args.against.is_empty() {
        return Ok(None);
    }
    let [layers] = schemas else {
        return Err(Failure::Call(
            "`tlgen.toml` has several schemas: name the files of the one that is compared".to_owned(),
        ));
    };
    let (_, options) = &layers[0];
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
