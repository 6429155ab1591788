//! What of the generated code the sources of a crate name.
//!
//! What comes in are the texts of Rust files and the items of the old schema, against which they were written; what goes out are the
//! declarations behind the items. Paths are read token by token, so that macros count, and `use` says what their first names mean.
//! Nothing is compiled: an item of another module with the same path is taken for one of ours.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use tlgen_build::ir::{Boxed, Package};
use tlgen_build::naming;
use tlgen_model::schema::Schema;

use crate::item::Kind;
use crate::scope::Scope;

/// The items of a package by path, and the declarations behind each.
#[derive(Clone, Debug)]
pub struct Items {
    by_path: BTreeMap<String, Vec<(Kind, String)>>,
    /// Methods of `calls` by namespace and name.
    methods: BTreeMap<(String, String), String>,
}

impl Items {
    /// Those of a package that was made of all of `schema`.
    #[must_use]
    pub fn of(package: &Package, schema: &Schema) -> Self {
        let mut by_path: BTreeMap<String, Vec<(Kind, String)>> = BTreeMap::new();
        let mut methods = BTreeMap::new();
        let mut names = BTreeMap::new();
        for item in &package.constructors {
            let ty = schema.combinator(item.combinator).ty.map(|ty| schema.ty(ty).name.full().to_owned());
            names.insert(item.path.to_string(), (item.tl_name.clone(), ty));
            by_path.insert(item.path.to_string(), vec![(Kind::Constructor, item.tl_name.clone())]);
        }
        for item in &package.functions {
            by_path.insert(item.path.to_string(), vec![(Kind::Function, item.tl_name.clone())]);
            if let Some((namespace, name)) = item.tl_name.rsplit_once('.') {
                methods.insert((naming::module_name(namespace), naming::field_name(name)), item.tl_name.clone());
            }
        }
        for ty in &package.types {
            match ty {
                Boxed::Alias { path, target } => {
                    let name = names.get(&target.to_string()).cloned();
                    let (one, ty) = name.map_or((None, None), |(name, ty)| (Some(name), ty));
                    let one = one.map(|name| (Kind::Constructor, name));
                    let ty = ty.map(|name| (Kind::Type, name));
                    by_path.insert(path.to_string(), one.into_iter().chain(ty).collect());
                }
                // A `match` names each of them.
                Boxed::Enum(item) => {
                    let variants = item.variants.iter().map(|variant| (Kind::Constructor, variant.tl_name.clone()));
                    let own = [(Kind::Type, item.tl_name.clone())];
                    by_path.insert(item.path.to_string(), variants.chain(own).collect());
                }
            }
        }
        Self { by_path, methods }
    }
}

/// A file that is no Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRust {
    /// Why.
    pub message: String,
}

/// Adds what one file names to `scope`.
///
/// # Errors
/// If it is no Rust.
pub fn add(text: &str, items: &Items, scope: &mut Scope) -> Result<(), NoRust> {
    let no_rust = |error: String| NoRust { message: error };
    let file = syn::parse_file(text).map_err(|error| no_rust(error.to_string()))?;
    let mut names = Names::default();
    file.items.iter().for_each(|item| names.item(item));
    let tokens: TokenStream =
        text.trim_start_matches('\u{feff}').parse().map_err(|_| no_rust("no tokens".to_owned()))?;
    let mut found = Vec::new();
    paths(tokens, &mut found, items, scope);
    for path in names.imported.values().chain(&found) {
        names.resolve(path, items, scope);
    }
    Ok(())
}

/// What names mean in a file, by its `use` items at any depth of modules.
#[derive(Default)]
struct Names {
    imported: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
}

impl Names {
    fn item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Use(item) => self.tree(&item.tree, &mut Vec::new()),
            syn::Item::Mod(item) => {
                item.content.iter().flat_map(|(_, items)| items).for_each(|item| self.item(item));
            }
            _ => {}
        }
    }

    fn tree(&mut self, tree: &syn::UseTree, before: &mut Vec<String>) {
        let with = |before: &[String], name: &syn::Ident| {
            let mut path = before.to_vec();
            if name != "self" {
                path.push(name.to_string());
            }
            path
        };
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(&path.tree, before);
                before.pop();
            }
            syn::UseTree::Name(name) => {
                let path = with(before, &name.ident);
                if let Some(last) = path.last() {
                    self.imported.insert(last.clone(), path);
                }
            }
            syn::UseTree::Rename(rename) => {
                self.imported.insert(rename.rename.to_string(), with(before, &rename.ident));
            }
            syn::UseTree::Glob(_) => self.globs.push(before.clone()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, before)),
        }
    }

    fn resolve(&self, path: &[String], items: &Items, scope: &mut Scope) {
        let Some(first) = path.first() else { return };
        match self.imported.get(first).filter(|imported| imported.as_slice() != path) {
            // An import may lead over another one.
            Some(imported) => {
                let full: Vec<String> = self.expanded(imported).into_iter().chain(path[1..].iter().cloned()).collect();
                mark(&full, items, scope);
            }
            None => mark(path, items, scope),
        }
        for glob in &self.globs {
            let full: Vec<String> = self.expanded(glob).into_iter().chain(path.iter().cloned()).collect();
            mark(&full, items, scope);
        }
    }

    fn expanded(&self, path: &[String]) -> Vec<String> {
        match path.first().and_then(|first| self.imported.get(first)) {
            Some(before) if before.as_slice() != path && before.len() < 16 && before.first() != path.first() => {
                before.iter().cloned().chain(path[1..].iter().cloned()).collect()
            }
            _ => path.to_vec(),
        }
    }
}

/// Notes the item that a path names, whatever is before its tree and after its name.
fn mark(path: &[String], items: &Items, scope: &mut Scope) {
    for start in 0..path.len() {
        if !matches!(path[start].as_str(), "constructors" | "functions" | "types" | "borrowed") {
            continue;
        }
        for end in start + 2..=path.len() {
            for (kind, name) in items.by_path.get(&path[start..end].join("::")).into_iter().flatten() {
                scope.insert(*kind, name);
            }
        }
    }
}

/// The paths in tokens, `a::b::C`, and the methods `.contacts().get_contacts(`.
fn paths(tokens: TokenStream, found: &mut Vec<Vec<String>>, items: &Items, scope: &mut Scope) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is =
        |index: usize, sign: char| matches!(trees.get(index), Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
    let mut index = 0;
    while index < trees.len() {
        match &trees[index] {
            TokenTree::Group(group) => {
                if group.delimiter() == Delimiter::Parenthesis && index >= 2 && is(index - 2, '.') {
                    method(&trees, index, items, scope);
                }
                paths(group.stream(), found, items, scope);
                index += 1;
            }
            TokenTree::Ident(first) => {
                let mut path = vec![first.to_string()];
                while is(index + 1, ':') && is(index + 2, ':') {
                    let Some(TokenTree::Ident(next)) = trees.get(index + 3) else { break };
                    path.push(next.to_string());
                    index += 3;
                }
                found.push(path);
                index += 1;
            }
            _ => index += 1,
        }
    }
}

/// `.contacts()` at `index`, and what is called on it.
fn method(trees: &[TokenTree], index: usize, items: &Items, scope: &mut Scope) {
    let ident = |index: usize| match trees.get(index) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    };
    let is_dot = matches!(trees.get(index + 1), Some(TokenTree::Punct(punct)) if punct.as_char() == '.');
    if let (true, Some(namespace), Some(name)) = (is_dot, ident(index - 1), ident(index + 2))
        && let Some(function) = items.methods.get(&(namespace, name))
    {
        scope.insert(Kind::Function, function);
    }
}
