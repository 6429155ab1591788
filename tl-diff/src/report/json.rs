//! For programs: one JSON document, whose form [`JSON_SCHEMA`] describes.

use serde::Serialize;

use super::words::hex;
use crate::approve::Approvals;
use crate::change::{Change, Edit, FieldPart};
use crate::diff::Diff;
use crate::item::{Condition, Field, Item};
use crate::story::{Cause, stories};
use crate::summary::Summary;
use crate::verdict::{Column, Finding, Witness};

/// The JSON Schema of [`json`].
pub const JSON_SCHEMA: &str = include_str!("../../schema/diff.schema.json");

/// The number that is raised when a key goes or means something else.
const VERSION: u32 = 1;

/// The whole diff as one JSON document, which ends with a line break.
///
/// # Panics
/// Never: all of it has a form in JSON.
#[must_use]
pub fn json(diff: &Diff, approvals: &Approvals) -> String {
    let document = Document::of(diff, approvals);
    serde_json::to_string_pretty(&document).expect("strings, numbers and lists are JSON") + "\n"
}

#[derive(Serialize)]
pub(super) struct Document<'d> {
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_layer: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_layer: Option<u32>,
    summary: Totals,
    stories: Vec<Told<'d>>,
    changes: Vec<Entry<'d>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    indirect: Vec<IndirectEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_rust: Option<&'d str>,
}

#[derive(Serialize)]
struct Totals {
    added: usize,
    removed: usize,
    changed: usize,
    old_client: Levels,
    new_client: Levels,
    stored: Levels,
    rust: Levels,
    behaviour: Levels,
}

#[derive(Serialize)]
struct Levels {
    broken: usize,
    safe: usize,
}

#[derive(Serialize)]
struct Told<'d> {
    cause: String,
    kind: &'static str,
    locations: Vec<Place<'d>>,
}

#[derive(Serialize)]
struct Place<'d> {
    path: String,
    change: &'d str,
}

#[derive(Serialize)]
struct Entry<'d> {
    fingerprint: &'d str,
    action: &'static str,
    kind: &'static str,
    name: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    concern: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Declared<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Declared<'d>>,
    edits: Vec<Step<'d>>,
    verdicts: Columns<'d>,
}

#[derive(Serialize)]
struct Declared<'d> {
    name: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    declaration: String,
}

