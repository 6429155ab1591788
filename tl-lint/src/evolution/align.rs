//! Which fields and variables of two versions of a declaration are the same.

use std::collections::HashMap;

use tlgen_model::schema::{Combinator, Param, Schema};

use super::compare::Compare;

/// The same fields and variables by their indices in the old and in the new version.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// By index in the old version.
    pub(super) new_field: Vec<Option<u32>>,
    /// By index in the new version.
    pub(super) old_field: Vec<Option<u32>>,
    /// By index in the old version.
    pub(super) new_generic: Vec<Option<u32>>,
    /// By index in the new version.
    pub(super) old_generic: Vec<Option<u32>>,
}

impl Alignment {
    pub(super) fn new(old_schema: &Schema, old: &Combinator, new_schema: &Schema, new: &Combinator) -> Self {
        let mut out = Self {
            new_field: vec![None; old.params.len()],
            old_field: vec![None; new.params.len()],
            new_generic: vec![None; old.generics.len()],
            old_generic: vec![None; new.generics.len()],
        };
        out.generics(old, new);
        let named = new.params.iter().enumerate().filter_map(|(index, param)| Some((param.name.as_deref()?, index)));
        let named: HashMap<&str, usize> = named.collect();
        for (index, param) in old.params.iter().enumerate() {
            let same = param.name.as_deref().and_then(|name| named.get(name)).copied();
            if let Some(same) = same.filter(|same| out.old_field[*same].is_none()) {
                out.join(index, same);
            }
        }
        out.renamed(old_schema, old, new_schema, new);
        out
    }

    fn join(&mut self, old: usize, new: usize) {
        self.new_field[old] = u32::try_from(new).ok();
        self.old_field[new] = u32::try_from(old).ok();
    }

    fn generics(&mut self, old: &Combinator, new: &Combinator) {
        for (index, generic) in old.generics.iter().enumerate() {
            // With as many variables as before a name may have changed.
            let by_name = new.generics.iter().position(|other| other.name == generic.name);
            let by_index = (old.generics.len() == new.generics.len()).then_some(index);
            let same = by_name.or(by_index).filter(|same| new.generics[*same].kind == generic.kind);
            if let Some(same) = same.filter(|same| self.old_generic[*same].is_none()) {
                self.new_generic[index] = u32::try_from(same).ok();
                self.old_generic[same] = u32::try_from(index).ok();
            }
        }
    }

    /// Joins fields without a partner that have the same type and condition and stand between the same neighbours.
    fn renamed(&mut self, old_schema: &Schema, old: &Combinator, new_schema: &Schema, new: &Combinator) {
        let mut next = 0;
        for index in 0..old.params.len() {
            if let Some(partner) = self.new_field[index] {
                next = next.max(partner as usize + 1);
                continue;
            }
            let end = (next..new.params.len()).find(|at| self.old_field[*at].is_some()).unwrap_or(new.params.len());
            let is_same = |at: &usize| {
                let compare = Compare { old_schema, new_schema, fields: self };
                same_field(&compare, &old.params[index], &new.params[*at])
            };
            if let Some(found) = (next..end).find(is_same) {
                self.join(index, found);
                next = found + 1;
            }
        }
    }
}

fn same_field(compare: &Compare<'_>, old: &Param, new: &Param) -> bool {
    let condition = match (old.condition, new.condition) {
        (None, None) => true,
        (Some(old), Some(new)) => old.bit == new.bit && compare.word(old.word, new.word),
        _ => false,
    };
    let mut arguments = Vec::new();
    condition && compare.expr(&old.ty, &new.ty, &mut arguments) && arguments.is_empty()
}
