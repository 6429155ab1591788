//! What a few functions need.
//!
//! What comes in are patterns of names; what goes out is the set of everything that they reach: the functions
//! themselves, the types of their arguments and results, all constructors of those types, and so on, but for what is to be
//! left out.
//! [`Schema::select`] makes a schema of it.

use super::graph;
use crate::error::{ErrorKind, ModelError};
use crate::pattern::Pattern;
use crate::schema::{CombinatorIdx, Name, Schema, TypeIdx};
use crate::suggest::Suggest;

/// A part of a schema: one truth value for each of its types and combinators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// By [`TypeIdx`].
    pub types: Vec<bool>,
    /// By [`CombinatorIdx`]. A constructor is in it only if its type is.
    pub combinators: Vec<bool>,
}

impl Selection {
    /// Whether the type is in it.
    #[must_use]
    pub fn has_type(&self, ty: TypeIdx) -> bool {
        self.types[ty.0 as usize]
    }

    /// Whether the constructor or function is in it.
    #[must_use]
    pub fn has_combinator(&self, combinator: CombinatorIdx) -> bool {
        self.combinators[combinator.0 as usize]
    }
}

/// Everything that can be reached from what the patterns name, and all of the schema if there are none.
///
/// What a pattern is [`Pattern`] says. A pattern is for the functions, types and constructors of its form; a constructor
/// brings its type along.
///
/// # Errors
/// One error for each pattern that names nothing.
pub fn closure(schema: &Schema, patterns: &[String]) -> Result<Selection, Vec<ModelError>> {
    closure_without(schema, patterns, &vec![false; schema.combinators.len()])
}

/// The same without the combinators that are `skipped`, by [`CombinatorIdx`], and what only they reach. A type without any
/// other constructor is left out, too; what needs it all the same [`missing`] finds.
///
/// # Errors
/// One error for each pattern that names nothing.
pub fn closure_without(schema: &Schema, patterns: &[String], skipped: &[bool]) -> Result<Selection, Vec<ModelError>> {
    let picked = if patterns.is_empty() { vec![true; schema.combinators.len()] } else { named(schema, patterns)? };
    let is_kept = |idx: CombinatorIdx| !skipped[idx.0 as usize];
    let mut combinators = vec![false; schema.combinators.len()];
    let mut roots = Vec::new();
    for (idx, function) in schema.functions().filter(|(idx, _)| picked[idx.0 as usize] && is_kept(*idx)) {
        combinators[idx.0 as usize] = true;
        graph::each_argument_type(schema, function, &mut |ty| roots.push(ty));
        graph::each_type(schema, &function.result, &mut |ty| roots.push(ty));
    }
    let constructors = schema.constructors().filter(|(idx, _)| picked[idx.0 as usize] && is_kept(*idx));
    roots.extend(constructors.filter_map(|(_, constructor)| constructor.ty));
    let mut types = vec![false; schema.types.len()];
    graph::reach_by(schema, roots, &mut types, &is_kept);
    for (ty, declared) in schema.types() {
        if types[ty.0 as usize] {
            let kept: Vec<_> = declared.constructors.iter().filter(|idx| is_kept(**idx)).collect();
            types[ty.0 as usize] = !kept.is_empty() || declared.constructors.is_empty();
            kept.into_iter().for_each(|constructor| combinators[constructor.0 as usize] = true);
        }
    }
    Ok(Selection { types, combinators })
}

/// What a selection needs and has not: a combinator in it, and a type that it names and that is not in it. Empty unless
/// something was skipped.
#[must_use]
pub fn missing(schema: &Schema, selection: &Selection) -> Vec<(CombinatorIdx, TypeIdx)> {
    let mut found = Vec::new();
    for (idx, combinator) in schema.constructors().chain(schema.functions()) {
        if selection.has_combinator(idx) {
            let mut visit = |ty: TypeIdx| {
                if !selection.has_type(ty) && found.last() != Some(&(idx, ty)) {
                    found.push((idx, ty));
                }
            };
            graph::each_argument_type(schema, combinator, &mut visit);
            graph::each_type(schema, &combinator.result, &mut visit);
        }
    }
    found
}

/// The combinators that patterns name, by [`CombinatorIdx`]. A type names all its constructors.
///
/// # Errors
/// One error for each pattern that names nothing.
pub fn named(schema: &Schema, patterns: &[String]) -> Result<Vec<bool>, Vec<ModelError>> {
    let mut picked = vec![false; schema.combinators.len()];
    let mut errors = Vec::new();
    for text in patterns {
        let pattern = Pattern::new(text);
        let mut any = false;
        let mut pick = |idx: CombinatorIdx| {
            picked[idx.0 as usize] = true;
            any = true;
        };
        schema.functions().filter(|(_, it)| pattern.is_function(it.name.full())).for_each(|(idx, _)| pick(idx));
        schema.constructors().filter(|(_, it)| pattern.is_type(it.name.full())).for_each(|(idx, _)| pick(idx));
        let types = schema.types().filter(|(_, it)| pattern.is_type(it.name.full()));
        types.for_each(|(_, ty)| ty.constructors.iter().for_each(|idx| pick(*idx)));
        if !any {
            errors.push(unmatched(schema, text));
        }
    }
    if errors.is_empty() { Ok(picked) } else { Err(errors) }
}

fn unmatched(schema: &Schema, pattern: &str) -> ModelError {
    let names = schema.combinators.iter().map(|combinator| &combinator.name);
    let names = names.chain(schema.types.iter().map(|ty| &ty.name));
    let suggestion = Suggest::new(names.map(Name::full)).nearest(Pattern::new(pattern).form);
    ModelError::without_location(ErrorKind::UnmatchedPattern { pattern: pattern.to_owned(), suggestion })
}
