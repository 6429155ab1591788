//! Random bytes and broken values.

use std::collections::BTreeMap;

use fastrand::Rng;
use tlgen_dynamic::{Generator, Profile};
use tlgen_model::Valid;
use tlgen_model::schema::{CombinatorIdx, Schema};
use tlgen_runtime::ids;

use crate::roots::Root;

/// Longer inputs are cut.
pub const MAX_LEN: usize = 4096;

/// The schema of the API.
///
/// # Errors
/// When it does not link.
pub fn schema() -> Result<Valid<Schema>, String> {
    linked("api.tl", tl_full_api::visit::SCHEMA)
}

/// A schema of its text.
pub(crate) fn linked(name: &str, text: &str) -> Result<Valid<Schema>, String> {
    let mut sources = tlgen_parser::source::Sources::new();
    let file = sources.add(name, text);
    let loaded = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default());
    loaded.value.ok_or_else(|| format!("{:?}", loaded.diagnostics))
}

/// Makes inputs.
pub struct Inputs<'s> {
    schema: &'s Valid<Schema>,
    generator: Generator<'s>,
    rng: Rng,
    /// The constructors of each type, the function of each name.
    types: BTreeMap<&'s str, &'s [CombinatorIdx]>,
    functions: BTreeMap<&'s str, CombinatorIdx>,
    /// Words that mean something.
    words: Vec<u32>,
}

/// What inputs for one root are made of.
pub struct Material {
    ids: Vec<u32>,
    values: Vec<Vec<u8>>,
}

impl<'s> Inputs<'s> {
    /// The same for the same seed.
    #[must_use]
    pub fn new(schema: &'s Valid<Schema>, seed: u64) -> Self {
        let profile = Profile::default().with_budget(384).with_invalid_text(true).with_undeclared_bits(true);
        let mut words: Vec<u32> = schema.combinators.iter().map(|combinator| combinator.id).collect();
        // As often as ids of the schema, since they are everywhere.
        words.extend([ids::VECTOR, ids::BOOL_TRUE, ids::BOOL_FALSE].repeat(words.len() / 8));
        Self {
            schema,
            generator: Generator::new(schema, seed).with_profile(profile),
            rng: Rng::with_seed(seed),
            types: schema.types.iter().map(|ty| (ty.name.full(), &ty.constructors[..])).collect(),
            functions: schema.functions().map(|(idx, function)| (function.name.full(), idx)).collect(),
            words,
        }
    }

    /// Begins anew with another seed.
    pub fn reseed(&mut self, seed: u64) {
        self.generator.reseed(seed);
        self.rng.seed(seed);
    }

    /// A valid value of a root; empty if there is none.
    pub fn value(&mut self, root: &Root) -> Vec<u8> {
        self.material(root.name, root.is_function, 1).values.pop().unwrap_or_default()
    }

    /// New values of the boxed type or function with this TL name, of as many of its constructors as there is room for.
    pub fn material(&mut self, name: &str, is_function: bool, count: usize) -> Material {
        let constructors = match self.functions.get(name) {
            Some(function) if is_function => std::slice::from_ref(function).to_vec(),
            _ => self.types.get(name).map_or_else(Vec::new, |constructors| constructors.to_vec()),
        };
        let ids = constructors.iter().map(|idx| self.schema.combinator(*idx).id).collect();
        let mut values = Vec::with_capacity(count);
        for _ in 0..count {
            let Some(&idx) = self.rng.choice(&constructors) else { break };
            values.extend(self.generator.combinator_bytes(idx));
        }
        Material { ids, values }
    }

    /// An input for the root of `material`, in `input`.
    pub fn next(&mut self, material: &Material, input: &mut Vec<u8>) {
        input.clear();
        match self.rng.u8(0..16) {
            0 => self.noise(input),
            1 => {
                self.right_id(material, input);
                self.noise(input);
            }
            2..=4 => {
                self.right_id(material, input);
                for _ in 0..self.rng.usize(0..64) {
                    input.extend(self.word().to_le_bytes());
                }
            }
            5 => input.extend(self.any(material)),
            _ => {
                input.extend(self.any(material));
                for _ in 0..self.rng.usize(1..=4) {
                    self.mutate(material, input);
                }
            }
        }
        input.truncate(MAX_LEN);
    }

    /// A number up to `most`.
    pub fn up_to(&mut self, most: usize) -> usize {
        self.rng.usize(0..=most)
    }

    fn any<'m>(&mut self, material: &'m Material) -> &'m [u8] {
        self.rng.choice(&material.values).map_or(&[], Vec::as_slice)
    }

    fn noise(&mut self, input: &mut Vec<u8>) {
        for _ in 0..self.rng.usize(0..=128) {
            input.push(self.rng.u8(..));
        }
    }

    fn right_id(&mut self, material: &Material, input: &mut Vec<u8>) {
        input.extend(self.rng.choice(&material.ids).copied().unwrap_or_default().to_le_bytes());
    }

    /// A word that may lead somewhere.
    fn word(&mut self) -> u32 {
        const EDGES: [u32; 12] = [0, 1, 2, 3, 16, 253, 0xfe, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, u32::MAX];
        match self.rng.u8(0..8) {
            0 => self.rng.u32(..),
            1 | 2 => self.rng.choice(EDGES).unwrap_or_default(),
            // Few bits: a flags word or a small number.
            3 => 1 << self.rng.u32(0..32) | 1 << self.rng.u32(0..32),
            _ => self.rng.choice(&self.words).copied().unwrap_or_default(),
        }
    }

    /// One change of a value.
    fn mutate(&mut self, material: &Material, input: &mut Vec<u8>) {
        if input.is_empty() {
            return self.noise(input);
        }
        let place = self.rng.usize(0..input.len());
        let word = place & !3;
        match self.rng.u8(0..10) {
            0 => input[place] ^= 1 << self.rng.u8(0..8),
            1 => input[place] = self.rng.u8(..),
            2 | 3 => {
                let new = self.word().to_le_bytes();
                let end = input.len().min(word + 4);
                input[word..end].copy_from_slice(&new[..end - word]);
            }
            4 => {
                let new = self.word().to_le_bytes();
                input.splice(word..word, new);
            }
            5 => {
                let end = input.len().min(word + 4 * self.rng.usize(1..=8));
                input.drain(word..end);
            }
            6 => input.truncate(place),
            7 => {
                // Another value from its middle on.
                let other = self.any(material);
                let from = self.rng.usize(0..=other.len()) & !3;
                input.truncate(word);
                input.extend(&other[from..]);
            }
            8 => {
                // A run of the same items.
                let end = input.len().min(word + 4 * self.rng.usize(1..=32));
                let part = input[word..end].repeat(self.rng.usize(1..=64));
                input.splice(word..word, part);
            }
            _ => self.count(input),
        }
    }

    /// Another number of items in one of the vectors.
    fn count(&mut self, input: &mut [u8]) {
        let is_vector = |place: &usize| input[*place..].starts_with(&ids::VECTOR.to_le_bytes());
        let places: Vec<usize> = (0..input.len()).step_by(4).filter(is_vector).collect();
        let count = self.word().to_le_bytes();
        if let Some(&place) = self.rng.choice(&places)
            && let Some(word) = input.get_mut(place + 4..place + 8)
        {
            word.copy_from_slice(&count);
        }
    }
}
