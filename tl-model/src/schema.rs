//! The resolved schema.
//!
//! Names are linked: a [`TypeIdx`] or [`CombinatorIdx`] is an index into [`Schema::types`] or [`Schema::combinators`], a
//! [`NatRef`] points at a field or variable of the same combinator. What can no longer occur: an undefined name, a wrong
//! number of type arguments, a condition on something that is not a `#` or that comes after its user, a bit above 31, two
//! constructors or two functions of one name, two constructors of one type with one id, a type without a finite value. A
//! fragment may have some of these mistakes; a [`Valid`] schema has none of them. (A constructor and a function may share a
//! name. Combinators may share an id if no reader meets both at once.)

mod valid;
mod walk;

pub use tlgen_parser::ast::SectionKind;
pub use tlgen_parser::id::IdRule;
use tlgen_parser::source::Location;

pub use crate::references::References;
pub use valid::Valid;
pub use walk::Needed;

/// The index of a type in [`Schema::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeIdx(pub u32);

/// The index of a constructor or function in [`Schema::combinators`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CombinatorIdx(pub u32);

/// A resolved schema: one or more files that were linked together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The layer that a `// LAYER N` comment names.
    pub layer: Option<u32>,
    /// The boxed types, in the order of their first constructor.
    pub types: Vec<Type>,
    /// Constructors and functions in the order of the files. Declarations of builtin types are not among them.
    pub combinators: Vec<Combinator>,
    /// The partial applications, as in `Vector int;`. They declare nothing.
    pub partials: Vec<TypeExpr>,
    /// Where names are used; empty unless [`Options::references`](crate::Options) asks for it.
    pub references: References,
}

impl Schema {
    /// The type at `idx`.
    #[must_use]
    pub fn ty(&self, idx: TypeIdx) -> &Type {
        &self.types[idx.0 as usize]
    }

    /// The combinator at `idx`.
    #[must_use]
    pub fn combinator(&self, idx: CombinatorIdx) -> &Combinator {
        &self.combinators[idx.0 as usize]
    }

    /// All constructors in the order of the files.
    pub fn constructors(&self) -> impl Iterator<Item = (CombinatorIdx, &Combinator)> {
        self.all().filter(|(_, combinator)| combinator.kind == SectionKind::Types)
    }

    /// All functions in the order of the files.
    pub fn functions(&self) -> impl Iterator<Item = (CombinatorIdx, &Combinator)> {
        self.all().filter(|(_, combinator)| combinator.kind == SectionKind::Functions)
    }

    /// All boxed types.
    pub fn types(&self) -> impl Iterator<Item = (TypeIdx, &Type)> {
        (0..).map(TypeIdx).zip(&self.types)
    }

    fn all(&self) -> impl Iterator<Item = (CombinatorIdx, &Combinator)> {
        (0..).map(CombinatorIdx).zip(&self.combinators)
    }
}

/// A dotted name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Box<str>);

impl Name {
    /// From the text with its dots.
    #[must_use]
    pub fn new(full: &str) -> Self {
        Self(full.into())
    }

    /// The whole name, as in `contacts.getContacts`.
    #[must_use]
    pub fn full(&self) -> &str {
        &self.0
    }

    /// The namespaces with their dots, as in `contacts`; empty where there is none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.0.rsplit_once('.').map_or("", |(namespace, _)| namespace)
    }

    /// The part after the last dot, as in `getContacts`.
    #[must_use]
    pub fn ident(&self) -> &str {
        self.0.rsplit_once('.').map_or(&self.0, |(_, ident)| ident)
    }
}

impl core::fmt::Display for Name {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A boxed type: a set of constructors.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// Its name.
    pub name: Name,
    /// Its constructors in the order of the files: one or more, or none for a type that a fragment uses and does not
    /// declare ([`Fragment`](crate::Fragment)), and for one that only results of functions name.
    pub constructors: Box<[CombinatorIdx]>,
    /// What its arguments are, as in `Pair X Y`.
    pub params: Box<[GenericKind]>,
    /// Its description, from a `//@class` comment.
    pub description: Option<Box<str>>,
    /// The first location at which it is the result of a constructor.
    pub location: Location,
}

