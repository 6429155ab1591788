//! Going over values by their layouts, the way that nearly all of them go.
//!
//! What is left of the input is in registers, and no error is made: where something is not as it should be, this gives up, and
//! [`walk`](super::walk) goes over the same value once more and has the last word. So each byte is looked at twice at most, however values
//! are nested. What has generated code is gone over by that.

use super::bounds::Bounds;
use super::layouts::{LARGE, Layouts, Step, Words, has_depth, is_there, length, op, parts};
use super::steps::Steps;
use super::walk::ALL;
use crate::ids;

/// What comes after the value, and where the next step is.
type After<'a> = Option<(&'a [u8], usize)>;

/// Each of these says what comes after something at the start of `rest`.
impl Layouts {
    /// The fields of a constructor up to the step `stop`.
    pub(crate) fn fast_fields<'a, const CHECK: bool>(
        &self,
        bounds: &mut Bounds,
        rest: &'a [u8],
        start: usize,
        words: &mut Words,
        stop: usize,
    ) -> Option<&'a [u8]> {
        let (mut at, mut has_entered, mut rest) = (start, false, rest);
        let steps = self.steps.get(..stop).unwrap_or(self.steps);
        // A gate may lead beyond the step.
        while let Some(&word) = steps.get(at) {
            if !is_there(word, words) {
                at = match length(word) {
                    0 => self.leave_out(at, words),
                    length => at + length,
                };
                continue;
            }
            let (op, operand) = parts(word);
            match op {
                op::FIXED if operand != LARGE => rest = rest.get(operand as usize..)?,
                op::TEXT | op::BYTES | op::BOOL => rest = leaf::<CHECK>(bounds, rest, op)?,
                op::LOSSY => rest = lossy::<CHECK>(bounds, rest)?,
                op::BOXED if operand != LARGE => rest = self.fast_boxed::<CHECK>(bounds, rest, operand)?,
                op::WORD => {
                    let declared = if CHECK { self.word(at + 1) } else { u32::MAX };
                    rest = flags::<CHECK>(bounds, rest, declared, words)?;
                    at += 1;
                }
                op::GATE => {
                    let is_open = words.get(operand) & self.word(at + 1) != 0;
                    at += if is_open { 3 } else { self.word(at + 2) as usize };
                    continue;
                }
                op::TEXTS => {
                    let after = at + self.word(at + 2) as usize;
                    if after > stop {
                        at += 3;
                        continue;
                    }
                    let mut bits = words.get(operand) & self.word(at + 1);
                    while bits != 0 {
                        rest = leaf::<CHECK>(bounds, rest, op::TEXT)?;
                        bits &= bits - 1;
                    }
                    at = after;
                    continue;
                }
                op::KEPT | op::LENGTH => rest = flags::<false>(bounds, rest, u32::MAX, words)?,
                op::ENTER => {
                    has_entered = true;
                    bounds.enter()?;
                }
                op::END => {
                    if has_entered {
                        bounds.leave();
                    }
                    break;
                }
                _ => {
                    (rest, at) = self.fast_value::<CHECK>(bounds, rest, &self.step(at), words)?;
                    continue;
                }
            }
            at += 1;
        }
        Some(rest)
    }

    /// One value by its step.
    #[inline(never)]
    pub(crate) fn fast_value<'a, const CHECK: bool>(
        &self,
        bounds: &mut Bounds,
        rest: &'a [u8],
        step: &Step,
        words: &Words,
    ) -> After<'a> {
        let after = match step.op {
            op::BOXED => self.fast_boxed::<CHECK>(bounds, rest, step.operand),
            op::ONE => self.fast_one::<CHECK>(bounds, rest, step.operand),
            op::BARE => self.fast_bare::<CHECK>(bounds, rest, step.operand),
            op::VECTOR | op::VECTOR_BARE | op::REPEAT | op::REPEAT_WORD => {
                return self.fast_vector::<CHECK>(bounds, rest, step, words);
            }
            op::WITH_ID => return self.fast_with_id::<CHECK>(bounds, rest, step, words),
            op::LOSSY => lossy::<CHECK>(bounds, rest),
            _ => seldom::<CHECK>(bounds, rest, step, words),
        };
        after.map(|rest| (rest, step.next))
    }

    /// A constructor with its id.
    fn fast_one<'a, const CHECK: bool>(
        &self,
        bounds: &mut Bounds,
        rest: &'a [u8],
        constructor: u32,
    ) -> Option<&'a [u8]> {
        self.fast_bare::<CHECK>(bounds, after_id(rest, self.id(constructor))?, constructor)
    }

    /// A value of a builtin type with an id.
    fn fast_with_id<'a, const CHECK: bool>(
        &self,
        bounds: &mut Bounds,
        rest: &'a [u8],
        step: &Step,
        words: &Words,
    ) -> After<'a> {
        let rest = after_id(rest, self.word(step.next))?;
        self.fast_value::<CHECK>(bounds, rest, &self.step(step.next + 1), words)
    }

    /// A vector, or items without a number before them.
    fn fast_vector<'a, const CHECK: bool>(
        &self,
        bounds: &mut Bounds,
        rest: &'a [u8],
        step: &Step,
        words: &Words,
    ) -> After<'a> {
        let (count, items, rest) = self.fast_count(bounds, rest, step, words)?;
        let step = self.step(items);
        let rest = self.fast_items::<CHECK>(bounds, rest, count, &step, words)?;
        Some((rest, self.pass(&step)))
    }

    /// How many items there are, where their step is, and what comes after their number.
    fn fast_count<'a>(
        &self,
        bounds: &mut Bounds,
        rest: &'a [u8],
        step: &Step,
        words: &Words,
    ) -> Option<(usize, usize, &'a [u8])> {
        let mut w = Steps::<false>::new(bounds, rest);
        let (first, least) = (self.word(step.next), self.word(step.next + 1));
        let (count, items) = match step.op {
            op::VECTOR => (w.vector(first)?, step.next + 1),
            op::VECTOR_BARE => (w.count(first)?, step.next + 1),
            op::REPEAT => (w.repeat(first, least)?, step.next + 2),
            _ => (w.repeat(words.get(step.operand).saturating_add(first), least)?, step.next + 2),
        };
        Some((count as usize, items, w.rest()))
    }

    /// As many values by their step.
    pub(crate) fn fast_items<'a, const CHECK: bool>(
        &self,
        bounds: &mut Bounds,
        mut rest: &'a [u8],
        count: usize,
        step: &Step,
        words: &Words,
    ) -> Option<&'a [u8]> {
        let size = match step.op {
            op::FIXED => Some(step.operand as usize),
            _ if CHECK => None,
            _ => self.size(step),
        };
        if let Some(size) = size {
            return rest.get(count.checked_mul(size)?..);
        }
        for _ in 0..count {
            rest = match step.op {
                op::BOXED => self.fast_boxed::<CHECK>(bounds, rest, step.operand)?,
                _ => self.fast_value::<CHECK>(bounds, rest, step, words)?.0,
            };
        }
        Some(rest)
    }

    /// A value of an enum.
    fn fast_boxed<'a, const CHECK: bool>(&self, bounds: &mut Bounds, rest: &'a [u8], ty: u32) -> Option<&'a [u8]> {
        if let Some(code) = self.enum_code(ty) {
            return code.go::<CHECK>(bounds, rest);
        }
        let (constructor, has_depth, rest) = self.fast_choose(rest, ty)?;
        if has_depth {
            bounds.enter()?;
        }
        let after = self.fast_bare::<CHECK>(bounds, rest, constructor);
        if has_depth {
            bounds.leave();
        }
        after
    }

    /// The constructor of a value of an enum, whether it counts towards the depth limit, and what comes after its id.
    #[inline]
    fn fast_choose<'a>(&self, rest: &'a [u8], ty: u32) -> Option<(u32, bool, &'a [u8])> {
        let (id, rest) = rest.split_first_chunk()?;
        let range = self.range(ty)?;
        Some((self.find_in(range, u32::from_le_bytes(*id))?, has_depth(range[0]), rest))
    }

    /// The fields of a constructor.
    pub(crate) fn fast_bare<'a, const CHECK: bool>(
        &self,
        bounds: &mut Bounds,
        rest: &'a [u8],
        constructor: u32,
    ) -> Option<&'a [u8]> {
        if let Some(size) = self.fixed(constructor) {
            return rest.get(size..);
        }
        match self.constructor_code(constructor) {
            Some(code) => code.go::<CHECK>(bounds, rest),
            None => {
                let mut words = Words::default();
                self.fast_fields::<CHECK>(bounds, rest, self.start(constructor), &mut words, ALL)
            }
        }
    }
}

