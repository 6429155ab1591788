//! Decoding of a struct without its id.
//!
//! The fields of a struct literal are read in order. A word after a field is read in the expression of the
//! next field, into a variable that is declared before the literal.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::codec::{self, local};
use super::scope::{Scope, ident};
use super::structs::{generics, self_type};
use super::{hex, run};
use crate::ir::{BitRef, Codec, RustType, Step, Struct, counting_fields};

/// `impl DecodeBareOwned`, or `impl DecodeBare` for what holds borrowed text or has a type parameter; nothing where it is left out.
pub(super) fn bare(item: &Struct, scope: &Scope<'_>) -> Option<TokenStream> {
    let inline = codec::attribute(item.usage.decode)?;
    let runtime = scope.runtime();
    let generics = generics(item, Some("de"), &quote! { #runtime::Function + #runtime::Decode<'de> });
    let ty = self_type(item, "de");
    let min_size = Literal::u32_unsuffixed(item.min_size);
    let mut decoder = Decoder {
        item,
        scope,
        counting: counting_fields(item),
        optional_words: BTreeSet::new(),
        before: Vec::new(),
        pending: Vec::new(),
        run: Vec::new(),
        fields: BTreeMap::new(),
    };
    let leading = run::leading(item, scope);
    for (at, step) in item.steps.iter().enumerate() {
        if leading.contains(&at) {
            decoder.part(step);
        } else {
            decoder.step(step);
        }
    }
    let Decoder { before, fields, pending, run, .. } = decoder;
    let run = if run.is_empty() {
        TokenStream::new()
    } else {
        quote! { let (#(#run),*) = #runtime::fixed(r); }
    };
    let fields = fields.into_values();
    let literal = if item.fields.is_empty() {
        quote! { Self }
    } else {
        quote! { Self { #(#fields),* } }
    };
    let reader = if item.steps.is_empty() && !item.counts_depth {
        quote! { _r }
    } else {
        quote! { r }
    };
    let literal = codec::count_depth(item.counts_depth, &item.tl_name, &run, &literal, runtime);
    let body = quote! {
        #(#before)*
        #(#pending)*
        #literal
    };
    if is_for_all_lifetimes(item) {
        let min_size = if item.unknown {
            let (facts, name) = (scope.named_root(codec::FACTS), codec::facts(item.min_size));
            quote! { const FACTS: #runtime::Facts = #facts::#name; }
        } else {
            quote! { const MIN_SIZE: usize = #min_size; }
        };
        return Some(quote! {
            impl #runtime::DecodeBareOwned for #ty {
                #min_size
                #inline
                fn decode_bare(#reader: &mut #runtime::Reader<'_>) -> Self {
                    #body
                }
            }
        });
    }
    // A type parameter can be a hand-written type, which may panic.
    let may_panic = item.generics.is_empty().then(|| quote! { const MAY_PANIC: bool = false; });
    let known = item.unknown.then(|| codec::known(false, scope));
    Some(quote! {
        impl #generics #runtime::DecodeBare<'de> for #ty {
            const MIN_SIZE: usize = #min_size;
            #may_panic
            #known
            #inline
            fn decode_bare(#reader: &mut #runtime::Reader<'de>) -> Self {
                #body
            }
        }
    })
}

/// Whether the struct is decoded by one implementation for all lifetimes.
pub(super) fn is_for_all_lifetimes(item: &Struct) -> bool {
    item.owned.is_none() && item.generics.is_empty()
}

struct Decoder<'a> {
    item: &'a Struct,
    scope: &'a Scope<'a>,
    /// Fields that count a repetition, with the local name of the count.
    counting: BTreeMap<usize, String>,
    /// Words that may be absent; absent, they are zero.
    optional_words: BTreeSet<String>,
    /// Statements before the literal.
    before: Vec<TokenStream>,
    /// Statements that must run before the next field is read.
    pending: Vec<TokenStream>,
    /// The variables of the run that is read before the literal.
    run: Vec<TokenStream>,
    /// `name: value`, by the index of the field.
    fields: BTreeMap<usize, TokenStream>,
}

impl Decoder<'_> {
    /// A step of the run, or a flag between two of them.
    fn part(&mut self, step: &Step) {
        match step {
            Step::Word { local: name, declared, kept: None, .. } => {
                let (runtime, name, declared) = (self.scope.runtime(), local(name), codec::hex_mask(*declared));
                self.run.push(quote! { #runtime::Flags::<#declared>(#name) });
            }
            Step::Word { local: name, kept: Some(field), .. } => self.variable(name, *field),
            Step::Value { field, .. } => {
                let name = self.counting.get(field).unwrap_or(&self.item.fields[*field].name).clone();
                self.variable(&name, *field);
            }
            Step::Length { .. } | Step::Flag { .. } => self.step(step),
        }
    }

    fn variable(&mut self, name: &str, field: usize) {
        let name = local(name);
        self.run.push(quote! { #name });
        self.field(field, quote! { #name });
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Length { local: name, .. } => {
                let runtime = self.scope.runtime();
                self.hidden(name, &quote! { #runtime::get::<i32>(r) });
            }
            Step::Word { local: name, declared, kept: None, .. } => {
                let (runtime, declared) = (self.scope.runtime(), codec::hex_mask(*declared));
                self.hidden(name, &quote! { #runtime::flags(r, #declared) });
            }
            Step::Word { local: name, kept: Some(field), condition, .. } => {
                let runtime = self.scope.runtime();
                let read = match condition {
                    Some(condition) => {
                        let (word, bit) = self.bit(condition);
                        self.optional_words.insert(name.clone());
                        quote! { #runtime::opt::<u32>(r, #word, #bit) }
                    }
                    None => quote! { #runtime::word(r) },
                };
                self.kept(*field, name, &read);
            }
            Step::Flag { field, condition } => {
                let word = self.word(condition);
                let mask = codec::mask(condition.bit);
                self.field(*field, quote! { #word & #mask != 0 });
            }
            Step::Value { field, codec, condition } => {
                let read = self.value(*field, codec, condition.as_ref());
                if let Some(name) = self.counting.get(field).cloned() {
                    let runtime = self.scope.runtime();
                    self.kept(*field, &name, &quote! { #runtime::word(r) });
                } else {
                    self.field(*field, read);
                }
            }
        }
    }

    /// Reads something that is not a field.
    fn hidden(&mut self, name: &str, read: &TokenStream) {
        let name = local(name);
        if self.fields.is_empty() {
            self.before.push(quote! { let #name = #read; });
        } else {
            self.before.push(quote! { let #name; });
            self.pending.push(quote! { #name = #read; });
        }
    }

    /// Reads a field whose value is needed again.
    fn kept(&mut self, field: usize, name: &str, read: &TokenStream) {
        self.hidden(name, read);
        let name = local(name);
        self.field(field, quote! { #name });
    }

    fn field(&mut self, field: usize, read: TokenStream) {
        let name = ident(&self.item.fields[field].name);
        let pending = core::mem::take(&mut self.pending);
        let value = if pending.is_empty() {
            read
        } else {
            quote! { { #(#pending)* #read } }
        };
        let tokens = if name == value.to_string() {
            quote! { #name }
        } else {
            quote! { #name: #value }
        };
        self.fields.insert(field, tokens);
    }

    fn word(&self, condition: &BitRef) -> TokenStream {
        let name = local(&condition.word);
        if self.optional_words.contains(&condition.word) {
            quote! { #name.unwrap_or(0) }
        } else {
            quote! { #name }
        }
    }

    fn bit(&self, condition: &BitRef) -> (TokenStream, Literal) {
        (self.word(condition), Literal::u8_unsuffixed(condition.bit))
    }

    fn value(&self, field: usize, codec: &Codec, condition: Option<&BitRef>) -> TokenStream {
        let field = &self.item.fields[field];
        let Some(condition) = condition else { return self.read(codec, &field.ty) };
        let (word, bit) = self.bit(condition);
        let bit = quote! { #bit };
        match (codec, field.boxed) {
            (Codec::Plain, false) => self.call("opt", &field.ty, &[word, bit]),
            (Codec::Plain, true) => self.call("opt_boxed", &field.ty, &[word, bit]),
            (_, false) => self.call("opt_with", &field.ty, &[word, bit, self.reader(codec, &field.ty)]),
            (_, true) => {
                let boxed = self.call("boxed_with", &field.ty, &[self.reader(codec, &field.ty)]);
                self.call("opt_with", &field.ty, &[word, bit, quote! { |r| #boxed }])
            }
        }
    }

    /// A call of the runtime that reads a value of the type `ty`: a function that cannot unwind, unless a type parameter is
    /// part of the type. That can be a hand-written type, which is read by the method of the reader.
    fn call(&self, name: &str, ty: &RustType, args: &[TokenStream]) -> TokenStream {
        let name = ident(name);
        if has_parameter(ty) {
            return quote! { r.#name(#(#args),*) };
        }
        let runtime = self.scope.runtime();
        quote! { #runtime::#name(r #(, #args)*) }
    }

    /// A function that reads a value from the reader that it is given.
    fn reader(&self, codec: &Codec, ty: &RustType) -> TokenStream {
        let read = self.read(codec, ty);
        quote! { |r| #read }
    }

    /// An expression that reads a value.
    fn read(&self, codec: &Codec, ty: &RustType) -> TokenStream {
        let item_type = |ty: &RustType| match ty {
            RustType::Vec(item) => (**item).clone(),
            other => other.clone(),
        };
        let runtime = self.scope.runtime();
        match codec {
            Codec::Plain => self.call("get", ty, &[]),
            Codec::Bare => self.call("bare", ty, &[]),
            Codec::LossyText => self.call("lossy", ty, &[]),
            Codec::WithId { id, name, lossy } => {
                let id = hex(*id);
                if *ty == RustType::Unit {
                    quote! { #runtime::expect_id(r, #id, #name) }
                } else {
                    let read = self.call(if *lossy { "lossy" } else { "get" }, ty, &[]);
                    quote! { { #runtime::expect_id(r, #id, #name); #read } }
                }
            }
            Codec::Nothing => quote! { #runtime::nothing(r) },
            Codec::Sized { local: name } => {
                let name = local(name);
                quote! { #runtime::object(r, #name) }
            }
            Codec::Vector { boxed, item, item_min } => {
                let min = Literal::u32_unsuffixed(*item_min);
                let args = [quote! { #min }, self.reader(item, &item_type(ty))];
                match (boxed, &**item) {
                    (false, Codec::Plain) => self.call("vector_bare", ty, &[]),
                    (false, _) => self.call("vector_bare_with", ty, &args),
                    (true, _) => self.call("vector_with", ty, &args),
                }
            }
            Codec::Repeat { count, item, item_min } => {
                let min = Literal::u32_unsuffixed(*item_min);
                let count = codec::count(count, |_, name| {
                    let name = local(name);
                    quote! { #name }
                });
                if **item == Codec::Plain {
                    self.call("repeat", ty, &[count])
                } else {
                    let read = self.reader(item, &item_type(ty));
                    self.call("repeat_with", ty, &[count, quote! { #min }, read])
                }
            }
        }
    }
}

/// Whether a type parameter is part of the type.
fn has_parameter(ty: &RustType) -> bool {
    match ty {
        RustType::Generic(_) | RustType::ReturnOf(_) => true,
        RustType::Vec(item) => has_parameter(item),
        _ => false,
    }
}
