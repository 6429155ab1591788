//! `tlgen diff`: what a new version of a schema changes, and for whom.

mod load;

use std::io::Write;

use tlgen_diagnostics::Style;
use tlgen_diff::{Approvals, Options, diff, report};

use crate::args::{Diff, DiffFormat};
use crate::failure::{Failure, Verdict};
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &Diff, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    if args.json_schema {
        terminal.write_all(report::JSON_SCHEMA.as_bytes())?;
        return Ok(Verdict::Done);
    }
    let sides = load::sides(args, terminal)?;
    let found = diff(&sides.old, &sides.new, &Options::default());
    let approvals = Approvals::default();
    let text = match args.format {
        DiffFormat::Text => {
            let colors = terminal.output.style == Style::Color;
            report::text(&found, report::Detail { proofs: args.proofs, colors })
        }
        DiffFormat::Json => report::json(&found, &approvals),
    };
    terminal.write_all(text.as_bytes())?;
    let failing = args.fail_on.map(|what| tlgen_diff::FailOn::from(what).failing(&found, &approvals).len());
    match failing {
        Some(count) if count > 0 => {
            let changes = if count == 1 { "1 change".to_owned() } else { format!("{count} changes") };
            terminal.error(&format!("{changes} that nobody has approved"))?;
            Ok(Verdict::AtFault)
        }
        _ => Ok(Verdict::Done),
    }
}
