//! Inputs that the tests of other parsers refuse or accept, read as `tlgen check` reads a file.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use serde_json::Value;
use tlgen_model::{Fragment, Options, load_fragment};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Sources;

/// What others refuse and so do we: the code of the first error, and the fault by its bytes in the case. A fault before
/// the first byte is the `:` that is put before the case.
const REFUSED: &[(&str, &str, i64, i64)] = &[
    ("p001", "TL0010", 3, 7),
    ("p002", "TL0008", 3, 4),
    ("p003", "TL0008", 3, 4),
    ("p004", "TL0007", 1, 2),
    ("p005", "TL0005", 3, 3),
    ("p006", "TL0006", 4, 5),
    ("p007", "TL0126", 12, 13),
    ("p008", "TL0115", 6, 7),
    ("p009", "TL0107", 11, 16),
    ("p010", "TL0107", 17, 22),
    ("p019", "TL0014", 0, 1),
    ("p020", "TL0013", 6, 7),
    ("p021", "TL0014", 0, 1),
    ("p023", "TL0103", 0, 2),
    ("p024", "TL0103", 0, 9),
    ("p025", "TL0017", 7, 8),
    ("p026", "TL0019", 4, 5),
    ("p027", "TL0017", 7, 8),
    ("p028", "TL0018", 8, 11),
    ("p029", "TL0002", 4, 5),
    ("p030", "TL0002", 9, 10),
    ("p031", "TL0124", 3, 6),
    ("p037", "TL0013", -1, 0),
    ("p038", "TL0022", 0, 1),
    ("p039", "TL0022", 0, 1),
    ("p040", "TL0022", 0, 1),
    ("p041", "TL0022", 3, 4),
    ("p042", "TL0022", 3, 4),
    ("p043", "TL0022", 0, 1),
    ("p049", "TL0007", 0, 1),
    ("p050", "TL0021", 0, 1),
    ("p052", "TL0019", 0, 1),
    ("p054", "TL0124", 3, 4),
    ("p055", "TL0015", 2, 2),
    ("p061", "TL0019", 0, 1),
    ("p062", "TL0017", 4, 5),
    ("p063", "TL0019", 0, 1),
    ("p064", "TL0018", 4, 7),
    ("p067", "TL0021", 0, 1),
    ("p070", "TL0021", 8, 9),
    ("p072", "TL0021", 15, 16),
    ("p076", "TL0001", 20, 24),
    ("p077", "TL0001", 18, 22),
    ("p078", "TL0103", 10, 13),
    ("p079", "TL0113", 31, 35),
];

/// Cases that are not UTF-8: the first byte that is not.
const NO_TEXT: &[(&str, usize)] = &[("p069", 3), ("p073", 3)];

/// What others refuse and we accept.
const ACCEPTED: &[(&str, &str)] = &[
    ("p000", "nothing before a `;` declares nothing: a warning"),
    ("p011", "the declaration of a builtin type is a form of TL"),
    ("p022", "without an argument it is a declaration without arguments"),
    ("p053", "the same"),
    ("p065", "anything may stand in comments; what is no tag of TDLib is text"),
    ("p066", "the same"),
    ("p068", "the same"),
    ("p071", "the same"),
];

/// What others accept and we refuse. Most cases are a single type or parameter, and what they use is not declared.
const NO_SCHEMA: &[(&str, &str)] = &[
    ("p013", "TL0103"),
    ("p014", "TL0103"),
    ("p015", "TL0115"),
    ("p016", "TL0103"),
    ("p018", "TL0103"),
    ("p033", "TL0126"),
    ("p034", "TL0107"),
    ("p035", "TL0103"),
    ("p036", "TL0107"),
    ("p044", "TL0103"),
    ("p045", "TL0103"),
    ("p046", "TL0103"),
    ("p047", "TL0125"),
    ("p048", "TL0126"),
    ("p058", "TL0107"),
    ("p060", "TL0115"),
    // One parser takes numbers for names.
    ("p051", DIGIT_NAME),
    ("p075", DIGIT_NAME),
];

const DIGIT_NAME: &str = "TL0021";

/// One line of the file of cases.
struct Case {
    id: String,
    /// The bytes of the case within a schema.
    schema: Vec<u8>,
    /// Where they begin.
    start: usize,
    is_refused: bool,
}

