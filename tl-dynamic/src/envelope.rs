//! What is known of messages that hold others, beyond what their schema says.
//!
//! The schema of MTProto calls the body of a message an `Object`. That a field beside it says how long it is, is written in the
//! documentation only.

use std::collections::HashMap;

use tlgen_model::schema::{CombinatorIdx, Primitive, TypeExpr};

use crate::codec::Codec;

/// The messages that hold others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Envelopes {
    lengths: HashMap<CombinatorIdx, Envelope>,
}

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
    pub fn with_envelopes(mut self) -> Self {
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
                self.envelopes.lengths.insert(idx, Envelope { length, body });
            }
        }
        self
    }

    /// The fields of a combinator of which one has the length of the other.
    pub(crate) fn envelope(&self, combinator: CombinatorIdx) -> Option<Envelope> {
        if self.envelopes.lengths.is_empty() {
            return None;
        }
        self.envelopes.lengths.get(&combinator).copied()
    }
}
