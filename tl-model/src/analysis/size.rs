//! How many bytes a value takes at least.
//!
//! A reader divides the rest of its input by the smallest size of an item before it trusts a count. The sizes are lower
//! bounds: a conditional argument counts 0, and so does a value of a type variable.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::schema::{Combinator, CombinatorIdx, Primitive, Schema, TypeExpr, TypeIdx};

/// The bytes of an id, a count or an `int`.
const WORD: u32 = 4;

/// How deep bare types nest in [`Sizes::with_unknown`].
const BARE_LEVELS: usize = 8;

/// The smallest sizes in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    bare: Vec<u32>,
    boxed: Vec<u32>,
}

impl Sizes {
    /// Finds them. The smallest types are settled first, so that each argument is looked at once.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        Search::new(schema).run()
    }

    /// The same where a value of a boxed type may be of a constructor that the schema does not know, and no longer than its id.
    #[must_use]
    pub fn with_unknown(schema: &Schema) -> Self {
        let combinators = schema.combinators.len();
        let mut sizes = Self { bare: vec![0; combinators], boxed: vec![WORD; schema.types.len()] };
        // Each time the sizes grow to what is needed one level of bare types further in. Where these nest deeper, they stay
        // lower bounds.
        for _ in 0..BARE_LEVELS {
            let sums = schema.combinators.iter().map(|combinator| {
                let parts = combinator.needed().map(|(expr, times)| sizes.part(expr).saturating_mul(times));
                parts.fold(0u32, u32::saturating_add)
            });
            sizes.bare = sums.collect();
        }
        sizes
    }

    /// The size of the arguments of a combinator, without its id.
    #[must_use]
    pub fn bare(&self, combinator: CombinatorIdx) -> u32 {
        self.bare[combinator.0 as usize]
    }

    /// The size of a value of the type with its id; [`u32::MAX`] if the type has no finite value.
    #[must_use]
    pub fn boxed(&self, ty: TypeIdx) -> u32 {
        self.boxed[ty.0 as usize]
    }

    /// The size of the value of an argument of this type.
    #[must_use]
    pub fn expr(&self, expr: &TypeExpr) -> u32 {
        expr.needed().fold(0u32, |sum, (part, times)| sum.saturating_add(self.part(part).saturating_mul(times)))
    }

    /// The size of a value of an expression that is no repetition.
    fn part(&self, expr: &TypeExpr) -> u32 {
        match expr {
            TypeExpr::Boxed { ty, .. } => self.boxed(*ty),
            TypeExpr::Bare { constructor, .. } => self.bare(*constructor),
            _ => fixed(expr),
        }
    }
}

/// The size of an expression that refers to no type of the schema.
fn fixed(expr: &TypeExpr) -> u32 {
    match expr {
        TypeExpr::Nat | TypeExpr::Object | TypeExpr::Function { .. } => WORD,
        TypeExpr::Primitive { primitive, boxed } => primitive_size(*primitive) + if boxed.is_some() { WORD } else { 0 },
        TypeExpr::Vector { boxed, .. } => WORD + if *boxed { WORD } else { 0 },
        // Nothing is known of a constructor that the arguments choose.
        TypeExpr::Unresolved
        | TypeExpr::Refined { .. }
        | TypeExpr::Var { .. }
        | TypeExpr::Boxed { .. }
        | TypeExpr::Bare { .. }
        | TypeExpr::Repeat { .. } => 0,
    }
}

fn primitive_size(primitive: Primitive) -> u32 {
    match primitive {
        Primitive::True => 0,
        Primitive::Int | Primitive::Float | Primitive::String | Primitive::Bytes | Primitive::Bool => 4,
        Primitive::Long | Primitive::Double => 8,
        Primitive::Int128 => 16,
        Primitive::Int256 => 32,
        Primitive::Int512 => 64,
    }
}

