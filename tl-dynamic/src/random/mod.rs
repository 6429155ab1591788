//! Random values of a schema, the same for the same seed on every platform.
//!
//! They are meant to find faults: numbers stand at the ends of their ranges, strings have the lengths at which their form
//! changes, words have all bits, none, or one, lists are empty, short or longer. A value ends: beyond the depth and the budget of
//! the [`Profile`] come only the smallest values that the schema has.

mod finite;
#[cfg(feature = "arbitrary")]
pub mod fuzz;
mod profile;
mod source;
#[cfg(feature = "proptest")]
pub mod strategy;
mod words;

use std::collections::HashSet;
use std::fmt;

use tlgen_model::Valid;
use tlgen_model::schema::{Combinator, CombinatorIdx, NatExpr, Param, Primitive, Schema, TypeArg, TypeExpr};

pub use self::profile::{Objects, Profile};

use self::finite::Finite;
use self::source::Source;
use self::words::Words;
use crate::MAX_DEPTH;
use crate::encode;
use crate::error::{EncodeError, SchemaFault};
use crate::root::Root;
use crate::scope::{Level, Scope, only_constructor, refined};
use crate::value::{Object, Value, is_default, is_plain_item};
use crate::wire::primitive_size;

/// Makes random values.
#[derive(Clone, Debug)]
pub struct Generator<'s> {
    schema: &'s Schema,
    profile: Profile,
    finite: Finite,
    words: Words,
    objects: Vec<CombinatorIdx>,
    functions: Vec<CombinatorIdx>,
    source: Source,
    depth: usize,
    budget: usize,
}

/// Why there is no random value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RandomError {
    /// Each value contains another one of its type, or an `Object` that the profile forbids.
    NoFiniteValue,
    /// The smallest value is nested deeper than any reader accepts.
    TooDeep,
    /// The schema does not say what the value is.
    Schema(SchemaFault),
    /// The value could not be written.
    Encode(EncodeError),
}

