//! The module `errors`: an enum of the errors that are known, made from a code and a text.
//!
//! Texts are compared whole. One large `match` finds those without numbers, the others are tried one after the other.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Module;
use super::docs;
use super::scope::ident;
use crate::Config;
use crate::ir::KnownError;
use crate::naming::UNKNOWN_ERROR;

/// The module.
pub(super) fn module<'a>(errors: &'a [KnownError], config: &'a Config) -> Module<'a> {
    let attributes = quote! {
        #[doc = " Errors that the server is known to answer with."]
        #[allow(dead_code, unreachable_pub, non_camel_case_types, clippy::module_inception, clippy::upper_case_acronyms)]
    };
    let items = move || {
        let (errors, runtime) = (errors.iter().map(Item).collect::<Vec<_>>(), super::runtime(config));
        let items = vec![definition(&errors, &runtime), known(&errors, &runtime), methods(&errors, &runtime)];
        items.into_iter().chain(conversions(&runtime)).collect()
    };
    Module { attributes, items: vec![super::Item::plain(items)], ..Module::default() }
}

/// How an error is named where the reader looks for it: `420 FLOOD_WAIT_X`.
pub(super) fn title(codes: &[i32], name: &str) -> String {
    let codes = codes.iter().map(i32::to_string).collect::<Vec<_>>().join(" or ");
    format!("{codes} {name}").trim_start().to_owned()
}

struct Item<'a>(&'a KnownError);

