//! What a schema is like in numbers: how much there is, what is largest, what is used most, what holds what.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::graph;
use crate::schema::{CombinatorIdx, Param, Primitive, Schema, SectionKind, TypeExpr, TypeIdx};

/// The numbers of a schema. Lists are whole and begin with the greatest; what is equal is in the order of names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// How much there is.
    pub counts: Counts,
    /// What is in each namespace; what is in none has the name `""`. In the order of the number of declarations.
    pub namespaces: Vec<(String, Namespace)>,
    /// The constructors and functions, by the number of their fields.
    pub fields: Vec<(CombinatorIdx, usize)>,
    /// The types, by the number of their constructors.
    pub constructors: Vec<(TypeIdx, usize)>,
    /// The types that are used, by how often types of fields and results of functions name them.
    pub uses: Vec<(TypeIdx, usize)>,
    /// The builtin types in the same way, by their names in TL.
    pub builtin_uses: Vec<(&'static str, usize)>,
    /// A longest chain of types of which each has a field with the next in it. A cycle counts as one type.
    pub deepest: Vec<TypeIdx>,
    /// The types that hold each other or themselves, a list for each cycle, in the order of the schema.
    pub cycles: Vec<Vec<TypeIdx>>,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Boxed types.
    pub types: usize,
    /// Constructors.
    pub constructors: usize,
    /// Functions.
    pub functions: usize,
    /// Fields of constructors and arguments of functions, with the fields in repeated records.
    pub fields: usize,
    /// Of these, those that are there when a bit is set.
    pub conditional: usize,
    /// Of these, those that are a `#`.
    pub words: usize,
    /// Combinators with variables.
    pub generic: usize,
    /// Combinators whose id is written in the schema.
    pub written_ids: usize,
    /// Combinators with a description.
    pub described: usize,
    /// Fields with a description.
    pub described_fields: usize,
}

/// What is in a namespace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Namespace {
    /// Boxed types.
    pub types: usize,
    /// Constructors.
    pub constructors: usize,
    /// Functions.
    pub functions: usize,
}

