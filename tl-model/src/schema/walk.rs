//! Walks through a type expression and all of its parts.

use super::{Schema, TypeArg, TypeExpr, TypeIdx};

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
}