/// Knuth's form of Dijkstra's method: the size of a constructor is a sum, the size of a type a minimum.
struct Search<'s> {
    schema: &'s Schema,
    /// Per type, who waits for it, how often the size counts and what is taken off each time.
    users: Vec<Vec<(CombinatorIdx, u32, u32)>>,
    /// Per combinator, how many entries of `users` it still waits for.
    waiting: Vec<u32>,
    bare: Vec<u32>,
    boxed: Vec<Option<u32>>,
    heap: BinaryHeap<Reverse<(u32, CombinatorIdx)>>,
}

impl<'s> Search<'s> {
    fn new(schema: &'s Schema) -> Self {
        let (types, combinators) = (schema.types.len(), schema.combinators.len());
        Self {
            schema,
            users: vec![Vec::new(); types],
            waiting: vec![0; combinators],
            bare: vec![0; combinators],
            boxed: vec![None; types],
            heap: BinaryHeap::new(),
        }
    }

    fn run(mut self) -> Sizes {
        for (place, combinator) in (0..).zip(&self.schema.combinators) {
            let idx = CombinatorIdx(place);
            for (expr, times) in combinator.needed() {
                self.add(idx, expr, times);
            }
            if self.waiting[place as usize] == 0 {
                self.settle_combinator(idx);
            }
        }
        for (ty, declared) in self.schema.types() {
            if declared.constructors.is_empty() {
                self.settle_type(ty, WORD);
            }
        }
        while let Some(Reverse((size, constructor))) = self.heap.pop() {
            if let Some(ty) = self.schema.combinator(constructor).ty
                && self.boxed[ty.0 as usize].is_none()
            {
                self.settle_type(ty, size);
            }
        }
        let bare = self.bare.iter().zip(&self.waiting).map(|(size, left)| if *left == 0 { *size } else { u32::MAX });
        Sizes { bare: bare.collect(), boxed: self.boxed.iter().map(|size| size.unwrap_or(u32::MAX)).collect() }
    }

    /// Adds the size of `expr`, `times` times, to that of `user`.
    fn add(&mut self, user: CombinatorIdx, expr: &TypeExpr, times: u32) {
        match expr {
            TypeExpr::Boxed { ty, .. } => self.wait(user, *ty, times, 0),
            TypeExpr::Bare { constructor, .. } => {
                let constructor = self.schema.combinator(*constructor);
                if let Some(ty) = constructor.ty {
                    self.wait(user, ty, times, id_size(constructor));
                }
            }
            _ => self.grow(user, fixed(expr).saturating_mul(times)),
        }
    }

    fn wait(&mut self, user: CombinatorIdx, ty: TypeIdx, times: u32, less: u32) {
        self.users[ty.0 as usize].push((user, times, less));
        self.waiting[user.0 as usize] += 1;
    }

    fn grow(&mut self, combinator: CombinatorIdx, by: u32) {
        let size = &mut self.bare[combinator.0 as usize];
        *size = size.saturating_add(by);
    }

    fn settle_combinator(&mut self, idx: CombinatorIdx) {
        let combinator = self.schema.combinator(idx);
        if combinator.ty.is_some() {
            let size = self.bare[idx.0 as usize].saturating_add(id_size(combinator));
            self.heap.push(Reverse((size, idx)));
        }
    }

    fn settle_type(&mut self, ty: TypeIdx, size: u32) {
        self.boxed[ty.0 as usize] = Some(size);
        for (user, times, less) in std::mem::take(&mut self.users[ty.0 as usize]) {
            self.grow(user, (size - less.min(size)).saturating_mul(times));
            self.waiting[user.0 as usize] -= 1;
            if self.waiting[user.0 as usize] == 0 {
                self.settle_combinator(user);
            }
        }
    }
}

/// The default constructor `_` is written without an id.
fn id_size(combinator: &Combinator) -> u32 {
    if combinator.name.ident() == "_" { 0 } else { WORD }
}