impl Stats {
    /// Counts everything.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let mut stats = Self::default();
        stats.count(schema);
        stats.names(schema);
        stats.chains(schema);
        stats
    }

    fn count(&mut self, schema: &Schema) {
        let counts = &mut self.counts;
        counts.types = schema.types.len();
        for (idx, combinator) in (0..).map(CombinatorIdx).zip(&schema.combinators) {
            match combinator.kind {
                SectionKind::Types => counts.constructors += 1,
                SectionKind::Functions => counts.functions += 1,
            }
            counts.generic += usize::from(!combinator.generics.is_empty());
            counts.written_ids += usize::from(combinator.has_written_id);
            counts.described += usize::from(combinator.description.is_some());
            let before = counts.fields;
            each_field(&combinator.params, &mut |field| {
                counts.fields += 1;
                counts.conditional += usize::from(field.condition.is_some());
                counts.words += usize::from(field.ty == TypeExpr::Nat);
                counts.described_fields += usize::from(field.description.is_some());
            });
            self.fields.push((idx, counts.fields - before));
        }
        self.constructors = schema.types().map(|(idx, ty)| (idx, ty.constructors.len())).collect();
        let name = |idx: CombinatorIdx| schema.combinator(idx).name.full();
        self.fields.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| name(a.0).cmp(name(b.0))));
        by_count(&mut self.constructors, schema);
    }

    fn names(&mut self, schema: &Schema) {
        let mut namespaces: BTreeMap<&str, Namespace> = BTreeMap::new();
        for ty in &schema.types {
            namespaces.entry(ty.name.namespace()).or_default().types += 1;
        }
        let mut types = vec![0; schema.types.len()];
        let mut builtin: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut visit = |expr: &TypeExpr| {
            if let Some(TypeIdx(ty)) = expr.ty(schema) {
                types[ty as usize] += 1;
            }
            if let Some(name) = builtin_name(expr) {
                *builtin.entry(name).or_default() += 1;
            }
        };
        for combinator in &schema.combinators {
            let namespace = namespaces.entry(combinator.name.namespace()).or_default();
            match combinator.kind {
                SectionKind::Types => namespace.constructors += 1,
                SectionKind::Functions => {
                    namespace.functions += 1;
                    combinator.result.visit(&mut visit);
                }
            }
            combinator.params.iter().for_each(|param| param.ty.visit(&mut visit));
        }
        self.namespaces = namespaces.into_iter().map(|(name, counts)| (name.to_owned(), counts)).collect();
        self.namespaces.sort_by_key(|(_, counts)| Reverse(counts.constructors + counts.functions));
        self.uses = (0..).map(TypeIdx).zip(types).filter(|(_, uses)| *uses > 0).collect();
        by_count(&mut self.uses, schema);
        self.builtin_uses = builtin.into_iter().collect();
        self.builtin_uses.sort_by_key(|(_, uses)| Reverse(*uses));
    }

    fn chains(&mut self, schema: &Schema) {
        let edges = graph::edges(schema);
        let component = graph::components(&edges);
        let count = component.iter().max().map_or(0, |last| *last as usize + 1);
        let mut members = vec![Vec::new(); count];
        (0..).zip(&component).for_each(|(ty, own): (u32, &u32)| members[*own as usize].push(ty));
        // What a component reaches has a smaller number.
        let mut levels = vec![1; count];
        let mut next: Vec<Option<u32>> = vec![None; count];
        for own in 0..count {
            let out = members[own].iter().flat_map(|ty| &edges[*ty as usize]);
            for &to in out.filter(|to| component[**to as usize] as usize != own) {
                let level = levels[component[to as usize] as usize] + 1;
                if level > levels[own] {
                    (levels[own], next[own]) = (level, Some(to));
                }
            }
        }
        let deepest =
            (0..).zip(&component).max_by_key(|(ty, own): &(u32, &u32)| (levels[**own as usize], u32::MAX - ty));
        let mut at = deepest.map(|(ty, _)| ty);
        while let Some(ty) = at {
            self.deepest.push(TypeIdx(ty));
            at = next[component[ty as usize] as usize];
        }
        let is_cycle = |list: &Vec<u32>| list.len() > 1 || edges[list[0] as usize].contains(&list[0]);
        let cycles = members.iter().filter(|list| is_cycle(list));
        self.cycles = cycles.map(|list| list.iter().map(|ty| TypeIdx(*ty)).collect()).collect();
        self.cycles.sort_by_key(|list: &Vec<TypeIdx>| (usize::MAX - list.len(), list[0]));
    }
}

/// The fields of a combinator with those of the records in their types.
fn each_field<'s>(params: &'s [Param], f: &mut impl FnMut(&'s Param)) {
    for param in params {
        f(param);
        param.ty.visit(&mut |expr| {
            if let TypeExpr::Repeat { fields, .. } = expr {
                fields.iter().for_each(&mut *f);
            }
        });
    }
}

fn by_count(list: &mut [(TypeIdx, usize)], schema: &Schema) {
    let name = |idx: TypeIdx| schema.ty(idx).name.full();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| name(a.0).cmp(name(b.0))));
}

fn builtin_name(expr: &TypeExpr) -> Option<&'static str> {
    match expr {
        TypeExpr::Nat => Some("#"),
        TypeExpr::Primitive { primitive: Primitive::Bool, .. } => Some("Bool"),
        TypeExpr::Primitive { primitive, .. } => Some(primitive.name()),
        TypeExpr::Object => Some("Object"),
        TypeExpr::Vector { .. } => Some("vector"),
        TypeExpr::Function { .. } => Some("!X"),
        TypeExpr::Boxed { .. }
        | TypeExpr::Bare { .. }
        | TypeExpr::Refined { .. }
        | TypeExpr::Var { .. }
        | TypeExpr::Unresolved
        | TypeExpr::Repeat { .. } => None,
    }
}
