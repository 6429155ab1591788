//! The column about what is said of a declaration: comments, annotations, and metadata where it is given.

use std::collections::{BTreeMap, BTreeSet};

use tlgen_meta::{Function, Metadata};
use tlgen_model::schema::{CombinatorIdx, Schema};

use crate::change::{Change, Concern, Edit, FieldPart, Version};
use crate::item::Item;
use crate::matching::Pair;
use crate::rules;
use crate::rules::DiffRule;
use crate::verdict::{Finding, Level, Verdict, Verdicts, Witness};

/// Fills in the column from the edits.
pub(crate) fn judge(change: &mut Change) {
    let mut fields = Vec::new();
    let mut verdict = Verdict::default();
    for edit in &change.edits {
        match edit {
            Edit::Description { .. } => add(&mut verdict, &rules::DESCRIPTION_CHANGED, "its description".to_owned()),
            Edit::FieldChanged { name, part: FieldPart::Description { .. }, .. } => fields.push(name.as_str()),
            Edit::Annotations { old, new } => {
                let text = format!("{} became {}", annotations(old), annotations(new));
                add(&mut verdict, &rules::ANNOTATIONS_CHANGED, text);
            }
            _ => {}
        }
    }
    if !fields.is_empty() {
        add(&mut verdict, &rules::DESCRIPTION_CHANGED, format!("the description of {}", fields.join(", ")));
    }
    change.verdicts.behaviour = verdict;
}

fn annotations(list: &[String]) -> String {
    if list.is_empty() {
        return "no annotation".to_owned();
    }
    list.iter().map(|one| format!("@{one}")).collect::<Vec<_>>().join(" ")
}

/// Adds what two tables say about the functions that both schemas have. A function whose declaration is the same gets a change without
/// edits.
pub(crate) fn add_metadata(
    compared: &mut Vec<(Pair, Change)>,
    old: &Schema,
    new: &Schema,
    before: &Metadata,
    after: &Metadata,
) {
    let olds: BTreeMap<&str, CombinatorIdx> = old.functions().map(|(idx, one)| (one.name.full(), idx)).collect();
    for (to, function) in new.functions() {
        let known = compared.iter_mut().find(|(pair, _)| pair.new == Some(to));
        let from = known.as_ref().map_or_else(|| olds.get(function.name.full()).copied(), |(pair, _)| pair.old);
        let Some(from) = from else { continue };
        let verdict = of_functions(old.combinator(from).name.full(), function.name.full(), before, after);
        match known {
            Some((_, change)) => verdict.findings.into_iter().for_each(|found| change.verdicts.behaviour.add(found)),
            None if verdict.findings.is_empty() => {}
            None => {
                let pair = Pair { old: Some(from), new: Some(to) };
                compared.push((pair, unchanged(old, from, new, to, verdict)));
            }
        }
    }
}

/// A change of what is said only.
fn unchanged(old: &Schema, from: CombinatorIdx, new: &Schema, to: CombinatorIdx, verdict: Verdict) -> Change {
    let version = |schema: &Schema, idx| {
        let combinator = schema.combinator(idx);
        Version { item: Item::of(combinator), location: combinator.location }
    };
    Change {
        old: Some(version(old, from)),
        new: Some(version(new, to)),
        edits: Vec::new(),
        verdicts: Verdicts { behaviour: verdict, ..Verdicts::default() },
        concern: Concern::Unknown,
        fingerprint: String::new(),
    }
}

/// What two tables say about one function, as far as it differs. A table that says nothing of something makes no difference.
fn of_functions(old_name: &str, new_name: &str, old: &Metadata, new: &Metadata) -> Verdict {
    let mut verdict = Verdict::default();
    let (Some(before), Some(after)) = (old.functions.get(old_name), new.functions.get(new_name)) else {
        return verdict;
    };
    if before.usable_by != after.usable_by {
        let text = format!("called by: {} became {}", before.usable_by.text(), after.usable_by.text());
        add(&mut verdict, &rules::CALLERS_CHANGED, text);
    }
    let errors = |function: &Function| -> Option<BTreeSet<String>> {
        Some(function.errors.as_ref()?.iter().map(|error| error.name.to_string()).collect())
    };
    if let (Some(before), Some(after)) = (errors(before), errors(after)) {
        for error in after.difference(&before) {
            add(&mut verdict, &rules::ERROR_ADDED, format!("may answer {error}"));
        }
        for error in before.difference(&after) {
            add(&mut verdict, &rules::ERROR_REMOVED, format!("no longer answers {error}"));
        }
    }
    verdict
}

fn add(verdict: &mut Verdict, rule: &'static DiffRule, text: String) {
    let witness = Witness::None("a text, which nothing can run");
    verdict.add(Finding { rule, level: Level::Safe, writer: None, text, witness });
}
