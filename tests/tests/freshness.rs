//! What is committed in `generated/` is what the pipeline makes of the schemas: file for file, none missing, none left over.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use tl_tests::tlgen::{tlgen, workspace};

/// How many lines of what differs a failure shows.
const SHOWN: usize = 40;

/// The only test that fails when `generated/` is stale: the others make their own copy fresh first.
#[test]
fn generated_is_fresh() {
    is_fresh("tlgen.toml");
}

/// The package cannot depend on `tl-generated`, which is not published, and has its own code.
#[test]
fn the_code_of_the_test_server_is_fresh() {
    is_fresh("tl-testserver/tlgen.toml");
}

fn is_fresh(configuration: &str) {
    let output = tlgen(workspace(), &["generate", "--check", "--diff", "--config", configuration]);
    let text = String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "the code is not what the schemas say; run `cargo tlgen generate --config {configuration}`\n{}",
        beginning(&text)
    );
}

/// The first [`SHOWN`] lines, how many are left out, and the last one, which counts the files.
fn beginning(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let Some((last, rest)) = lines.split_last().filter(|(_, rest)| rest.len() > SHOWN) else { return text.to_owned() };
    let (shown, more) = (rest[..SHOWN].join("\n"), rest.len() - SHOWN);
    format!("{shown}\n... {more} more lines: `cargo tlgen generate --check --diff` shows them all\n{last}\n")
}

/// A failure is short however much has changed, and shows the first difference.
#[test]
fn a_stale_folder_is_a_short_failure() {
    let copy = fresh_copy();
    let generated = copy.path().join("generated/src");
    for (path, text) in files(&generated) {
        let text = String::from_utf8(text).unwrap().replace("i32", "u32");
        fs::write(generated.join(path), text).unwrap();
    }
    let output = tlgen(copy.path(), &["generate", "--check", "--diff"]);
    assert_eq!(output.status.code(), Some(1));
    let whole = String::from_utf8(output.stdout).unwrap();
    assert!(whole.lines().count() > 500, "{}", beginning(&whole));
    let shown = beginning(&whole);
    assert_eq!(shown.lines().count(), SHOWN + 2, "{shown}");
    assert!(shown.contains("\n--- generated/src/") && shown.contains("\n@@ -"), "{shown}");
    assert!(
        shown.contains("u32") && shown.contains(" more lines: ") && shown.contains("files are not what"),
        "{shown}"
    );
}

/// The check can fail: each kind of difference is named, and nothing is written.
#[test]
fn each_difference_is_named() {
    let copy = fresh_copy();
    let generated = copy.path().join("generated/src");

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

/// Generating brings everything back to what it was.
#[test]
fn generating_mends_everything() {
    let copy = fresh_copy();
    let generated = copy.path().join("generated/src");
    let before = files(&generated);
    fs::write(generated.join("telegram_132/left_over.rs"), fs::read(generated.join("lib.rs")).unwrap()).unwrap();
    fs::remove_dir_all(generated.join("telegram_228")).unwrap();
    assert!(tlgen(copy.path(), &["generate"]).status.success());
    let (is_fresh, text) = check(copy.path());
    assert!(is_fresh, "{}", beginning(&text));
    let after = files(&generated);
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before));
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert!(changed.is_empty(), "{:?}", changed.iter().map(|(before, _)| &before.0).collect::<Vec<_>>());
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

/// A copy of the workspace's schemas and code, made fresh.
fn fresh_copy() -> TempDir {
    let copy = TempDir::new().unwrap();
    fs::copy(workspace().join("tlgen.toml"), copy.path().join("tlgen.toml")).unwrap();
    for folder in ["schema", "generated/src"] {
        for (path, text) in files(&workspace().join(folder)) {
            let to = copy.path().join(folder).join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, text).unwrap();
        }
    }
    assert!(tlgen(copy.path(), &["generate"]).status.success(), "the schemas have errors");
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
