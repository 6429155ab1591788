//! Views of constructors and types, and the table of wire layouts that they share.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::uses::Use;
use super::{Code, RustItem, docs, hex, walks};
use crate::ir::{EnumCode, ItemPath, Place, Seen, Tree, ViewField, ViewStruct, ViewVariant, Views};

/// The name of the table in the root module.
const LAYOUTS: &str = "LAYOUTS";

/// The code of a view of a constructor or function.
pub(super) fn of_struct(item: &ViewStruct, scope: &Scope<'_>) -> Code {
    let runtime = scope.runtime();
    let name = ident(&item.path.name);
    let mut paragraphs = vec![format!("A view of [`{}`]({}).", item.path.name, target(&item.item, scope))];
    paragraphs.push(docs::tl_block(&item.tl));
    let doc = docs::paragraphs(&paragraphs);
    let definition = quote! { #doc #[derive(Clone, Copy)] pub struct #name<'a>(#runtime::RawView<'a>); };
    let layouts = scope.of_root(LAYOUTS);
    let (index, min) = (Literal::u32_unsuffixed(item.index), Literal::u32_unsuffixed(item.min_size));
    let view = quote! { #runtime::view!(#name, #index, #min, #layouts); };
    let mut items = vec![definition.into(), RustItem::from(view)];
    if !item.fields.is_empty() {
        let methods = item.fields.iter().map(|field| method(field, scope));
        items.push(quote! { impl<'a> #name<'a> { #(#methods)* } }.into());
    }
    let mut uses = BTreeSet::from([scope.runtime_use()]);
    if let Some(parts) = &item.code {
        items.push(walks::of_struct(&item.path, parts, scope).into());
        walks::trees(parts, scope, &mut uses);
    }
    item.fields.iter().for_each(|field| trees(&field.ty, scope, &mut uses));
    Code { uses, items }
}

/// The code of a view of a type with several constructors.
pub(super) fn of_enum(
    path: &ItemPath,
    item: &ItemPath,
    index: u32,
    min_size: u32,
    variants: &[ViewVariant],
    code: Option<&EnumCode>,
    scope: &Scope<'_>,
) -> Code {
    let runtime = scope.runtime();
    let name = ident(&path.name);
    let doc = docs::paragraphs(&[format!("A view of [`{}`]({}).", path.name, target(item, scope))]);
    let arms = variants.iter().map(|variant| {
        let doc = docs::paragraphs(&[format!("The constructor `{}`.", variant.tl_name)]);
        let name = ident(&variant.name);
        let view = match &variant.target {
            Some(path) => {
                let path = scope.item(path);
                quote! { #path<'a> }
            }
            None => quote! { #runtime::RawView<'a> },
        };
        quote! { #doc #name(#view) }
    });
    let definition = quote! { #doc #[derive(Clone, Copy)] pub enum #name<'a> { #(#arms),* } };
    let of = |has_fields: bool| {
        let found = variants.iter().filter(|variant| variant.target.is_some() == has_fields).map(|variant| {
            let (id, name) = (hex(variant.id), ident(&variant.name));
            quote! { #id => #name }
        });
        found.collect::<Vec<_>>()
    };
    let (with_fields, without) = (of(true), of(false));
    let layouts = scope.of_root(LAYOUTS);
    let (index, min) = (Literal::u32_unsuffixed(index), Literal::u32_unsuffixed(min_size));
    let view = quote! { #runtime::view!(#name, #index, #min, #layouts, [#(#with_fields),*], [#(#without),*]); };
    let mut uses = BTreeSet::from([scope.runtime_use()]);
    if !with_fields.is_empty() {
        uses.insert(scope.tree_use(Tree::ViewConstructors));
    }
    let mut items = vec![definition.into(), view.into()];
    if let Some(code) = code {
        items.push(walks::of_enum(path, code, scope).into());
        code.arms.iter().for_each(|arm| walks::trees(&arm.parts, scope, &mut uses));
    }
    Code { uses, items }
}

/// The table.
pub(super) fn layouts(views: &Views, runtime: &TokenStream) -> TokenStream {
    let layouts = &views.layouts;
    let code = match views.code {
        Some(_) => quote! { ::core::option::Option::Some(&CODE) },
        None => quote! { ::core::option::Option::None },
    };
    let plain = |numbers: &[u32]| numbers.iter().map(|number| Literal::u32_unsuffixed(*number)).collect::<Vec<_>>();
    let ids = layouts.ids.iter().map(|id| hex(*id));
    let (starts, types) = (plain(&layouts.starts), plain(&layouts.types));
    let steps = layouts.steps.iter().map(|step| hex(*step));
    let names = names(&layouts.names);
    quote! {
        /// The wire layouts that the views read by; `tlgen_runtime::view` says what the numbers mean.
        #[allow(dead_code)]
        static LAYOUTS: #runtime::Layouts = #runtime::Layouts {
            ids: &[#(#ids),*],
            starts: &[#(#starts),*],
            enums: &[#(#types),*],
            steps: &[#(#steps),*],
            names: #names,
            code: #code,
        };
    }
}

/// Names of TL, each on a line of its own, in one literal.
fn names(names: &[String]) -> TokenStream {
    let text: Vec<&str> = names.iter().map(String::as_str).collect();
    format!("\"{}\"", text.join("\\n\\\n")).parse().expect("names have no quotes")
}

/// The path to the item of a view, as documentation writes it.
fn target(item: &ItemPath, scope: &Scope<'_>) -> String {
    scope.relative(item).to_string().replace(' ', "")
}

fn method(field: &ViewField, scope: &Scope<'_>) -> TokenStream {
    let doc = docs::paragraphs(&[format!("`{}`.", field.tl_type)]);
    let name = ident(&field.name);
    let runtime = scope.runtime();
    let result = if scope.is_taken("Result") {
        quote! { ::core::result::Result }
    } else {
        quote! { Result }
    };
    let (ty, read) = match field.place {
        Place::Flag { step, bit } => {
            let (step, bit) = (Literal::u32_unsuffixed(step), Literal::u8_unsuffixed(bit));
            (quote! { bool }, quote! { flag(#step, #bit) })
        }
        Place::Step(step) => {
            let (ty, step) = (seen(&field.ty, scope), Literal::u32_unsuffixed(step));
            if field.optional {
                let option = scope.option();
                (quote! { #option<#ty> }, quote! { opt(#step) })
            } else {
                (ty, quote! { get(#step) })
            }
        }
    };
    quote! {
        #doc
        #[inline]
        pub fn #name(&self) -> #result<#ty, #runtime::DecodeError> {
            self.0.#read
        }
    }
}

/// What a method gives.
fn seen(ty: &Seen, scope: &Scope<'_>) -> TokenStream {
    let runtime = scope.runtime();
    match ty {
        Seen::Value(ty) => scope.ty(ty),
        Seen::Text => quote! { &'a str },
        Seen::LossyText => quote! { #runtime::alloc::borrow::Cow<'a, str> },
        Seen::Bytes => quote! { &'a [u8] },
        Seen::Items(item) => {
            let item = seen(item, scope);
            quote! { #runtime::Items<'a, #item> }
        }
        Seen::View(path) => {
            let path = scope.item(path);
            quote! { #path<'a> }
        }
    }
}

/// The trees that a method names.
fn trees(ty: &Seen, scope: &Scope<'_>, uses: &mut BTreeSet<Use>) {
    match ty {
        Seen::Items(item) => trees(item, scope, uses),
        Seen::View(path) => _ = uses.insert(scope.tree_use(path.tree)),
        Seen::Value(_) | Seen::Text | Seen::LossyText | Seen::Bytes => {}
    }
}
