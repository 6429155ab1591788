//! The public schemas of `TL_CORPUS`: every one parses, with the number of declarations and the ids that are known.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use tlgen_parser::ast::DeclarationKind;
use tlgen_parser::id::{IdRule, compute};

/// The text field `name` of a JSON object on one line.
fn field<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let start = line.find(&format!("\"{name}\": \""))? + name.len() + 5;
    let text = &line[start..];
    Some(&text[..text.find('"')?])
}

#[test]
fn every_schema_parses() {
    let Some(folder) = tl_corpus::folder() else { return };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let mut files = 0;
    let mut wrong = Vec::new();
    for row in manifest.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let (path, count) = (columns[0], columns[7]);
        if !path.ends_with(".tl") {
            continue;
        }
        files += 1;
        let text = std::fs::read_to_string(folder.join(path)).unwrap();
        let parsed = tlgen_parser::parse(&text);
        for error in &parsed.errors {
            let line = text[..error.span.start as usize].lines().count();
            wrong.push(format!("{path}:{line}: {:?} at {:?}", error.kind, &text[error.span.range()]));
        }
        let found = parsed.schema.declarations().count().to_string();
        if found != count {
            wrong.push(format!("{path}: {found} declarations, the manifest has {count}"));
        }
    }
    assert!(files > 50, "{files} files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ids_of_the_official_compiler() {
    let Some(folder) = tl_corpus::folder() else { return };
    let vectors = std::fs::read_to_string(folder.join("vectors/ids-official-tlparser.json")).unwrap();
    let mut checked = 0;
    for vector in vectors.lines() {
        let (Some(line), Some(id)) = (field(vector, "line"), field(vector, "id")) else { continue };
        let parsed = tlgen_parser::parse(line);
        assert_eq!(parsed.errors, [], "{line}");
        let (_, declaration) = parsed.schema.declarations().next().unwrap();
        if let Some(canonical) = field(vector, "canonical") {
            assert_eq!(tlgen_parser::canonical::line(declaration, IdRule::Plain).as_deref(), Some(canonical));
        }
        assert_eq!(compute(declaration, IdRule::Plain), u32::from_str_radix(id, 16).ok(), "{line}");
        checked += 1;
    }
    assert_eq!(checked, 1329);
}

#[test]
fn ids_of_the_telegram_layers() {
    let Some(folder) = tl_corpus::folder() else { return };
    let anomalies = std::fs::read_to_string(folder.join("vectors/ids-telegram-anomalies.json")).unwrap();
    let anomalies: BTreeSet<String> =
        anomalies.lines().filter_map(|line| field(line, "line")).map(|line| line.replace(" ", "")).collect();
    assert_eq!(anomalies.len(), 16);
    let mut checked = 0;
    let mut wrong = BTreeSet::new();
    for entry in std::fs::read_dir(folder.join("schemas/telegram")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let parsed = tlgen_parser::parse(&text);
        for (_, declaration) in parsed.schema.declarations() {
            let DeclarationKind::Combinator(combinator) = &declaration.kind else { continue };
            let Some(id) = combinator.id else { continue };
            checked += 1;
            let line = text[declaration.span.range()].replace(" ", "");
            if compute(declaration, IdRule::Telegram) != Some(id.value) && !anomalies.contains(&line) {
                wrong.insert(line);
            }
        }
    }
    assert!(checked > 40_000, "{checked}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn formatting_keeps_everything() {
    let Some(folder) = tl_corpus::folder() else { return };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    for path in manifest.lines().filter_map(|row| row.split('\t').next()).filter(|path| path.ends_with(".tl")) {
        let text = std::fs::read_to_string(folder.join(path)).unwrap();
        let parsed = tlgen_parser::parse(&text);
        let formatted = tlgen_parser::format::source(&text).unwrap();
        assert_eq!(tlgen_parser::format::source(&formatted).unwrap(), formatted, "{path}");
        let reparsed = tlgen_parser::parse(&formatted);
        assert_eq!(
            tlgen_parser::print::schema(&parsed.schema),
            tlgen_parser::print::schema(&reparsed.schema),
            "{path}"
        );
        let comments = |parsed: &tlgen_parser::Parsed<'_>| {
            parsed.schema.comments.iter().map(|comment| comment.text.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(comments(&parsed), comments(&reparsed), "{path}");
        let docs = |parsed: &tlgen_parser::Parsed<'_>, text: &str| tlgen_parser::docs::collect(&parsed.schema, text);
        assert_eq!(docs(&parsed, &text), docs(&reparsed, &formatted), "{path}");
    }
}
