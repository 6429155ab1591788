//! The corpus of real schemas and byte vectors, which is not part of this project.
//!
//! Tests ask [`folder`] for it. What comes in is the variable `TL_CORPUS`; what goes out is the folder, or one line on standard
//! error that names the test and what it needs. If the variable names something else, the test fails; it is never skipped.

use std::io::Write as _;
use std::panic::Location;
use std::path::PathBuf;
use std::thread;

/// The variable that names the folder.
pub const VARIABLE: &str = "TL_CORPUS";

/// The folder that `TL_CORPUS` names. Without the variable `None`, and a line that says which test is skipped.
///
/// # Panics
/// When the variable names a folder that is not the corpus.
#[must_use]
#[track_caller]
pub fn folder() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os(VARIABLE).map(PathBuf::from) else {
        skipped(&format!("the corpus of real schemas: set {VARIABLE} to its folder"));
        return None;
    };
    assert!(folder.join("MANIFEST.tsv").is_file(), "{VARIABLE} is set, but {} is not the corpus", folder.display());
    Some(folder)
}

/// Says that the test that calls it is skipped, and what it `needs`.
#[track_caller]
pub fn skipped(needs: &str) {
    let line = line(thread::current().name(), Location::caller(), needs);
    // Not by `eprintln`, which the test harness captures.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The harness names the thread of a test after the test, unless it runs all of them on the main thread.
fn line(thread: Option<&str>, caller: &Location<'_>, needs: &str) -> String {
    let test = thread.filter(|name| *name != "main").map(|name| format!("{name} ")).unwrap_or_default();
    format!("SKIPPED {test}({}:{}) needs {needs}", caller.file(), caller.line())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_test_says_its_name_its_place_and_what_it_needs() {
        let here = Location::caller();
        let place = format!("({}:{})", here.file(), here.line());
        assert_eq!(
            line(Some("layers::all"), here, "a browser"),
            format!("SKIPPED layers::all {place} needs a browser")
        );
        assert_eq!(line(Some("main"), here, "a browser"), format!("SKIPPED {place} needs a browser"));
        assert_eq!(line(None, here, "a browser"), format!("SKIPPED {place} needs a browser"));
    }
}
