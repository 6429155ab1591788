//! Bytes and an offset in them to the fields around that offset.
//!
//! Generated code keeps no names of fields, so its errors say at which byte something is wrong and within which constructors.
//! This walks the same bytes a second time, by the schema and only as far as that byte. Nothing recurses, no value is made,
//! and what comes out is bounded whatever the bytes are.

use std::fmt;

use tlgen_model::schema::{Combinator, CombinatorIdx, Param, Primitive, TypeExpr};
use tlgen_model::view::Declaration;

use crate::codec::Codec;
use crate::error::{Path, Step, field_name};
use crate::known::Known;
use crate::scope::{Level, Scope, only_constructor, refined};
use crate::value::is_plain_item;
use crate::wire::{self, Input};

/// How many steps of a long path are shown: the outermost and the innermost ones.
const SHOWN: (usize, usize) = (8, 24);

/// Deeper than this nothing is followed.
const MAX_FRAMES: usize = 1 << 16;

/// The type of a value that says by its id what it is.
static OBJECT: TypeExpr = TypeExpr::Object;

/// How many items are looked at beside one for each byte, since some take none.
const FREE_ITEMS: usize = 1 << 16;

/// Where in a value a byte is: the fields around it, and the type of the innermost one.
///
/// ```text
/// contacts.contacts.users[3](user).status: flags.6?UserStatus
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// From the outermost constructor to the field; of a long path the middle is left out. Empty for the id that a value
    /// begins with, and after the value.
    pub path: Path,
    /// The type of the field as the schema has it, with its condition.
    pub ty: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.fmt(f)?;
        self.ty.as_ref().map_or(Ok(()), |ty| write!(f, ": {ty}"))
    }
}

/// Where the byte `offset` is, of a value of type `ty`.
pub(crate) fn in_value(codec: &Codec<'_>, ty: &TypeExpr, bytes: &[u8], offset: usize) -> Place {
    let mut walker = Walker::new(codec, bytes, offset);
    _ = walker.value(ty, false, Scope::default()).and_then(|()| walker.run());
    walker.place()
}

/// Where the byte `offset` is, of any value with its id before it.
pub(crate) fn in_boxed(codec: &Codec<'_>, bytes: &[u8], offset: usize) -> Place {
    in_value(codec, &OBJECT, bytes, offset)
}

/// Where the byte `offset` is, of a constructor or function without its id.
pub(crate) fn in_bare(codec: &Codec<'_>, combinator: CombinatorIdx, bytes: &[u8], offset: usize) -> Place {
    let mut walker = Walker::new(codec, bytes, offset);
    let scope = Scope::root(codec.schema().combinator(combinator));
    _ = walker.enter(combinator, scope).and_then(|()| walker.run());
    walker.place()
}

/// The walk ends here: the offset is reached, or the bytes are none of the schema.
struct End;

/// What is being read.
enum Frame<'c> {
    /// Fields, of a combinator or of an item of a repetition; `next` is the index after the one that is being read.
    Fields { of: Option<&'c Combinator>, params: &'c [Param], next: usize, scope: Scope<'c> },
    /// Items; `next` is the index after the one that is being read.
    Items { item: Item<'c>, count: u32, next: u32, scope: Scope<'c> },
}

#[derive(Clone, Copy)]
enum Item<'c> {
    Value(&'c TypeExpr),
    Record(&'c [Param]),
}

struct Walker<'c> {
    codec: &'c Codec<'c>,
    input: Input<'c>,
    offset: usize,
    frames: Vec<Frame<'c>>,
    items: usize,
}

impl<'c> Walker<'c> {
    fn new(codec: &'c Codec<'c>, bytes: &'c [u8], offset: usize) -> Self {
        let items = bytes.len().saturating_add(FREE_ITEMS);
        Self { codec, input: Input::new(bytes), offset, frames: Vec::new(), items }
    }

