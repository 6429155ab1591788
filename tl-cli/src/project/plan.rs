//! Compares the files that should exist with the files that exist.
//!
//! What comes in is the whole set of files in memory and the folder that they belong into; what goes out says what
//! writing them would change. Nothing here writes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tlgen_build::GENERATED_MARK as MARKER;

use crate::failure::Failure;

/// Paths relative to a folder, in order, with their texts.
pub(crate) type Files = BTreeMap<PathBuf, String>;

/// What is to be done with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It does not exist.
    Missing,
    /// It exists with another text.
    Different {
        /// The first line that differs, from 1.
        line: usize,
    },
    /// It is one of ours, and belongs to no schema.
    LeftOver,
}

/// What writing a set of files would change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// By path.
    pub(crate) changes: BTreeMap<PathBuf, Change>,
    /// How many files are as they should be.
    pub(crate) unchanged: usize,
    /// Files that exist under a name that is needed and that tlgen did not write.
    pub(crate) foreign: Vec<PathBuf>,
    /// Other Rust files that tlgen did not write: they are left alone, but the folder is not what the schemas say.
    pub(crate) strangers: Vec<PathBuf>,
}

impl Plan {
    /// Compares `files` with the folder `dir`, which need not exist. What is left over is looked for in `owned`, a
    /// folder relative to `dir`.
    ///
    /// # Errors
    /// If something in the folder cannot be read.
    pub(crate) fn new(dir: &Path, owned: &Path, files: &Files) -> Result<Self, Failure> {
        let mut plan = Self::default();
        for (path, text) in files {
            let full = dir.join(path);
            match fs::read(&full) {
                Ok(found) if found == text.as_bytes() => plan.unchanged += 1,
                Ok(found) if found.starts_with(MARKER.as_bytes()) => {
                    let line = first_difference(&found, text.as_bytes());
                    plan.changes.insert(path.clone(), Change::Different { line });
                }
                Ok(_) => plan.foreign.push(path.clone()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    plan.changes.insert(path.clone(), Change::Missing);
                }
                Err(error) => return Err(Failure::read(&full, &error)),
            }
        }
        for path in all_files(dir, owned)? {
            if files.contains_key(&path) {
                continue;
            }
            if is_ours(&dir.join(&path))? {
                plan.changes.insert(path, Change::LeftOver);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                plan.strangers.push(path);
            }
        }
        plan.strangers.sort();
        Ok(plan)
    }

    /// How many files would be written.
    pub(crate) fn written(&self) -> usize {
        self.changes.len() - self.removed()
    }

    /// How many files would be removed.
    pub(crate) fn removed(&self) -> usize {
        self.changes.values().filter(|change| **change == Change::LeftOver).count()
    }
}

/// All Rust files in a folder relative to `dir`, including those that tlgen did not write.
pub(super) fn rust_files(dir: &Path, relative: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = all_files(dir, relative)?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    Ok(files)
}

/// The files in a folder relative to `dir`. Links are not followed.
fn all_files(dir: &Path, relative: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![relative.to_owned()];
    while let Some(folder) = folders.pop() {
        let full = dir.join(&folder);
        let entries = match fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Failure::read(&full, &error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| Failure::read(&full, &error))?;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type().map_err(|error| Failure::read(&entry.path(), &error))?;
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// The number of the first line that differs, from 1.
pub(crate) fn first_difference(found: &[u8], wanted: &[u8]) -> usize {
    let same = found.iter().zip(wanted).take_while(|(found, wanted)| found == wanted).count();
    found[..same].iter().filter(|&&byte| byte == b'\n').count() + 1
}

/// Whether a file begins with [`MARKER`].
fn is_ours(path: &Path) -> Result<bool, Failure> {
    let mut start = Vec::with_capacity(MARKER.len());
    fs::File::open(path)
        .and_then(|file| file.take(MARKER.len() as u64).read_to_end(&mut start))
        .map_err(|error| Failure::read(path, &error))?;
    Ok(start == MARKER.as_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, text)| (PathBuf::from(path), format!("{MARKER}\n{text}"))).collect()
    }

    fn write(dir: &Path, files: &Files) {
        for (path, text) in files {
            fs::create_dir_all(dir.join(path).parent().unwrap()).unwrap();
            fs::write(dir.join(path), text).unwrap();
        }
    }

    #[test]
    fn a_folder_that_is_not_there_misses_all() {
        let dir = tempfile::tempdir().unwrap();
        let plan = Plan::new(&dir.path().join("none"), Path::new(""), &files(&[("a.rs", ""), ("b/c.rs", "")])).unwrap();
        assert_eq!(plan.changes.into_values().collect::<Vec<_>>(), [Change::Missing, Change::Missing]);
    }

    #[test]
    fn every_kind_of_change_and_what_is_not_ours() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &files(&[("same.rs", "x"), ("other.rs", "x\ny\n"), ("old/left.rs", "")]));
        fs::write(dir.path().join("old/by_hand.rs"), "fn main() {}").unwrap();
        fs::write(dir.path().join("lib.rs"), "//! By hand.").unwrap();
        let wanted = files(&[("same.rs", "x"), ("other.rs", "x\nz\n"), ("new.rs", ""), ("lib.rs", "")]);
        let plan = Plan::new(dir.path(), Path::new(""), &wanted).unwrap();
        assert_eq!(plan.unchanged, 1);
        assert_eq!(plan.foreign, [PathBuf::from("lib.rs")]);
        assert_eq!(plan.strangers, [PathBuf::from("old/by_hand.rs")]);
        assert_eq!((plan.written(), plan.removed()), (2, 1));
        let changes: Vec<_> = plan.changes.into_iter().collect();
        let expected = [
            (PathBuf::from("new.rs"), Change::Missing),
            (PathBuf::from("old/left.rs"), Change::LeftOver),
            (PathBuf::from("other.rs"), Change::Different { line: 3 }),
        ];
        assert_eq!(changes, expected);
        let plan = Plan::new(dir.path(), Path::new("new"), &wanted).unwrap();
        assert_eq!(plan.removed(), 0);
    }
}
