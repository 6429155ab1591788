//! What generated code does in place of the table: the steps of the table, as they are nested.
//!
//! It is made of the finished table, so that both go the same way.

use std::collections::BTreeSet;

use super::{Layouts, op};
use crate::ir::ItemPath;

/// One thing that code goes over.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// As many bytes.
    Fixed(u32),
    /// A flags word: its number if it is needed again, and the bits that are declared.
    Flags(Option<u32>, u32),
    /// A word that may have any bits.
    Word(Option<u32>),
    /// A `string`.
    Text,
    /// A `string` that need not be UTF-8.
    Lossy,
    /// A `bytes`.
    Bytes,
    /// A `Bool`.
    Bool,
    /// An id.
    Id(u32),
    /// A value of an enum, or the fields of a constructor, by the view that has the code.
    Value(ItemPath),
    /// Items.
    Items {
        /// How many.
        amount: Amount,
        /// The least size of one, as the table has it.
        least: u32,
        /// How many bytes each takes, if that is always the same.
        size: Option<u32>,
        /// One of them.
        item: Vec<Self>,
    },
    /// An object whose length is in the word of this number.
    Object(u32),
    /// An object that takes all that is left.
    LastObject,
    /// A level of a recursive constructor begins.
    Enter,
    /// And ends.
    Leave,
    /// What is there if the word of a number has one of these bits: for one bit its part, for several the parts for each.
    If {
        /// The number of the word.
        word: u32,
        /// The bits.
        mask: u32,
        /// What is there.
        parts: Vec<Self>,
    },
}

/// A number of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// It comes before them.
    Wire,
    /// The same after the id of `vector`.
    Boxed,
    /// It is always the same.
    Const(u32),
    /// That in the word of a number, and as many more.
    Word(u32, u32),
}

/// What comes after some ids of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// The ids.
    pub ids: Vec<u32>,
    /// What comes then.
    pub parts: Vec<Part>,
}

/// Constructors with at most as many parts are a part of their enum.
const SMALL: usize = 4;

/// So many parts side by side that hang on one word are passed over at once.
const TOGETHER: usize = 4;

/// What each index of the table is called.
pub(super) struct Code<'a> {
    pub(super) layouts: &'a Layouts,
    /// The views of the constructors that have fields.
    pub(super) constructors: Vec<Option<&'a ItemPath>>,
    /// The views of the enums.
    pub(super) enums: Vec<&'a ItemPath>,
}

/// The code of each constructor.
pub(super) struct OfConstructors {
    parts: Vec<Option<Vec<Part>>>,
    /// Whether it has a function of its own.
    has_own: Vec<bool>,
}

impl OfConstructors {
    /// That of a function of its own; `None` where there is none.
    pub(super) fn own(&self, constructor: u32) -> Option<&Vec<Part>> {
        let index = constructor as usize;
        self.parts[index].as_ref().filter(|_| self.has_own[index])
    }
}

impl Code<'_> {
    /// What comes after the id of each constructor, unless it always takes as many bytes with any contents.
    pub(super) fn of_constructors(&self) -> OfConstructors {
        let parts: Vec<_> = (0..)
            .zip(&self.layouts.ids)
            .map(|(constructor, _)| match self.layouts.fixed(constructor) {
                Some(_) => None,
                None => Some(Steps::new(self, self.layouts.start(constructor)).all()),
            })
            .collect();
        let mut named = BTreeSet::new();
        parts.iter().flatten().for_each(|parts| name(parts, &mut named));
        // The constructors of enums come first.
        let variants = self.layouts.types.last().map_or(0, |end| end >> 1);
        let has_own = (0..).zip(&parts).map(|(constructor, parts): (u32, _)| {
            let is_named = self.constructors[constructor as usize].is_some_and(|path| named.contains(path));
            let is_small = |parts: &Vec<Part>| parts.len() <= SMALL && !parts.contains(&Part::Enter);
            constructor >= variants || is_named || !parts.as_ref().is_some_and(is_small)
        });
        OfConstructors { has_own: has_own.collect(), parts }
    }

    /// What there is after the ids of an enum.
    pub(super) fn arms(&self, ty: u32, constructors: &OfConstructors) -> Vec<Arm> {
        let mut arms: Vec<Arm> = Vec::new();
        for constructor in self.layouts.constructors(ty) {
            let parts = match &constructors.parts[constructor as usize] {
                Some(parts) if constructors.own(constructor).is_none() => parts.clone(),
                _ => self.fields(constructor),
            };
            let id = self.layouts.ids[constructor as usize];
            match arms.iter_mut().find(|arm| arm.parts == parts) {
                Some(arm) => arm.ids.push(id),
                None => arms.push(Arm { ids: vec![id], parts }),
            }
        }
        arms
    }

    /// The fields of a constructor where they are a part of something.
    fn fields(&self, constructor: u32) -> Vec<Part> {
        match self.layouts.fixed(constructor) {
            Some(0) => Vec::new(),
            Some(size) => vec![Part::Fixed(size)],
            None => self.constructors[constructor as usize].cloned().map(Part::Value).into_iter().collect(),
        }
    }
}

