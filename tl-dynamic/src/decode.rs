//! Bytes -> value.
//!
//! Nothing panics, whatever the bytes: recursion is counted and ends, and memory is taken only for items that the bytes left
//! can hold. Items that need no bytes at all may be little more than there are bytes.

mod object;

use tlgen_model::schema::{
    Combinator, CombinatorIdx, NatExpr, Param, Primitive, SectionKind, TypeArg, TypeExpr, TypeIdx,
};

use crate::MAX_DEPTH;
use crate::codec::Codec;
use crate::error::{DecodeError, DecodeErrorKind, Path, SchemaFault, Step};
use crate::root::Root;
use crate::scope::{Level, Scope, only_constructor, refined};
use crate::value::{Object, Value, is_default, is_plain_item};
use crate::wire::{self, BytesError, Input};

/// How many items without bytes may come in any case.
pub(crate) const FREE_ITEMS: usize = 1024;

/// How strict to be with bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeOptions {
    /// Refuse lengths that are not in their shortest form and padding that is not zero.
    pub canonical: bool,
    /// Refuse text that is not UTF-8; otherwise it is read as [`Value::Bytes`].
    pub utf8: bool,
    /// Refuse words with bits that neither a field nor a count explains.
    pub declared_bits: bool,
    /// Read an `Object` of which nobody knows the length as [`Value::Raw`] where it is the last value. Otherwise it is a fault,
    /// as it is anywhere else.
    pub raw_objects: bool,
    /// How many constructors and functions may stand within each other.
    pub max_depth: usize,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self { canonical: true, utf8: true, declared_bits: false, raw_objects: true, max_depth: MAX_DEPTH }
    }
}

impl DecodeOptions {
    /// Accepts what other implementations write: any form of a length, any padding, text that is none.
    #[must_use]
    pub fn lenient() -> Self {
        Self { canonical: false, utf8: false, ..Self::default() }
    }

    /// Reads text that is not UTF-8 as [`Value::Bytes`].
    #[must_use]
    pub fn with_any_text(self) -> Self {
        Self { utf8: false, ..self }
    }
}

pub(crate) fn value(
    codec: &Codec<'_>,
    ty: &TypeExpr,
    bytes: &[u8],
    options: &DecodeOptions,
) -> Result<Value, DecodeError> {
    whole(codec, bytes, options, |decoder| decoder.expr(ty, false, &mut Scope::default()))
}

pub(crate) fn boxed(codec: &Codec<'_>, bytes: &[u8], options: &DecodeOptions) -> Result<Object, DecodeError> {
    whole(codec, bytes, options, |decoder| decoder.any(None))
}

pub(crate) fn root(
    codec: &Codec<'_>,
    root: Root<'_>,
    bytes: &[u8],
    options: &DecodeOptions,
) -> Result<Value, DecodeError> {
    whole(codec, bytes, options, |decoder| decoder.root(root))
}

pub(crate) fn prefix(
    codec: &Codec<'_>,
    root: Root<'_>,
    bytes: &[u8],
    options: &DecodeOptions,
) -> Result<(Value, usize), DecodeError> {
    let mut decoder = Decoder::new(codec, bytes, options);
    decoder.is_last = false;
    let value = decoder.root(root).map_err(|fault| *fault)?;
    Ok((value, decoder.input.offset()))
}

fn whole<'c, T>(
    codec: &'c Codec<'c>,
    bytes: &'c [u8],
    options: &'c DecodeOptions,
    read: impl FnOnce(&mut Decoder<'c>) -> Result<T, Fault>,
) -> Result<T, DecodeError> {
    let mut decoder = Decoder::new(codec, bytes, options);
    let value = read(&mut decoder).map_err(|fault| *fault)?;
    match decoder.input.remaining() {
        0 => Ok(value),
        left => Err(*decoder.fault(DecodeErrorKind::TrailingBytes(left))),
    }
}

/// Boxed, because a result with it goes through every call.
type Fault = Box<DecodeError>;

struct Decoder<'c> {
    codec: &'c Codec<'c>,
    input: Input<'c>,
    options: &'c DecodeOptions,
    depth: usize,
    /// How many more items without bytes may come.
    free_items: usize,
    /// Whether nothing follows the value at hand.
    is_last: bool,
    /// Whether the last fault is an id that may begin anything and is unknown.
    is_unknown: bool,
}

impl<'c> Decoder<'c> {
    fn new(codec: &'c Codec<'c>, bytes: &'c [u8], options: &'c DecodeOptions) -> Self {
        Self {
            codec,
            input: Input::new(bytes),
            options,
            depth: 0,
            free_items: bytes.len() + FREE_ITEMS,
            is_last: true,
            is_unknown: false,
        }
    }

