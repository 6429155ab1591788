//! Value -> bytes.
//!
//! Words come out with exactly the bits of the fields that are there; other bits are kept as they stand in the value. A word
//! that is missing is made from the fields, as a count from the length of its list.

use tlgen_model::schema::{
    Combinator, CombinatorIdx, Condition, NatExpr, NatRef, Param, Primitive, Schema, SectionKind, TypeArg, TypeExpr,
};

use crate::MAX_DEPTH;
use crate::codec::Codec;
use crate::error::{EncodeError, EncodeErrorKind, Path, SchemaFault, Step};
use crate::root::Root;
use crate::scope::{Level, Scope, only_constructor, refined};
use crate::value::{Object, Value, is_default, is_plain_item};
use crate::wire;

pub(crate) fn value(schema: &Schema, ty: &TypeExpr, value: &Value) -> Result<Vec<u8>, EncodeError> {
    let mut encoder = Encoder { schema, codec: None, out: Vec::new(), depth: 0 };
    encoder.expr(ty, false, &mut Scope::default(), value).map_err(|fault| *fault)?;
    Ok(encoder.out)
}

pub(crate) fn boxed(schema: &Schema, object: &Object) -> Result<Vec<u8>, EncodeError> {
    let mut encoder = Encoder { schema, codec: None, out: Vec::new(), depth: 0 };
    encoder.any(object, None).map_err(|fault| *fault)?;
    Ok(encoder.out)
}

pub(crate) fn root(codec: &Codec<'_>, root: Root<'_>, value: &Value) -> Result<Vec<u8>, EncodeError> {
    let mut encoder = Encoder { schema: codec.schema(), codec: Some(codec), out: Vec::new(), depth: 0 };
    encoder.root(root, value).map_err(|fault| *fault)?;
    Ok(encoder.out)
}

/// Boxed, because a result with it goes through every call.
type Fault = Box<EncodeError>;

struct Encoder<'s> {
    schema: &'s Schema,
    /// What is known of messages that hold others.
    codec: Option<&'s Codec<'s>>,
    out: Vec<u8>,
    depth: usize,
}

impl From<EncodeErrorKind> for Fault {
    fn from(kind: EncodeErrorKind) -> Self {
        Self::new(EncodeError { kind, path: Path::default() })
    }
}

impl From<SchemaFault> for Fault {
    fn from(fault: SchemaFault) -> Self {
        EncodeErrorKind::Schema(fault).into()
    }
}

fn kind(expected: &'static str, value: &Value) -> Fault {
    EncodeErrorKind::Kind { expected, found: value.kind() }.into()
}

impl<'s> Encoder<'s> {
    fn root(&mut self, root: Root<'s>, value: &Value) -> Result<(), Fault> {
        match root {
            Root::Any => self.dynamic(value),
            Root::Type(ty) => self.expr(ty, false, &mut Scope::default(), value),
            Root::Boxed(idx) | Root::Bare(idx) => {
                let object = object(value)?;
                let combinator = self.combinator(object)?;
                if object.combinator != idx {
                    return Err(unexpected(self.schema.combinator(idx).name.full(), self.schema, object.combinator));
                }
                if matches!(root, Root::Boxed(_)) {
                    self.id(combinator);
                }
                self.fields(object, Scope::root(combinator))
            }
        }
    }

    fn u32(&mut self, value: u32) {
        self.out.extend_from_slice(&value.to_le_bytes());
    }

    fn id(&mut self, combinator: &Combinator) {
        if !is_default(combinator) {
            self.u32(combinator.id);
        }
    }

