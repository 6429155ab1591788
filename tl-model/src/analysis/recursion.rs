//! Which arguments hold their own type.
//!
//! A Rust value cannot hold a value of its own type in its own memory: where types hold each other in a cycle, every
//! argument that closes the cycle goes into a box. An optional argument still holds its value; a vector and a repetition
//! whose count is not a constant do not. The choice depends on the types alone and not on the order of declarations.

use super::graph;
use crate::schema::{CombinatorIdx, Schema, TypeIdx};

/// The cycles of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recursion {
    /// Per combinator, the indices of its boxed arguments, ascending.
    boxed: Vec<Vec<u32>>,
    recursive: Vec<bool>,
}

impl Recursion {
    /// Finds them.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let mut values = vec![Vec::new(); schema.types.len()];
        let mut all = vec![Vec::new(); schema.types.len()];
        for (_, constructor) in schema.constructors() {
            let Some(TypeIdx(from)) = constructor.ty else { continue };
            for param in &constructor.params {
                graph::each_type(schema, &param.ty, true, &mut |TypeIdx(to), by_value| {
                    all[from as usize].push(to);
                    if by_value {
                        values[from as usize].push(to);
                    }
                });
            }
        }
        let circle = graph::components(&values);
        let boxed = schema.combinators.iter().map(|combinator| {
            let Some(TypeIdx(from)) = combinator.ty else { return Vec::new() };
            let closes = |param: &crate::schema::Param| {
                let mut closes = false;
                graph::each_type(schema, &param.ty, true, &mut |TypeIdx(to), by_value| {
                    closes |= by_value && circle[from as usize] == circle[to as usize];
                });
                closes
            };
            (0..).zip(&combinator.params).filter(|(_, param)| closes(param)).map(|(place, _)| place).collect()
        });
        Self { boxed: boxed.collect(), recursive: recursive(&all) }
    }

    /// Whether the argument at `param` of [`Combinator::params`](crate::schema::Combinator::params) needs a box.
    #[must_use]
    pub fn boxed(&self, combinator: CombinatorIdx, param: usize) -> bool {
        u32::try_from(param).is_ok_and(|param| self.boxed[combinator.0 as usize].binary_search(&param).is_ok())
    }

    /// Whether a value of the type can hold another one of it, at any depth and through vectors too.
    #[must_use]
    pub fn is_recursive(&self, ty: TypeIdx) -> bool {
        self.recursive[ty.0 as usize]
    }
}

/// The nodes that are in a cycle.
fn recursive(edges: &[Vec<u32>]) -> Vec<bool> {
    let component = graph::components(edges);
    edges.iter().zip(&component).map(|(out, own)| out.iter().any(|to| component[*to as usize] == *own)).collect()
}
