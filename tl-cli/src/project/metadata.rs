//! Files with metadata to one table.

use std::path::{Path, PathBuf};

use tlgen_meta::{MetaError, Metadata, import, sidecar};
use tlgen_parser::source::Sources;

use crate::failure::Failure;
use crate::input;

/// Why there is no table.
pub(crate) enum Fault {
    /// A file cannot be read.
    Unread(PathBuf, Failure),
    /// A file is not what it should be.
    Malformed(MetaError),
}

/// Reads files below `base`: sidecar files by their ending `.toml`, tables of others otherwise. What an earlier file says
/// has precedence.
pub(crate) fn read(paths: &[PathBuf], base: &Path, sources: &mut Sources) -> Result<Metadata, Fault> {
    let mut metadata = Metadata::default();
    for name in paths {
        let path = base.join(name);
        let text = input::read(&path).map_err(|failure| Fault::Unread(name.clone(), failure))?;
        let file = sources.add(input::name(&path), text.clone());
        let is_sidecar = path.extension().is_some_and(|extension| extension == "toml");
        let read = if is_sidecar { sidecar::read(&text, file) } else { import::read(&text, file) };
        metadata.merge(read.map_err(Fault::Malformed)?);
    }
    Ok(metadata)
}
