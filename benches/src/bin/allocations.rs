//! Counts the allocations of every operation: one line each, `WHAT<tab>BY<tab>COUNT<tab>BYTES`.

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for mut case in tl_benches::case::all() {
        // A buffer that is reused has its size after the first run.
        (case.run)();
        let found = allocation_counter::measure(&mut case.run);
        writeln!(out, "{}\t{}\t{}\t{}", case.what, case.by, found.count_total, found.bytes_max)?;
    }
    Ok(())
}
