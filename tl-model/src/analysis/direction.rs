//! Which types are in requests and which in answers.
//!
//! A client writes what the arguments of functions reach and reads what their results reach. What no function reaches at
//! all (updates, service messages, what is encrypted and sent as bytes) may go either way, and so does everything in a
//! schema without functions.

use super::graph;
use crate::schema::{Schema, TypeIdx};

/// The directions of all types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directions {
    arguments: Vec<bool>,
    results: Vec<bool>,
}

impl Directions {
    /// Finds them.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let mut arguments = vec![false; schema.types.len()];
        let mut results = vec![false; schema.types.len()];
        let (mut argument_roots, mut result_roots) = (Vec::new(), Vec::new());
        for (_, function) in schema.functions() {
            graph::each_argument_type(schema, function, &mut |ty| argument_roots.push(ty));
            graph::each_type(schema, &function.result, &mut |ty| result_roots.push(ty));
        }
        graph::reach(schema, argument_roots, &mut arguments);
        graph::reach(schema, result_roots, &mut results);
        let strays: Vec<TypeIdx> = schema
            .types()
            .map(|(ty, _)| ty)
            .filter(|ty| !arguments[ty.0 as usize] && !results[ty.0 as usize])
            .collect();
        // The types in a stray may go both ways as well.
        graph::reach(schema, strays.iter().copied(), &mut arguments);
        graph::reach(schema, strays, &mut results);
        Self { arguments, results }
    }

    /// The same where answers hold a type that no function names, as the one of an error that comes in their place.
    #[must_use]
    pub fn with_result(mut self, schema: &Schema, ty: TypeIdx) -> Self {
        graph::reach(schema, [ty], &mut self.results);
        self
    }

    /// Whether a request can hold the type: a client writes it, a server reads it.
    #[must_use]
    pub fn in_arguments(&self, ty: TypeIdx) -> bool {
        self.arguments[ty.0 as usize]
    }

    /// Whether an answer or an update can hold the type: a client reads it, a server writes it.
    #[must_use]
    pub fn in_results(&self, ty: TypeIdx) -> bool {
        self.results[ty.0 as usize]
    }
}