impl Item<'_> {
    fn variant(&self) -> Ident {
        ident(&self.0.variant)
    }

    fn numbers(&self) -> Vec<Ident> {
        self.0.fields.iter().map(|field| ident(field)).collect()
    }

    /// The field for the code, which there is unless the code is always the same.
    fn code(&self) -> Option<TokenStream> {
        (self.0.codes.len() != 1).then(|| quote! { code })
    }

    /// The variant with its fields, as a pattern and as an expression.
    fn whole(&self) -> TokenStream {
        let (variant, code, numbers) = (self.variant(), self.code(), self.numbers());
        let fields: Vec<TokenStream> =
            code.into_iter().chain(numbers.iter().map(|number| quote! { #number })).collect();
        if fields.is_empty() {
            quote! { Self::#variant }
        } else {
            quote! { Self::#variant { #(#fields),* } }
        }
    }

    /// The variant, whatever its fields are.
    fn any(&self) -> TokenStream {
        let variant = self.variant();
        let fields = (self.code().is_some() || !self.0.fields.is_empty()).then(|| quote! { { .. } });
        quote! { Self::#variant #fields }
    }

    /// The codes as a pattern; any where none is known.
    fn codes(&self) -> TokenStream {
        let codes: Vec<TokenStream> = self.0.codes.iter().map(|code| number(*code)).collect();
        if codes.is_empty() {
            quote! { _ }
        } else {
            quote! { #(#codes)|* }
        }
    }

    fn definition(&self) -> TokenStream {
        let title = title(&self.0.codes, &self.0.name);
        let doc = match &self.0.description {
            Some(description) => docs::text_after(&format!("`{title}`:"), description),
            None => format!("`{title}`."),
        };
        let (doc, variant) = (docs::paragraphs(&[doc]), self.variant());
        let code = self.code().map(|code| {
            quote! {
                #[doc = " The code that it came with."]
                #code: i32
            }
        });
        let numbers = self.numbers().into_iter().enumerate().map(|(place, number)| {
            let doc = format!(" The number after `{}`.", self.0.parts[place]);
            quote! { #[doc = #doc] #number: u64 }
        });
        let fields: Vec<TokenStream> = code.into_iter().chain(numbers).collect();
        let fields = (!fields.is_empty()).then(|| quote! { { #(#fields),* } });
        quote! { #doc #variant #fields }
    }
}

fn number(code: i32) -> TokenStream {
    let literal = Literal::i32_unsuffixed(code);
    quote! { #literal }
}

fn definition(errors: &[Item<'_>], runtime: &TokenStream) -> TokenStream {
    let variants = errors.iter().map(Item::definition);
    let unknown = ident(UNKNOWN_ERROR);
    quote! {
        /// An error that the server is known to answer with.
        ///
        /// Code and text must be exactly those of the table; what differs in anything is `Unknown`.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Error {
            #(#variants,)*
            /// Any other error.
            #unknown {
                /// The code.
                code: i32,
                /// The text.
                text: #runtime::alloc::string::String,
            },
        }
    }
}

/// The table itself, for what has a code and a text and no type.
fn known(errors: &[Item<'_>], runtime: &TokenStream) -> TokenStream {
    let rows = errors.iter().map(|error| {
        let (codes, name) = (error.0.codes.iter().map(|code| number(*code)), &error.0.name);
        quote! { #runtime::KnownError::new(&[#(#codes),*], #name) }
    });
    quote! {
        /// The errors of this module by code and name.
        pub const KNOWN: &[#runtime::KnownError] = &[#(#rows),*];
    }
}

fn methods(errors: &[Item<'_>], runtime: &TokenStream) -> TokenStream {
    let unknown = ident(UNKNOWN_ERROR);
    let (mut numbered, plain): (Vec<&Item<'_>>, Vec<&Item<'_>>) =
        errors.iter().partition(|error| !error.0.fields.is_empty());
    // What is said with fewer numbers is said more exactly: `PART_0_OF_X` before `PART_X_OF_X`.
    numbered.sort_by_key(|error| error.0.fields.len());
    let by_text = plain.iter().map(|error| {
        let (codes, name, whole) = (error.codes(), &error.0.name, error.whole());
        quote! { (#codes, #name) => #whole }
    });
    let by_parts = numbered.iter().map(|error| {
        let (codes, parts, numbers, whole) = (error.codes(), &error.0.parts, error.numbers(), error.whole());
        quote! {
            if let (#codes, Some([#(#numbers),*])) = (code, #runtime::error_numbers(text, &[#(#parts),*])) {
                #whole
            } else
        }
    });
    let codes = codes(errors);
    let texts = plain.iter().map(|error| {
        let (any, name) = (error.any(), &error.0.name);
        quote! { #any => Cow::Borrowed(#name) }
    });
    let made = numbered.iter().map(|error| {
        let (variant, numbers) = (error.variant(), error.numbers());
        let literal = |part: &String| part.replace('{', "{{").replace('}', "}}");
        let mut parts = error.0.parts.iter().map(literal);
        let mut format = parts.next().unwrap_or_default();
        for (field, part) in error.0.fields.iter().zip(parts) {
            format = format!("{format}{{{field}}}{part}");
        }
        quote! { Self::#variant { #(#numbers,)* .. } => Cow::Owned(#runtime::alloc::format!(#format)) }
    });
    quote! {
        impl Error {
            /// The error of a code and a text, as in `rpc_error`.
            pub fn new(code: i32, text: &str) -> Self {
                match (code, text) {
                    #(#by_text,)*
                    _ => #(#by_parts)* { Self::#unknown { code, text: #runtime::alloc::string::String::from(text) } }
                }
            }

            /// The error of a code, a text without its number, and that number, as some clients give it: `FLOOD_WAIT` and 31.
            pub fn from_parts(code: i32, name: &str, number: Option<u64>) -> Self {
                Self::from(#runtime::RpcError::from_parts(code, name, number, KNOWN))
            }

            /// The code that it came with.
            pub fn code(&self) -> i32 {
                match self {
                    #(#codes,)*
                    Self::#unknown { code, .. } => *code,
                }
            }

            /// The text that it came with.
            pub fn text(&self) -> #runtime::alloc::borrow::Cow<'_, str> {
                use #runtime::alloc::borrow::Cow;
                match self {
                    #(#texts,)*
                    #(#made,)*
                    Self::#unknown { text, .. } => Cow::Borrowed(text),
                }
            }
        }
    }
}

/// The arms of `code`: one for each code, and one for all variants that keep it.
fn codes(errors: &[Item<'_>]) -> Vec<TokenStream> {
    let mut by_code = std::collections::BTreeMap::<i32, Vec<TokenStream>>::new();
    let mut kept = Vec::new();
    for error in errors {
        match error.0.codes[..] {
            [code] => by_code.entry(code).or_default().push(error.any()),
            _ => {
                let variant = error.variant();
                kept.push(quote! { Self::#variant { code, .. } });
            }
        }
    }
    let same = by_code.into_iter().map(|(code, variants)| {
        let code = number(code);
        quote! { #(#variants)|* => #code }
    });
    let kept = (!kept.is_empty()).then(|| quote! { #(#kept)|* => *code });
    same.chain(kept).collect()
}

fn conversions(runtime: &TokenStream) -> [TokenStream; 5] {
    [
        quote! {
            impl From<&#runtime::RpcError> for Error {
                fn from(error: &#runtime::RpcError) -> Self {
                    Self::new(error.code, &error.text)
                }
            }
        },
        quote! {
            impl From<#runtime::RpcError> for Error {
                fn from(error: #runtime::RpcError) -> Self {
                    Self::from(&error)
                }
            }
        },
        quote! {
            impl From<Error> for #runtime::RpcError {
                fn from(error: Error) -> Self {
                    Self::new(error.code(), error.text())
                }
            }
        },
        quote! {
            impl ::core::fmt::Display for Error {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::write!(f, "{} {}", self.code(), self.text())
                }
            }
        },
        quote! { impl ::core::error::Error for Error {} },
    ]
}
