//! Pages to a folder.
//!
//! The folder has a list of what was written. It says which files are ours: these may be replaced, and are removed when there
//! is no page for them. A folder that has files and no list is left alone.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path};

use tlgen_build::disk::{self, Pending};
use tlgen_docs::Pages;

use crate::failure::Failure;

/// The list.
const LIST: &str = ".tlgen-docs";

/// Writes what differs, removes what is left over, and says how many files were written.
pub(super) fn write(out: &Path, pages: &Pages) -> Result<usize, Failure> {
    let list = out.join(LIST);
    let old = match fs::read_to_string(&list) {
        Ok(text) => text.lines().map(str::to_owned).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if is_used(out)? {
                return Err(Failure::Input(format!(
                    "`{}` has files that tlgen did not write: empty it, or choose another folder",
                    out.display()
                )));
            }
            BTreeSet::new()
        }
        Err(error) => return Err(Failure::read(&list, &error)),
    };
    // First the list with old and new files: if this is interrupted, the list still names all files that are ours.
    let both: BTreeSet<&str> = old.iter().chain(pages.keys()).map(String::as_str).collect();
    write_list(&list, both.into_iter())?;
    let mut pending = Pending::default();
    let mut written = 0;
    for (name, bytes) in pages {
        let path = out.join(name);
        if fs::read(&path).is_ok_and(|found| found == *bytes) {
            continue;
        }
        pending.add(&path, bytes)?;
        written += 1;
    }
    pending.commit()?;
    for name in old.iter().filter(|name| !pages.contains_key(*name) && is_inside(name)) {
        let path = out.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Failure::write(&path, &error)),
            _ => {}
        }
    }
    write_list(&list, pages.keys().map(String::as_str))?;
    Ok(written)
}

fn write_list<'n>(path: &Path, names: impl Iterator<Item = &'n str>) -> Result<(), Failure> {
    let text: String = names.flat_map(|name| [name, "\n"]).collect();
    Ok(disk::replace(path, &text)?)
}

/// Whether a folder is not empty.
fn is_used(folder: &Path) -> Result<bool, Failure> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::read(folder, &error)),
    }
}

/// Whether a name from the list stays in the folder.
fn is_inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn pages(list: &[(&str, &str)]) -> Pages {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn what_differs_is_written_and_what_is_left_over_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        assert_eq!(write(&out, &pages(&[("a.html", "1"), ("b/c.html", "2")])).unwrap(), 2);
        fs::write(out.join("mine.txt"), "x").unwrap();
        assert_eq!(write(&out, &pages(&[("a.html", "1"), ("d.html", "3")])).unwrap(), 1);
        assert!(!out.join("b/c.html").exists());
        assert!(out.join("mine.txt").exists());
    }

    /// Pages that cannot be written: those of before are as they were, and nothing half-written is left.
    #[test]
    fn nothing_is_half_written() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        write(&out, &pages(&[("a.html", "1"), ("b.html", "1")])).unwrap();
        // A file is where a page needs a folder.
        assert!(write(&out, &pages(&[("a.html", "2"), ("b.html/c.html", "2")])).is_err());
        assert_eq!(fs::read_to_string(out.join("a.html")).unwrap(), "1");
        assert_eq!(fs::read_to_string(out.join("b.html")).unwrap(), "1");
        let names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{names:?}");
    }

    #[test]
    fn a_folder_of_others_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "x").unwrap();
        assert!(matches!(write(folder.path(), &pages(&[("a.html", "1")])), Err(Failure::Input(_))));
        assert!(!folder.path().join("a.html").exists());
    }

    #[test]
    fn a_list_can_not_lead_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        fs::create_dir(&out).unwrap();
        fs::write(folder.path().join("thesis.txt"), "x").unwrap();
        fs::write(out.join(LIST), "../thesis.txt\n").unwrap();
        write(&out, &pages(&[("a.html", "1")])).unwrap();
        assert!(folder.path().join("thesis.txt").exists());
    }
}