    fn root(&mut self, root: Root<'c>) -> Result<Value, Fault> {
        let schema = self.codec.schema();
        match root {
            Root::Any => self.known(),
            Root::Type(ty) => self.expr(ty, false, &mut Scope::default()),
            Root::Boxed(idx) | Root::Bare(idx) => {
                let combinator = schema.combinator(idx);
                if matches!(root, Root::Boxed(_)) && !is_default(combinator) {
                    self.expect_id(combinator.id, combinator.name.full())?;
                }
                self.object(idx, Scope::root(combinator)).map(Value::Object)
            }
        }
    }

    fn fault(&self, kind: DecodeErrorKind) -> Fault {
        self.fault_at(kind, self.input.offset())
    }

    fn fault_at(&self, kind: DecodeErrorKind, offset: usize) -> Fault {
        Box::new(DecodeError { kind, offset, path: Path::default() })
    }

    fn schema_fault(&self, fault: SchemaFault) -> Fault {
        self.fault(DecodeErrorKind::Schema(fault))
    }

    fn u32(&mut self) -> Result<u32, Fault> {
        self.array().map(u32::from_le_bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        self.input.array().ok_or_else(|| self.fault(DecodeErrorKind::UnexpectedEnd))
    }

    fn expect_id(&mut self, id: u32, expected: &str) -> Result<(), Fault> {
        let found = self.u32()?;
        if found == id { Ok(()) } else { Err(self.unexpected_id(found, expected)) }
    }

    /// For an id that was read last.
    fn unexpected_id(&self, id: u32, expected: &str) -> Fault {
        let kind =
            DecodeErrorKind::UnexpectedId { id, known: self.codec.known_name(id), expected: expected.to_owned() };
        self.fault_at(kind, self.input.offset() - 4)
    }

    fn expr(&mut self, expr: &'c TypeExpr, bare: bool, scope: &mut Scope<'c>) -> Result<Value, Fault> {
        let schema = self.codec.schema();
        Ok(match expr {
            TypeExpr::Nat => Value::Nat(self.u32()?),
            TypeExpr::Primitive { primitive, boxed } => {
                if let (Some(id), false) = (boxed, bare) {
                    self.expect_id(*id, primitive_name(*primitive))?;
                }
                self.primitive(*primitive)?
            }
            TypeExpr::Object => self.dynamic()?,
            TypeExpr::Function { .. } => Value::Object(self.any(Some(SectionKind::Functions))?),
            TypeExpr::Vector { boxed, item } => {
                if *boxed && !bare {
                    self.expect_id(wire::VECTOR, "a vector")?;
                }
                let count = self.u32()?;
                let least = self.codec.min_size(item);
                self.items(count, least, 4, |decoder| decoder.expr(item, false, scope))?
            }
            TypeExpr::Boxed { ty, args } if !bare => {
                let constructor = self.constructor_of(*ty)?;
                self.constructor(constructor, args, scope)?
            }
            TypeExpr::Boxed { ty, args } => {
                let only = only_constructor(schema, *ty);
                let only = only.ok_or_else(|| self.schema_fault(SchemaFault::Bare(*ty)))?;
                self.constructor(only, args, scope)?
            }
            TypeExpr::Unresolved => return Err(self.schema_fault(SchemaFault::Unresolved)),
            TypeExpr::Refined { ty, args } => {
                let found = refined(schema, *ty, args, scope);
                let (constructor, inner) = found.ok_or_else(|| self.schema_fault(SchemaFault::Arguments))?;
                Value::Object(self.object(constructor, inner)?)
            }
            TypeExpr::Bare { constructor, args } => self.constructor(*constructor, args, scope)?,
            TypeExpr::Var { generic, bare: percent } => {
                let closure = scope.variable(*generic).ok_or_else(|| self.schema_fault(SchemaFault::Unbound))?;
                let bare = bare || *percent || closure.bare;
                self.expr(closure.expr, bare, &mut closure.scope.clone())?
            }
            TypeExpr::Repeat { count, fields } => self.repeat(count, fields, scope)?,
        })
    }

    /// The constructor of `ty` whose id comes next; without such an id the default constructor, which has none.
    fn constructor_of(&mut self, ty: TypeIdx) -> Result<CombinatorIdx, Fault> {
        let id = self.u32()?;
        let found = self.codec.constructor_of(ty, id);
        let (constructor, has_id) =
            found.ok_or_else(|| self.unexpected_id(id, self.codec.schema().ty(ty).name.full()))?;
        if !has_id {
            self.input.rewind(4);
        }
        Ok(constructor)
    }

    fn primitive(&mut self, primitive: Primitive) -> Result<Value, Fault> {
        Ok(match primitive {
            Primitive::Int => Value::Int(i32::from_le_bytes(self.array()?)),
            Primitive::Long => Value::Long(i64::from_le_bytes(self.array()?)),
            Primitive::Double => Value::Double(f64::from_le_bytes(self.array()?)),
            Primitive::Float => Value::Float(f32::from_le_bytes(self.array()?)),
            Primitive::True => Value::True,
            Primitive::Bool => match self.u32()? {
                wire::BOOL_TRUE => Value::Bool(true),
                wire::BOOL_FALSE => Value::Bool(false),
                id => return Err(self.unexpected_id(id, "Bool")),
            },
            Primitive::Int128 => Value::Bytes(self.array::<16>()?.to_vec()),
            Primitive::Int256 => Value::Bytes(self.array::<32>()?.to_vec()),
            Primitive::Int512 => Value::Bytes(self.array::<64>()?.to_vec()),
            Primitive::Bytes => Value::Bytes(self.string()?.to_vec()),
            Primitive::String => {
                let start = self.input.offset();
                let bytes = self.string()?;
                match std::str::from_utf8(bytes) {
                    Ok(text) => Value::Text(text.to_owned()),
                    Err(_) if self.options.utf8 => return Err(self.fault_at(DecodeErrorKind::Utf8, start)),
                    Err(_) => Value::Bytes(bytes.to_vec()),
                }
            }
        })
    }

    fn string(&mut self) -> Result<&'c [u8], Fault> {
        let start = self.input.offset();
        self.input.string(self.options.canonical).map_err(|error| {
            let kind = match error {
                BytesError::End => DecodeErrorKind::UnexpectedEnd,
                BytesError::LongForm => DecodeErrorKind::LongForm,
                BytesError::Padding => DecodeErrorKind::Padding,
            };
            self.fault_at(kind, start)
        })
    }

