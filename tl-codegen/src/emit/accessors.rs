//! Methods of an enum by variant and by field, and the conversions back to the struct of a variant.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::scope::{Scope, ident};
use super::{Kind, RustItem};
use crate::ir::{Accessors, Enum, RustType, SharedField};
use crate::naming::UNKNOWN_VARIANT;

/// The items of one enum.
pub(super) fn emit(item: &Enum, accessors: &Accessors, scope: &Scope<'_>) -> Vec<RustItem> {
    let mut methods: Vec<TokenStream> = accessors.fields.iter().map(|shared| field(item, shared, scope)).collect();
    methods.extend(accessors.variants.iter().map(|(place, name)| variant(item, *place, name, scope)));
    if methods.is_empty() {
        return Vec::new();
    }
    let name = ident(&item.path.name);
    let conversions = item.variants.iter().filter_map(|variant| {
        let (runtime, path) = (scope.runtime(), scope.item(variant.item.as_ref()?));
        let (variant_name, boxes) = (ident(&variant.name), scope.boxes_name());
        let boxed = variant.boxed.then(|| quote! { in #boxes });
        let tokens = quote! { #runtime::try_from!(#name::#variant_name #boxed => #path); };
        Some(RustItem { kind: Kind::TryFrom, tokens })
    });
    conversions.chain([quote! { impl #name { #(#methods)* } }.into()]).collect()
}

/// `as_user` and `into_user`.
fn variant(item: &Enum, place: usize, name: &str, scope: &Scope<'_>) -> TokenStream {
    let variant = &item.variants[place];
    let Some(path) = &variant.item else { return TokenStream::new() };
    let (ty, variant_name) = (scope.item(path), ident(&variant.name));
    let (by_ref, by_value) = (format_ident!("as_{name}"), format_ident!("into_{name}"));
    let (option, some, none) = (scope.option(), scope.some(), scope.none());
    let doc = format!(" The constructor `{}`, if it is this one.", variant.tl_name);
    let value = match (variant.boxed, scope.is_std_box()) {
        (false, _) => quote! { x },
        (true, false) => quote! { x.into_inner() },
        (true, true) => quote! { *x },
    };
    quote! {
        #[doc = #doc]
        #[inline]
        pub fn #by_ref(&self) -> #option<&#ty> {
            match self {
                Self::#variant_name(x) => #some(x),
                _ => #none,
            }
        }
        #[doc = #doc]
        #[inline]
        pub fn #by_value(self) -> #option<#ty> {
            match self {
                Self::#variant_name(x) => #some(#value),
                _ => #none,
            }
        }
    }
}

/// What a method for a field gives.
enum Access {
    /// The value, which is small.
    Value,
    /// A reference to what the field's own type refers to: `&str`, `&[T]`.
    Deref,
    /// A reference.
    Reference,
}

fn field(item: &Enum, shared: &SharedField, scope: &Scope<'_>) -> TokenStream {
    let field = &shared.field;
    let (ty, access) = match &field.ty {
        RustType::String(_) => (quote! { str }, Access::Deref),
        RustType::Bytes => (quote! { [u8] }, Access::Deref),
        RustType::Vec(item) => {
            let item = scope.ty(item);
            (quote! { [#item] }, Access::Deref)
        }
        ty @ (RustType::I32
        | RustType::U32
        | RustType::I64
        | RustType::F32
        | RustType::F64
        | RustType::Bool
        | RustType::Unit
        | RustType::True) => (scope.ty(ty), Access::Value),
        ty => (scope.ty(ty), Access::Reference),
    };
    let name = ident(&field.name);
    let (option, some, none) = (scope.option(), scope.some(), scope.none());
    let returns = match access {
        Access::Value => ty,
        Access::Deref | Access::Reference => quote! { &#ty },
    };
    let value = match (&access, field.optional) {
        (Access::Value, _) => quote! { x.#name },
        (Access::Deref, true) => quote! { x.#name.as_deref() },
        (Access::Reference, true) if field.boxed => quote! { x.#name.as_deref() },
        (Access::Reference, true) => quote! { x.#name.as_ref() },
        (Access::Deref | Access::Reference, false) => quote! { &x.#name },
    };
    let (returns, value) = match (field.optional, shared.is_everywhere) {
        (false, true) => (returns, value),
        (true, _) => (quote! { #option<#returns> }, value),
        (false, false) => (quote! { #option<#returns> }, quote! { #some(#value) }),
    };
    let arms = item.variants.iter().map(|variant| {
        let variant_name = ident(&variant.name);
        if variant.item.is_some() {
            quote! { Self::#variant_name(x) => #value }
        } else {
            quote! { Self::#variant_name => #none }
        }
    });
    let unknown = item.unknown.then(|| {
        let name = ident(UNKNOWN_VARIANT);
        quote! { Self::#name(_) => #none }
    });
    let arms = arms.chain(unknown);
    let which = if shared.is_everywhere { "every variant" } else { "every variant with fields" };
    let doc = format!(" The field `{}` of {which}.", field.name.trim_start_matches("r#"));
    quote! {
        #[doc = #doc]
        #[inline]
        pub fn #name(&self) -> #returns {
            match self { #(#arms),* }
        }
    }
}
