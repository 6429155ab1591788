//! Package to tokens.
//!
//! What comes in is a [`Package`], in which every name is final; what goes out is a tree of modules with the tokens of
//! their items. Nothing can fail here.

mod calls;
mod codec;
mod decode;
mod docs;
mod encode;
mod enums;
mod errors;
mod owned;
mod run;
mod scope;
mod structs;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::Config;
use crate::ir::{Boxed, ItemPath, Package, Tree};
use scope::Scope;

/// A module on its way to the output.
#[derive(Clone, Debug, Default)]
pub(crate) struct Module {
    /// Documentation and attributes of the module's own declaration.
    pub(crate) attributes: TokenStream,
    /// `use` declarations, each whole and without the `;`.
    pub(crate) uses: BTreeSet<String>,
    /// Items in order.
    pub(crate) items: Vec<TokenStream>,
    /// Modules below it, by name.
    pub(crate) children: BTreeMap<String, Module>,
}

/// Lints that generated code can not keep: names and sizes are the schema's.
const ALLOWED: &str = "clippy::enum_variant_names, clippy::large_enum_variant, clippy::too_many_arguments";

/// The tokens of a package: a root module with a module for each tree.
pub(crate) fn package(package: &Package, config: &Config) -> Module {
    let runtime: TokenStream = config.runtime.parse().expect("the runtime path is checked by whoever reads options");
    let mut root = Module { items: root_items(package), ..Module::default() };
    let taken = taken_names(package);
    let mut place = |path: &ItemPath, make: &dyn Fn(&Scope<'_>) -> Vec<TokenStream>| {
        let module = descend(&mut root, path);
        let empty = BTreeSet::new();
        let taken = taken.get(&(path.tree, &path.namespace[..])).unwrap_or(&empty);
        let scope = Scope::new(path, taken, &runtime, &config.derives);
        let items = make(&scope);
        module.items.extend(items);
        module.uses.extend(scope.into_uses());
    };
    let structs = package.constructors.iter().chain(&package.functions).chain(&package.borrowed.constructors);
    for item in structs {
        place(&item.path, &|scope| structs::emit(item, package, scope));
    }
    for ty in package.types.iter().chain(&package.borrowed.types) {
        match ty {
            Boxed::Alias { path, target } => place(path, &|scope| vec![enums::alias(path, target, scope)]),
            Boxed::Enum(item) => place(&item.path, &|scope| enums::emit(item, scope)),
        }
    }
    for (path, target) in &package.borrowed.owned {
        place(path, &|scope| vec![enums::alias(path, target, scope)]);
    }
    if !package.errors.is_empty() {
        root.children.insert("errors".to_owned(), errors::module(&package.errors, &runtime));
    }
    if let Some(calls) = &package.calls {
        root.children.insert("calls".to_owned(), calls::module(calls, package, config, &runtime));
    }
    root
}

fn root_items(package: &Package) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if let Some(layer) = package.layer {
        let layer = Literal::u32_unsuffixed(layer);
        items.push(quote! {
            /// The layer of the API that these types belong to.
            pub const LAYER: i32 = #layer;
        });
    }
    let names = package.names.iter().map(|(id, name)| {
        let id = hex(*id);
        quote! { (#id, #name) }
    });
    items.push(quote! {
        /// The TL name of every constructor and function, sorted by id.
        pub const NAMES: &[(u32, &str)] = &[ #(#names),* ];
    });
    if !package.declarations.is_empty() {
        let lines = &package.declarations;
        items.push(quote! {
            /// The schema, declaration by declaration: the constructors, a line between, the functions.
            pub const DECLARATIONS: &[&str] = &[ #(#lines),* ];
        });
    }
    items
}

/// The module of an item, with all modules above it.
fn descend<'m>(root: &'m mut Module, path: &ItemPath) -> &'m mut Module {
    let tree = path.tree;
    let mut module = root;
    if let Some(parent) = tree.parent() {
        module = module.children.entry(parent.to_owned()).or_insert_with(|| Module {
            attributes: quote! {
                /// Constructors and types with text that points into the input. What holds no text is the owned item.
                #[allow(clippy::module_inception)]
            },
            ..Module::default()
        });
    }
    module = module.children.entry(tree.module().to_owned()).or_insert_with(|| {
        let doc = match tree {
            Tree::Constructors | Tree::BorrowedConstructors => {
                " Constructors: a struct for each that has fields or is alone in its type."
            }
            Tree::Functions => " Functions: a request for each, with the type that it returns.",
            Tree::Types | Tree::BorrowedTypes => {
                " Boxed types: an enum for each, or the struct of its only constructor."
            }
        };
        let allowed: TokenStream = ALLOWED.parse().expect("a constant");
        Module { attributes: quote! { #[doc = #doc] #[allow(#allowed)] }, ..Module::default() }
    });
    for part in &path.namespace {
        module = module.children.entry(part.clone()).or_insert_with(|| {
            let doc = format!(" The namespace `{part}`.");
            Module { attributes: quote! { #[doc = #doc] }, ..Module::default() }
        });
    }
    module
}

/// The names of structs and enums in each module: a type that is called `Vec` hides the standard one.
fn taken_names(package: &Package) -> BTreeMap<(Tree, &[String]), BTreeSet<&str>> {
    let mut taken: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let borrowed = &package.borrowed;
    let structs = package.constructors.iter().chain(&package.functions).chain(&borrowed.constructors);
    let types = package.types.iter().chain(&borrowed.types).map(|ty| match ty {
        Boxed::Alias { path, .. } => path,
        Boxed::Enum(item) => &item.path,
    });
    for path in structs.map(|item| &item.path).chain(types).chain(borrowed.owned.iter().map(|(path, _)| path)) {
        taken.entry((path.tree, &path.namespace[..])).or_default().insert(path.name.as_str());
    }
    taken
}

/// `0x5bdb39d0`.
fn hex(id: u32) -> Literal {
    format!("0x{id:08x}").parse().expect("a number")
}
