//! Texts to files.
//!
//! Each text is written under a temporary name beside its place and renamed, all after all texts are on disk: an error
//! or an interrupt leaves each file either old or new, never half.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Replaces one file or makes it. A link stays, and the file that it points at is replaced.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let mut pending = Pending::default();
    pending.add(&fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()), text)?;
    pending.commit()
}

/// Files that were written under temporary names. Those that are not renamed are removed on drop.
#[derive(Default)]
pub(crate) struct Pending {
    /// From, to.
    renames: Vec<(PathBuf, PathBuf)>,
}

impl Pending {
    /// Writes a text under a temporary name beside its place, in a folder that is made if need be.
    pub(crate) fn add(&mut self, path: &Path, text: &str) -> Result<(), Failure> {
        let fail = |error: io::Error| Failure::write(path, &error);
        let parent = path.parent().unwrap_or_else(|| Path::new(""));
        if !parent.as_os_str().is_empty() {
            fs::create_dir_all(parent).map_err(fail)?;
        }
        let file = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let temporary = parent.join(format!(".{file}.{}.tmp", std::process::id()));
        self.renames.push((temporary.clone(), path.to_owned()));
        fs::write(&temporary, text).map_err(fail)?;
        // A file that is replaced keeps its permissions.
        if let Ok(old) = fs::metadata(path) {
            fs::set_permissions(&temporary, old.permissions()).map_err(fail)?;
        }
        Ok(())
    }

    /// Puts every text in its place.
    pub(crate) fn commit(mut self) -> Result<(), Failure> {
        while let Some((from, to)) = self.renames.pop() {
            fs::rename(&from, &to).map_err(|error| {
                self.renames.push((from, to.clone()));
                Failure::write(&to, &error)
            })?;
        }
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        for (temporary, _) in &self.renames {
            // It may not exist; there is nothing more to do about one that can not be removed.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// The number of the first line that differs, from 1.
pub(crate) fn first_difference(found: &[u8], wanted: &[u8]) -> usize {
    let same = found.iter().zip(wanted).take_while(|(found, wanted)| found == wanted).count();
    found[..same].iter().filter(|&&byte| byte == b'\n').count() + 1
}
