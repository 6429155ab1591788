//! What a module's code calls things: paths to other items, and the `use` declarations by which they are named so.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::serde;
use super::uses::Use;
use crate::Config;
use crate::config::{BoxType, TextType};
use crate::ir::{ItemPath, Owner, RustType, Traits, Tree};

/// One module while its items are emitted.
pub(super) struct Scope<'a> {
    /// The number of `super` to the module that holds this one's tree.
    depth: usize,
    /// The same to the root of the package.
    root: usize,
    taken: &'a BTreeSet<&'a str>,
    /// What generated code calls on the runtime, by its whole path.
    runtime_path: TokenStream,
    /// The same as the module calls it.
    runtime: TokenStream,
    derives: &'a [String],
    boxes: BoxType,
}

impl<'a> Scope<'a> {
    /// The module of an item.
    pub(super) fn new(path: &ItemPath, taken: &'a BTreeSet<&'a str>, config: &'a Config) -> Self {
        let depth = path.namespace.len() + 1;
        let root = depth + usize::from(path.tree.parent().is_some());
        Self { root, ..Self::below(depth, taken, config) }
    }

    /// A module so many modules below the root that is none of the trees.
    pub(super) fn below(depth: usize, taken: &'a BTreeSet<&'a str>, config: &'a Config) -> Self {
        Self {
            depth,
            root: depth,
            taken,
            runtime_path: super::runtime(config),
            runtime: quote! { rt },
            derives: &config.derives,
            boxes: config.boxes,
        }
    }

    /// What the runtime is called here: `rt`.
    pub(super) fn runtime(&self) -> &TokenStream {
        &self.runtime
    }

    /// The declaration for [`Self::runtime`].
    pub(super) fn runtime_use(&self) -> Use {
        Use { path: text(&self.runtime_path), name: Some("rt") }
    }

