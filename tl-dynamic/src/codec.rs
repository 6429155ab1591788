//! A schema made ready for reading and writing values.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use tlgen_model::Valid;
use tlgen_model::analysis::size::Sizes;
use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeExpr, TypeIdx};
use tlgen_model::view::Declaration;

use crate::decode::{self, DecodeOptions};
use crate::encode;
use crate::envelope::Envelopes;
use crate::error::{DecodeError, EncodeError, JsonError};
use crate::json::{self, Typed};
use crate::plan::{self, Plan};
use crate::value::{Object, Value, is_default};

/// Reads and writes the values of one schema.
///
/// Types are given as the schema has them, for example from a parameter. In a type that is given alone words stand for 0 and
/// variables for nothing: where a value of a variable is read or written, that is the fault
/// [`Unbound`](crate::SchemaFault::Unbound). In a constructor or function variables stand for `int` and 2.
#[derive(Clone, Debug)]
pub struct Codec<'s> {
    schema: &'s Valid<Schema>,
    ids: HashMap<u32, CombinatorIdx>,
    names: HashMap<&'s str, CombinatorIdx>,
    sizes: Sizes,
    /// The fields that are declared with `int53`, once somebody asks.
    int53: OnceLock<HashSet<(CombinatorIdx, usize)>>,
    pub(crate) envelopes: Envelopes,
    /// Once somebody reads.
    plan: OnceLock<Arc<Plan>>,
}

impl<'s> Codec<'s> {
    /// Of `schema`. Where two combinators have one id, `Object` means the first constructor.
    #[must_use]
    pub fn new(schema: &'s Valid<Schema>) -> Self {
        let mut ids = HashMap::with_capacity(schema.combinators.len());
        let mut names = HashMap::with_capacity(schema.combinators.len());
        for (idx, combinator) in schema.constructors().chain(schema.functions()) {
            ids.entry(combinator.id).or_insert(idx);
            names.entry(combinator.name.full()).or_insert(idx);
        }
        Self {
            schema,
            ids,
            names,
            sizes: Sizes::of(schema),
            int53: OnceLock::new(),
            envelopes: Envelopes::default(),
            plan: OnceLock::new(),
        }
    }

