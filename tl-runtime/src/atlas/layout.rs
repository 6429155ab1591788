//! The fields of a layout, with their names.

use alloc::vec::Vec;

use super::Entry;
use super::code::{Code, MAX_LEVELS};
pub(crate) use super::code::{Condition, Op, op};

/// More fields than this has no constructor: a broken atlas could name as many as it has bytes.
const MAX_FIELDS: usize = 256;

/// A field in a layout.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    /// Where its name is in the names of the atlas: equal names are there once.
    pub(crate) name: u32,
    pub(crate) op: Op,
    /// The operation without its condition, and all that belongs to it.
    pub(crate) kind: u8,
    pub(crate) operands: &'a [u8],
    /// The operations of its items.
    pub(crate) items: Code<'a>,
    /// What comes after them.
    end: Code<'a>,
    pub(crate) condition: Option<Condition>,
    /// For a `#`: which of them.
    pub(crate) word: usize,
}

impl Field<'_> {
    pub(crate) const fn is_word(&self) -> bool {
        matches!(self.op, Op::Word)
    }

    /// Whether a word says how many items there are.
    pub(crate) fn is_counted(&self) -> bool {
        let (mut code, mut op) = (self.items, self.op);
        while !matches!(op, Op::RepeatWord { .. }) {
            if code.len() <= self.end.len() {
                return false;
            }
            let Some((next, _)) = code.next() else { return false };
            op = next;
        }
        true
    }
}

/// How many fields an entry has; `None` where the atlas has no names or is broken.
pub(crate) fn count(entry: &Entry<'_>) -> Option<usize> {
    let mut count = 0;
    each(entry, |_| count += 1)?;
    Some(count)
}

/// The fields of an entry of which there are `count`; `None` where the atlas has no names or is broken.
pub(crate) fn layout<'a>(entry: &Entry<'a>, count: usize) -> Option<Vec<Field<'a>>> {
    let mut fields = Vec::with_capacity(count);
    each(entry, |field| fields.push(field))?;
    Some(fields)
}

fn each<'a>(entry: &Entry<'a>, mut take: impl FnMut(Field<'a>)) -> Option<()> {
    let mut code = entry.code()?;
    let mut names = entry.field_names()?;
    let mut word = 0;
    for _ in 0..MAX_FIELDS {
        let start = code;
        let (op, condition) = code.next()?;
        if matches!(op, Op::End) {
            return Some(());
        }
        let items = code;
        code.pass(op, MAX_LEVELS)?;
        let (kind, operands) = start.until(code)?;
        take(Field { name: names.number()?, op, kind, operands, items, end: code, condition, word });
        word += usize::from(matches!(op, Op::Word));
    }
    None
}
