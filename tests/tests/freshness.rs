//! What is committed in `generated/` is what the pipeline makes of the schemas: file for file, none missing, none left over.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use tl_tests::tlgen::{tlgen, workspace};

#[test]
fn generated_is_fresh() {
    let output = tlgen(workspace(), &["generate", "--check"]);
    let text = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "`generated/` is not what the schemas say; run `cargo tlgen generate`\n{text}");
}

/// The check can fail: each kind of difference is named, and nothing is written.
#[test]
fn each_difference_is_named() {
    let copy = copy_of_the_workspace();
    let generated = copy.path().join("generated/src");
    assert!(check(copy.path()).0, "the copy is fresh");

    fs::write(generated.join("telegram_132/left_over.rs"), fs::read(generated.join("lib.rs")).unwrap()).unwrap();
    fs::remove_file(generated.join("telegram_228/functions/contacts.rs")).unwrap();
    let mut changed = fs::read_to_string(generated.join("mtproto/mod.rs")).unwrap();
    changed.push('\n');
    fs::write(generated.join("mtproto/mod.rs"), &changed).unwrap();

    let (is_fresh, text) = check(copy.path());
    assert!(!is_fresh);
    for (kind, file) in [
        ("left over", "telegram_132/left_over.rs"),
        ("missing", "telegram_228/functions/contacts.rs"),
        ("different", "mtproto/mod.rs"),
    ] {
        let named = text.lines().any(|line| line.contains(kind) && line.contains(file));
        assert!(named, "{file} is {kind}, but that is not said:\n{text}");
    }
    assert!(text.contains("tlgen generate"), "what to do is said:\n{text}");
    assert_eq!(fs::read_to_string(generated.join("mtproto/mod.rs")).unwrap(), changed);
    assert!(!generated.join("telegram_228/functions/contacts.rs").exists());
}

/// Generating brings everything back to what is committed.
#[test]
fn generating_mends_everything() {
    let copy = copy_of_the_workspace();
    let generated = copy.path().join("generated/src");
    fs::write(generated.join("telegram_132/left_over.rs"), fs::read(generated.join("lib.rs")).unwrap()).unwrap();
    fs::remove_dir_all(generated.join("telegram_228")).unwrap();
    assert!(tlgen(copy.path(), &["generate"]).status.success());
    assert!(check(copy.path()).0);
    assert_eq!(files(&generated), files(&workspace().join("generated/src")));
}

/// The result of the check and what it says.
fn check(folder: &Path) -> (bool, String) {
    let output = tlgen(folder, &["generate", "--check"]);
    let text = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
    if !output.status.success() {
        assert_eq!(output.status.code(), Some(1), "{text}");
    }
    (output.status.success(), text)
}

fn copy_of_the_workspace() -> TempDir {
    let copy = TempDir::new().unwrap();
    fs::copy(workspace().join("tlgen.toml"), copy.path().join("tlgen.toml")).unwrap();
    for folder in ["schema", "generated/src"] {
        for (path, text) in files(&workspace().join(folder)) {
            let to = copy.path().join(folder).join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, text).unwrap();
        }
    }
    copy
}

/// Relative paths and contents, sorted.
fn files(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
