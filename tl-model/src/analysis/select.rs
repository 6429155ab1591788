//! A part of a schema as a schema.
//!
//! What comes in is a schema and a closed [`Selection`] of it; what goes out is a schema in which all indices are
//! rewritten, so that later stages need not know about selection.

use crate::analysis::closure::Selection;
use crate::schema::{Combinator, CombinatorIdx, References, Schema, Type, TypeExpr, TypeIdx};

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
        let mut mapped = combinator.clone();
        mapped.ty = mapped.ty.map(|ty| self.ty(ty));
        let exprs = mapped.params.iter_mut().map(|param| &mut param.ty).chain([&mut mapped.result]);
        exprs.for_each(|expr| {
            expr.visit_mut(&mut |part| match part {
                TypeExpr::Boxed { ty, .. } | TypeExpr::Refined { ty, .. } => *ty = self.ty(*ty),
                TypeExpr::Bare { constructor, .. } => *constructor = self.constructor(*constructor),
                _ => {}
            });
        });
        mapped
    }
}
