//! `tlgen decode --explain`: what each byte is.

use std::io::Write;

use tlgen_diagnostics::Style;
use tlgen_dynamic::{Look, MAX_UNPACKED_LEVEL, RowKind, Slot, Trace};

use super::{MAX_UNPACKED, Reader, unpacked};
use crate::args::{Decode, Page};
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
        let trace = reader.codec.trace(reader.root(bytes), bytes, &reader.options);
        let is_better = best.as_ref().is_none_or(|(other, _)| rank(&trace) < rank(other));
        if is_better {
            best = Some((trace, reader));
        }
    }
    let (trace, reader) = best.expect("there is a schema");
    if args.format == Page::Html {
        let root = trace.rows.first().map(|row| match row.kind {
            RowKind::Object(combinator) => combinator.name.to_string(),
            _ => "Bytes".to_owned(),
        });
        let root = root.unwrap_or_else(|| "Nothing".to_owned());
        let title = reader.name.map_or_else(|| root.clone(), |name| format!("{root}, by the schema {name}"));
        terminal.write_all(trace.page(&title, bytes).as_bytes())?;
        return Ok(if trace.is_whole() { Verdict::Done } else { Verdict::AtFault });
    }
    if let Some(name) = reader.name {
        writeln!(terminal, "by the schema `{name}`:")?;
    }
    let look = Look { width: args.width.unwrap_or_else(columns), color: terminal.output.style == Style::Color };
    terminal.write_all(trace.dump(bytes, look).as_bytes())?;
    let mut is_whole = trace.is_whole();
    if args.open {
        is_whole &= packed(reader, &trace, look, &mut Unpacked { level: 0, left: MAX_UNPACKED }, terminal)?;
    }
    Ok(if is_whole { Verdict::Done } else { Verdict::AtFault })
}

/// How many packed messages are around what is shown, and how many bytes may still be unpacked.
struct Unpacked {
    level: usize,
    left: usize,
}

/// Shows what is packed in the bytes, after them. Whether all of it is as it should be.
fn packed(
    reader: &Reader<'_>,
    trace: &Trace<'_>,
    look: Look,
    so_far: &mut Unpacked,
    terminal: &mut Terminal,
) -> Result<bool, Failure> {
    let mut is_whole = true;
    for row in &trace.rows {
        let (RowKind::Value(value), Slot::Field { of: Some(of), .. }) = (&row.kind, row.slot) else { continue };
        let packed_bytes = reader.codec.by_id(of.id).and_then(|of| reader.codec.packed(of, value));
        let packed_bytes = packed_bytes.filter(|_| so_far.level < MAX_UNPACKED_LEVEL);
        let Some(bytes) = packed_bytes.and_then(|bytes| unpacked(bytes, so_far.left)) else { continue };
        so_far.left -= bytes.len();
        writeln!(terminal, "\nunpacked from byte {}, {} bytes:", row.bytes.start, bytes.len())?;
        let inner = reader.codec.trace(reader.codec.root_of_packed(&bytes), &bytes, &reader.options);
        terminal.write_all(inner.dump(&bytes, look).as_bytes())?;
        so_far.level += 1;
        is_whole &= inner.is_whole() && packed(reader, &inner, look, so_far, terminal)?;
        so_far.level -= 1;
    }
    Ok(is_whole)
}

/// How little a trace explains.
fn rank(trace: &Trace<'_>) -> (usize, usize) {
    (trace.lost(), trace.faults())
}

/// The width of a terminal as its user has set it.
pub(crate) fn columns() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(120)
}