/// A constructor or a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Combinator {
    /// [`SectionKind::Types`] for a constructor.
    pub kind: SectionKind,
    /// Its name; `_` for a default constructor, which has no id on the wire.
    pub name: Name,
    /// The id on the wire: the written one or, without one, that of the rule of its file.
    pub id: u32,
    /// Whether the id is written in the schema.
    pub has_written_id: bool,
    /// The variables: `{X:Type}`, `{n:#}`.
    pub generics: Box<[Generic]>,
    /// The arguments in the order of the wire.
    pub params: Box<[Param]>,
    /// What it makes or returns.
    pub result: TypeExpr,
    /// The boxed type that a constructor belongs to; `None` for a function.
    pub ty: Option<TypeIdx>,
    /// The layer of the `===N===` heading above it.
    pub layer: Option<u32>,
    /// Its description, from the comments above it.
    pub description: Option<Box<str>>,
    /// `@read` and the like, without the `@`.
    pub annotations: Box<[Box<str>]>,
    /// The declaration on one line in canonical layout, with its id where that is written, and without the `;`. For its parts see
    /// [`view`](crate::view).
    pub declaration: Box<str>,
    /// From its first character to the `;`.
    pub location: Location,
    /// The location of its name.
    pub name_location: Location,
}

/// A variable of a combinator.
#[derive(Clone, Debug, PartialEq)]
pub struct Generic {
    /// Its name.
    pub name: Box<str>,
    /// Its kind.
    pub kind: GenericKind,
    /// Where it is declared, or used where the declaration is missing.
    pub location: Location,
}

/// The kind of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GenericKind {
    /// `{X:Type}`.
    Type,
    /// `{n:#}`.
    Nat,
}

/// One argument of a combinator, or one field of a repeated record.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name; `None` for an anonymous one.
    pub name: Option<Box<str>>,
    /// When it is present; `None` for always.
    pub condition: Option<Condition>,
    /// Its type.
    pub ty: TypeExpr,
    /// For a `#`: what else depends on it.
    pub word: WordUse,
    /// Its description.
    pub description: Option<Box<str>>,
    /// Name and type.
    pub location: Location,
}

impl Param {
    /// Whether it has the name of a mask: `flags`, or `flags` with a number. Programs write 0 into the bits of a mask that no field
    /// needs, while a number with another name may have any value.
    #[must_use]
    pub fn is_named_flags(&self) -> bool {
        let number = self.name.as_deref().and_then(|name| name.strip_prefix("flags"));
        number.is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
    }
}

/// Present iff a bit of a word is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Condition {
    /// The word.
    pub word: NatRef,
    /// The bit, 0 to 31.
    pub bit: u8,
}

/// How the value of a `#` is used in its combinator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WordUse {
    /// The bits that are conditions of some argument.
    pub bits: u32,
    /// It counts a repetition.
    pub is_count: bool,
    /// It is an argument of a type, in an argument or in the result.
    pub is_argument: bool,
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NatRef {
    /// The argument at this index in [`Combinator::params`].
    Param(u32),
    /// The variable at this index in [`Combinator::generics`].
    Generic(u32),
    /// The field at this index in the repeated record that the reference is in.
    Field(u32),
    /// A field of a repeated record around that one.
    Outer {
        /// How many records further out: 1 for the one directly around it.
        up: u8,
        /// The index of the field in it.
        field: u32,
    },
}

/// The fields of a repeated record with those of the records around it, to look up what a [`NatRef`] in it means.
#[derive(Clone, Copy, Debug)]
pub struct Records<'s> {
    /// The fields of the record.
    pub fields: &'s [Param],
    /// The record around it.
    pub outer: Option<&'s Records<'s>>,
}

impl<'s> Records<'s> {
    /// The scope outside of any record.
    pub const NONE: Self = Self { fields: &[], outer: None };

