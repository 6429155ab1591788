//! Encoding of a struct without its id.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::scope::{Scope, ident};
use super::structs::{generics, self_type};
use super::{codec, hex, run};
use crate::ir::{Bit, Codec, RustType, Step, Struct};

/// `impl EncodeBare`.
pub(super) fn bare(item: &Struct, scope: &Scope<'_>) -> TokenStream {
    let runtime = scope.runtime();
    let generics = generics(item, None, &quote! { #runtime::Function });
    let ty = self_type(item, "_");
    let inline = codec::inline_unless(item.usage.encode);
    let encoder = Encoder { item, scope, words: counting_words(item) };
    let steps = encoder.steps();
    let writer = if steps.is_empty() {
        quote! { _w }
    } else {
        quote! { w }
    };
    quote! {
        impl #generics #runtime::EncodeBare for #ty {
            #inline
            fn encode_bare(&self, #writer: &mut #runtime::Writer) {
                #(#steps)*
            }
        }
    }
}

struct Encoder<'a> {
    item: &'a Struct,
    scope: &'a Scope<'a>,
    /// Flags words that count too: what is written follows from other fields, and that is what has to count.
    words: BTreeMap<usize, Ident>,
}

/// The variables of the flags words that count a repetition, by field.
fn counting_words(item: &Struct) -> BTreeMap<usize, Ident> {
    let counting = codec::counting_fields(item);
    let words = item.steps.iter().filter_map(|step| match step {
        Step::Word { kept: Some(field), .. } if counting.contains_key(field) => Some(*field),
        _ => None,
    });
    words.map(|field| (field, format_ident!("{}_word", ident(&item.fields[field].name)))).collect()
}