    fn expr(&mut self, expr: &'s TypeExpr, bare: bool, scope: &mut Scope<'s>, value: &Value) -> Result<(), Fault> {
        match expr {
            TypeExpr::Nat => match value {
                Value::Nat(word) => self.u32(*word),
                _ => return Err(kind("an unsigned number", value)),
            },
            TypeExpr::Primitive { primitive, boxed } => {
                if let (Some(id), false) = (boxed, bare) {
                    self.u32(*id);
                }
                self.primitive(*primitive, value)?;
            }
            TypeExpr::Object => self.dynamic(value)?,
            TypeExpr::Function { .. } => self.any(object(value)?, Some(SectionKind::Functions))?,
            TypeExpr::Vector { boxed, item } => {
                let Value::List(items) = value else { return Err(kind("a list", value)) };
                if *boxed && !bare {
                    self.u32(wire::VECTOR);
                }
                self.items(items, |encoder, value| encoder.expr(item, false, scope, value))?;
            }
            TypeExpr::Boxed { ty, args } if !bare => {
                let object = object(value)?;
                let combinator = self.combinator(object)?;
                if combinator.ty != Some(*ty) {
                    return Err(unexpected(self.schema.ty(*ty).name.full(), self.schema, object.combinator));
                }
                self.id(combinator);
                self.constructor(object, args, scope)?;
            }
            TypeExpr::Boxed { ty, args } => {
                let only = only_constructor(self.schema, *ty).ok_or(SchemaFault::Bare(*ty))?;
                self.bare(only, args, scope, value)?;
            }
            TypeExpr::Unresolved => return Err(SchemaFault::Unresolved.into()),
            TypeExpr::Refined { ty, args } => {
                let (constructor, inner) = refined(self.schema, *ty, args, scope).ok_or(SchemaFault::Arguments)?;
                let object = object(value)?;
                self.combinator(object)?;
                if object.combinator != constructor {
                    let expected = self.schema.combinator(constructor).name.full();
                    return Err(unexpected(expected, self.schema, object.combinator));
                }
                self.fields(object, inner)?;
            }
            TypeExpr::Bare { constructor, args } => self.bare(*constructor, args, scope, value)?,
            TypeExpr::Var { generic, bare: percent } => {
                let closure = scope.variable(*generic).ok_or(SchemaFault::Unbound)?;
                let bare = bare || *percent || closure.bare;
                self.expr(closure.expr, bare, &mut closure.scope.clone(), value)?;
            }
            TypeExpr::Repeat { count, fields } => self.repeat(count, fields, scope, value)?,
        }
        Ok(())
    }

    /// An `Object`: any value that says by its id what it is, or bytes.
    fn dynamic(&mut self, value: &Value) -> Result<(), Fault> {
        match value {
            Value::Object(object) => self.any(object, None)?,
            Value::Raw(bytes) => self.out.extend_from_slice(bytes),
            Value::Bool(true) => self.u32(wire::BOOL_TRUE),
            Value::Bool(false) => self.u32(wire::BOOL_FALSE),
            Value::True => self.u32(wire::TRUE),
            Value::List(_) if self.depth >= MAX_DEPTH => return Err(EncodeErrorKind::TooDeep.into()),
            Value::List(items) => {
                self.depth += 1;
                self.u32(wire::VECTOR);
                self.items(items, Self::dynamic)?;
                self.depth -= 1;
            }
            _ => return Err(kind("an object", value)),
        }
        Ok(())
    }

    /// The number of the items, and the items.
    fn items(
        &mut self,
        items: &[Value],
        mut write: impl FnMut(&mut Self, &Value) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let count = u32::try_from(items.len()).ok().filter(|_| items.len() <= wire::MAX_ITEMS);
        self.u32(count.ok_or(EncodeErrorKind::TooLong)?);
        for (place, value) in items.iter().enumerate() {
            write(self, value).map_err(|error| at(error, Step::Item(place)))?;
        }
        Ok(())
    }

