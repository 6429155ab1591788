//! Which types go which way, in each of the two schemas.
//!
//! A value is met by the other side only if both schemas have its type in that direction: what holds a type that one side lacks is
//! itself new or changed, and has a change of its own.

use std::collections::HashMap;

use tlgen_model::analysis::direction::Directions;
use tlgen_model::schema::{Schema, TypeExpr, TypeIdx};

/// A schema with what is known about its types.
pub(crate) struct Reach<'s> {
    pub(crate) schema: &'s Schema,
    directions: Directions,
    types: HashMap<&'s str, TypeIdx>,
    /// Types that nothing names: messages of their own.
    is_root: Vec<bool>,
    /// Whether requests, and answers, can hold any value.
    any: [bool; 2],
}

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// From a client to a server.
    Request,
    /// From a server to a client.
    Answer,
}

impl Way {
    pub(crate) const BOTH: [Self; 2] = [Self::Request, Self::Answer];
}

impl<'s> Reach<'s> {
    pub(crate) fn of(schema: &'s Schema) -> Self {
        let directions = Directions::of(schema);
        let mut is_root = vec![true; schema.types.len()];
        let mut any = [false; 2];
        for combinator in &schema.combinators {
            let own = combinator.ty;
            let mut visit = |expr: &TypeExpr, ways: [bool; 2]| {
                expr.visit(&mut |part| {
                    if let Some(ty) = part.ty(schema)
                        && Some(ty) != own
                    {
                        is_root[ty.0 as usize] = false;
                    }
                    if matches!(part, TypeExpr::Object) {
                        any[0] |= ways[0];
                        any[1] |= ways[1];
                    }
                });
            };
            let ways = match own {
                Some(ty) => [directions.in_arguments(ty), directions.in_results(ty)],
                None => [true, false],
            };
            combinator.params.iter().for_each(|param| visit(&param.ty, ways));
            if own.is_none() {
                visit(&combinator.result, [false, true]);
            }
        }
        let types = schema.types().map(|(idx, ty)| (ty.name.full(), idx)).collect();
        Self { schema, directions, types, is_root, any }
    }

    pub(crate) fn ty(&self, name: &str) -> Option<TypeIdx> {
        self.types.get(name).copied()
    }

    /// Whether a program of this schema may meet a value of a type of this name.
    pub(crate) fn meets(&self, name: &str, way: Way) -> bool {
        let is_declared = |ty: TypeIdx| match way {
            Way::Request => self.directions.in_arguments(ty),
            Way::Answer => self.directions.in_results(ty),
        };
        self.any(way) || self.ty(name).is_some_and(is_declared)
    }

    fn any(&self, way: Way) -> bool {
        match way {
            Way::Request => self.any[0],
            Way::Answer => self.any[1],
        }
    }

    /// Whether nothing names the type, so that its values are messages of their own.
    pub(crate) fn is_root(&self, name: &str) -> bool {
        self.ty(name).is_some_and(|ty| self.is_root[ty.0 as usize])
    }
}
