//! A change done again: the old declaration and the edits give the new one.

use crate::change::{Change, Edit, FieldPart};
use crate::item::{Field, Item};

/// The declarations of the new schema: those of `old` with all `changes`. The order of declarations means nothing.
///
/// # Errors
/// The first change that does not fit, as of another schema.
pub fn apply(old: &[Item], changes: &[Change]) -> Result<Vec<Item>, String> {
    let mut items: Vec<Item> = old.to_vec();
    for change in changes {
        let at = |items: &[Item], wanted: &Item| {
            items.iter().position(|item| item == wanted).ok_or_else(|| format!("there is no `{wanted}`"))
        };
        match (&change.old, &change.new) {
            (None, Some(new)) => items.push(new.item.clone()),
            (Some(old), None) => {
                let index = at(&items, &old.item)?;
                items.swap_remove(index);
            }
            (Some(old), Some(_)) => {
                let index = at(&items, &old.item)?;
                items[index] = edited(&old.item, &change.edits)?;
            }
            (None, None) => return Err("a change without a side".to_owned()),
        }
    }
    Ok(items)
}

/// `old` with the edits done.
///
/// # Errors
/// The first edit that names an argument that is not there.
pub fn edited(old: &Item, edits: &[Edit]) -> Result<Item, String> {
    let mut item = old.clone();
    let mut kept: Vec<Option<Field>> = old.fields.iter().cloned().map(Some).collect();
    // The arguments whose index in the new declaration an edit says.
    let mut placed: Vec<(usize, Field)> = Vec::new();
    let mut moved: Vec<(usize, usize)> = Vec::new();
    for edit in edits {
        match edit {
            Edit::Renamed { new, .. } => item.name.clone_from(new),
            Edit::Moved { new, .. } => item.kind = *new,
            Edit::Id { new, .. } => item.id = *new,
            Edit::Generics { new, .. } => item.generics.clone_from(new),
            Edit::Result { new, .. } => item.result.clone_from(new),
            Edit::Annotations { new, .. } => item.annotations.clone_from(new),
            Edit::Description { new, .. } => item.description.clone_from(new),
            Edit::FieldAdded { index, field, .. } => placed.push((*index, field.clone())),
            Edit::FieldRemoved { index, .. } => {
                kept.get_mut(*index).and_then(Option::take).ok_or_else(|| missing(old, *index))?;
            }
            Edit::FieldChanged { index, part, .. } => {
                let field = kept.get_mut(*index).and_then(Option::as_mut).ok_or_else(|| missing(old, *index))?;
                match part {
                    FieldPart::Name { new } => field.name.clone_from(new),
                    FieldPart::Type { new, .. } => field.ty.clone_from(new),
                    FieldPart::Condition { new, .. } => field.condition.clone_from(new),
                    FieldPart::Description { new, .. } => field.description.clone_from(new),
                    FieldPart::Position { new } => moved.push((*index, *new)),
                }
            }
        }
    }
    for (from, to) in moved {
        placed.push((to, kept[from].take().ok_or_else(|| missing(old, from))?));
    }
    placed.sort_by_key(|(index, _)| *index);
    // The others keep their order around them.
    item.fields = kept.into_iter().flatten().collect();
    for (index, field) in placed {
        if index > item.fields.len() {
            return Err(format!("`{}` has no index {index}", old.name));
        }
        item.fields.insert(index, field);
    }
    Ok(item)
}

fn missing(item: &Item, index: usize) -> String {
    format!("`{}` has no argument {index}", item.name)
}
