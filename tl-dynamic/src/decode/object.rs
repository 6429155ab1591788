//! A value of type `Object`: what its id says, or its bytes as they are.
//!
//! What comes in is the input at the id of any boxed value. Known are the constructors and functions of the schema, `Bool`, `True`
//! and boxed vectors whose items are known in turn. Any other value has an unknown length; it can be kept as bytes only where
//! nothing follows it.
//!
//! That a value is unknown may show deep in it, when much of it was read. So where bytes would do, a value is first read without
//! telling anybody, and the offsets of raw bytes are noted; then it is read again. Objects in it are decided with it: nothing is
//! read three times.

use std::convert::Infallible;

use tlgen_model::schema::Primitive;

use super::Fault;
use super::reader::Reader;
use super::scope::Env;
use crate::error::DecodeErrorKind;
use crate::known::Known;
use crate::plan::{Field, Fields, Node};
use crate::visit::{Nobody, Scalar, Visitor};
use crate::wire;

/// What was found out about the objects in one that is read again.
#[derive(Default)]
pub(super) struct Decided {
    pass: Pass,
    /// The offsets of those that are raw, in their order.
    offsets: Vec<usize>,
    /// How many of them were met again.
    met: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Pass {
    /// No object is around that may be raw.
    #[default]
    None,
    /// To find out.
    First,
    /// To tell.
    Second,
}

/// What may be raw.
#[derive(Clone, Copy)]
enum Part<'p> {
    /// An `Object` that is the last value.
    Object,
    /// A value whose length is known.
    Body(&'p Node, Env),
}

impl<'p, 'b> Reader<'p, 'b> {
    /// An `Object`. One that is unknown is raw bytes where it is the last value.
    pub(super) fn dynamic<V: Visitor<'b>>(&mut self, to: &mut V) -> Result<(), Fault<V::Stop>> {
        if self.is_last && self.options.raw_objects {
            return self.part(to, Part::Object);
        }
        let read = self.known(to);
        self.is_unknown = false;
        read.map(drop)
    }

    /// A value that fills the input, which was narrowed to it. It is raw if an id in it is unknown, wherever that is.
    pub(super) fn node_or_raw<V: Visitor<'b>>(
        &mut self,
        to: &mut V,
        node: &'p Node,
        env: Env,
    ) -> Result<(), Fault<V::Stop>> {
        if self.options.raw_objects { self.part(to, Part::Body(node, env)) } else { self.node(to, node, env) }
    }

    fn part<V: Visitor<'b>>(&mut self, to: &mut V, part: Part<'p>) -> Result<(), Fault<V::Stop>> {
        match self.raw.pass {
            Pass::None => {
                let before = self.mark();
                self.raw.pass = Pass::First;
                self.decide(part).map_err(Fault::widen)?;
                self.reset(&before);
                self.raw.pass = Pass::Second;
                self.told(to, part)?;
                self.raw = Decided::default();
                Ok(())
            }
            Pass::First => self.decide(part).map_err(Fault::widen),
            Pass::Second => self.told(to, part),
        }
    }

    /// The first pass: reads a part and notes whether it is raw.
    fn decide(&mut self, part: Part<'p>) -> Result<(), Fault<Infallible>> {
        let (before, noted) = (self.mark(), self.raw.offsets.len());
        match part {
            Part::Object => {
                let read = self.known(&mut Nobody);
                let is_unknown = std::mem::take(&mut self.is_unknown);
                match read {
                    // Items of a bare type began like objects.
                    Ok(Known::Vector) if self.input.remaining() > 0 => {}
                    Err(_) if is_unknown => {}
                    read => return read.map(drop),
                }
            }
            Part::Body(node, env) => match self.node(&mut Nobody, node, env) {
                // The messages beside it can be read nevertheless.
                Err(Fault::Bytes(fault)) if matches!(fault.kind, DecodeErrorKind::UnexpectedId { known: None, .. }) => {
                }
                read => return read,
            },
        }
        self.reset(&before);
        self.raw.offsets.truncate(noted);
        self.raw.offsets.push(self.offset());
        self.input.take(self.input.remaining());
        Ok(())
    }

    /// The second pass. A body and the object that it is begin at one offset: either of them is raw up to the same end.
    fn told<V: Visitor<'b>>(&mut self, to: &mut V, part: Part<'p>) -> Result<(), Fault<V::Stop>> {
        if self.raw.offsets.get(self.raw.met) != Some(&self.offset()) {
            return match part {
                Part::Object => self.known(to).map(drop),
                Part::Body(node, env) => self.node(to, node, env),
            };
        }
        self.raw.met += 1;
        let rest = self.input.take(self.input.remaining()).unwrap_or_default();
        to.scalar(Scalar::Raw(rest)).map_err(Fault::Stop)
    }

    /// A boxed value whose id says what it is; else a fault, and `is_unknown` is set.
    pub(super) fn known<V: Visitor<'b>>(&mut self, to: &mut V) -> Result<Known, Fault<V::Stop>> {
        let id = self.u32()?;
        let known = match self.meaning(id) {
            Some(combinator) => Some(Known::Combinator(combinator)),
            None => Known::builtin(id),
        };
        let Some(known) = known else {
            self.is_unknown = true;
            return Err(self.unexpected_id(id, "a constructor or function"));
        };
        match known {
            Known::Combinator(combinator) => self.combinator(to, combinator)?,
            Known::Bool(value) => to.scalar(Scalar::Bool(value)).map_err(Fault::Stop)?,
            Known::True => to.scalar(Scalar::TrueObject).map_err(Fault::Stop)?,
            Known::Vector => self.known_items(to)?,
        }
        Ok(known)
    }

    fn known_items<V: Visitor<'b>>(&mut self, to: &mut V) -> Result<(), Fault<V::Stop>> {
        if self.depth >= self.options.max_depth {
            return Err(self.fault(DecodeErrorKind::TooDeep));
        }
        self.depth += 1;
        let count = self.u32()?;
        // Each item has an id at least.
        let list = self.list(count, wire::WORD, wire::WORD, false)?;
        self.items(to, list, |reader, to| reader.known(to).map(drop))?;
        self.depth -= 1;
        Ok(())
    }

    /// Whether nothing follows the field at `place`, as far as the words say that were read.
    pub(super) fn is_last_field(&self, fields: &Fields, place: usize, env: Env) -> bool {
        let has_bytes = |field: &Field| !matches!(field.node, Node::Primitive(Primitive::True));
        let mut later = fields.conditions.iter().zip(&fields.all).skip(place + 1);
        !later.any(|(condition, field)| has_bytes(field) && self.is_there(*condition, env))
    }

    fn mark(&self) -> Mark<'b> {
        Mark {
            input: self.input,
            env: self.top(),
            depth: self.depth,
            free_items: self.free_items,
            is_last: self.is_last,
        }
    }

    /// Goes back. What was entered after the mark is forgotten; the words before it are as they were, since nothing in an object
    /// changes those around it.
    fn reset(&mut self, mark: &Mark<'b>) {
        self.leave(mark.env);
        self.input = mark.input;
        (self.depth, self.free_items, self.is_last) = (mark.depth, mark.free_items, mark.is_last);
    }
}

/// Where a reader was.
struct Mark<'b> {
    input: wire::Input<'b>,
    env: Env,
    depth: usize,
    free_items: usize,
    is_last: bool,
}