impl Encoder<'_> {
    fn steps(&self) -> Vec<TokenStream> {
        let mut tokens = Vec::new();
        let mut steps = self.item.steps.as_slice();
        while let Some((first, others)) = steps.split_first() {
            let (run, rest) = steps.split_at(run::length(steps, self.item));
            if run.is_empty() {
                tokens.push(self.step(first));
                steps = others;
            } else {
                tokens.push(self.run(run));
                steps = rest;
            }
        }
        tokens.retain(|tokens| !tokens.is_empty());
        tokens
    }

    /// Values of fixed sizes, all at once.
    fn run(&self, steps: &[Step]) -> TokenStream {
        let (mut before, mut parts) = (Vec::new(), Vec::new());
        for step in steps {
            match step {
                Step::Word { declared, bits, kept, .. } => {
                    let (check, word) = self.word(*declared, bits, *kept);
                    before.push(check);
                    parts.push(word);
                }
                Step::Value { field, .. } => {
                    let name = self.name(*field);
                    parts.push(quote! { self.#name });
                }
                Step::Length { .. } | Step::Flag { .. } => {}
            }
        }
        let runtime = self.scope.runtime();
        quote! { #(#before)* #runtime::put_fixed(w, (#(#parts),*)); }
    }

    /// What comes before an unconditional word, and the word.
    fn word(&self, declared: u32, bits: &[Bit], kept: Option<usize>) -> (TokenStream, TokenStream) {
        let shared = self.shared_bits(bits);
        let presence = self.presence(bits);
        let Some(kept) = kept else { return (shared, presence) };
        let (runtime, declared, field) = (self.scope.runtime(), codec::hex_mask(declared), self.name(kept));
        let word = quote! { #runtime::mask(self.#field, #declared, #presence) };
        match self.words.get(&kept) {
            Some(local) => (quote! { #shared let #local = #word; }, quote! { #local }),
            None => (shared, word),
        }
    }

    fn step(&self, step: &Step) -> TokenStream {
        match step {
            Step::Flag { .. } => TokenStream::new(),
            Step::Length { of, .. } => {
                let field = self.name(*of);
                let (ty, name) = (&self.item.tl_name, &self.item.fields[*of].name);
                let runtime = self.scope.runtime();
                quote! {
                    let len = #runtime::object_len(w, &self.#field, #ty, #name);
                    w.put(&len);
                }
            }
            Step::Word { declared, bits, kept: Some(kept), condition: Some(_), .. } => {
                let (shared, presence, declared) =
                    (self.shared_bits(bits), self.presence(bits), codec::hex_mask(*declared));
                let (field, ty, name) = (self.name(*kept), &self.item.tl_name, &self.item.fields[*kept].name);
                let runtime = self.scope.runtime();
                quote! { #shared #runtime::opt_word(w, self.#field, #declared, #presence, #ty, #name); }
            }
            Step::Word { declared, bits, kept, .. } => {
                let (before, word) = self.word(*declared, bits, *kept);
                quote! { #before w.u32(#word); }
            }
            Step::Value { field, codec, condition } => self.value(*field, codec, condition.is_some()),
        }
    }

    fn name(&self, field: usize) -> proc_macro2::Ident {
        ident(&self.item.fields[field].name)
    }

    /// Errors where only some of the fields of one bit are present.
    fn shared_bits(&self, bits: &[Bit]) -> TokenStream {
        bits.iter().filter(|bit| bit.fields.len() > 1).map(|bit| self.shared(bit)).collect()
    }

    /// An error where only some of the fields of one bit are present.
    fn shared(&self, bit: &Bit) -> TokenStream {
        let present = bit.fields.iter().map(|field| self.is_present(*field));
        let names: Vec<_> = bit.fields.iter().map(|field| self.item.fields[*field].name.as_str()).collect();
        let (ty, names) = (&self.item.tl_name, names.join(", "));
        let runtime = self.scope.runtime();
        quote! { #runtime::shared_bit(w, &[#(#present),*], #ty, #names); }
    }

    fn is_present(&self, field: usize) -> TokenStream {
        let name = self.name(field);
        if self.item.fields[field].optional {
            quote! { self.#name.is_some() }
        } else {
            quote! { self.#name }
        }
    }

    /// The bits of the fields that are there.
    fn presence(&self, bits: &[Bit]) -> TokenStream {
        if bits.is_empty() {
            return quote! { 0 };
        }
        let runtime = self.scope.runtime();
        let is_flag = |bit: &Bit| !self.item.fields[bit.fields[0]].optional;
        // Flags side by side are gathered at once.
        let runs = bits.chunk_by(|a, b| is_flag(a) && is_flag(b) && a.bit + 1 == b.bit).flat_map(|run| run.chunks(8));
        let parts = runs.flat_map(|run| {
            let present = run.iter().map(|bit| self.is_present(bit.fields[0]));
            let first = Literal::u8_unsuffixed(run[0].bit);
            if run.len() > 2 {
                return vec![quote! { #runtime::bits([#(#present),*], #first) }];
            }
            let numbers = run.iter().map(|bit| Literal::u8_unsuffixed(bit.bit));
            present.zip(numbers).map(|(present, number)| quote! { #runtime::bit(#present, #number) }).collect()
        });
        quote! { #(#parts)|* }
    }

    fn value(&self, field: usize, codec: &Codec, optional: bool) -> TokenStream {
        let name = self.name(field);
        let boxed = self.item.fields[field].boxed;
        if !optional {
            let write = self.write(codec, &self.item.fields[field].ty, &quote! { &self.#name }, field);
            return quote! { #write; };
        }
        let is_vector = matches!(self.item.fields[field].ty, RustType::Vec(_));
        match (codec, boxed) {
            (Codec::Plain, false) if !is_vector => quote! { w.opt(&self.#name); },
            (Codec::Plain, true) => quote! { w.opt_boxed(&self.#name); },
            _ => {
                let place = if boxed {
                    quote! { &**x }
                } else {
                    quote! { x }
                };
                let write = self.write(codec, &self.item.fields[field].ty, &place, field);
                quote! { w.opt_with(&self.#name, |x, w| #write); }
            }
        }
    }

    /// An expression that writes the value that `place` refers to.
    fn write(&self, codec: &Codec, ty: &RustType, place: &TokenStream, field: usize) -> TokenStream {
        let item_type = |ty: &RustType| match ty {
            RustType::Vec(item) => (**item).clone(),
            other => other.clone(),
        };
        let field_name = &self.item.fields[field].name;
        match codec {
            Codec::Plain | Codec::LossyText | Codec::Sized { .. } => match ty {
                RustType::Vec(item) if matches!(**item, RustType::Vec(_)) => {
                    let write = self.write(codec, item, &quote! { x }, field);
                    quote! { w.vector_with(#place, #field_name, |x, w| #write) }
                }
                RustType::Vec(_) => quote! { w.vector(#place, #field_name) },
                _ => quote! { w.put(#place) },
            },
            Codec::Bare => quote! { w.bare(#place) },
            Codec::WithId { id, .. } => {
                let id = hex(*id);
                if *ty == RustType::Unit {
                    quote! { { let () = #place; w.id(#id); } }
                } else {
                    quote! { { w.id(#id); w.put(#place); } }
                }
            }
            Codec::Nothing => quote! { w.nothing(#place) },
            Codec::Vector { boxed: true, item, .. } => {
                let write = self.write(item, &item_type(ty), &quote! { x }, field);
                quote! { w.vector_with(#place, #field_name, |x, w| #write) }
            }
            Codec::Vector { boxed: false, item, .. } if **item == Codec::Plain => {
                quote! { w.vector_bare(#place, #field_name) }
            }
            Codec::Vector { boxed: false, item, .. } => {
                let write = self.write(item, &item_type(ty), &quote! { x }, field);
                quote! { w.vector_bare_with(#place, #field_name, |x, w| #write) }
            }
            Codec::Repeat { count, item, .. } => {
                let count = codec::count(count, |field, _| match self.words.get(&field) {
                    Some(local) => quote! { #local },
                    None => {
                        let name = self.name(field);
                        quote! { self.#name }
                    }
                });
                let ty_name = &self.item.tl_name;
                if **item == Codec::Plain {
                    quote! { w.repeat(#place, #count, #ty_name, #field_name) }
                } else {
                    let write = self.write(item, &item_type(ty), &quote! { x }, field);
                    quote! { w.repeat_with(#place, #count, #ty_name, #field_name, |x, w| #write) }
                }
            }
        }
    }
}
