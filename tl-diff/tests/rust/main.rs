//! What is said about Rust is true: the lines that are shown compile against the old code and not against the new code.
//!
//! They are compiled by cargo, which takes a while: `cargo test -p tlgen-diff --test rust -- --ignored`.
#![allow(clippy::unwrap_used)]

#[path = "../diff/common.rs"]
#[allow(dead_code, reason = "each test target uses a part")]
mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{fs, iter};

use common::schema;
use tlgen_build::{Config, Layout, Origin, Role, pipeline};
use tlgen_diff::{Column, Diff, Level, Options, Witness, diff, rules};
use tlgen_model::Valid;
use tlgen_model::analysis::closure::closure;
use tlgen_model::schema::Schema;
use tlgen_parser::diagnostic::Example;

/// Two versions of a schema with the lines that are shown for them.
struct Pair {
    name: String,
    codes: [String; 2],
    lines: Vec<String>,
}

impl Pair {
    fn of(name: &str, old: &Valid<Schema>, new: &Valid<Schema>) -> Self {
        Self::with(Config::default(), name, old, new)
    }

    fn with(config: Config, name: &str, old: &Valid<Schema>, new: &Valid<Schema>) -> Self {
        let codes = [code(old, &config), code(new, &config)];
        let found = diff(old, new, &Options { witnesses: false, config });
        assert_eq!(found.no_rust, None, "{name}");
        Self { name: name.to_owned(), codes, lines: lines(&found) }
    }
}

fn code(schema: &Valid<Schema>, config: &Config) -> String {
    let origin = Origin::new("tl", [""; 0]);
    let files = pipeline::generate(schema, &origin, config, Layout::SingleFile).unwrap();
    files.into_values().next().unwrap()
}

fn lines(found: &Diff) -> Vec<String> {
    let findings = found.changes.iter().flat_map(|change| &change.verdicts.get(Column::Rust).findings);
    let findings = findings.chain(found.indirect.iter().map(|one| &one.finding));
    let lines: BTreeSet<String> = findings
        .filter(|finding| finding.level == Level::Broken)
        .filter_map(|finding| match &finding.witness {
            Witness::Rust(line) => Some(line.to_string()),
            _ => None,
        })
        .collect();
    lines.into_iter().collect()
}

/// A crate of the code of one side of all pairs, with the lines that are still asked for. Gives the lines with errors.
fn check(folder: &Path, pairs: &[Pair], side: usize, asked: &BTreeSet<(usize, usize)>) -> BTreeSet<(usize, usize)> {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tl-runtime").canonicalize().unwrap();
    let manifest = format!(
        "[package]\nname = \"uses\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         tlgen-runtime = {{ path = {runtime:?} }}\n"
    );
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let mut text = String::from("#![allow(warnings)]\n");
    // The line of the file to the line that is asked for.
    let mut places = Vec::new();
    for (index, pair) in pairs.iter().enumerate() {
        let module = folder.join(format!("src/pair_{index}"));
        fs::create_dir_all(&module).unwrap();
        fs::write(module.join("tl.rs"), &pair.codes[side]).unwrap();
        writeln!(text, "pub mod pair_{index} {{ pub mod tl;").unwrap();
        for (number, line) in pair.lines.iter().enumerate().filter(|(number, _)| asked.contains(&(index, *number))) {
            places.push((text.lines().count() + 1, (index, number)));
            writeln!(text, "mod line_{number} {{ use super::tl; {line} }}").unwrap();
        }
        text += "}\n";
    }
    fs::write(folder.join("src/lib.rs"), text).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("uses"))
        .output()
        .unwrap();
    let mut wrong = BTreeSet::new();
    for message in String::from_utf8(output.stdout).unwrap().lines() {
        let message: serde_json::Value = serde_json::from_str(message).unwrap();
        let message = &message["message"];
        if message["level"] != "error" {
            continue;
        }
        for span in message["spans"].as_array().unwrap().iter().filter(|span| span["is_primary"] == true) {
            let at = |line: &serde_json::Value| usize::try_from(line.as_u64().unwrap()).unwrap();
            let place = places.iter().find(|(line, _)| *line == at(&span["line_start"]));
            let place = place.unwrap_or_else(|| panic!("{}", message["rendered"]));
            wrong.insert(place.1);
        }
    }
    assert_eq!(output.status.success(), wrong.is_empty());
    wrong
}

