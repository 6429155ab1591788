//! A plan to files on disk.

use std::fs;
use std::path::Path;

use tlgen_build::disk::Pending;

use super::plan::{Change, Files, Plan};
use crate::failure::Failure;

/// Does what the plan says.
///
/// # Errors
/// If a file or folder cannot be written or removed; temporary files are removed then.
pub(crate) fn apply(dir: &Path, files: &Files, plan: &Plan) -> Result<(), Failure> {
    let mut pending = Pending::default();
    for (path, change) in &plan.changes {
        if *change != Change::LeftOver {
            pending.add(&dir.join(path), &files[path])?;
        }
    }
    pending.commit()?;
    for (path, change) in &plan.changes {
        if *change == Change::LeftOver {
            let full = dir.join(path);
            fs::remove_file(&full).map_err(|error| Failure::write(&full, &error))?;
            remove_empty_parents(dir, path);
        }
    }
    Ok(())
}

/// Removes the folders between `dir` and `path` that a removed file leaves empty.
fn remove_empty_parents(dir: &Path, path: &Path) {
    for parent in path.ancestors().skip(1).take_while(|parent| !parent.as_os_str().is_empty()) {
        if fs::remove_dir(dir.join(parent)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use tlgen_build::GENERATED_MARK as MARKER;

    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![dir.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                found.push(path.strip_prefix(dir).unwrap().to_string_lossy().into_owned());
                if path.is_dir() {
                    folders.push(path);
                }
            }
        }
        found.sort();
        found
    }

    fn run(dir: &Path, files: &Files) {
        let plan = Plan::new(dir, Path::new(""), files).unwrap();
        apply(dir, files, &plan).unwrap();
    }

    #[test]
    fn writes_removes_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("src");
        let file = |text: &str| format!("{MARKER}\n{text}");
        let mut files: Files = [("lib.rs".into(), file("a")), ("old/deep/x.rs".into(), file("b"))].into();
        run(&out, &files);
        assert_eq!(names(&out), ["lib.rs", "old", "old/deep", "old/deep/x.rs"]);
        fs::write(out.join("by_hand.rs"), "").unwrap();
        files.remove(Path::new("old/deep/x.rs"));
        files.insert("lib.rs".into(), file("c"));
        run(&out, &files);
        assert_eq!(names(&out), ["by_hand.rs", "lib.rs"]);
        assert_eq!(fs::read_to_string(out.join("lib.rs")).unwrap(), file("c"));
        let strangers = vec!["by_hand.rs".into()];
        assert_eq!(
            Plan::new(&out, Path::new(""), &files).unwrap(),
            Plan { unchanged: 1, strangers, ..Plan::default() }
        );
    }

    #[test]
    fn a_failed_write_leaves_the_old_files() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "").unwrap();
        let files: Files = [("a.rs".into(), MARKER.to_owned()), ("file/b.rs".into(), MARKER.to_owned())].into();
        let changes = files.keys().map(|path| (path.clone(), Change::Missing)).collect();
        let plan = Plan { changes, ..Plan::default() };
        assert!(matches!(apply(dir.path(), &files, &plan), Err(Failure::Call(_))));
        assert_eq!(names(dir.path()), ["file"]);
    }
}
