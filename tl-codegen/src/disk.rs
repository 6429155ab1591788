//! Texts to files: each file is either old or new, never half-written.
//!
//! Each text is written to a temporary file beside its target. Once all texts are on disk, the files are renamed. The temporary
//! names are random and the files must be new, so that nobody can put a link there first.

use core::fmt;
use std::collections::hash_map::RandomState;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that cannot be written.
#[derive(Debug)]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write `{}`: {}", self.path.display(), self.source)
    }
}

impl core::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Replaces one file or makes it. A link is kept, and the file that it points at is replaced.
///
/// # Errors
/// If the file or its folder cannot be written; the old file is as it was.
pub fn replace(path: &Path, text: impl AsRef<[u8]>) -> Result<(), WriteError> {
    let mut pending = Pending::default();
    pending.add(&fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()), text)?;
    pending.commit()
}

/// Files that were written under temporary names. Those that are not renamed are removed on drop.
#[derive(Debug, Default)]
pub struct Pending {
    /// From, to.
    renames: Vec<(PathBuf, PathBuf)>,
}

impl Pending {
    /// Writes a text, or bytes, under a temporary name beside its file, in a folder that is made if need be.
    ///
    /// # Errors
    /// If the file or its folder cannot be written.
    pub fn add(&mut self, path: &Path, text: impl AsRef<[u8]>) -> Result<(), WriteError> {
        let fail = |source| WriteError { path: path.to_owned(), source };
        let parent = path.parent().unwrap_or_else(|| Path::new(""));
        if !parent.as_os_str().is_empty() {
            fs::create_dir_all(parent).map_err(fail)?;
        }
        let (mut file, temporary) = create(parent).map_err(fail)?;
        self.renames.push((temporary.clone(), path.to_owned()));
        file.write_all(text.as_ref()).map_err(fail)?;
        // A file that is replaced keeps its permissions.
        if let Ok(old) = fs::metadata(path) {
            fs::set_permissions(&temporary, old.permissions()).map_err(fail)?;
        }
        Ok(())
    }

    /// Renames every text to its file.
    ///
    /// # Errors
    /// If a file cannot be renamed. The files before it are new, the others are as they were.
    pub fn commit(mut self) -> Result<(), WriteError> {
        while let Some((from, to)) = self.renames.pop() {
            fs::rename(&from, &to).map_err(|source| {
                self.renames.push((from, to.clone()));
                WriteError { path: to, source }
            })?;
        }
        Ok(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        for (temporary, _) in &self.renames {
            // Nothing more can be done about a file that cannot be removed.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// A new file in a folder, under a name that nobody could know before.
fn create(folder: &Path) -> io::Result<(File, PathBuf)> {
    loop {
        let path = folder.join(format!(".tlgen-{:016x}.tmp", RandomState::new().build_hasher().finish()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            result => return result.map(|file| (file, path)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_not_committed_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut pending = Pending::default();
        pending.add(&folder.path().join("a"), "1").unwrap();
        pending.add(&folder.path().join("b"), "2").unwrap();
        assert!(names(folder.path()).iter().all(|name| name.starts_with(".tlgen-")));
        drop(pending);
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn a_file_that_can_not_be_replaced_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/in_the_way")).unwrap();
        let error = replace(&folder.path().join("a/.."), "1").unwrap_err();
        assert!(error.to_string().starts_with("cannot write `"), "{error}");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_kept_and_permissions_too() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        std::os::unix::fs::symlink("file", &link).unwrap();
        replace(&link, "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
