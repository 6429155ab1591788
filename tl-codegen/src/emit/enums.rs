//! A boxed type: an enum with its codec, or the struct of its only constructor under another path.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{codec, docs, hex};
use crate::ir::{Enum, ItemPath, Variant};

/// A type with one constructor.
pub(super) fn alias(path: &ItemPath, target: &ItemPath, scope: &Scope<'_>) -> TokenStream {
    let from = scope.relative(target);
    let name = ident(&path.name);
    if path.name == target.name {
        quote! { pub use #from; }
    } else {
        quote! { pub use #from as #name; }
    }
}

/// Every item of one enum.
pub(super) fn emit(item: &Enum, scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut items = vec![definition(item, scope), encode(item, scope), decode(item, scope)];
    items.extend(item.variants.iter().filter_map(|variant| from(item, variant, scope)));
    items
}

fn definition(item: &Enum, scope: &Scope<'_>) -> TokenStream {
    let description = match &item.docs.description {
        Some(description) => docs::text(description),
        None => format!("The type `{}`.", item.tl_name),
    };
    let doc = docs::paragraphs(&[description]);
    let derives = scope.derives(item.traits);
    let name = ident(&item.path.name);
    let variants = item.variants.iter().map(|variant| {
        let doc = variant_docs(variant);
        let name = ident(&variant.name);
        let fields = variant.item.as_ref().map(|path| {
            let path = scope.item(path);
            quote! { (#path) }
        });
        quote! { #doc #name #fields }
    });
    quote! { #doc #derives pub enum #name { #(#variants),* } }
}

fn variant_docs(variant: &Variant) -> TokenStream {
    let line = match (&variant.docs.description, &variant.item) {
        (Some(description), _) => docs::text(description),
        (None, Some(_)) => format!("`{}`", variant.tl_name),
        (None, None) => format!("`{}`", variant.docs.tl.join("; ")),
    };
    docs::paragraphs(&[line])
}

fn encode(item: &Enum, scope: &Scope<'_>) -> TokenStream {
    let runtime = scope.runtime();
    let name = ident(&item.path.name);
    let inline = codec::inline_unless(item.usage.encode);
    let arms = item.variants.iter().map(|variant| {
        let variant_name = ident(&variant.name);
        match &variant.item {
            Some(_) => quote! { Self::#variant_name(x) => w.put(x) },
            None => {
                let id = hex(variant.id);
                quote! { Self::#variant_name => w.id(#id) }
            }
        }
    });
    quote! {
        impl #runtime::Encode for #name {
            #inline
            fn encode(&self, w: &mut #runtime::Writer) {
                match self { #(#arms),* }
            }
        }
    }
}

fn decode(item: &Enum, scope: &Scope<'_>) -> TokenStream {
    let runtime = scope.runtime();
    let name = ident(&item.path.name);
    let inline = codec::inline_unless(item.usage.decode);
    let min_size = proc_macro2::Literal::u32_unsuffixed(item.min_size);
    let read = |variant: &Variant| {
        let name = ident(&variant.name);
        if variant.item.is_some() {
            quote! { Self::#name(r.bare()) }
        } else {
            quote! { Self::#name }
        }
    };
    let arms = item.variants.iter().map(|variant| {
        let (id, read) = (hex(variant.id), read(variant));
        quote! { #id => #read }
    });
    let fallback = read(&item.variants[item.fallback]);
    let tl_name = &item.tl_name;
    let body = quote! {
        match r.id() {
            #(#arms,)*
            id => {
                r.unknown_id(id, #tl_name);
                #fallback
            }
        }
    };
    let body = codec::count_depth(item.counts_depth, tl_name, body);
    quote! {
        impl<'de> #runtime::Decode<'de> for #name {
            const MIN_SIZE: usize = #min_size;
            #inline
            fn decode(r: &mut #runtime::Reader<'de>) -> Self {
                #body
            }
        }
    }
}

fn from(item: &Enum, variant: &Variant, scope: &Scope<'_>) -> Option<TokenStream> {
    let (item_path, from) = (variant.item.as_ref()?, scope.from());
    let source = scope.item(item_path);
    let (name, variant) = (ident(&item.path.name), ident(&variant.name));
    Some(quote! {
        impl #from<#source> for #name {
            #[inline]
            fn from(x: #source) -> Self {
                Self::#variant(x)
            }
        }
    })
}
