//! One cause, one entry: edits that say the same in many declarations.
//!
//! What comes in are changes; what goes out are the causes that three or more of them share, with each location. A layer that makes
//! `long` of the `int` of all identifiers is one story with a hundred locations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::change::{Change, Edit, FieldPart};
use crate::item::{Field, spelled};

/// So many declarations make a story.
const LEAST: usize = 3;

/// Edits with one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// What they have in common.
    pub cause: Cause,
    /// Where, in the order of the changes.
    pub locations: Vec<StoryLocation>,
}

/// An edit that a story tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryLocation {
    /// The index of the change.
    pub change: usize,
    /// The index of the edit in it.
    pub edit: usize,
    /// The declaration, with the argument if there is one: `user.id`.
    pub path: String,
}

/// What edits have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// One type in place of another, alone or in a vector.
    Type {
        /// The type in the old schema.
        old: String,
        /// The type in the new schema.
        new: String,
    },
    /// The same new argument.
    FieldAdded {
        /// Its name.
        name: String,
        /// Its type without the condition.
        ty: String,
        /// Whether it is conditional.
        optional: bool,
    },
    /// The same argument is gone.
    FieldRemoved {
        /// Its name.
        name: String,
        /// Its type without the condition.
        ty: String,
    },
    /// Arguments of one name have another name.
    FieldRenamed {
        /// The name in the old schema.
        old: String,
        /// The name in the new schema.
        new: String,
    },
    /// Functions answer with another type.
    Result {
        /// The type in the old schema.
        old: String,
        /// The type in the new schema.
        new: String,
    },
    /// Another namespace.
    Namespace {
        /// The namespace in the old schema.
        old: String,
        /// The namespace in the new schema.
        new: String,
    },
    /// Other words for people.
    Descriptions,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { old, new } => write!(f, "`{old}` became `{new}`"),
            Self::FieldAdded { name, ty, optional: true } => write!(f, "new optional argument `{name}:{ty}`"),
            Self::FieldAdded { name, ty, optional: false } => write!(f, "new argument `{name}:{ty}`"),
            Self::FieldRemoved { name, ty } => write!(f, "argument `{name}:{ty}` is gone"),
            Self::FieldRenamed { old, new } => write!(f, "argument `{old}` is called `{new}`"),
            Self::Result { old, new } => write!(f, "the result `{old}` became `{new}`"),
            Self::Namespace { old, new } => write!(f, "from the namespace `{old}` to `{new}`"),
            Self::Descriptions => f.write_str("other descriptions"),
        }
    }
}

/// The stories of all changes, those with the most locations first.
#[must_use]
pub fn stories(changes: &[Change]) -> Vec<Story> {
    let mut by_cause: BTreeMap<Cause, Vec<StoryLocation>> = BTreeMap::new();
    for (index, change) in changes.iter().enumerate() {
        for (edit_index, edit) in change.edits.iter().enumerate() {
            if let Some((cause, field)) = cause(edit) {
                let name = &change.item().name;
                let path = field.map_or_else(|| name.clone(), |field| format!("{name}.{field}"));
                let location = StoryLocation { change: index, edit: edit_index, path };
                by_cause.entry(cause).or_default().push(location);
            }
        }
    }
    let mut stories: Vec<Story> = by_cause
        .into_iter()
        .filter(|(_, locations)| {
            locations.iter().map(|location| location.change).collect::<BTreeSet<_>>().len() >= LEAST
        })
        .map(|(cause, locations)| Story { cause, locations })
        .collect();
    stories.sort_by_key(|story| std::cmp::Reverse(story.locations.len()));
    stories
}

