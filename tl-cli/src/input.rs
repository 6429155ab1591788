//! Files and standard input to [`Sources`].

use std::io::Read;
use std::path::{Path, PathBuf};

use tl_diagnostics::{Style, render_all};
use tl_parser::json;
use tl_parser::source::{FileIdx, Sources};

use crate::failure::Failure;

/// The text of a file, or of standard input for `-`.
///
/// # Errors
/// If it can not be read, is not UTF-8, or is longer than a span can tell.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    let bytes = if is_stdin(path) {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| Failure::read(path, &error))?;
    if u32::try_from(bytes.len()).is_err() {
        return Err(Failure::Input(format!("`{}` has 4 GiB or more", path.display())));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let name = name(path);
        Failure::Input(format!("`{name}` is not UTF-8: line {line}, byte {} of the file", valid.len()))
    })
}

/// Reads all files. The JSON form of a schema is turned into TL, which is what messages then show.
pub(crate) fn sources(paths: &[PathBuf], style: Style) -> Result<(Sources, Vec<FileIdx>), Failure> {
    if paths.iter().filter(|path| is_stdin(path)).count() > 1 {
        return Err(Failure::Call("`-` stands for standard input and can be given once only".to_owned()));
    }
    let mut sources = Sources::new();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        files.push(schema(path, &mut sources, style)?);
    }
    Ok((sources, files))
}

/// Reads one schema.
pub(crate) fn schema(path: &Path, sources: &mut Sources, style: Style) -> Result<FileIdx, Failure> {
    let text = read(path)?;
    if !json::is_json(&text) {
        return Ok(sources.add(name(path), text));
    }
    match json::to_tl(&text) {
        Ok(tl) => Ok(sources.add(format!("{} as TL", name(path)), tl)),
        Err(error) => {
            let mut sources = Sources::new();
            let file = sources.add(name(path), text);
            Err(Failure::Diagnostics(render_all(&[error.diagnostic(file)], &sources, style)))
        }
    }
}

/// What to call a file in messages.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// Whether a file is standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}
