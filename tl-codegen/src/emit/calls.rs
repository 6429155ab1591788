//! The module `calls`: a method for each function, by namespace, for everything that can call.
//!
//! A method makes a request and gives it to the runtime's `PendingCall`, which knows how transports block or are awaited:
//! the same methods serve both, and each is a line of code to compile.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::structs::{self, generics};
use super::{ALLOWED, Code, Item, Module, RustItem, docs, uses};
use crate::Config;
use crate::ir::{Calls, Package, Struct};

/// The module and those below it.
pub(super) fn module<'a>(calls: &'a Calls, package: &'a Package, config: &'a Config) -> Module<'a> {
    let mut root = below(calls, &[], package, config);
    let allowed: TokenStream = ALLOWED.parse().expect("a constant");
    root.attributes = quote! {
        #[doc = " Calls as methods: `client.contacts().get_contacts(0)`."]
        #[allow(#allowed)]
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
        let body = |of_trait: bool| -> Vec<TokenStream> {
            let namespaces = calls.children.keys().map(|module| namespace(module, of_trait));
            let methods = calls.methods.iter();
            let methods = methods.map(|(name, index)| method(name, &package.functions[*index], of_trait, &scope));
            namespaces.chain(methods).collect()
        };
        let mut items = methods_of(&path, &body(false), scope.runtime());
        if is_root {
            items.extend(root(&body(true), scope.runtime()));
        }
        let functions = calls.methods.iter().map(|(_, index)| &package.functions[*index]);
        let items = items.into_iter().map(RustItem::from).collect();
        Code { uses: uses::of_calls(functions, &scope), items }
    });
    Module { items: vec![item], children, ..Module::default() }
}

/// What transports get.
fn root(body: &[TokenStream], runtime: &TokenStream) -> Vec<TokenStream> {
    vec![
        quote! {
            /// The methods of this schema for `transport`, where several schemas have a trait `Calls` in scope.
            pub fn on<C: #runtime::Transport + ?Sized>(transport: &C) -> Methods<'_, C> {
                Methods(transport)
            }
        },
        quote! {
            /// A method for each namespace, and for each function without one. Every transport has it.
            ///
            /// Each returns a call that is awaited, or made by its method `wait` where the transport blocks.
            pub trait Calls: #runtime::Transport {
                #(#body)*
            }
        },
        quote! { impl<C: #runtime::Transport + ?Sized> Calls for C {} },
    ]
}

/// What the method for a namespace returns, and `on` for the root.
fn methods_of(path: &[&str], body: &[TokenStream], runtime: &TokenStream) -> Vec<TokenStream> {
    let (doc, visible) = if path.is_empty() {
        (" A method for each namespace, and for each function without one.".to_owned(), TokenStream::new())
    } else {
        (format!(" A method for each function of the namespace `{}`.", path.join(".")), quote! { pub(super) })
    };
    vec![
        quote! {
            #[doc = #doc]
            pub struct Methods<'a, C: ?Sized>(#visible &'a C);
        },
        quote! { #runtime::methods!(Methods); },
        quote! { impl<'a, C: ?Sized> Methods<'a, C> { #(#body)* } },
    ]
}

fn namespace(module: &str, of_trait: bool) -> TokenStream {
    let doc = format!(" The namespace `{module}`.");
    let name = ident(module);
    if of_trait {
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

fn method(name: &str, function: &Struct, of_trait: bool, scope: &Scope<'_>) -> TokenStream {
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
    let body = |caller: TokenStream| quote! { #runtime::PendingCall::new(#caller, #value) };
    if of_trait {
        let body = body(quote! { self });
        quote! {
            #doc
            fn #name #bounds(&self, #(#params),*) -> #runtime::PendingCall<'_, Self, #request #parameters> { #body }
        }
    } else {
        let body = body(quote! { self.0 });
        quote! {
            #doc
            pub fn #name #bounds(&self, #(#params),*) -> #runtime::PendingCall<'a, C, #request #parameters> { #body }
        }
    }
}
