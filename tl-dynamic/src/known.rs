//! What the id of a value says where any value may be: in a field of type `Object`, or at the start of bytes.
//!
//! Decoding and locating ask here, so that both know the same values.

use tlgen_model::schema::{CombinatorIdx, Name};

use crate::codec::Codec;
use crate::wire;

/// What begins with an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// A constructor or function of the schema; its fields follow.
    Combinator(CombinatorIdx),
    /// A `Bool`, which is no more than its id.
    Bool(bool),
    /// A `True`, neither.
    True,
    /// A boxed vector; a count follows, then items that have ids in turn.
    Vector,
}

impl Known {
    /// The same of the ids of builtin types, which a schema may give another meaning.
    pub(crate) fn builtin(id: u32) -> Option<Self> {
        match id {
            wire::BOOL_TRUE => Some(Self::Bool(true)),
            wire::BOOL_FALSE => Some(Self::Bool(false)),
            wire::TRUE => Some(Self::True),
            wire::VECTOR => Some(Self::Vector),
            _ => None,
        }
    }
}

impl Codec<'_> {
    /// What `id` says. The schema may give the ids of builtin types another meaning.
    pub(crate) fn known(&self, id: u32) -> Option<Known> {
        if let Some(combinator) = self.by_id(id) {
            return Some(Known::Combinator(combinator));
        }
        Known::builtin(id)
    }

    /// What the thing is called that begins with `id`.
    pub(crate) fn known_name(&self, id: u32) -> Option<Name> {
        self.known(id).map(|known| match known {
            Known::Combinator(combinator) => self.schema().combinator(combinator).name.clone(),
            Known::Bool(true) => Name::new("boolTrue"),
            Known::Bool(false) => Name::new("boolFalse"),
            Known::True => Name::new("true"),
            Known::Vector => Name::new("vector"),
        })
    }
}
