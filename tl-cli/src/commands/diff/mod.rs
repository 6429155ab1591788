//! `tlgen diff`: what a new version of a schema changes, and for whom.

mod approvals;
mod load;
mod part;

use std::io::Write;

use tlgen_diagnostics::{Style, Tracked, github, junit, sarif_tracked};
use tlgen_diff::{Diff as Found, FailOn, Options, Side, diff, report};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Sources;

use crate::args::{Diff, DiffFormat};
use crate::failure::{Failure, Verdict};
use crate::rules;
use crate::terminal::Terminal;
use approvals::Approved;

pub(crate) use approvals::RULES;

/// Runs the command.
pub(crate) fn run(args: &Diff, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    if args.json_schema {
        terminal.write_all(report::JSON_SCHEMA.as_bytes())?;
        return Ok(Verdict::Done);
    }
    let options = load::options(args, terminal)?;
    let mut sides = load::sides(args, &options, terminal)?;
    let old = Side { schema: &sides.old, metadata: sides.old_metadata.as_ref() };
    let new = Side { schema: &sides.new, metadata: sides.new_metadata.as_ref() };
    let options = Options { config: options, ..Options::default() };
    let mut found = diff(old, new, &options);
    let mut approved = Approved::read(args.approved.as_deref(), &mut sides.sources, terminal.errors)?;
    // An approval of what `--only` leaves out is needed all the same.
    let unmatched = approved.unmatched(&found);
    part::keep(args, &sides, &options.config, &mut found, terminal)?;
    let fail_on = args.fail_on.map(FailOn::from);
    if let (Some(reason), Some(what)) = (&args.approve, fail_on) {
        let failing = what.failing(&found, &approved.approvals);
        approved.add(&failing, reason)?;
    }
    let text = shown(args, &found, &approved, &unmatched, &sides.sources, terminal);
    terminal.write_all(text.as_bytes())?;
    if matches!(args.format, DiffFormat::Text | DiffFormat::Markdown | DiffFormat::Json) && !unmatched.is_empty() {
        terminal.show(&terminal.errors.all(&unmatched, &sides.sources))?;
    }
    match fail_on.map(|what| what.failing(&found, &approved.approvals).len()) {
        Some(count) if count > 0 => {
            let changes = if count == 1 { "1 change".to_owned() } else { format!("{count} changes") };
            terminal.error(&format!("{changes} that nobody has approved"))?;
            Ok(Verdict::AtFault)
        }
        _ => Ok(Verdict::Done),
    }
}

/// The report.
fn shown(
    args: &Diff,
    found: &Found,
    approved: &Approved,
    unmatched: &[Diagnostic],
    sources: &Sources,
    terminal: &Terminal,
) -> String {
    let approvals = &approved.approvals;
    match args.format {
        DiffFormat::Text => {
            let colors = terminal.output.style == Style::Color;
            return report::text(found, approvals, report::Detail { proofs: args.proofs, colors });
        }
        DiffFormat::Markdown => return report::markdown(found, approvals),
        DiffFormat::Json => return report::json(found, approvals),
        DiffFormat::Sarif | DiffFormat::Github | DiffFormat::Junit => {}
    }
    // Without --fail-on nothing is an error but what breaks bytes.
    let fail_on = args.fail_on.map_or(FailOn::Wire, FailOn::from);
    let reported = report::diagnostics(found, approvals, fail_on);
    if args.format == DiffFormat::Sarif {
        let changes = reported.iter().map(|one| Tracked {
            diagnostic: &one.diagnostic,
            fingerprint: Some(&one.fingerprint),
            suppressed: one.approved.as_deref(),
        });
        let tracked: Vec<Tracked<'_>> = changes.chain(unmatched.iter().map(Tracked::from)).collect();
        return sarif_tracked(&tracked, sources, &rules::of);
    }
    // An annotation or a failed test asks for something to be done, which is done for what is approved.
    let open = reported.into_iter().filter(|one| one.approved.is_none()).map(|one| one.diagnostic);
    let diagnostics: Vec<Diagnostic> = open.chain(unmatched.iter().cloned()).collect();
    if args.format == DiffFormat::Github { github(&diagnostics, sources) } else { junit(&diagnostics, sources) }
}
