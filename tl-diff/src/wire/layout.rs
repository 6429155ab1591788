//! Whether the bytes of two declarations are the same.

use std::collections::{BTreeSet, HashSet};

use tlgen_model::schema::{
    Combinator, CombinatorIdx, Condition, NatExpr, NatRef, Param, Primitive, Schema, TypeArg, TypeExpr, TypeIdx,
};

/// How the bytes of two declarations, which may have different ids, differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// What follows the id has another layout.
    pub(crate) layout: bool,
    /// `bytes` in the old one are `string` in the new one.
    pub(crate) became_text: bool,
    /// `string` in the old one is `bytes` in the new one.
    pub(crate) became_bytes: bool,
}

/// Compares the layouts of two schemas.
pub(crate) struct Layouts<'s> {
    old: &'s Schema,
    new: &'s Schema,
    /// The pairs of bare constructors that are being compared, or are known to be the same.
    seen: HashSet<(CombinatorIdx, CombinatorIdx)>,
    found: Difference,
}

impl<'s> Layouts<'s> {
    /// How the arguments differ.
    pub(crate) fn compare(old: &'s Schema, new: &'s Schema, from: &Combinator, to: &Combinator) -> Difference {
        let mut layouts = Self { old, new, seen: HashSet::new(), found: Difference::default() };
        layouts.found.layout = from.generics.len() != to.generics.len() || !layouts.fields(&from.params, &to.params);
        layouts.found
    }

    /// Whether two functions answer with the same bytes.
    pub(crate) fn same_result(old: &'s Schema, new: &'s Schema, from: &Combinator, to: &Combinator) -> bool {
        let mut layouts = Self { old, new, seen: HashSet::new(), found: Difference::default() };
        layouts.exprs(&from.result, &to.result, &written(&from.params), &written(&to.params))
    }

    fn fields(&mut self, old: &[Param], new: &[Param]) -> bool {
        let (old_kept, new_kept) = (written(old), written(new));
        old_kept.len() == new_kept.len()
            && old_kept.iter().zip(&new_kept).all(|(a, b)| {
                let (a, b) = (&old[*a], &new[*b]);
                same_condition(a.condition, b.condition, &old_kept, &new_kept)
                    && self.exprs(&a.ty, &b.ty, &old_kept, &new_kept)
            })
    }

    fn exprs(&mut self, old: &TypeExpr, new: &TypeExpr, old_kept: &[usize], new_kept: &[usize]) -> bool {
        match (old, new) {
            (TypeExpr::Nat, TypeExpr::Nat)
            | (TypeExpr::Object, TypeExpr::Object)
            | (TypeExpr::Unresolved, TypeExpr::Unresolved) => true,
            (TypeExpr::Nat, TypeExpr::Primitive { primitive: Primitive::Int, boxed: None })
            | (TypeExpr::Primitive { primitive: Primitive::Int, boxed: None }, TypeExpr::Nat) => true,
            (TypeExpr::Primitive { primitive: a, boxed: id }, TypeExpr::Primitive { primitive: b, boxed: other }) => {
                id == other && self.primitives(*a, *b)
            }
            (TypeExpr::Vector { boxed, item }, TypeExpr::Vector { boxed: other, item: to }) => {
                boxed == other && self.exprs(item, to, old_kept, new_kept)
            }
            (TypeExpr::Boxed { ty: a, args }, TypeExpr::Boxed { ty: b, args: others })
            | (TypeExpr::Refined { ty: a, args }, TypeExpr::Refined { ty: b, args: others }) => {
                self.types(*a, *b) && self.args(args, others, old_kept, new_kept)
            }
            (TypeExpr::Bare { constructor: a, args }, TypeExpr::Bare { constructor: b, args: others }) => {
                self.constructors(*a, *b) && self.args(args, others, old_kept, new_kept)
            }
            (TypeExpr::Var { generic, bare }, TypeExpr::Var { generic: other, bare: to }) => {
                generic == other && bare == to
            }
            (TypeExpr::Function { generic }, TypeExpr::Function { generic: other }) => generic == other,
            (TypeExpr::Repeat { count, fields }, TypeExpr::Repeat { count: other, fields: to }) => {
                same_number(count, other, old_kept, new_kept) && self.fields(fields, to)
            }
            _ => false,
        }
    }

