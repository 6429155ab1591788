//! For each type a constructor that ends.
//!
//! A reader that fails must still return a value, and a random value must come to an end. `a x:A = A` alone has no value
//! of finite size; with `b = A` beside it, `b` ends. Absent conditional arguments and empty vectors end at once.

use std::collections::BTreeSet;

use crate::schema::{CombinatorIdx, Schema, TypeArg, TypeExpr, TypeIdx};

/// The constructors that end, one for each type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finite {
    constructors: Vec<Option<CombinatorIdx>>,
}

impl Finite {
    /// Finds them: of the constructors that end after the fewest steps, the first one.
    ///
    /// First without a value of any type variable, so that `resultFalse {t:Type} = Maybe t` ends whatever `t` is; then,
    /// for the types that are left, with one.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let mut constructors = vec![None; schema.types.len()];
        fix_point(schema, &mut constructors, |expr, out| {
            out.extend(head(schema, expr).map(|(ty, _)| ty));
            !matches!(expr, TypeExpr::Var { .. })
        });
        let closed = constructors.clone();
        fix_point(schema, &mut constructors, |expr, out| {
            push_all(schema, &closed, expr, out);
            true
        });
        Self { constructors }
    }

    /// A constructor of the type with a value of finite size, `None` if there is none.
    ///
    /// Every type of a linked schema has one, except for the types that a fragment does not declare.
    #[must_use]
    pub fn constructor(&self, ty: TypeIdx) -> Option<CombinatorIdx> {
        self.constructors[ty.0 as usize]
    }
}

/// Completes `found`. `needs` pushes the types of which a value of the expression, which is no repetition, needs a
/// value; `false` if it can have none yet.
fn fix_point(
    schema: &Schema,
    found: &mut [Option<CombinatorIdx>],
    needs: impl Fn(&TypeExpr, &mut Vec<TypeIdx>) -> bool,
) {
    let mut waiting = vec![0u32; schema.combinators.len()];
    let mut users: Vec<Vec<CombinatorIdx>> = vec![Vec::new(); schema.types.len()];
    let mut round = BTreeSet::new();
    let mut open = Vec::new();
    for (idx, constructor) in schema.constructors() {
        open.clear();
        if !constructor.needed().all(|(expr, _)| needs(expr, &mut open)) {
            continue;
        }
        open.retain(|ty| found[ty.0 as usize].is_none());
        waiting[idx.0 as usize] = u32::try_from(open.len()).unwrap_or(u32::MAX);
        for ty in &open {
            users[ty.0 as usize].push(idx);
        }
        if open.is_empty() {
            round.insert(idx);
        }
    }
    // Round by round: what is found in one round counts only in the next, so fewer steps win over the order of the file.
    while !round.is_empty() {
        let mut fresh = Vec::new();
        for idx in std::mem::take(&mut round) {
            if let Some(ty) = schema.combinator(idx).ty
                && found[ty.0 as usize].is_none()
            {
                found[ty.0 as usize] = Some(idx);
                fresh.push(ty);
            }
        }
        for ty in fresh {
            for user in std::mem::take(&mut users[ty.0 as usize]) {
                waiting[user.0 as usize] -= 1;
                if waiting[user.0 as usize] == 0 {
                    round.insert(user);
                }
            }
        }
    }
}

/// The type of the expression and, where it needs values of its variables, the types of its arguments.
fn push_all(schema: &Schema, closed: &[Option<CombinatorIdx>], expr: &TypeExpr, out: &mut Vec<TypeIdx>) {
    let Some((ty, args)) = head(schema, expr).filter(|(ty, _)| closed[ty.0 as usize].is_none()) else { return };
    out.push(ty);
    for arg in args {
        if let TypeArg::Type(expr) = arg {
            expr.needed().for_each(|(part, _)| push_all(schema, closed, part, out));
        }
    }
}

/// The type that the expression names, with its arguments.
fn head<'e>(schema: &Schema, expr: &'e TypeExpr) -> Option<(TypeIdx, &'e [TypeArg])> {
    // A type that a fragment does not declare ends as far as anybody knows.
    let is_declared = |ty: &TypeIdx| !schema.ty(*ty).constructors.is_empty();
    expr.ty(schema).filter(is_declared).map(|ty| (ty, expr.args()))
}