#[derive(Serialize)]
#[serde(tag = "edit", rename_all = "kebab-case")]
enum Step<'d> {
    Renamed { old: &'d str, new: &'d str },
    Moved { old: &'static str, new: &'static str },
    Id { old: String, new: String },
    Variables { old: &'d [String], new: &'d [String] },
    Annotations { old: &'d [String], new: &'d [String] },
    FieldAdded { index: usize, field: String, at_end: bool },
    FieldRemoved { index: usize, field: String },
    FieldRenamed { field: &'d str, new: Option<&'d str> },
    FieldType { field: &'d str, old: &'d str, new: &'d str },
    FieldCondition { field: &'d str, old: Option<String>, new: Option<String> },
    FieldMoved { field: &'d str, index: usize },
    FieldDescription { field: &'d str, old: Option<&'d str>, new: Option<&'d str> },
    Result { old: &'d str, new: &'d str },
    Description { old: Option<&'d str>, new: Option<&'d str> },
}

#[derive(Serialize)]
struct Columns<'d> {
    old_client: Judged<'d>,
    new_client: Judged<'d>,
    stored: Judged<'d>,
    rust: Judged<'d>,
    behaviour: Judged<'d>,
}

#[derive(Serialize)]
struct Judged<'d> {
    level: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Found<'d>>,
}

#[derive(Serialize)]
struct Found<'d> {
    rule: &'static str,
    name: &'static str,
    level: &'static str,
    text: &'d str,
    witness: Proof<'d>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Proof<'d> {
    Bytes { bytes: String, written: &'d str, read: &'d str, misread: bool },
    Rust { code: &'d str },
    None { why: &'static str },
}

#[derive(Serialize)]
struct IndirectEntry<'d> {
    kind: &'static str,
    name: &'d str,
    finding: Found<'d>,
}

impl<'d> Document<'d> {
    pub(super) fn of(diff: &'d Diff, approvals: &'d Approvals) -> Self {
        let summary = Summary::of(&diff.changes);
        let levels = |column| {
            let levels = summary.column(column);
            Levels { broken: levels.broken, safe: levels.safe }
        };
        let told = stories(&diff.changes).into_iter().map(|story| Told {
            cause: story.cause.to_string(),
            kind: kind(&story.cause),
            locations: story
                .locations
                .into_iter()
                .map(|location| Place { path: location.path, change: &diff.changes[location.change].fingerprint })
                .collect(),
        });
        Self {
            version: VERSION,
            old_layer: diff.old_layer,
            new_layer: diff.new_layer,
            summary: Totals {
                added: summary.added.sum(),
                removed: summary.removed.sum(),
                changed: summary.changed.sum(),
                old_client: levels(Column::OldClient),
                new_client: levels(Column::NewClient),
                stored: levels(Column::Stored),
                rust: levels(Column::Rust),
                behaviour: levels(Column::Behaviour),
            },
            stories: told.collect(),
            changes: diff.changes.iter().map(|change| entry(change, approvals)).collect(),
            indirect: diff
                .indirect
                .iter()
                .map(|one| IndirectEntry {
                    kind: one.kind.word(),
                    name: &one.name,
                    finding: found(&one.finding, Column::Rust),
                })
                .collect(),
            no_rust: diff.no_rust.as_deref(),
        }
    }
}

fn kind(cause: &Cause) -> &'static str {
    match cause {
        Cause::Type { .. } => "type",
        Cause::FieldAdded { .. } => "field-added",
        Cause::FieldRemoved { .. } => "field-removed",
        Cause::FieldRenamed { .. } => "field-renamed",
        Cause::Result { .. } => "result",
        Cause::Namespace { .. } => "namespace",
        Cause::Descriptions => "descriptions",
    }
}

fn entry<'d>(change: &'d Change, approvals: &'d Approvals) -> Entry<'d> {
    let judged = |column: Column| {
        let verdict = change.verdicts.get(column);
        Judged {
            level: column.word(verdict.level()),
            findings: verdict.findings.iter().map(|finding| found(finding, column)).collect(),
        }
    };
    Entry {
        fingerprint: &change.fingerprint,
        action: change.action().word(),
        kind: change.item().kind.word(),
        name: &change.item().name,
        concern: change.concern.word(),
        approved: approvals.reason(change),
        old: change.old.as_ref().map(|version| declared(&version.item)),
        new: change.new.as_ref().map(|version| declared(&version.item)),
        edits: change.edits.iter().map(step).collect(),
        verdicts: Columns {
            old_client: judged(Column::OldClient),
            new_client: judged(Column::NewClient),
            stored: judged(Column::Stored),
            rust: judged(Column::Rust),
            behaviour: judged(Column::Behaviour),
        },
    }
}

fn declared(item: &Item) -> Declared<'_> {
    let id = (!item.result.is_empty()).then(|| format!("{:08x}", item.id));
    Declared { name: &item.name, id, declaration: item.to_string() }
}

fn found(finding: &Finding, column: Column) -> Found<'_> {
    Found {
        rule: finding.rule.rule.code.0,
        name: finding.rule.rule.name,
        level: column.word(finding.level),
        text: &finding.text,
        witness: match &finding.witness {
            Witness::Bytes(proof) => Proof::Bytes {
                bytes: hex(&proof.bytes, usize::MAX).replace(' ', ""),
                written: &proof.meant,
                read: &proof.read,
                misread: proof.is_misread,
            },
            Witness::Rust(code) => Proof::Rust { code },
            Witness::None(why) => Proof::None { why },
        },
    }
}

fn step(edit: &Edit) -> Step<'_> {
    let text = |condition: &Option<Condition>| condition.as_ref().map(ToString::to_string);
    match edit {
        Edit::Renamed { old, new } => Step::Renamed { old, new },
        Edit::Moved { old, new } => Step::Moved { old: old.word(), new: new.word() },
        Edit::Id { old, new } => Step::Id { old: format!("{old:08x}"), new: format!("{new:08x}") },
        Edit::Generics { old, new } => Step::Variables { old, new },
        Edit::Annotations { old, new } => Step::Annotations { old, new },
        Edit::FieldAdded { index, field, at_end } => {
            Step::FieldAdded { index: *index, field: Field::to_string(field), at_end: *at_end }
        }
        Edit::FieldRemoved { index, field } => Step::FieldRemoved { index: *index, field: Field::to_string(field) },
        Edit::Result { old, new } => Step::Result { old, new },
        Edit::Description { old, new } => Step::Description { old: old.as_deref(), new: new.as_deref() },
        Edit::FieldChanged { name: field, part, .. } => match part {
            FieldPart::Name { new } => Step::FieldRenamed { field, new: new.as_deref() },
            FieldPart::Type { old, new } => Step::FieldType { field, old, new },
            FieldPart::Condition { old, new } => Step::FieldCondition { field, old: text(old), new: text(new) },
            FieldPart::Position { new } => Step::FieldMoved { field, index: *new },
            FieldPart::Description { old, new } => {
                Step::FieldDescription { field, old: old.as_deref(), new: new.as_deref() }
            }
        },
    }
}
