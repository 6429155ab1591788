//! What a combinator is on the wire.

use std::fmt;

use tlgen_model::schema::{Combinator, CombinatorIdx, NatExpr, NatRef, Param, Primitive, Schema, TypeExpr};

/// The fields of a combinator in the order of the wire, without its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// The fields.
    pub fields: Vec<Field>,
}

/// A field on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// When it is there; `None` for always.
    pub condition: Option<Condition>,
    /// What is there.
    pub form: Form,
}

/// There iff a bit is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Condition {
    /// Which of the `#` fields of the combinator: 0 for the first.
    pub word: u8,
    /// The bit, 0 to 31.
    pub bit: u8,
}

/// The form of a value on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `#`: 4 bytes, kept for the conditions and counts after it.
    Word,
    /// A builtin type.
    Primitive(Primitive),
    /// A builtin type with an id before it: `Int`.
    WithId(u32, Primitive),
    /// Any value with its id: `Object`.
    Any,
    /// Any call of a function: `!X`.
    Call,
    /// A value of the boxed type of this name.
    Boxed(String),
    /// The constructor with this id, without the id.
    Bare(u32),
    /// A vector.
    Vector {
        /// Whether the id of `vector` comes before the count.
        boxed: bool,
        /// The items.
        item: Box<Form>,
    },
    /// Items without a count of their own.
    Repeat {
        /// How many.
        count: Count,
        /// The fields of each item; none of them has a condition.
        items: Vec<Form>,
    },
}

/// How many items there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// Always as many.
    Const(u32),
    /// The value of a `#` field, and what is added to it.
    Word {
        /// Which of the `#` fields of the combinator.
        word: u8,
        /// What is added.
        plus: u32,
    },
}

/// Why a combinator has no layout that a table could hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoLayout {
    /// A field is of a template type or depends on a variable: what it is says another declaration.
    Template,
    /// It has more `#` fields than the seven that conditions can name.
    ManyWords,
    /// A repeated record has conditions of its own.
    Record,
    /// It has no id on the wire.
    NoId,
    /// A function whose id is that of a constructor, too. Readers of values meet the constructor.
    SharedId,
}

impl fmt::Display for NoLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Template => "a field is of a template type",
            Self::ManyWords => "it has more than seven flags fields",
            Self::Record => "a repeated record has conditions",
            Self::NoId => "it has no id on the wire",
            Self::SharedId => "a constructor has the same id",
        })
    }
}

impl std::error::Error for NoLayout {}

/// The words that conditions can name.
const MAX_WORDS: u8 = 7;

impl Layout {
    /// The fields that have bytes: a conditional `true` has none, and may come with a later layer without another id.
    pub(crate) fn on_the_wire(&self) -> impl Iterator<Item = &Field> {
        let is_bit = |field: &Field| field.condition.is_some() && field.form == Form::Primitive(Primitive::True);
        self.fields.iter().filter(move |field| !is_bit(field))
    }

    /// Of a combinator of a schema.
    ///
    /// # Errors
    /// When it has none that holds whatever the other declarations say.
    pub fn of(schema: &Schema, idx: CombinatorIdx) -> Result<Self, NoLayout> {
        let combinator = schema.combinator(idx);
        if combinator.name.full() == "_" {
            return Err(NoLayout::NoId);
        }
        let reader = Layouts { schema, combinator };
        let fields = combinator.params.iter().map(|param| reader.field(param));
        Ok(Self { fields: fields.collect::<Result<_, _>>()? })
    }
}

/// A combinator whose layout is made.
struct Layouts<'s> {
    schema: &'s Schema,
    combinator: &'s Combinator,
}

impl Layouts<'_> {
    fn field(&self, param: &Param) -> Result<Field, NoLayout> {
        let condition = match param.condition {
            None => None,
            Some(condition) => Some(Condition { word: self.word(condition.word)?, bit: condition.bit }),
        };
        Ok(Field { condition, form: self.form(&param.ty)? })
    }

    /// Which word a number comes from.
    fn word(&self, nat: NatRef) -> Result<u8, NoLayout> {
        let NatRef::Param(index) = nat else { return Err(NoLayout::Template) };
        let before = self.combinator.params.iter().take(index as usize);
        let count = before.filter(|param| param.ty == TypeExpr::Nat).count();
        u8::try_from(count).ok().filter(|word| *word < MAX_WORDS).ok_or(NoLayout::ManyWords)
    }

    fn form(&self, ty: &TypeExpr) -> Result<Form, NoLayout> {
        Ok(match ty {
            TypeExpr::Nat => Form::Word,
            TypeExpr::Primitive { primitive, boxed: None } => Form::Primitive(*primitive),
            TypeExpr::Primitive { primitive, boxed: Some(id) } => Form::WithId(*id, *primitive),
            TypeExpr::Object => Form::Any,
            TypeExpr::Function { .. } => Form::Call,
            TypeExpr::Vector { boxed, item } => Form::Vector { boxed: *boxed, item: Box::new(self.form(item)?) },
            TypeExpr::Boxed { ty, args } if args.is_empty() => Form::Boxed(self.schema.ty(*ty).name.full().to_owned()),
            TypeExpr::Bare { constructor, args } if args.is_empty() => {
                Form::Bare(self.schema.combinator(*constructor).id)
            }
            TypeExpr::Repeat { count, fields } => {
                let count = match count {
                    NatExpr::Const(count) => Count::Const(*count),
                    NatExpr::Ref { nat, plus } => Count::Word { word: self.word(*nat)?, plus: *plus },
                };
                let items = fields.iter().map(|field| match (&field.condition, &field.ty) {
                    (None, TypeExpr::Nat) => Err(NoLayout::Record),
                    (None, ty) => self.form(ty),
                    (Some(_), _) => Err(NoLayout::Record),
                });
                Form::Repeat { count, items: items.collect::<Result<_, _>>()? }
            }
            TypeExpr::Boxed { .. }
            | TypeExpr::Bare { .. }
            | TypeExpr::Refined { .. }
            | TypeExpr::Var { .. }
            | TypeExpr::Unresolved => return Err(NoLayout::Template),
        })
    }
}
