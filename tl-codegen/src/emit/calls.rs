//! The module `calls`: a method for each function, by namespace, for everything that can call.
//!
//! A method makes a request and hands it to the runtime's `Call`, which knows how callers block or are awaited: the
//! same methods serve both, and each is a line of code to compile.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::structs::{self, generics};
use super::{ALLOWED, Code, Item, Module, docs};
use crate::Config;
use crate::ir::{Calls, Package, Struct};

/// The module and those below it.
pub(super) fn module<'a>(calls: &'a Calls, package: &'a Package, config: &'a Config) -> Module<'a> {
    let mut root = below(calls, &[], package, config);
    let allowed: TokenStream = ALLOWED.parse().expect("a constant");
    root.attributes = quote! {
        #[doc = " Calls as methods: `client.contacts().get_contacts(0)`."]
        #[allow(#allowed, clippy::should_implement_trait, clippy::wrong_self_convention)]
    };
    root
}

fn below<'a>(calls: &'a Calls, path: &[&'a str], package: &'a Package, config: &'a Config) -> Module<'a> {
    let children = calls.children.iter().map(|(name, child)| {
        let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
        let doc = format!(" Calls of the namespace `{}`.", path.join("."));
        let mut module = below(child, &path, package, config);
        module.attributes = quote! { #[doc = #doc] };
        (name.clone(), module)
    });
    let children = children.collect();
    let path = path.to_vec();
    let item = Item::new(move || {
        let taken = BTreeSet::from(["Calls", "Methods"]);
        let scope = Scope::below(path.len() + 1, &taken, config);
        let is_root = path.is_empty();
        let namespaces = calls.children.keys().map(|module| namespace(module, is_root));
        let methods = calls.methods.iter();
        let methods = methods.map(|(name, place)| method(name, &package.functions[*place], is_root, &scope));
        let body: Vec<TokenStream> = namespaces.chain(methods).collect();
        let items = if is_root { root(&body, scope.runtime()) } else { methods_of(&path, &body) };
        Code { uses: scope.into_uses(), items }
    });
    Module { items: vec![item], children, ..Module::default() }
}

/// What callers get.
fn root(body: &[TokenStream], runtime: &TokenStream) -> Vec<TokenStream> {
    vec![
        quote! {
            /// A method for each namespace, and for each function without one. Every caller has it.
            ///
            /// What is returned is a call that is awaited, or made by its method `wait` where the caller blocks.
            pub trait Calls: #runtime::Caller {
                #(#body)*
            }
        },
        quote! { impl<C: #runtime::Caller + ?Sized> Calls for C {} },
    ]
}

/// What the method for a namespace returns.
fn methods_of(path: &[&str], body: &[TokenStream]) -> Vec<TokenStream> {
    let doc = format!(" A method for each function of the namespace `{}`.", path.join("."));
    vec![
        quote! {
            #[doc = #doc]
            #[derive(Clone, Copy, Debug)]
            pub struct Methods<'a, C: ?Sized>(pub(super) &'a C);
        },
        quote! { impl<'a, C: ?Sized> Methods<'a, C> { #(#body)* } },
    ]
}

fn namespace(module: &str, is_root: bool) -> TokenStream {
    let doc = format!(" The namespace `{module}`.");
    let name = ident(module);
    if is_root {
        quote! {
            #[doc = #doc]
            fn #name(&self) -> #name::Methods<'_, Self> {
                #name::Methods(self)
            }
        }
    } else {
        quote! {
            #[doc = #doc]
            pub fn #name(&self) -> #name::Methods<'a, C> {
                #name::Methods(self.0)
            }
        }
    }
}

fn method(name: &str, function: &Struct, is_root: bool, scope: &Scope<'_>) -> TokenStream {
    let runtime = scope.runtime();
    let request = scope.item(&function.path);
    let link = format!("[`{}`]({})", function.tl_name, request.to_string().replace(' ', ""));
    let doc = docs::paragraphs(&[match &function.docs.description {
        Some(description) => docs::text_after(&format!("{link}:"), description),
        None => format!("{link}."),
    }]);
    let bounds = generics(function, None, &quote! { #runtime::Function });
    let parameters = generics(function, None, &TokenStream::new());
    let name = ident(name);
    let (params, value) = structs::construction(function, &request, scope);
    let body = |caller: TokenStream| quote! { #runtime::Call::new(#caller, #value) };
    if is_root {
        let body = body(quote! { self });
        quote! {
            #doc
            fn #name #bounds(&self, #(#params),*) -> #runtime::Call<'_, Self, #request #parameters> { #body }
        }
    } else {
        let body = body(quote! { self.0 });
        quote! {
            #doc
            pub fn #name #bounds(&self, #(#params),*) -> #runtime::Call<'a, C, #request #parameters> { #body }
        }
    }
}