impl fmt::Display for RandomError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFiniteValue => f.write_str("the type has no finite value"),
            Self::TooDeep => f.write_str("the smallest value is nested too deep"),
            Self::Schema(fault) => fault.fmt(f),
            Self::Encode(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RandomError {}

impl From<EncodeError> for RandomError {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl<'s> Generator<'s> {
    /// For `schema`, with the default profile.
    #[must_use]
    pub fn new(schema: &'s Valid<Schema>, seed: u64) -> Self {
        let mut generator = Self {
            schema,
            profile: Profile::default(),
            finite: Finite::new(schema, true),
            words: Words::new(schema),
            objects: Vec::new(),
            functions: Vec::new(),
            source: Source::new(seed),
            depth: 0,
            budget: 0,
        };
        generator.collect();
        generator
    }

    /// With another profile.
    #[must_use]
    pub fn with_profile(mut self, profile: Profile) -> Self {
        if (profile.objects == Objects::Avoid) != (self.profile.objects == Objects::Avoid) {
            self.finite = Finite::new(self.schema, profile.objects != Objects::Avoid);
            self.collect();
        }
        self.profile = profile;
        self
    }

    /// Begins anew with another seed.
    pub fn reseed(&mut self, seed: u64) {
        self.source = Source::new(seed);
    }

    /// Notes what may stand for any object and any function: of several with one id the first, as a reader has it.
    fn collect(&mut self) {
        let mut ids = HashSet::new();
        let mut constructors: Vec<_> =
            self.schema.constructors().filter(|(_, constructor)| ids.insert(constructor.id)).collect();
        constructors.retain(|(_, constructor)| constructor.generics.is_empty() && !is_default(constructor));
        ids.clear();
        let functions = self.schema.functions().filter(|(_, function)| ids.insert(function.id)).collect();
        let finite = |all: Vec<(CombinatorIdx, &Combinator)>| {
            let all = all.into_iter().map(|(idx, _)| idx);
            all.filter(|idx| self.finite.order(*idx).is_some()).collect()
        };
        (self.objects, self.functions) = (finite(constructors), finite(functions));
    }

    /// A value whose root is this constructor or function. Its variables stand for `int` and 2.
    ///
    /// # Errors
    /// If there is none.
    pub fn combinator(&mut self, combinator: CombinatorIdx) -> Result<Object, RandomError> {
        self.begin();
        if self.finite.order(combinator).is_none() {
            return Err(RandomError::NoFiniteValue);
        }
        self.object(combinator, Scope::root(self.schema.combinator(combinator)))
    }

    /// The bytes of [`Generator::combinator`], with the id before it.
    ///
    /// # Errors
    /// If there is no value.
    pub fn combinator_bytes(&mut self, combinator: CombinatorIdx) -> Result<Vec<u8>, RandomError> {
        let object = self.combinator(combinator)?;
        Ok(encode::boxed(self.schema, &object)?)
    }

    /// A value of type `ty`.
    ///
    /// # Errors
    /// If there is none.
    pub fn value(&mut self, ty: &'s TypeExpr) -> Result<Value, RandomError> {
        self.begin();
        if !self.finite.has_value(self.schema, ty) {
            return Err(RandomError::NoFiniteValue);
        }
        self.expr(ty, false, &mut Scope::default())
    }

    /// A message.
    ///
    /// # Errors
    /// If there is none.
    pub fn root(&mut self, root: Root<'s>) -> Result<Value, RandomError> {
        match root {
            Root::Any => self.value(&TypeExpr::Object),
            Root::Type(ty) => self.value(ty),
            Root::Boxed(idx) | Root::Bare(idx) => self.combinator(idx).map(Value::Object),
        }
    }

    /// The bytes of [`Generator::value`].
    ///
    /// # Errors
    /// If there is no value.
    pub fn type_bytes(&mut self, ty: &'s TypeExpr) -> Result<Vec<u8>, RandomError> {
        let value = self.value(ty)?;
        Ok(encode::value(self.schema, ty, &value)?)
    }

    fn begin(&mut self) {
        self.depth = 0;
        self.budget = self.profile.budget;
    }

    /// Whether only the smallest values may follow.
    fn is_tight(&self) -> bool {
        self.budget == 0 || self.depth > self.profile.max_depth
    }

    fn spend(&mut self, bytes: usize) {
        self.budget = self.budget.saturating_sub(bytes);
    }

    fn expr(&mut self, expr: &'s TypeExpr, bare: bool, scope: &mut Scope<'s>) -> Result<Value, RandomError> {
        match expr {
            TypeExpr::Nat => Ok(Value::Nat(self.source.edge32())),
            TypeExpr::Primitive { primitive, .. } => Ok(self.primitive(*primitive)),
            TypeExpr::Object => self.any_object(),
            TypeExpr::Function { .. } => {
                let functions = std::mem::take(&mut self.functions);
                let chosen = self.choose(&functions);
                self.functions = functions;
                self.any(chosen?)
            }
            TypeExpr::Vector { item, .. } => {
                self.spend(8);
                let has_items = !self.is_tight() && self.finite.has_value(self.schema, item);
                let count = if has_items { self.source.count() } else { 0 };
                let items = (0..count).map(|_| self.expr(item, false, scope)).collect::<Result<_, _>>()?;
                Ok(Value::List(items))
            }
            TypeExpr::Boxed { ty, args } if !bare => {
                self.spend(4);
                let mut made = Vec::new();
                for constructor in &self.schema.ty(*ty).constructors {
                    if self.finite.order(*constructor).is_some()
                        && let Some(inner) = scope.enter(self.schema.combinator(*constructor), args)
                    {
                        made.push((*constructor, inner));
                    }
                }
                let candidates: Vec<CombinatorIdx> = made.iter().map(|(constructor, _)| *constructor).collect();
                if candidates.is_empty() {
                    return Err(RandomError::Schema(SchemaFault::Arguments));
                }
                let order = |idx: &CombinatorIdx| self.finite.order_with(self.schema, *idx, args, scope, 0);
                let chosen = match self.is_tight() {
                    true => candidates.iter().copied().min_by_key(order).ok_or(RandomError::NoFiniteValue)?,
                    false => self.choose(&candidates)?,
                };
                let inner = made.into_iter().find(|(constructor, _)| *constructor == chosen);
                let inner = inner.map(|(_, inner)| inner).unwrap_or_default();
                Ok(Value::Object(self.object(chosen, inner)?))
            }
            TypeExpr::Boxed { ty, args } => {
                let only = only_constructor(self.schema, *ty);
                self.bare(only.ok_or(RandomError::Schema(SchemaFault::Bare(*ty)))?, args, scope)
            }
            TypeExpr::Unresolved => Err(RandomError::Schema(SchemaFault::Unresolved)),
            TypeExpr::Refined { ty, args } => {
                let found = refined(self.schema, *ty, args, scope);
                let (constructor, inner) = found.ok_or(RandomError::Schema(SchemaFault::Arguments))?;
                Ok(Value::Object(self.object(constructor, inner)?))
            }
            TypeExpr::Bare { constructor, args } => self.bare(*constructor, args, scope),
            TypeExpr::Var { generic, bare: percent } => {
                let closure = scope.variable(*generic).ok_or(RandomError::Schema(SchemaFault::Unbound))?;
                self.expr(closure.expr, bare || *percent || closure.bare, &mut closure.scope.clone())
            }
            TypeExpr::Repeat { count, fields } => self.repeat(count, fields, scope),
        }
    }

    fn bare(
        &mut self,
        constructor: CombinatorIdx,
        args: &'s [TypeArg],
        scope: &Scope<'s>,
    ) -> Result<Value, RandomError> {
        let inner = scope.enter(self.schema.combinator(constructor), args);
        let inner = inner.ok_or(RandomError::Schema(SchemaFault::Arguments))?;
        Ok(Value::Object(self.object(constructor, inner)?))
    }

    /// One of `candidates`; where it is tight, the one that became finite first.
    fn choose(&mut self, candidates: &[CombinatorIdx]) -> Result<CombinatorIdx, RandomError> {
        if candidates.is_empty() {
            return Err(RandomError::NoFiniteValue);
        }
        if !self.is_tight() {
            return Ok(self.source.pick(candidates));
        }
        let first = candidates.iter().min_by_key(|idx| self.finite.order(**idx).unwrap_or(u32::MAX));
        first.copied().ok_or(RandomError::NoFiniteValue)
    }

    fn any_object(&mut self) -> Result<Value, RandomError> {
        match self.profile.objects {
            Objects::Constructor => {
                let objects = std::mem::take(&mut self.objects);
                let chosen = self.choose(&objects);
                self.objects = objects;
                self.any(chosen?)
            }
            Objects::Raw(length) => {
                let length = length.next_multiple_of(4);
                self.spend(length);
                Ok(Value::Raw(self.source.bytes(length)))
            }
            Objects::Avoid => Err(RandomError::NoFiniteValue),
        }
    }

    fn any(&mut self, combinator: CombinatorIdx) -> Result<Value, RandomError> {
        self.spend(4);
        let scope = Scope::root(self.schema.combinator(combinator));
        Ok(Value::Object(self.object(combinator, scope)?))
    }

    fn object(&mut self, idx: CombinatorIdx, mut scope: Scope<'s>) -> Result<Object, RandomError> {
        if self.depth >= MAX_DEPTH {
            return Err(RandomError::TooDeep);
        }
        self.depth += 1;
        let combinator = self.schema.combinator(idx);
        let fields = self.record(&combinator.params, &mut scope, Level::Combinator)?;
        self.depth -= 1;
        Ok(Object { combinator: idx, fields })
    }

    fn repeat(&mut self, count: &NatExpr, fields: &'s [Param], scope: &mut Scope<'s>) -> Result<Value, RandomError> {
        let count = scope.number(count).ok_or(RandomError::Schema(SchemaFault::Number))?;
        let mut items = Vec::new();
        for _ in 0..count {
            scope.enter_record();
            items.push(match fields {
                [field] if is_plain_item(fields) => self.expr(&field.ty, false, scope)?,
                _ => Value::Record(self.record(fields, scope, Level::Record)?),
            });
            scope.leave_record();
        }
        Ok(Value::List(items))
    }

    fn record(
        &mut self,
        params: &'s [Param],
        scope: &mut Scope<'s>,
        level: Level,
    ) -> Result<Vec<Option<Value>>, RandomError> {
        let mut fields = Vec::with_capacity(params.len());
        for (place, param) in params.iter().enumerate() {
            let is_there = param.condition.is_none_or(|condition| scope.word(condition.word) >> condition.bit & 1 == 1);
            fields.push(match &param.ty {
                _ if !is_there => None,
                TypeExpr::Nat => {
                    let word = self.word(params, level, place);
                    scope.set_word(level.place(place), word);
                    Some(Value::Nat(word))
                }
                ty => Some(self.expr(ty, false, scope)?),
            });
        }
        Ok(fields)
    }

    /// A word that fits its use: bits for fields, a small count, any number, 0.
    fn word(&mut self, params: &[Param], level: Level, place: usize) -> u32 {
        self.spend(4);
        let nat = level.place(place);
        let usage = self.words.usage(self.schema, params, nat);
        let declared = usage.bits;
        if !usage.counts && declared == 0 {
            // Programs write 0 into a mask that no field needs; any other number has all values.
            let is_free = self.profile.undeclared_bits || !params[place].is_named_flags();
            return if is_free { self.source.edge32() } else { 0 };
        }
        if self.is_tight() {
            return 0;
        }
        // Fields beside the word that have no finite value stay away, and so do counted items.
        let mut allowed = u32::MAX;
        let mut counts = usage.counts;
        for param in params {
            if let Some(condition) = param.condition
                && condition.word == nat
                && !self.finite.has_value(self.schema, &param.ty)
            {
                allowed &= !(1 << condition.bit);
            }
            if let TypeExpr::Repeat { count: NatExpr::Ref { nat: counted, .. }, fields } = &param.ty
                && *counted == nat
            {
                counts &= fields.iter().all(|field| self.finite.has_value(self.schema, &field.ty));
            }
        }
        let word = match (usage.counts, counts) {
            (true, false) => 0,
            (true, true) => [0, 1, 1, 2, 2, 3, 5][self.source.below(7)],
            _ => self.mask(declared),
        };
        word & allowed
    }

    fn mask(&mut self, declared: u32) -> u32 {
        let bits = match self.source.below(5) {
            0 => 0,
            1 => declared,
            2 => {
                let chosen = self.source.below(declared.count_ones() as usize);
                (0..32).map(|bit| 1 << bit).filter(|mask| declared & mask != 0).nth(chosen).unwrap_or(0)
            }
            _ => self.source.u32() & declared,
        };
        let extra = if self.profile.undeclared_bits { self.source.u32() & !declared } else { 0 };
        bits | extra
    }

    fn primitive(&mut self, primitive: Primitive) -> Value {
        self.spend(primitive_size(primitive));
        let length = match primitive {
            Primitive::String | Primitive::Bytes if self.is_tight() => 0,
            Primitive::String | Primitive::Bytes => self.source.length(),
            _ => primitive_size(primitive),
        };
        match primitive {
            Primitive::Int => Value::Int(self.source.edge32().cast_signed()),
            Primitive::Long => Value::Long(self.source.edge64().cast_signed()),
            Primitive::Double => Value::Double(self.source.double(self.profile.nan)),
            Primitive::Float => Value::Float(self.source.float(self.profile.nan)),
            Primitive::Bool => Value::Bool(self.source.once_in(2)),
            Primitive::True => Value::True,
            Primitive::String => {
                self.spend(length);
                if self.profile.invalid_text && self.source.once_in(4) {
                    text_or_bytes(self.source.bytes(length))
                } else {
                    Value::Text(self.source.text(length))
                }
            }
            Primitive::Bytes => {
                self.spend(length);
                Value::Bytes(self.source.bytes(length))
            }
            Primitive::Int128 | Primitive::Int256 | Primitive::Int512 => Value::Bytes(self.source.bytes(length)),
        }
    }
}

/// Text where it is UTF-8, as a reader has it.
fn text_or_bytes(bytes: Vec<u8>) -> Value {
    String::from_utf8(bytes).map_or_else(|error| Value::Bytes(error.into_bytes()), Value::Text)
}
