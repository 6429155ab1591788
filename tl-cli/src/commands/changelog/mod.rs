//! `tlgen changelog`: what each version of a schema changed.

mod versions;

use std::io::Write;

use tlgen_diff::{Changelog as Log, Diff, History, Options, Scope, changes, diff, report};
use tlgen_model::ModelError;
use tlgen_model::pattern::Pattern;

use crate::args::{Changelog, ChangelogFormat};
use crate::failure::{Failure, Verdict};
use crate::terminal::Terminal;
use versions::{Linked, Version, Versions};

/// Runs the command.
pub(crate) fn run(args: &Changelog, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    if args.json_schema {
        terminal.write_all(report::changelog_json_schema().as_bytes())?;
        return Ok(Verdict::Done);
    }
    let log = log(args, terminal)?;
    let mut histories = log.histories();
    if !args.of.is_empty() {
        histories = named(&log, histories, &args.of)?;
    }
    let text = match args.format {
        ChangelogFormat::Json => report::changelog_json(&log, &histories),
        ChangelogFormat::Markdown if args.of.is_empty() => report::changelog(&log),
        ChangelogFormat::Markdown => report::histories(&log, &histories),
    };
    terminal.write_all(text.as_bytes())?;
    Ok(Verdict::Done)
}

/// Compares each version with the one before it. Two versions are in memory at a time.
fn log(args: &Changelog, terminal: &Terminal) -> Result<Log, Failure> {
    let mut versions = Versions::new(args, terminal)?;
    let mut before: Version = versions.next(terminal)?.ok_or_else(|| {
        // Each version that there is has errors.
        Failure::Input("there is no version that can be read".to_owned())
    })?;
    let mut log = Log::new(before.release.clone());
    let options = Options { config: versions.options().clone(), witnesses: false };
    let mut part = Part::new(&args.only);
    while let Some(version) = versions.next(terminal)? {
        let mut found = compared(&before.schema, &version.schema, &options);
        part.keep(&before.schema, &version.schema, &mut found)?;
        // A commit that changes comments or the layout is no version.
        if args.git.is_none() || !found.changes.is_empty() {
            log.push(version.release.clone(), found);
        }
        before = version;
    }
    part.finish(&versions, terminal)?;
    Ok(log)
}

/// A version may be a part of a schema: then nothing is said about Rust.
fn compared(old: &Linked, new: &Linked, options: &Options) -> Diff {
    match (old, new) {
        (Linked::Whole(old), Linked::Whole(new)) => diff(old, new, options),
        _ => changes(old.schema(), new.schema()),
    }
}

/// What `--only` names, which some versions may not have yet.
struct Part<'a> {
    patterns: &'a [String],
    /// The error about each pattern that no version has had.
    missing: Vec<Option<ModelError>>,
    is_found: Vec<bool>,
}

impl<'a> Part<'a> {
    fn new(patterns: &'a [String]) -> Self {
        Self { patterns, missing: vec![None; patterns.len()], is_found: vec![false; patterns.len()] }
    }

    fn keep(&mut self, old: &Linked, new: &Linked, found: &mut Diff) -> Result<(), Failure> {
        if self.patterns.is_empty() {
            return Ok(());
        }
        let mut all = Scope::default();
        for (index, pattern) in self.patterns.iter().enumerate() {
            match Scope::reached(old.schema(), new.schema(), std::slice::from_ref(pattern)) {
                Ok(scope) => {
                    self.is_found[index] = true;
                    scope.iter().for_each(|(kind, name)| all.insert(kind, name));
                }
                Err(errors) => self.missing[index] = errors.into_iter().next(),
            }
        }
        found.retain(&all);
        Ok(())
    }

    fn finish(self, versions: &Versions<'_>, terminal: &Terminal) -> Result<(), Failure> {
        let missing = self.missing.iter().zip(&self.is_found).filter(|(_, is_found)| !**is_found);
        let errors: Vec<_> = missing.filter_map(|(error, _)| Some(error.as_ref()?.diagnostic())).collect();
        if errors.is_empty() { Ok(()) } else { Err(terminal.errors.failure(&errors, versions.sources())) }
    }
}

/// The histories of the declarations that have, or had, one of these names.
fn named(log: &Log, histories: Vec<History>, patterns: &[String]) -> Result<Vec<History>, Failure> {
    let is_named = |history: &History, pattern: &str| {
        let pattern = Pattern::new(pattern);
        history.names(log).any(|name| match history.kind {
            tlgen_diff::Kind::Function => pattern.is_function(name),
            _ => pattern.is_type(name),
        })
    };
    for pattern in patterns {
        if !histories.iter().any(|history| is_named(history, pattern)) {
            return Err(Failure::Input(format!("no version adds, changes or removes a declaration `{pattern}`")));
        }
    }
    Ok(histories.into_iter().filter(|history| patterns.iter().any(|pattern| is_named(history, pattern))).collect())
}
