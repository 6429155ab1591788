//! The atlas of a builder: which files are in it.

use std::path::{Path, PathBuf};

use tlgen_atlas::Atlas;
use tlgen_model::Options;

use super::run::Run;
use super::{BuildError, Builder};

impl Builder {
    /// Reads the schemas of the atlas, and says what is wrong with them. `None` if none was asked for, or it has mistakes.
    pub(super) fn read_atlas(&self, run: &mut Run) -> Result<Option<Atlas>, BuildError> {
        if self.atlas.is_empty() {
            return Ok(None);
        }
        let mut files = Vec::new();
        for path in &self.atlas {
            for path in expand(path, run)? {
                match run.schema(&path)? {
                    Ok(file) => files.push(file),
                    Err(fault) => run.report.diagnostics.push(fault),
                }
            }
        }
        let loaded = tlgen_atlas::load(&run.report.sources, &files, &Options::default());
        run.report.diagnostics.extend(loaded.diagnostics);
        Ok(loaded.value)
    }
}

/// The files that a path means, in the order of their names. A folder is an input, too: a new file in it is a new layer.
fn expand(path: &Path, run: &mut Run) -> Result<Vec<PathBuf>, BuildError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (folder, pattern) = match name.split_once('*') {
        Some(pattern) => (path.parent().unwrap_or(Path::new("")), pattern),
        None if path.is_dir() => (path, ("", ".tl")),
        None => return Ok(vec![path.to_owned()]),
    };
    let read = |source| BuildError::Read { path: folder.to_owned(), source };
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(listed).map_err(read)? {
        let name = entry.map_err(read)?.file_name();
        let is_meant = name.to_str().is_some_and(|name| {
            name.strip_prefix(pattern.0).and_then(|rest| rest.strip_suffix(pattern.1)).is_some()
                && !name.starts_with('.')
        });
        if is_meant {
            files.push(folder.join(name));
        }
    }
    if files.is_empty() {
        return Err(BuildError::NoFiles(path.to_owned()));
    }
    files.sort();
    run.inputs.push(listed.to_owned());
    Ok(files)
}
