//! `tlgen generate`: schemas to Rust files.
//!
//! All files are made in memory first; nothing is written when anything is wrong.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use tlgen_build::project::shown;
use tlgen_build::{in_modules, root_module};
use tlgen_parser::diagnostic::Diagnostic;

use crate::args::Generate;
use crate::deny::Deny;
use crate::failure::{Failure, Verdict};
use crate::project::job::Job;
use crate::project::plan::{Change, Files, Plan};
use crate::project::stamp::Stamp;
use crate::project::write;
use crate::stale;
use crate::terminal::Terminal;
use crate::unified;

/// Runs the command.
pub(crate) fn run(args: &Generate, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let start = Instant::now();
    let job = Job::new(args, terminal.errors)?;
    let stamp = if args.check { None } else { Stamp::new(&job) };
    if let Some(last) = stamp.as_ref().and_then(|stamp| stamp.holds(&job)) {
        // Nothing was found, which some forms say.
        terminal.show(&terminal.errors.all(&[], &job.sources))?;
        summarize(&job, &last.lines, &Plan { unchanged: last.files, ..Plan::default() }, start, terminal)?;
        return Ok(Verdict::Done);
    }
    let mut generated = Generated::default();
    for unit in 0..job.project.units().len() {
        generated.unit(unit, &job);
    }
    let denied = if args.check { Deny::gate().and(&job.deny, Deny::CONFIGURED) } else { Deny::default() };
    denied.and(&args.deny, Deny::ARGUMENT).apply(&mut generated.diagnostics);
    if generated.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(terminal.errors.failure(&generated.diagnostics, &job.sources));
    }
    if let Some(root) = &job.root {
        let text = root_module(
            "Code that tlgen made from TL schemas: one module for each.",
            &generated.modules,
            &job.regenerate,
        );
        generated.files.insert(PathBuf::from(root), text);
    }
    let plan = Plan::new(&job.dir, &job.owned, &generated.files)?;
    if args.check {
        let mut sources = job.sources.clone();
        if terminal.errors.is_for_programs() {
            generated.diagnostics.extend(stale::code(&job.dir, &plan, &mut sources)?);
        }
        terminal.show(&terminal.errors.all(&generated.diagnostics, &sources))?;
        return check(&job, &plan, args.diff.then_some(&generated.files), terminal);
    }
    terminal.show(&terminal.errors.all(&generated.diagnostics, &job.sources))?;
    if let Some(path) = plan.foreign.first() {
        let path = job.dir.join(path);
        return Err(Failure::Input(format!(
            "`{}` was not made by tlgen and is not overwritten: move it away, or choose another folder",
            path.display()
        )));
    }
    for path in &plan.strangers {
        writeln!(terminal, "not ours, left alone: {}", job.dir.join(path).display())?;
    }
    write::apply(&job.dir, &generated.files, &plan)?;
    // A run with something to say about the schema or the folder gets no stamp, so that the next run says it again.
    if let Some(stamp) = stamp
        && generated.diagnostics.is_empty()
        && plan.strangers.is_empty()
    {
        stamp.keep(&generated.files, &generated.lines);
    }
    summarize(&job, &generated.lines, &plan, start, terminal)?;
    Ok(Verdict::Done)
}

/// The results for all units.
#[derive(Default)]
struct Generated {
    files: Files,
    /// Name and description of each module, for the root.
    modules: Vec<(String, String)>,
    /// Name of each module, and what is in it.
    lines: Vec<(String, String)>,
    diagnostics: Vec<Diagnostic>,
}

impl Generated {
    fn unit(&mut self, unit: usize, job: &Job) {
        let outcome = job.compile(unit);
        self.diagnostics.extend(outcome.diagnostics);
        let Some(generated) = outcome.value else { return };
        let (unit, schema) = (&job.project.units()[unit], &generated.schema);
        self.files.extend(generated.files.into_iter().map(|(path, text)| {
            let text = match &job.module {
                Some(module) => in_modules(&text, module),
                None => text,
            };
            (PathBuf::from(path), text)
        }));
        let layer = schema.layer.map(|layer| format!(", layer {layer}")).unwrap_or_default();
        let files: Vec<_> = unit.files.iter().map(|path| shown(path)).collect();
        self.modules.push((unit.name.clone(), format!("From `{}`{layer}.", files.join("`, `"))));
        self.lines
            .push((unit.name.clone(), format!("{}{layer}", contents(generated.constructors, generated.functions))));
        self.lines.extend(generated.older.iter().map(|layer| {
            let all = layer.own + layer.shared;
            let line = format!("{} of {all} items are its own, {} those of a newer layer", layer.own, layer.shared);
            (format!("{}::{}", unit.name, layer.name), line)
        }));
    }
}

fn contents(constructors: usize, functions: usize) -> String {
    let total = constructors + functions;
    let number = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    let (all, constructors) = (number(total, "declaration"), number(constructors, "constructor"));
    format!("{all} ({constructors}, {})", number(functions, "function"))
}

/// Names everything that is not as it should be, and shows what differs from `wanted` if that is given.
fn check(job: &Job, plan: &Plan, wanted: Option<&Files>, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    for (relative, change) in &plan.changes {
        let full = job.dir.join(relative);
        let path = full.display();
        match change {
            Change::Missing => writeln!(terminal, "missing    {path}")?,
            Change::Different { line } => writeln!(terminal, "different  {path}:{line}")?,
            Change::LeftOver => writeln!(terminal, "left over  {path}")?,
        }
        if let Some(wanted) = wanted {
            let found = match change {
                Change::Missing => None,
                _ => Some(std::fs::read(&full).map_err(|error| Failure::read(&full, &error))?),
            };
            let found = found.as_deref().map(String::from_utf8_lossy);
            let wanted = wanted.get(relative).map(String::as_str);
            let diff = unified::unified(&path.to_string(), found.as_deref(), wanted, terminal.output.style);
            terminal.write_all(diff.as_bytes())?;
        }
    }
    for path in plan.foreign.iter().chain(&plan.strangers) {
        writeln!(terminal, "not ours   {}", job.dir.join(path).display())?;
    }
    let wrong = plan.changes.len() + plan.foreign.len() + plan.strangers.len();
    if wrong == 0 {
        writeln!(terminal, "{}: {} files up to date", job.dir.display(), plan.unchanged)?;
        return Ok(Verdict::Done);
    }
    let files = if wrong == 1 { "1 file is" } else { &format!("{wrong} files are") };
    writeln!(
        terminal,
        "{}: {files} not what the schemas say, {} up to date; run `tlgen generate`",
        job.dir.display(),
        plan.unchanged
    )?;
    Ok(Verdict::AtFault)
}

fn summarize(
    job: &Job,
    lines: &[(String, String)],
    plan: &Plan,
    start: Instant,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, line) in lines {
        writeln!(terminal, "{name:width$}  {line}")?;
    }
    writeln!(
        terminal,
        "{}: {} written, {} unchanged, {} removed in {:.2} s",
        job.dir.display(),
        plan.written(),
        plan.unchanged,
        plan.removed(),
        start.elapsed().as_secs_f64()
    )?;
    Ok(())
}
