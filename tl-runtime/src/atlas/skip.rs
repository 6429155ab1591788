//! Leaving out a value by its layout.
//!
//! Nothing is allocated. The reader checks what it checks for every value, and keeps the first error.

use super::code::{Code, Condition, MAX_LEVELS, Op};
use super::{Atlas, FUNCTION};
use crate::{DecodeErrorKind, DecodeOptions, Reader, ids};

/// Levels that do not count as levels of recursive types.
const OTHER_LEVELS: u32 = 64;

/// Operations for each byte of the input. A constructor with a flags field and a thousand conditional fields, none of which is
/// there, takes 250.
const WORK_PER_BYTE: usize = 256;

/// The operations for a message of so many bytes.
pub(crate) fn work_for(bytes: usize) -> usize {
    bytes.saturating_add(DecodeOptions::EMPTY_ITEMS_BUDGET).saturating_mul(WORK_PER_BYTE)
}

/// How many `#` fields of one combinator can be named.
pub(crate) const WORDS: usize = 8;

impl Atlas<'_> {
    /// Leaves out one value with its id, or one request.
    ///
    /// An id that the atlas does not know fails the reader with [`NotInAtlas`](DecodeErrorKind::NotInAtlas).
    pub fn skip(&self, r: &mut Reader<'_>) {
        Walker::new(*self, work_for(r.remaining()), Skip).any(r);
    }
}

/// What is done with the values that are walked.
pub(crate) trait Visit: Sized {
    /// A value whose `id` was just taken, that of the entry with this index. `ty` is the type of the field that it is in, if it
    /// is in one.
    fn value(walker: &mut Walker<'_, Self>, r: &mut Reader<'_>, id: u32, index: usize, ty: Option<u16>);

    /// A value of any type in a field.
    fn opaque(walker: &mut Walker<'_, Self>, r: &mut Reader<'_>) {
        walker.any(r);
    }
}

/// Nothing is done with them.
pub(super) struct Skip;

impl Visit for Skip {
    fn value(walker: &mut Walker<'_, Self>, r: &mut Reader<'_>, _: u32, index: usize, _: Option<u16>) {
        walker.combinator(r, index);
    }
}

/// Goes through a value by its layout.
pub(crate) struct Walker<'a, V> {
    pub(crate) atlas: Atlas<'a>,
    /// How many more operations there may be: only a broken atlas needs them all.
    work: usize,
    levels: u32,
    empty_items: usize,
    pub(crate) visit: V,
}

/// The `#` fields that were read, in their order.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words {
    values: [u32; WORDS],
    count: usize,
}

impl Words {
    pub(crate) fn push(&mut self, value: u32) {
        if let Some(place) = self.values.get_mut(self.count) {
            *place = value;
        }
        self.count += 1;
    }

    pub(crate) fn get(&self, word: usize) -> Option<u32> {
        self.values.get(word).copied().filter(|_| word < self.count)
    }
}

impl<'a, V: Visit> Walker<'a, V> {
    pub(crate) fn new(atlas: Atlas<'a>, work: usize, visit: V) -> Self {
        Self { atlas, work, levels: 0, empty_items: 0, visit }
    }

    pub(crate) fn broken(r: &mut Reader<'_>) {
        r.fail(DecodeErrorKind::BrokenAtlas);
    }

    /// Begins a level, and says whether it may begin.
    pub(crate) fn enter(&mut self, r: &mut Reader<'_>) -> bool {
        self.levels += 1;
        let limit = r.options.max_depth;
        if self.levels > limit.saturating_add(OTHER_LEVELS) {
            r.fail(DecodeErrorKind::TooDeep { ty: "Object", limit });
        }
        r.is_ok()
    }

    /// Ends a level.
    pub(crate) const fn leave(&mut self) {
        self.levels -= 1;
    }

    /// A value with its id, of any type.
    pub(crate) fn any(&mut self, r: &mut Reader<'_>) {
        match r.u32() {
            ids::BOOL_TRUE | ids::BOOL_FALSE | ids::TRUE => {}
            ids::VECTOR => {
                let count = count(r);
                if self.enter(r) {
                    for _ in 0..count {
                        if !r.is_ok() {
                            break;
                        }
                        self.any(r);
                    }
                }
                self.levels -= 1;
            }
            id => self.known(r, id, None),
        }
    }

    /// What comes after the id that was just taken. `ty` is the type that it must be of.
    fn known(&mut self, r: &mut Reader<'_>, id: u32, ty: Option<u16>) {
        if !r.is_ok() {
            return;
        }
        let entry = self.atlas.entry(id);
        let found = entry.and_then(|entry| self.atlas.type_at(entry.index));
        let kind = match (entry, found) {
            (Some(entry), Some(found)) if ty.is_none_or(|ty| ty == found && ty != FUNCTION) => {
                return V::value(self, r, id, entry.index, ty);
            }
            (Some(_), Some(_)) => DecodeErrorKind::WrongType { id },
            _ => DecodeErrorKind::NotInAtlas { id },
        };
        r.fail_back(kind, 4);
    }

