//! All that is known between two parts of a message.

use tlgen_model::schema::{CombinatorIdx, Param, TypeExpr};

use super::row::Slot;
use crate::codec::Codec;
use crate::decode::FREE_ITEMS;
use crate::error::{Path, Step, field_name};
use crate::scope::Scope;

/// What is being read, from the outside in.
#[derive(Clone)]
pub(super) struct State<'c> {
    /// The offset of the next byte.
    pub(super) at: usize,
    pub(super) frames: Vec<Frame<'c>>,
    /// What ended after the last byte, from the inside out.
    pub(super) closed: Vec<Frame<'c>>,
    /// How many more items without bytes may come.
    pub(super) free_items: usize,
    /// How many ids and stated ends were as they should be.
    pub(super) matched: u32,
}

#[derive(Clone)]
pub(super) enum Frame<'c> {
    /// Fields; `next` is the index after the one that is being read.
    Fields {
        of: Option<CombinatorIdx>,
        params: &'c [Param],
        next: usize,
        scope: Scope<'c>,
        /// What the field says that has the length of another one.
        stated: Option<u32>,
    },
    /// Items; `next` is the index after the one that is being read. Without a count they end where no item begins.
    Items { item: Item<'c>, count: Option<u32>, next: u32, scope: Scope<'c>, is_dynamic: bool },
    /// What is above ends here.
    Bound { end: usize },
}

#[derive(Clone, Copy)]
pub(super) enum Item<'c> {
    Value(&'c TypeExpr),
    Record(&'c [Param]),
}

impl<'c> State<'c> {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let free_items = bytes.len() + FREE_ITEMS;
        Self { at: 0, frames: Vec::new(), closed: Vec::new(), free_items, matched: 0 }
    }

    /// The state before the part that failed, so that it is read once more.
    pub(super) fn again(mut self) -> Self {
        match self.frames.last_mut() {
            Some(Frame::Fields { next, stated, .. }) => {
                *next = next.saturating_sub(1);
                *stated = None;
            }
            Some(Frame::Items { next, .. }) => *next = next.saturating_sub(1),
            Some(Frame::Bound { .. }) | None => {}
        }
        self
    }

    /// The path to the part at hand.
    pub(super) fn path(&self, codec: &Codec<'_>) -> Path {
        let mut steps = Vec::new();
        for frame in &self.frames {
            match frame {
                Frame::Fields { of, params, next, .. } => {
                    steps.extend(of.map(|of| Step::Combinator(codec.schema().combinator(of).name.clone())));
                    let index = next.saturating_sub(1);
                    steps.extend(params.get(index).map(|param| Step::Field(field_name(param, index))));
                }
                Frame::Items { next, .. } => steps.push(Step::Item(next.saturating_sub(1) as usize)),
                Frame::Bound { .. } => {}
            }
        }
        steps.into_iter().rev().collect()
    }

    /// Where the part at hand is.
    pub(super) fn slot(&self, codec: &Codec<'c>) -> Slot<'c> {
        let schema = codec.schema();
        let owner = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Fields { of: Some(of), .. } => Some(schema.combinator(*of)),
            _ => None,
        });
        match self.frames.iter().rev().find(|frame| !matches!(frame, Frame::Bound { .. })) {
            Some(Frame::Fields { params, next: next @ 1.., .. }) => Slot::Field { of: owner, params, index: next - 1 },
            Some(Frame::Items { next: next @ 1.., .. }) => Slot::Item(*next as usize - 1),
            Some(_) => Slot::Found,
            None => Slot::Root,
        }
    }

    /// How many groups are around the next part.
    pub(super) fn depth(&self) -> usize {
        self.frames.iter().filter(|frame| !matches!(frame, Frame::Bound { .. })).count()
    }

    /// How many of them count towards the limit.
    pub(super) fn nesting(&self) -> usize {
        let counts = |frame: &&Frame<'_>| match frame {
            Frame::Fields { of, .. } => of.is_some(),
            Frame::Items { is_dynamic, .. } => *is_dynamic,
            Frame::Bound { .. } => false,
        };
        self.frames.iter().filter(counts).count()
    }
}
