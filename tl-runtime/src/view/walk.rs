//! Going over values by their layouts, step by step, with the error that decoding gives. Nothing is kept.
//!
//! With `CHECK` everything is checked as decoding checks it. Without it only the end of a value is looked for: ids, counts, and the
//! lengths of strings, but not what is in these, nor ids where they make no difference. [`fast`](super::fast) goes first.

use super::layouts::{Layouts, Step, Words, builtin, checked, count, is_there, op, parts};
use crate::{Reader, ids};

/// No step: all fields.
pub(crate) const ALL: usize = usize::MAX;

impl Layouts {
    /// Goes over the fields of a constructor up to the step `stop`. It ends when the reader fails.
    pub(crate) fn fields<const CHECK: bool>(&self, r: &mut Reader<'_>, start: usize, words: &mut Words, stop: usize) {
        let (mut at, mut has_entered) = (start, false);
        // A gate may lead beyond the step.
        while at < stop && r.is_ok() {
            let step = self.step(at);
            if !step.is_there(words) {
                at = self.leave_out(at, words);
                continue;
            }
            at = step.next;
            match step.op {
                op::END => {
                    if has_entered {
                        r.leave();
                    }
                    return;
                }
                op::WORD => {
                    let declared = if CHECK { self.word(at) } else { u32::MAX };
                    words.push(r.flags(declared));
                    at += 1;
                }
                op::KEPT | op::LENGTH => words.push(r.u32()),
                op::ENTER => {
                    has_entered = true;
                    self.enter(r, start);
                }
                op::GATE | op::TEXTS => at += 2,
                _ => at = self.value::<CHECK>(r, &step, words),
            }
        }
    }

    /// A step that is not there: says where the next one is.
    #[inline(never)]
    pub(crate) fn leave_out(&self, at: usize, words: &mut Words) -> usize {
        let step = self.step(at);
        if matches!(step.op, op::WORD | op::KEPT) {
            words.push(0);
        }
        self.pass(&step)
    }

    /// Begins a level of the recursive constructor whose steps are at `start`.
    fn enter(&self, r: &mut Reader<'_>, start: usize) {
        if r.is_too_deep() {
            r.fail_depth(self.constructor_at(start).map_or("", |constructor| self.name(constructor)));
        }
    }

    /// Goes over one value, and says where the next step is.
    pub(crate) fn value<const CHECK: bool>(&self, r: &mut Reader<'_>, step: &Step, words: &Words) -> usize {
        match step.op {
            op::FIXED => _ = r.take_bytes(step.operand as usize),
            op::TEXT if CHECK => r.skip_text(),
            op::LOSSY if CHECK => r.skip_lossy(),
            op::BYTES | op::TEXT | op::LOSSY => _ = r.bytes(),
            op::BOOL if CHECK => _ = r.get::<bool>(),
            op::BOOL => _ = r.take_bytes(4),
            op::BOXED => self.boxed::<CHECK>(r, step.operand),
            op::ONE => self.one::<CHECK>(r, step.operand),
            op::BARE => self.bare::<CHECK>(r, step.operand),
            op::VECTOR | op::VECTOR_BARE | op::REPEAT | op::REPEAT_WORD => {
                let (count, items) = self.count(r, step, words);
                return self.items::<CHECK>(r, count, items, words);
            }
            op::WITH_ID => {
                self.expect_builtin(r, step);
                return self.value::<CHECK>(r, &self.step(step.next + 1), words);
            }
            op::SIZED => _ = r.object_bytes(words.get(step.operand).cast_signed()),
            op::OBJECT => _ = r.last_object(),
            op::TRUE => r.expect_id(ids::TRUE, "true"),
            _ => {}
        }
        step.next
    }

    /// A value of an enum.
    fn boxed<const CHECK: bool>(&self, r: &mut Reader<'_>, ty: u32) {
        let counts_depth = self.counts_depth(ty);
        if counts_depth && r.is_too_deep() {
            r.fail_depth(self.type_name(ty));
        }
        if let Some(constructor) = self.choose(r, ty) {
            self.bare::<CHECK>(r, constructor);
        }
        if counts_depth {
            r.leave();
        }
    }

    /// A constructor with its id.
    fn one<const CHECK: bool>(&self, r: &mut Reader<'_>, constructor: u32) {
        if self.expect(r, constructor) {
            self.bare::<CHECK>(r, constructor);
        }
    }

    /// Takes the id of a value of an enum, and says which constructor it is.
    #[inline]
    pub(crate) fn choose(&self, r: &mut Reader<'_>, ty: u32) -> Option<u32> {
        let id = r.u32();
        if !r.is_ok() {
            return None;
        }
        let found = self.find(ty, id);
        if found.is_none() {
            r.unknown_id(id, self.type_name(ty));
        }
        found
    }

    /// Takes the id of a constructor, and says whether it was there.
    #[inline]
    pub(crate) fn expect(&self, r: &mut Reader<'_>, constructor: u32) -> bool {
        let id = r.u32();
        if id != self.id(constructor) && r.is_ok() {
            r.unexpected_id(id, self.id(constructor), self.name(constructor));
        }
        r.is_ok()
    }

    /// Takes the id before a builtin type.
    pub(crate) fn expect_builtin(&self, r: &mut Reader<'_>, step: &Step) {
        r.expect_id(self.word(step.next), builtin(step.operand));
    }

    /// The fields of a constructor.
    pub(crate) fn bare<const CHECK: bool>(&self, r: &mut Reader<'_>, constructor: u32) {
        let was_ok = r.is_ok();
        self.fields::<CHECK>(r, self.start(constructor), &mut Words::default(), ALL);
        if !r.is_ok() {
            r.note(was_ok, self.name(constructor));
        }
    }

    /// Takes the number of items of a vector, and says where their step is.
    pub(crate) fn count(&self, r: &mut Reader<'_>, step: &Step, words: &Words) -> (u32, usize) {
        let first = self.word(step.next);
        let least = self.word(step.next + 1);
        match step.op {
            op::VECTOR => {
                r.expect_id(ids::VECTOR, "vector");
                (count(r, first), step.next + 1)
            }
            op::VECTOR_BARE => (count(r, first), step.next + 1),
            op::REPEAT => (checked(r, first, least), step.next + 2),
            _ => (checked(r, words.get(step.operand).saturating_add(first), least), step.next + 2),
        }
    }

    /// The number of bytes of a value, if it is always the same.
    pub(crate) fn size(&self, step: &Step) -> Option<usize> {
        let (mut size, constructor) = match step.op {
            op::FIXED => return Some(step.operand as usize),
            op::ONE => (4, step.operand),
            op::BARE => (0, step.operand),
            _ => return None,
        };
        let mut at = self.start(constructor);
        loop {
            match parts(self.word(at)) {
                (op::FIXED, operand) if is_there(self.word(at), &Words::default()) => size += operand as usize,
                (op::BOOL, _) if is_there(self.word(at), &Words::default()) => size += 4,
                (op::END, _) => return Some(size),
                _ => return None,
            }
            at += 1;
        }
    }

    /// Goes over as many items, and says where the step after theirs is.
    fn items<const CHECK: bool>(&self, r: &mut Reader<'_>, count: u32, items: usize, words: &Words) -> usize {
        let step = self.step(items);
        for _ in 0..count {
            self.value::<CHECK>(r, &step, words);
            if !r.is_ok() {
                break;
            }
        }
        self.pass(&step)
    }
}
