//! Going over values by their layouts. Nothing is kept.
//!
//! With `CHECK` everything is checked as decoding checks it. Without it only the end of a value is looked for: ids, counts, and the
//! lengths of strings, but not what is in these, nor ids where they make no difference.

use super::layouts::{
    LARGE, Layouts, Step, Words, after_short_bytes, builtin, checked, count, is_alone, is_there, op, parts,
};
use super::steps::{bytes, text};
use crate::{Mode, Reader, ids};

/// No step: all fields.
pub(crate) const ALL: usize = usize::MAX;

impl Layouts {
    /// Goes over the fields of a constructor up to the step `stop`. It ends when the reader fails.
    pub(crate) fn fields<const CHECK: bool>(&self, r: &mut Reader<'_>, start: usize, words: &mut Words, stop: usize) {
        let (mut at, mut has_entered) = (start, false);
        // What is common is done here, with what is left of the input in registers.
        let mut rest = r.rest;
        let is_strict = CHECK && r.options.mode == Mode::Strict;
        // A gate may lead beyond the step.
        while at < stop {
            let word = self.word(at);
            if !is_there(word, words) {
                at = if is_alone(word) { at + 1 } else { self.leave_out(at, words) };
                continue;
            }
            let (op, operand) = parts(word);
            match op {
                op::FIXED => {
                    if let Some((_, tail)) = rest.split_at_checked(operand as usize) {
                        (rest, at) = (tail, at + 1);
                        continue;
                    }
                }
                op::TEXT | op::BYTES | op::LOSSY if !CHECK => {
                    if let Some(tail) = after_short_bytes(rest) {
                        (rest, at) = (tail, at + 1);
                        continue;
                    }
                }
                op::TEXT | op::BYTES => {
                    let tail = if op == op::TEXT { text(r, rest) } else { bytes(r, rest) };
                    let Some(tail) = tail else { return };
                    (rest, at) = (tail, at + 1);
                    continue;
                }
                op::WORD => {
                    if let Some((word, tail)) = rest.split_first_chunk()
                        && !is_strict
                    {
                        words.push(u32::from_le_bytes(*word));
                        (rest, at) = (tail, at + 2);
                        continue;
                    }
                }
                op::BOOL => {
                    if let Some((id, tail)) = rest.split_first_chunk()
                        && (!CHECK || matches!(u32::from_le_bytes(*id), ids::BOOL_TRUE | ids::BOOL_FALSE))
                    {
                        (rest, at) = (tail, at + 1);
                        continue;
                    }
                }
                op::BOXED if operand != LARGE => {
                    r.rest = rest;
                    self.boxed::<CHECK>(r, operand);
                    if !r.is_ok() {
                        return;
                    }
                    (rest, at) = (r.rest, at + 1);
                    continue;
                }
                op::GATE => {
                    let is_open = words.get(operand) & self.word(at + 1) != 0;
                    at += if is_open { 3 } else { self.word(at + 2) as usize };
                    continue;
                }
                op::END => {
                    r.rest = rest;
                    if has_entered {
                        r.leave();
                    }
                    return;
                }
                _ => {}
            }
            r.rest = rest;
            at = self.step_over::<CHECK>(r, start, at, words, &mut has_entered);
            if !r.is_ok() {
                return;
            }
            rest = r.rest;
        }
        r.rest = rest;
    }

    /// A step that is not there: says where the next one is.
    #[inline(never)]
    fn leave_out(&self, at: usize, words: &mut Words) -> usize {
        let step = self.step(at);
        if matches!(step.op, op::WORD | op::KEPT) {
            words.push(0);
        }
        self.pass(&step)
    }

    /// Goes over any step but the end, and says where the next one is.
    fn step_over<const CHECK: bool>(
        &self,
        r: &mut Reader<'_>,
        start: usize,
        at: usize,
        words: &mut Words,
        has_entered: &mut bool,
    ) -> usize {
        let step = self.step(at);
        match step.op {
            op::WORD => {
                let declared = if CHECK { self.word(step.next) } else { u32::MAX };
                words.push(r.flags(declared));
                return step.next + 1;
            }
            op::KEPT | op::LENGTH => words.push(r.u32()),
            op::ENTER => {
                *has_entered = true;
                self.enter(r, start);
            }
            _ => return self.value::<CHECK>(r, &step, words),
        }
        step.next
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
    pub(crate) fn boxed<const CHECK: bool>(&self, r: &mut Reader<'_>, ty: u32) {
        match self.enum_code(ty) {
            None => self.boxed_by_table::<CHECK>(r, ty),
            Some(code) if code.go::<CHECK>(r) => {}
            Some(_) => self.without_code().boxed_by_table::<CHECK>(r, ty),
        }
    }

    fn boxed_by_table<const CHECK: bool>(&self, r: &mut Reader<'_>, ty: u32) {
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
        if let Some(size) = self.fixed(constructor)
            && let Some((_, tail)) = r.rest.split_at_checked(size)
        {
            r.rest = tail;
            return;
        }
        match self.constructor_code(constructor) {
            None => self.bare_by_table::<CHECK>(r, constructor),
            Some(code) if code.go::<CHECK>(r) => {}
            Some(_) => self.without_code().bare_by_table::<CHECK>(r, constructor),
        }
    }

    fn bare_by_table<const CHECK: bool>(&self, r: &mut Reader<'_>, constructor: u32) {
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
        let fixed = if CHECK { None } else { self.size(&step) };
        let by_code = match fixed {
            Some(_) => None,
            None => self.item_code(&step),
        };
        let count = count - by_code.map_or(0, |code| code.go::<CHECK>(r, count));
        match (fixed, step.op) {
            (Some(size), _) => _ = r.take_bytes(count as usize * size),
            (None, op::FIXED) => _ = r.take_bytes(count as usize * step.operand as usize),
            (None, op::ONE) => {
                for _ in 0..count {
                    self.one::<CHECK>(r, step.operand);
                    if !r.is_ok() {
                        break;
                    }
                }
            }
            (None, op::BOXED) => {
                for _ in 0..count {
                    self.boxed::<CHECK>(r, step.operand);
                    if !r.is_ok() {
                        break;
                    }
                }
            }
            (None, _) => {
                for _ in 0..count {
                    self.value::<CHECK>(r, &step, words);
                    if !r.is_ok() {
                        break;
                    }
                }
            }
        }
        self.pass(&step)
    }
}
