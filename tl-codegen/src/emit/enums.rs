//! A boxed type: an enum with its codec, or the struct of its only constructor under another path.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{Code, Kind, RustItem, accessors, codec, docs, hex, owned, uses};
use crate::ir::{Enum, ItemPath, Owner, Variant};
use crate::naming::UNKNOWN_VARIANT;

/// The code of a type with one constructor.
pub(super) fn alias(path: &ItemPath, target: &ItemPath, scope: &Scope<'_>) -> Code {
    let from = scope.relative(target);
    let name = ident(&path.name);
    let tokens = if path.name == target.name {
        quote! { pub use #from; }
    } else {
        quote! { pub use #from as #name; }
    };
    Code { uses: BTreeSet::new(), items: vec![RustItem { kind: Kind::Alias, tokens }] }
}

/// The code of an item that is that of a newer layer.
pub(super) fn newer(path: &ItemPath, owner: &Owner, scope: &Scope<'_>) -> Code {
    let item = scope.newer(path, owner);
    let tokens = quote! { pub use #item; };
    Code { uses: BTreeSet::new(), items: vec![RustItem { kind: Kind::Alias, tokens }] }
}

/// The code of one enum.
pub(super) fn emit(item: &Enum, scope: &Scope<'_>) -> Code {
    let mut items: Vec<RustItem> = vec![definition(item, scope).into()];
    items.extend(encode(item, scope).into_iter().chain(decode(item, scope)).map(RustItem::from));
    items.extend(item.variants.iter().filter_map(|variant| from(item, variant, scope)));
    items.extend(item.variants.iter().filter_map(|variant| drop_box(variant, scope)));
    items.extend(item.accessors.iter().flat_map(|found| accessors::emit(item, found, scope)));
    items.extend(item.owned.as_ref().map(|owned| owned::of_enum(item, owned, scope).into()));
    items.extend(item.owned.as_ref().map(|_| owned::lend(&item.path, scope).into()));
    Code { uses: uses::of_enum(item, scope), items }
}

/// The enum's own name, with the given lifetime if it borrows text.
pub(super) fn self_type(item: &Enum, lifetime: &TokenStream) -> TokenStream {
    let name = ident(&item.path.name);
    if item.owned.is_some() {
        quote! { #name<#lifetime> }
    } else {
        quote! { #name }
    }
}

/// The struct of a variant, with the given lifetime if it borrows text.
fn variant_type(variant: &Variant, path: &ItemPath, lifetime: &TokenStream, scope: &Scope<'_>) -> TokenStream {
    let path = scope.item(path);
    if variant.holds_text {
        quote! { #path<#lifetime> }
    } else {
        path
    }
}

fn definition(item: &Enum, scope: &Scope<'_>) -> TokenStream {
    let description = match &item.docs.description {
        Some(description) => docs::text(description),
        None => format!("The type `{}`.", item.tl_name),
    };
    let tl = docs::tl_block(&item.docs.tl);
    let paragraphs: Vec<String> = [description, tl].into_iter().chain(docs::related(&item.docs.related)).collect();
    let doc = docs::paragraphs(&paragraphs);
    let derives = scope.derives(item.traits, item.owned.is_some());
    let name = self_type(item, &quote! { 'a });
    let variants = item.variants.iter().map(|variant| {
        let doc = variant_docs(variant);
        let name = ident(&variant.name);
        let fields = variant.item.as_ref().map(|path| {
            let ty = variant_type(variant, path, &quote! { 'a }, scope);
            if variant.boxed {
                let boxes = scope.boxes();
                quote! { (#boxes<#ty>) }
            } else {
                quote! { (#ty) }
            }
        });
        quote! { #doc #name #fields }
    });
    let unknown = item.unknown.then(|| {
        let (runtime, name) = (scope.runtime(), ident(UNKNOWN_VARIANT));
        quote! {
            /// A constructor that the schema does not know.
            #name(#runtime::Unknown)
        }
    });
    let variants = variants.chain(unknown);
    quote! { #doc #derives pub enum #name { #(#variants),* } }
}

fn variant_docs(variant: &Variant) -> TokenStream {
    let line = match &variant.docs.description {
        Some(description) => docs::text(description),
        None => format!("The constructor `{}`.", variant.tl_name),
    };
    docs::paragraphs(&[line])
}

/// `impl Encode`, unless it is left out.
fn encode(item: &Enum, scope: &Scope<'_>) -> Option<TokenStream> {
    let inline = codec::attribute(item.usage.encode)?;
    let runtime = scope.runtime();
    let name = self_type(item, &quote! { '_ });
    if item.unknown && item.variants.iter().all(|variant| variant.item.is_none()) {
        return Some(encode_id(item, &inline, scope));
    }
    let arms = item.variants.iter().map(|variant| {
        let variant_name = ident(&variant.name);
        match &variant.item {
            Some(_) if variant.boxed => quote! { Self::#variant_name(x) => w.put(&**x) },
            Some(_) => quote! { Self::#variant_name(x) => w.put(x) },
            None => {
                let id = hex(variant.id);
                quote! { Self::#variant_name => w.id(#id) }
            }
        }
    });
    let unknown = item.unknown.then(|| {
        let name = ident(UNKNOWN_VARIANT);
        quote! { Self::#name(x) => w.put(x) }
    });
    let arms = arms.chain(unknown);
    Some(quote! {
        impl #runtime::Encode for #name {
            #inline
            fn encode(&self, w: &mut #runtime::Writer) {
                match self { #(#arms),* }
            }
        }
    })
}

/// The same where each known variant is an id: the compiler makes a table of them.
fn encode_id(item: &Enum, inline: &TokenStream, scope: &Scope<'_>) -> TokenStream {
    let (runtime, name, unknown) = (scope.runtime(), self_type(item, &quote! { '_ }), ident(UNKNOWN_VARIANT));
    let arms = item.variants.iter().map(|variant| {
        let (variant_name, id) = (ident(&variant.name), hex(variant.id));
        quote! { Self::#variant_name => #id }
    });
    quote! {
        impl #runtime::Encode for #name {
            #inline
            fn encode(&self, w: &mut #runtime::Writer) {
                let id = match self {
                    #(#arms,)*
                    Self::#unknown(x) => return w.put(x),
                };
                w.id(id);
            }
        }
    }
}

/// `impl Decode`, unless it is left out.
fn decode(item: &Enum, scope: &Scope<'_>) -> Option<TokenStream> {
    let inline = codec::attribute(item.usage.decode)?;
    let runtime = scope.runtime();
    let name = self_type(item, &quote! { 'de });
    let min_size = proc_macro2::Literal::u32_unsuffixed(item.min_size);
    let read = |variant: &Variant| {
        let name = ident(&variant.name);
        match (&variant.item, variant.boxed) {
            (None, _) => quote! { Self::#name },
            (Some(_), true) if scope.is_std_box() => quote! { #runtime::variant_in_box(r, Self::#name) },
            (Some(_), true) => quote! { #runtime::variant_indirect(r, Self::#name) },
            // Without optimization a function has room for each of its values, here at every level.
            (Some(_), false) if item.counts_depth => quote! { #runtime::variant(r, Self::#name) },
            (Some(_), false) => quote! { Self::#name(#runtime::bare(r)) },
        }
    };
    let arms = item.variants.iter().map(|variant| {
        let (id, read) = (hex(variant.id), read(variant));
        quote! { #id => #read }
    });
    let tl_name = &item.tl_name;
    let other = match item.unknown {
        false => {
            let fallback = read(&item.variants[item.fallback]);
            quote! { { #runtime::unknown_id(r, id, #tl_name); #fallback } }
        }
        true => {
            let name = ident(UNKNOWN_VARIANT);
            quote! { Self::#name(#runtime::unknown(r, id, #tl_name)) }
        }
    };
    let body = quote! { match #runtime::id(r) { #(#arms,)* id => #other } };
    let body = codec::count_depth(item.counts_depth, tl_name, &TokenStream::new(), &body, runtime);
    let known = item.unknown.then(|| codec::known(item.owned.is_none(), scope));
    // It follows from `KNOWN`.
    let may_panic = (!item.unknown).then(|| quote! { const MAY_PANIC: bool = false; });
    Some(quote! {
        impl<'de> #runtime::Decode<'de> for #name {
            const MIN_SIZE: usize = #min_size;
            #may_panic
            #known
            #inline
            fn decode(r: &mut #runtime::Reader<'de>) -> Self {
                #body
            }
        }
    })
}

fn from(item: &Enum, variant: &Variant, scope: &Scope<'_>) -> Option<RustItem> {
    let path = variant.item.as_ref()?;
    if item.owned.is_none() && (variant.drops || !variant.boxed || scope.is_std_box()) {
        let (runtime, from) = (scope.runtime(), scope.item(path));
        let (name, variant_name) = (ident(&item.path.name), ident(&variant.name));
        let boxes = scope.boxes_name();
        let boxed = variant.boxed.then(|| quote! { in #boxes });
        let tokens = quote! { #runtime::from!(#from => #name::#variant_name #boxed); };
        return Some(RustItem { kind: Kind::From, tokens });
    }
    let lifetime = quote! { 'a };
    let from = variant_type(variant, path, &lifetime, scope);
    let generics = if variant.holds_text {
        quote! { <#lifetime> }
    } else {
        TokenStream::new()
    };
    let lifetime = if variant.holds_text {
        lifetime
    } else {
        quote! { '_ }
    };
    let value = if variant.boxed {
        let boxes = scope.boxes();
        quote! { #boxes::new(x) }
    } else {
        quote! { x }
    };
    let (name, variant, trait_name) = (self_type(item, &lifetime), ident(&variant.name), scope.from());
    let tokens = quote! {
        impl #generics #trait_name<#from> for #name {
            #[inline]
            fn from(x: #from) -> Self {
                Self::#variant(#value)
            }
        }
    };
    Some(tokens.into())
}

/// Where the struct of a borrowed variant is dropped. For an owned one `rt::from!` says it.
fn drop_box(variant: &Variant, scope: &Scope<'_>) -> Option<RustItem> {
    let path = variant
        .item
        .as_ref()
        .filter(|_| variant.boxed && variant.holds_text && variant.drops && !scope.is_std_box())?;
    let (runtime, path) = (scope.runtime(), scope.item(path));
    Some(RustItem { kind: Kind::DropBox, tokens: quote! { #runtime::drop_box!(#path in '_); } })
}