/// All lines compile against the old code, and none against the new code.
fn assert_true(pairs: &[Pair]) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let all: BTreeSet<(usize, usize)> =
        pairs.iter().enumerate().flat_map(|(index, pair)| iter::repeat(index).zip(0..pair.lines.len())).collect();
    let show = |lines: &BTreeSet<(usize, usize)>| {
        let shown = lines.iter().map(|(pair, line)| format!("{}: {}", pairs[*pair].name, pairs[*pair].lines[*line]));
        shown.collect::<Vec<_>>().join("\n")
    };
    let wrong = check(folder.path(), pairs, 0, &all);
    assert!(wrong.is_empty(), "do not compile against the old code:\n{}", show(&wrong));
    // The compiler stops after each of its stages, so those that failed are left out and the others asked again.
    let mut left = all.clone();
    loop {
        let wrong = check(folder.path(), pairs, 1, &left);
        if wrong.is_empty() {
            break;
        }
        left.retain(|line| !wrong.contains(line));
    }
    assert!(left.is_empty(), "compile against the new code:\n{}", show(&left));
    all.len()
}

/// The examples of the rules.
#[test]
#[ignore = "compiles code"]
fn examples() {
    let pairs: Vec<Pair> = rules()
        .filter_map(|row| match row.rule.example {
            Example::Versions(old, new) => Some(Pair::of(row.rule.name, &schema(old), &schema(new))),
            _ => None,
        })
        .collect();
    println!("{} lines of {} pairs", assert_true(&pairs), pairs.len());
}

/// What requests and answers hold decides what a client can write and read.
#[test]
#[ignore = "compiles code"]
fn directions_of_a_client() {
    let both =
        schema("p x:int = P; s y:P = S; t = S; ---functions--- write p:P s:S = Bool; read = P; readAll = Vector<S>;");
    let reads = schema("p x:int = P; s y:P = S; t = S; ---functions--- write = Bool; read = P; readAll = Vector<S>;");
    let writes =
        schema("p x:int = P; s y:P = S; t = S; ---functions--- write p:P s:S = Bool; read = Bool; readAll = Bool;");
    let client = || Config::with(|config| config.role = Role::Client);
    let pairs = [("reads", &reads), ("writes", &writes)].map(|(name, new)| Pair::with(client(), name, &both, new));
    for pair in &pairs {
        let relies = pair.lines.iter().filter(|line| line.contains("needs::<tl::"));
        assert_eq!(relies.count(), 3, "the struct of each type and the enum: {:?}", pair.lines);
    }
    assert_true(&pairs);
}

/// Ten slices of real layers.
#[test]
#[ignore = "compiles code"]
fn slices() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let layer = |layer: u32| {
        schema(&fs::read_to_string(corpus.join(format!("schemas/telegram/api-layer-{layer:03}.tl"))).unwrap())
    };
    let mut pairs = Vec::new();
    for (from, to, patterns) in [
        (131, 132, &["account.getTheme"][..]),
        (132, 133, &["contacts.getContactIDs", "types:phoneCall", "types:PrivacyRule"]),
        (205, 216, &["types:auth.SentCode", "types:InputStorePaymentPurpose"]),
        (216, 222, &["types:StarGiftAttribute", "types:KeyboardButton"]),
        (222, 228, &["types:chatParticipant", "account.getNotifySettings"]),
    ] {
        let (old, new) = (layer(from), layer(to));
        for pattern in patterns {
            let part = |schema: &Valid<Schema>| schema.select(&closure(schema, &[(*pattern).to_owned()]).unwrap());
            let name = format!("{pattern} of {from} and {to}");
            pairs.push(Pair::of(&name, &part(&old), &part(&new)));
            pairs.push(Pair::of(&format!("{name}, back"), &part(&new), &part(&old)));
        }
    }
    println!("{} lines of {} pairs", assert_true(&pairs), pairs.len());
}
