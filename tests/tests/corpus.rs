//! `tlgen` on every schema of the corpus.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use tl_tests::tlgen::tlgen;

/// Files that are not schemas: examples for the parser of another tool, with what they do wrong.
const EXAMPLES: [(&str, &str); 4] = [
    ("schemas/gotd-tl/golden-strict-categories.tl", "a function returns a type that is declared nowhere"),
    ("schemas/gotd-tl/input-categories.tl", "the same"),
    ("schemas/vk-idea-plugin/parser-types-arrays.tl", "a constructor is declared twice, in two meanings"),
    ("schemas/vk-idea-plugin/resolve-type_parameter_and_field_masks_2.tl", "a number stands in the place of a type"),
];

/// The schemas of the manifest with the number of their declarations.
fn schemas(folder: &Path) -> BTreeMap<String, usize> {
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let rows = manifest.lines().map(|row| row.split('\t').collect::<Vec<_>>());
    let rows =
        rows.filter(|row| row[0].starts_with("schemas/") && [".tl", ".json"].iter().any(|end| row[0].ends_with(end)));
    rows.map(|row| (row[0].to_owned(), row[7].parse().unwrap())).collect()
}

#[test]
fn every_schema_is_accepted() {
    let Some(folder) = tl_corpus::folder() else { return };
    let schemas = schemas(&folder);
    assert!(schemas.len() > 70, "{}", schemas.len());
    let mut wrong = Vec::new();
    let mut refused = BTreeSet::new();
    for (path, declarations) in &schemas {
        let output = tlgen(&folder, &["check", path]);
        let text = String::from_utf8(output.stdout).unwrap();
        let last = text.lines().last().unwrap_or_default();
        let plural = if *declarations == 1 { "" } else { "s" };
        if !last.starts_with(&format!("1 file, {declarations} declaration{plural}: ")) {
            wrong.push(format!("{path}: {declarations} declarations in the manifest, and we say {last}"));
        }
        match output.status.code() {
            Some(0) => {}
            Some(1) => {
                refused.insert(path.as_str());
                // Checked as a part of another schema, it has no errors.
                assert_eq!(tlgen(&folder, &["check", "--fragment", path]).status.code(), Some(0), "{path}");
            }
            code => panic!("{path}: {code:?} {}", String::from_utf8_lossy(&output.stderr)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(refused, EXAMPLES.iter().map(|(path, _)| *path).collect());
}

/// Old constructors use types of the newest layer.
#[test]
fn a_part_is_resolved_by_the_other_one() {
    let Some(folder) = tl_corpus::folder() else { return };
    let part = "schemas/misc/mtcute-compat.tl";
    let undeclared = |args: &[&str]| {
        let output = tlgen(&folder, args);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap().matches("warning[TL0103]").count()
    };
    assert!(undeclared(&["check", part]) > 10);
    assert_eq!(undeclared(&["check", "--together", part, "schemas/telegram/api-layer-228.tl"]), 0);
}

#[test]
fn ids_of_the_official_compiler() {
    let Some(folder) = tl_corpus::folder() else { return };
    let text = std::fs::read_to_string(folder.join("vectors/ids-official-tlparser.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    let list: String =
        vectors.iter().map(|vector| format!("{};\n", vector["line"].as_str().unwrap().trim_end_matches(';'))).collect();
    let sandbox = tempfile::tempdir().unwrap();
    std::fs::write(sandbox.path().join("lines.tl"), list).unwrap();
    let output = tlgen(sandbox.path(), &["id", "--id-rule", "plain", "lines.tl"]);
    let found = String::from_utf8(output.stdout).unwrap();
    assert_eq!(found.lines().count(), 1329, "{}", String::from_utf8_lossy(&output.stderr));
    for (line, vector) in found.lines().zip(vectors) {
        let id = u32::from_str_radix(vector["id"].as_str().unwrap(), 16).unwrap();
        assert_eq!(line.split(' ').next(), Some(format!("{id:08x}").as_str()), "{}", vector["line"]);
    }
}

#[test]
fn ids_of_the_telegram_layers() {
    let Some(folder) = tl_corpus::folder() else { return };
    let text = std::fs::read_to_string(folder.join("vectors/ids-telegram-anomalies.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let name = |line: &str| line.split(['#', ' ']).next().unwrap().to_owned();
    let exceptions = file["vectors"].as_array().unwrap().iter();
    let exceptions: BTreeSet<(String, u32)> = exceptions
        .map(|row| (name(row["line"].as_str().unwrap()), u32::from_str_radix(row["id"].as_str().unwrap(), 16).unwrap()))
        .collect();
    let mut checked = 0;
    for path in schemas(&folder).keys().filter(|path| path.starts_with("schemas/telegram/")) {
        let output = tlgen(&folder, &["id", path]);
        let found = String::from_utf8(output.stdout).unwrap();
        let text = std::fs::read_to_string(folder.join(path)).unwrap();
        let parsed = tlgen_parser::parse(&text);
        let declarations = parsed.schema.declarations();
        assert_eq!(found.lines().count(), declarations.count(), "{path}");
        for (line, (_, declaration)) in found.lines().zip(parsed.schema.declarations()) {
            let head = &text[declaration.span.range()];
            let Some((name, rest)) = head.split_once('#').filter(|(name, _)| !name.contains([' ', '='])) else {
                continue;
            };
            let written = rest.split([' ', '\n']).next().unwrap();
            let written = u32::from_str_radix(written, 16).unwrap();
            let is_exception = exceptions.contains(&(name.to_owned(), written));
            assert!(is_exception || line == format!("{written:08x} {name}"), "{path}: {head} {line}");
            checked += 1;
        }
    }
    assert!(checked > 40_000, "{checked}");
}