    /// The schema.
    #[must_use]
    pub fn schema(&self) -> &'s Valid<Schema> {
        self.schema
    }

    /// The constructor or function with this id.
    #[must_use]
    pub fn by_id(&self, id: u32) -> Option<CombinatorIdx> {
        self.ids.get(&id).copied()
    }

    /// The constructor or function with this name.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<CombinatorIdx> {
        self.names.get(name).copied()
    }

    /// What a name means where one of a section is wanted. A constructor and a function may have one name.
    pub(crate) fn named(&self, name: &str, section: Option<SectionKind>) -> Option<CombinatorIdx> {
        let found = self.by_name(name)?;
        if section != Some(SectionKind::Functions) || self.schema.combinator(found).kind == SectionKind::Functions {
            return Some(found);
        }
        let function = self.schema.functions().find(|(_, function)| function.name.full() == name);
        Some(function.map_or(found, |(idx, _)| idx))
    }

    /// The schema made ready for reading.
    pub(crate) fn plan(&self) -> &Plan {
        self.plan.get_or_init(|| Arc::new(plan::plan(self)))
    }

    /// Changes what is known beyond the schema, and so how it is read.
    pub(crate) fn with_known(mut self, envelopes: Envelopes) -> Self {
        self.envelopes = envelopes;
        self.plan = OnceLock::new();
        self
    }

    /// The function with this id.
    pub(crate) fn function_by_id(&self, id: u32) -> Option<CombinatorIdx> {
        let idx = self.by_id(id)?;
        if self.schema.combinator(idx).kind == SectionKind::Functions {
            return Some(idx);
        }
        // A constructor has the same id: rare enough to look for the function the slow way.
        self.schema.functions().find(|(_, function)| function.id == id).map(|(idx, _)| idx)
    }

    /// The constructor of `ty` with this id, and whether it has one: without such an id it is the default constructor.
    pub(crate) fn constructor_of(&self, ty: TypeIdx, id: u32) -> Option<(CombinatorIdx, bool)> {
        let is_meant = |idx: &CombinatorIdx| {
            let combinator = self.schema.combinator(*idx);
            combinator.ty == Some(ty) && combinator.id == id && !is_default(combinator)
        };
        let constructors = &self.schema.ty(ty).constructors;
        // Several types may use one id, so what the id means first need not be of this type.
        let found = self.by_id(id).filter(is_meant).or_else(|| constructors.iter().copied().find(is_meant));
        let default = || constructors.iter().copied().find(|idx| is_default(self.schema.combinator(*idx)));
        found.map(|found| (found, true)).or_else(|| default().map(|found| (found, false)))
    }

    /// A lower bound of the bytes of a value of type `ty`.
    pub(crate) fn min_size(&self, ty: &TypeExpr) -> usize {
        usize::try_from(self.sizes.expr(ty)).unwrap_or(usize::MAX)
    }

    /// Reads a value of type `ty` that fills `bytes`.
    ///
    /// # Errors
    /// The first fault of the bytes. Whatever they are, nothing panics, recursion ends at [`DecodeOptions::max_depth`], and
    /// memory stays in proportion to their length.
    pub fn decode(&self, ty: &TypeExpr, bytes: &[u8], options: &DecodeOptions) -> Result<Value, DecodeError> {
        decode::value(self, ty, bytes, options)
    }

    /// Reads a constructor or function with its id before it that fills `bytes`. Its variables stand for `int` and 2.
    ///
    /// # Errors
    /// As for [`Codec::decode`].
    pub fn decode_boxed(&self, bytes: &[u8], options: &DecodeOptions) -> Result<Object, DecodeError> {
        decode::boxed(self, bytes, options)
    }

    /// Writes a value of type `ty`.
    ///
    /// # Errors
    /// The first part of the value that is not of the type.
    pub fn encode(&self, ty: &TypeExpr, value: &Value) -> Result<Vec<u8>, EncodeError> {
        encode::value(self.schema, ty, value)
    }

    /// Writes a constructor or function with its id before it. Its variables stand for `int` and 2.
    ///
    /// # Errors
    /// As for [`Codec::encode`].
    pub fn encode_boxed(&self, object: &Object) -> Result<Vec<u8>, EncodeError> {
        encode::boxed(self.schema, object)
    }

    /// A value of type `ty` as JSON; parts that do not fit the type come out as `null`.
    ///
    /// Numbers of 64 bits and bytes are text, and what JSON cannot say is spelled out:
    ///
    /// | TL | JSON |
    /// |---|---|
    /// | `int`, `#` | number |
    /// | `long` | decimal text |
    /// | `double`, `float` | number, or `{"f64le": hex}`, `{"f32le": hex}` for one that is not finite |
    /// | `Bool`, `true` | `true`, `false` |
    /// | `string` | text, or `{"hex": hex}` where it is not UTF-8 |
    /// | `bytes`, `int128`, `int256`, `int512` | hex |
    /// | vector, repetition | array |
    /// | constructor, function | `{"_": name, field: value, ...}` without the fields that are not there |
    /// | `Object` | as its type, but `True` is `{"_": "true"}` |
    /// | `Object` that was not looked into | `{"raw": hex}` |
    ///
    /// A field without a name has the key `""`, or its index if there are several.
    #[must_use]
    pub fn to_json(&self, ty: &TypeExpr, value: &Value) -> serde_json::Value {
        tree(&self.typed(ty, value))
    }

    /// A constructor or function as JSON, as for [`Codec::to_json`].
    #[must_use]
    pub fn to_json_boxed(&self, object: &Object) -> serde_json::Value {
        tree(&self.typed_boxed(object))
    }

    /// A value of type `ty` for a serializer of serde.
    #[must_use]
    pub fn typed<'a>(&'a self, ty: &'a TypeExpr, value: &'a Value) -> Typed<'a> {
        Typed::value(self, ty, value)
    }

    /// A constructor or function for a serializer of serde.
    #[must_use]
    pub fn typed_boxed<'a>(&'a self, object: &'a Object) -> Typed<'a> {
        Typed::boxed(self, object)
    }

    /// Reads the JSON of [`Codec::to_json`]. Numbers may also be text and 64-bit ones numbers, `_` may be missing where only
    /// one constructor is possible, a switch may be `false`, and words that follow from the fields may be missing.
    ///
    /// # Errors
    /// The first part of the JSON that is not of the type. Whether words, counts and fields agree is found out by
    /// [`Codec::encode`].
    pub fn from_json(&self, ty: &TypeExpr, json: &serde_json::Value) -> Result<Value, JsonError> {
        json::read(self, ty, json)
    }

    /// Reads the JSON of [`Codec::to_json_boxed`].
    ///
    /// # Errors
    /// As for [`Codec::from_json`].
    pub fn from_json_boxed(&self, json: &serde_json::Value) -> Result<Object, JsonError> {
        json::read_boxed(self, json)
    }

    /// Whether a field is declared with `int53`, whose values a JSON number can hold.
    pub(crate) fn is_int53(&self, combinator: CombinatorIdx, place: usize) -> bool {
        self.int53().contains(&(combinator, place))
    }

    /// Whether some field is.
    pub(crate) fn has_int53(&self) -> bool {
        !self.int53().is_empty()
    }

    fn int53(&self) -> &HashSet<(CombinatorIdx, usize)> {
        self.int53.get_or_init(|| {
            let mut found = HashSet::new();
            for (idx, combinator) in self.schema.constructors().chain(self.schema.functions()) {
                if combinator.declaration.contains("int53") {
                    let types = Declaration::of(combinator).types();
                    let places = types.iter().enumerate().filter(|(_, ty)| ty.contains("int53"));
                    found.extend(places.map(|(place, _)| (idx, place)));
                }
            }
            found
        })
    }
}

/// The tree of a value. It has text keys only and finite numbers, so there always is one.
pub(crate) fn tree(value: &Typed<'_>) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
