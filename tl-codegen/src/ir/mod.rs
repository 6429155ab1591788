//! The Rust items that stand for a schema.
//!
//! What comes in is a resolved schema and the options; what goes out is a [`Package`]: every struct, enum and field with
//! its final Rust name, type, documentation and way over the wire. What can no longer occur: two items of one name in a
//! module, a recursive type without a box, a construct without a Rust form, an option that names nothing.

mod accessors;
mod borrow;
mod boxes;
mod facts;
mod items;
mod layers;
mod lower;
pub mod print;
mod traits;
mod types;
mod unknown;
mod views;
mod wire;

use std::collections::BTreeMap;
use std::fmt;

use tlgen_model::schema::{CombinatorIdx, TypeIdx};

pub use facts::{Calls, Facts, FunctionError, KnownError, Related};
pub use items::{Item, Items};
pub(crate) use layers::side_by_side;
pub use layers::{Older, Owner};
pub(crate) use lower::lower;
pub use types::RustType;
pub use views::{
    Amount, Arm, Coded, EnumCode, Layouts, Part, Place, Seen, ViewField, ViewStruct, ViewType, ViewVariant, Views,
};
pub use wire::{Bit, BitRef, Codec, Count, Step};
pub(crate) use wire::{counting_fields, fixed_size};

/// All items of one schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// The layer of the schema.
    pub layer: Option<u32>,
    /// Constructors with fields, and constructors that are the only one of their type, in the order of the schema.
    pub constructors: Vec<Struct>,
    /// Boxed types in the order of the schema.
    pub types: Vec<Boxed>,
    /// Functions in the order of the schema.
    pub functions: Vec<Struct>,
    /// Every id with its TL name, sorted by id.
    pub names: Vec<(u32, String)>,
    /// The ids, where values with other ones are kept.
    pub known: Option<Known>,
    /// The same constructors and types once more, with text that points into the input; empty unless asked for.
    pub borrowed: Borrowed,
    /// The module `views`, if it is wanted.
    pub views: Option<Views>,
    /// The errors that the metadata names, by name.
    pub errors: Vec<KnownError>,
    /// The methods by namespace, where they are wanted.
    pub calls: Option<Calls>,
    /// The declarations of the schema, each on one line with its id; empty unless asked for.
    pub declarations: Vec<String>,
}

/// Constructors and types with borrowed text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Borrowed {
    /// Structs with a lifetime: those that hold text.
    pub constructors: Vec<Struct>,
    /// Enums with a lifetime, and aliases.
    pub types: Vec<Boxed>,
    /// Items without text, which are the owned ones: the path here and the item.
    pub owned: Vec<(ItemPath, ItemPath)>,
}

impl Package {
    /// TL names of constructors to the boxed types that they belong to.
    #[must_use]
    pub fn types_by_constructor(&self) -> BTreeMap<&str, &ItemPath> {
        let structs: BTreeMap<_, _> =
            self.constructors.iter().map(|item| (&item.path, item.tl_name.as_str())).collect();
        let mut types = BTreeMap::new();
        for ty in &self.types {
            match ty {
                Boxed::Alias { path, target } => types.extend(structs.get(target).map(|name| (*name, path))),
                Boxed::Enum(item) => types.extend(item.variants.iter().map(|v| (v.tl_name.as_str(), &item.path))),
            }
        }
        types
    }
}

/// Where an item is: below one of the trees.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemPath {
    /// The tree.
    pub tree: Tree,
    /// Module names, outermost first, safe to write.
    pub namespace: Vec<String>,
    /// The name of the struct or enum, safe to write.
    pub name: String,
}

/// The path below the module of the schema: `types::contacts::Contacts`.
impl fmt::Display for ItemPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.tree.parent() {
            write!(f, "{parent}::")?;
        }
        f.write_str(self.tree.module())?;
        self.namespace.iter().chain([&self.name]).try_for_each(|part| {
            f.write_str("::")?;
            f.write_str(part)
        })
    }
}

