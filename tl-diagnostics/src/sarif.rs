//! Diagnostics as SARIF 2.1.0, which code scanning and editors read: one document for a run.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use tlgen_parser::diagnostic::{Code, Diagnostic, Label, Rule, Severity};
use tlgen_parser::source::Sources;

use crate::json::to_string;
use crate::order;
use crate::places::{Place, Places};

/// What a fingerprint is called.
const FINGERPRINT: &str = "tlgen/v1";

/// What is written as it is in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A diagnostic with what code scanning keeps of it from run to run.
#[derive(Clone, Copy, Debug)]
pub struct Tracked<'d> {
    /// The diagnostic.
    pub diagnostic: &'d Diagnostic,
    /// What tells it from all others, wherever it stands.
    pub fingerprint: Option<&'d str>,
    /// Why somebody has accepted it: it is shown as closed.
    pub suppressed: Option<&'d str>,
}

impl<'d> From<&'d Diagnostic> for Tracked<'d> {
    fn from(diagnostic: &'d Diagnostic) -> Self {
        Self { diagnostic, fingerprint: None, suppressed: None }
    }
}

/// The diagnostics as one SARIF document of one run, which ends with a line break.
///
/// `rule` gives the rule of a code. The first line of its explanation is its summary. Columns count Unicode scalar values.
///
/// # Panics
/// If a diagnostic points into other sources.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources, rule: &dyn Fn(Code) -> Option<&'static Rule>) -> String {
    let tracked: Vec<Tracked<'_>> = order(diagnostics).into_iter().map(Tracked::from).collect();
    sarif_tracked(&tracked, sources, rule)
}

/// The same in the given order, with fingerprints and with what somebody has accepted.
///
/// # Panics
/// If a diagnostic points into other sources.
#[must_use]
pub fn sarif_tracked(
    tracked: &[Tracked<'_>],
    sources: &Sources,
    rule: &dyn Fn(Code) -> Option<&'static Rule>,
) -> String {
    let places = Places::new(sources);
    let diagnostics: Vec<&Diagnostic> = tracked.iter().map(|one| one.diagnostic).collect();
    let mut codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules = codes.iter().map(|&code| {
        let rule = rule(code);
        let text = rule.map_or(code.0, |rule| rule.explanation).trim_end();
        Descriptor {
            id: code.0,
            name: rule.map(|rule| rule.name),
            short_description: Text::new(text.lines().next().unwrap_or_default()),
            full_description: Text::new(text),
            help: Text::new(text),
            default_configuration: Configuration { level: level(rule.map_or(Severity::Error, |rule| rule.severity)) },
        }
    });
    let results = tracked.iter().map(|Tracked { diagnostic, fingerprint, suppressed }| Finding {
        rule_id: diagnostic.code.0,
        rule_index: codes.binary_search(&diagnostic.code).unwrap_or_default(),
        level: level(diagnostic.severity),
        message: Text { text: places.text(diagnostic) },
        locations: diagnostic.primary.iter().map(|label| location(label, &places)).collect(),
        related_locations: diagnostic.secondary.iter().map(|label| location(label, &places)).collect(),
        partial_fingerprints: fingerprint.map(|value| BTreeMap::from([(FINGERPRINT, value.to_owned())])),
        suppressions: suppressed.map(|reason| [Suppression { kind: "external", justification: reason.to_owned() }]),
    });
    let driver = Driver { name: "tlgen", semantic_version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results: results.collect() };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    to_string(&log) + "\n"
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn location(label: &Label, places: &Places<'_>) -> Spot {
    let Place { file, start, end } = places.of(label.location);
    Spot {
        physical_location: Physical {
            artifact_location: Artifact { uri: uri(file) },
            region: Region {
                start_line: start.line,
                start_column: start.column,
                end_line: end.line,
                end_column: end.column,
            },
        },
        message: (!label.text.is_empty()).then(|| Text::new(&label.text)),
    }
}

/// The name of a file as an address: a relative one stays relative.
fn uri(name: &str) -> String {
    let name = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    let path = utf8_percent_encode(&name, PATH);
    match name.as_bytes() {
        [b'/', ..] => format!("file://{path}"),
        [_, b':', b'/', ..] => format!("file:///{path}"),
        _ => path.to_string(),
    }
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Spot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Spot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partial_fingerprints: Option<BTreeMap<&'static str, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression; 1]>,
}

/// What is known and accepted.
#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    justification: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spot {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_of_files_as_addresses() {
        assert_eq!(uri("schema/api 1.tl"), "schema/api%201.tl");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
        assert_eq!(uri("жук.tl"), "%D0%B6%D1%83%D0%BA.tl");
        assert_eq!(uri("../a:b.tl"), "../a%3Ab.tl");
        if !cfg!(windows) {
            assert_eq!(uri("/home/me/api.tl"), "file:///home/me/api.tl");
        }
    }
}
