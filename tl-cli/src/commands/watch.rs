//! `tlgen generate --watch`: generates again whenever a file that it reads has changed.
//!
//! The files are looked at a few times a second. They are few, and looking works on every file system, also where changes are made
//! from another machine or a container.

use std::io::Write;
use std::thread;
use std::time::Duration;

use super::generate;
use crate::args::Generate;
use crate::failure::{Failure, Verdict};
use crate::project::inputs::Inputs;
use crate::terminal::Terminal;

/// How long the files are left alone between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// Runs until the process is ended. What is wrong with the input is said, and the next change may put it right.
///
/// # Errors
/// If nothing can be written to the terminal.
pub(crate) fn run(args: &Generate, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    loop {
        // Before they are read, so that a change in the meantime is seen.
        let seen = Inputs::now(args);
        match generate::run(args, terminal) {
            Ok(_) => {}
            Err(failure @ Failure::Output(_)) => return Err(failure),
            Err(Failure::Diagnostics(text)) => terminal.show(&text)?,
            Err(failure) => terminal.error(&failure.to_string())?,
        }
        terminal.flush()?;
        let files = if seen.len() == 1 { "1 file".to_owned() } else { format!("{} files", seen.len()) };
        terminal.warn(&format!("watching {files}\n"))?;
        let changed = next_change(args, &seen);
        terminal.warn(&format!("\nchanged: {}\n", changed.join(", ")))?;
    }
}

/// Waits for a change, and until it is over: an editor may write several files, or one in several steps. Gives the names of what has
/// changed.
fn next_change(args: &Generate, seen: &Inputs) -> Vec<String> {
    let mut before = seen.clone();
    loop {
        thread::sleep(PAUSE);
        let now = Inputs::now(args);
        let changed = now.changed_since(seen);
        if !changed.is_empty() && now == before {
            return changed.into_iter().map(|path| path.display().to_string()).collect();
        }
        before = now;
    }
}