    /// Reads on until everything that was begun has ended.
    fn run(&mut self) -> Result<(), End> {
        while let Some(frame) = self.frames.last_mut() {
            match frame {
                Frame::Fields { params, next, scope, of } => {
                    let place = *next;
                    let Some(param) = params.get(place) else {
                        self.frames.pop();
                        continue;
                    };
                    *next += 1;
                    let is_there =
                        param.condition.is_none_or(|condition| scope.word(condition.word) >> condition.bit & 1 == 1);
                    let level = if of.is_some() { Level::Combinator } else { Level::Record };
                    let outer = scope.clone();
                    match param.ty {
                        _ if !is_there => {}
                        TypeExpr::Nat => {
                            let word = self.word()?;
                            if let Some(Frame::Fields { scope, .. }) = self.frames.last_mut() {
                                scope.set_word(level.place(place), word);
                            }
                        }
                        _ => self.value(&param.ty, false, outer)?,
                    }
                }
                Frame::Items { count, next, .. } if next == count => _ = self.frames.pop(),
                Frame::Items { item, next, scope, .. } => {
                    *next += 1;
                    self.items = self.items.checked_sub(1).ok_or(End)?;
                    let (item, mut scope) = (*item, scope.clone());
                    scope.enter_record();
                    match item {
                        Item::Value(expr) => self.value(expr, false, scope)?,
                        Item::Record(params) => {
                            self.push(Frame::Fields { of: None, params, next: 0, scope })?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads a value, or begins with one that has parts.
    fn value(&mut self, expr: &'c TypeExpr, bare: bool, scope: Scope<'c>) -> Result<(), End> {
        let schema = self.codec.schema();
        match expr {
            TypeExpr::Nat => self.word().map(drop),
            TypeExpr::Primitive { primitive, boxed } => {
                if boxed.is_some() && !bare {
                    self.word()?;
                }
                match primitive {
                    Primitive::String | Primitive::Bytes => {
                        self.input.string(false).map_err(|_| End)?;
                        self.go_on()
                    }
                    _ => self.take(wire::primitive_size(*primitive)),
                }
            }
            TypeExpr::Object => {
                let id = self.word()?;
                match self.codec.known(id).ok_or(End)? {
                    Known::Combinator(found) => self.enter(found, Scope::root(schema.combinator(found))),
                    Known::Bool(_) | Known::True => Ok(()),
                    Known::Vector => self.counted(Item::Value(&OBJECT), scope),
                }
            }
            TypeExpr::Function { .. } => {
                let id = self.word()?;
                let found = self.codec.function_by_id(id).ok_or(End)?;
                self.enter(found, Scope::root(schema.combinator(found)))
            }
            TypeExpr::Vector { boxed, item } => {
                if *boxed && !bare {
                    self.word()?;
                }
                self.counted(Item::Value(item), scope)
            }
            TypeExpr::Boxed { ty, args } => {
                let constructor = if bare {
                    only_constructor(schema, *ty).ok_or(End)?
                } else {
                    let id = self.input.array().map(u32::from_le_bytes).ok_or(End)?;
                    let (constructor, has_id) = self.codec.constructor_of(*ty, id).ok_or(End)?;
                    if !has_id {
                        self.input.rewind(4);
                    }
                    self.go_on()?;
                    constructor
                };
                let inner = scope.enter(schema.combinator(constructor), args).ok_or(End)?;
                self.enter(constructor, inner)
            }
            TypeExpr::Refined { ty, args } => {
                let (constructor, inner) = refined(schema, *ty, args, &scope).ok_or(End)?;
                self.enter(constructor, inner)
            }
            TypeExpr::Unresolved => Err(End),
            TypeExpr::Bare { constructor, args } => {
                let inner = scope.enter(schema.combinator(*constructor), args).ok_or(End)?;
                self.enter(*constructor, inner)
            }
            TypeExpr::Var { generic, bare: percent } => {
                let closure = scope.variable(*generic).ok_or(End)?;
                // What a variable stands for is never a variable again.
                self.value(closure.expr, bare || *percent || closure.bare, closure.scope.clone())
            }
            TypeExpr::Repeat { count, fields } => {
                let count = scope.number(count).ok_or(End)?;
                let item = match &fields[..] {
                    [field] if is_plain_item(fields) => Item::Value(&field.ty),
                    _ => Item::Record(fields),
                };
                self.push(Frame::Items { item, count, next: 0, scope })
            }
        }
    }

    fn enter(&mut self, combinator: CombinatorIdx, scope: Scope<'c>) -> Result<(), End> {
        let combinator = self.codec.schema().combinator(combinator);
        self.push(Frame::Fields { of: Some(combinator), params: &combinator.params, next: 0, scope })
    }

    /// Reads a count and begins with the items.
    fn counted(&mut self, item: Item<'c>, scope: Scope<'c>) -> Result<(), End> {
        let count = self.word()?;
        self.push(Frame::Items { item, count, next: 0, scope })
    }

    fn push(&mut self, frame: Frame<'c>) -> Result<(), End> {
        self.frames.push(frame);
        if self.frames.len() < MAX_FRAMES { Ok(()) } else { Err(End) }
    }

    fn word(&mut self) -> Result<u32, End> {
        let word = self.input.array().map(u32::from_le_bytes).ok_or(End)?;
        self.go_on().map(|()| word)
    }

    fn take(&mut self, bytes: usize) -> Result<(), End> {
        self.input.take(bytes).ok_or(End)?;
        self.go_on()
    }

    /// Ends the walk when the offset has been read.
    fn go_on(&self) -> Result<(), End> {
        if self.input.offset() > self.offset { Err(End) } else { Ok(()) }
    }

    /// The type of a parameter as the schema has it. An argument of a type may be a record of a combinator further out.
    fn type_of(&self, param: &Param) -> Option<String> {
        let combinators = self.frames.iter().rev().filter_map(|frame| match frame {
            Frame::Fields { of, .. } => *of,
            Frame::Items { .. } => None,
        });
        combinators.map(Declaration::of).find_map(|declaration| declaration.type_of(param))
    }

    fn place(&self) -> Place {
        let mut steps = Vec::new();
        let mut ty = None;
        for frame in &self.frames {
            match frame {
                Frame::Fields { of, params, next, .. } => {
                    steps.extend(of.map(|combinator| Step::Combinator(combinator.name.clone())));
                    let place = next.saturating_sub(1);
                    if let (Some(param), 1..) = (params.get(place), *next) {
                        steps.push(Step::Field(field_name(param, place)));
                        // A field without a name in a record says nothing: the type around it does.
                        if param.name.is_some() || of.is_some() {
                            ty = Some(param);
                        }
                    }
                }
                Frame::Items { next, .. } => steps.push(Step::Item(next.saturating_sub(1) as usize)),
            }
        }
        let omitted = steps.len().saturating_sub(SHOWN.0 + SHOWN.1);
        if omitted > 1 {
            steps.splice(SHOWN.0..SHOWN.0 + omitted, [Step::Omitted(omitted)]);
        }
        Place { path: steps.into_iter().rev().collect(), ty: ty.and_then(|param| self.type_of(param)) }
    }
}

impl<'c> Codec<'c> {
    /// Where in a value of type `ty` the byte `offset` is, of bytes that need not be a value: what comes after `offset` is
    /// not looked at, and where the bytes before it stop making sense, that is the answer.
    ///
    /// It gives the offset of an error of generated code its fields; see [`Locator`](crate::Locator).
    #[must_use]
    pub fn locate(&self, ty: &TypeExpr, bytes: &[u8], offset: usize) -> Place {
        in_value(self, ty, bytes, offset)
    }

    /// The same for any value with its id before it: a constructor or function, `Bool`, `True`, a boxed vector of such.
    #[must_use]
    pub fn locate_boxed(&self, bytes: &[u8], offset: usize) -> Place {
        in_boxed(self, bytes, offset)
    }

    /// The same for the constructor or function `combinator` without its id.
    #[must_use]
    pub fn locate_bare(&self, combinator: CombinatorIdx, bytes: &[u8], offset: usize) -> Place {
        in_bare(self, combinator, bytes, offset)
    }
}
