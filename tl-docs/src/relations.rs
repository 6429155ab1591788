//! Which declarations use which types.

use tlgen_model::schema::{CombinatorIdx, Param, Schema, SectionKind, TypeArg, TypeExpr, TypeIdx};

/// How far into nested types is looked; deeper ones do not occur in schemas that people write.
const MAX_DEPTH: u32 = 64;

/// The uses of one type, in the order of the schema and without repetition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    /// Functions whose result it is, or is in.
    pub(crate) returned_by: Vec<CombinatorIdx>,
    /// Functions with an argument that it is, or is in.
    pub(crate) taken_by: Vec<CombinatorIdx>,
    /// Constructors with a field that it is, or is in.
    pub(crate) held_by: Vec<CombinatorIdx>,
}

/// The uses of all types.
pub(crate) struct Relations {
    uses: Vec<Uses>,
    arguments: Vec<Vec<TypeIdx>>,
    results: Vec<Vec<TypeIdx>>,
}

impl Relations {
    pub(crate) fn of(schema: &Schema) -> Self {
        let mut relations =
            Self { uses: vec![Uses::default(); schema.types.len()], arguments: Vec::new(), results: Vec::new() };
        for (idx, combinator) in (0..).map(CombinatorIdx).zip(&schema.combinators) {
            let mut arguments = Vec::new();
            mentioned_in(schema, &combinator.params, &mut arguments, 0);
            let mut result = Vec::new();
            mentioned(schema, &combinator.result, &mut result, 0);
            for ty in &arguments {
                let uses = &mut relations.uses[ty.0 as usize];
                match combinator.kind {
                    SectionKind::Functions => uses.taken_by.push(idx),
                    SectionKind::Types => uses.held_by.push(idx),
                }
            }
            if combinator.kind == SectionKind::Functions {
                for ty in &result {
                    relations.uses[ty.0 as usize].returned_by.push(idx);
                }
            }
            relations.arguments.push(arguments);
            relations.results.push(result);
        }
        relations
    }

    pub(crate) fn uses(&self, ty: TypeIdx) -> &Uses {
        &self.uses[ty.0 as usize]
    }

    /// The types in the arguments of a combinator.
    pub(crate) fn arguments(&self, combinator: CombinatorIdx) -> &[TypeIdx] {
        &self.arguments[combinator.0 as usize]
    }

    /// The types in the result of a combinator.
    pub(crate) fn results(&self, combinator: CombinatorIdx) -> &[TypeIdx] {
        &self.results[combinator.0 as usize]
    }
}

fn mentioned_in(schema: &Schema, params: &[Param], found: &mut Vec<TypeIdx>, depth: u32) {
    for param in params {
        mentioned(schema, &param.ty, found, depth);
    }
}

fn mentioned(schema: &Schema, expr: &TypeExpr, found: &mut Vec<TypeIdx>, depth: u32) {
    if depth > MAX_DEPTH {
        return;
    }
    let mut found_type = |ty: Option<TypeIdx>| {
        if let Some(ty) = ty.filter(|ty| !found.contains(ty)) {
            found.push(ty);
        }
    };
    let args = match expr {
        TypeExpr::Boxed { ty, args } | TypeExpr::Refined { ty, args } => {
            found_type(Some(*ty));
            args
        }
        TypeExpr::Bare { constructor, args } => {
            found_type(schema.combinator(*constructor).ty);
            args
        }
        TypeExpr::Vector { item, .. } => return mentioned(schema, item, found, depth + 1),
        TypeExpr::Repeat { fields, .. } => return mentioned_in(schema, fields, found, depth + 1),
        TypeExpr::Nat
        | TypeExpr::Primitive { .. }
        | TypeExpr::Object
        | TypeExpr::Unresolved
        | TypeExpr::Var { .. }
        | TypeExpr::Function { .. } => return,
    };
    for arg in args {
        if let TypeArg::Type(expr) = arg {
            mentioned(schema, expr, found, depth + 1);
        }
    }
}
