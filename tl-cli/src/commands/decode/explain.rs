//! `tlgen decode --explain`: what each byte is.

use std::io::Write;

use tlgen_diagnostics::Style;
use tlgen_dynamic::{Look, Trace};

use super::Reader;
use crate::args::Decode;
use crate::failure::{Failure, Verdict};
use crate::terminal::Terminal;

/// Shows the bytes by the schema that explains most of them.
pub(super) fn run(
    args: &Decode,
    readers: &[Reader<'_>],
    bytes: &[u8],
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let mut best: Option<(Trace<'_>, &Reader<'_>)> = None;
    for reader in readers {
        let trace = reader.codec.trace(reader.root, bytes, &reader.options);
        let is_better = best.as_ref().is_none_or(|(other, _)| rank(&trace) < rank(other));
        if is_better {
            best = Some((trace, reader));
        }
    }
    let (trace, reader) = best.expect("there is a schema");
    if let Some(name) = reader.name {
        writeln!(terminal, "by the schema `{name}`:")?;
    }
    let look = Look { width: args.width.unwrap_or_else(columns), color: terminal.output.style == Style::Color };
    terminal.write_all(trace.dump(bytes, look).as_bytes())?;
    Ok(if trace.is_whole() { Verdict::Done } else { Verdict::AtFault })
}

/// How little a trace explains.
fn rank(trace: &Trace<'_>) -> (usize, usize) {
    (trace.lost(), trace.faults())
}

/// The width of a terminal as its user has set it.
fn columns() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(120)
}
