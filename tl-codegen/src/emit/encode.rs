//! Encoding of a struct without its id.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::late::{self, Late};
use super::scope::{Scope, ident};
use super::structs::{generics, self_type};
use super::{codec, hex, run};
use crate::ir::{Bit, Codec, RustType, Step, Struct, counting_fields};

/// `impl EncodeBare`, unless it is left out.
pub(super) fn bare(item: &Struct, scope: &Scope<'_>) -> Option<TokenStream> {
    let inline = codec::attribute(item.usage.encode)?;
    let runtime = scope.runtime();
    let generics = generics(item, None, &quote! { #runtime::Function });
    let ty = self_type(item, "_");
    let words = counting_words(item);
    let late = Late::new(item, &words.values().map(Ident::to_string).collect(), scope);
    let encoder = Encoder { item, scope, words, late };
    let steps = encoder.steps();
    let writer = if steps.is_empty() {
        quote! { _w }
    } else {
        quote! { w }
    };
    Some(quote! {
        impl #generics #runtime::EncodeBare for #ty {
            #inline
            fn encode_bare(&self, #writer: &mut #runtime::Writer) {
                #(#steps)*
            }
        }
    })
}

struct Encoder<'a> {
    item: &'a Struct,
    scope: &'a Scope<'a>,
    /// Flags words that count too: what is written follows from other fields, and that is what has to count.
    words: BTreeMap<usize, Ident>,
    /// Flags words that are written after their fields.
    late: Late<'a>,
}

/// The variables of the flags words that count a repetition, by field.
fn counting_words(item: &Struct) -> BTreeMap<usize, Ident> {
    let counting = counting_fields(item);
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
            if !run.is_empty() {
                tokens.push(self.run(run));
                steps = rest;
            } else {
                tokens.push(self.step(first));
                steps = others;
            }
        }
        tokens.extend(self.late.groups().iter().map(|group| self.late_words(group)));
        tokens.retain(|tokens| !tokens.is_empty());
        tokens
    }

    /// Values of fixed sizes, all at once.
    fn run(&self, steps: &[Step]) -> TokenStream {
        let (mut before, mut parts, mut offset) = (Vec::new(), Vec::new(), 0);
        for step in steps {
            match step {
                Step::Word { local, declared, bits, kept, .. } => {
                    let (check, word) = self.word(local, *declared, bits, *kept, offset);
                    before.push(check);
                    parts.push(word);
                }
                Step::Value { field, .. } => {
                    let name = self.name(*field);
                    parts.push(quote! { self.#name });
                }
                Step::Length { .. } | Step::Flag { .. } => {}
            }
            offset += run::size(step, self.item).unwrap_or(0);
        }
        let runtime = self.scope.runtime();
        quote! { #(#before)* #runtime::put_fixed(w, (#(#parts),*)); }
    }

    /// The words in the places that were left for them.
    fn late_words(&self, words: &[&str]) -> TokenStream {
        let place = late::place(words[0]);
        let words = words.iter().flat_map(|late| {
            self.item.steps.iter().filter_map(move |step| match step {
                Step::Word { local, declared, bits, kept, .. } if local == late => {
                    Some(self.late_word(local, *declared, bits, *kept))
                }
                _ => None,
            })
        });
        let runtime = self.scope.runtime();
        quote! { #runtime::put_late(w, #place, (#(#words,)*)); }
    }

    fn late_word(&self, local: &str, declared: u32, bits: &[Bit], kept: Option<usize>) -> TokenStream {
        let variable = ident(local);
        let open: Vec<Bit> = bits.iter().filter(|bit| self.late.is_open(bit)).cloned().collect();
        let others = (!open.is_empty()).then(|| self.presence(&open)).map(|others| quote! { | #others });
        self.kept(declared, kept, quote! { #variable.word() #others })
    }

    /// The word with the bits that no field declares, if it is kept.
    fn kept(&self, declared: u32, kept: Option<usize>, word: TokenStream) -> TokenStream {
        let Some(kept) = kept else { return word };
        let (runtime, declared, field) = (self.scope.runtime(), codec::hex_mask(declared), self.name(kept));
        quote! { #runtime::mask(self.#field, #declared, #word) }
    }

    /// What comes before an unconditional word, `offset` bytes of which are written at once before it, and the word.
    fn word(
        &self,
        local: &str,
        declared: u32,
        bits: &[Bit],
        kept: Option<usize>,
        offset: u32,
    ) -> (TokenStream, TokenStream) {
        let shared = self.shared_bits(bits);
        if self.late.contains(local) {
            let before = self.late.before(local, offset, self.scope.runtime());
            return (quote! { #shared #before }, quote! { 0u32 });
        }
        let word = self.kept(declared, kept, self.presence(bits));
        match kept.and_then(|kept| self.words.get(&kept)) {
            Some(variable) => (quote! { #shared let #variable = #word; }, quote! { #variable }),
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
            Step::Word { local, declared, bits, kept, .. } => {
                let (before, word) = self.word(local, *declared, bits, *kept, 0);
                if self.late.contains(local) {
                    return quote! { #before w.u32(0); };
                }
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
        // Of a word that is written last, the field sets its bit.
        let (to, writer, bit) = match self.late.setter(field) {
            Some((word, bit)) => (quote! { #word }, Some(quote! { w, }), Some(quote! { , #bit })),
            None => (quote! { w }, None, None),
        };
        match (codec, boxed) {
            (Codec::Plain, false) if !is_vector => quote! { #to.opt(#writer &self.#name #bit); },
            (Codec::Plain, true) => quote! { #to.opt_boxed(#writer &self.#name #bit); },
            _ => {
                let place = if boxed {
                    quote! { &**x }
                } else {
                    quote! { x }
                };
                let write = self.write(codec, &self.item.fields[field].ty, &place, field);
                quote! { #to.opt_with(#writer &self.#name #bit, |x, w| #write); }
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
