//! The edits that make one declaration of another.
//!
//! Arguments are aligned so that as many as possible keep name and type, then name, then type, without crossing. What the alignment
//! leaves on both sides under one name has moved. Of very many arguments only the names count, as a table of all pairs has no room.

use std::collections::{HashMap, HashSet};

use crate::change::{Edit, FieldPart};
use crate::item::{Field, Item, is_same_type};

/// How much a pair of arguments is worth. An argument that only has the type in common is the same one under another name.
const NAME_AND_TYPE: u32 = 12;
const NAME: u32 = 8;
const TYPE: u32 = 3;

/// So many pairs of arguments are compared, which takes 4 bytes each.
const PAIRS: usize = 1 << 16;

/// The edits from `old` to `new`, in the order of the declaration.
pub(crate) fn edits(old: &Item, new: &Item) -> Vec<Edit> {
    let mut edits = Vec::new();
    if old.kind != new.kind {
        edits.push(Edit::Moved { old: old.kind, new: new.kind });
    }
    if old.name != new.name {
        edits.push(Edit::Renamed { old: old.name.clone(), new: new.name.clone() });
    }
    if old.id != new.id {
        edits.push(Edit::Id { old: old.id, new: new.id });
    }
    if old.annotations != new.annotations {
        edits.push(Edit::Annotations { old: old.annotations.clone(), new: new.annotations.clone() });
    }
    if old.generics != new.generics {
        edits.push(Edit::Generics { old: old.generics.clone(), new: new.generics.clone() });
    }
    fields(&old.fields, &new.fields, &mut edits);
    if !is_same_type(&old.result, &new.result) {
        edits.push(Edit::Result { old: old.result.clone(), new: new.result.clone() });
    }
    if old.description != new.description {
        edits.push(Edit::Description { old: old.description.clone(), new: new.description.clone() });
    }
    edits
}

fn fields(old: &[Field], new: &[Field], edits: &mut Vec<Edit>) {
    let mut partner = align(old, new);
    let mut is_taken = vec![false; new.len()];
    partner.iter().flatten().for_each(|index| is_taken[*index] = true);
    let mut moved = vec![false; old.len()];
    let free = new.iter().enumerate().filter(|(to, _)| !is_taken[*to]);
    // The first of a name is meant, so it is the last to be put in.
    let free: HashMap<&str, usize> = free.rev().filter_map(|(to, field)| Some((field.name.as_deref()?, to))).collect();
    for (index, field) in old.iter().enumerate() {
        if partner[index].is_none()
            && let Some(&to) = field.name.as_deref().and_then(|name| free.get(name))
            && !is_taken[to]
        {
            is_taken[to] = true;
            partner[index] = Some(to);
            moved[index] = true;
        }
    }
    for (index, field) in old.iter().enumerate() {
        match partner[index] {
            None => edits.push(Edit::FieldRemoved { index, field: field.clone() }),
            Some(to) => {
                let mut push = |part| edits.push(Edit::FieldChanged { index, name: field.name().to_owned(), part });
                if moved[index] {
                    push(FieldPart::Position { new: to });
                }
                parts(field, &new[to], &mut push);
            }
        }
    }
    let last = partner.iter().flatten().max().map_or(0, |last| last + 1);
    for (index, field) in new.iter().enumerate().filter(|(index, _)| !is_taken[*index]) {
        edits.push(Edit::FieldAdded { index, field: field.clone(), at_end: index >= last });
    }
}

fn parts(old: &Field, new: &Field, push: &mut impl FnMut(FieldPart)) {
    if old.name != new.name {
        push(FieldPart::Name { new: new.name.clone() });
    }
    if old.condition != new.condition {
        push(FieldPart::Condition { old: old.condition.clone(), new: new.condition.clone() });
    }
    if !is_same_type(&old.ty, &new.ty) {
        push(FieldPart::Type { old: old.ty.clone(), new: new.ty.clone() });
    }
    if old.description != new.description {
        push(FieldPart::Description { old: old.description.clone(), new: new.description.clone() });
    }
}

/// For each old argument the new one that it is, ascending.
fn align(old: &[Field], new: &[Field]) -> Vec<Option<usize>> {
    if old.len().saturating_mul(new.len()) > PAIRS {
        return align_names(old, new);
    }
    let (old_names, new_names) = (names(old), names(new));
    let has = |names: &HashSet<&str>, field: &Field| field.name.as_deref().is_some_and(|name| names.contains(name));
    // An argument that the other side has under its own name is not renamed.
    let old_stays: Vec<bool> = old.iter().map(|field| has(&new_names, field)).collect();
    let new_stays: Vec<bool> = new.iter().map(|field| has(&old_names, field)).collect();
    let worth = |from: usize, to: usize| {
        let (a, b) = (&old[from], &new[to]);
        let same_type = a.condition == b.condition && is_same_type(&a.ty, &b.ty);
        if a.name == b.name {
            if same_type { NAME_AND_TYPE } else { NAME }
        } else if same_type && !old_stays[from] && !new_stays[to] {
            TYPE
        } else {
            0
        }
    };
    let width = new.len() + 1;
    // The best sum of the arguments from an index on, on each side.
    let mut best = vec![0u32; (old.len() + 1) * width];
    for from in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            let skip = best[(from + 1) * width + to].max(best[from * width + to + 1]);
            let worth = worth(from, to);
            let pair = if worth == 0 { 0 } else { worth + best[(from + 1) * width + to + 1] };
            best[from * width + to] = skip.max(pair);
        }
    }
    let mut partner = vec![None; old.len()];
    let (mut from, mut to) = (0, 0);
    while from < old.len() && to < new.len() {
        let here = best[from * width + to];
        let worth = worth(from, to);
        if worth > 0 && here == worth + best[(from + 1) * width + to + 1] {
            partner[from] = Some(to);
            (from, to) = (from + 1, to + 1);
        } else if here == best[(from + 1) * width + to] {
            from += 1;
        } else {
            to += 1;
        }
    }
    partner
}

