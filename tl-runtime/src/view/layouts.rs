//! The layouts of all constructors of a schema, as generated code has them.
//!
//! The layout of a constructor is a list of steps and [`op::END`]. A step is a word, after which come the words that belong to its
//! operation, and for vectors the step of the items:
//!
//! | bits of the word | |
//! |---|---|
//! | 0 to 4 | the operation, see [`op`] |
//! | 5 | whether it has a condition |
//! | 6 to 10 | the bit of the condition |
//! | 11 to 13 | which of the words that were read before has the bit |
//! | 14 and 15 | with a condition: how many words the step has; 0: that has to be looked up |
//! | 16 to 31 | the operand; [`LARGE`]: it is in the next word |
//!
//! The writer is `tl-codegen/src/ir/views`. The table is a part of generated code, and is trusted as that is.

use super::code::Code;
use crate::Reader;

/// What a step is on the wire. Words that belong to it are in brackets.
pub(crate) mod op {
    pub(crate) const END: u32 = 0;
    /// As many bytes as the operand says.
    pub(crate) const FIXED: u32 = 1;
    /// A flags word [the bits that are declared].
    pub(crate) const WORD: u32 = 2;
    /// A `#` that may have any bits.
    pub(crate) const KEPT: u32 = 3;
    pub(crate) const BYTES: u32 = 4;
    pub(crate) const TEXT: u32 = 5;
    /// Text that need not be UTF-8.
    pub(crate) const LOSSY: u32 = 6;
    pub(crate) const BOOL: u32 = 7;
    /// A value of the enum whose index is the operand.
    pub(crate) const BOXED: u32 = 8;
    /// The id of the constructor whose index is the operand, and its fields.
    pub(crate) const ONE: u32 = 9;
    /// Its fields without the id.
    pub(crate) const BARE: u32 = 10;
    /// `Vector` [the least size of an item], and the step of the items.
    pub(crate) const VECTOR: u32 = 11;
    /// The same without the id.
    pub(crate) const VECTOR_BARE: u32 = 12;
    /// As many items [their number, the least size of one], and their step.
    pub(crate) const REPEAT: u32 = 13;
    /// As many items as the word of the operand says [what is added, the least size of one], and their step.
    pub(crate) const REPEAT_WORD: u32 = 14;
    /// An id before a builtin type, whose index in the names is the operand [the id], and the step of the value.
    pub(crate) const WITH_ID: u32 = 15;
    /// The length of an object that comes later.
    pub(crate) const LENGTH: u32 = 16;
    /// An object whose length is the word of the operand.
    pub(crate) const SIZED: u32 = 17;
    /// All that is left.
    pub(crate) const OBJECT: u32 = 18;
    /// The boxed `true`.
    pub(crate) const TRUE: u32 = 19;
    /// Here a recursive constructor begins its level.
    pub(crate) const ENTER: u32 = 20;
    /// The steps up to the one that is as far away as the second word says are not there if the word of the operand has none of
    /// these bits [the bits, the distance]. It changes nothing but the time.
    pub(crate) const GATE: u32 = 21;
    /// The steps up to the one that is as far away as the second word says are as many texts as the word of the operand has of these
    /// bits [the bits, the distance]. It changes nothing but the time either.
    pub(crate) const TEXTS: u32 = 22;
}

/// The step has a condition.
const CONDITION: u32 = 1 << 5;

/// The operand is in the next word.
pub(crate) const LARGE: u32 = (1 << 16) - 1;

/// The bits of where a layout begins.
const START_BITS: u32 = 22;

/// Instead of the least size of an item: it may take no bytes, and these bits say how many pointers it is large in memory.
pub(crate) const EMPTY: u32 = 1 << 31;

/// How many words of a constructor can be named.
pub(crate) const WORDS: usize = 8;

/// The builtin types that may have an id before them.
const BUILTIN: [&str; 10] = ["int", "long", "double", "float", "string", "bytes", "int128", "int256", "int512", "true"];

