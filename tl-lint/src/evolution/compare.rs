//! Types of two versions of a declaration.

use tlgen_model::schema::{Combinator, GenericKind, NatExpr, NatRef, Param, Schema, TypeArg, TypeExpr};

use super::align::Alignment;

/// How the arguments of a type in a field differ.
#[derive(Clone, Copy, Debug)]
pub(super) enum Argument<'s> {
    /// The new version has one more.
    Added(&'s TypeArg),
    /// The new version has one less.
    Removed,
}

/// Two versions of a declaration.
pub(super) struct Compare<'s> {
    pub(super) old_schema: &'s Schema,
    pub(super) new_schema: &'s Schema,
    pub(super) fields: &'s Alignment,
}

impl<'s> Compare<'s> {
    /// Whether two words are the same.
    pub(super) fn word(&self, old: NatRef, new: NatRef) -> bool {
        match (old, new) {
            (NatRef::Param(old), NatRef::Param(new)) => self.fields.new_field[old as usize] == Some(new),
            (NatRef::Generic(old), NatRef::Generic(new)) => self.fields.new_generic[old as usize] == Some(new),
            (old, new) => old == new,
        }
    }

    /// Whether two types are the same but for `arguments` that one of them has more.
    pub(super) fn expr(&self, old: &TypeExpr, new: &'s TypeExpr, arguments: &mut Vec<Argument<'s>>) -> bool {
        match (old, new) {
            (TypeExpr::Vector { boxed: a, item: old }, TypeExpr::Vector { boxed: b, item: new }) => {
                a == b && self.expr(old, new, arguments)
            }
            (TypeExpr::Boxed { ty: a, args: old }, TypeExpr::Boxed { ty: b, args: new })
            | (TypeExpr::Refined { ty: a, args: old }, TypeExpr::Refined { ty: b, args: new }) => {
                let (a, b) = (self.old_schema.ty(*a), self.new_schema.ty(*b));
                let first = |schema: &'s Schema, ty: &'s tlgen_model::schema::Type| {
                    ty.constructors.first().map(|idx| schema.combinator(*idx))
                };
                let parameters = (first(self.old_schema, a), first(self.new_schema, b));
                a.name == b.name && self.args(parameters, old, new, arguments)
            }
            (TypeExpr::Bare { constructor: a, args: old }, TypeExpr::Bare { constructor: b, args: new }) => {
                let (a, b) = (self.old_schema.combinator(*a), self.new_schema.combinator(*b));
                (a.name == b.name || a.id == b.id) && self.args((Some(a), Some(b)), old, new, arguments)
            }
            (TypeExpr::Var { generic: a, bare: x }, TypeExpr::Var { generic: b, bare: y }) => {
                x == y && self.fields.new_generic[*a as usize] == Some(*b)
            }
            (TypeExpr::Function { generic: a }, TypeExpr::Function { generic: b }) => {
                self.fields.new_generic[*a as usize] == Some(*b)
            }
            (TypeExpr::Repeat { count: a, fields: old }, TypeExpr::Repeat { count: b, fields: new }) => {
                let same = |(old, new): (&Param, &'s Param)| self.record_field(old, new, arguments);
                self.nat(a, b)
                    && old.len() == new.len()
                    && old.iter().zip(new).map(same).fold(true, |all, one| all & one)
            }
            (old, new) => old == new,
        }
    }

    fn record_field(&self, old: &Param, new: &'s Param, arguments: &mut Vec<Argument<'s>>) -> bool {
        let condition = match (old.condition, new.condition) {
            (None, None) => true,
            (Some(old), Some(new)) => old.bit == new.bit && self.word(old.word, new.word),
            _ => false,
        };
        condition && self.expr(&old.ty, &new.ty, arguments)
    }

    /// The arguments of a type, whose constructors in both versions name its parameters.
    fn args(
        &self,
        (old_type, new_type): (Option<&'s Combinator>, Option<&'s Combinator>),
        old: &[TypeArg],
        new: &'s [TypeArg],
        arguments: &mut Vec<Argument<'s>>,
    ) -> bool {
        let partner = |index: usize| {
            let names = (old_type.map(parameters), new_type.map(parameters));
            match names {
                (Some(old_names), Some(new_names)) if old.len() != new.len() => {
                    let name = old_names.get(index).copied().flatten();
                    new_names.iter().position(|other| other.is_some() && *other == name)
                }
                _ => Some(index).filter(|index| *index < new.len()),
            }
        };
        let mut is_taken = vec![false; new.len()];
        let mut is_same = true;
        for (index, old) in old.iter().enumerate() {
            match partner(index) {
                None => arguments.push(Argument::Removed),
                Some(at) => {
                    is_taken[at] = true;
                    is_same &= match (old, &new[at]) {
                        (TypeArg::Type(old), TypeArg::Type(new)) => self.expr(old, new, arguments),
                        (TypeArg::Nat(old), TypeArg::Nat(new)) => self.nat(old, new),
                        _ => false,
                    };
                }
            }
        }
        arguments
            .extend(new.iter().zip(is_taken).filter(|(_, is_taken)| !is_taken).map(|(arg, _)| Argument::Added(arg)));
        is_same
    }

    fn nat(&self, old: &NatExpr, new: &NatExpr) -> bool {
        match (old, new) {
            (NatExpr::Ref { nat: old, plus: a }, NatExpr::Ref { nat: new, plus: b }) => a == b && self.word(*old, *new),
            (old, new) => old == new,
        }
    }
}

/// The names of the parameters of a type, by the result of one of its constructors.
pub(super) fn parameters(constructor: &Combinator) -> Vec<Option<(&str, GenericKind)>> {
    let named = |arg: &TypeArg| {
        let generic = match arg {
            TypeArg::Type(TypeExpr::Var { generic, .. }) => *generic,
            TypeArg::Nat(NatExpr::Ref { nat: NatRef::Generic(generic), plus: 0 }) => *generic,
            _ => return None,
        };
        let generic = constructor.generics.get(generic as usize)?;
        Some((&*generic.name, generic.kind))
    };
    constructor.result.args().iter().map(named).collect()
}