fn cases(text: &str) -> Vec<Case> {
    let case = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let bytes = match row["text"].as_str() {
            Some(text) => text.as_bytes().to_vec(),
            None => base64(row["text_b64"].as_str().unwrap()),
        };
        let (before, behind) = match row["unit"].as_str().unwrap() {
            "definition" => ("", ";"),
            "parameter" => ("holder ", " = Holder;"),
            "type" => ("holder field:", " = Holder;"),
            "flag" => ("holder flags:# field:", "?int = Holder;"),
            "annotation" => ("", "\nholder = Holder;"),
            "schema" => ("", ""),
            unit => panic!("unit {unit}"),
        };
        let is_refused = match row["verdict"].as_str().unwrap() {
            "reject" => true,
            "accept" => false,
            verdict => panic!("verdict {verdict}"),
        };
        let schema = [before.as_bytes(), &bytes, behind.as_bytes()].concat();
        Case { id: row["id"].as_str().unwrap().to_owned(), schema, start: before.len(), is_refused }
    };
    text.lines().map(case).collect()
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for byte in text.bytes().filter(|&byte| byte != b'=') {
        let digit = DIGITS.iter().position(|&digit| digit == byte).unwrap();
        bits = bits << 6 | u32::try_from(digit).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

/// The errors of a schema.
fn errors(text: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::new();
    let file = sources.add("case.tl", text);
    let mut found = load_fragment(&sources, &[file], &Options::default(), Fragment::Proved).diagnostics;
    found.retain(Diagnostic::is_error);
    found.sort_by_key(|error| error.primary.as_ref().map(|label| label.location));
    found
}

#[test]
fn cases_of_other_parsers() {
    let Some(folder) = tl_corpus::folder() else { return };
    let text = std::fs::read_to_string(folder.join("schemas/bad/parser-cases.jsonl")).unwrap();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for Case { id, schema, start, is_refused } in cases(&text) {
        let id = id.as_str();
        seen.insert(id.to_owned());
        let text = match String::from_utf8(schema) {
            Ok(text) => text,
            Err(error) => {
                assert!(NO_TEXT.contains(&(id, error.utf8_error().valid_up_to())) && is_refused, "{id}");
                continue;
            }
        };
        let errors = errors(&text);
        let first = errors.first().map(|error| {
            let span = error.primary.as_ref().unwrap().location.span;
            let offset = |at: u32| i64::from(at) - i64::try_from(start).unwrap();
            (id, error.code.0, offset(span.start), offset(span.end))
        });
        let is_expected = match first {
            None => !is_refused || ACCEPTED.iter().any(|(accepted, _)| *accepted == id),
            Some(found) if is_refused => REFUSED.contains(&found),
            Some((_, code, ..)) => NO_SCHEMA.contains(&(id, code)),
        };
        if !is_expected {
            wrong.push(format!("{id}: refused by others: {is_refused}; our first error: {first:?}\n{text}"));
        }
        // What others accept the grammar accepts too.
        let is_syntax = tlgen_parser::parse(&text).errors.is_empty();
        if !is_refused && !is_syntax && !NO_SCHEMA.contains(&(id, DIGIT_NAME)) {
            wrong.push(format!("{id}: not accepted by the grammar\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let listed = REFUSED.iter().map(|row| row.0).chain(NO_TEXT.iter().map(|row| row.0));
    let listed = listed.chain(ACCEPTED.iter().map(|row| row.0)).chain(NO_SCHEMA.iter().map(|row| row.0));
    let unknown: Vec<&str> = listed.filter(|id| !seen.contains(*id)).collect();
    assert!(unknown.is_empty(), "not among the cases: {unknown:?}");
}

/// A fault in one declaration does not hide the next one.
#[test]
fn the_declaration_behind_a_fault_is_read() {
    let parsed = tlgen_parser::parse("some invalid line \u{1f974}\ntest = Test;");
    assert_eq!(parsed.errors.len(), 1);
    let (_, declaration) = parsed.schema.declarations().next().unwrap();
    assert_eq!(tlgen_parser::id::compute(declaration, tlgen_parser::id::IdRule::Plain), Some(0x1c17_3316));
}
