//! Which types hold values of their own type, so that a value may nest without an end.

use super::graph;
use crate::schema::{Schema, TypeIdx};

/// The cycles of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recursion {
    recursive: Vec<bool>,
}

impl Recursion {
    /// Finds them.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let edges = graph::edges(schema);
        let component = graph::components(&edges);
        let is_in_cycle = |(out, own): (&Vec<u32>, &u32)| out.iter().any(|to| component[*to as usize] == *own);
        Self { recursive: edges.iter().zip(&component).map(is_in_cycle).collect() }
    }

    /// Whether a value of the type can hold another one of it, at any depth and through vectors too.
    #[must_use]
    pub fn is_recursive(&self, ty: TypeIdx) -> bool {
        self.recursive[ty.0 as usize]
    }
}
