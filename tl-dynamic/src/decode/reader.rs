//! Walks bytes by a plan.

use tlgen_model::schema::{CombinatorIdx, Primitive, Schema, TypeIdx};

use super::scope::{Bound, Env};
use super::{DecodeOptions, FREE_ITEMS, Fault, primitive_name};
use crate::codec::Codec;
use crate::envelope::{Envelope, is_any_answer};
use crate::error::{DecodeError, DecodeErrorKind, Path, SchemaFault, Step};
use crate::plan::{Arg, Entry, Field, Fields, Items, Node, Plan, Repeat, Root, Rule};
use crate::value::is_default;
use crate::visit::{FieldStart, ListStart, ObjectStart, RecordStart, Scalar, Visitor};
use crate::wire::{self, BytesError, Input};

/// Bytes that are read, and what is known around the part at hand. The visitor goes through all calls beside it: what an `Object` is
/// may have to be found out before anybody is told.
pub(super) struct Reader<'p, 'b> {
    codec: &'p Codec<'p>,
    plan: &'p Plan,
    pub(super) input: Input<'b>,
    pub(super) options: &'p DecodeOptions,
    pub(super) words: Vec<u32>,
    pub(super) args: Vec<Bound<'p>>,
    pub(super) depth: usize,
    /// How many more items without bytes may come.
    pub(super) free_items: usize,
    /// Whether nothing follows the value at hand. Known where an `Object` may be; see [`Field::may_hold_object`].
    pub(super) is_last: bool,
    /// Whether the last fault is an id that may begin anything and is unknown.
    pub(super) is_unknown: bool,
    pub(super) raw: super::object::Decided,
}

/// How it ended for a visitor.
type Told<'b, V> = Result<(), Fault<<V as Visitor<'b>>::Stop>>;

impl<'p, 'b> Reader<'p, 'b> {
    /// `is_last`: nothing follows the value.
    pub(super) fn new(
        codec: &'p Codec<'p>,
        plan: &'p Plan,
        bytes: &'b [u8],
        options: &'p DecodeOptions,
        is_last: bool,
    ) -> Self {
        Self {
            codec,
            plan,
            input: Input::new(bytes),
            options,
            words: Vec::new(),
            args: Vec::new(),
            depth: 0,
            free_items: bytes.len() + FREE_ITEMS,
            is_last,
            is_unknown: false,
            raw: super::object::Decided::default(),
        }
    }

    /// How many bytes were read.
    pub(super) fn offset(&self) -> usize {
        self.input.offset()
    }