    /// The field that `nat` means; `None` for an argument or a variable of the combinator.
    #[must_use]
    pub fn field(&self, nat: NatRef) -> Option<&'s Param> {
        match nat {
            NatRef::Param(_) | NatRef::Generic(_) => None,
            NatRef::Field(place) => self.fields.get(place as usize),
            NatRef::Outer { up: 0 | 1, field } => self.outer?.field(NatRef::Field(field)),
            NatRef::Outer { up, field } => self.outer?.field(NatRef::Outer { up: up - 1, field }),
        }
    }
}

/// A number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NatExpr {
    /// A constant, sums folded.
    Const(u32),
    /// A value plus a constant.
    Ref {
        /// The value.
        nat: NatRef,
        /// What is added to it.
        plus: u32,
    },
}

/// The types that need no declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Primitive {
    /// `int`, `int32`: 4 bytes, signed.
    Int,
    /// `long`, `int53`, `int64`: 8 bytes, signed.
    Long,
    /// `double`: 8 bytes.
    Double,
    /// `float`: 4 bytes.
    Float,
    /// `string`, `secureString`.
    String,
    /// `bytes`, `secureBytes`.
    Bytes,
    /// `int128`: 16 bytes as they are.
    Int128,
    /// `int256`: 32 bytes as they are.
    Int256,
    /// `int512`: 64 bytes as they are.
    Int512,
    /// `true`: no bytes.
    True,
    /// `Bool`: the id of `boolTrue` or `boolFalse`.
    Bool,
}

impl Primitive {
    /// Its name in TL; of several names the shortest.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Long => "long",
            Self::Double => "double",
            Self::Float => "float",
            Self::String => "string",
            Self::Bytes => "bytes",
            Self::Int128 => "int128",
            Self::Int256 => "int256",
            Self::Int512 => "int512",
            Self::True => "true",
            Self::Bool => "Bool",
        }
    }
}

/// The type of an argument or a result.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeExpr {
    /// `#`: 4 bytes, unsigned.
    Nat,
    /// A builtin type.
    Primitive {
        /// Which.
        primitive: Primitive,
        /// The id before it, for `Int` and the like; [`Primitive::Bool`] has none, it is an id itself.
        boxed: Option<u32>,
    },
    /// `Object` where the schema declares no such type: any boxed value. `Function` likewise: any call of a function.
    Object,
    /// `Vector<T>` (boxed) or `vector<T>`.
    Vector {
        /// Whether the id of `vector` comes before the count.
        boxed: bool,
        /// The items.
        item: Box<TypeExpr>,
    },
    /// A type by its upper-case name: an id, then the constructor.
    Boxed {
        /// The type.
        ty: TypeIdx,
        /// Its arguments.
        args: Box<[TypeArg]>,
    },
    /// A constructor without its id: `%T`, `t`.
    Bare {
        /// The constructor, the only one of its type.
        constructor: CombinatorIdx,
        /// The arguments of its type.
        args: Box<[TypeArg]>,
    },
    /// `%(List X n)`: a constructor without its id, of several of which the numbers among the arguments tell the one.
    Refined {
        /// The type.
        ty: TypeIdx,
        /// Its arguments.
        args: Box<[TypeArg]>,
    },
    /// `X` of `{X:Type}`.
    Var {
        /// The index in [`Combinator::generics`].
        generic: u32,
        /// `%X`.
        bare: bool,
    },
    /// `!X`: a function that returns `X`.
    Function {
        /// The index in [`Combinator::generics`].
        generic: u32,
    },
    /// A name that a [fragment](crate::Fragment) uses in a wrong way; a warning says what is wrong. A
    /// [valid](crate::Valid) schema has none.
    Unresolved,
    /// `n*[ ... ]`.
    Repeat {
        /// How many.
        count: NatExpr,
        /// The fields of one item; one without a name for `n*[ T ]`.
        fields: Box<[Param]>,
    },
}

/// An argument of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeArg {
    /// A type.
    Type(TypeExpr),
    /// A number.
    Nat(NatExpr),
}