/// The steps of one constructor on the way.
struct Steps<'a> {
    code: &'a Code<'a>,
    at: usize,
    /// How many words were read.
    words: u32,
}

/// What a step hangs on: the number of a word, and the bit.
type Condition = Option<(u32, u32)>;

impl<'a> Steps<'a> {
    fn new(code: &'a Code<'a>, at: usize) -> Self {
        Self { code, at, words: 0 }
    }

    fn take(&mut self) -> u32 {
        let word = self.code.layouts.steps[self.at];
        self.at += 1;
        word
    }

    fn all(mut self) -> Vec<Part> {
        let mut steps: Vec<(Condition, Vec<Part>)> = Vec::new();
        let mut has_entered = false;
        loop {
            let (op, operand, condition) = self.step();
            match op {
                op::END => break,
                op::GATE | op::TEXTS => self.at += 2,
                _ => {
                    has_entered |= op == op::ENTER;
                    steps.push((condition, self.parts(op, operand)));
                }
            }
        }
        if has_entered {
            steps.push((None, vec![Part::Leave]));
        }
        let mut parts = gathered(steps);
        forget_words(&mut parts);
        parts
    }

    fn step(&mut self) -> (u32, u32, Condition) {
        let word = self.take();
        let operand = match word >> op::OPERAND_SHIFT {
            op::LARGE => self.take(),
            operand => operand,
        };
        let condition = (word & op::CONDITION != 0).then_some((word >> 11 & 7, word >> 6 & 31));
        (word & 31, operand, condition)
    }

    fn parts(&mut self, op: u32, operand: u32) -> Vec<Part> {
        let code = self.code;
        let one = match op {
            op::FIXED if operand == 0 => return Vec::new(),
            op::FIXED => Part::Fixed(operand),
            op::WORD => {
                let declared = self.take();
                Part::Flags(Some(self.word()), declared)
            }
            op::KEPT | op::LENGTH => Part::Word(Some(self.word())),
            op::BYTES => Part::Bytes,
            op::TEXT => Part::Text,
            op::LOSSY => Part::Lossy,
            op::BOOL => Part::Bool,
            op::BOXED => Part::Value(code.enums[operand as usize].clone()),
            op::ONE => {
                let mut parts = vec![Part::Id(code.layouts.ids[operand as usize])];
                parts.extend(code.fields(operand));
                return parts;
            }
            op::BARE => return code.fields(operand),
            op::VECTOR | op::VECTOR_BARE => {
                let least = self.take();
                self.items(if op == op::VECTOR { Amount::Boxed } else { Amount::Wire }, least)
            }
            op::REPEAT | op::REPEAT_WORD => {
                let (number, least) = (self.take(), self.take());
                let amount = if op == op::REPEAT { Amount::Const(number) } else { Amount::Word(operand, number) };
                self.items(amount, least)
            }
            op::WITH_ID => {
                let id = Part::Id(self.take());
                let (op, operand, _) = self.step();
                return [id].into_iter().chain(self.parts(op, operand)).collect();
            }
            op::SIZED => Part::Object(operand),
            op::OBJECT => Part::LastObject,
            op::TRUE => Part::Id(op::TRUE_ID),
            _ => Part::Enter,
        };
        vec![one]
    }

    /// The number of a word that is read now.
    fn word(&mut self) -> u32 {
        self.words += 1;
        self.words - 1
    }

