//! Reads one part after the other. All that is known between two parts is a [`State`], which can be copied and changed.
//!
//! It finds the same faults at the same offsets as `decode`, which recurses; a test compares the two.

use tlgen_model::schema::{Combinator, CombinatorIdx, Param, Primitive, TypeArg, TypeExpr};

use super::OBJECT;
use super::row::{Row, RowKind, Slot};
use super::state::{Frame, Item, State};
use crate::codec::Codec;
use crate::decode::{DecodeOptions, primitive_name};
use crate::error::{DecodeErrorKind as Kind, SchemaFault};
use crate::known::Known;
use crate::root::Root;
use crate::scope::{Level, Scope, only_constructor, refined};
use crate::value::{Value, is_default, is_plain_item};
use crate::wire::{self, BytesError, Input};

/// Why a step could not be made.
pub(super) struct Fault {
    pub(super) kind: Kind,
    pub(super) offset: usize,
}

/// The rows, or nothing where only the way is of interest.
pub(super) type Rows<'r, 'c> = Option<&'r mut Vec<Row<'c>>>;

pub(super) struct Walker<'c, 'b> {
    pub(super) codec: &'c Codec<'c>,
    pub(super) bytes: &'b [u8],
    options: &'b DecodeOptions,
}

/// The part at hand.
struct Part<'r, 'c> {
    start: usize,
    slot: Slot<'c>,
    depth: usize,
    rows: Rows<'r, 'c>,
}

impl<'c> Part<'_, 'c> {
    fn put(&mut self, end: usize, kind: impl FnOnce() -> RowKind<'c>) {
        let (depth, slot, bytes) = (self.depth, self.slot, self.start..end);
        if let Some(rows) = self.rows.as_deref_mut() {
            rows.push(Row { depth, bytes, slot, kind: kind() });
        }
    }
}

impl<'c, 'b> Walker<'c, 'b> {
    pub(super) fn new(codec: &'c Codec<'c>, bytes: &'b [u8], options: &'b DecodeOptions) -> Self {
        Self { codec, bytes, options }
    }

    /// The bytes up to which the next part may reach.
    pub(super) fn limit(&self, state: &State<'_>) -> usize {
        let bound = state.frames.iter().rev().find_map(|frame| match frame {
            Frame::Bound { end } => Some(*end),
            _ => None,
        });
        bound.unwrap_or(self.bytes.len())
    }

    /// Begins with the message.
    pub(super) fn begin(&self, root: Root<'c>, state: &mut State<'c>, rows: Rows<'_, 'c>) -> Result<(), Fault> {
        let mut part = Part { start: state.at, slot: Slot::Root, depth: 0, rows };
        match root {
            Root::Any => self.value(state, &OBJECT, false, Scope::default(), &mut part),
            Root::Type(ty) => self.value(state, ty, false, Scope::default(), &mut part),
            Root::Boxed(idx) | Root::Bare(idx) => {
                let combinator = self.codec.schema().combinator(idx);
                if matches!(root, Root::Boxed(_)) && !is_default(combinator) {
                    self.expect_id(state, combinator.id, combinator.name.full())?;
                }
                self.object(state, idx, Scope::root(combinator), &mut part)
            }
        }
    }

    /// Begins with a value that nothing around it expects.
    pub(super) fn alone(
        &self,
        expr: &'c TypeExpr,
        state: &mut State<'c>,
        rows: &mut Vec<Row<'c>>,
    ) -> Result<(), Fault> {
        let mut part = Part { start: state.at, slot: Slot::Found, depth: 0, rows: Some(rows) };
        self.value(state, expr, false, Scope::default(), &mut part)
    }

