//! Random bytes of every constructor and function, made by the schema alone.

use std::collections::BTreeMap;

use tlgen_dynamic::{Codec, Generator, Object, Profile, Value};
use tlgen_model::Valid;
use tlgen_model::schema::{Combinator, CombinatorIdx, Param, Schema, TypeExpr, WordUse};
use tlgen_parser::source::Sources;

/// How many values each constructor and function gets.
pub(crate) fn count() -> usize {
    match std::env::var("TL_API_VALUES") {
        Ok(text) => text.parse().expect("TL_API_VALUES is a number"),
        Err(_) => 20,
    }
}

/// The schema of the whole API.
pub(crate) fn schema() -> Valid<Schema> {
    let path = env!("TL_API");
    let mut sources = Sources::new();
    let file = sources.add(path, std::fs::read_to_string(path).unwrap());
    tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap()
}

/// What a value begins with: a constructor and a function may have the same name.
#[derive(Clone, Copy)]
pub(crate) enum Root {
    Constructor,
    Function,
}

/// Makes values.
pub(crate) struct Values<'s> {
    schema: &'s Valid<Schema>,
    codec: Codec<'s>,
    generator: Generator<'s>,
    constructors: BTreeMap<&'s str, CombinatorIdx>,
    functions: BTreeMap<&'s str, CombinatorIdx>,
    inner: CombinatorIdx,
}

impl<'s> Values<'s> {
    /// If a function takes a query, the query is always `inner`.
    pub(crate) fn new(schema: &'s Valid<Schema>, inner: &str, profile: Profile) -> Self {
        let named = |(idx, combinator): (CombinatorIdx, &'s Combinator)| (combinator.name.full(), idx);
        let functions: BTreeMap<_, _> = schema.functions().map(named).collect();
        Self {
            schema,
            codec: Codec::new(schema),
            generator: Generator::new(schema, 0).with_profile(profile),
            constructors: schema.constructors().map(named).collect(),
            inner: functions[inner],
            functions,
        }
    }

    /// `count` values of a constructor or function; they do not depend on the run or on what else is made.
    pub(crate) fn of(&mut self, root: Root, name: &str, count: usize) -> Vec<Sample> {
        let idx = self.index(root, name);
        self.generator.reseed(u64::from(self.schema.combinator(idx).id));
        (0..count).map(|_| self.value(idx)).collect()
    }

    /// The constructor or function.
    pub(crate) fn index(&self, root: Root, name: &str) -> CombinatorIdx {
        match root {
            Root::Constructor => self.constructors[name],
            Root::Function => self.functions[name],
        }
    }

    fn value(&mut self, idx: CombinatorIdx) -> Sample {
        let mut object = self.generator.combinator(idx).unwrap();
        for (field, param) in object.fields.iter_mut().zip(&self.schema.combinator(idx).params) {
            if matches!(param.ty, TypeExpr::Function { .. }) {
                *field = Some(Value::Object(self.generator.combinator(self.inner).unwrap()));
            }
        }
        let bytes = self.codec.encode_boxed(&object).unwrap();
        clear(self.schema, &mut object);
        Sample { bytes, cleared: self.codec.encode_boxed(&object).unwrap() }
    }
}

/// One value as bytes.
pub(crate) struct Sample {
    /// As it was made.
    pub(crate) bytes: Vec<u8>,
    /// With 0 in each word that the schema declares and does not use. The other implementation writes no other.
    pub(crate) cleared: Vec<u8>,
}

/// Whether nothing depends on a word.
pub(crate) fn is_unused(param: &Param) -> bool {
    param.ty == TypeExpr::Nat && param.word == WordUse::default()
}

fn clear(schema: &Schema, object: &mut Object) {
    for (field, param) in object.fields.iter_mut().zip(&schema.combinator(object.combinator).params) {
        match field {
            Some(Value::Nat(word)) if is_unused(param) => *word = 0,
            Some(value) => clear_in(schema, value),
            None => {}
        }
    }
}

fn clear_in(schema: &Schema, value: &mut Value) {
    match value {
        Value::Object(object) => clear(schema, object),
        Value::List(items) => items.iter_mut().for_each(|item| clear_in(schema, item)),
        _ => {}
    }
}
