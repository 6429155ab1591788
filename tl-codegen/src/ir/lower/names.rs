//! The Rust name of every constructor, function, type and variant, and the clashes among them.

use std::collections::BTreeMap;

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
            let mut seen = Seen::default();
            let taken = (unknown == UnknownMode::Keep).then_some(naming::UNKNOWN_VARIANT);
            if let Some(taken) = taken {
                seen.insert(taken, "", "unknown = \"keep\"", ty.location, errors);
            }
            for constructor in &ty.constructors {
                let combinator = schema.combinator(*constructor);
                let name = options
                    .combinators
                    .get(constructor)
                    .cloned()
                    .unwrap_or_else(|| naming::variant_name(ty.name.full(), combinator.name.full(), taken));
                let shown = format!("{}::{name}", self.ty(idx));
                seen.insert(&name, &shown, combinator.name.full(), combinator.name_location, errors);
                self.variants.insert(*constructor, name);
            }
        }
    }

    fn find_clashes(&self, schema: &Schema, errors: &mut Vec<CodegenError>) {
        let mut seen = Seen::default();
        let mut modules: BTreeMap<String, (&str, Location)> = BTreeMap::new();
        let combinators = schema.combinators.iter().map(|c| (&c.name, c.name_location)).zip(&self.combinators);
        let types = schema.types.iter().map(|ty| (&ty.name, ty.location)).zip(&self.types);
        for ((name, location), path) in combinators.chain(types) {
            let module = format!("{}::{}", path.tree.module(), path.namespace.join("::"));
            let shown = format!("{}::{}", module.trim_end_matches(':'), path.name);
            seen.insert(&shown, &shown, name.full(), location, errors);
            // `fooBar.x` and `foo_bar.x` would share a module without sharing a name.
            let (first, first_location) = *modules.entry(module.clone()).or_insert((name.namespace(), location));
            if first != name.namespace() {
                let kind = CodegenErrorKind::NameClash {
                    rust: format!("mod {module}"),
                    tl: name.namespace().to_owned(),
                    first: first.to_owned(),
                    first_location,
                };
                errors.push(CodegenError { kind, location: Some(location) });
            }
        }
    }
}

/// Names that are taken, with what took them.
#[derive(Default)]
struct Seen<'a>(BTreeMap<String, (&'a str, Location)>);

impl<'a> Seen<'a> {
    fn insert(&mut self, name: &str, shown: &str, tl: &'a str, location: Location, errors: &mut Vec<CodegenError>) {
        if let Some((first, first_location)) = self.0.get(name) {
            errors.push(CodegenError {
                kind: CodegenErrorKind::NameClash {
                    rust: shown.to_owned(),
                    tl: tl.to_owned(),
                    first: (*first).to_owned(),
                    first_location: *first_location,
                },
                location: Some(location),
            });
        } else {
            self.0.insert(name.to_owned(), (tl, location));
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
