//! Which declarations use which types.

use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeExpr, TypeIdx};

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
            let arguments = mentioned(schema, combinator.params.iter().map(|param| &param.ty));
            let result = mentioned(schema, std::iter::once(&combinator.result));
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

/// The types in `exprs`, each once.
fn mentioned<'e>(schema: &Schema, exprs: impl Iterator<Item = &'e TypeExpr>) -> Vec<TypeIdx> {
    let mut found = Vec::new();
    for expr in exprs {
        expr.visit(&mut |expr| {
            if let Some(ty) = expr.ty(schema).filter(|ty| !found.contains(ty)) {
                found.push(ty);
            }
        });
    }
    found
}
