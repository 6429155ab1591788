//! Any span over any text, and time that grows with the input only.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use tlgen_diagnostics::{LineIndex, Style, render, render_all};
use tlgen_parser::diagnostic::{Code, Diagnostic};
use tlgen_parser::source::{FileIdx, Location, Sources, Span};

fn at(start: u32, end: u32) -> Location {
    Location { file: FileIdx(0), span: Span { start, end } }
}

/// Line and column, counted one `char` at a time.
fn count(text: &str, offset: usize) -> (u32, u32) {
    let text = text.strip_prefix('\u{feff}').map_or((text, offset), |rest| (rest, offset.saturating_sub(3)));
    let before = &text.0[..text.1];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() as u32 + 1;
    (line, column)
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z:;= ]{0,12}",
        1 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => Just("\r".to_owned()),
        1 => Just("\t".to_owned()),
        1 => Just("\u{feff}".to_owned()),
        1 => Just("漢e\u{301}\u{200d}👩".to_owned()),
        1 => Just("x".repeat(700)),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_panics_and_stays_small(
        text in text(),
        spans in prop::collection::vec((0u32..4000, 0u32..4000), 1..5),
    ) {
        let mut sources = Sources::new();
        sources.add("a.tl", text);
        let mut diagnostic = Diagnostic::error(Code("TL0001"), "message", at(spans[0].0, spans[0].1), "label");
        for span in &spans[1..] {
            diagnostic = diagnostic.with_secondary(at(span.0, span.1), "other");
        }
        let shown = render(&diagnostic, &sources, Style::Plain);
        prop_assert!(shown.starts_with("error[TL0001]: message\n"));
        for line in shown.lines() {
            prop_assert!(line.chars().count() <= 260, "{} columns", line.chars().count());
        }
        // The header names the column of the file, wherever the line was cut.
        let index = LineIndex::new(&sources.get(FileIdx(0)).text);
        let place = index.position(spans[0].0);
        let header = shown.lines().nth(1).unwrap().trim_start();
        let ends_line = sources.get(FileIdx(0)).text.as_bytes().get(spans[0].0 as usize).is_some_and(|&byte| byte == b'\n');
        if !ends_line {
            prop_assert_eq!(header, format!("--> a.tl:{}:{}", place.line, place.column));
        }
    }

    #[test]
    fn positions(text in text()) {
        let index = LineIndex::new(&text);
        for (offset, _) in text.char_indices() {
            let place = index.position(offset as u32);
            prop_assert_eq!((place.line, place.column), count(&text, offset));
        }
        prop_assert_eq!(index.position(u32::MAX), index.position(text.len() as u32));
    }
}

/// One line of a megabyte and as many lines, ten thousand diagnostics each: seconds would mean that each diagnostic
/// reads the file again (ten gigabytes each).
#[test]
fn many_diagnostics_are_linear() {
    for text in ["ж ".repeat(400_000), "ж\n".repeat(400_000)] {
        let mut sources = Sources::new();
        let length = text.len() as u32;
        sources.add("a.tl", text);
        let all: Vec<Diagnostic> = (0..10_000)
            .map(|n| {
                let place = n * (length / 10_000);
                Diagnostic::error(Code("TL0001"), "message", at(place, place + 1), "label")
                    .with_secondary(at(length - place, length), "other")
            })
            .collect();
        let start = Instant::now();
        let shown = render_all(&all, &sources, Style::Plain);
        assert!(shown.ends_with("\n10000 errors\n"));
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    }
}
