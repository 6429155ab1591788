//! The text of schemas: nothing panics, locations are inside the text, and what one stage writes the next one reads.

use tlgen_build::{Config, Layout, Origin, pipeline};
use tlgen_diagnostics::{LineIndex, Style, render_all};
use tlgen_model::{Fragment, Options, Outcome, load_fragment};
use tlgen_parser::SyntaxError;
use tlgen_parser::ast::{Declaration, SectionKind};
use tlgen_parser::id::{self, IdRule};
use tlgen_parser::source::{Sources, Span};
use tlgen_parser::{docs, format, json, print};

/// Syntax trees, of TL and of JSON.
pub fn parse(text: &str) {
    let parsed = tlgen_parser::parse(text);
    for SyntaxError { span, related, .. } in parsed.errors.iter().chain(&parsed.warnings) {
        inside(text, *span);
        related.iter().for_each(|span| inside(text, *span));
    }
    for item in &parsed.schema.items {
        inside(text, item.span());
    }
    let documented = docs::collect(&parsed.schema, text);
    assert!(documented.items.iter().all(|(place, _)| (*place as usize) < parsed.schema.items.len()));
    if parsed.errors.is_empty() {
        let printed = print::schema(&parsed.schema);
        same_declarations(text, &printed);
    }
    // Text that is not JSON is refused, and JSON can be printed as TL.
    if let Ok(converted) = json::to_tl(text) {
        drop(tlgen_parser::parse(&converted));
    }
}

/// Model and code, of a whole schema and of a part of one.
pub fn check(text: &str) {
    let mut sources = Sources::new();
    let file = sources.add("fuzz.tl", text);
    let origin = Origin::new("fuzz", ["fuzz.tl"]);
    let link = Options::default();
    said(text, &sources, &pipeline::compile(&sources, &[file], &link, &origin, &Config::default(), Layout::SingleFile));
    for fragment in [Fragment::Proved, Fragment::Stated] {
        said(text, &sources, &load_fragment(&sources, &[file], &link, fragment));
    }
}

fn said<T>(text: &str, sources: &Sources, outcome: &Outcome<T>) {
    let is_at_fault = outcome.diagnostics.iter().any(tlgen_parser::diagnostic::Diagnostic::is_error);
    assert_eq!(outcome.value.is_none(), is_at_fault, "no result without an error, no error with a result");
    let lines = LineIndex::new(text);
    for diagnostic in &outcome.diagnostics {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            inside(text, label.location.span);
            _ = lines.position(label.location.span.start);
        }
    }
    _ = render_all(&outcome.diagnostics, sources, Style::Plain);
    _ = render_all(&outcome.diagnostics, sources, Style::Color);
}

/// The canonical layout.
pub fn fmt(text: &str) {
    let Ok(formatted) = format::source(text) else { return };
    same_declarations(text, &formatted);
    let comments = |text: &str| tlgen_parser::parse(text).schema.comments.len();
    assert_eq!(comments(text), comments(&formatted), "comments are kept:\n{formatted}");
    assert_eq!(format::source(&formatted).as_deref(), Ok(formatted.as_str()), "the second time changes something");
}

fn inside(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} is not within the text");
}

/// Both texts declare the same, in the same sections, with the same ids by both rules.
fn same_declarations(text: &str, written: &str) {
    let (before, after) = (tlgen_parser::parse(text), tlgen_parser::parse(written));
    assert!(after.errors.is_empty(), "{:?} in\n{written}", after.errors);
    let key = |(section, declaration): (SectionKind, &Declaration<'_>)| {
        let ids = [IdRule::Plain, IdRule::Telegram].map(|rule| id::compute(declaration, rule));
        (section, print::declaration(declaration), ids)
    };
    let keys = |parsed: &tlgen_parser::Parsed<'_>| parsed.schema.declarations().map(key).collect::<Vec<_>>();
    assert_eq!(keys(&before), keys(&after), "{written}");
}
