//! A declaration in parts that can be compared and changed one by one.

use std::fmt::{self, Write};

use tlgen_model::schema::{Combinator, GenericKind, SectionKind};
use tlgen_model::view;

/// What is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A constructor.
    Constructor,
    /// A function.
    Function,
    /// A boxed type, which is declared by its constructors and has a description of its own.
    Type,
}

impl Kind {
    /// The kind of a combinator in this section.
    #[must_use]
    pub const fn of(section: SectionKind) -> Self {
        match section {
            SectionKind::Types => Self::Constructor,
            SectionKind::Functions => Self::Function,
        }
    }

    /// The word for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Constructor => "constructor",
            Self::Function => "function",
            Self::Type => "type",
        }
    }
}

/// A declaration in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its TL name.
    pub name: String,
    /// The id on the wire, written or computed; 0 for a type.
    pub id: u32,
    /// The variables, as in `X:Type`.
    pub generics: Vec<String>,
    /// The arguments in the order of the declaration.
    pub fields: Vec<Field>,
    /// What it makes or returns, as it is written; empty for a type.
    pub result: String,
    /// `read` for `@read`, and the like.
    pub annotations: Vec<String>,
    /// What the comments above it say.
    pub description: Option<String>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name; `None` for an anonymous one.
    pub name: Option<String>,
    /// When it is there; `None` for always.
    pub condition: Option<Condition>,
    /// Its type as it is written, without the condition.
    pub ty: String,
    /// What the comments say about it.
    pub description: Option<String>,
}

/// `flags.3`: there if this bit of that word is set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// The name of the word.
    pub word: String,
    /// The bit, 0 to 31.
    pub bit: u8,
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.word, self.bit)
    }
}

impl Field {
    /// Its name, `_` for an anonymous one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("_")
    }

    /// Type and condition, as in `flags.3?long`.
    #[must_use]
    pub fn full_type(&self) -> String {
        self.condition.as_ref().map_or_else(|| self.ty.clone(), |condition| format!("{condition}?{}", self.ty))
    }

    /// Whether it takes no bytes: its bit says all.
    #[must_use]
    pub fn is_switch(&self) -> bool {
        self.condition.is_some() && self.ty == "true"
    }
}

/// `name:flags.3?long`.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name}:{}", self.full_type()),
            None => f.write_str(&self.full_type()),
        }
    }
}

/// The declaration on one line, with its id.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind == Kind::Type {
            return f.write_str(&self.name);
        }
        for annotation in &self.annotations {
            write!(f, "@{annotation} ")?;
        }
        f.write_str(&self.name)?;
        if self.name != "_" {
            write!(f, "#{:08x}", self.id)?;
        }
        for generic in &self.generics {
            write!(f, " {{{generic}}}")?;
        }
        for field in &self.fields {
            write!(f, " {field}")?;
        }
        write!(f, " = {}", self.result)
    }
}

impl Item {
    /// The declaration of a combinator.
    #[must_use]
    pub fn of(combinator: &Combinator) -> Self {
        let declaration = view::Declaration::of(combinator);
        let generic = |generic: &tlgen_model::schema::Generic| match generic.kind {
            GenericKind::Type => format!("{}:Type", generic.name),
            GenericKind::Nat => format!("{}:#", generic.name),
        };
        let fields = combinator.params.iter().zip(declaration.types()).map(|(param, text)| {
            let (condition, ty) = match text.split_once('?').filter(|_| param.condition.is_some()) {
                Some((condition, ty)) => (parse_condition(condition), ty.to_owned()),
                None => (None, text),
            };
            Field {
                name: param.name.as_deref().map(str::to_owned),
                condition,
                ty,
                description: param.description.as_deref().map(str::to_owned),
            }
        });
        Self {
            kind: Kind::of(combinator.kind),
            name: combinator.name.full().to_owned(),
            id: combinator.id,
            generics: combinator.generics.iter().map(generic).collect(),
            fields: fields.collect(),
            result: declaration.result(),
            annotations: combinator.annotations.iter().map(ToString::to_string).collect(),
            description: combinator.description.as_deref().map(str::to_owned),
        }
    }

    /// What a boxed type is by itself: a name and a description.
    #[must_use]
    pub fn of_type(ty: &tlgen_model::schema::Type) -> Self {
        Self {
            kind: Kind::Type,
            name: ty.name.full().to_owned(),
            id: 0,
            generics: Vec::new(),
            fields: Vec::new(),
            result: String::new(),
            annotations: Vec::new(),
            description: ty.description.as_deref().map(str::to_owned),
        }
    }

    /// The namespace with its dots; empty where there is none.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.name.rsplit_once('.').map_or("", |(namespace, _)| namespace)
    }

    /// All that follows the name and the id: what a renamed declaration has in common with the one before.
    pub(crate) fn body(&self) -> String {
        let mut body = String::new();
        for part in self.generics.iter().map(|generic| spelled(generic)).chain(self.fields.iter().map(spelled_field)) {
            let _ = write!(body, "{part} ");
        }
        body + "= " + &spelled(&self.result)
    }
}

fn parse_condition(text: &str) -> Option<Condition> {
    let (word, bit) = text.rsplit_once('.')?;
    Some(Condition { word: word.to_owned(), bit: bit.parse().ok()? })
}

/// An argument in one spelling.
pub(crate) fn spelled_field(field: &Field) -> String {
    let condition = field.condition.as_ref().map(|condition| format!("{condition}?")).unwrap_or_default();
    format!("{}:{condition}{}", field.name(), spelled(&field.ty))
}

/// A type in the one spelling in which `Vector<int>` and `(Vector int)` are the same. As in the canonical line, brackets are left
/// out: each name is known to take a certain number of arguments.
pub(crate) fn spelled(ty: &str) -> String {
    let mut text = String::with_capacity(ty.len());
    for word in ty.split([' ', '(', ')', '<', '>', ',']).filter(|word| !word.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// Whether two types differ by brackets at most.
pub(crate) fn is_same_type(a: &str, b: &str) -> bool {
    a == b || spelled(a) == spelled(b)
}
