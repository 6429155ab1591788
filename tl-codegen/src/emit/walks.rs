//! What goes over the fields of a message in place of the table: an implementation of `Walk` for each view, and the list of all of them.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::codec::hex_mask;
use super::hex;
use super::scope::{Scope, ident};
use super::uses::Use;
use crate::ir::{Amount, Coded, EnumCode, ItemPath, Part};

/// The code of a constructor.
pub(super) fn of_struct(path: &ItemPath, parts: &[Part], scope: &Scope<'_>) -> TokenStream {
    let steps = parts.iter().map(|part| statement(part, scope));
    implementation(path, &quote! { #(#steps)* }, scope)
}

/// The code of an enum.
pub(super) fn of_enum(path: &ItemPath, code: &EnumCode, scope: &Scope<'_>) -> TokenStream {
    let arms = code.arms.iter().map(|arm| {
        let ids = arm.ids.iter().map(|id| hex(*id));
        let steps = match &arm.parts[..] {
            [] => quote! { {} },
            [part] if !is_more(part) => {
                let step = expression(part, scope);
                quote! { #step?, }
            }
            parts => {
                let steps = parts.iter().map(|part| statement(part, scope));
                quote! { { #(#steps)* } }
            }
        };
        quote! { #(#ids)|* => #steps }
    });
    let matched = quote! { match w.word()? { #(#arms)* _ => w.unknown()?, } };
    let steps = if code.counts_depth {
        quote! { w.enter()?; #matched w.leave(); }
    } else {
        matched
    };
    implementation(path, &steps, scope)
}

fn implementation(path: &ItemPath, steps: &TokenStream, scope: &Scope<'_>) -> TokenStream {
    let (runtime, name) = (scope.runtime(), ident(&path.name));
    quote! {
        impl #runtime::Walk for #name<'_> {
            #[inline(always)]
            fn steps<const CHECK: bool>(w: &mut #runtime::Steps<'_, '_, CHECK>) -> #runtime::Walked {
                #steps
                w.end()
            }
        }
    }
}

/// The statement that goes over a part.
fn statement(part: &Part, scope: &Scope<'_>) -> TokenStream {
    match part {
        Part::Flags(Some(number), _) | Part::Word(Some(number)) => {
            let (name, read) = (word(*number), expression(part, scope));
            quote! { let #name = #read?; }
        }
        Part::Leave => quote! { w.leave(); },
        Part::If { word: number, mask, parts } => {
            let condition = {
                let (name, mask) = (word(*number), hex_mask(*mask));
                quote! { #name & #mask != 0 }
            };
            // A word that is not there has no bits.
            if let [part @ (Part::Flags(Some(number), _) | Part::Word(Some(number)))] = &parts[..] {
                let (name, read) = (word(*number), expression(part, scope));
                return quote! { let #name = if #condition { #read? } else { 0 }; };
            }
            let steps = parts.iter().map(|part| statement(part, scope));
            quote! { if #condition { #(#steps)* } }
        }
        Part::Items { amount, least, size, item } => items(*amount, *least, *size, item, scope),
        _ => {
            let step = expression(part, scope);
            quote! { #step?; }
        }
    }
}

/// Whether a part is more than a call without a result.
fn is_more(part: &Part) -> bool {
    matches!(part, Part::Flags(..) | Part::Word(_) | Part::Leave | Part::If { .. } | Part::Items { .. })
}

/// The call for a part without a block of its own, before the `?`.
fn expression(part: &Part, scope: &Scope<'_>) -> TokenStream {
    match part {
        Part::Fixed(size) => {
            let size = Literal::u32_unsuffixed(*size);
            quote! { w.fixed(#size) }
        }
        Part::Flags(_, declared) => {
            let declared = hex_mask(*declared);
            quote! { w.flags(#declared) }
        }
        Part::Word(_) => quote! { w.word() },
        Part::Text => quote! { w.text() },
        Part::Lossy => quote! { w.lossy() },
        Part::Bytes => quote! { w.bytes() },
        Part::Bool => quote! { w.bool() },
        Part::Id(id) => {
            let id = hex(*id);
            quote! { w.id(#id) }
        }
        Part::Value(path) => {
            let path = scope.item(path);
            quote! { w.value::<#path<'_>>() }
        }
        Part::Object(number) => {
            let name = word(*number);
            quote! { w.object(#name) }
        }
        Part::LastObject => quote! { w.last_object() },
        Part::Enter => quote! { w.enter() },
        // These have a block.
        Part::Leave | Part::If { .. } | Part::Items { .. } => quote! { w.end() },
    }
}

fn items(amount: Amount, least: u32, size: Option<u32>, item: &[Part], scope: &Scope<'_>) -> TokenStream {
    let least = hex_or_small(least);
    let amount = match amount {
        Amount::Wire => quote! { w.count(#least)? },
        Amount::Boxed => quote! { w.vector(#least)? },
        Amount::Const(count) => {
            let count = Literal::u32_unsuffixed(count);
            quote! { w.repeat(#count, #least)? }
        }
        Amount::Word(number, 0) => {
            let name = word(number);
            quote! { w.repeat(#name, #least)? }
        }
        Amount::Word(number, plus) => {
            let (name, plus) = (word(number), Literal::u32_unsuffixed(plus));
            quote! { w.repeat(#name.saturating_add(#plus), #least)? }
        }
    };
    match (item, size.map(Literal::u32_unsuffixed)) {
        ([], _) => quote! { #amount; },
        ([Part::Fixed(_)], Some(size)) => quote! { let count = #amount; w.fixed_items(count, #size)?; },
        (parts, Some(size)) => {
            let steps = parts.iter().map(|part| statement(part, scope));
            quote! { let count = #amount; w.items(count, #size, |w| { #(#steps)* w.end() })?; }
        }
        (parts, None) => {
            let steps = parts.iter().map(|part| statement(part, scope));
            quote! { for _ in 0..#amount { #(#steps)* } }
        }
    }
}

/// The variable of a word.
fn word(number: u32) -> proc_macro2::Ident {
    format_ident!("word_{number}")
}

/// A size, or bits that say something else.
fn hex_or_small(number: u32) -> Literal {
    if number >> 31 == 0 { Literal::u32_unsuffixed(number) } else { hex_mask(number) }
}

/// The trees that the code of these parts names.
pub(super) fn trees(parts: &[Part], scope: &Scope<'_>, uses: &mut BTreeSet<Use>) {
    for part in parts {
        match part {
            Part::Value(path) => _ = uses.insert(scope.tree_use(path.tree)),
            Part::If { parts, .. } | Part::Items { item: parts, .. } => trees(parts, scope, uses),
            _ => {}
        }
    }
}

/// The code of all views, in the root module.
pub(super) fn table(coded: &Coded, runtime: &TokenStream) -> TokenStream {
    let of = |path: &ItemPath| {
        let parts = path.tree.parent().into_iter().chain([path.tree.module()]);
        let parts = parts.chain(path.namespace.iter().map(String::as_str)).chain([path.name.as_str()]).map(ident);
        quote! { runtime::walker::<#(#parts)::*<'_>>() }
    };
    let constructors = coded.constructors.iter().map(|path| match path {
        Some(path) => of(path),
        None => quote! { None },
    });
    let enums = coded.enums.iter().map(of);
    quote! {
        /// What goes over values in place of the steps of the layouts.
        #[allow(dead_code)]
        static CODE: #runtime::Code = {
            use #runtime as runtime;
            runtime::Code::new(&[#(#constructors),*], &[#(#enums),*])
        };
    }
}
