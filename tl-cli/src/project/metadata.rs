//! Files with metadata.

use std::path::{Path, PathBuf};

use tlgen_meta::{Metadata, import, sidecar};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Sources;

use crate::failure::Failure;
use crate::input;
use crate::show::Show;

/// Why there is no table.
pub(crate) enum Fault {
    /// A file cannot be read.
    Unread(PathBuf, Failure),
    /// A file is not what it should be.
    Malformed(Box<Diagnostic>),
}

/// A file with metadata.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The path as it was given.
    #[cfg_attr(not(feature = "docs"), expect(dead_code, reason = "only reference pages name it"))]
    pub(crate) path: PathBuf,
    pub(crate) metadata: Metadata,
}

/// Reads files below `base`: sidecar files by their ending `.toml`, tables of others otherwise.
pub(crate) fn read(paths: &[PathBuf], base: &Path, sources: &mut Sources, show: Show) -> Result<Vec<Source>, Fault> {
    let mut found = Vec::new();
    for name in paths {
        let path = base.join(name);
        let text = input::read(&path, show).map_err(|failure| Fault::Unread(name.clone(), failure))?;
        let file = sources.add(input::name(&path), text.clone());
        let is_sidecar = path.extension().is_some_and(|extension| extension == "toml");
        let read = if is_sidecar { sidecar::read(&text, file) } else { import::read(&text, file) };
        let metadata = read.map_err(|error| {
            let mut diagnostic = error.diagnostic();
            if diagnostic.primary.is_none() {
                diagnostic.message = format!("{}: {}", input::name(&path), diagnostic.message);
            }
            Fault::Malformed(Box::new(diagnostic))
        })?;
        found.push(Source { path, metadata });
    }
    Ok(found)
}

/// All files as one table. What an earlier file says has precedence.
pub(crate) fn merged(sources: &[Source]) -> Metadata {
    let mut metadata = Metadata::default();
    for source in sources {
        metadata.merge(source.metadata.clone());
    }
    metadata
}
