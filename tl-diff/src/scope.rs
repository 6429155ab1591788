//! A part of both schemas: what some names reach.

use std::collections::BTreeSet;

use tlgen_model::ModelError;
use tlgen_model::analysis::closure;
use tlgen_model::schema::{CombinatorIdx, Schema};

use crate::change::{Change, Concern};
use crate::diff::Diff;
use crate::item::{Kind, spelled};

/// Declarations by kind and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope(BTreeSet<(Kind, String)>);

impl Scope {
    /// What the patterns of names reach in either schema. What a pattern is [`Pattern`](tlgen_model::pattern::Pattern) says.
    ///
    /// # Errors
    /// One error for each pattern that names nothing in both.
    pub fn reached(old: &Schema, new: &Schema, patterns: &[String]) -> Result<Self, Vec<ModelError>> {
        let mut scope = Self::default();
        let mut missing: Vec<Option<ModelError>> = vec![None; patterns.len()];
        let mut is_found = vec![false; patterns.len()];
        for schema in [old, new] {
            let mut here = Vec::new();
            for (index, pattern) in patterns.iter().enumerate() {
                match closure::named(schema, std::slice::from_ref(pattern)) {
                    Ok(_) => {
                        is_found[index] = true;
                        here.push(pattern.clone());
                    }
                    Err(unmatched) => missing[index] = unmatched.into_iter().next(),
                }
            }
            // Without a pattern a closure is all of the schema.
            if !here.is_empty() {
                let selection = closure::closure(schema, &here)?;
                scope.add(schema, &selection.combinators);
            }
        }
        let errors: Vec<ModelError> =
            missing.into_iter().zip(is_found).filter_map(|(error, is_found)| error.filter(|_| !is_found)).collect();
        if errors.is_empty() { Ok(scope) } else { Err(errors) }
    }

    /// What the declarations of this scope reach in either schema, and those themselves.
    #[must_use]
    pub fn closure(&self, old: &Schema, new: &Schema) -> Self {
        let pattern = |(kind, name): (Kind, &str)| match kind {
            Kind::Function => format!("functions:{name}"),
            Kind::Constructor | Kind::Type => format!("types:{name}"),
        };
        let mut reached = self.clone();
        for schema in [old, new] {
            let patterns: Vec<String> = self.iter().map(pattern).collect();
            let here: Vec<String> = patterns
                .into_iter()
                .filter(|pattern| closure::named(schema, std::slice::from_ref(pattern)).is_ok())
                .collect();
            if !here.is_empty()
                && let Ok(selection) = closure::closure(schema, &here)
            {
                reached.add(schema, &selection.combinators);
            }
        }
        reached
    }

    fn add(&mut self, schema: &Schema, is_in: &[bool]) {
        for (idx, is_in) in (0..).map(CombinatorIdx).zip(is_in) {
            if *is_in {
                let combinator = schema.combinator(idx);
                self.insert(Kind::of(combinator.kind), combinator.name.full());
                if let Some(ty) = combinator.ty {
                    self.insert(Kind::Type, schema.ty(ty).name.full());
                }
            }
        }
    }

    /// Adds one declaration.
    pub fn insert(&mut self, kind: Kind, name: &str) {
        self.0.insert((kind, name.to_owned()));
    }

    /// The declarations, by kind and name.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.0.iter().map(|(kind, name)| (*kind, name.as_str()))
    }

    /// Whether one of the two versions is in it.
    #[must_use]
    pub fn has(&self, change: &Change) -> bool {
        [&change.old, &change.new]
            .into_iter()
            .flatten()
            .any(|version| self.0.contains(&(version.item.kind, version.item.name.clone())))
    }
}

impl Scope {
    /// Whether the type of a constructor is in it: a `match` notices what it gains and loses.
    fn has_type_of(&self, change: &Change) -> bool {
        [&change.old, &change.new].into_iter().flatten().any(|version| {
            let ty = spelled(&version.item.result);
            let name = ty.split(' ').next().unwrap_or_default();
            version.item.kind == Kind::Constructor && self.0.contains(&(Kind::Type, name.to_owned()))
        })
    }
}

impl Diff {
    /// Leaves out all that is not in `scope`.
    pub fn retain(&mut self, scope: &Scope) {
        self.changes.retain(|change| scope.has(change));
        self.indirect.retain(|one| scope.0.contains(&(one.kind, one.name.clone())));
    }

    /// Says of each change what it has to do with what is used, and puts first what is named, then what is reached.
    pub fn sort_by_use(&mut self, named: &Scope, reached: &Scope) {
        for change in &mut self.changes {
            change.concern = if named.has(change) || named.has_type_of(change) {
                Concern::Named
            } else if reached.has(change) {
                Concern::Reached
            } else {
                Concern::Elsewhere
            };
        }
        self.changes.sort_by_key(|change| change.concern);
    }
}
