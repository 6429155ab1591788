//! What is known of messages that hold others, beyond what their schema says.
//!
//! The schema of MTProto calls the body of a message an `Object`. That a field beside it says how long it is, is written in the
//! documentation only.

use std::collections::HashMap;

use tlgen_model::schema::{CombinatorIdx, Param, Primitive, TypeExpr};

use crate::codec::Codec;
use crate::json::JsonForm;
use crate::plan::Rule;
use crate::root::Root;
use crate::value::{Object, Value};

/// The messages that hold others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Envelopes {
    lengths: HashMap<CombinatorIdx, Envelope>,
    /// The constructor and the field that hold an answer, and the function that it answers.
    answer: Option<(CombinatorIdx, usize, CombinatorIdx)>,
}

/// `rpc_result`, the answer to a call.
const RPC_RESULT: u32 = 0xf35c_6d01;
/// `rpc_error`, which an answer may be instead of what the function returns.
const RPC_ERROR: u32 = 0x2144_ca19;
/// `gzip_packed`, which any message may be.
pub(crate) const GZIP_PACKED: u32 = 0x3072_cfa1;

/// A field with the length of another one: their indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) length: usize,
    pub(crate) body: usize,
}

impl<'s> Codec<'s> {
    /// With the rule of MTProto that the field `bytes` of a `message` has the number of bytes of its `body`. It holds for every
    /// combinator of the schema with `bytes:int body:Object`. A body that is not as long is a fault, and one that is unknown is
    /// [`Value::Raw`](crate::Value).
    #[must_use]
    pub fn with_envelopes(self) -> Self {
        let mut envelopes = self.envelopes.clone();
        for (idx, combinator) in self.schema().constructors() {
            let index = |name: &str| combinator.params.iter().position(|param| param.name.as_deref() == Some(name));
            let is_int = |at: usize| {
                matches!(combinator.params[at].ty, TypeExpr::Primitive { primitive: Primitive::Int, boxed: None })
            };
            if let (Some(length), Some(body)) = (index("bytes"), index("body"))
                && length < body
                && is_int(length)
                && combinator.params[body].ty == TypeExpr::Object
            {
                envelopes.lengths.insert(idx, Envelope { length, body });
            }
        }
        self.with_known(envelopes)
    }

    /// With answers to `function`: an `rpc_result` holds what it returns, also where that has no id. An `rpc_error` and what is
    /// packed are known by their ids.
    #[must_use]
    pub fn with_answers_to(self, function: CombinatorIdx) -> Self {
        let mut envelopes = self.envelopes.clone();
        envelopes.answer = self.by_id(RPC_RESULT).and_then(|idx| {
            let is_any = |param: &Param| param.ty == TypeExpr::Object;
            let place = self.schema().combinator(idx).params.iter().position(is_any)?;
            Some((idx, place, function))
        });
        self.with_known(envelopes)
    }

