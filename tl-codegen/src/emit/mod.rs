//! Package to tokens.
//!
//! What comes in is a [`Package`], in which every name is final; what goes out is a tree of modules whose items make their
//! tokens when they are asked to, in any thread: tokens cannot be sent from one thread to another. Nothing can fail here.

mod accessors;
mod calls;
mod codec;
mod decode;
mod docs;
mod encode;
mod enums;
mod errors;
mod late;
mod owned;
mod run;
mod scope;
mod serde;
mod structs;
#[cfg(test)]
mod tests;
mod uses;
mod views;
mod walks;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::Config;
use crate::ir::{Boxed, ItemPath, Older, Owner, Package, Tree, ViewType};
use scope::Scope;
pub(crate) use uses::Use;

/// A module on its way to the output.
#[derive(Default)]
pub(crate) struct Module<'a> {
    /// Documentation and attributes of the module's own declaration.
    pub(crate) attributes: TokenStream,
    /// Items in order.
    pub(crate) items: Vec<Item<'a>>,
    /// Modules below it, by name.
    pub(crate) children: BTreeMap<String, Module<'a>>,
}

/// The code of one struct or enum of the package, which is made when it is asked for.
pub(crate) struct Item<'a>(Box<dyn Fn() -> Code + Send + Sync + 'a>);

/// What an item is made of.
pub(crate) struct Code {
    /// What it names from outside of its module.
    pub(crate) uses: BTreeSet<Use>,
    /// Rust items in order.
    pub(crate) items: Vec<RustItem>,
}

/// An item of Rust.
pub(crate) struct RustItem {
    pub(crate) kind: Kind,
    pub(crate) tokens: TokenStream,
}

/// What an item of Rust is. Items of one kind that are a line each form a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A definition or an implementation, of several lines mostly.
    Block,
    /// An item by another path: `pub use`.
    Alias,
    /// A conversion into an enum: `rt::from!`.
    From,
    /// A conversion out of an enum: `rt::try_from!`.
    TryFrom,
    /// Where a type is dropped: `rt::drop_box!`.
    DropBox,
}

impl From<TokenStream> for RustItem {
    fn from(tokens: TokenStream) -> Self {
        Self { kind: Kind::Block, tokens }
    }
}

impl<'a> Item<'a> {
    fn new(make: impl Fn() -> Code + Send + Sync + 'a) -> Self {
        Self(Box::new(make))
    }

    /// What needs no `use`.
    fn plain(make: impl Fn() -> Vec<TokenStream> + Send + Sync + 'a) -> Self {
        Self::new(move || Code { uses: BTreeSet::new(), items: make().into_iter().map(RustItem::from).collect() })
    }

    /// Its code.
    pub(crate) fn code(&self) -> Code {
        (self.0)()
    }
}

/// Lints that generated code cannot keep, as names and sizes are the schema's, and nobody uses all of a schema: in a
/// private module what is not used is dead code.
const ALLOWED: &str = "dead_code, unreachable_pub, unused_imports, clippy::enum_variant_names, clippy::large_enum_variant, clippy::module_inception, \
    clippy::self_named_constructors, clippy::should_implement_trait, clippy::too_many_arguments, \
    clippy::wrong_self_convention";

/// The number of what generated code expects of the runtime: `tlgen_runtime::generated::CONTRACT`. A test holds both together.
const CONTRACT: u32 = 1;

/// What makes the code of an item where its module is known.
type Make<'a> = Box<dyn Fn(&Scope<'_>) -> Code + Send + Sync + 'a>;

/// The modules of a package, and those of older layers within it.
pub(crate) fn layers<'a>(newest: &'a Package, older: &'a [Older], config: &'a Config) -> Module<'a> {
    let mut root = package(newest, config);
    for layer in older {
        let mut module = trees(&layer.package, Some(layer), config);
        let number = layer.package.layer.map_or_else(String::new, |number| format!(", layer {number}"));
        let doc = format!(" An older version of the schema{number}. What is the same in a newer one is its item.");
        module.attributes = quote! { #[doc = #doc] #[allow(unreachable_pub)] };
        root.children.insert(layer.name.clone(), module);
    }
    root
}

