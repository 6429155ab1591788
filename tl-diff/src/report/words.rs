//! The words that all reports for people have in common.

use crate::change::{Action, Change, Concern, Edit, FieldPart};
use crate::item::Item;
use crate::rules;
use crate::summary::{Counts, Summary};
use crate::verdict::{Bytes, Column, Finding, Level};

/// One sign and a text: `+`, `-` or `~`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What happened to it.
    pub sign: char,
    /// What it says, without line breaks.
    pub text: String,
}

/// The sign of what happened.
pub(crate) fn sign(action: Action) -> char {
    match action {
        Action::Added => '+',
        Action::Removed => '-',
        Action::Renamed | Action::Moved | Action::Changed => '~',
    }
}

/// What the title of a part adds where somebody has said what is used.
pub(crate) fn concern(concern: Concern) -> &'static str {
    match concern {
        Concern::Unknown => "",
        Concern::Named => " (named in the sources)",
        Concern::Reached => " (reached from what the sources name)",
        Concern::Elsewhere => " (elsewhere)",
    }
}

/// Removals first: they are what readers look for.
pub(crate) fn rank(action: Action) -> u8 {
    match action {
        Action::Removed => 0,
        Action::Renamed | Action::Moved | Action::Changed => 1,
        Action::Added => 2,
    }
}

/// What stands above the edits: the declaration as it is, or its name and what became of its id.
pub(crate) fn headline(change: &Change) -> String {
    let Some((old, new)) = change.both() else { return change.item().to_string() };
    let mut text = if old.name == new.name { new.name.clone() } else { format!("{} -> {}", old.name, new.name) };
    if old.id != new.id {
        text += &format!("  #{:08x} -> #{:08x}", old.id, new.id);
    } else if new.id != 0 {
        text += &format!("  #{:08x}", new.id);
    }
    if !new.result.is_empty() && old.result == new.result {
        text += &format!("  = {}", new.result);
    }
    text
}

/// The edits, without other names and ids. Edits of one argument are one line.
#[must_use]
pub fn edits(change: &Change) -> Vec<Line> {
    let Some((old, new)) = change.both() else { return Vec::new() };
    let mut lines: Vec<(usize, usize, Line)> = Vec::new();
    let mut index = 0;
    while index < change.edits.len() {
        let edit = &change.edits[index];
        let Edit::FieldChanged { index: field, .. } = edit else {
            lines.extend(line(edit, new).into_iter().map(|(at, line)| (at, index, line)));
            index += 1;
            continue;
        };
        let parts = change.edits[index..].iter().map_while(|edit| match edit {
            Edit::FieldChanged { index, part, .. } if index == field => Some(part),
            _ => None,
        });
        let parts: Vec<&FieldPart> = parts.collect();
        let name = parts.iter().find_map(|part| match part {
            FieldPart::Name { new } => Some(new.clone()),
            _ => None,
        });
        let name = name.unwrap_or_else(|| old.fields[*field].name.clone());
        let at = new.fields.iter().position(|field| field.name == name).unwrap_or(*field);
        lines.push((at, index, Line { sign: '~', text: field_changed(old, new, *field, &parts) }));
        index += parts.len();
    }
    lines.sort_by_key(|(at, index, _)| (*at, *index));
    lines.into_iter().map(|(_, _, line)| line).collect()
}

/// A line and where among the arguments it belongs.
fn line(edit: &Edit, new: &Item) -> Option<(usize, Line)> {
    let line = |at, sign, text| Some((at, Line { sign, text }));
    match edit {
        Edit::Renamed { .. } | Edit::Id { .. } | Edit::FieldChanged { .. } => None,
        Edit::Moved { old, new } => line(0, '~', format!("was a {}, is a {}", old.word(), new.word())),
        Edit::Generics { old, new } => line(0, '~', format!("variables {} -> {}", braces(old), braces(new))),
        Edit::Annotations { old, new } => line(0, '~', format!("annotations {} -> {}", words(old), words(new))),
        Edit::FieldRemoved { index, field } => line(*index, '-', field.to_string()),
        Edit::FieldAdded { index, field, at_end } => {
            let after = index.checked_sub(1).and_then(|before| new.fields.get(before));
            let where_ = match after {
                // Where a field without bytes stands makes no difference.
                _ if *at_end || field.is_switch() => String::new(),
                Some(before) => format!("  (after {})", before.name()),
                None => "  (first)".to_owned(),
            };
            line(*index, '+', format!("{field}{where_}"))
        }
        Edit::Result { old, new } => line(usize::MAX, '~', format!("= {old} -> {new}")),
        Edit::Description { .. } => line(usize::MAX, '~', "another description".to_owned()),
    }
}

fn field_changed(old: &Item, new: &Item, index: usize, parts: &[&FieldPart]) -> String {
    let field = &old.fields[index];
    let mut notes = Vec::new();
    let mut after = field.clone();
    for part in parts {
        match part {
            FieldPart::Name { new } => after.name.clone_from(new),
            FieldPart::Type { new, .. } => after.ty.clone_from(new),
            FieldPart::Condition { old, new } => {
                after.condition.clone_from(new);
                match (old, new) {
                    (None, Some(_)) => notes.push("now optional".to_owned()),
                    (Some(_), None) => notes.push("now required".to_owned()),
                    _ => {}
                }
            }
            FieldPart::Position { new: to } => {
                let before = to.checked_sub(1).and_then(|before| new.fields.get(before));
                notes
                    .push(before.map_or_else(|| "now first".to_owned(), |field| format!("now after {}", field.name())));
            }
            FieldPart::Description { .. } => notes.push("another description".to_owned()),
        }
    }
    let mut text = if after.name != field.name {
        format!("{field} -> {after}")
    } else if after.full_type() != field.full_type() {
        format!("{}: {} -> {}", field.name(), field.full_type(), after.full_type())
    } else {
        field.name().to_owned()
    };
    if !notes.is_empty() {
        text += &format!("  ({})", notes.join(", "));
    }
    text
}