/// For each change whether the stories tell all of it. An id that follows from other edits needs no telling, nor does a new word for
/// arguments that are told.
#[must_use]
pub fn told(changes: &[Change], stories: &[Story]) -> Vec<bool> {
    let told: BTreeSet<(usize, usize)> =
        stories.iter().flat_map(|story| &story.locations).map(|location| (location.change, location.edit)).collect();
    let is_told = |index: usize, change: &Change| {
        let (here, rest): (Vec<_>, Vec<_>) =
            change.edits.iter().enumerate().partition(|(edit, _)| told.contains(&(index, *edit)));
        let words: BTreeSet<&str> = here.iter().filter_map(|(_, edit)| word(edit)).collect();
        let follows = |edit: &Edit| match edit {
            Edit::Id { .. } => true,
            Edit::FieldAdded { field, .. } => field.ty == "#" && words.contains(field.name()),
            _ => false,
        };
        !here.is_empty() && rest.into_iter().all(|(_, edit)| follows(edit))
    };
    changes.iter().enumerate().map(|(index, change)| is_told(index, change)).collect()
}

/// The word on which a new argument depends.
fn word(edit: &Edit) -> Option<&str> {
    match edit {
        Edit::FieldAdded { field, .. } => field.condition.as_ref().map(|condition| condition.word.as_str()),
        _ => None,
    }
}

/// The cause of an edit, and the argument that it is about.
fn cause(edit: &Edit) -> Option<(Cause, Option<&str>)> {
    let of_field = |field: &Field| (field.name().to_owned(), field.ty.clone());
    Some(match edit {
        Edit::FieldChanged { name, part: FieldPart::Type { old, new }, .. } => {
            let (old, new) = innermost(old, new);
            (Cause::Type { old, new }, Some(name))
        }
        Edit::FieldChanged { name, part: FieldPart::Name { new: Some(new) }, .. } => {
            (Cause::FieldRenamed { old: name.clone(), new: new.clone() }, None)
        }
        Edit::FieldChanged { part: FieldPart::Description { .. }, .. } | Edit::Description { .. } => {
            (Cause::Descriptions, None)
        }
        // A word comes with what it is the word of.
        Edit::FieldAdded { field, .. } if field.ty != "#" => {
            let (name, ty) = of_field(field);
            (Cause::FieldAdded { name, ty, optional: field.condition.is_some() }, None)
        }
        Edit::FieldRemoved { field, .. } => {
            let (name, ty) = of_field(field);
            (Cause::FieldRemoved { name, ty }, None)
        }
        Edit::Result { old, new } => {
            let (old, new) = innermost(old, new);
            (Cause::Result { old, new }, None)
        }
        Edit::Renamed { old, new } => {
            let (old, ident) = old.rsplit_once('.').unwrap_or(("", old));
            let (new, other) = new.rsplit_once('.').unwrap_or(("", new));
            if ident != other {
                return None;
            }
            (Cause::Namespace { old: old.to_owned(), new: new.to_owned() }, None)
        }
        _ => return None,
    })
}

/// What differs between two types: `int` and `long` for `Vector<int>` and `Vector<long>`.
fn innermost(old: &str, new: &str) -> (String, String) {
    let (a, b) = (spelled(old), spelled(new));
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    if a.len() == b.len() {
        let mut differing = a.iter().zip(&b).filter(|(a, b)| a != b);
        if let (Some((a, b)), None) = (differing.next(), differing.next()) {
            return ((*a).to_owned(), (*b).to_owned());
        }
    }
    (old.to_owned(), new.to_owned())
}

#[cfg(test)]
mod tests {
    use super::innermost;

    #[test]
    fn the_difference_of_types() {
        let of = |a, b| innermost(a, b);
        assert_eq!(of("Vector<int>", "Vector<long>"), ("int".to_owned(), "long".to_owned()));
        assert_eq!(of("(vector int)", "vector<long>"), ("int".to_owned(), "long".to_owned()));
        assert_eq!(of("int", "Vector<int>"), ("int".to_owned(), "Vector<int>".to_owned()));
        assert_eq!(of("Pair<A, B>", "Pair<C, D>"), ("Pair<A, B>".to_owned(), "Pair<C, D>".to_owned()));
    }
}