    /// A value of a type that stands for itself.
    pub(super) fn of_type<V: Visitor<'b>>(&mut self, to: &mut V, root: &'p Root) -> Told<'b, V> {
        let env = self.enter_type(root.words);
        self.node(to, &root.node, env)
    }

    /// A combinator with its id, if it has one.
    pub(super) fn boxed<V: Visitor<'b>>(&mut self, to: &mut V, idx: CombinatorIdx) -> Told<'b, V> {
        let combinator = self.schema().combinator(idx);
        if !is_default(combinator) {
            self.expect_id(combinator.id, combinator.name.full())?;
        }
        self.combinator(to, idx)
    }

    /// A combinator that stands for itself, without its id.
    pub(super) fn combinator<V: Visitor<'b>>(&mut self, to: &mut V, idx: CombinatorIdx) -> Told<'b, V> {
        let entry = &self.plan.combinators[idx.0 as usize];
        let env = self.enter_root(entry);
        self.object(to, entry, env)
    }

    /// Any constructor or function, by its id.
    pub(super) fn any<V: Visitor<'b>>(&mut self, to: &mut V) -> Told<'b, V> {
        let id = self.u32()?;
        let found = self.plan.any.get(id).ok_or_else(|| self.unexpected_id(id, "a constructor or function"))?;
        self.combinator(to, CombinatorIdx(found))
    }

    /// What the id means that was read last.
    pub(super) fn meaning(&self, id: u32) -> Option<CombinatorIdx> {
        self.plan.any.get(id).map(CombinatorIdx)
    }

    fn function<V: Visitor<'b>>(&mut self, to: &mut V) -> Told<'b, V> {
        let id = self.u32()?;
        let found = self.plan.functions.get(id).ok_or_else(|| self.unexpected_id(id, "a function"))?;
        self.combinator(to, CombinatorIdx(found))
    }

    fn schema(&self) -> &'p Schema {
        self.codec.schema()
    }

    #[cold]
    pub(super) fn fault<S>(&self, kind: DecodeErrorKind) -> Fault<S> {
        self.fault_at(kind, self.input.offset())
    }

    #[cold]
    fn fault_at<S>(&self, kind: DecodeErrorKind, offset: usize) -> Fault<S> {
        Fault::Bytes(Box::new(DecodeError { kind, offset, path: Path::default() }))
    }

    #[cold]
    fn schema_fault<S>(&self, fault: SchemaFault) -> Fault<S> {
        self.fault(DecodeErrorKind::Schema(fault))
    }

    /// For an id that was read last.
    #[cold]
    pub(super) fn unexpected_id<S>(&self, id: u32, expected: &str) -> Fault<S> {
        let kind =
            DecodeErrorKind::UnexpectedId { id, known: self.codec.known_name(id), expected: expected.to_owned() };
        self.fault_at(kind, self.input.offset() - 4)
    }

    #[inline]
    pub(super) fn u32<S>(&mut self) -> Result<u32, Fault<S>> {
        self.array().map(u32::from_le_bytes)
    }

    #[inline]
    fn array<S, const N: usize>(&mut self) -> Result<[u8; N], Fault<S>> {
        self.input.array().ok_or_else(|| self.fault(DecodeErrorKind::UnexpectedEnd))
    }

    #[inline]
    fn expect_id<S>(&mut self, id: u32, expected: &str) -> Result<(), Fault<S>> {
        let found = self.u32()?;
        if found == id { Ok(()) } else { Err(self.unexpected_id(found, expected)) }
    }

    pub(super) fn node<V: Visitor<'b>>(&mut self, to: &mut V, node: &'p Node, env: Env) -> Told<'b, V> {
        match node {
            Node::Nat => {
                let word = self.u32()?;
                to.scalar(Scalar::Nat(word)).map_err(Fault::Stop)
            }
            Node::Primitive(primitive) => self.primitive(to, *primitive),
            Node::BoxedPrimitive { id, primitive } => {
                self.expect_id(*id, primitive_name(*primitive))?;
                self.primitive(to, *primitive)
            }
            Node::Boxed { ty, args } => {
                let choice = &self.plan.types[ty.0 as usize];
                let id = self.u32()?;
                let constructor = match (choice.ids.get(id), choice.default) {
                    (Some(found), _) => found,
                    (None, Some(default)) => {
                        self.input.rewind(4);
                        default
                    }
                    (None, None) => return Err(self.unexpected_id(id, self.schema().ty(*ty).name.full())),
                };
                self.constructor(to, constructor, args, env)
            }
            Node::Bare { constructor, args } => self.constructor(to, *constructor, args, env),
            Node::Refined { ty, args } => self.refined(to, *ty, args, env),
            Node::Vector { boxed, items } => {
                if *boxed {
                    self.expect_id(wire::VECTOR, "a vector")?;
                }
                self.vector(to, items, env)
            }
            Node::Repeat(repeat) => self.repeat(to, repeat, env),
            Node::Var { generic, bare } => self.of_variable(to, *generic, *bare, env),
            Node::Object => self.dynamic(to),
            Node::Function => self.function(to),
            Node::Fault(fault) => Err(self.schema_fault(*fault)),
        }
    }

    /// The bare form of a type that is written in its boxed one.
    fn bare<V: Visitor<'b>>(&mut self, to: &mut V, node: &'p Node, env: Env) -> Told<'b, V> {
        match node {
            Node::BoxedPrimitive { primitive, .. } => self.primitive(to, *primitive),
            Node::Vector { items, .. } => self.vector(to, items, env),
            Node::Boxed { ty, args } => match *self.plan.types[ty.0 as usize].all {
                [only] => self.constructor(to, only, args, env),
                _ => Err(self.schema_fault(SchemaFault::Bare(*ty))),
            },
            node => self.node(to, node, env),
        }
    }

    fn of_variable<V: Visitor<'b>>(&mut self, to: &mut V, generic: u32, bare: bool, env: Env) -> Told<'b, V> {
        match self.variable(generic, env) {
            Some(Bound::Type { node, is_bare, env }) if bare || is_bare => self.bare(to, node, env),
            Some(Bound::Type { node, env, .. }) => self.node(to, node, env),
            Some(Bound::Nat(_)) | None => Err(self.schema_fault(SchemaFault::Unbound)),
        }
    }

    #[inline]
    fn primitive<V: Visitor<'b>>(&mut self, to: &mut V, primitive: Primitive) -> Told<'b, V> {
        let scalar = match primitive {
            Primitive::Int => Scalar::Int(i32::from_le_bytes(self.array()?)),
            Primitive::Long => Scalar::Long(i64::from_le_bytes(self.array()?)),
            Primitive::Double => Scalar::Double(f64::from_le_bytes(self.array()?)),
            Primitive::Float => Scalar::Float(f32::from_le_bytes(self.array()?)),
            Primitive::True => Scalar::True,
            Primitive::Bool => match self.u32()? {
                wire::BOOL_TRUE => Scalar::Bool(true),
                wire::BOOL_FALSE => Scalar::Bool(false),
                id => return Err(self.unexpected_id(id, "Bool")),
            },
            Primitive::Int128 => Scalar::Bytes(self.fixed(16)?),
            Primitive::Int256 => Scalar::Bytes(self.fixed(32)?),
            Primitive::Int512 => Scalar::Bytes(self.fixed(64)?),
            Primitive::Bytes => Scalar::Bytes(self.string()?),
            Primitive::String => {
                let start = self.input.offset();
                let bytes = self.string()?;
                match std::str::from_utf8(bytes) {
                    Ok(text) => Scalar::Text(text),
                    Err(_) if self.options.utf8 => return Err(self.fault_at(DecodeErrorKind::Utf8, start)),
                    Err(_) => Scalar::NotText(bytes),
                }
            }
        };
        to.scalar(scalar).map_err(Fault::Stop)
    }

    fn fixed<S>(&mut self, length: usize) -> Result<&'b [u8], Fault<S>> {
        self.input.take(length).ok_or_else(|| self.fault(DecodeErrorKind::UnexpectedEnd))
    }

    fn string<S>(&mut self) -> Result<&'b [u8], Fault<S>> {
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

    fn vector<V: Visitor<'b>>(&mut self, to: &mut V, items: &'p Items, env: Env) -> Told<'b, V> {
        let count = self.u32()?;
        let list = self.list(count, items.least, 4, false)?;
        self.items(to, list, |reader, to| reader.node(to, &items.node, env))
    }

    fn repeat<V: Visitor<'b>>(&mut self, to: &mut V, repeat: &'p Repeat, env: Env) -> Told<'b, V> {
        let count = self.number(repeat.count, env).ok_or_else(|| self.schema_fault(SchemaFault::Number))?;
        let list = self.list(count, repeat.least, 0, true)?;
        self.items(to, list, |reader, to| {
            reader.clear_words(repeat.words, env);
            if let ([field], true) = (&*repeat.fields.all, repeat.is_plain) {
                return reader.node(to, &field.node, env);
            }
            to.record(RecordStart { field_count: repeat.fields.all.len() }).map_err(Fault::Stop)?;
            reader.fields(to, &repeat.fields, Rule::None, env)?;
            to.end().map_err(Fault::Stop)
        })
    }

    /// A list of `count` items of at least `least` bytes each. `word`: how many bytes before this offset state the count.
    pub(super) fn list<S>(
        &mut self,
        count: u32,
        least: usize,
        word: usize,
        is_repetition: bool,
    ) -> Result<ListStart, Fault<S>> {
        let allowed = match least {
            0 => self.free_items,
            least => self.input.remaining() / least,
        };
        let len = usize::try_from(count).unwrap_or(usize::MAX);
        if len > allowed.min(wire::MAX_ITEMS) {
            return Err(self.fault_at(DecodeErrorKind::Count(count), self.input.offset() - word));
        }
        if least == 0 {
            self.free_items -= len;
        }
        Ok(ListStart { len, is_repetition })
    }

    #[inline]
    pub(super) fn items<V: Visitor<'b>>(
        &mut self,
        to: &mut V,
        list: ListStart,
        mut item: impl FnMut(&mut Self, &mut V) -> Told<'b, V>,
    ) -> Told<'b, V> {
        to.list(list).map_err(Fault::Stop)?;
        let is_last = self.is_last;
        for place in 0..list.len {
            self.is_last = is_last && place + 1 == list.len;
            item(self, to).map_err(|fault| within(fault, || Step::Item(place)))?;
        }
        self.is_last = is_last;
        to.end().map_err(Fault::Stop)
    }

    #[inline]
    fn constructor<V: Visitor<'b>>(
        &mut self,
        to: &mut V,
        constructor: u32,
        args: &'p [Arg],
        around: Env,
    ) -> Told<'b, V> {
        let entry = &self.plan.combinators[constructor as usize];
        let env = self.enter(entry, args, around).map_err(|fault| self.schema_fault(fault))?;
        self.object(to, entry, env)
    }

    /// The constructor that its arguments tell: that whose numbers fit.
    fn refined<V: Visitor<'b>>(&mut self, to: &mut V, ty: TypeIdx, args: &'p [Arg], around: Env) -> Told<'b, V> {
        for constructor in &self.plan.types[ty.0 as usize].all {
            let (entry, top) = (&self.plan.combinators[*constructor as usize], self.top());
            match self.enter(entry, args, around) {
                Ok(env) => return self.object(to, entry, env),
                Err(_) => self.leave(top),
            }
        }
        Err(self.schema_fault(SchemaFault::Arguments))
    }

    fn object<V: Visitor<'b>>(&mut self, to: &mut V, entry: &'p Entry, env: Env) -> Told<'b, V> {
        if self.depth >= self.options.max_depth {
            return Err(self.fault(DecodeErrorKind::TooDeep));
        }
        self.depth += 1;
        to.object(ObjectStart { codec: self.codec, entry }).map_err(Fault::Stop)?;
        self.fields(to, &entry.fields, entry.rule, env)
            .map_err(|fault| within(fault, || Step::Combinator(self.schema().combinator(entry.idx).name.clone())))?;
        self.depth -= 1;
        self.leave(env);
        to.end().map_err(Fault::Stop)
    }

    fn fields<V: Visitor<'b>>(&mut self, to: &mut V, fields: &'p Fields, rule: Rule, env: Env) -> Told<'b, V> {
        let is_last = self.is_last;
        // The number that says how long another field is.
        let mut length = None;
        for (place, (condition, field)) in fields.conditions.iter().zip(&fields.all).enumerate() {
            if !self.is_there(*condition, env) {
                continue;
            }
            if field.may_hold_object {
                self.is_last = is_last && self.is_last_field(fields, place, env);
            }
            to.field(FieldStart(field)).map_err(Fault::Stop)?;
            let told = match (&field.node, rule) {
                (Node::Nat, _) => self.word(to, field, env),
                (node, Rule::None) => self.node(to, node, env),
                (node, Rule::Envelope(Envelope { length: at, .. })) if at == place => {
                    length = self.input.peek();
                    self.node(to, node, env)
                }
                (node, Rule::Envelope(Envelope { body, .. })) if body == place => match length {
                    Some(length) => self.body(to, node, length, env),
                    None => self.node(to, node, env),
                },
                (node, Rule::Answer(at)) if at == place && !is_any_answer(self.input.peek()) => {
                    self.answer(to, node, env)
                }
                (node, _) => self.node(to, node, env),
            };
            told.map_err(|fault| in_field(fault, field))?;
        }
        self.is_last = is_last;
        Ok(())
    }

    /// A field of type `#`.
    #[inline]
    fn word<V: Visitor<'b>>(&mut self, to: &mut V, field: &Field, env: Env) -> Told<'b, V> {
        let word = self.u32()?;
        if self.options.declared_bits && word & field.undeclared != 0 {
            let kind = DecodeErrorKind::UndeclaredBits { bits: word & field.undeclared };
            return Err(self.fault_at(kind, self.input.offset() - 4));
        }
        if let Some(slot) = field.word {
            self.set_word(slot, word, env);
        }
        to.scalar(Scalar::Nat(word)).map_err(Fault::Stop)
    }

    /// A value that has so many bytes. One that is unknown, or has something unknown in it, is raw.
    fn body<V: Visitor<'b>>(&mut self, to: &mut V, node: &'p Node, length: u32, env: Env) -> Told<'b, V> {
        let start = self.input.offset();
        let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
        let end = end.filter(|end| *end <= start + self.input.remaining());
        let end = end.ok_or_else(|| self.fault(DecodeErrorKind::Length(length)))?;
        let outer = self.input.narrow(end);
        let is_last = std::mem::replace(&mut self.is_last, true);
        self.node_or_raw(to, node, env)?;
        if self.input.offset() < end {
            return Err(self.fault(DecodeErrorKind::TrailingBytes(end - self.input.offset())));
        }
        self.input.widen(outer);
        self.is_last = is_last;
        Ok(())
    }

    /// A value of what the function returns that the codec expects an answer to.
    fn answer<V: Visitor<'b>>(&mut self, to: &mut V, node: &'p Node, env: Env) -> Told<'b, V> {
        let Some(answer) = &self.plan.answer else { return self.node(to, node, env) };
        let inner = self.enter_type(answer.words);
        self.node(to, &answer.node, inner)?;
        self.leave(inner);
        Ok(())
    }
}

#[cold]
fn within<S>(mut fault: Fault<S>, step: impl FnOnce() -> Step) -> Fault<S> {
    if let Fault::Bytes(error) = &mut fault {
        error.path.push(step());
    }
    fault
}

#[cold]
fn in_field<S>(fault: Fault<S>, field: &Field) -> Fault<S> {
    within(fault, || Step::Field(field.name().map_or_else(|| field.place.to_string(), str::to_owned)))
}