    /// `count` items of at least `least` bytes each. `word`: how many bytes before this offset state the count.
    fn items(
        &mut self,
        count: u32,
        least: usize,
        word: usize,
        mut read: impl FnMut(&mut Self) -> Result<Value, Fault>,
    ) -> Result<Value, Fault> {
        let allowed = match least {
            0 => self.free_items,
            least => self.input.remaining() / least,
        };
        let number = usize::try_from(count).unwrap_or(usize::MAX);
        if number > allowed.min(wire::MAX_ITEMS) {
            return Err(self.fault_at(DecodeErrorKind::Count(count), self.input.offset() - word));
        }
        if least == 0 {
            self.free_items -= number;
        }
        let mut items = Vec::with_capacity(number);
        let is_last = self.is_last;
        for place in 0..number {
            self.is_last = is_last && place + 1 == number;
            items.push(read(self).map_err(|fault| at(fault, Step::Item(place)))?);
        }
        self.is_last = is_last;
        Ok(Value::List(items))
    }

    /// Any constructor or function, by its id.
    fn any(&mut self, section: Option<SectionKind>) -> Result<Object, Fault> {
        let id = self.u32()?;
        let (found, expected) = match section {
            Some(SectionKind::Functions) => (self.codec.function_by_id(id), "a function"),
            _ => (self.codec.by_id(id), "a constructor or function"),
        };
        let combinator = found.ok_or_else(|| self.unexpected_id(id, expected))?;
        self.object(combinator, Scope::root(self.codec.schema().combinator(combinator)))
    }

    fn constructor(
        &mut self,
        constructor: CombinatorIdx,
        args: &'c [TypeArg],
        scope: &Scope<'c>,
    ) -> Result<Value, Fault> {
        let inner = scope.enter(self.codec.schema().combinator(constructor), args);
        let inner = inner.ok_or_else(|| self.schema_fault(SchemaFault::Arguments))?;
        Ok(Value::Object(self.object(constructor, inner)?))
    }

    fn object(&mut self, idx: CombinatorIdx, mut scope: Scope<'c>) -> Result<Object, Fault> {
        let combinator: &'c Combinator = self.codec.schema().combinator(idx);
        if self.depth >= self.options.max_depth {
            return Err(self.fault(DecodeErrorKind::TooDeep));
        }
        self.depth += 1;
        let fields = self
            .record(&combinator.params, &mut scope, Some(idx))
            .map_err(|fault| at(fault, Step::Combinator(combinator.name.clone())))?;
        self.depth -= 1;
        Ok(Object { combinator: idx, fields })
    }

