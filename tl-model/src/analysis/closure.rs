//! What a few functions need.
//!
//! What comes in are patterns of names; what goes out is the set of everything that they reach: the functions
//! themselves, the types of their arguments and results, all constructors of those types, and so on.
//! [`Schema::select`] makes a schema of it.

use super::graph;
use crate::error::{ErrorKind, ModelError};
use crate::pattern::matches;
use crate::schema::{CombinatorIdx, Name, Schema, TypeIdx};
use crate::suggest::Suggest;

/// A part of a schema: one truth value for each of its types and combinators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// By [`TypeIdx`].
    pub types: Vec<bool>,
    /// By [`CombinatorIdx`]. A constructor is in it iff its type is.
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

/// Everything that can be reached from what the patterns name.
///
/// What a pattern is [`matches()`] says. A pattern
/// that names no function is taken for types and constructors; a constructor brings its type along.
///
/// # Errors
/// One error for each pattern that names nothing.
pub fn closure(schema: &Schema, patterns: &[String]) -> Result<Selection, Vec<ModelError>> {
    let mut combinators = vec![false; schema.combinators.len()];
    let mut roots = Vec::new();
    let mut errors = Vec::new();
    for pattern in patterns {
        if !pick_functions(schema, pattern, &mut combinators, &mut roots) && !pick_types(schema, pattern, &mut roots) {
            errors.push(unmatched(schema, pattern));
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut types = vec![false; schema.types.len()];
    graph::reach(schema, roots, &mut types);
    for (ty, declared) in schema.types() {
        if types[ty.0 as usize] {
            declared.constructors.iter().for_each(|constructor| combinators[constructor.0 as usize] = true);
        }
    }
    Ok(Selection { types, combinators })
}

fn pick_functions(schema: &Schema, pattern: &str, picked: &mut [bool], roots: &mut Vec<TypeIdx>) -> bool {
    let mut any = false;
    for (idx, function) in schema.functions().filter(|(_, function)| matches(pattern, function.name.full())) {
        any = true;
        if !std::mem::replace(&mut picked[idx.0 as usize], true) {
            graph::each_argument_type(schema, function, &mut |ty| roots.push(ty));
            graph::each_type(schema, &function.result, true, &mut |ty, _| roots.push(ty));
        }
    }
    any
}

fn pick_types(schema: &Schema, pattern: &str, roots: &mut Vec<TypeIdx>) -> bool {
    let before = roots.len();
    roots.extend(schema.types().filter(|(_, ty)| matches(pattern, ty.name.full())).map(|(idx, _)| idx));
    let constructors = schema.constructors().filter(|(_, constructor)| matches(pattern, constructor.name.full()));
    roots.extend(constructors.filter_map(|(_, constructor)| constructor.ty));
    roots.len() > before
}

fn unmatched(schema: &Schema, pattern: &str) -> ModelError {
    let names = schema.combinators.iter().map(|combinator| &combinator.name);
    let names = names.chain(schema.types.iter().map(|ty| &ty.name));
    let suggestion = Suggest::new(names.map(Name::full)).nearest(pattern);
    ModelError::without_location(ErrorKind::UnmatchedPattern { pattern: pattern.to_owned(), suggestion })
}
