//! A constructor or function: struct, `new`, id and codec.

use proc_macro2::{Literal, Punct, Spacing, TokenStream};
use quote::{TokenStreamExt, quote};

use super::scope::{Scope, ident};
use super::{Code, RustItem, decode, docs, encode, errors, hex, owned, serde, uses};
use crate::ir::{Field, InPlace, Package, RustType, Step, Struct};

/// The code of one struct.
pub(super) fn emit(item: &Struct, package: &Package, scope: &Scope<'_>) -> Code {
    let mut items = vec![definition(item, package, scope), new(item, scope), combinator(item, scope)];
    items.extend(encode::bare(item, scope));
    items.extend(decode::bare(item, scope));
    items.extend(function(item, package, scope));
    items.extend(rpc_error(item, scope));
    items.extend(item.owned.as_ref().map(|owned| owned::of_struct(item, owned, scope)));
    items.extend(item.owned.as_ref().map(|_| owned::lend(&item.path, scope)));
    Code { uses: uses::of_struct(item, scope), items: items.into_iter().map(RustItem::from).collect() }
}

/// The type parameters of an item, as `<X, Y>` with the given bounds, after a lifetime if one is given.
pub(super) fn generics(item: &Struct, lifetime: Option<&str>, bounds: &TokenStream) -> TokenStream {
    if item.generics.is_empty() && lifetime.is_none() {
        return TokenStream::new();
    }
    let lifetime = lifetime.map(lifetime_of).map(|lifetime| quote! { #lifetime });
    let names = item.generics.iter().map(|name| {
        let name = ident(name);
        if bounds.is_empty() {
            quote! { #name }
        } else {
            quote! { #name: #bounds }
        }
    });
    let all = lifetime.into_iter().chain(names);
    quote! { <#(#all),*> }
}

/// The struct's own name with its type parameters; `lifetime` is that of its text, if it borrows any.
pub(super) fn self_type(item: &Struct, lifetime: &str) -> TokenStream {
    let name = ident(&item.path.name);
    let generics = generics(item, item.owned.as_ref().map(|_| lifetime), &TokenStream::new());
    quote! { #name #generics }
}

fn lifetime_of(name: &str) -> Lifetime {
    Lifetime(name.trim_start_matches('\'').to_owned())
}

/// `'a` as tokens: a name from here, unlike those of [`quote`], is known only when the program runs.
struct Lifetime(String);

impl quote::ToTokens for Lifetime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Punct::new('\'', Spacing::Joint));
        tokens.append(ident(&self.0));
    }
}

fn definition(item: &Struct, package: &Package, scope: &Scope<'_>) -> TokenStream {
    let doc = struct_docs(item, package, scope);
    let derives = scope.derives(item.traits, item.owned.is_some());
    let ty = self_type(item, "a");
    if item.fields.is_empty() {
        return quote! { #doc #derives pub struct #ty; };
    }
    let fields = item.fields.iter().enumerate().map(|(place, field)| {
        let doc = field_docs(item, place);
        let name = ident(&field.name);
        let ty = field_type(field, scope);
        let serde = serde::attribute(field, scope);
        quote! { #doc #serde pub #name: #ty }
    });
    quote! { #doc #derives pub struct #ty { #(#fields),* } }
}

fn struct_docs(item: &Struct, package: &Package, scope: &Scope<'_>) -> TokenStream {
    let what = if item.returns.is_some() { "function" } else { "constructor" };
    let mut paragraphs = vec![match &item.docs.description {
        Some(description) => docs::text(description),
        None => format!("The {what} `{}`.", item.tl_name),
    }];
    paragraphs.extend(item.facts.usable_by.clone());
    if let Some(returns) = &item.returns {
        paragraphs.push(format!("Returns {}.", link(returns, scope)));
    }
    paragraphs.push(docs::tl_block(&item.docs.tl));
    paragraphs.extend(docs::related(&item.docs.related));
    paragraphs.extend(error_docs(item, package, scope));
    docs::paragraphs(&paragraphs)
}

/// The errors of a function, linked to their variants.
fn error_docs(item: &Struct, package: &Package, scope: &Scope<'_>) -> Vec<String> {
    let listed = item.facts.errors.as_deref().unwrap_or_default();
    let lines = listed.iter().map(|listed| {
        let known = &package.errors[listed.error];
        let title = errors::title(&listed.codes, &known.name);
        let link = format!("* [`{title}`]({}errors::Error::{})", scope.root(), known.variant);
        match &listed.description {
            Some(description) => docs::item_after(&format!("{link}:"), description),
            None => link,
        }
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { Vec::new() } else { vec!["# Errors".to_owned(), lines.join("\n")] }
}

/// A Rust type in documentation, linked where it is an item of the package.
fn link(ty: &RustType, scope: &Scope<'_>) -> String {
    let plain = |ty: &RustType| scope.ty(ty).to_string().replace(' ', "");
    match ty {
        RustType::Item(_) => format!("[`{}`]", plain(ty)),
        RustType::Vec(item) if **item != RustType::Object => match link(item, scope) {
            item if item.starts_with('[') => format!("a vector of {item}"),
            _ => format!("`{}`", plain(ty)),
        },
        RustType::Boxed(item, _) => format!("{}, with an id before it", link(item, scope)),
        RustType::Bare(item) => format!("{}, without its id", link(item, scope)),
        RustType::ReturnOf(name) => format!("what `{name}` returns"),
        RustType::True => format!("[`True`]({})", plain(ty)),
        RustType::Object => format!("[`Object`]({})", plain(ty)),
        other => format!("`{}`", plain(other)),
    }
}

/// The TL name of a field is left out where it is the name in Rust. Fields that share a bit name each other.
fn field_docs(item: &Struct, place: usize) -> TokenStream {
    let field = &item.fields[place];
    let tl = match &field.tl_name {
        Some(name) if *name != field.name => format!("{name}:{}", field.tl_type),
        _ => field.tl_type.clone(),
    };
    let line = match &field.description {
        Some(description) => format!("{} (`{tl}`).", docs::text(description).trim_end_matches('.')),
        None => format!("`{tl}`."),
    };
    let shared = sharing(item, place).map(|other| format!("`{}`", item.fields[other].name)).collect::<Vec<_>>();
    if shared.is_empty() {
        docs::paragraphs(&[line])
    } else {
        docs::paragraphs(&[format!("{line} Shares its bit with {}: set all of them, or none.", shared.join(" and "))])
    }
}

/// The other fields whose presence is the same bit.
fn sharing(item: &Struct, place: usize) -> impl Iterator<Item = usize> {
    let bits = item.steps.iter().filter_map(|step| match step {
        Step::Word { bits, .. } => Some(bits),
        _ => None,
    });
    let same = bits.flatten().filter(move |bit| bit.fields.contains(&place));
    same.flat_map(|bit| &bit.fields).copied().filter(move |other| *other != place)
}

fn field_type(field: &Field, scope: &Scope<'_>) -> TokenStream {
    let mut ty = scope.ty(&field.ty);
    if field.boxed {
        let boxed = scope.alloc("boxed", "Box");
        ty = quote! { #boxed<#ty> };
    }
    if field.optional {
        let option = scope.option();
        ty = quote! { #option<#ty> };
    }
    ty
}

/// `new`, which takes what every value has and leaves the rest unset.
fn new(item: &Struct, scope: &Scope<'_>) -> TokenStream {
    let required = required(item);
    let given = |place: usize| required[place];
    let doc = match (0..item.fields.len()).all(given) {
        _ if item.fields.is_empty() => " The only value.",
        true => " With all fields.",
        false => " With what is required; all else is unset.",
    };
    let params = item.fields.iter().enumerate().filter(|(place, _)| given(*place)).map(|(_, field)| {
        let (name, ty) = (ident(&field.name), field_type(field, scope));
        quote! { #name: #ty }
    });
    // With a parameter it is no `default` anyway.
    let is_default = !(0..item.fields.len()).any(given) && !scope.has_derive("Default");
    let allowed = is_default.then(|| quote! { #[allow(clippy::new_without_default)] });
    let none = scope.none();
    let values = item.fields.iter().enumerate().map(|(place, field)| {
        let name = ident(&field.name);
        if given(place) {
            quote! { #name }
        } else if field.optional {
            quote! { #name: #none }
        } else {
            quote! { #name: false }
        }
    });
    let value = if item.fields.is_empty() {
        quote! { Self }
    } else {
        quote! { Self { #(#values),* } }
    };
    let generics = generics(item, item.owned.as_ref().map(|_| "a"), &TokenStream::new());
    let ty = self_type(item, "a");
    quote! {
        impl #generics #ty {
            #[doc = #doc]
            #allowed
            #[inline]
            pub fn new(#(#params),*) -> Self {
                #value
            }
        }
    }
}

/// Which fields `new` takes: those that are neither optional nor `true` flags.
pub(super) fn required(item: &Struct) -> Vec<bool> {
    let mut required: Vec<bool> = item.fields.iter().map(|field| !field.optional).collect();
    for step in &item.steps {
        if let Step::Flag { field, .. } = step {
            required[*field] = false;
        }
    }
    required
}

fn combinator(item: &Struct, scope: &Scope<'_>) -> TokenStream {
    let runtime = scope.runtime();
    let (ty, id, name) = (self_type(item, "_"), hex(item.id), &item.tl_name);
    if item.generics.is_empty() && item.owned.is_none() {
        return quote! { #runtime::combinator!(#ty, #id, #name); };
    }
    let generics = generics(item, None, &TokenStream::new());
    quote! {
        impl #generics #runtime::Combinator for #ty {
            const ID: u32 = #id;
            const NAME: &'static str = #name;
        }
    }
}

/// The parameters of what makes a request, and the request of them.
pub(super) fn construction(item: &Struct, path: &TokenStream, scope: &Scope<'_>) -> (Vec<TokenStream>, TokenStream) {
    let required = required(item);
    let given = |place: usize| required[place];
    let fields = item.fields.iter().enumerate().filter(|(place, _)| given(*place)).map(|(_, field)| field);
    let (names, params): (Vec<_>, Vec<_>) = fields
        .map(|field| {
            let (name, ty) = (ident(&field.name), field_type(field, scope));
            (quote! { #name }, quote! { #name: #ty })
        })
        .unzip();
    (params, quote! { #path::new(#(#names),*) })
}

fn function(item: &Struct, package: &Package, scope: &Scope<'_>) -> Option<TokenStream> {
    let returns = scope.ty(item.returns.as_ref()?);
    let runtime = scope.runtime();
    let ty = self_type(item, "_");
    // A macro's `<` and `>` are printed with blanks.
    let has_arguments =
        |ty: &RustType| matches!(ty, RustType::Vec(_) | RustType::Bytes | RustType::Boxed(..) | RustType::Bare(_));
    let is_path = !item.returns.as_ref().is_some_and(has_arguments);
    let in_place = match &item.error {
        Some(InPlace::May(error)) => Some(scope.item(error)),
        _ => None,
    };
    if is_path && item.generics.is_empty() && item.facts.errors.is_none() {
        let error = in_place.map(|error| quote! { , #error });
        return Some(quote! { #runtime::function!(#ty => #returns #error); });
    }
    let generics = generics(item, None, &quote! { #runtime::Function });
    let wrapped = match &item.returns {
        // It fails as the request that it wraps does.
        Some(RustType::ReturnOf(query)) => {
            let (query, option) = (ident(query), scope.option());
            Some(quote! { const ERRORS: #option<&'static [#runtime::KnownError]> = #query::ERRORS; })
        }
        _ => None,
    };
    let errors = item.facts.errors.as_ref().filter(|_| wrapped.is_none()).map(|listed| {
        let listed = listed.iter().map(|error| {
            let (codes, name) =
                (error.codes.iter().copied().map(Literal::i32_unsuffixed), &package.errors[error.error].name);
            quote! { #runtime::KnownError::new(&[#(#codes),*], #name) }
        });
        let (option, some) = (scope.option(), scope.some());
        quote! { const ERRORS: #option<&'static [#runtime::KnownError]> = #some(&[#(#listed),*]); }
    });
    let in_place = in_place.map(|error| match &item.returns {
        Some(RustType::ReturnOf(query)) => {
            let query = ident(query);
            quote! { #runtime::error_in_place!(of #query); }
        }
        _ => quote! { #runtime::error_in_place!(#error); },
    });
    Some(quote! {
        impl #generics #runtime::Function for #ty {
            type Return = #returns;
            #wrapped
            #errors
            #in_place
        }
    })
}

/// An error that comes in the place of answers is an error of the runtime.
fn rpc_error(item: &Struct, scope: &Scope<'_>) -> Option<TokenStream> {
    // With borrowed text it is never read.
    let (Some(InPlace::Is { code, text }), None) = (&item.error, &item.owned) else { return None };
    let (runtime, ty, code, text) = (scope.runtime(), self_type(item, "_"), ident(code), ident(text));
    Some(quote! { #runtime::rpc_error!(#ty, #code, #text); })
}
