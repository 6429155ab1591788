//! What people see.
#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use tlgen_diagnostics::{Style, render, render_all};
use tlgen_parser::diagnostic::{Code, Diagnostic};
use tlgen_parser::source::{FileIdx, Location, Sources, Span};

const CODE: Code = Code("TL0100");

/// The location of the `nth` occurrence, from 0.
fn nth(sources: &Sources, file: FileIdx, what: &str, nth: usize) -> Location {
    let (start, _) = sources.get(file).text.match_indices(what).nth(nth).unwrap();
    Location { file, span: Span::new(start as u32, (start + what.len()) as u32) }
}

fn find(sources: &Sources, file: FileIdx, what: &str) -> Location {
    nth(sources, file, what, 0)
}

fn one(name: &str, text: &str) -> (Sources, FileIdx) {
    let mut sources = Sources::new();
    let file = sources.add(name, text);
    (sources, file)
}

fn wide_line(fields: usize) -> String {
    let fields: String = (0..fields).map(|n| format!("field_{n}:flags.{}?Vector<long> ", n % 32)).collect();
    format!("channelFull#0bd5f3a2 flags:# {fields}= ChatFull;\n")
}

#[test]
fn label_and_help() {
    let (sources, file) = one("api.tl", "---types---\nuser#1 id:lnog = User;\n");
    let diagnostic = Diagnostic::error(CODE, "unknown type `lnog`", find(&sources, file, "lnog"), "not declared")
        .with_help("did you mean `long`?")
        .with_help("or declare it");
    assert_snapshot!(render(&diagnostic, &sources, Style::Plain));
}

#[test]
fn color() {
    let (sources, file) = one("api.tl", "user#1 id:lnog = User;\n");
    let diagnostic = Diagnostic::error(CODE, "unknown type `lnog`", find(&sources, file, "lnog"), "not declared");
    assert_snapshot!(render(&diagnostic, &sources, Style::Color).replace('\x1b', "ESC"));
}

#[test]
fn two_places_near() {
    let (sources, file) = one("api.tl", "a#1 = A;\n\n// between\nb = B;\na#2 = A;\n");
    let diagnostic = Diagnostic::error(CODE, "`a` is declared twice", nth(&sources, file, "a#", 1), "declared again")
        .with_secondary(nth(&sources, file, "a#", 0), "first declared here");
    assert_snapshot!(render(&diagnostic, &sources, Style::Plain));
}

#[test]
fn two_places_far_apart_and_another_file() {
    let (mut sources, file) = one("api.tl", &format!("a#1 = A;\n{}a#2 = A;\n", "b = B;\n".repeat(120)));
    let other = sources.add("mtproto.tl", "a#3 = A;");
    let diagnostic = Diagnostic::error(CODE, "`a` is declared twice", nth(&sources, file, "a#", 1), "declared again")
        .with_secondary(nth(&sources, file, "a#", 0), "first declared here")
        .with_secondary(find(&sources, other, "a#3"), "and here");
    assert_snapshot!(render(&diagnostic, &sources, Style::Plain));
}

#[test]
fn wide_line_is_cut_around_the_span() {
    let (sources, file) = one("api.tl", &format!("// first\n{}", wide_line(100)));
    let diagnostic =
        Diagnostic::warning(CODE, "bit 18 is used twice", find(&sources, file, "field_50"), "here").with_help("look");
    let text = render(&diagnostic, &sources, Style::Plain);
    assert!(text.lines().all(|line| line.len() <= 130), "{text}");
    assert_snapshot!(text);
}

#[test]
fn two_places_in_a_wide_line() {
    let (sources, file) = one("api.tl", &wide_line(100));
    let diagnostic = Diagnostic::error(CODE, "two fields", find(&sources, file, "field_90"), "again")
        .with_secondary(find(&sources, file, "field_3"), "first")
        .with_secondary(find(&sources, file, "field_91"), "near");
    assert_snapshot!(render(&diagnostic, &sources, Style::Plain));
}

#[test]
fn a_long_span_is_cut() {
    let (sources, file) = one("api.tl", &wide_line(100));
    let span = Span::new(0, sources.get(file).text.len() as u32);
    let diagnostic = Diagnostic::error(CODE, "the whole line", Location { file, span }, "all of this");
    assert_snapshot!(render(&diagnostic, &sources, Style::Plain));
}

