//! From borrowed text to owned text.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{enums, structs};
use crate::config::TextType;
use crate::ir::{Enum, ItemPath, RustType, Struct};
use crate::naming::UNKNOWN_VARIANT;

/// `impl IntoOwned` for a struct.
pub(super) fn of_struct(item: &Struct, owned: &ItemPath, scope: &Scope<'_>) -> TokenStream {
    let runtime = scope.runtime();
    let ty = structs::self_type(item, "_");
    let owned = scope.relative(owned);
    let fields = item.fields.iter().map(|field| {
        let name = ident(&field.name);
        if holds_compact(&field.ty) {
            let place = quote! { self.#name };
            let owned = if field.optional {
                let convert = compact_fn(&field.ty);
                quote! { #place.map(#convert) }
            } else {
                compact(&field.ty, &place)
            };
            quote! { #name: #owned }
        } else if borrows(&field.ty) {
            quote! { #name: #runtime::IntoOwned::into_owned(self.#name) }
        } else {
            quote! { #name: self.#name }
        }
    });
    quote! {
        impl #runtime::IntoOwned for #ty {
            type Owned = #owned;
            #[inline]
            fn into_owned(self) -> Self::Owned {
                #owned { #(#fields),* }
            }
        }
    }
}

/// `impl IntoOwned` for an enum.
pub(super) fn of_enum(item: &Enum, owned: &ItemPath, scope: &Scope<'_>) -> TokenStream {
    let runtime = scope.runtime();
    let ty = enums::self_type(item, &quote! { '_ });
    let owned = scope.relative(owned);
    let arms = item.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        match (&variant.item, variant.holds_text) {
            (None, _) => quote! { Self::#name => #owned::#name },
            (Some(_), true) => quote! { Self::#name(x) => #owned::#name(#runtime::IntoOwned::into_owned(x)) },
            (Some(_), false) => quote! { Self::#name(x) => #owned::#name(x) },
        }
    });
    let unknown = item.unknown.then(|| {
        let name = ident(UNKNOWN_VARIANT);
        quote! { Self::#name(x) => #owned::#name(x) }
    });
    let arms = arms.chain(unknown);
    quote! {
        impl #runtime::IntoOwned for #ty {
            type Owned = #owned;
            #[inline]
            fn into_owned(self) -> Self::Owned {
                match self { #(#arms),* }
            }
        }
    }
}

/// `impl Lend`: it can be held with its bytes.
pub(super) fn lend(path: &ItemPath, scope: &Scope<'_>) -> TokenStream {
    let (runtime, name) = (scope.runtime(), ident(&path.name));
    quote! { #runtime::lend!(#name); }
}

/// Whether it is borrowed text that becomes compact; the runtime's `IntoOwned` makes a `String`.
fn holds_compact(ty: &RustType) -> bool {
    match ty {
        RustType::Str(owned) => *owned == TextType::Compact,
        RustType::Vec(item) => holds_compact(item),
        _ => false,
    }
}

/// An expression that makes compact text of borrowed text, alone or in vectors.
fn compact(ty: &RustType, place: &TokenStream) -> TokenStream {
    match ty {
        RustType::Vec(item) => {
            let convert = compact_fn(item);
            quote! { #place.into_iter().map(#convert).collect() }
        }
        _ => quote! { #place.into() },
    }
}

/// The same as a function.
fn compact_fn(ty: &RustType) -> TokenStream {
    match ty {
        RustType::Vec(_) => {
            let owned = compact(ty, &quote! { x });
            quote! { |x| #owned }
        }
        _ => quote! { ::core::convert::Into::into },
    }
}

fn borrows(ty: &RustType) -> bool {
    match ty {
        RustType::Str(_) | RustType::Slice | RustType::BorrowedItem(_) => true,
        RustType::Vec(item) => borrows(item),
        _ => false,
    }
}
