//! Flags words that are written last.
//!
//! Where a word tells of many optional fields, each of them is looked at once: if it is there, it is written and sets its bit. The word is
//! known after that and goes to the place that was left for it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::scope::{Scope, ident};
use crate::ir::{Bit, Step, Struct, counting_fields};

/// So many optional fields make a word one that is written last. With fewer, to come back to its place costs more than it saves.
const FIELDS: usize = 4;

/// The runtime has tuples of so many words.
const MOST: usize = 12;

/// The flags words of an item that are written last.
pub(super) struct Late<'a> {
    /// The words, those together that are side by side.
    groups: Vec<Vec<&'a str>>,
    /// The fields that set a bit when they are written.
    fields: BTreeMap<usize, (&'a str, u8)>,
}

impl<'a> Late<'a> {
    /// `variables` are those that the code of the item has for other things.
    pub(super) fn new(item: &'a Struct, variables: &BTreeSet<String>, scope: &Scope<'_>) -> Self {
        let (counting, locals) = (counting_fields(item), locals(item));
        let mut late = Self { groups: Vec::new(), fields: BTreeMap::new() };
        let (mut is_beside, mut places) = (false, BTreeSet::new());
        for step in &item.steps {
            let Step::Word { local, bits, kept, condition: None, .. } = step else {
                is_beside &= matches!(step, Step::Flag { .. });
                continue;
            };
            let is_free =
                |name: &str| !matches!(name, "w" | "x" | "len") && !variables.contains(name) && !scope.is_taken(name);
            let place = place(local).to_string();
            // What counts is needed before.
            let counts = kept.is_some_and(|kept| counting.contains_key(&kept));
            let fields = setters(item, local, bits);
            let is_late = fields.len() >= FIELDS
                && is_free(local)
                && is_free(&place)
                && !locals.contains(place.as_str())
                && !counts
                && places.insert(place);
            if is_late {
                late.fields.extend(fields);
                match late.groups.last_mut() {
                    Some(group) if is_beside && group.len() < MOST => group.push(local),
                    _ => late.groups.push(vec![local]),
                }
            }
            is_beside = is_late;
        }
        late
    }

    /// The words, those together that are side by side.
    pub(super) fn groups(&self) -> &[Vec<&'a str>] {
        &self.groups
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.groups.iter().flatten().any(|late| *late == word)
    }

    /// What comes before the zeros in the place of a word: `offset` bytes are written at once before them.
    pub(super) fn before(&self, word: &str, offset: u32, runtime: &TokenStream) -> TokenStream {
        let variable = ident(word);
        let place = self.groups.iter().any(|group| group[0] == word).then(|| {
            let place = place(word);
            let offset = (offset > 0).then(|| Literal::u32_unsuffixed(offset)).map(|offset| quote! { + #offset });
            quote! { let #place = #runtime::place(w) #offset; }
        });
        quote! { #place let mut #variable = #runtime::Present::new(); }
    }

    /// The word and the bit that a field sets when it is written.
    pub(super) fn setter(&self, field: usize) -> Option<(Ident, Literal)> {
        self.fields.get(&field).map(|(word, bit)| (ident(word), Literal::u8_unsuffixed(*bit)))
    }

    /// Whether no field sets the bit of the word when it is written.
    pub(super) fn is_open(&self, bit: &Bit) -> bool {
        !bit.fields.iter().any(|field| self.fields.contains_key(field))
    }
}

/// The variable for the place of a word.
pub(super) fn place(word: &str) -> Ident {
    format_ident!("{}_at", word.trim_end_matches('_'))
}

/// The fields that set the bits of a word when they are written, one for each bit.
fn setters<'a>(item: &Struct, word: &'a str, bits: &[Bit]) -> BTreeMap<usize, (&'a str, u8)> {
    let optional: BTreeSet<usize> = item.steps.iter().filter_map(|step| optional(step, word)).collect();
    let first =
        |bit: &Bit| bit.fields.iter().find(|field| optional.contains(field)).map(|field| (*field, (word, bit.bit)));
    bits.iter().filter_map(first).collect()
}

/// The field that a step writes if a bit of the word is set.
fn optional(step: &Step, word: &str) -> Option<usize> {
    match step {
        Step::Value { field, condition: Some(condition), .. } if condition.word == word => Some(*field),
        _ => None,
    }
}

/// The variables of all words.
fn locals(item: &Struct) -> BTreeSet<&str> {
    let words = item.steps.iter().filter_map(|step| match step {
        Step::Word { local, .. } => Some(local.as_str()),
        _ => None,
    });
    words.collect()
}