    /// Reads the next part. `false` if there is none and all bytes were read.
    pub(super) fn step(&self, state: &mut State<'c>, rows: Rows<'_, 'c>) -> Result<bool, Fault> {
        let (limit, start, depth) = (self.limit(state), state.at, state.depth());
        let Some(frame) = state.frames.last_mut() else {
            return match self.bytes.len() - state.at {
                0 => Ok(false),
                left => Err(Fault { kind: Kind::TrailingBytes(left), offset: state.at }),
            };
        };
        match frame {
            Frame::Bound { end } => {
                if *end > state.at {
                    return Err(Fault { kind: Kind::TrailingBytes(*end - state.at), offset: state.at });
                }
                state.matched += 1;
                state.frames.pop();
            }
            Frame::Fields { params, next, scope, of, stated } => {
                let (index, params, of) = (*next, *params, *of);
                let Some(param) = params.get(index) else {
                    self.close(state);
                    return Ok(true);
                };
                *next += 1;
                if param.condition.is_some_and(|found| scope.word(found.word) >> found.bit & 1 == 0) {
                    return Ok(true);
                }
                let (outer, stated) = (scope.clone(), *stated);
                let owner = of.map(|of| self.codec.schema().combinator(of));
                let slot = Slot::Field { of: owner.or_else(|| self.owner(state)), params, index };
                let mut part = Part { start, slot, depth, rows };
                if matches!(param.ty, TypeExpr::Nat) {
                    return self.word(state, param, index, &mut part).map(|()| true);
                }
                if let Some(body) = of.and_then(|of| self.codec.envelope(of))
                    && body.body == index
                    && let Some(stated) = stated
                {
                    self.bind(state, stated, limit)?;
                }
                let answer = of.and_then(|of| self.codec.answer(of, index, self.word_at(start)));
                self.value(state, answer.unwrap_or(&param.ty), false, outer, &mut part)?;
                self.note_length(state, of, index, start);
            }
            Frame::Items { count: Some(count), next, .. } if count == next => self.close(state),
            Frame::Items { item, count, next, scope, .. } => {
                let (item, mut scope, index) = (*item, scope.clone(), *next);
                if count.is_none() && (start == limit || !self.may_begin(item, start)) {
                    self.close(state);
                    return Ok(true);
                }
                *next += 1;
                scope.enter_record();
                let mut part = Part { start, slot: Slot::Item(index as usize), depth, rows };
                match item {
                    Item::Value(expr) => self.value(state, expr, false, scope, &mut part)?,
                    Item::Record(params) => {
                        part.put(start, || RowKind::Record);
                        state.frames.push(Frame::Fields { of: None, params, next: 0, scope, stated: None });
                    }
                }
            }
        }
        if state.at > start {
            state.closed.clear();
        }
        Ok(true)
    }

    /// Ends the innermost group.
    fn close(&self, state: &mut State<'c>) {
        let closed = state.frames.pop();
        state.closed.extend(closed);
    }

    /// The innermost constructor or function.
    fn owner(&self, state: &State<'c>) -> Option<&'c Combinator> {
        state.frames.iter().rev().find_map(|frame| match frame {
            Frame::Fields { of: Some(of), .. } => Some(self.codec.schema().combinator(*of)),
            _ => None,
        })
    }

    /// Whether an item can begin at an offset, as far as its id says.
    fn may_begin(&self, item: Item<'c>, at: usize) -> bool {
        let Item::Value(expr) = item else { return true };
        let Some(word) = self.word_at(at) else { return false };
        match expr {
            TypeExpr::Boxed { ty, .. } => self.codec.constructor_of(*ty, word).is_some(),
            TypeExpr::Object => self.codec.known(word).is_some(),
            TypeExpr::Vector { boxed: true, .. } => word == wire::VECTOR,
            TypeExpr::Primitive { primitive: Primitive::Bool, .. } => {
                word == wire::BOOL_TRUE || word == wire::BOOL_FALSE
            }
            _ => true,
        }
    }

    /// The word at an offset.
    pub(super) fn word_at(&self, at: usize) -> Option<u32> {
        Input::at(self.bytes, at).array().map(u32::from_le_bytes)
    }

    fn bind(&self, state: &mut State<'c>, stated: u32, limit: usize) -> Result<(), Fault> {
        let end = usize::try_from(stated).ok().and_then(|stated| state.at.checked_add(stated));
        match end.filter(|end| *end <= limit) {
            Some(end) => state.frames.push(Frame::Bound { end }),
            None => return Err(Fault { kind: Kind::Length(stated), offset: state.at }),
        }
        Ok(())
    }

    /// Keeps what a field says that has the length of another one.
    fn note_length(&self, state: &mut State<'c>, of: Option<CombinatorIdx>, index: usize, at: usize) {
        let envelope = of.and_then(|of| self.codec.envelope(of)).filter(|envelope| envelope.length == index);
        if let (Some(_), Some(Frame::Fields { stated, .. })) = (envelope, state.frames.last_mut()) {
            *stated = self.word_at(at);
        }
    }

    /// Reads a word among fields.
    fn word(&self, state: &mut State<'c>, param: &Param, index: usize, part: &mut Part<'_, 'c>) -> Result<(), Fault> {
        let word = self.u32(state)?;
        let bits = word & !param.word.bits;
        let explained = param.word.bits == 0 || param.word.is_count || param.word.is_argument;
        if self.options.declared_bits && bits != 0 && !explained {
            return Err(Fault { kind: Kind::UndeclaredBits { bits }, offset: part.start });
        }
        if let Some(Frame::Fields { scope, of, .. }) = state.frames.last_mut() {
            let level = if of.is_some() { Level::Combinator } else { Level::Record };
            scope.set_word(level.place(index), word);
        }
        part.put(state.at, || RowKind::Value(Value::Nat(word)));
        state.closed.clear();
        Ok(())
    }

    /// The bytes that the next part may have.
    fn input(&self, state: &State<'_>) -> Input<'b> {
        Input::at(&self.bytes[..self.limit(state)], state.at)
    }

    fn u32(&self, state: &mut State<'c>) -> Result<u32, Fault> {
        let taken = self.take(state, 4)?;
        Ok(taken.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte)))
    }

