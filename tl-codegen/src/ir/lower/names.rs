//! The Rust name of every constructor, function, type and variant, and the clashes among them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use tlgen_model::schema::{Combinator, CombinatorIdx, Name, Schema, SectionKind, TypeIdx};
use tlgen_parser::source::Location;

use super::options::Options;
use crate::config::UnknownMode;
use crate::error::{CodegenError, CodegenErrorKind};
use crate::ir::{ItemPath, Tree};
use crate::naming;

/// The Rust names of a schema, by index.
pub(super) struct Names {
    combinators: Vec<ItemPath>,
    generics: Vec<Vec<String>>,
    types: Vec<ItemPath>,
    variants: BTreeMap<CombinatorIdx, String>,
}

impl Names {
    pub(super) fn of(schema: &Schema, options: &Options, unknown: UnknownMode, errors: &mut Vec<CodegenError>) -> Self {
        let combinators = (0..).map(CombinatorIdx).zip(&schema.combinators).map(|(idx, combinator)| {
            let tree = match combinator.kind {
                SectionKind::Types => Tree::Constructors,
                SectionKind::Functions => Tree::Functions,
            };
            path(tree, &combinator.name, options.combinators.get(&idx))
        });
        let types = schema.types().map(|(idx, ty)| path(Tree::Types, &ty.name, options.types.get(&idx)));
        let combinators: Vec<_> = combinators.collect();
        let generics = schema.combinators.iter().zip(&combinators).map(|(combinator, path)| generics(combinator, path));
        let generics = generics.collect();
        let mut names = Self { combinators, generics, types: types.collect(), variants: BTreeMap::new() };
        names.name_variants(schema, options, unknown, errors);
        names.find_clashes(schema, errors);
        names
    }

    pub(super) fn combinator(&self, idx: CombinatorIdx) -> &ItemPath {
        &self.combinators[idx.0 as usize]
    }

    /// The type parameters of a combinator.
    pub(super) fn generics(&self, idx: CombinatorIdx) -> &[String] {
        &self.generics[idx.0 as usize]
    }

    pub(super) fn ty(&self, idx: TypeIdx) -> &ItemPath {
        &self.types[idx.0 as usize]
    }

    /// The variant of a constructor in the enum of its type.
    pub(super) fn variant(&self, idx: CombinatorIdx) -> &str {
        &self.variants[&idx]
    }

    fn name_variants(
        &mut self,
        schema: &Schema,
        options: &Options,
        unknown: UnknownMode,
        errors: &mut Vec<CodegenError>,
    ) {
        for (idx, ty) in schema.types() {
            if ty.constructors.len() < 2 {
                continue;
            }
            let mut seen: Seen<'_, String> = Seen::new();
            let taken = (unknown == UnknownMode::Keep).then_some(naming::UNKNOWN_VARIANT);
            if let Some(taken) = taken {
                take(&mut seen, taken.to_owned(), String::new, "unknown = \"keep\"", ty.location, errors);
            }
            for constructor in &ty.constructors {
                let combinator = schema.combinator(*constructor);
                let name = options
                    .combinators
                    .get(constructor)
                    .cloned()
                    .unwrap_or_else(|| naming::variant_name(ty.name.full(), combinator.name.full(), taken));
                let shown = || format!("{}::{name}", self.ty(idx));
                take(&mut seen, name.clone(), shown, combinator.name.full(), combinator.name_location, errors);
                self.variants.insert(*constructor, name);
            }
        }
    }

    fn find_clashes(&self, schema: &Schema, errors: &mut Vec<CodegenError>) {
        let mut seen = Seen::new();
        let mut modules: Seen<'_, (&str, &[String])> = Seen::new();
        let combinators = schema.combinators.iter().map(|c| (&c.name, c.name_location)).zip(&self.combinators);
        let types = schema.types.iter().map(|ty| (&ty.name, ty.location)).zip(&self.types);
        for ((name, location), path) in combinators.chain(types) {
            let module = (path.tree.module(), path.namespace.as_slice());
            take(&mut seen, (module, path.name.as_str()), || path.to_string(), name.full(), location, errors);
            // `fooBar.x` and `foo_bar.x` would share a module without sharing a name.
            let (first, first_location) = *modules.entry(module).or_insert((name.namespace(), location));
            if first != name.namespace() {
                let kind = CodegenErrorKind::NameClash {
                    rust: format!("mod {}::{}", module.0, module.1.join("::")),
                    tl: name.namespace().to_owned(),
                    first: first.to_owned(),
                    first_location,
                };
                errors.push(CodegenError { kind, location: Some(location) });
            }
        }
    }
}

/// What is taken, with what took it.
type Seen<'a, K> = BTreeMap<K, (&'a str, Location)>;

/// Takes a name, which the error shows in its own form.
fn take<'a, K: Ord>(
    seen: &mut Seen<'a, K>,
    name: K,
    shown: impl FnOnce() -> String,
    tl: &'a str,
    location: Location,
    errors: &mut Vec<CodegenError>,
) {
    match seen.entry(name) {
        Entry::Vacant(place) => {
            place.insert((tl, location));
        }
        Entry::Occupied(place) => {
            let (first, first_location) = *place.get();
            let kind = CodegenErrorKind::NameClash {
                rust: shown(),
                tl: tl.to_owned(),
                first: first.to_owned(),
                first_location,
            };
            errors.push(CodegenError { kind, location: Some(location) });
        }
    }
}

/// The type parameters of a struct. A parameter must not hide the struct itself, nor what its fields are made of.
fn generics(combinator: &Combinator, path: &ItemPath) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for generic in &combinator.generics {
        let mut name = naming::type_name(&generic.name);
        while name == path.name || names.contains(&name) || naming::USED_TYPES.contains(&name.as_str()) {
            name.push('_');
        }
        names.push(name);
    }
    names
}

fn path(tree: Tree, name: &Name, renamed: Option<&String>) -> ItemPath {
    let namespace = name.namespace().split('.').filter(|part| !part.is_empty()).map(naming::module_name).collect();
    let name = renamed.cloned().unwrap_or_else(|| naming::type_name(name.ident()));
    ItemPath { tree, namespace, name }
}
