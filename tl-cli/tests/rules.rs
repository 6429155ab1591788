//! Each rule that is about more than schemas has an example that breaks it and no other rule. The parser and the model test
//! theirs, and so do atlases, differences and lints.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::Sandbox;
use tlgen_parser::diagnostic::{Example, Rule, Severity};

/// The diagnostics of an example, as `error[TL0201]`.
fn found(rule: &Rule) -> Option<Vec<String>> {
    let run = match rule.example {
        Example::Schema(text) => Sandbox::new(&[("a.tl", text)]).run("check a.tl"),
        Example::Project(files) => Sandbox::new(files).run("generate"),
        Example::Files(_) | Example::Versions(..) | Example::Made(_) | Example::None(_) => return None,
    };
    let titles = run.err.lines().chain(run.out.lines()).filter(|line| line.contains("[TL"));
    let mut found: Vec<_> = titles.filter_map(|line| line.split_once(':')).map(|(title, _)| title.to_owned()).collect();
    found.dedup();
    Some(found)
}

#[test]
fn examples_break_their_rule() {
    let of_schemas = tlgen_parser::rules().chain(tlgen_model::rules()).chain(tlgen_atlas::rules());
    let of_versions = tlgen_diff::rules().map(|row| &row.rule).chain(tlgen_lint::rules());
    let elsewhere: Vec<_> = of_schemas.chain(of_versions).map(|rule| rule.code).collect();
    let mut without = Vec::new();
    for rule in tlgen::rules().filter(|rule| !elsewhere.contains(&rule.code)) {
        let kind = if rule.severity == Severity::Error { "error" } else { "warning" };
        match found(rule) {
            Some(found) => assert_eq!(found, [format!("{kind}[{}]", rule.code.0)], "{:?}", rule.example),
            None => without.push(rule.code.0),
        }
    }
    without.sort_unstable();
    assert_eq!(without, ["TL0205", "TL0302", "TL0303", "TL0304", "TL0305", "TL0671", "TL0672"]);
}