    fn take(&self, state: &mut State<'c>, length: usize) -> Result<&'b [u8], Fault> {
        let taken = self.input(state).take(length);
        let taken = taken.ok_or(Fault { kind: Kind::UnexpectedEnd, offset: state.at })?;
        state.at += length;
        Ok(taken)
    }

    fn expect_id(&self, state: &mut State<'c>, id: u32, expected: &str) -> Result<(), Fault> {
        let found = self.u32(state)?;
        if found != id {
            return Err(self.unexpected_id(state, found, expected));
        }
        state.matched += 1;
        Ok(())
    }

    /// For an id that was read last, which is given back.
    fn unexpected_id(&self, state: &mut State<'c>, id: u32, expected: &str) -> Fault {
        state.at -= 4;
        let (known, expected) = (self.codec.known_name(id), expected.to_owned());
        Fault { kind: Kind::UnexpectedId { id, known, expected }, offset: state.at }
    }

    /// Reads a value, or begins with one that has parts.
    fn value(
        &self,
        state: &mut State<'c>,
        expr: &'c TypeExpr,
        bare: bool,
        scope: Scope<'c>,
        part: &mut Part<'_, 'c>,
    ) -> Result<(), Fault> {
        let schema = self.codec.schema();
        let fault = |state: &State<'_>, fault| Fault { kind: Kind::Schema(fault), offset: state.at };
        match expr {
            TypeExpr::Nat => {
                let word = self.u32(state)?;
                part.put(state.at, || RowKind::Value(Value::Nat(word)));
            }
            TypeExpr::Primitive { primitive, boxed } => {
                if let (Some(id), false) = (boxed, bare) {
                    self.expect_id(state, *id, primitive_name(*primitive))?;
                }
                self.primitive(state, *primitive, part)?;
            }
            TypeExpr::Object => {
                let id = self.u32(state)?;
                let Some(known) = self.codec.known(id) else {
                    return Err(self.unexpected_id(state, id, "a constructor or function"));
                };
                state.matched += 1;
                match known {
                    Known::Combinator(found) => {
                        return self.object(state, found, Scope::root(schema.combinator(found)), part);
                    }
                    Known::Bool(value) => part.put(state.at, || RowKind::Value(Value::Bool(value))),
                    Known::True => part.put(state.at, || RowKind::Value(Value::True)),
                    Known::Vector => {
                        if state.nesting() >= self.options.max_depth {
                            return Err(Fault { kind: Kind::TooDeep, offset: state.at });
                        }
                        self.counted(state, &OBJECT, scope, true, part)?;
                    }
                }
            }
            TypeExpr::Function { .. } => {
                let id = self.u32(state)?;
                let Some(found) = self.codec.function_by_id(id) else {
                    return Err(self.unexpected_id(state, id, "a function"));
                };
                state.matched += 1;
                self.object(state, found, Scope::root(schema.combinator(found)), part)?;
            }
            TypeExpr::Vector { boxed, item } => {
                if *boxed && !bare {
                    self.expect_id(state, wire::VECTOR, "a vector")?;
                }
                self.counted(state, item, scope, false, part)?;
            }
            TypeExpr::Boxed { ty, args } => {
                let constructor = if bare {
                    only_constructor(schema, *ty).ok_or_else(|| fault(state, SchemaFault::Bare(*ty)))?
                } else {
                    let id = self.u32(state)?;
                    let Some((constructor, has_id)) = self.codec.constructor_of(*ty, id) else {
                        return Err(self.unexpected_id(state, id, schema.ty(*ty).name.full()));
                    };
                    state.matched += u32::from(has_id);
                    state.at -= if has_id { 0 } else { 4 };
                    constructor
                };
                self.constructor(state, constructor, args, &scope, part)?;
            }
            TypeExpr::Unresolved => return Err(fault(state, SchemaFault::Unresolved)),
            TypeExpr::Refined { ty, args } => {
                let found = refined(schema, *ty, args, &scope).ok_or_else(|| fault(state, SchemaFault::Arguments))?;
                self.constructor(state, found.0, args, &scope, part)?;
            }
            TypeExpr::Bare { constructor, args } => self.constructor(state, *constructor, args, &scope, part)?,
            TypeExpr::Var { generic, bare: percent } => {
                let closure = scope.variable(*generic).ok_or_else(|| fault(state, SchemaFault::Unbound))?;
                let bare = bare || *percent || closure.bare;
                self.value(state, closure.expr, bare, closure.scope.clone(), part)?;
            }
            TypeExpr::Repeat { count, fields } => {
                let count = scope.number(count).ok_or_else(|| fault(state, SchemaFault::Number))?;
                let least = fields.iter().filter(|field| field.condition.is_none());
                let least = least.fold(0usize, |sum, field| sum.saturating_add(self.codec.min_size(&field.ty)));
                self.check_count(state, count, least, 0)?;
                part.put(state.at, || RowKind::Repeat { count });
                let item = match &fields[..] {
                    [field] if is_plain_item(fields) => Item::Value(&field.ty),
                    _ => Item::Record(fields),
                };
                state.frames.push(Frame::Items { item, count: Some(count), next: 0, scope, is_dynamic: false });
            }
        }
        Ok(())
    }

    /// Reads a count and begins with the items.
    fn counted(
        &self,
        state: &mut State<'c>,
        item: &'c TypeExpr,
        scope: Scope<'c>,
        is_dynamic: bool,
        part: &mut Part<'_, 'c>,
    ) -> Result<(), Fault> {
        let count = self.u32(state)?;
        // Each item of an unknown type has an id at least.
        let least = if is_dynamic { 4 } else { self.codec.min_size(item) };
        self.check_count(state, count, least, 4)?;
        part.put(state.at, || RowKind::Vector { count });
        let item = Item::Value(item);
        state.frames.push(Frame::Items { item, count: Some(count), next: 0, scope, is_dynamic });
        Ok(())
    }

    fn check_count(&self, state: &mut State<'c>, count: u32, least: usize, word: usize) -> Result<(), Fault> {
        let allowed = match least {
            0 => state.free_items,
            least => self.input(state).remaining() / least,
        };
        let number = usize::try_from(count).unwrap_or(usize::MAX);
        if number > allowed.min(wire::MAX_ITEMS) {
            state.at -= word;
            return Err(Fault { kind: Kind::Count(count), offset: state.at });
        }
        state.free_items -= if least == 0 { number } else { 0 };
        Ok(())
    }

    fn constructor(
        &self,
        state: &mut State<'c>,
        constructor: CombinatorIdx,
        args: &'c [TypeArg],
        scope: &Scope<'c>,
        part: &mut Part<'_, 'c>,
    ) -> Result<(), Fault> {
        let inner = scope.enter(self.codec.schema().combinator(constructor), args);
        let inner = inner.ok_or(Fault { kind: Kind::Schema(SchemaFault::Arguments), offset: state.at })?;
        self.object(state, constructor, inner, part)
    }

    fn object(
        &self,
        state: &mut State<'c>,
        idx: CombinatorIdx,
        scope: Scope<'c>,
        part: &mut Part<'_, 'c>,
    ) -> Result<(), Fault> {
        if state.nesting() >= self.options.max_depth {
            return Err(Fault { kind: Kind::TooDeep, offset: state.at });
        }
        let combinator = self.codec.schema().combinator(idx);
        part.put(state.at, || RowKind::Object(combinator));
        let params = &combinator.params;
        state.frames.push(Frame::Fields { of: Some(idx), params, next: 0, scope, stated: None });
        Ok(())
    }

    fn primitive(&self, state: &mut State<'c>, primitive: Primitive, part: &mut Part<'_, 'c>) -> Result<(), Fault> {
        match primitive {
            Primitive::String | Primitive::Bytes => {
                let mut input = self.input(state);
                let read = input.string(self.options.canonical).map_err(|error| match error {
                    BytesError::End => Kind::UnexpectedEnd,
                    BytesError::LongForm => Kind::LongForm,
                    BytesError::Padding => Kind::Padding,
                });
                let bytes = read.map_err(|kind| Fault { kind, offset: state.at })?;
                let is_text = primitive == Primitive::String && std::str::from_utf8(bytes).is_ok();
                if primitive == Primitive::String && self.options.utf8 && !is_text {
                    return Err(Fault { kind: Kind::Utf8, offset: state.at });
                }
                state.at = input.offset();
                part.put(state.at, || {
                    let text = if is_text { String::from_utf8(bytes.to_vec()).ok() } else { None };
                    RowKind::Value(text.map_or_else(|| Value::Bytes(bytes.to_vec()), Value::Text))
                });
            }
            Primitive::Bool => {
                let value = match self.u32(state)? {
                    wire::BOOL_TRUE => true,
                    wire::BOOL_FALSE => false,
                    id => return Err(self.unexpected_id(state, id, "Bool")),
                };
                state.matched += 1;
                part.put(state.at, || RowKind::Value(Value::Bool(value)));
            }
            _ => {
                let bytes = self.take(state, wire::primitive_size(primitive))?;
                part.put(state.at, || RowKind::Value(Value::fixed(primitive, bytes)));
            }
        }
        Ok(())
    }
}