#[test]
fn several_lines() {
    let (sources, file) = one("api.tl", "a\n  x:int\n  y:int\n  = A;\nb = B;\n");
    let span = Span::new(0, find(&sources, file, ";").span.end);
    let diagnostic = Diagnostic::error(CODE, "a declaration", Location { file, span }, "this one");
    assert_snapshot!(render(&diagnostic, &sources, Style::Plain));
}

#[test]
fn byte_order_mark_crlf_tabs_and_letters() {
    let (sources, file) = one("api.tl", "\u{feff}a = A;\r\n\tname:Тип x:漢字 = lnog;\r\nb = B;\r\n");
    let first = Diagnostic::error(CODE, "first", find(&sources, file, "a"), "column 1");
    let tab = Diagnostic::error(CODE, "behind a tab", find(&sources, file, "name"), "column 2");
    let letters = Diagnostic::error(CODE, "behind letters", find(&sources, file, "lnog"), "column 18");
    let inside = Location { file, span: Span::new(letters.primary.as_ref().unwrap().location.span.start - 5, 10_000) };
    let inside = Diagnostic::error(CODE, "inside a letter and behind the end", inside, "");
    let line_end = Diagnostic::error(CODE, "line end", find(&sources, file, "\r\n"), "here");
    assert_snapshot!(render_all(&[inside, letters, tab, line_end, first], &sources, Style::Plain));
}

#[test]
fn end_of_file() {
    let (sources, file) = one("api.tl", "a = A");
    let at = |offset| Location { file, span: Span::new(offset, offset) };
    let diagnostic = Diagnostic::error(CODE, "expected `;`", at(5), "here");
    let (empty, _) = one("empty.tl", "");
    let nothing = Diagnostic::error(CODE, "nothing is declared", at(0), "");
    let (ended, _) = one("ended.tl", "a = A\n");
    let behind = Diagnostic::error(CODE, "expected `;`", at(6), "here");
    assert_snapshot!(
        [
            render(&diagnostic, &sources, Style::Plain),
            render(&nothing, &empty, Style::Plain),
            render(&behind, &ended, Style::Plain)
        ]
        .join("\n")
    );
}

#[test]
fn no_place_and_order() {
    let (mut sources, file) = one("b.tl", "x y z\n");
    let other = sources.add("a.tl", "w\n");
    let option = Diagnostic {
        primary: None,
        ..Diagnostic::error(CODE, "`only = \"x.*\"` matched no function", find(&sources, file, "x"), "")
    }
    .with_help("functions are named as in `contacts.getContacts`");
    let all = [
        option,
        Diagnostic::error(CODE, "w", find(&sources, other, "w"), ""),
        Diagnostic::warning(CODE, "z", find(&sources, file, "z"), ""),
        Diagnostic::error(CODE, "x", find(&sources, file, "x"), ""),
    ];
    assert_snapshot!(render_all(&all, &sources, Style::Plain));
    assert_eq!(render_all(&[], &sources, Style::Plain), "");
}

#[test]
fn escape_sequences_are_not_passed_on() {
    let (sources, file) = one("a\x1b[31m.tl", "a \x1b[31m = A;\n");
    let diagnostic = Diagnostic::error(CODE, "bad \x1b[31m", find(&sources, file, "\x1b[31m"), "bad \x1b[31m")
        .with_help("remove \x1b[31m");
    assert_snapshot!(render(&diagnostic, &sources, Style::Plain));
}

/// The kind: characters that turn the direction of text, wherever a diagnostic shows text.
#[test]
fn characters_that_turn_text_are_not_shown() {
    use tlgen_parser::diagnostic::{Label, Severity};

    let (sources, file) = one("turned\u{202e}.tl", "a\u{202e} b\u{200f} c\u{61c} d\u{2067};\n");
    let diagnostic = Diagnostic {
        code: CODE,
        severity: Severity::Error,
        message: "a\u{202a} message".to_owned(),
        primary: Some(Label { location: find(&sources, file, "c"), text: "a\u{2066} label".to_owned() }),
        secondary: Vec::new(),
        help: vec!["a\u{200e} help".to_owned()],
    };
    for style in [Style::Plain, Style::Color] {
        let text = render(&diagnostic, &sources, style);
        assert!(text.contains('\u{fffd}') && !text.contains(tlgen_parser::invisible::is_direction), "{text:?}");
    }
}