// These are no part of the functions above where code is not optimized: the frames of what is nested would be large.

/// What comes after one of the operations that are frequent.
#[inline]
fn leaf<'a, const CHECK: bool>(bounds: &mut Bounds, rest: &'a [u8], op: u32) -> Option<&'a [u8]> {
    let mut w = Steps::<CHECK>::new(bounds, rest);
    match op {
        op::TEXT => w.text()?,
        op::BYTES => w.bytes()?,
        _ => w.bool()?,
    }
    Some(w.rest())
}

/// What comes after text that need not be UTF-8. It is no part of the way, which would be longer for all others.
#[inline(never)]
fn lossy<'a, const CHECK: bool>(bounds: &mut Bounds, rest: &'a [u8]) -> Option<&'a [u8]> {
    let mut w = Steps::<CHECK>::new(bounds, rest);
    w.lossy()?;
    Some(w.rest())
}

/// What comes after a word, which is kept.
#[inline]
fn flags<'a, const CHECK: bool>(
    bounds: &mut Bounds,
    rest: &'a [u8],
    declared: u32,
    words: &mut Words,
) -> Option<&'a [u8]> {
    let mut w = Steps::<CHECK>::new(bounds, rest);
    words.push(w.flags(declared)?);
    Some(w.rest())
}

/// What comes after an id.
#[inline]
fn after_id(rest: &[u8], id: u32) -> Option<&[u8]> {
    rest.strip_prefix(&id.to_le_bytes())
}

/// What comes after one of the other operations without anything within.
fn seldom<'a, const CHECK: bool>(bounds: &mut Bounds, rest: &'a [u8], step: &Step, words: &Words) -> Option<&'a [u8]> {
    let mut w = Steps::<CHECK>::new(bounds, rest);
    match step.op {
        op::FIXED => w.fixed(step.operand as usize)?,
        op::TEXT => w.text()?,
        op::BYTES => w.bytes()?,
        op::BOOL => w.bool()?,
        op::SIZED => w.object(words.get(step.operand))?,
        op::OBJECT => w.last_object()?,
        op::TRUE => w.id(ids::TRUE)?,
        _ => return None,
    }
    Some(w.rest())
}
