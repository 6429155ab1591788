//! Every schema of the corpus links.
//!
//! Needs `TL_CORPUS`, the path of the corpus; without it the tests say that they are skipped.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tlgen_model::analysis::closure::closure;
use tlgen_model::analysis::finite::Finite;
use tlgen_model::analysis::size::Sizes;
use tlgen_model::schema::{IdRule, Schema};
use tlgen_model::{ErrorKind, Failure, File, Fragment, Linked, Options, Valid};
use tlgen_parser::source::FileIdx;

fn schemas(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root.join("schemas")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "tl") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn link(text: &str) -> Result<Linked<Valid<Schema>>, String> {
    tlgen_model::link(parsed(text), &Options::default()).map_err(|failure| errors(text, &failure))
}

fn link_fragment(text: &str, fragment: Fragment) -> Result<Linked<Schema>, String> {
    tlgen_model::link_fragment(parsed(text), &Options::default(), fragment).map_err(|failure| errors(text, &failure))
}

fn parsed(text: &str) -> Vec<File<'_>> {
    let parsed = tlgen_parser::parse(text);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    vec![(FileIdx(0), parsed.schema, text)]
}

fn errors(text: &str, failure: &Failure) -> String {
    let line = |at: u32| text[..at as usize].matches('\n').count() + 1;
    let texts = failure
        .errors
        .iter()
        .map(|error| format!("  line {}: {} {error}\n", line(error.location.unwrap().span.start), error.code().0));
    texts.collect()
}

/// Parts of schemas, which use types of other files; their ids prove it.
const PARTS: [&str; 6] = [
    "gotd-tl/golden-strict-fields.tl",
    "gotd-tl/input-fields.tl",
    "misc/gotd-legacy.tl",
    "misc/mtcute-compat.tl",
    "misc/xelaj-gen-basic.tl",
    "secret/telethon-secret.tl",
];

/// Examples that are not schemas: two with an undeclared result, one that declares a name in two ways, and one with a
/// number as a type.
const EXAMPLES: [&str; 4] = [
    "gotd-tl/golden-strict-categories.tl",
    "gotd-tl/input-categories.tl",
    "vk-idea-plugin/parser-types-arrays.tl",
    "vk-idea-plugin/resolve-type_parameter_and_field_masks_2.tl",
];

#[test]
fn every_schema_links() {
    let Some(root) = tl_corpus::folder() else { return };
    let mut failures = String::new();
    let (mut parts, mut examples) = (BTreeSet::new(), BTreeSet::new());
    for path in schemas(&root) {
        let name = path.strip_prefix(root.join("schemas")).unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        if link(&text).is_ok() {
            continue;
        }
        if link_fragment(&text, Fragment::Proved).is_ok() {
            parts.insert(name.clone());
        } else {
            examples.insert(name.clone());
        }
        if let Err(errors) = link_fragment(&text, Fragment::Stated) {
            failures += &format!("{name}\n{errors}");
        }
    }
    assert_eq!(failures, "");
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(parts, set(&PARTS));
    assert_eq!(examples, set(&EXAMPLES));
}

/// The text after `"key": "` in a line of JSON without escapes.
fn field<'l>(line: &'l str, key: &str) -> &'l str {
    let start = line.find(&format!("\"{key}\": \"")).unwrap() + key.len() + 5;
    &line[start..start + line[start..].find('"').unwrap()]
}

#[test]
fn ids_of_telegram_layers() {
    let Some(root) = tl_corpus::folder() else { return };
    let table = std::fs::read_to_string(root.join("vectors/ids-telegram-anomalies.json")).unwrap();
    let anomalies: Vec<&str> = table.lines().filter(|line| line.contains("\"telegram_rule\"")).collect();
    assert!(!anomalies.is_empty());
    let mut count = 0;
    for path in schemas(&root).iter().filter(|path| path.parent().unwrap().ends_with("telegram")) {
        let text = std::fs::read_to_string(path).unwrap();
        let linked = link(&text).unwrap();
        let schema = tlgen_parser::parse(&text).schema;
        let rule = tlgen_parser::id::infer(schema.declarations().map(|(_, declaration)| declaration));
        assert_eq!(rule, IdRule::Telegram, "{}", path.display());
        let mut found = BTreeSet::new();
        for warning in &linked.warnings {
            // All of them are known; none is taken for a change that other programs do not know of.
            assert!(!matches!(&*warning.kind, ErrorKind::IdMismatch { .. }), "{warning}");
            if let ErrorKind::KnownId { name, written, telegram, .. } = &*warning.kind {
                found.insert((name.as_str(), *written, telegram.0));
            }
        }
        // An id that follows the other rule is not a mismatch.
        let lines: BTreeSet<&str> = text.lines().map(str::trim_end).collect();
        let expected: BTreeSet<_> = anomalies
            .iter()
            .filter(|row| lines.contains(field(row, "line")) && field(row, "id") != field(row, "canonical_rule"))
            .map(|row| {
                let id = |key| u32::from_str_radix(field(row, key), 16).unwrap();
                (field(row, "line").split('#').next().unwrap(), id("id"), id("telegram_rule"))
            })
            .collect();
        assert_eq!(found, expected, "{}", path.display());
        count += found.len();
    }
    println!("{count} mismatches");
    assert!(count > 0);
}

#[test]
fn analyses_hold_for_every_schema() {
    let Some(root) = tl_corpus::folder() else { return };
    for path in schemas(&root) {
        let text = std::fs::read_to_string(&path).unwrap();
        let Ok(Linked { schema, .. }) = link(&text) else { continue };
        common::check(&schema);
        let (finite, sizes) = (Finite::of(&schema), Sizes::of(&schema));
        for (idx, ty) in schema.types() {
            let constructor = finite.constructor(idx).unwrap();
            assert!(ty.constructors.contains(&constructor));
            let smallest = ty.constructors.iter().map(|constructor| sizes.bare(*constructor)).min().unwrap();
            assert_eq!(sizes.boxed(idx), smallest + 4, "{}", ty.name);
            assert_eq!(sizes.boxed(idx) % 4, 0);
        }
        let all = vec!["*".to_owned()];
        let functions = schema.functions().count();
        if let Ok(selection) = closure(&schema, &all) {
            let part = schema.select(&selection);
            assert_eq!(part.functions().count(), functions);
            assert!(part.combinators.len() <= schema.combinators.len());
            // A closed part is closed.
            let again = closure(&part, &all).unwrap();
            assert_eq!(part.select(&again), part);
        } else {
            assert!(schema.combinators.is_empty());
        }
    }
}
