//! A schema made ready for reading: what comes next is an index or a slot, and never a name.
//!
//! Made once for each [`Codec`](crate::Codec), from its [`Valid`](tlgen_model::Valid) schema. Each combinator has its fields in
//! the order of the wire; each field has the place of the word that it depends on and the least size of its items; each type has
//! a table of the ids of its constructors. Templates keep their variables: what they stand for is on a stack while bytes are
//! read, so that a type which grows with each level costs no more than its depth.

mod compile;
mod ids;
mod reach;

use tlgen_model::schema::{CombinatorIdx, GenericKind, Primitive, TypeIdx};

use crate::envelope::Envelope;
use crate::error::SchemaFault;

pub(crate) use compile::{plan, root};
pub(crate) use ids::Ids;
use reach::Reach;

/// All of a schema.
#[derive(Debug)]
pub(crate) struct Plan {
    /// By [`CombinatorIdx`](tlgen_model::schema::CombinatorIdx).
    pub(crate) combinators: Box<[Entry]>,
    /// By [`TypeIdx`].
    pub(crate) types: Box<[Choice]>,
    /// What an id means where any constructor or function may be.
    pub(crate) any: Ids,
    /// What an id means where a function must be.
    pub(crate) functions: Ids,
    /// What is read where an answer is: see [`Rule::Answer`].
    pub(crate) answer: Option<Root>,
    reach: Reach,
}

/// A type that stands for itself, with the words of its repetitions.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    pub(crate) node: Node,
    pub(crate) words: u32,
}

/// A constructor or function.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) idx: CombinatorIdx,
    pub(crate) fields: Fields,
    /// How many words have a place: the variables that are numbers, the fields of type `#`, and those of the records in
    /// repetitions.
    pub(crate) words: u32,
    /// Its variables.
    pub(crate) generics: Box<[GenericKind]>,
    /// What binds them, one for each argument of its result.
    pub(crate) patterns: Box<[Pattern]>,
    /// What is known beyond the declaration.
    pub(crate) rule: Rule,
}

/// What is known of a combinator beyond its declaration.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    None,
    /// A field has the number of bytes of another one.
    Envelope(Envelope),
    /// The field at this index holds an answer to a known function, or its error.
    Answer(usize),
}

/// An argument in the result of a constructor.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pattern {
    /// The variable at this index is the type.
    Type(u32),
    /// Any type will do.
    AnyType,
    /// The number must be this one.
    Const(u32),
    /// The variable at this index is the number less `plus`.
    Nat { generic: u32, plus: u32 },
    /// No number is made by this.
    Never,
}

/// The constructors of a type.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// Those that have an id.
    pub(crate) ids: Ids,
    /// The one that has none.
    pub(crate) default: Option<u32>,
    /// All of them.
    pub(crate) all: Box<[u32]>,
}

/// The fields of a combinator, or of a record in a repetition.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) all: Box<[Field]>,
    /// When each is there. Beside them, as most fields of a long list are not.
    pub(crate) conditions: Box<[Condition]>,
}

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) node: Node,
    /// The place of a word.
    pub(crate) word: Option<u32>,
    /// The bits that a strict reader refuses: those of a word that no field declares.
    pub(crate) undeclared: u32,
    /// Whether its value may be, or end with, one of a type that only its id tells.
    pub(crate) may_hold_object: bool,
    /// Whether it is declared with `int53`.
    pub(crate) is_int53: bool,
    pub(crate) place: usize,
    pub(crate) is_named: bool,
    /// Its key in JSON, with the quotes and the colon.
    pub(crate) key: Box<str>,
}

impl Field {
    /// Its name, which is its key as well.
    pub(crate) fn name(&self) -> Option<&str> {
        self.is_named.then(|| &self.key[1..self.key.len() - 2])
    }
}

/// When a field is there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Condition {
    Always,
    Never,
    /// Where the bit of a word is set.
    Bit {
        word: u32,
        bit: u8,
    },
}

/// A number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Const(u32),
    /// A word, and what is added to it.
    Sum {
        word: u32,
        plus: u32,
    },
}

/// A type.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Nat,
    /// A primitive without an id before it.
    Primitive(Primitive),
    /// One with this id.
    BoxedPrimitive {
        id: u32,
        primitive: Primitive,
    },
    Object,
    Function,
    Vector {
        boxed: bool,
        items: Box<Items>,
    },
    Boxed {
        ty: TypeIdx,
        args: Box<[Arg]>,
    },
    Bare {
        constructor: u32,
        args: Box<[Arg]>,
    },
    /// Without its id, the first constructor that these arguments make.
    Refined {
        ty: TypeIdx,
        args: Box<[Arg]>,
    },
    Var {
        generic: u32,
        bare: bool,
    },
    Repeat(Box<Repeat>),
    Fault(SchemaFault),
}

/// The items of a vector.
#[derive(Clone, Debug)]
pub(crate) struct Items {
    pub(crate) node: Node,
    /// The least bytes of one.
    pub(crate) least: usize,
}

/// A repetition.
#[derive(Clone, Debug)]
pub(crate) struct Repeat {
    pub(crate) count: Number,
    /// The least bytes of an item.
    pub(crate) least: usize,
    pub(crate) fields: Fields,
    /// Whether an item is the value of the only field, and not a record of fields.
    pub(crate) is_plain: bool,
    /// The words of one record: the first one and how many.
    pub(crate) words: (u32, u32),
}

/// An argument of a type.
#[derive(Clone, Debug)]
pub(crate) enum Arg {
    Type(Node),
    Nat(Number),
}