    /// The fields of the combinator at this index.
    pub(crate) fn combinator(&mut self, r: &mut Reader<'_>, index: usize) {
        if self.enter(r) {
            match self.atlas.code_at(index) {
                Some(mut code) => self.fields(r, &mut code, &mut Words::default()),
                None => Self::broken(r),
            }
        }
        self.levels -= 1;
    }

    /// Operations up to an end.
    fn fields(&mut self, r: &mut Reader<'_>, code: &mut Code<'_>, words: &mut Words) {
        while r.is_ok() {
            let Some((op, condition)) = code.next() else { return Self::broken(r) };
            if matches!(op, Op::End) {
                return;
            }
            let is_there = match condition {
                None => Some(true),
                Some(Condition { word, bit }) => words.get(word).map(|word| word >> bit & 1 == 1),
            };
            match is_there {
                Some(true) => self.value(r, op, code, words),
                Some(false) => {
                    if matches!(op, Op::Word) {
                        words.push(0);
                    }
                    if code.pass(op, MAX_LEVELS).is_none() {
                        Self::broken(r);
                    }
                    self.spend(r, 1);
                }
                None => Self::broken(r),
            }
        }
    }

    /// Takes this many operations off those that may be, and says whether there are any left.
    pub(crate) fn spend(&mut self, r: &mut Reader<'_>, operations: usize) -> bool {
        self.work = self.work.saturating_sub(operations);
        if self.work == 0 {
            r.fail(DecodeErrorKind::TooMuchWork);
        }
        self.work > 0
    }

    /// A value, and the operations that belong to it.
    pub(crate) fn value(&mut self, r: &mut Reader<'_>, op: Op, code: &mut Code<'_>, words: &mut Words) {
        if !self.spend(r, 1) {
            return;
        }
        match op {
            Op::End => Self::broken(r),
            Op::Word => words.push(r.u32()),
            Op::Fixed(size) => {
                r.take_bytes(usize::from(size));
            }
            Op::Bytes => {
                r.bytes();
            }
            Op::Bool => {
                r.get::<bool>();
            }
            Op::Any => V::opaque(self, r),
            Op::Boxed(ty) => {
                let id = r.u32();
                self.known(r, id, Some(ty));
            }
            Op::Bare(index) => self.combinator(r, index as usize),
            Op::Vector { boxed } => {
                if boxed {
                    r.expect_id(ids::VECTOR, "vector");
                }
                let count = count(r);
                self.items(r, count, code, words, false);
            }
            Op::Repeat(count) => self.items(r, count, code, words, true),
            Op::RepeatWord { word, plus } => match words.get(usize::from(word)).and_then(|word| word.checked_add(plus))
            {
                Some(count) => self.items(r, count, code, words, true),
                None => r.fail(DecodeErrorKind::CountTooLarge { count: u32::MAX }),
            },
            Op::WithId(id) => {
                r.expect_id(id, "a builtin type");
                if self.enter(r) {
                    match code.next() {
                        Some((op, _)) => self.value(r, op, code, words),
                        None => Self::broken(r),
                    }
                }
                self.levels -= 1;
            }
        }
    }

    /// Items, each of which has the operations that come next: one, or those up to an end.
    fn items(&mut self, r: &mut Reader<'_>, count: u32, code: &mut Code<'_>, words: &mut Words, is_record: bool) {
        let start = *code;
        if self.enter(r) {
            for _ in 0..count {
                let before = r.remaining();
                *code = start;
                self.item(r, code, words, is_record);
                if !r.is_ok() {
                    break;
                }
                if r.remaining() == before {
                    self.empty_items += 1;
                    if self.empty_items > DecodeOptions::EMPTY_ITEMS_BUDGET {
                        r.fail(DecodeErrorKind::CountTooLarge { count });
                        break;
                    }
                }
            }
        }
        self.levels -= 1;
        if count == 0 && r.is_ok() {
            let op = if is_record { Some((Op::Repeat(0), None)) } else { code.next() };
            if op.and_then(|(op, _)| code.pass(op, MAX_LEVELS)).is_none() {
                Self::broken(r);
            }
        }
    }

    /// An item, which has the operation that comes next, or those up to an end.
    pub(crate) fn item(&mut self, r: &mut Reader<'_>, code: &mut Code<'_>, words: &mut Words, is_record: bool) {
        if is_record {
            return self.fields(r, code, words);
        }
        match code.next() {
            Some((op, _)) => self.value(r, op, code, words),
            None => Self::broken(r),
        }
    }
}

/// The number of items of a vector.
pub(super) fn count(r: &mut Reader<'_>) -> u32 {
    let count = r.get::<i32>();
    u32::try_from(count).unwrap_or_else(|_| {
        r.fail_back(DecodeErrorKind::NegativeCount { count }, 4);
        0
    })
}
