//! Folders among the arguments to the schemas below them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tlgen_parser::json;
use walkdir::{DirEntry, WalkDir};

use crate::failure::Failure;
use crate::input;

/// The files that the arguments name. For a folder these are its `.tl` files and its `.json` files with a schema, at any depth and
/// in the order of their names, without what begins with a dot. A file that an argument before it has named is not named again.
///
/// # Errors
/// If a folder has no schema, or cannot be read.
pub(crate) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    expand(paths, &is_meant, "no schema")
}

/// The schemas below a folder; those in the folder itself only, if `is_deep` is false.
pub(crate) fn schemas(dir: &Path, is_deep: bool) -> Result<Vec<PathBuf>, Failure> {
    walk(dir, if is_deep { usize::MAX } else { 1 }, &is_meant)
}

/// Files of Rust: those that are named, and those below folders, without hidden ones.
pub(crate) fn rust_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    expand(paths, &|path| Ok(has_ending(path, "rs")), "no file of Rust")
}

/// The same without JSON.
pub(crate) fn tl_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    expand(paths, &|path| Ok(has_ending(path, "tl")), "no schema")
}

/// Whether a file in a folder is one of those that are looked for.
type Test = dyn Fn(&Path) -> Result<bool, Failure>;

fn expand(paths: &[PathBuf], is_meant: &Test, lack: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::with_capacity(paths.len());
    let mut named = BTreeSet::new();
    for path in paths {
        if input::is_stdin(path) || !path.is_dir() {
            named.insert(path.clone());
            files.push(path.clone());
            continue;
        }
        let found = walk(path, usize::MAX, is_meant)?;
        if found.is_empty() {
            return Err(Failure::Call(format!("the folder `{}` has {lack}", path.display())));
        }
        files.extend(found.into_iter().filter(|file| named.insert(file.clone())));
    }
    Ok(files)
}

fn walk(dir: &Path, depth: usize, is_meant: &Test) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let entries = WalkDir::new(dir).max_depth(depth).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry)) {
        let entry = entry.map_err(|error| Failure::Call(format!("cannot read a folder: {error}")))?;
        if entry.file_type().is_file() && is_meant(entry.path())? {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// Whether a file in a folder may be a schema, by its name: a hidden one is not.
pub(crate) fn is_candidate(path: &Path) -> bool {
    let is_hidden = path.iter().any(|part| part.as_encoded_bytes().starts_with(b"."));
    !is_hidden && (has_ending(path, "tl") || has_ending(path, "json"))
}

fn is_meant(path: &Path) -> Result<bool, Failure> {
    Ok(has_ending(path, "tl") || (has_ending(path, "json") && is_schema(path)?))
}

/// Whether a file has the JSON form of a schema. Tables of descriptions are JSON, too, and may be beside it.
fn is_schema(path: &Path) -> Result<bool, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::read(path, &error))?;
    Ok(json::is_schema(&String::from_utf8_lossy(&bytes)))
}
