//! A value of type `Object`: what its id says, or its bytes as they are.
//!
//! What comes in is the input at the id of any boxed value. Known are the constructors and functions of the schema, `Bool`, `True`
//! and boxed vectors whose items are known in turn. Any other value has an unknown length; it can be kept as bytes only where
//! nothing follows it.

use tlgen_model::schema::{Param, Primitive, TypeExpr};

use super::{Decoder, Fault};
use crate::error::DecodeErrorKind;
use crate::known::Known;
use crate::scope::Scope;
use crate::value::Value;

impl<'c> Decoder<'c> {
    /// An `Object`. One that is unknown is [`Value::Raw`] where it is the last value.
    pub(super) fn dynamic(&mut self) -> Result<Value, Fault> {
        let may_be_raw = self.is_last && self.options.raw_objects;
        let (start, depth, free_items, is_last) = (self.input.offset(), self.depth, self.free_items, self.is_last);
        let whole = self.input.all();
        let read = self.known();
        let is_unknown = std::mem::take(&mut self.is_unknown);
        match read {
            // Items of a bare type began like objects.
            Ok(Value::List(_)) if may_be_raw && self.input.remaining() > 0 => {}
            Err(_) if may_be_raw && is_unknown => {}
            read => return read,
        }
        self.input.widen(whole);
        self.input.rewind(self.input.offset() - start);
        (self.depth, self.free_items, self.is_last) = (depth, free_items, is_last);
        let rest = self.input.take(self.input.remaining()).unwrap_or_default();
        Ok(Value::Raw(rest.to_vec()))
    }

    /// A boxed value whose id says what it is; else a fault, and `is_unknown` is set.
    pub(super) fn known(&mut self) -> Result<Value, Fault> {
        let id = self.u32()?;
        match self.codec.known(id) {
            Some(Known::Combinator(combinator)) => {
                let scope = Scope::root(self.codec.schema().combinator(combinator));
                self.object(combinator, scope).map(Value::Object)
            }
            Some(Known::Bool(value)) => Ok(Value::Bool(value)),
            Some(Known::True) => Ok(Value::True),
            Some(Known::Vector) => self.known_items(),
            None => {
                self.is_unknown = true;
                Err(self.unexpected_id(id, "a constructor or function"))
            }
        }
    }

    fn known_items(&mut self) -> Result<Value, Fault> {
        if self.depth >= self.options.max_depth {
            return Err(self.fault(DecodeErrorKind::TooDeep));
        }
        self.depth += 1;
        let count = self.u32()?;
        // Each item has an id at least.
        let items = self.items(count, 4, 4, Self::known)?;
        self.depth -= 1;
        Ok(items)
    }

    /// Whether nothing follows the field with the index `place`, as far as the words say that were read.
    pub(super) fn is_last_field(&self, params: &[Param], place: usize, scope: &Scope<'c>) -> bool {
        let is_there = |param: &Param| param.condition.is_none_or(|found| scope.word(found.word) >> found.bit & 1 == 1);
        let has_bytes =
            |param: &Param| !matches!(param.ty, TypeExpr::Primitive { primitive: Primitive::True, boxed: None });
        !params[place + 1..].iter().any(|later| is_there(later) && has_bytes(later))
    }
}