fn names(fields: &[Field]) -> HashSet<&str> {
    fields.iter().filter_map(|field| field.name.as_deref()).collect()
}

/// The same by names alone: as many arguments as possible keep their name without crossing.
fn align_names(old: &[Field], new: &[Field]) -> Vec<Option<usize>> {
    let named = new.iter().enumerate().rev();
    let places: HashMap<&str, usize> = named.filter_map(|(to, field)| Some((field.name.as_deref()?, to))).collect();
    let place = |field: &Field| field.name.as_deref().and_then(|name| places.get(name)).copied();
    // The last arguments of the shortest ascending lists of each length, with the one before each.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; old.len()];
    for (index, to) in old.iter().enumerate().filter_map(|(index, field)| Some((index, place(field)?))) {
        let length = ends.partition_point(|(end, _)| *end < to);
        before[index] = length.checked_sub(1).map(|length| ends[length].1);
        match ends.get_mut(length) {
            Some(end) => *end = (to, index),
            None => ends.push((to, index)),
        }
    }
    let mut partner = vec![None; old.len()];
    let mut next = ends.last().map(|(_, index)| *index);
    while let Some(index) = next {
        partner[index] = place(&old[index]);
        next = before[index];
    }
    partner
}

#[cfg(test)]
mod tests {
    use super::{align, align_names};
    use crate::item::{Condition, Field};

    fn fields(text: &str) -> Vec<Field> {
        let field = |word: &str| {
            let (name, ty) = word.split_once(':').unwrap_or(("", word));
            let (condition, ty) = match ty.split_once('?') {
                Some((condition, ty)) => {
                    let (word, bit) = condition.split_once('.').expect("a bit");
                    (Some(Condition { word: word.to_owned(), bit: bit.parse().expect("a number") }), ty)
                }
                None => (None, ty),
            };
            let name = (!name.is_empty()).then(|| name.to_owned());
            Field { name, condition, ty: ty.to_owned(), description: None }
        };
        text.split_whitespace().map(field).collect()
    }

    fn aligned(old: &str, new: &str) -> Vec<Option<usize>> {
        align(&fields(old), &fields(new))
    }

    /// Of very many arguments.
    #[test]
    fn names_find_each_other() {
        let aligned = |old: &str, new: &str| align_names(&fields(old), &fields(new));
        assert_eq!(aligned("a:int b:int", "a:int x:int b:long"), [Some(0), Some(2)]);
        assert_eq!(aligned("a:int user:int b:int", "a:int peer:int b:int"), [Some(0), None, Some(2)]);
        assert_eq!(aligned("a:int b:int c:int d:int", "b:int c:int a:int d:int"), [None, Some(0), Some(1), Some(3)]);
        assert_eq!(aligned("c:int a:int b:int", "a:int b:int c:int"), [None, Some(0), Some(1)]);
        assert_eq!(aligned("int a:int", "int a:int"), [None, Some(1)]);
        assert_eq!(aligned("", "a:int"), []);
        // Many are aligned by names.
        let many = |word: &str| (0..300).map(|n| format!("{word}{n}:int ")).collect::<String>();
        assert!(align(&fields(&many("a")), &fields(&many("b"))).iter().all(Option::is_none));
        assert!(align(&fields(&many("a")), &fields(&many("a"))).iter().all(Option::is_some));
    }

    #[test]
    fn arguments_find_each_other() {
        assert_eq!(aligned("a:int b:int", "a:int b:int"), [Some(0), Some(1)]);
        assert_eq!(aligned("a:int b:int", "a:int x:int b:int"), [Some(0), Some(2)]);
        assert_eq!(aligned("hash:int", "hash:long"), [Some(0)]);
        // One type, one position: another name.
        assert_eq!(aligned("a:int user:int b:int", "a:int peer:int b:int"), [Some(0), Some(1), Some(2)]);
        // Not where the new name was there before.
        assert_eq!(aligned("a:int b:int", "b:int"), [None, Some(0)]);
        assert_eq!(aligned("f:f.1?true", "g:f.2?true"), [None]);
        // What crosses is left to the search for moves.
        assert_eq!(aligned("a:int b:long c:int", "b:long a:int c:int"), [None, Some(0), Some(2)]);
        assert_eq!(aligned("", "a:int"), []);
    }
}
