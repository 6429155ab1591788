//! The numbers as tables of text.

use std::fmt::Write;

use super::report::{Item, Report};

pub(super) fn text(report: &Report) -> String {
    let mut text = format!("{}\n", report.title());
    let combinators = report.constructors + report.functions;
    let rows = [
        ("types", report.types, None),
        ("  that hold their own type", report.recursive_types, Some(report.types)),
        ("constructors", report.constructors, None),
        ("functions", report.functions, None),
        ("  with variables, of both", report.with_variables, Some(combinators)),
        ("  with a written id", report.written_ids, Some(combinators)),
        ("  with a description", report.described, Some(combinators)),
        ("fields and arguments", report.fields, None),
        ("  that a bit decides", report.conditional_fields, Some(report.fields)),
        ("  that are a word, #", report.flags_words, Some(report.fields)),
        ("  with a description", report.described_fields, Some(report.fields)),
    ];
    for (name, count, of) in rows {
        let part = of.filter(|of| *of > 0).map(|of| format!("  {:3} %", count * 100 / of)).unwrap_or_default();
        let _ = writeln!(text, "  {name:28} {count:6}{part}");
    }
    let names = report.namespaces.iter().map(|namespace| Report::namespace(&namespace.name).len());
    let width = names.max().unwrap_or(0).max(10);
    let _ = writeln!(text, "\n{:width$}    types  constructors  functions", "namespaces");
    for namespace in &report.namespaces {
        let name = Report::namespace(&namespace.name);
        let (types, constructors, functions) = (namespace.types, namespace.constructors, namespace.functions);
        let _ = writeln!(text, "  {name:width$} {types:6}  {constructors:12}  {functions:9}");
    }
    for (heading, items) in report.lists() {
        list(&mut text, heading, items);
    }
    if !report.deepest.is_empty() {
        let _ = writeln!(text, "\ndeepest: {} types, each of which holds the next", report.deepest.len());
        let _ = writeln!(text, "  {}", report.deepest.join(" > "));
    }
    if !report.cycles.is_empty() {
        let _ = writeln!(text, "\ncycles: types that hold each other or themselves");
    }
    for cycle in &report.cycles {
        let more = cycle.length - cycle.types.len();
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let _ = writeln!(text, "  {:6}  {}{more}", cycle.length, cycle.types.join(", "));
    }
    text
}

fn list(text: &mut String, heading: &str, items: &[Item]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{heading}");
    for Item { name, count } in items {
        let _ = writeln!(text, "  {count:6}  {name}");
    }
}