/// The modules of a package: a root module with a module for each tree.
pub(crate) fn package<'a>(package: &'a Package, config: &'a Config) -> Module<'a> {
    trees(package, None, config)
}

fn trees<'a>(package: &'a Package, layer: Option<&'a Older>, config: &'a Config) -> Module<'a> {
    let mut root = Module { items: vec![Item::plain(move || root_items(package, layer, config))], ..Module::default() };
    let taken = taken_names(package);
    let mut place = |path: &'a ItemPath, make: Make<'a>| {
        let taken = taken.get(&(path.tree, &path.namespace[..])).cloned().unwrap_or_default();
        let newer: Option<&'a Owner> = layer.and_then(|layer| layer.shared.get(path));
        let make = match newer {
            Some(owner) => Box::new(move |scope: &Scope<'_>| enums::newer(path, owner, scope)),
            None => make,
        };
        descend(&mut root, path).items.push(Item::new(move || make(&Scope::new(path, &taken, config))));
    };
    let structs = package.constructors.iter().chain(&package.functions).chain(&package.borrowed.constructors);
    for item in structs {
        place(&item.path, Box::new(|scope| structs::emit(item, package, scope)));
    }
    for ty in package.types.iter().chain(&package.borrowed.types) {
        match ty {
            Boxed::Alias { path, target } => place(path, Box::new(|scope| enums::alias(path, target, scope))),
            Boxed::Enum(item) => place(&item.path, Box::new(|scope| enums::emit(item, scope))),
        }
    }
    for item in package.views.iter().flat_map(|views| &views.structs) {
        place(&item.path, Box::new(|scope| views::of_struct(item, scope)));
    }
    for ty in package.views.iter().flat_map(|views| &views.types) {
        match ty {
            ViewType::Alias { path, target } => place(path, Box::new(|scope| enums::alias(path, target, scope))),
            ViewType::Enum { path, item, index, min_size, variants, code } => {
                place(
                    path,
                    Box::new(|scope| views::of_enum(path, item, *index, *min_size, variants, code.as_ref(), scope)),
                );
            }
        }
    }
    for (path, target) in &package.borrowed.owned {
        place(path, Box::new(|scope| enums::alias(path, target, scope)));
    }
    if !package.errors.is_empty() && !layer.is_some_and(|layer| layer.shares_errors) {
        root.children.insert("errors".to_owned(), errors::module(&package.errors, config));
    }
    if let Some(calls) = &package.calls {
        root.children.insert("calls".to_owned(), calls::module(calls, package, config));
    }
    root
}