    fn primitive(&mut self, primitive: Primitive, value: &Value) -> Result<(), Fault> {
        match (primitive, value) {
            (Primitive::Int, Value::Int(value)) => self.out.extend_from_slice(&value.to_le_bytes()),
            (Primitive::Long, Value::Long(value)) => self.out.extend_from_slice(&value.to_le_bytes()),
            (Primitive::Double, Value::Double(value)) => self.out.extend_from_slice(&value.to_le_bytes()),
            (Primitive::Float, Value::Float(value)) => self.out.extend_from_slice(&value.to_le_bytes()),
            (Primitive::True, Value::True) => {}
            (Primitive::Bool, Value::Bool(true)) => self.u32(wire::BOOL_TRUE),
            (Primitive::Bool, Value::Bool(false)) => self.u32(wire::BOOL_FALSE),
            (Primitive::String, Value::Text(text)) => self.bytes(text.as_bytes())?,
            (Primitive::String | Primitive::Bytes, Value::Bytes(bytes)) => self.bytes(bytes)?,
            (Primitive::Int128, Value::Bytes(bytes)) => self.fixed(bytes, 16)?,
            (Primitive::Int256, Value::Bytes(bytes)) => self.fixed(bytes, 32)?,
            (Primitive::Int512, Value::Bytes(bytes)) => self.fixed(bytes, 64)?,
            _ => return Err(kind(primitive_kind(primitive), value)),
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if wire::put_bytes(&mut self.out, bytes) { Ok(()) } else { Err(EncodeErrorKind::TooLong.into()) }
    }

    fn fixed(&mut self, bytes: &[u8], expected: usize) -> Result<(), Fault> {
        if bytes.len() != expected {
            return Err(EncodeErrorKind::Length { expected, found: bytes.len() }.into());
        }
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn combinator(&self, object: &Object) -> Result<&'s Combinator, Fault> {
        let found = self.schema.combinators.get(object.combinator.0 as usize);
        found.ok_or_else(|| EncodeErrorKind::UnknownCombinator.into())
    }

    /// Any constructor or function, with its id.
    fn any(&mut self, object: &Object, section: Option<SectionKind>) -> Result<(), Fault> {
        let combinator = self.combinator(object)?;
        if section.is_some_and(|section| section != combinator.kind) {
            return Err(unexpected("a function", self.schema, object.combinator));
        }
        self.id(combinator);
        self.fields(object, Scope::root(combinator))
    }

    fn bare(
        &mut self,
        constructor: CombinatorIdx,
        args: &'s [TypeArg],
        scope: &Scope<'s>,
        value: &Value,
    ) -> Result<(), Fault> {
        let object = object(value)?;
        self.combinator(object)?;
        if object.combinator != constructor {
            let expected = self.schema.combinator(constructor).name.full();
            return Err(unexpected(expected, self.schema, object.combinator));
        }
        self.constructor(object, args, scope)
    }

    fn constructor(&mut self, object: &Object, args: &'s [TypeArg], scope: &Scope<'s>) -> Result<(), Fault> {
        let inner = scope.enter(self.schema.combinator(object.combinator), args).ok_or(SchemaFault::Arguments)?;
        self.fields(object, inner)
    }

    fn fields(&mut self, object: &Object, mut scope: Scope<'s>) -> Result<(), Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(EncodeErrorKind::TooDeep.into());
        }
        self.depth += 1;
        let combinator = self.schema.combinator(object.combinator);
        self.record(&combinator.params, &object.fields, &mut scope, Some(object.combinator))
            .map_err(|error| at(error, Step::Combinator(combinator.name.clone())))?;
        self.depth -= 1;
        Ok(())
    }

    fn repeat(
        &mut self,
        count: &NatExpr,
        fields: &'s [Param],
        scope: &mut Scope<'s>,
        value: &Value,
    ) -> Result<(), Fault> {
        let Value::List(items) = value else { return Err(kind("a list", value)) };
        let expected = scope.number(count).ok_or(SchemaFault::Number)?;
        if usize::try_from(expected).is_ok_and(|expected| expected != items.len()) {
            return Err(EncodeErrorKind::Count { expected, found: items.len() }.into());
        }
        for (place, item) in items.iter().enumerate() {
            scope.enter_record();
            let written = match (fields, item) {
                ([field], item) if is_plain_item(fields) => self.expr(&field.ty, false, scope, item),
                (_, Value::Record(values)) => self.record(fields, values, scope, None),
                _ => Err(kind("a record", item)),
            };
            written.map_err(|error| at(error, Step::Item(place)))?;
            scope.leave_record();
        }
        Ok(())
    }

    fn record(
        &mut self,
        params: &'s [Param],
        values: &[Option<Value>],
        scope: &mut Scope<'s>,
        of: Option<CombinatorIdx>,
    ) -> Result<(), Fault> {
        if params.len() != values.len() {
            return Err(EncodeErrorKind::FieldCount { expected: params.len(), found: values.len() }.into());
        }
        let level = if of.is_some() { Level::Combinator } else { Level::Record };
        let known = of.and_then(|of| Some((self.codec?, of)));
        let envelope = known.and_then(|(codec, of)| codec.envelope(of));
        let mut length_at = 0;
        let present = presence(params, values, level);
        for (place, (param, value)) in params.iter().zip(values).enumerate() {
            let start = self.out.len();
            let written = match (&param.ty, value) {
                _ if envelope.is_some_and(|envelope| envelope.length == place) => {
                    length_at = start;
                    self.u32(0);
                    Ok(())
                }
                _ if !present[place] && param.condition.is_some() => self.absent(param, scope, level),
                (TypeExpr::Nat, value) => check_bit(param, scope, level)
                    .and_then(|()| self.word(params, values, &present, scope, level, place, value.as_ref())),
                (ty, Some(value)) => check_bit(param, scope, level).and_then(|()| {
                    let answer = known.and_then(|(codec, of)| codec.answer_of_value(of, place, value));
                    self.expr(answer.unwrap_or(ty), false, scope, value)
                }),
                (_, None) => Err(EncodeErrorKind::Missing.into()),
            };
            let written = written.and_then(|()| {
                if envelope.is_some_and(|envelope| envelope.body == place) {
                    let length = i32::try_from(self.out.len() - start).map_err(|_| EncodeErrorKind::TooLong)?;
                    self.out[length_at..length_at + 4].copy_from_slice(&length.to_le_bytes());
                }
                Ok(())
            });
            written.map_err(|mut error| {
                error.path.push_field(param, place);
                error
            })?;
        }
        Ok(())
    }

