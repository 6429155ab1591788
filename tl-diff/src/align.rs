//! The edits that make one declaration of another.
//!
//! Arguments are aligned so that as many as possible keep name and type, then name, then type, without crossing. What the alignment
//! leaves on both sides under one name has moved.

use crate::change::{Edit, FieldPart};
use crate::item::{Field, Item, is_same_type};

/// How much a pair of arguments is worth. An argument that only has the type in common is the same one under another name.
const NAME_AND_TYPE: u32 = 12;
const NAME: u32 = 8;
const TYPE: u32 = 3;

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
    for (index, field) in old.iter().enumerate().filter(|(_, field)| field.name.is_some()) {
        if partner[index].is_none()
            && let Some(to) = (0..new.len()).find(|to| !is_taken[*to] && new[*to].name == field.name)
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
    let has =
        |fields: &[Field], name: &Option<String>| name.is_some() && fields.iter().any(|field| field.name == *name);
    // An argument that the other side has under its own name is not renamed.
    let old_stays: Vec<bool> = old.iter().map(|field| has(new, &field.name)).collect();
    let new_stays: Vec<bool> = new.iter().map(|field| has(old, &field.name)).collect();
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

#[cfg(test)]
mod tests {
    use super::align;
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