fn braces(list: &[String]) -> String {
    if list.is_empty() { "none".to_owned() } else { list.iter().map(|one| format!("{{{one}}}")).collect() }
}

fn words(list: &[String]) -> String {
    if list.is_empty() {
        "none".to_owned()
    } else {
        list.iter().map(|one| format!("@{one}")).collect::<Vec<_>>().join(" ")
    }
}

/// `12 constructors and 3 functions`; `nothing` for none.
pub(crate) fn counts(counts: Counts) -> String {
    let of = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let parts: Vec<String> = [
        of(counts.constructors, "constructor"),
        of(counts.functions, "function"),
        of(counts.types, "description of a type")
            .map(|text| text.replace("description of a types", "descriptions of types")),
    ]
    .into_iter()
    .flatten()
    .collect();
    match &*parts {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The counts of what was added, removed and changed, each with its sign.
#[must_use]
pub fn totals(summary: &Summary) -> Vec<(char, String)> {
    let line = |sign, what, word| (sign, format!("{} {word}", counts(what)));
    let mut lines = Vec::new();
    if summary.added.sum() > 0 {
        lines.push(line('+', summary.added, "added"));
    }
    if summary.removed.sum() > 0 {
        lines.push(line('-', summary.removed, "removed"));
    }
    if summary.changed.sum() > 0 {
        lines.push(line('~', summary.changed, "changed"));
    }
    lines
}

/// `broken: old client, new client, stored (TL0606); Rust major (TL0633)`: what a change breaks, in a few words.
#[must_use]
pub fn breaks(change: &Change) -> String {
    let mut parts: Vec<String> = Vec::new();
    let of = |level: Level| {
        let columns: Vec<Column> =
            Column::WIRE.into_iter().filter(|column| change.verdicts.get(*column).level() == level).collect();
        let names: Vec<&str> = columns.iter().map(|column| short(*column)).collect();
        let findings = columns.iter().flat_map(|column| &change.verdicts.get(*column).findings);
        let codes = codes(findings.filter(|finding| finding.level == level));
        (!names.is_empty()).then(|| format!("{} ({codes})", names.join(", ")))
    };
    parts.extend(of(Level::Broken).map(|text| format!("breaks {text}")));
    parts.extend(of(Level::Safe).map(|text| format!("safe for {text}")));
    let rust = change.verdicts.get(Column::Rust);
    if rust.level() > Level::None {
        let worst = rust.findings.iter().filter(|finding| finding.level == rust.level());
        parts.push(format!("Rust {} ({})", Column::Rust.word(rust.level()), codes(worst)));
    }
    let behaviour = &change.verdicts.behaviour.findings;
    let (described, said): (Vec<_>, Vec<_>) = behaviour.iter().partition(|one| *one.rule == rules::DESCRIPTION_CHANGED);
    parts.extend(said.iter().map(|finding| format!("{} ({})", finding.text, finding.rule.rule.code.0)));
    if !described.is_empty() {
        parts.push(codes(described.into_iter()));
    }
    parts.join("; ")
}

fn codes<'f>(findings: impl Iterator<Item = &'f Finding>) -> String {
    let mut codes: Vec<&str> = findings.map(|finding| finding.rule.rule.code.0).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.join(", ")
}

/// The name of a column in a line.
pub(crate) fn short(column: Column) -> &'static str {
    match column {
        Column::OldClient => "old client",
        Column::NewClient => "new client",
        Column::Stored => "stored bytes",
        Column::Rust => "Rust",
        Column::Behaviour => "behaviour",
    }
}

/// Bytes in hexadecimal, in words of four bytes; long ones are cut.
pub(crate) fn hex(bytes: &[u8], limit: usize) -> String {
    let words: Vec<String> =
        bytes.chunks(4).take(limit / 4).map(|word| word.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
    let rest = if bytes.len() > limit { format!(" ... ({} bytes)", bytes.len()) } else { String::new() };
    words.join(" ") + &rest
}

/// The proof of a finding about bytes.
pub(crate) fn bytes(proof: &Bytes) -> [String; 3] {
    let verb = if proof.is_misread { "read as" } else { "refused" };
    [
        format!("bytes    {}", hex(&proof.bytes, 48)),
        format!("written  {}", cut(&proof.meant, 160)),
        format!("{verb:8} {}", cut(&proof.read, 160)),
    ]
}

/// A text of so many characters at most, without those that a terminal obeys.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    let is_harmless = |c: char| !c.is_control() && !tlgen_parser::invisible::is_direction(c);
    let text: String = text.chars().map(|c| if is_harmless(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
    match text.char_indices().nth(limit) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text,
    }
}

/// A text on one line that Markdown takes for text.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in cut(text, 200).chars() {
        if matches!(c, '\\' | '&' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// With a capital letter.
pub(crate) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
