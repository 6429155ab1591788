//! What encoding and decoding share.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::scope::{Scope, ident};
use crate::ir::{Count, Way};

/// The name of the table of all ids that the schema knows, in the root module.
pub(super) const KNOWN: &str = "KNOWN";

/// The name of the module in the root that says what reading has to know of structs.
pub(super) const FACTS: &str = "facts";

/// What is said there of structs of this least size.
pub(super) fn facts(min_size: u32) -> Ident {
    format_ident!("MIN_{min_size}")
}

/// Ids as bytes, each on a line of its own, in one literal.
pub(super) fn id_bytes(ids: &[u32]) -> TokenStream {
    let mut text = "b\"".to_owned();
    for id in ids {
        text.push_str("\\\n");
        text.extend(id.to_be_bytes().map(|byte| format!("\\x{byte:02x}")));
    }
    text.push('"');
    text.parse().expect("escapes and line ends alone")
}

/// What comes before a function for one direction, if there is one: `#[inline]` where it is to cost only those who use it.
pub(super) fn attribute(way: Way) -> Option<TokenStream> {
    match way {
        Way::Library => Some(TokenStream::new()),
        Way::Inline => Some(quote! { #[inline] }),
        Way::Absent => None,
    }
}

/// A decoding body, and what comes right before it, in which a recursive type counts towards the depth limit.
pub(super) fn count_depth(
    counts: bool,
    name: &str,
    before: &TokenStream,
    body: &TokenStream,
    runtime: &TokenStream,
) -> TokenStream {
    if counts {
        quote! {
            #runtime::enter(r, #name);
            #before
            let value = #body;
            #runtime::leave(r);
            value
        }
    } else {
        quote! { #before #body }
    }
}

/// The constant that leads from a type to the ids that the schema knows, for a type that owns what it holds or one that borrows.
pub(super) fn known(is_owned: bool, scope: &Scope<'_>) -> TokenStream {
    let (runtime, known) = (scope.runtime(), scope.named_root(KNOWN));
    if is_owned {
        quote! { const KNOWN: #runtime::KnownTo<Self> = #runtime::KnownTo::owned(#known); }
    } else {
        quote! { const KNOWN: #runtime::KnownTo<Self> = #runtime::KnownTo::borrowed(#known); }
    }
}

/// A number of items: `value` is the number that was read or is given.
pub(super) fn count(count: &Count, value: impl FnOnce(usize, &str) -> TokenStream) -> TokenStream {
    match count {
        Count::Const(count) => {
            let count = Literal::u32_unsuffixed(*count);
            quote! { #count }
        }
        Count::Field { field, local, plus: 0 } => value(*field, local),
        Count::Field { field, local, plus } => {
            let (value, plus) = (value(*field, local), Literal::u32_unsuffixed(*plus));
            quote! { #value.saturating_add(#plus) }
        }
    }
}

/// `flags & 8 != 0` has its mask from here.
pub(super) fn mask(bit: u8) -> Literal {
    Literal::u32_unsuffixed(1 << bit)
}

/// The declared bits of a word.
pub(super) fn hex_mask(mask: u32) -> Literal {
    format!("{mask:#x}").parse().expect("a number")
}

/// A local variable.
pub(super) fn local(name: &str) -> Ident {
    ident(name)
}
