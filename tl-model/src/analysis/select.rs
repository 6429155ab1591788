//! A part of a schema as a schema.
//!
//! What comes in is a schema and a closed [`Selection`] of it; what goes out is a schema in which all indices are
//! rewritten, so that later stages need not know about selection.

use crate::analysis::closure::Selection;
use crate::schema::{Combinator, CombinatorIdx, Param, References, Schema, Type, TypeArg, TypeExpr, TypeIdx};

impl Schema {
    /// The schema that holds what is in `selection`, in the same order.
    ///
    /// # Panics
    /// If `selection` is of another schema or was changed so that something in it refers to something that is not.
    #[must_use]
    pub fn select(&self, selection: &Selection) -> Self {
        let map = Map { types: places(&selection.types), combinators: places(&selection.combinators) };
        let types = self.types.iter().zip(&selection.types).filter(|(_, kept)| **kept);
        let combinators = self.combinators.iter().zip(&selection.combinators).filter(|(_, kept)| **kept);
        Self {
            layer: self.layer,
            types: types.map(|(ty, _)| map.declared(ty)).collect(),
            combinators: combinators.map(|(combinator, _)| map.combinator(combinator)).collect(),
            partials: Vec::new(),
            references: References::default(),
        }
    }
}

/// The new index of everything that is kept.
fn places(kept: &[bool]) -> Vec<Option<u32>> {
    let mut next = 0..;
    kept.iter().map(|kept| if *kept { next.next() } else { None }).collect()
}

struct Map {
    types: Vec<Option<u32>>,
    combinators: Vec<Option<u32>>,
}

impl Map {
    fn ty(&self, idx: TypeIdx) -> TypeIdx {
        TypeIdx(self.types[idx.0 as usize].expect("a selection is closed"))
    }

    fn constructor(&self, idx: CombinatorIdx) -> CombinatorIdx {
        CombinatorIdx(self.combinators[idx.0 as usize].expect("a selection is closed"))
    }

    fn declared(&self, ty: &Type) -> Type {
        let kept = ty.constructors.iter().filter_map(|idx| self.combinators[idx.0 as usize].map(CombinatorIdx));
        Type { constructors: kept.collect(), ..ty.clone() }
    }

    fn combinator(&self, combinator: &Combinator) -> Combinator {
        Combinator {
            params: combinator.params.iter().map(|param| self.param(param)).collect(),
            result: self.expr(&combinator.result),
            ty: combinator.ty.map(|ty| self.ty(ty)),
            ..combinator.clone()
        }
    }

    fn param(&self, param: &Param) -> Param {
        Param { ty: self.expr(&param.ty), ..param.clone() }
    }

    fn expr(&self, expr: &TypeExpr) -> TypeExpr {
        match expr {
            TypeExpr::Nat
            | TypeExpr::Primitive { .. }
            | TypeExpr::Object
            | TypeExpr::Unresolved
            | TypeExpr::Var { .. }
            | TypeExpr::Function { .. } => expr.clone(),
            TypeExpr::Vector { boxed, item } => TypeExpr::Vector { boxed: *boxed, item: Box::new(self.expr(item)) },
            TypeExpr::Boxed { ty, args } => TypeExpr::Boxed { ty: self.ty(*ty), args: self.args(args) },
            TypeExpr::Refined { ty, args } => TypeExpr::Refined { ty: self.ty(*ty), args: self.args(args) },
            TypeExpr::Bare { constructor, args } => {
                TypeExpr::Bare { constructor: self.constructor(*constructor), args: self.args(args) }
            }
            TypeExpr::Repeat { count, fields } => TypeExpr::Repeat {
                count: count.clone(),
                fields: fields.iter().map(|field| self.param(field)).collect(),
            },
        }
    }

    fn args(&self, args: &[TypeArg]) -> Box<[TypeArg]> {
        let arg = |arg: &TypeArg| match arg {
            TypeArg::Type(expr) => TypeArg::Type(self.expr(expr)),
            TypeArg::Nat(nat) => TypeArg::Nat(nat.clone()),
        };
        args.iter().map(arg).collect()
    }
}
