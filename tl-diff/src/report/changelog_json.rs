//! Many versions for programs: one JSON document, whose form [`changelog_json_schema`] describes.

use serde::Serialize;
use serde_json::Value;

use super::json::{Document, JSON_SCHEMA};
use crate::approve::Approvals;
use crate::changelog::{Changelog, Event, History, Release};

/// The JSON Schema of [`changelog_json`]. That of a diff is among its definitions.
///
/// # Panics
/// Never: both are JSON.
#[must_use]
pub fn changelog_json_schema() -> String {
    let read = |text: &str| -> Value { serde_json::from_str(text).expect("the schema is JSON") };
    let mut schema = read(include_str!("../../schema/changelog.schema.json"));
    schema["$defs"]["diff"] = read(JSON_SCHEMA);
    serde_json::to_string_pretty(&schema).expect("a value is JSON") + "\n"
}

/// The number that is raised when a key goes or means something else.
const VERSION: u32 = 1;

/// The versions, oldest first, and the histories as one JSON document, which ends with a line break.
///
/// # Panics
/// Never: all of it has a form in JSON.
#[must_use]
pub fn changelog_json(log: &Changelog, histories: &[History]) -> String {
    let document = Log {
        version: VERSION,
        first: named(&log.first),
        steps: log
            .steps
            .iter()
            .map(|step| Step {
                release: named(&step.release),
                diff: Document::of(&step.diff, const { &Approvals::NONE }),
            })
            .collect(),
        declarations: histories
            .iter()
            .map(|history| Declaration {
                kind: history.kind.word(),
                name: &history.name,
                ty: history.ty.as_deref(),
                is_from_first: history.is_from_first(log),
                events: history.events.iter().map(|event| happened(log, *event)).collect(),
            })
            .collect(),
    };
    serde_json::to_string_pretty(&document).expect("strings, numbers and lists are JSON") + "\n"
}

#[derive(Serialize)]
struct Log<'l> {
    version: u32,
    first: Named<'l>,
    steps: Vec<Step<'l>>,
    declarations: Vec<Declaration<'l>>,
}

#[derive(Serialize)]
struct Named<'l> {
    title: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'l str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<&'l str>,
}

#[derive(Serialize)]
struct Step<'l> {
    release: Named<'l>,
    diff: Document<'l>,
}

#[derive(Serialize)]
struct Declaration<'l> {
    kind: &'static str,
    name: &'l str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<&'l str>,
    is_from_first: bool,
    events: Vec<Happened<'l>>,
}

#[derive(Serialize)]
struct Happened<'l> {
    step: usize,
    action: &'static str,
    change: &'l str,
}

fn named(release: &Release) -> Named<'_> {
    Named {
        title: &release.title,
        layer: release.layer,
        date: release.date.as_deref(),
        commit: release.commit.as_deref(),
    }
}

fn happened(log: &Changelog, event: Event) -> Happened<'_> {
    let change = log.change(event);
    Happened { step: event.step, action: change.action().word(), change: &change.fingerprint }
}