/// The three trees of generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tree {
    /// Structs.
    Constructors,
    /// Requests.
    Functions,
    /// Boxed types.
    Types,
    /// Structs with borrowed text.
    BorrowedConstructors,
    /// Boxed types with borrowed text.
    BorrowedTypes,
    /// Views of constructors.
    ViewConstructors,
    /// Views of requests.
    ViewFunctions,
    /// Views of boxed types.
    ViewTypes,
}

impl Tree {
    /// The name of its module.
    #[must_use]
    pub const fn module(self) -> &'static str {
        match self {
            Self::Constructors | Self::BorrowedConstructors | Self::ViewConstructors => "constructors",
            Self::Functions | Self::ViewFunctions => "functions",
            Self::Types | Self::BorrowedTypes | Self::ViewTypes => "types",
        }
    }

    /// The module around it, if there is one.
    #[must_use]
    pub const fn parent(self) -> Option<&'static str> {
        match self {
            Self::Constructors | Self::Functions | Self::Types => None,
            Self::BorrowedConstructors | Self::BorrowedTypes => Some("borrowed"),
            Self::ViewConstructors | Self::ViewFunctions | Self::ViewTypes => Some("views"),
        }
    }
}

/// Documentation: paragraphs and the TL line, all in plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// What the schema or the metadata says about it.
    pub description: Option<String>,
    /// TL declarations to show.
    pub tl: Vec<String>,
    /// Pages to read on.
    pub related: Vec<Related>,
}

/// A constructor or function as a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The combinator in the schema that was lowered: that of the option `only`, where it is given.
    pub combinator: CombinatorIdx,
    /// Where it is.
    pub path: ItemPath,
    /// The TL name.
    pub tl_name: String,
    /// The id on the wire.
    pub id: u32,
    /// Its documentation.
    pub docs: Docs,
    /// Type parameters, each of them a function: `X` of `!X`.
    pub generics: Vec<String>,
    /// The item with owned text, for one with borrowed text: this one has a lifetime.
    pub owned: Option<ItemPath>,
    /// The fields that users see, in the order of the wire.
    pub fields: Vec<Field>,
    /// What is written and read, in order.
    pub steps: Vec<Step>,
    /// The least number of bytes without the id.
    pub min_size: u32,
    /// Whether reading it counts towards the depth limit.
    pub counts_depth: bool,
    /// For a function: what it returns.
    pub returns: Option<RustType>,
    /// For a function: what is known about it.
    pub facts: Facts,
    /// What it has to do with errors that come in the place of answers.
    pub error: Option<InPlace>,
    /// The derives that it can have, by its own fields.
    pub traits: Traits,
    /// Whether values that are not known may be in it.
    pub unknown: bool,
    /// In which directions it is used.
    pub usage: Usage,
}

/// The part of an item in errors that come in the place of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InPlace {
    /// It is such an error: the names of its fields for code and text.
    Is {
        /// The field with the code.
        code: String,
        /// The field with the text.
        text: String,
    },
    /// A function whose answer may be such an error: the struct of the error.
    May(ItemPath),
}

/// What becomes of the code of an item in each direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Encoding.
    pub encode: Way,
    /// Decoding.
    pub decode: Way,
}

impl Usage {
    /// The same, as it counts for those who use the item: what is there, wherever it is compiled.
    #[must_use]
    pub const fn there(self) -> Self {
        Self { encode: self.encode.inlined(), decode: self.decode.inlined() }
    }
}

/// What becomes of the code of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is compiled once, in the library.
    Library,
    /// It is inlined into who uses it.
    Inline,
    /// It is left out.
    Absent,
}

impl Way {
    /// The same without code in the library.
    #[must_use]
    pub const fn inlined(self) -> Self {
        match self {
            Self::Library | Self::Inline => Self::Inline,
            Self::Absent => Self::Absent,
        }
    }

    /// Whether there is code.
    #[must_use]
    pub fn is_there(self) -> bool {
        self != Self::Absent
    }
}

