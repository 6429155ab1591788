//! Walks through type expressions: all of their parts, or those that no value can do without.

use core::slice;

use super::{Combinator, NatExpr, Param, Schema, TypeArg, TypeExpr, TypeIdx};

impl TypeExpr {
    /// The arguments of the type that it names.
    #[must_use]
    pub fn args(&self) -> &[TypeArg] {
        match self {
            Self::Boxed { args, .. } | Self::Bare { args, .. } | Self::Refined { args, .. } => args,
            _ => &[],
        }
    }

    /// The type that it names: its own, or that of its constructor. `None` for builtin types, variables and repetitions.
    #[must_use]
    pub fn ty(&self, schema: &Schema) -> Option<TypeIdx> {
        match self {
            Self::Boxed { ty, .. } | Self::Refined { ty, .. } => Some(*ty),
            Self::Bare { constructor, .. } => schema.combinator(*constructor).ty,
            _ => None,
        }
    }

    /// The expressions directly in it, from left to right: the items of a vector, the types among the arguments, the fields
    /// of a repetition.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        let item = match self {
            Self::Vector { item, .. } => Some(&**item),
            _ => None,
        };
        let fields = match self {
            Self::Repeat { fields, .. } => &**fields,
            _ => &[],
        };
        let args = self.args().iter().filter_map(|arg| match arg {
            TypeArg::Type(expr) => Some(expr),
            TypeArg::Nat(_) => None,
        });
        item.into_iter().chain(args).chain(fields.iter().map(|field| &field.ty))
    }

    /// Calls `f` for it and for every expression in it, each before its parts. Expressions nest as deep as the parser allows.
    pub fn visit<'e>(&'e self, f: &mut impl FnMut(&'e Self)) {
        f(self);
        self.parts().for_each(|part| part.visit(f));
    }

    /// The same for what changes them.
    pub(crate) fn visit_mut(&mut self, f: &mut impl FnMut(&mut Self)) {
        f(self);
        match self {
            Self::Vector { item, .. } => item.visit_mut(f),
            Self::Boxed { args, .. } | Self::Bare { args, .. } | Self::Refined { args, .. } => {
                for arg in args {
                    if let TypeArg::Type(expr) = arg {
                        expr.visit_mut(f);
                    }
                }
            }
            Self::Repeat { fields, .. } => fields.iter_mut().for_each(|field| field.ty.visit_mut(f)),
            Self::Nat
            | Self::Primitive { .. }
            | Self::Object
            | Self::Var { .. }
            | Self::Function { .. }
            | Self::Unresolved => {}
        }
    }

    /// What every value of it holds: see [`Needed`].
    #[must_use]
    pub fn needed(&self) -> Needed<'_> {
        Needed { next: Some((self, 1)), open: Vec::new() }
    }
}

impl Combinator {
    /// What every value of it holds: see [`Needed`].
    #[must_use]
    pub fn needed(&self) -> Needed<'_> {
        Needed { next: None, open: vec![(self.params.iter(), 1)] }
    }
}

impl NatExpr {
    /// A number that is only known on the wire may be as small as what is added to it.
    #[must_use]
    pub const fn at_least(&self) -> u32 {
        match self {
            Self::Const(number) => *number,
            Self::Ref { plus, .. } => *plus,
        }
    }
}

/// The expressions of which every value holds a value, each with the least number of times: an expression that is no repetition
/// itself, or the unconditional fields of a repetition that has one item at least. What is in a vector or an argument of a type
/// is not among them.
#[derive(Clone, Debug)]
pub struct Needed<'e> {
    next: Option<(&'e TypeExpr, u32)>,
    /// The repetitions that were entered, with what is left of their fields.
    open: Vec<(slice::Iter<'e, Param>, u32)>,
}

impl<'e> Iterator for Needed<'e> {
    type Item = (&'e TypeExpr, u32);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (expr, times) = match self.next.take() {
                Some(first) => first,
                None => {
                    let (fields, times) = self.open.last_mut()?;
                    let Some(field) = fields.find(|field| field.condition.is_none()) else {
                        self.open.pop();
                        continue;
                    };
                    (&field.ty, *times)
                }
            };
            let TypeExpr::Repeat { count, fields } = expr else { return Some((expr, times)) };
            let times = times.saturating_mul(count.at_least());
            if times > 0 {
                self.open.push((fields.iter(), times));
            }
        }
    }
}