    /// What a message in answer to `function` is, as far as its first word says: an envelope of some kind, or the answer itself.
    #[must_use]
    pub fn root_of_answer(&self, function: CombinatorIdx, bytes: &[u8]) -> Root<'s> {
        self.root_of_answer_id(function, bytes.first_chunk().map(|id| u32::from_le_bytes(*id)))
    }

    fn root_of_answer_id(&self, function: CombinatorIdx, id: Option<u32>) -> Root<'s> {
        let is_container = id.and_then(|id| self.by_id(id)).is_some_and(|idx| {
            let params = &self.schema().combinator(idx).params;
            params.iter().any(|param| match &param.ty {
                TypeExpr::Vector { item, .. } => {
                    matches!(**item, TypeExpr::Bare { constructor, .. } if self.envelope(constructor).is_some())
                }
                _ => false,
            })
        });
        match id {
            Some(RPC_RESULT | RPC_ERROR | GZIP_PACKED) => Root::Any,
            _ if is_container => Root::Any,
            _ => Root::Type(&self.schema().combinator(function).result),
        }
    }

    /// Whether this is `gzip_packed`.
    pub(crate) fn is_packed(&self, of: CombinatorIdx) -> bool {
        self.schema().combinators.get(of.0 as usize).is_some_and(|found| found.id == GZIP_PACKED)
    }

    /// The content of a field of `gzip_packed`, which is a `string` in some schemas.
    #[must_use]
    pub fn packed<'v>(&self, of: CombinatorIdx, value: &'v Value) -> Option<&'v [u8]> {
        match value {
            _ if !self.is_packed(of) => None,
            Value::Bytes(bytes) => Some(bytes),
            Value::Text(text) => Some(text.as_bytes()),
            _ => None,
        }
    }

    /// A message in a `gzip_packed`, which holds these bytes; nothing if the schema does not declare it.
    #[must_use]
    pub fn pack(&self, packed: Vec<u8>) -> Option<Value> {
        let combinator = self.by_id(GZIP_PACKED).filter(|idx| self.schema().combinator(*idx).params.len() == 1)?;
        Some(Value::Object(Object { combinator, fields: vec![Some(Value::Bytes(packed))] }))
    }

    /// The field of an answer in a value, if the value is an `rpc_result`.
    #[must_use]
    pub fn answer_in<'v>(&self, value: &'v mut Value) -> Option<&'v mut Value> {
        let Value::Object(object) = value else { return None };
        let combinator = self.schema().combinators.get(object.combinator.0 as usize)?;
        let place = combinator.params.iter().position(|param| param.ty == TypeExpr::Object)?;
        if combinator.id == RPC_RESULT { object.fields.get_mut(place)?.as_mut() } else { None }
    }

    /// What such an answer is to be.
    #[must_use]
    pub fn root_of_answer_value(&self, answer: &Value) -> Root<'s> {
        let place = self.envelopes.answer.and_then(|(of, place, _)| self.answer_of_value(of, place, answer));
        place.map_or(Root::Any, Root::Type)
    }

    /// What an unpacked message is.
    #[must_use]
    pub fn root_of_packed(&self, bytes: &[u8]) -> Root<'s> {
        self.envelopes.answer.map_or(Root::Any, |(_, _, function)| self.root_of_answer(function, bytes))
    }

    /// What the JSON of an unpacked message is.
    pub(crate) fn root_of_packed_json(&self, json: &serde_json::Value, form: JsonForm) -> Root<'s> {
        self.envelopes.answer.map_or(Root::Any, |(_, _, function)| self.root_of_answer_json(function, json, form))
    }

    /// The type of a field that is called an `Object` and is known better. `next`: the word that it begins with.
    pub(crate) fn answer(&self, of: CombinatorIdx, place: usize, next: Option<u32>) -> Option<&'s TypeExpr> {
        let (_, _, function) = self.envelopes.answer.filter(|(idx, field, _)| *idx == of && *field == place)?;
        (!is_any_answer(next)).then(|| &self.schema().combinator(function).result)
    }

    /// The same of a value that is there.
    pub(crate) fn answer_of_value(&self, of: CombinatorIdx, place: usize, value: &Value) -> Option<&'s TypeExpr> {
        let id = match value {
            Value::Object(object) => self.schema().combinators.get(object.combinator.0 as usize).map(|found| found.id),
            Value::Raw(_) => return None,
            _ => None,
        };
        self.answer(of, place, id)
    }

    /// The same of the JSON of a value; `name`: what it says that it is.
    pub(crate) fn answer_of_json(&self, of: CombinatorIdx, place: usize, name: Option<&str>) -> Option<&'s TypeExpr> {
        self.answer(of, place, name.and_then(|name| self.id_of_name(name)))
    }

    /// What the JSON of an answer to `function` is to be, as far as the name in it says: an envelope of some kind, or the answer.
    #[must_use]
    pub fn root_of_answer_json(&self, function: CombinatorIdx, json: &serde_json::Value, form: JsonForm) -> Root<'s> {
        let name = json.get(form.tag()).and_then(serde_json::Value::as_str);
        self.root_of_answer_id(function, name.and_then(|name| self.id_of_name(name)))
    }

    fn id_of_name(&self, name: &str) -> Option<u32> {
        self.by_name(name).map(|idx| self.schema().combinator(idx).id)
    }

    /// The fields of a combinator of which one has the length of the other.
    pub(crate) fn envelope(&self, combinator: CombinatorIdx) -> Option<Envelope> {
        if self.envelopes.lengths.is_empty() {
            return None;
        }
        self.envelopes.lengths.get(&combinator).copied()
    }

    /// What is known of a combinator.
    pub(crate) fn rule(&self, idx: CombinatorIdx) -> Rule {
        match (self.envelope(idx), self.envelopes.answer) {
            (Some(envelope), _) => Rule::Envelope(envelope),
            (None, Some((of, place, _))) if of == idx => Rule::Answer(place),
            (None, _) => Rule::None,
        }
    }

    /// The function whose answer is expected.
    pub(crate) fn answered(&self) -> Option<CombinatorIdx> {
        self.envelopes.answer.map(|(_, _, function)| function)
    }
}

/// Whether an answer that begins with this word is what any call may be answered by.
pub(crate) fn is_any_answer(word: Option<u32>) -> bool {
    matches!(word, Some(RPC_ERROR | GZIP_PACKED))
}
