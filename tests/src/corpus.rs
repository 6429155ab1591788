//! The corpus of real schemas, which is no part of the project.

use std::io::Write;
use std::path::PathBuf;

/// The folder that `TL_CORPUS` names. Without the variable `None`, which is said past the capture of the test harness.
///
/// # Panics
/// When the variable is set and there is no corpus.
#[must_use]
pub fn corpus() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("TL_CORPUS").map(PathBuf::from) else {
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        _ = writeln!(std::io::stderr(), "skipped {test}: TL_CORPUS is not set");
        return None;
    };
    assert!(folder.join("MANIFEST.tsv").is_file(), "TL_CORPUS is set and {} is no corpus", folder.display());
    Some(folder)
}
