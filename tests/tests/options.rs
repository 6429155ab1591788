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

#[test]
fn the_guide_has_each_option_in_its_table() {
    let guide = read("guide/src/options.md");
    let (_, table) = guide.split_once("| option | what it does |\n|---|---|\n").unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let names: Vec<String> = rows.map(|row| row.split('`').nth(1).unwrap().to_owned()).collect();
    assert_eq!(names.len(), options().len(), "{names:?}");
    assert_eq!(names.into_iter().collect::<BTreeSet<_>>(), options());
}

#[test]
fn the_builder_has_a_method_for_each_option() {
    let builder = read("tl-codegen/src/builder/mod.rs");
    for option in options() {
        assert!(builder.contains(&format!("pub fn {option}(mut self, ")), "{option}");
    }
}

#[test]
fn the_command_line_has_an_argument_for_each_option() {
    let help = String::from_utf8(tlgen(workspace(), &["generate", "--help"]).stdout).unwrap();
    for option in options() {
        let argument = format!("--{}", option.replace('_', "-"));
        assert!(help.lines().any(|line| line.split_whitespace().next() == Some(&argument)), "{argument}");
    }
}

#[test]
fn the_explanation_of_the_configuration_shows_each_key() {
    let text = String::from_utf8(tlgen(workspace(), &["explain", "TL0301"]).stdout).unwrap();
    for option in options() {
        let is_key = |line: &str| {
            let line = line.trim_start();
            line.starts_with(&format!("{option} = ")) || line.starts_with(&format!("[schema.{option}]"))
        };
        assert!(text.lines().any(is_key), "{option}");
    }
}