/// What a struct or enum can derive, beyond `Clone`, `Debug` and `PartialEq`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// `Default`.
    pub default: bool,
    /// `Eq` and `Hash`.
    pub eq: bool,
    /// `Copy`.
    pub copy: bool,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The Rust name, safe to write.
    pub name: String,
    /// The type, inside `Option` and `Box`.
    pub ty: RustType,
    /// Wrapped in `Option`.
    pub optional: bool,
    /// Wrapped in `Box`, inside `Option`; only optional fields are.
    pub boxed: bool,
    /// What the schema or the metadata says about it.
    pub description: Option<String>,
    /// The index of the parameter in the combinator.
    pub param: usize,
    /// The TL name; `None` for an anonymous parameter.
    pub tl_name: Option<String>,
    /// The type as in the schema, with its condition: `flags.3?Vector<long>`.
    pub tl_type: String,
}

impl Field {
    /// Its type as users write it, with `Option` and `Box`.
    #[must_use]
    pub fn type_text(&self) -> String {
        let ty = if self.boxed { format!("Box<{}>", self.ty) } else { self.ty.to_string() };
        if self.optional { format!("Option<{ty}>") } else { ty }
    }
}

/// A boxed type.
#[derive(Clone, Debug, PartialEq)]
pub enum Boxed {
    /// A type with one constructor: its struct under another path.
    Alias {
        /// Where it is.
        path: ItemPath,
        /// The struct.
        target: ItemPath,
    },
    /// A type with several constructors.
    Enum(Enum),
}

/// A boxed type with several constructors.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// The type in the schema that was lowered.
    pub ty: TypeIdx,
    /// Where it is.
    pub path: ItemPath,
    /// The item with owned text, for one with borrowed text: this one has a lifetime.
    pub owned: Option<ItemPath>,
    /// The TL name.
    pub tl_name: String,
    /// Its documentation.
    pub docs: Docs,
    /// The variants in the order of the schema.
    pub variants: Vec<Variant>,
    /// Methods by variant and by field; `None` unless asked for.
    pub accessors: Option<Accessors>,
    /// Whether it has a variant for constructors that are not known.
    pub unknown: bool,
    /// The variant that a failed reader falls back to: it has a finite value.
    pub fallback: usize,
    /// The least number of bytes with the id.
    pub min_size: u32,
    /// Whether reading it counts towards the depth limit.
    pub counts_depth: bool,
    /// The derives that it can have, by its own fields.
    pub traits: Traits,
    /// In which directions it is used.
    pub usage: Usage,
}

/// The ids of a schema, ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Those of the variants of enums.
    pub variants: Vec<u32>,
    /// Those of the other constructors, and of functions.
    pub others: Vec<u32>,
}

/// The methods of an enum by variant and by field.
#[derive(Clone, Debug, PartialEq)]
pub struct Accessors {
    /// The variants with `as_` and `into_`: their indices and what comes after the prefix.
    pub variants: Vec<(usize, String)>,
    /// The fields that each variant with fields has, in the order of the first.
    pub fields: Vec<SharedField>,
}

/// A field that is the same in each variant with fields.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedField {
    /// The field in the struct of one of them.
    pub field: Field,
    /// Whether all variants have fields, so that a value always has this one.
    pub is_everywhere: bool,
}

/// One constructor of a boxed type.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The constructor in the schema that was lowered.
    pub combinator: CombinatorIdx,
    /// The Rust name, safe to write.
    pub name: String,
    /// The id on the wire.
    pub id: u32,
    /// The TL name.
    pub tl_name: String,
    /// Its documentation; for a variant with a struct only the description.
    pub docs: Docs,
    /// The struct; `None` for a constructor without fields.
    pub item: Option<ItemPath>,
    /// Whether the struct has a lifetime.
    pub holds_text: bool,
    /// Whether the struct is in a box.
    pub boxed: bool,
    /// Whether the code that drops it in a box is with this enum. Where layers share the struct, one of them has it.
    pub drops: bool,
}
