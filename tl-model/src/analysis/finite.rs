//! For each type a constructor that ends.
//!
//! A reader that fails must still return a value, and a random value must come to an end. `a x:A = A` alone has no value
//! of finite size; with `b = A` beside it, `b` ends. Absent conditional arguments and empty vectors end at once.

use std::collections::BTreeSet;

use crate::schema::{Combinator, CombinatorIdx, Schema, TypeArg, TypeExpr, TypeIdx};

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
        with_variables(schema, &mut constructors);
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

/// Completes `found` where a value of a variable may be needed: `left {X:Type} {Y:Type} x:X = Either X Y` ends if what `X` stands for
/// does. Each round takes what ended in the one before; the rounds are as many as templates are within each other.
fn with_variables(schema: &Schema, found: &mut [Option<CombinatorIdx>]) {
    let closed = found.to_vec();
    let mut ended = vec![false; schema.combinators.len()];
    loop {
        let waits = |idx: &CombinatorIdx| !ended[idx.0 as usize];
        let open = schema
            .constructors()
            .filter(|(_, constructor)| constructor.ty.is_some_and(|ty| closed[ty.0 as usize].is_none()));
        let ends =
            |constructor: &Combinator| constructor.needed().all(|(expr, _)| has_end(schema, &closed, &ended, expr));
        let fresh: Vec<CombinatorIdx> =
            open.filter(|(idx, constructor)| waits(idx) && ends(constructor)).map(|(idx, _)| idx).collect();
        if fresh.is_empty() {
            return;
        }
        for idx in fresh {
            ended[idx.0 as usize] = true;
            if let Some(ty) = schema.combinator(idx).ty {
                found[ty.0 as usize].get_or_insert(idx);
            }
        }
    }
}

/// Whether the expression, which is no repetition, has a value that ends: one of the constructors that have ended does so with these
/// arguments. Variables are taken to end.
fn has_end(schema: &Schema, closed: &[Option<CombinatorIdx>], ended: &[bool], expr: &TypeExpr) -> bool {
    let Some((ty, args)) = head(schema, expr) else { return true };
    if closed[ty.0 as usize].is_some() {
        return true;
    }
    schema.ty(ty).constructors.iter().filter(|idx| ended[idx.0 as usize]).any(|idx| {
        let constructor = schema.combinator(*idx);
        let mut args = args.iter().enumerate();
        args.all(|(place, arg)| match arg {
            TypeArg::Type(arg) if needs(constructor, place) => {
                arg.needed().all(|(part, _)| has_end(schema, closed, ended, part))
            }
            _ => true,
        })
    })
}

/// Whether a value of the constructor may need one of the type argument at the index `place` of its type.
fn needs(constructor: &Combinator, place: usize) -> bool {
    let Some(TypeArg::Type(TypeExpr::Var { generic: wanted, .. })) = constructor.result.args().get(place) else {
        return false;
    };
    let mut found = false;
    for (part, _) in constructor.needed() {
        part.visit(&mut |expr| found |= matches!(expr, TypeExpr::Var { generic, .. } if generic == wanted));
    }
    found
}

/// The type that the expression names, with its arguments.
fn head<'e>(schema: &Schema, expr: &'e TypeExpr) -> Option<(TypeIdx, &'e [TypeArg])> {
    // A type that a fragment does not declare ends as far as anybody knows.
    let is_declared = |ty: &TypeIdx| !schema.ty(*ty).constructors.is_empty();
    expr.ty(schema).filter(is_declared).map(|ty| (ty, expr.args()))
}