    fn repeat(&mut self, count: &NatExpr, fields: &'c [Param], scope: &mut Scope<'c>) -> Result<Value, Fault> {
        let count = scope.number(count).ok_or_else(|| self.schema_fault(SchemaFault::Number))?;
        let least = fields.iter().filter(|field| field.condition.is_none());
        let least = least.fold(0usize, |sum, field| sum.saturating_add(self.codec.min_size(&field.ty)));
        self.items(count, least, 0, |decoder| {
            scope.enter_record();
            let item = match fields {
                [field] if is_plain_item(fields) => decoder.expr(&field.ty, false, scope)?,
                _ => Value::Record(decoder.record(fields, scope, None)?),
            };
            scope.leave_record();
            Ok(item)
        })
    }

    /// The fields of a combinator, or of an item of a repetition.
    fn record(
        &mut self,
        params: &'c [Param],
        scope: &mut Scope<'c>,
        of: Option<CombinatorIdx>,
    ) -> Result<Vec<Option<Value>>, Fault> {
        let level = if of.is_some() { Level::Combinator } else { Level::Record };
        let envelope = of.and_then(|of| self.codec.envelope(of));
        let mut fields = Vec::with_capacity(params.len());
        let is_last = self.is_last;
        for (place, param) in params.iter().enumerate() {
            let is_there = param.condition.is_none_or(|condition| scope.word(condition.word) >> condition.bit & 1 == 1);
            if !is_there {
                fields.push(None);
                continue;
            }
            let start = self.input.offset();
            self.is_last = is_last && self.is_last_field(params, place, scope);
            let stated = envelope.filter(|envelope| envelope.body == place).map(|envelope| &fields[envelope.length]);
            let read = match stated {
                Some(Some(Value::Int(length))) => self.body(&param.ty, *length, scope),
                _ => {
                    let answer = of.and_then(|of| self.codec.answer(of, place, self.input.peek()));
                    self.expr(answer.unwrap_or(&param.ty), false, scope)
                }
            };
            let read = read.and_then(|value| {
                if let Value::Nat(word) = value {
                    self.check_bits(param, word, start)?;
                    scope.set_word(level.place(place), word);
                }
                Ok(value)
            });
            fields.push(Some(read.map_err(|mut fault| {
                fault.path.push_field(param, place);
                fault
            })?));
        }
        self.is_last = is_last;
        Ok(fields)
    }

    /// A value that has so many bytes. One that is unknown, or has something unknown in it, is kept as bytes.
    fn body(&mut self, ty: &'c TypeExpr, length: i32, scope: &mut Scope<'c>) -> Result<Value, Fault> {
        let start = self.input.offset();
        let length = length.cast_unsigned();
        let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
        let end = end.filter(|end| *end <= start + self.input.remaining());
        let end = end.ok_or_else(|| self.fault(DecodeErrorKind::Length(length)))?;
        let outer = self.input.narrow(end);
        let is_last = std::mem::replace(&mut self.is_last, true);
        let (depth, free_items, whole) = (self.depth, self.free_items, self.input.all());
        let value = match self.expr(ty, false, scope) {
            // Somewhere in it is an id that nobody knows: the messages beside it can be read nevertheless.
            Err(fault)
                if self.options.raw_objects
                    && matches!(fault.kind, DecodeErrorKind::UnexpectedId { known: None, .. }) =>
            {
                self.input.widen(whole);
                self.input.rewind(self.input.offset() - start);
                (self.depth, self.free_items, self.is_last) = (depth, free_items, true);
                Value::Raw(self.input.take(self.input.remaining()).unwrap_or_default().to_vec())
            }
            read => read?,
        };
        if self.input.offset() < end {
            return Err(self.fault(DecodeErrorKind::TrailingBytes(end - self.input.offset())));
        }
        self.input.widen(outer);
        self.is_last = is_last;
        Ok(value)
    }

    fn check_bits(&self, param: &Param, word: u32, offset: usize) -> Result<(), Fault> {
        let usage = param.word;
        let bits = word & !usage.bits;
        if self.options.declared_bits && usage.bits != 0 && bits != 0 && !usage.is_count && !usage.is_argument {
            return Err(self.fault_at(DecodeErrorKind::UndeclaredBits { bits }, offset));
        }
        Ok(())
    }
}

fn at(mut fault: Fault, step: Step) -> Fault {
    fault.path.push(step);
    fault
}

pub(crate) fn primitive_name(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Int => "Int",
        Primitive::Long => "Long",
        Primitive::Double => "Double",
        Primitive::Float => "Float",
        Primitive::String => "String",
        Primitive::Bytes => "Bytes",
        Primitive::Int128 => "Int128",
        Primitive::Int256 => "Int256",
        Primitive::Int512 => "Int512",
        Primitive::True => "True",
        Primitive::Bool => "Bool",
    }
}