/// The path of what generated code calls on the runtime.
fn runtime(config: &Config) -> TokenStream {
    let runtime: TokenStream = config.runtime.parse().expect("the runtime path is checked by whoever reads options");
    quote! { #runtime::generated }
}

fn root_items(package: &Package, layer: Option<&Older>, config: &Config) -> Vec<TokenStream> {
    let (runtime, contract) = (runtime(config), Literal::u32_unsuffixed(CONTRACT));
    let mut items = vec![quote! { const _: () = #runtime::assert_contract(#contract); }];
    if config.derives.iter().any(|path| serde::derive(path).is_some()) {
        items.push(quote! { #runtime::serde_field!(); });
    }
    if let Some(layer) = package.layer {
        let layer = Literal::u32_unsuffixed(layer);
        items.push(quote! {
            /// The layer of the API that these types belong to.
            #[allow(dead_code, unreachable_pub)]
            pub const LAYER: i32 = #layer;
        });
    }
    let names = package.names.iter().map(|(id, name)| {
        let id = hex(*id);
        quote! { (#id, #name) }
    });
    items.push(quote! {
        /// The TL name of every constructor and function, sorted by id.
        #[allow(dead_code, unreachable_pub)]
        pub const NAMES: &[(u32, &str)] = &[ #(#names),* ];
    });
    if let Some(found) = &package.known {
        let (variants, others) = (codec::id_bytes(&found.variants), codec::id_bytes(&found.others));
        let (known, facts) = (scope::ident(codec::KNOWN), scope::ident(codec::FACTS));
        items.push(quote! {
            /// The id of every constructor and function.
            #[allow(dead_code)]
            const #known: #runtime::KnownIds = ::core::option::Option::Some(&#runtime::Known {
                variants: #variants,
                others: #others
            });
        });
        let structs = package.constructors.iter().chain(&package.functions);
        let sizes: BTreeSet<u32> =
            structs.filter(|item| decode::is_for_all_lifetimes(item)).map(|item| item.min_size).collect();
        if !sizes.is_empty() {
            let sizes = sizes.into_iter().map(|size| {
                let (name, size) = (codec::facts(size), Literal::u32_unsuffixed(size));
                quote! { pub(super) const #name: Facts = Facts { min_size: #size, known: super::#known }; }
            });
            items.push(quote! {
                /// What code that reads a constructor or function has to know of it, by the least number of bytes of its fields.
                #[allow(dead_code)]
                mod #facts {
                    use #runtime::Facts;
                    #(#sizes)*
                }
            });
        }
    }
    items.extend(package.views.as_ref().map(|found| views::layouts(found, &runtime)));
    items.extend(package.views.as_ref().and_then(|found| found.code.as_ref()).map(|code| walks::table(code, &runtime)));
    if !package.errors.is_empty() && layer.is_some_and(|layer| layer.shares_errors) {
        items.push(quote! { pub use super::errors; });
    }
    if !package.declarations.is_empty() {
        let lines = &package.declarations;
        items.push(quote! {
            /// The schema, declaration by declaration: the constructors, a line between, the functions.
            #[allow(dead_code, unreachable_pub)]
            pub const DECLARATIONS: &[&str] = &[ #(#lines),* ];
        });
    }
    items
}

/// The module of an item, with all modules above it.
fn descend<'m, 'a>(root: &'m mut Module<'a>, path: &ItemPath) -> &'m mut Module<'a> {
    let tree = path.tree;
    let mut module = root;
    if let Some(parent) = tree.parent() {
        let (doc, lint) = match tree {
            // A field may be called so.
            Tree::ViewConstructors | Tree::ViewFunctions | Tree::ViewTypes => {
                let lint = quote! { , clippy::inline_always, clippy::len_without_is_empty };
                (" Views: fields of messages that are not decoded.", Some(lint))
            }
            _ => {
                let doc = " Constructors and types with text that points into the input. What holds no text is the owned item.";
                (doc, None)
            }
        };
        module = module.children.entry(parent.to_owned()).or_insert_with(|| Module {
            attributes: quote! { #[doc = #doc] #[allow(unreachable_pub, clippy::module_inception #lint)] },
            ..Module::default()
        });
    }
    module = module.children.entry(tree.module().to_owned()).or_insert_with(|| {
        let doc = match tree {
            Tree::Constructors | Tree::BorrowedConstructors => {
                " Constructors: a struct for each that has fields or is alone in its type."
            }
            Tree::Functions => " Functions: a request for each, with the type that it returns.",
            Tree::ViewConstructors => " Constructors: a view for each that has fields or is alone in its type.",
            Tree::ViewFunctions => " Functions: a view for each request.",
            Tree::ViewTypes => " Boxed types: an enum of views for each, or the view of its only constructor.",
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

/// The names of structs and enums in one module.
type Names<'a> = Arc<BTreeSet<&'a str>>;

/// The names in each module: a type that is called `Vec` hides the standard one.
fn taken_names(package: &Package) -> BTreeMap<(Tree, &[String]), Names<'_>> {
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
    if let Some(view) = &package.views {
        let types = view.types.iter().map(|ty| match ty {
            ViewType::Alias { path, .. } | ViewType::Enum { path, .. } => path,
        });
        for path in view.structs.iter().map(|item| &item.path).chain(types) {
            taken.entry((path.tree, &path.namespace[..])).or_default().insert(path.name.as_str());
        }
    }
    taken.into_iter().map(|(module, names)| (module, Arc::new(names))).collect()
}

/// `0x5bdb39d0`.
fn hex(id: u32) -> Literal {
    format!("0x{id:08x}").parse().expect("a number")
}