    /// The path to an item of the package: `types::contacts::Contacts`, where `types` is in scope. Borrowed items
    /// refer to their neighbours in the borrowed trees, all others to the owned ones.
    pub(super) fn item(&self, path: &ItemPath) -> TokenStream {
        let parts = [path.tree.module()].into_iter().chain(path.namespace.iter().map(String::as_str));
        let parts = parts.chain([path.name.as_str()]).map(ident);
        quote! { #(#parts)::* }
    }

    /// The path to the root, as documentation writes it: `super::super::`.
    pub(super) fn root(&self) -> String {
        "super::".repeat(self.root)
    }

    /// The path to an item of the root module.
    pub(super) fn of_root(&self, name: &str) -> TokenStream {
        let (supers, name) = ((0..self.root).map(|_| quote! { super }), ident(name));
        quote! { #(#supers::)* #name }
    }

    /// The path to an item of the package without any `use`.
    pub(super) fn relative(&self, path: &ItemPath) -> TokenStream {
        let supers = (0..self.root).map(|_| quote! { super });
        let tree = path.tree.parent().into_iter().chain([path.tree.module()]);
        let parts = tree.chain(path.namespace.iter().map(String::as_str));
        let parts = parts.chain([path.name.as_str()]).map(ident);
        quote! { #(#supers::)* #(#parts)::* }
    }

    /// The path to the same item of a newer layer.
    pub(super) fn newer(&self, path: &ItemPath, owner: &Owner) -> TokenStream {
        let layer = match owner {
            Owner::Newest => None,
            Owner::Older(name) => Some(name.as_str()),
        };
        let supers = (0..=self.root).map(|_| quote! { super });
        let parts = layer.into_iter().chain(path.tree.parent()).chain([path.tree.module()]);
        let parts = parts.chain(path.namespace.iter().map(String::as_str)).chain([path.name.as_str()]).map(ident);
        quote! { #(#supers::)* #(#parts)::* }
    }

    /// An item of the root module: by its name, and by its path where an item of this module has such a name.
    pub(super) fn named_root(&self, name: &str) -> TokenStream {
        if self.taken.contains(name) { self.of_root(name) } else { ident(name).into_token_stream() }
    }

    /// The declaration for [`Self::named_root`], where one is needed.
    pub(super) fn root_use(&self, name: &str) -> Option<Use> {
        (!self.taken.contains(name)).then(|| Use { path: format!("{}{name}", self.root()), name: None })
    }

    /// The declaration for [`Self::item`].
    pub(super) fn tree_use(&self, tree: Tree) -> Use {
        Use { path: format!("{}{}", "super::".repeat(self.depth), tree.module()), name: None }
    }

    /// `Vec`, `String`, `Box`: from `alloc` as the runtime has it, and by their whole path where the schema has such a name.
    pub(super) fn alloc(&self, module: &str, name: &str) -> TokenStream {
        let (module, item) = (ident(module), ident(name));
        if self.taken.contains(name) {
            let runtime = self.runtime();
            quote! { #runtime::alloc::#module::#item }
        } else {
            quote! { #item }
        }
    }

    /// The declaration for [`Self::alloc`], where one is needed.
    pub(super) fn alloc_use(&self, module: &str, name: &str) -> Option<Use> {
        let path = || format!("{}::alloc::{module}::{name}", text(&self.runtime_path));
        (!self.taken.contains(name)).then(|| Use { path: path(), name: None })
    }

    /// What a large variant is in: `Indirect` or `Box`.
    pub(super) fn boxes(&self) -> TokenStream {
        match self.boxes {
            BoxType::Indirect => {
                let runtime = self.runtime();
                quote! { #runtime::Indirect }
            }
            BoxType::Box => self.alloc("boxed", "Box"),
        }
    }

    /// How the macros of the runtime call it.
    pub(super) fn boxes_name(&self) -> Ident {
        match self.boxes {
            BoxType::Indirect => ident("Indirect"),
            BoxType::Box => ident("Box"),
        }
    }

    /// Whether it is the box of the standard library.
    pub(super) fn is_std_box(&self) -> bool {
        self.boxes == BoxType::Box
    }

    /// `Option`, by its whole path where the schema has such a name.
    pub(super) fn option(&self) -> TokenStream {
        if self.taken.contains("Option") {
            quote! { ::core::option::Option }
        } else {
            quote! { Option }
        }
    }

    /// `None`, by a path where the schema has such a name.
    pub(super) fn none(&self) -> TokenStream {
        if self.taken.contains("None") {
            quote! { ::core::option::Option::None }
        } else {
            quote! { None }
        }
    }

    /// `Some`, by a path where the schema has such a name.
    pub(super) fn some(&self) -> TokenStream {
        if self.taken.contains("Some") {
            quote! { ::core::option::Option::Some }
        } else {
            quote! { Some }
        }
    }

    /// `From`, by its whole path where the schema has such a name.
    pub(super) fn from(&self) -> TokenStream {
        if self.taken.contains("From") {
            quote! { ::core::convert::From }
        } else {
            quote! { From }
        }
    }

    /// A Rust type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::I32 => quote! { i32 },
            RustType::U32 => quote! { u32 },
            RustType::I64 => quote! { i64 },
            RustType::F32 => quote! { f32 },
            RustType::F64 => quote! { f64 },
            RustType::Bool => quote! { bool },
            RustType::Unit => quote! { () },
            RustType::String(TextType::String) => self.alloc("string", "String"),
            RustType::String(TextType::Compact) => {
                let runtime = self.runtime();
                quote! { #runtime::CompactString }
            }
            RustType::Bytes => {
                let vec = self.alloc("vec", "Vec");
                quote! { #vec<u8> }
            }
            RustType::Array(len) => {
                let len = proc_macro2::Literal::u32_unsuffixed(*len);
                quote! { [u8; #len] }
            }
            RustType::Vec(item) => {
                let (vec, item) = (self.alloc("vec", "Vec"), self.ty(item));
                quote! { #vec<#item> }
            }
            RustType::Str(_) => quote! { &'a str },
            RustType::Slice => quote! { &'a [u8] },
            RustType::Item(path) => self.item(path),
            RustType::BorrowedItem(path) => {
                let path = self.item(path);
                quote! { #path<'a> }
            }
            RustType::Generic(name) => {
                let name = ident(name);
                quote! { #name }
            }
            RustType::ReturnOf(name) => {
                let name = ident(name);
                quote! { #name::Return }
            }
            RustType::Boxed(item, id) => {
                let (runtime, item, id) = (self.runtime(), self.ty(item), super::hex(*id));
                quote! { #runtime::Boxed<#item, #id> }
            }
            RustType::Bare(item) => {
                let (runtime, item) = (self.runtime(), self.ty(item));
                quote! { #runtime::Bare<#item> }
            }
            RustType::True => {
                let runtime = self.runtime();
                quote! { #runtime::True }
            }
            RustType::Object => {
                let runtime = self.runtime();
                quote! { #runtime::Object }
            }
        }
    }

    /// Whether an item of the module has this name.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Whether a derive was asked for, for the items that can have it.
    pub(super) fn has_derive(&self, name: &str) -> bool {
        self.derives.iter().any(|derive| derive.rsplit("::").next().unwrap_or(derive).trim() == name)
    }

    /// Whether a derive of serde was asked for.
    pub(super) fn has_serde(&self) -> bool {
        self.derives.iter().any(|path| serde::derive(path).is_some())
    }

    /// `#[derive(...)]`, or nothing. What borrows text from the input of a reader is not deserialized.
    pub(super) fn derives(&self, traits: Traits, borrows: bool) -> TokenStream {
        let possible = |derive: &&String| match derive.rsplit("::").next().unwrap_or(derive).trim() {
            "Default" => traits.default,
            "Eq" | "Hash" | "PartialOrd" | "Ord" => traits.eq,
            "Copy" => traits.copy,
            _ => true,
        };
        let derives: Vec<TokenStream> = self
            .derives
            .iter()
            .filter(possible)
            .filter(|path| !borrows || serde::derive(path) != Some(serde::Derive::Deserialize))
            .map(|derive| derive.parse().expect("derives are checked by whoever reads options"))
            .collect();
        if derives.is_empty() {
            TokenStream::new()
        } else {
            quote! { #[derive(#(#derives),*)] }
        }
    }
}

/// A path as text.
fn text(path: &TokenStream) -> String {
    path.to_string().replace(' ', "")
}

/// An identifier from a name that is safe to write, raw ones included.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => format_ident!("{name}"),
    }
}