    fn items(&mut self, amount: Amount, least: u32) -> Part {
        let (op, operand, _) = self.step();
        let size = self.code.layouts.size(op, operand);
        Part::Items { amount, least, size, item: self.parts(op, operand) }
    }
}

/// Finds what parts name.
fn name<'p>(parts: &'p [Part], found: &mut BTreeSet<&'p ItemPath>) {
    for part in parts {
        match part {
            Part::Value(path) => _ = found.insert(path),
            Part::If { parts, .. } | Part::Items { item: parts, .. } => name(parts, found),
            _ => {}
        }
    }
}

/// Parts with what they hang on.
fn gathered(steps: Vec<(Condition, Vec<Part>)>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    // How many parts the last run has.
    let mut run = 0;
    for (condition, parts) in steps {
        let reads = parts.iter().any(|part| matches!(part, Part::Flags(..) | Part::Word(_)));
        let Some((word, bit)) = condition.filter(|_| !parts.is_empty()) else {
            run = 0;
            for part in parts {
                match (out.last_mut(), part) {
                    (Some(Part::Fixed(size)), Part::Fixed(more)) => *size += more,
                    (_, part) => out.push(part),
                }
            }
            continue;
        };
        let part = Part::If { word, mask: 1 << bit, parts };
        match out.last_mut() {
            // A word that is there or not is a variable behind it too.
            _ if reads => run = 0,
            Some(Part::If { word: before, mask, parts }) if *before == word && (1..TOGETHER).contains(&run) => {
                if run == 1 {
                    let first = Part::If { word, mask: *mask, parts: std::mem::take(parts) };
                    parts.push(first);
                }
                *mask |= 1 << bit;
                parts.push(part);
                run += 1;
                continue;
            }
            _ => run = 1,
        }
        out.push(part);
    }
    out
}

/// Forgets the numbers of words that nothing asks for.
fn forget_words(parts: &mut [Part]) {
    let mut asked = Vec::new();
    ask(parts, &mut asked);
    let forget = |number: &mut Option<u32>| *number = number.filter(|number| asked.contains(number));
    for part in parts {
        match part {
            Part::Flags(number, _) | Part::Word(number) => forget(number),
            Part::If { parts, .. } => {
                for part in parts {
                    if let Part::Flags(number, _) | Part::Word(number) = part {
                        forget(number);
                    }
                }
            }
            _ => {}
        }
    }
}

fn ask(parts: &[Part], asked: &mut Vec<u32>) {
    for part in parts {
        match part {
            Part::If { word, parts, .. } => {
                asked.push(*word);
                ask(parts, asked);
            }
            Part::Object(word) => asked.push(*word),
            Part::Items { amount, item, .. } => {
                if let Amount::Word(word, _) = amount {
                    asked.push(*word);
                }
                ask(item, asked);
            }
            _ => {}
        }
    }
}

impl Layouts {
    fn start(&self, constructor: u32) -> usize {
        (self.starts[constructor as usize] & ((1 << op::START_BITS) - 1)) as usize
    }

    /// How many bytes the fields of a constructor take, if they always take as many and may have any contents.
    fn fixed(&self, constructor: u32) -> Option<u32> {
        let words = self.starts[constructor as usize] >> op::START_BITS;
        Some(4 * words.checked_sub(1)?)
    }

    /// The constructors of an enum.
    fn constructors(&self, ty: u32) -> std::ops::Range<u32> {
        self.types[ty as usize] >> 1..self.types[ty as usize + 1] >> 1
    }

    /// Whether values of an enum count towards the depth limit.
    pub(super) fn counts_depth(&self, ty: u32) -> bool {
        self.types[ty as usize] & 1 != 0
    }

    /// The number of bytes of a value, if it is always the same.
    fn size(&self, op: u32, operand: u32) -> Option<u32> {
        let mut size = match op {
            op::FIXED => return Some(operand),
            op::ONE => 4,
            op::BARE => 0,
            _ => return None,
        };
        for step in &self.steps[self.start(operand)..] {
            match (step & (op::CONDITION | 31), step >> op::OPERAND_SHIFT) {
                (op::END, _) => return Some(size),
                (op::FIXED, bytes) if bytes != op::LARGE => size += bytes,
                (op::BOOL, _) => size += 4,
                _ => return None,
            }
        }
        None
    }
}