/// The wire layouts of a schema, in static memory: what views read messages by. Generated code has one with the option `views`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Layouts {
    /// The ids of all constructors. Those of an enum are side by side and ascending.
    pub ids: &'static [u32],
    /// Where in the steps each of them begins; in the bits from [`START_BITS`] on how many words its fields take and one more, if they
    /// always take as many and may have any contents.
    pub starts: &'static [u32],
    /// For each enum twice the index of its first constructor, and one more if it counts towards the depth limit; at the end the
    /// index of the first constructor that is in none, without that.
    pub enums: &'static [u32],
    /// The steps.
    pub steps: &'static [u32],
    /// The names of the constructors, then those of the enums, each on a line.
    pub names: &'static str,
    /// What goes over values in place of the steps, where there is such code.
    pub code: Option<&'static Code>,
}

/// One step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) op: u32,
    pub(crate) operand: u32,
    /// Where the words are that belong to it.
    pub(crate) next: usize,
    word: u32,
}

impl Step {
    /// A step that is in no table.
    pub(crate) const fn alone(op: u32, operand: u32) -> Self {
        Self { op, operand, next: usize::MAX, word: op }
    }

    /// Whether it is there.
    pub(crate) fn is_there(&self, words: &Words) -> bool {
        is_there(self.word, words)
    }
}

/// Whether the step is there whose word this is.
#[inline]
pub(crate) fn is_there(word: u32, words: &Words) -> bool {
    word & CONDITION == 0 || words.get(word >> 11) >> (word >> 6 & 31) & 1 != 0
}

/// The operation of a step and its operand, which is not in the next word.
#[inline]
pub(crate) const fn parts(word: u32) -> (u32, u32) {
    (word & 31, word >> 16)
}

/// How many words a step with a condition has; 0 where that has to be looked up.
#[inline]
pub(crate) const fn length(word: u32) -> usize {
    (word >> 14 & 3) as usize
}

/// The words of a constructor that were read: flags, counts and lengths, in their order.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words {
    values: [u32; WORDS],
    count: u32,
}

impl Words {
    #[inline]
    pub(crate) fn push(&mut self, value: u32) {
        if let Some(place) = self.values.get_mut(self.count as usize) {
            *place = value;
        }
        self.count += 1;
    }

    #[inline]
    pub(crate) fn get(&self, word: u32) -> u32 {
        self.values[word as usize % WORDS]
    }
}

impl Layouts {
    /// That of builtin types.
    pub(crate) const NONE: Self = Self { ids: &[], starts: &[], enums: &[], steps: &[], names: "", code: None };

    #[inline]
    pub(crate) fn word(&self, at: usize) -> u32 {
        self.steps.get(at).copied().unwrap_or(op::END)
    }

    /// The step at an index.
    #[inline]
    pub(crate) fn step(&self, at: usize) -> Step {
        let word = self.word(at);
        let (op, operand) = parts(word);
        if operand == LARGE {
            return Step { op, operand: self.word(at + 1), next: at + 2, word };
        }
        Step { op, operand, next: at + 1, word }
    }

    /// Where the step after this one is, which is left out.
    pub(crate) fn pass(&self, step: &Step) -> usize {
        let mut step = *step;
        loop {
            let words = match step.op {
                op::WORD => return step.next + 1,
                op::VECTOR | op::VECTOR_BARE | op::WITH_ID => 1,
                op::REPEAT | op::REPEAT_WORD => 2,
                op::GATE | op::TEXTS => return step.next + 2,
                _ => return step.next,
            };
            step = self.step(step.next + words);
        }
    }

    /// Where the steps of a constructor begin.
    #[inline]
    pub(crate) fn start(&self, constructor: u32) -> usize {
        self.starts.get(constructor as usize).map_or(usize::MAX, |start| (*start & ((1 << START_BITS) - 1)) as usize)
    }

