//! Options have one name everywhere: in `Config`, `Builder`, `tlgen.toml`, on the command line and in the guide.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;

use tl_tests::tlgen::{tlgen, workspace};
use tlgen_build::Config;

/// The fields that can be chosen, and the one that is read from files.
fn options() -> BTreeSet<String> {
    Config::names().iter().copied().chain(["metadata"]).map(str::to_owned).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(workspace().join(path)).unwrap()
}

/// The keys of `tlgen.toml` as `tlgen config` shows them, each as a row of a table in the guide.
fn keys() -> Vec<(String, String)> {
    let text = String::from_utf8(tlgen(workspace(), &["config"]).stdout).unwrap();
    let blocks = text.split("\n\n").filter(|block| !block.trim_end().ends_with(']') || block.contains(" = "));
    let rows = blocks.filter_map(|block| {
        let lines: Vec<&str> = block.lines().map(|line| line.trim_start_matches("# ")).collect();
        let [first, meaning @ .., last] = &lines[..] else { return None };
        let (kind, absent) = first.rsplit_once("; ")?;
        let absent = absent.trim_start_matches("by default ");
        let is_value = absent.starts_with(['[', '"', '{']) || ["true", "false"].contains(&absent);
        let absent = if is_value { format!("`{absent}`") } else { absent.to_owned() };
        let meaning = meaning.join(" ");
        let (start, rest) = meaning.split_at(1);
        let meaning = start.to_lowercase() + rest.trim_end_matches('.');
        let name = last.split_once(" = ")?.0.to_owned();
        let row = format!("| `{name}` | {kind} | {absent} | {meaning} |");
        Some((name, row))
    });
    rows.collect()
}

#[test]
fn the_configuration_has_each_option() {
    let named: BTreeSet<String> = keys().into_iter().map(|(name, _)| name).collect();
    let others = ["dir", "root", "regenerate", "allow", "warn", "deny", "name", "files", "older"].map(str::to_owned);
    assert_eq!(named, options().into_iter().chain(others).collect());
}

#[test]
fn the_guide_has_each_key_in_its_tables() {
    let guide = read("guide/src/options.md");
    let keys = keys();
    for (name, row) in &keys {
        assert!(guide.lines().any(|line| line == row), "the guide has no row for `{name}`:\n{row}");
    }
    let rows = guide.lines().filter(|line| line.starts_with("| `"));
    assert_eq!(rows.count(), keys.len());
}

#[test]
fn the_builder_has_a_method_for_each_option() {
    let builder = read("tl-codegen/src/builder/mod.rs");
    for option in options() {
        assert!(builder.contains(&format!("pub fn {option}(mut self, ")), "{option}");
    }
}

/// Whether a line begins with an argument, whose value may be left out: `--views[=<BY>]`.
fn has_argument(help: &str, argument: &str) -> bool {
    let mut words = help.lines().filter_map(|line| line.split_whitespace().next());
    words.any(|word| word.split('[').next() == Some(argument))
}

#[test]
fn the_command_line_has_an_argument_for_each_option() {
    let help = String::from_utf8(tlgen(workspace(), &["generate", "--help"]).stdout).unwrap();
    for option in options() {
        let argument = format!("--{}", option.replace('_', "-"));
        assert!(has_argument(&help, &argument), "{argument}");
    }
}

/// All that a build script can say can be said in a call: the options, the schemas, and where and how the code is written.
#[test]
fn the_command_line_has_an_argument_for_each_method_of_the_builder() {
    let help = |command: &str| String::from_utf8(tlgen(workspace(), &[command, "--help"]).stdout).unwrap();
    let (generate, atlas) = (help("generate"), help("atlas"));
    let builder = read("tl-codegen/src/builder/mod.rs");
    let methods: Vec<&str> = builder
        .split("pub fn ")
        .skip(1)
        .filter_map(|rest| rest.split_once('('))
        .filter(|(_, rest)| {
            let receiver = rest.trim_start();
            receiver.starts_with("self") || receiver.starts_with("mut self")
        })
        .map(|(name, _)| name)
        .collect();
    assert!(methods.len() > 20 && methods.contains(&"schema_files"), "{methods:?}");
    for method in methods {
        let (help, argument) = match method {
            "atlas" => (&atlas, "out"),
            "atlas_names" => (&atlas, "names"),
            "schema_files" => (&generate, "schema"),
            "layers" => (&generate, "older"),
            "out_dir" => (&generate, "out"),
            other => (&generate, other),
        };
        let argument = format!("--{}", argument.replace('_', "-"));
        assert!(has_argument(help, &argument), "{method}: {argument}");
    }
}