    /// A field that is not there: right if its bit is not set. The bits of this level were made to agree.
    fn absent(&self, param: &Param, scope: &Scope<'s>, level: Level) -> Result<(), Fault> {
        match param.condition {
            Some(Condition { word, bit }) if level.param(word).is_none() && scope.word(word) >> bit & 1 == 1 => {
                Err(EncodeErrorKind::Presence.into())
            }
            _ => Ok(()),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a word depends on all that stands beside it")]
    fn word(
        &mut self,
        params: &[Param],
        values: &[Option<Value>],
        present: &[bool],
        scope: &mut Scope<'s>,
        level: Level,
        place: usize,
        value: Option<&Value>,
    ) -> Result<(), Fault> {
        let nat = level.place(place);
        let written = match value {
            Some(Value::Nat(word)) => *word,
            Some(value) => return Err(kind("an unsigned number", value)),
            None => match count(params, values, nat)? {
                Some(count) => count,
                None if params.iter().any(|param| param.condition.is_some_and(|condition| condition.word == nat)) => 0,
                None => return Err(EncodeErrorKind::Missing.into()),
            },
        };
        let (mut declared, mut set) = (0, 0);
        for (param, present) in params.iter().zip(present) {
            if let Some(Condition { word, bit }) = param.condition
                && word == nat
            {
                let mask = 1 << bit;
                if declared & mask != 0 && (set & mask != 0) != *present {
                    return Err(EncodeErrorKind::SharedBit { bit }.into());
                }
                declared |= mask;
                set |= if *present { mask } else { 0 };
            }
        }
        let word = written & !declared | set;
        scope.set_word(nat, word);
        self.u32(word);
        Ok(())
    }
}

/// A field that is there: its bit must be set if it belongs to an outer word.
fn check_bit(param: &Param, scope: &Scope<'_>, level: Level) -> Result<(), Fault> {
    match param.condition {
        Some(Condition { word, bit }) if level.param(word).is_none() && scope.word(word) >> bit & 1 == 0 => {
            Err(EncodeErrorKind::Presence.into())
        }
        _ => Ok(()),
    }
}

/// Which fields are there. A conditional word that is missing is there if a field needs it.
fn presence(params: &[Param], values: &[Option<Value>], level: Level) -> Vec<bool> {
    let mut present: Vec<bool> = values.iter().map(Option::is_some).collect();
    for place in (0..params.len()).rev() {
        if present[place]
            && let Some(word) = params[place].condition.and_then(|condition| level.param(condition.word))
            && let Some(present) = present.get_mut(word)
        {
            *present = true;
        }
    }
    present
}

/// The value of a word that counts a repetition beside it, from the length of the list.
fn count(params: &[Param], values: &[Option<Value>], nat: NatRef) -> Result<Option<u32>, Fault> {
    for (param, value) in params.iter().zip(values) {
        if let (TypeExpr::Repeat { count: NatExpr::Ref { nat: counted, plus }, .. }, Some(Value::List(items))) =
            (&param.ty, value)
            && *counted == nat
        {
            let items = u32::try_from(items.len()).map_err(|_| EncodeErrorKind::TooLong)?;
            return Ok(Some(items.saturating_sub(*plus)));
        }
    }
    Ok(None)
}

fn object(value: &Value) -> Result<&Object, Fault> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(kind("an object", value)),
    }
}

fn unexpected(expected: &str, schema: &Schema, found: CombinatorIdx) -> Fault {
    let found = schema.combinator(found).name.clone();
    EncodeErrorKind::Combinator { expected: expected.to_owned(), found }.into()
}

fn at(mut error: Fault, step: Step) -> Fault {
    error.path.push(step);
    error
}

fn primitive_kind(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Int => "a 32-bit number",
        Primitive::Long => "a 64-bit number",
        Primitive::Double => "a 64-bit floating-point number",
        Primitive::Float => "a 32-bit floating-point number",
        Primitive::String => "text",
        Primitive::Bytes => "bytes",
        Primitive::Int128 => "16 bytes",
        Primitive::Int256 => "32 bytes",
        Primitive::Int512 => "64 bytes",
        Primitive::True => "the value `true`",
        Primitive::Bool => "a truth value",
    }
}
