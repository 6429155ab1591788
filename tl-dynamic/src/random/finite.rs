//! Which types have a finite value, and by which constructor it is reached.
//!
//! Combinators become finite one after the other: one does when each type that it cannot do without has become so. Whoever
//! takes, for each type, the constructor that came first, goes down in this order and so comes to an end.

use std::collections::VecDeque;

use tlgen_model::schema::{Combinator, CombinatorIdx, Schema, SectionKind, TypeArg, TypeExpr};

use crate::scope::Scope;
use crate::value::is_default;

/// When each combinator and type became finite.
#[derive(Clone, Debug)]
pub(crate) struct Finite {
    combinators: Vec<Option<u32>>,
    nodes: Vec<bool>,
    types: usize,
}

/// How deep the arguments of types are looked into.
const MAX_LEVEL: usize = 8;

/// What a combinator may have to wait for: a type, any object, any function.
type Node = usize;

impl Finite {
    /// Of `schema`. `objects`: whether a field of type `Object` may be written.
    pub(crate) fn new(schema: &Schema, objects: bool) -> Self {
        let types = schema.types.len();
        let mut finite =
            Self { combinators: vec![None; schema.combinators.len()], nodes: vec![false; types + 2], types };
        let mut waiting: Vec<Vec<CombinatorIdx>> = vec![Vec::new(); types + 2];
        let mut order: Vec<CombinatorIdx> =
            schema.constructors().chain(schema.functions()).map(|(idx, _)| idx).collect();
        order.sort_by_key(|idx| schema.combinator(*idx).needed().count());
        let mut queue = VecDeque::from(order);
        let mut next = 0;
        let mut next_of_last_round = 0;
        loop {
            let Some(idx) = queue.pop_front() else {
                // A template that has become finite in a second way may need its argument no more.
                if next == next_of_last_round {
                    return finite;
                }
                next_of_last_round = next;
                queue.extend(waiting.iter_mut().flat_map(std::mem::take));
                continue;
            };
            let combinator = schema.combinator(idx);
            if let Some(node) = combinator.needed().find_map(|(part, _)| finite.missing_in_part(schema, part)) {
                waiting[node].push(idx);
                continue;
            }
            finite.combinators[idx.0 as usize] = Some(next);
            next += 1;
            let plain = combinator.generics.is_empty() && !is_default(combinator);
            let made = [
                combinator.ty.map(|ty| ty.0 as usize),
                (objects && plain && combinator.kind == SectionKind::Types).then_some(types),
                (combinator.kind == SectionKind::Functions).then_some(types + 1),
            ];
            for node in made.into_iter().flatten() {
                if !finite.nodes[node] {
                    finite.nodes[node] = true;
                    queue.extend(waiting[node].drain(..));
                }
            }
        }
    }

    /// When the combinator became finite; `None` for never.
    pub(crate) fn order(&self, idx: CombinatorIdx) -> Option<u32> {
        self.combinators.get(idx.0 as usize).copied().flatten()
    }

    /// When a constructor became finite with these arguments: what it holds of them may be later than itself.
    pub(crate) fn order_with<'s>(
        &self,
        schema: &'s Schema,
        idx: CombinatorIdx,
        args: &'s [TypeArg],
        scope: &Scope<'s>,
        level: usize,
    ) -> u32 {
        let constructor = schema.combinator(idx);
        let held = args.iter().enumerate().filter(|(place, _)| contains_arg(constructor, *place));
        let held = held.map(|(_, arg)| match arg {
            TypeArg::Type(expr) => self.order_of(schema, expr, scope, level + 1),
            TypeArg::Nat(_) => 0,
        });
        held.chain([self.order(idx).unwrap_or(u32::MAX)]).max().unwrap_or(u32::MAX)
    }

    /// When a type became finite.
    fn order_of<'s>(&self, schema: &'s Schema, expr: &'s TypeExpr, scope: &Scope<'s>, level: usize) -> u32 {
        match expr {
            // Deeper types decide nothing: the depth of values is limited anyway.
            _ if level > MAX_LEVEL => 0,
            TypeExpr::Boxed { ty, args } | TypeExpr::Refined { ty, args } => {
                let all = schema.ty(*ty).constructors.iter();
                all.map(|idx| self.order_with(schema, *idx, args, scope, level)).min().unwrap_or(u32::MAX)
            }
            TypeExpr::Bare { constructor, args } => self.order_with(schema, *constructor, args, scope, level),
            TypeExpr::Var { generic, .. } => scope
                .variable(*generic)
                .map_or(0, |closure| self.order_of(schema, closure.expr, &closure.scope, level + 1)),
            _ => 0,
        }
    }

    /// Whether `expr` has a finite value.
    pub(crate) fn has_value(&self, schema: &Schema, expr: &TypeExpr) -> bool {
        self.missing(schema, expr).is_none()
    }

    /// Something without a finite value (so far) that every value of `expr` contains.
    fn missing(&self, schema: &Schema, expr: &TypeExpr) -> Option<Node> {
        expr.needed().find_map(|(part, _)| self.missing_in_part(schema, part))
    }

    /// The same for an expression that is no repetition.
    fn missing_in_part(&self, schema: &Schema, expr: &TypeExpr) -> Option<Node> {
        let node = match expr {
            TypeExpr::Nat
            | TypeExpr::Primitive { .. }
            | TypeExpr::Vector { .. }
            | TypeExpr::Var { .. }
            | TypeExpr::Repeat { .. }
            | TypeExpr::Unresolved => return None,
            TypeExpr::Object => self.types,
            TypeExpr::Function { .. } => self.types + 1,
            TypeExpr::Boxed { .. } | TypeExpr::Refined { .. } | TypeExpr::Bare { .. } => expr.ty(schema)?.0 as usize,
        };
        if self.nodes[node] { self.missing_in_args(schema, expr) } else { Some(node) }
    }

    /// The same for the type arguments that every value of `expr` contains.
    fn missing_in_args(&self, schema: &Schema, expr: &TypeExpr) -> Option<Node> {
        let (ty, args) = (expr.ty(schema)?, expr.args());
        if args.is_empty() {
            return None;
        }
        let needs = |place: usize| {
            let finite = schema.ty(ty).constructors.iter().filter(|idx| self.order(**idx).is_some());
            finite.map(|idx| schema.combinator(*idx)).all(|constructor| contains_arg(constructor, place))
        };
        args.iter().enumerate().find_map(|(place, arg)| match arg {
            TypeArg::Type(arg) if needs(place) => self.missing(schema, arg),
            _ => None,
        })
    }
}

/// Whether each value of `constructor` contains one of the type argument at the index `place` of its type.
fn contains_arg(constructor: &Combinator, place: usize) -> bool {
    let (TypeExpr::Boxed { args, .. } | TypeExpr::Bare { args, .. }) = &constructor.result else { return false };
    let Some(TypeArg::Type(TypeExpr::Var { generic: wanted, .. })) = args.get(place) else { return false };
    constructor.needed().any(|(part, _)| matches!(part, TypeExpr::Var { generic, .. } if generic == wanted))
}
