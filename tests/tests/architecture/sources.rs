//! The Rust files of the libraries and the command line.

use std::fs;

use tl_tests::tlgen::workspace;

/// A file of a library or of the command line, without their tests.
pub(crate) struct Source {
    /// From the root of the workspace, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// All of them, by path.
pub(crate) fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for entry in fs::read_dir(workspace()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("tl-") {
            folders.push(path.join("src"));
        }
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension() == Some("rs".as_ref()) && path.file_name() != Some("tests.rs".as_ref()) {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(workspace()).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 150, "{} files are not all", found.len());
    found
}
