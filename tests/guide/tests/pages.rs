//! What the pages say besides Rust: commands and what they print, configurations, schemas, links.

#![allow(clippy::unwrap_used)]

mod session;

use std::collections::BTreeSet;
use std::fs;

use notes::PAGES;
use notes::pages::{Block, blocks, guide, read, root, write_files};
use pulldown_cmark::{Event, Parser, Tag};
use tl_tests::tlgen::tlgen;

fn pages() -> impl Iterator<Item = (&'static str, String)> {
    PAGES.iter().map(|path| (*path, read(&root().join(path))))
}

fn links(page: &str) -> Vec<String> {
    let links = Parser::new(page).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    links.collect()
}

#[test]
fn every_page_is_in_the_summary_and_is_compiled() {
    let files = fs::read_dir(guide()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.filter(|name| name != "SUMMARY.md").collect();
    let summary: BTreeSet<String> = links(&read(&guide().join("SUMMARY.md"))).into_iter().collect();
    let compiled = PAGES.iter().filter_map(|path| path.strip_prefix("guide/src/"));
    assert_eq!(summary, files);
    assert_eq!(compiled.map(str::to_owned).collect::<BTreeSet<_>>(), files);
}

#[test]
fn links_lead_somewhere() {
    for (path, page) in pages() {
        for link in links(&page) {
            let file = link.split('#').next().unwrap();
            if link.contains("://") || file.is_empty() {
                continue;
            }
            let target = root().join(path).parent().unwrap().join(file);
            assert!(target.exists(), "{path}: {link}");
            if let Some((_, anchor)) = link.split_once('#') {
                let has = read(&target).lines().any(|line| {
                    line.starts_with('#')
                        && line.trim_start_matches(['#', ' ']).to_lowercase().replace(' ', "-") == anchor
                });
                assert!(has, "{path}: {link}");
            }
        }
    }
}

/// Blocks of Rust are whole: nothing is hidden, nothing is left out of the compilation.
#[test]
fn blocks_are_of_known_kinds() {
    for (path, page) in pages() {
        for Block { info, text } in blocks(&page) {
            match info.as_str() {
                "rust" | "rust,no_run" => {
                    assert!(!text.lines().any(|line| line.trim_start().starts_with("# ")), "{path}: {text}");
                    let is_library = text.starts_with("// src/lib.rs\n");
                    assert!(is_library || text.contains("fn main()"), "{path}: {text}");
                }
                "rust,ignore" => is_a_file(path, &text),
                "tl" => {
                    let found = tlgen_parser::parse(&text);
                    assert!(found.errors.is_empty(), "{path}: {:?}\n{text}", found.errors);
                }
                "toml" => {
                    text.parse::<toml::Table>().unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
                }
                "console" => assert!(text.starts_with("$ tlgen "), "{path}: {text}"),
                "sh" | "text" | "yaml" => {}
                other => panic!("{path}: a block of the kind `{other}`"),
            }
        }
    }
}

/// A block that needs more than the guide has is a file of this repository, without its first line that says what it is.
fn is_a_file(page: &str, text: &str) {
    let (name, code) = text.split_once('\n').unwrap();
    let file = name.strip_prefix("// ").unwrap_or_else(|| panic!("{page}: a block that names no file:\n{text}"));
    let file_text = read(&root().join(file));
    let (first, rest) = file_text.split_once("\n\n").unwrap();
    assert!(first.starts_with("//! ") && rest == code, "{page}: {file} is another text");
    // CI runs it.
    let (folder, example) = file.split_once("/examples/").unwrap_or_else(|| panic!("{page}: {file} is no example"));
    let run = format!("--example {}", example.trim_end_matches(".rs"));
    let ci = read(&root().join(".ci/run"));
    assert!(root().join(folder).join("Cargo.toml").is_file() && ci.contains(&run), "{page}: .ci/run has no `{run}`");
}

/// Commands print what the pages show, in a folder with the files of the first page, of their own, and a recorded session.
#[test]
fn commands_print_what_is_shown() {
    let first = read(&guide().join("first-schema.md"));
    let mut count = 0;
    for (path, page) in pages() {
        let folder = tempfile::tempdir().unwrap();
        write_files(&first, folder.path()).unwrap();
        write_files(&page, folder.path()).unwrap();
        session::write(folder.path());
        for block in blocks(&page).into_iter().filter(|block| block.info == "console") {
            for run in block.text.split("$ tlgen ").skip(1) {
                let (command, shown) = run.split_once('\n').unwrap();
                let args = arguments(command);
                let args: Vec<&str> = args.iter().map(String::as_str).collect();
                let output = tlgen(folder.path(), &args);
                let printed = [output.stdout, output.stderr].concat();
                let printed = String::from_utf8(printed).unwrap();
                assert_eq!(without_time(printed.trim_end()), without_time(shown.trim_end()), "{path}: {command}");
                count += 1;
            }
        }
    }
    assert!(count >= 3, "{count} commands");
}

/// The arguments of a line as a shell takes them apart: at blanks that are not between single quotes.
fn arguments(line: &str) -> Vec<String> {
    let mut args = vec![String::new()];
    for (index, part) in line.split('\'').enumerate() {
        let last = args.last_mut().unwrap();
        if index % 2 == 1 {
            last.push_str(part);
            continue;
        }
        let mut words = part.split(' ');
        last.push_str(words.next().unwrap());
        args.extend(words.map(str::to_owned));
    }
    args
}

/// `in 0.08 s` without the number.
fn without_time(text: &str) -> String {
    match text.rsplit_once(" in ") {
        Some((before, time)) if time.ends_with(" s") => format!("{before} in a moment"),
        _ => text.to_owned(),
    }
}

/// The packages and features that the pages name exist.
#[test]
fn manifests_name_what_there_is() {
    let mut count = 0;
    for (path, page) in pages() {
        for block in blocks(&page).into_iter().filter(|block| block.info == "toml") {
            let table: toml::Table = block.text.parse().unwrap();
            for kind in ["dependencies", "build-dependencies"] {
                for (package, wanted) in table.get(kind).and_then(toml::Value::as_table).into_iter().flatten() {
                    let manifest = manifest(package);
                    let features = wanted.get("features").and_then(toml::Value::as_array);
                    for feature in features.map_or(&[][..], Vec::as_slice) {
                        assert!(manifest["features"].get(feature.as_str().unwrap()).is_some(), "{path}: {feature:?}");
                    }
                    let folder = wanted.get("path").and_then(toml::Value::as_str);
                    assert!(folder.is_none_or(|folder| folder.ends_with(folder_of(package))), "{path}: {package}");
                    count += 1;
                }
            }
        }
    }
    assert!(count >= 4, "{count} dependencies");
}

fn folder_of(package: &str) -> &str {
    match package {
        "tlgen-runtime" => "tl-runtime",
        "tlgen-build" => "tl-codegen",
        other => panic!("the pages name no package `{other}`"),
    }
}

fn manifest(package: &str) -> toml::Table {
    let text = read(&root().join(folder_of(package)).join("Cargo.toml"));
    let manifest: toml::Table = text.parse().unwrap();
    assert_eq!(manifest["package"]["name"].as_str(), Some(package));
    manifest
}

#[test]
fn files_are_known_by_their_first_line() {
    let block = |text: &str| Block { info: String::new(), text: text.to_owned() };
    assert_eq!(block("// build.rs\nfn main() {}").file(), Some("build.rs"));
    assert_eq!(block("# schema/a.meta.toml\n").file(), Some("schema/a.meta.toml"));
    for text in ["// A sentence.\n", "// one.two words\n", "fn main() {}", ""] {
        assert_eq!(block(text).file(), None, "{text}");
    }
}