    /// The constructor whose steps these are.
    pub(crate) fn constructor_at(&self, start: usize) -> Option<u32> {
        (0..).zip(self.starts).find_map(|(index, _)| (self.start(index) == start).then_some(index))
    }

    /// How many bytes the fields of a constructor take, if they always take as many and may have any contents.
    #[inline]
    pub(crate) fn fixed(&self, constructor: u32) -> Option<usize> {
        let words = self.starts.get(constructor as usize).copied()? >> START_BITS;
        Some(4 * words.checked_sub(1)? as usize)
    }

    /// The id of a constructor.
    #[inline]
    pub(crate) fn id(&self, constructor: u32) -> u32 {
        self.ids.get(constructor as usize).copied().unwrap_or(0)
    }

    /// The constructor of an enum that has an id.
    #[inline]
    pub(crate) fn find(&self, ty: u32, id: u32) -> Option<u32> {
        self.find_in(self.range(ty)?, id)
    }

    /// What the list of enums says of one and of the next one.
    #[inline]
    pub(crate) fn range(&self, ty: u32) -> Option<[u32; 2]> {
        self.enums.get(ty as usize..)?.first_chunk().copied()
    }

    /// The constructor that has an id, in such a range.
    #[inline]
    pub(crate) fn find_in(&self, [first, end]: [u32; 2], id: u32) -> Option<u32> {
        let ids = self.ids.get((first >> 1) as usize..(end >> 1) as usize)?;
        let index = match ids.len() {
            0..=8 => ids.iter().position(|known| *known == id)?,
            _ => ids.binary_search(&id).ok()?,
        };
        Some((first >> 1) + index as u32)
    }

    /// Whether values of an enum count towards the depth limit.
    #[inline]
    pub(crate) fn counts_depth(&self, ty: u32) -> bool {
        self.enums.get(ty as usize).is_some_and(|first| has_depth(*first))
    }

    /// The name of a constructor.
    #[cold]
    pub(crate) fn name(&self, constructor: u32) -> &'static str {
        self.names.split('\n').nth(constructor as usize).unwrap_or_default()
    }

    /// The name of an enum.
    #[cold]
    pub(crate) fn type_name(&self, ty: u32) -> &'static str {
        self.names.split('\n').nth(self.ids.len() + ty as usize).unwrap_or_default()
    }
}

/// Whether values of an enum count towards the depth limit, of which the list of enums says this.
#[inline]
pub(crate) const fn has_depth(first: u32) -> bool {
    first & 1 != 0
}

/// What comes after the `bytes` at the start of `rest`, if they are in the short form.
#[inline]
pub(crate) fn after_short_bytes(rest: &[u8]) -> Option<&[u8]> {
    let &first = rest.first()?;
    if first >= 254 {
        return None;
    }
    rest.get((usize::from(first) + 4) & !3..)
}

/// The name of a builtin type with an id before it.
#[cold]
pub(crate) fn builtin(index: u32) -> &'static str {
    BUILTIN.get(index as usize).copied().unwrap_or_default()
}

/// A count of items, for which the reader has enough bytes left. The word of the layout says what they take at least.
pub(crate) fn count(r: &mut Reader<'_>, least: u32) -> u32 {
    let (min_size, item_size) = sizes(least);
    u32::try_from(r.count(min_size, item_size)).unwrap_or(u32::MAX)
}

/// A number of items, of which the reader has enough bytes left.
pub(crate) fn checked(r: &mut Reader<'_>, count: u32, least: u32) -> u32 {
    let (min_size, item_size) = sizes(least);
    u32::try_from(r.checked(count, min_size, item_size, 0)).unwrap_or(u32::MAX)
}

/// The bytes of an item, and what it takes in memory if there need not be any.
pub(crate) const fn sizes(least: u32) -> (usize, usize) {
    if least & EMPTY == 0 { (least as usize, 0) } else { (0, (least & !EMPTY) as usize * size_of::<usize>()) }
}
