//! Which values may be, or end with, one that only its id tells: there a reader must know whether anything follows.

use tlgen_model::schema::{Schema, TypeExpr};

/// What leads to an `Object`.
#[derive(Debug)]
pub(super) struct Reach {
    /// By combinator.
    combinators: Vec<bool>,
    /// By type.
    types: Vec<bool>,
    /// Any function.
    functions: bool,
}

impl Reach {
    /// Looks again until nothing is new, which is once or twice where there is no `Object`.
    pub(super) fn new(schema: &Schema) -> Self {
        let mut reach = Self {
            combinators: vec![false; schema.combinators.len()],
            types: vec![false; schema.types.len()],
            functions: false,
        };
        loop {
            let mut is_new = false;
            for (place, combinator) in schema.combinators.iter().enumerate() {
                if reach.combinators[place] || !combinator.params.iter().any(|param| reach.expr(&param.ty)) {
                    continue;
                }
                reach.combinators[place] = true;
                match combinator.ty {
                    Some(ty) => reach.types[ty.0 as usize] = true,
                    None => reach.functions = true,
                }
                is_new = true;
            }
            if !is_new {
                return reach;
            }
        }
    }

    /// A value of this type, where its variables stand for types that do not lead there.
    fn expr(&self, expr: &TypeExpr) -> bool {
        let mut found = false;
        expr.visit(&mut |part| {
            found |= match part {
                TypeExpr::Object => true,
                TypeExpr::Function { .. } => self.functions,
                TypeExpr::Boxed { ty, .. } | TypeExpr::Refined { ty, .. } => self.types[ty.0 as usize],
                TypeExpr::Bare { constructor, .. } => self.combinators[constructor.0 as usize],
                _ => false,
            };
        });
        found
    }

    /// A value of this type, where its variables may stand for anything.
    pub(super) fn holds(&self, expr: &TypeExpr) -> bool {
        let mut has_variable = false;
        expr.visit(&mut |part| has_variable |= matches!(part, TypeExpr::Var { .. }));
        has_variable || self.expr(expr)
    }
}
