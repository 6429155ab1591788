//! Other programs: their time, and how they fail.

use std::process::{Command, Stdio};
use std::time::Instant;

/// What a run of a program took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Seconds of processor time, of all its threads and children, user and system.
    pub cpu: f64,
    /// Seconds on the clock.
    pub wall: f64,
}

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be run or fails; with what it said.
pub fn run(command: &mut Command) -> Result<Cost, String> {
    let (before, start) = (children_cpu()?, Instant::now());
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    let wall = start.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(format!("{command:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    Ok(Cost { cpu: children_cpu()? - before, wall })
}

/// Runs a program to its end and returns what it wrote: standard output, standard error.
///
/// # Errors
/// As [`run`].
pub fn capture(command: &mut Command) -> Result<(String, String), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        Ok((text(&output.stdout), text(&output.stderr)))
    } else {
        Err(format!("{command:?}: {}\n{}", output.status, text(&output.stderr)))
    }
}

/// Seconds of processor time of all children that have ended, in hundredths.
fn children_cpu() -> Result<f64, String> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(|error| format!("/proc/self/stat: {error}"))?;
    // The name of the program, in brackets, may have blanks in it.
    let fields: Vec<_> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    match (ticks(13), ticks(14)) {
        (Some(user), Some(system)) => Ok((user + system) / TICKS_PER_SECOND),
        _ => Err("/proc/self/stat has another form".to_owned()),
    }
}
