//! Instructions of one operation, counted by callgrind: the same on every run and machine with the same libraries.

use std::path::Path;
use std::process::Command;

use super::process;

/// The instructions that one more run of the operation takes. `probe` is the program that runs it.
///
/// # Errors
/// When valgrind is not there, or the program fails.
pub fn count(probe: &Path, what: &str, by: &str) -> Result<u64, String> {
    // The first run grows what it keeps and reads what it needs for the first time.
    let [few, many] = [2, 4].map(|times| total(probe, what, by, times));
    Ok((many?.saturating_sub(few?)) / 2)
}

fn total(probe: &Path, what: &str, by: &str, times: u32) -> Result<u64, String> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(probe);
    let (_, said) = process::capture(command.args([what, by, &times.to_string()]))?;
    let collected = said.lines().find_map(|line| line.split("Collected :").nth(1));
    collected.and_then(|count| count.trim().parse().ok()).ok_or_else(|| format!("callgrind counted nothing:\n{said}"))
}