    fn primitives(&mut self, old: Primitive, new: Primitive) -> bool {
        match (old, new) {
            (Primitive::Bytes, Primitive::String) => self.found.became_text = true,
            (Primitive::String, Primitive::Bytes) => self.found.became_bytes = true,
            _ => return old == new,
        }
        true
    }

    fn args(&mut self, old: &[TypeArg], new: &[TypeArg], old_kept: &[usize], new_kept: &[usize]) -> bool {
        old.len() == new.len()
            && old.iter().zip(new).all(|pair| match pair {
                (TypeArg::Type(a), TypeArg::Type(b)) => self.exprs(a, b, old_kept, new_kept),
                (TypeArg::Nat(a), TypeArg::Nat(b)) => same_number(a, b, old_kept, new_kept),
                _ => false,
            })
    }

    /// A boxed value tells by its id what it is, so types are the same by name; or, under another name, by their ids.
    fn types(&self, old: TypeIdx, new: TypeIdx) -> bool {
        let ids = |schema: &Schema, ty: TypeIdx| -> BTreeSet<u32> {
            schema.ty(ty).constructors.iter().map(|idx| schema.combinator(*idx).id).collect()
        };
        self.old.ty(old).name == self.new.ty(new).name || ids(self.old, old) == ids(self.new, new)
    }

    fn constructors(&mut self, old: CombinatorIdx, new: CombinatorIdx) -> bool {
        if !self.seen.insert((old, new)) {
            return true;
        }
        let (from, to) = (self.old.combinator(old), self.new.combinator(new));
        from.generics.len() == to.generics.len() && self.fields(&from.params, &to.params)
    }
}

/// The indices of the arguments that take bytes, if they are there.
fn written(params: &[Param]) -> Vec<usize> {
    let is_written =
        |param: &Param| !matches!(param.ty, TypeExpr::Primitive { primitive: Primitive::True, boxed: None });
    (0..params.len()).filter(|index| is_written(&params[*index])).collect()
}

fn same_condition(old: Option<Condition>, new: Option<Condition>, old_kept: &[usize], new_kept: &[usize]) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(a), Some(b)) => a.bit == b.bit && same_word(a.word, b.word, old_kept, new_kept),
        _ => false,
    }
}

fn same_number(old: &NatExpr, new: &NatExpr, old_kept: &[usize], new_kept: &[usize]) -> bool {
    match (old, new) {
        (NatExpr::Const(a), NatExpr::Const(b)) => a == b,
        (NatExpr::Ref { nat: a, plus }, NatExpr::Ref { nat: b, plus: other }) => {
            plus == other && same_word(*a, *b, old_kept, new_kept)
        }
        _ => false,
    }
}

/// Words count by their position among the arguments with bytes. References out of a repeated record keep their index, as a record
/// has no switches in practice; where it has, the layouts count as different.
fn same_word(old: NatRef, new: NatRef, old_kept: &[usize], new_kept: &[usize]) -> bool {
    let position = |kept: &[usize], index: u32| kept.iter().position(|kept| *kept == index as usize);
    match (old, new) {
        (NatRef::Param(a), NatRef::Param(b)) | (NatRef::Field(a), NatRef::Field(b)) => {
            position(old_kept, a) == position(new_kept, b)
        }
        (a, b) => a == b,
    }
}

/// Which constructors are used without their ids somewhere. A default constructor has none.
pub(crate) fn bare_constructors(schema: &Schema) -> Vec<bool> {
    let mut bare: Vec<bool> = schema.combinators.iter().map(|combinator| combinator.name.full() == "_").collect();
    for combinator in &schema.combinators {
        for expr in combinator.params.iter().map(|param| &param.ty).chain([&combinator.result]) {
            expr.visit(&mut |part| match part {
                TypeExpr::Bare { constructor, .. } => bare[constructor.0 as usize] = true,
                TypeExpr::Refined { ty, .. } => {
                    schema.ty(*ty).constructors.iter().for_each(|idx| bare[idx.0 as usize] = true);
                }
                _ => {}
            });
        }
    }
    bare
}
