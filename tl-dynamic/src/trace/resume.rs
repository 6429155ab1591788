//! In which states reading may go on after a fault.
//!
//! What comes in is the state at the fault; what goes out are points, from the inside out. A point is tried at each of the following
//! offsets. One that begins with an id proves itself by it; of any other one more is asked.

use tlgen_model::schema::{CombinatorIdx, Primitive, TypeExpr};

use super::OBJECT;
use super::row::RowKind;
use super::state::{Frame, Item, State};
use super::walk::Walker;
use crate::error::DecodeErrorKind as Kind;
use crate::scope::Scope;
use crate::value::is_default;

/// How many fields of one group are tried.
const MAX_FIELDS: usize = 24;

/// How many points there are at most.
const MAX_POINTS: usize = 96;

/// A state in which reading may go on.
#[derive(Clone)]
pub(super) struct Point<'c> {
    pub(super) state: State<'c>,
    /// Whether what comes next begins with an id.
    pub(super) has_id: bool,
    /// What the bytes before that offset are taken for.
    pub(super) taken_for: Option<RowKind<'c>>,
}

impl<'c> Walker<'c, '_> {
    /// Where reading may go on.
    pub(super) fn points(&self, state: &State<'c>) -> Vec<Point<'c>> {
        let mut points = Vec::new();
        for length in (1..=state.frames.len()).rev() {
            let frames = &state.frames[..length];
            match &frames[length - 1] {
                Frame::Bound { .. } => {}
                Frame::Items { count, next, item, .. } => {
                    if count.is_none_or(|count| *next < count) {
                        let has_id = match item {
                            Item::Value(expr) => begins_with_id(expr),
                            Item::Record(_) => false,
                        };
                        points.push(self.point(state, frames.to_vec(), has_id));
                    }
                }
                Frame::Fields { params, next, scope, .. } => {
                    let is_there = |index: &usize| {
                        params[*index].condition.is_none_or(|found| scope.word(found.word) >> found.bit & 1 == 1)
                    };
                    let fields = (*next..params.len()).filter(is_there);
                    for index in fields.filter(|index| !is_nothing(&params[*index].ty)).take(MAX_FIELDS) {
                        let mut frames = frames.to_vec();
                        if let Some(Frame::Fields { next, .. }) = frames.last_mut() {
                            *next = index;
                        }
                        points.push(self.point(state, frames, begins_with_id(&params[index].ty)));
                    }
                }
            }
        }
        // A list that ended where more follows: its count may be wrong.
        for index in 0..state.closed.len() {
            if let Frame::Items { item, .. } = &state.closed[index] {
                let has_id = matches!(item, Item::Value(expr) if begins_with_id(expr));
                let outer = state.closed[index + 1..].iter().rev().cloned();
                let mut frames: Vec<_> = state.frames.iter().cloned().chain(outer).collect();
                frames.push(without_count(state.closed[index].clone()));
                points.push(self.point(state, frames, has_id));
            }
        }
        points.truncate(MAX_POINTS);
        points
    }

    /// The same as if the word that is wrong were right. `all`: an id that may be anything is taken for each one of the schema.
    pub(super) fn points_here(&self, state: &State<'c>, kind: &Kind, all: bool) -> Vec<Point<'c>> {
        let mut points = Vec::new();
        self.as_if_right(state, kind, all, &mut points);
        points
    }

    fn point(&self, state: &State<'c>, frames: Vec<Frame<'c>>, has_id: bool) -> Point<'c> {
        let state = State { frames, closed: Vec::new(), ..state.clone() };
        Point { state, has_id, taken_for: None }
    }

    /// As if the word that is wrong were right: an id, a count, a stated length.
    fn as_if_right(&self, state: &State<'c>, kind: &Kind, all: bool, points: &mut Vec<Point<'c>>) {
        let mut here = |state: State<'c>, taken_for| {
            points.push(Point { state, has_id: true, taken_for });
        };
        match kind {
            Kind::UnexpectedEnd | Kind::TrailingBytes(_) | Kind::Count(_) => {
                if let Some(bound) = state.frames.iter().rposition(|frame| matches!(frame, Frame::Bound { .. })) {
                    let mut lifted = state.clone();
                    lifted.frames.remove(bound);
                    if matches!(kind, Kind::TrailingBytes(_)) {
                        here(lifted, None);
                    } else {
                        here(lifted.again(), None);
                    }
                }
            }
            Kind::Length(_) => here(state.clone().again(), None),
            _ => {}
        }
        let Some((expr, scope)) = self.at_hand(state) else { return };
        let after = State { at: (state.at + 4).min(self.bytes.len()), closed: Vec::new(), ..state.clone() };
        match (kind, expr) {
            (Kind::UnexpectedId { .. }, TypeExpr::Boxed { ty, args }) => {
                for idx in &self.codec.schema().ty(*ty).constructors {
                    let combinator = self.codec.schema().combinator(*idx);
                    if let (false, Some(inner)) = (is_default(combinator), scope.enter(combinator, args)) {
                        here(self.entered(after.clone(), *idx, inner), Some(RowKind::Object(combinator)));
                    }
                }
            }
            (Kind::UnexpectedId { .. }, TypeExpr::Object) if all => {
                let schema = self.codec.schema();
                for (idx, combinator) in schema.constructors().chain(schema.functions()) {
                    if !is_default(combinator) {
                        let entered = self.entered(after.clone(), idx, Scope::root(combinator));
                        here(entered, Some(RowKind::Object(combinator)));
                    }
                }
            }
            (Kind::UnexpectedId { .. }, TypeExpr::Vector { item, .. }) => {
                let Some(count) = self.word_at(after.at) else { return };
                let state = State { at: after.at + 4, ..after };
                let item = Item::Value(item);
                let is_possible = count as usize <= self.bytes.len() - state.at;
                here(listed(state, item, Some(count).filter(|_| is_possible), scope), Some(RowKind::Vector { count }));
            }
            (Kind::Count(count), TypeExpr::Vector { item, .. }) => {
                here(listed(after, Item::Value(item), None, scope), Some(RowKind::Vector { count: *count }));
            }
            _ => {}
        }
    }

    /// The type of the part that failed, and what its names mean.
    fn at_hand(&self, state: &State<'c>) -> Option<(&'c TypeExpr, Scope<'c>)> {
        let innermost = state.frames.iter().rev().find(|frame| !matches!(frame, Frame::Bound { .. }));
        let (mut expr, mut scope) = match innermost {
            Some(Frame::Fields { params, next, scope, .. }) => (&params.get(next.checked_sub(1)?)?.ty, scope.clone()),
            Some(Frame::Items { item: Item::Value(expr), scope, .. }) => (*expr, scope.clone()),
            Some(_) => return None,
            None => (&OBJECT, Scope::default()),
        };
        if let TypeExpr::Var { generic, .. } = expr {
            let closure = scope.variable(*generic)?;
            (expr, scope) = (closure.expr, closure.scope.clone());
        }
        Some((expr, scope))
    }

    fn entered(&self, mut state: State<'c>, idx: CombinatorIdx, scope: Scope<'c>) -> State<'c> {
        let params = &self.codec.schema().combinator(idx).params;
        state.frames.push(Frame::Fields { of: Some(idx), params, next: 0, scope, stated: None });
        state
    }
}

fn listed<'c>(mut state: State<'c>, item: Item<'c>, count: Option<u32>, scope: Scope<'c>) -> State<'c> {
    state.frames.push(Frame::Items { item, count, next: 0, scope, is_dynamic: false });
    state
}

fn without_count(frame: Frame<'_>) -> Frame<'_> {
    match frame {
        Frame::Items { item, next, scope, is_dynamic, .. } => {
            Frame::Items { item, count: None, next, scope, is_dynamic }
        }
        frame => frame,
    }
}

/// Whether values of a type begin with an id.
fn begins_with_id(expr: &TypeExpr) -> bool {
    match expr {
        TypeExpr::Object | TypeExpr::Function { .. } | TypeExpr::Boxed { .. } => true,
        TypeExpr::Vector { boxed, .. } => *boxed,
        TypeExpr::Primitive { primitive, boxed } => boxed.is_some() || *primitive == Primitive::Bool,
        _ => false,
    }
}

/// Whether values of a type have no bytes and no parts.
fn is_nothing(expr: &TypeExpr) -> bool {
    matches!(expr, TypeExpr::Primitive { primitive: Primitive::True, boxed: None })
}
