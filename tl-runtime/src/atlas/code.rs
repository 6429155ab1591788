//! The code of a layout, one operation after the other.

/// What a field is. The writer is `tlgen_atlas`, which describes the format.
pub(crate) mod op {
    pub(crate) const END: u8 = 0;
    pub(crate) const WORD: u8 = 1;
    pub(crate) const INT: u8 = 2;
    pub(crate) const LONG: u8 = 3;
    pub(crate) const DOUBLE: u8 = 4;
    pub(crate) const FLOAT: u8 = 5;
    pub(crate) const INT128: u8 = 6;
    pub(crate) const INT256: u8 = 7;
    pub(crate) const INT512: u8 = 8;
    pub(crate) const STRING: u8 = 9;
    pub(crate) const BYTES: u8 = 10;
    pub(crate) const BOOL: u8 = 11;
    pub(crate) const TRUE: u8 = 12;
    pub(crate) const ANY: u8 = 13;
    pub(crate) const BOXED: u8 = 14;
    pub(crate) const BARE: u8 = 15;
    pub(crate) const VECTOR: u8 = 16;
    pub(crate) const VECTOR_BARE: u8 = 17;
    pub(crate) const REPEAT: u8 = 18;
    pub(crate) const REPEAT_WORD: u8 = 19;
    pub(crate) const WITH_ID: u8 = 20;
    pub(crate) const CALL: u8 = 21;
    pub(crate) const CONDITION: u8 = 32;
}

/// A bit of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition {
    /// Which of the words that were read.
    pub(crate) word: usize,
    /// 0 to 31.
    pub(crate) bit: u8,
}

/// What is on the wire. Where items follow, their operations come next in the code.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Op {
    /// Nothing more.
    End,
    /// `#`.
    Word,
    /// This many bytes: a number, or nothing at all.
    Fixed(u8),
    /// `string`, `bytes`.
    Bytes,
    /// The id of `boolTrue` or `boolFalse`.
    Bool,
    /// Any value with its id.
    Any,
    /// A value of the type with this index.
    Boxed(u16),
    /// The constructor with this index, without its id.
    Bare(u32),
    /// A vector; the operation of its items follows.
    Vector {
        /// Whether its id comes first.
        boxed: bool,
    },
    /// As many items; their operations follow, up to an end.
    Repeat(u32),
    /// As many items as a word says and `plus` more.
    RepeatWord {
        /// Which of the words.
        word: u8,
        /// What is added.
        plus: u32,
    },
    /// An id; the operation of the value after it follows.
    WithId(u32),
}

/// How deep the types of a field may nest: the parser of schemas allows 64 levels.
pub(super) const MAX_LEVELS: u8 = 66;

/// What is left of a code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Code<'a>(&'a [u8]);

impl<'a> Code<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// The operation that comes next, without its condition, and what belongs to it up to `end`.
    pub(super) fn until(self, end: Self) -> Option<(u8, &'a [u8])> {
        let (&byte, rest) = self.0.split_first()?;
        let condition = usize::from(byte & op::CONDITION != 0);
        let operands = rest.get(condition..rest.len().checked_sub(end.0.len())?)?;
        Some((byte & !op::CONDITION, operands))
    }

    /// The byte of the operation that comes next, without its condition.
    pub(super) fn kind(&self) -> Option<u8> {
        self.0.first().map(|byte| byte & !op::CONDITION)
    }

    /// Whether one operation comes next, and then an end.
    pub(super) fn is_one_field(mut self) -> bool {
        let end = self.next().and_then(|(op, _)| self.pass(op, MAX_LEVELS)).and_then(|()| self.next());
        matches!(end, Some((Op::End, _)))
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }

    /// The next operation and its condition; `None` where the code is broken.
    pub(super) fn next(&mut self) -> Option<(Op, Option<Condition>)> {
        let [byte] = self.take()?;
        let condition = if byte & op::CONDITION == 0 {
            None
        } else {
            let [condition] = self.take()?;
            Some(Condition { word: usize::from(condition >> 5), bit: condition & 31 })
        };
        let op = match byte & !op::CONDITION {
            op::END => Op::End,
            op::WORD => Op::Word,
            op::INT | op::FLOAT => Op::Fixed(4),
            op::LONG | op::DOUBLE => Op::Fixed(8),
            op::INT128 => Op::Fixed(16),
            op::INT256 => Op::Fixed(32),
            op::INT512 => Op::Fixed(64),
            op::STRING | op::BYTES => Op::Bytes,
            op::BOOL => Op::Bool,
            op::TRUE => Op::Fixed(0),
            op::ANY | op::CALL => Op::Any,
            op::BOXED => Op::Boxed(u16::from_le_bytes(self.take()?)),
            op::BARE => Op::Bare(u32::from_le_bytes(self.take()?)),
            op::VECTOR => Op::Vector { boxed: true },
            op::VECTOR_BARE => Op::Vector { boxed: false },
            op::REPEAT => Op::Repeat(u32::from_le_bytes(self.take()?)),
            op::REPEAT_WORD => {
                let [word] = self.take()?;
                Op::RepeatWord { word, plus: u32::from_le_bytes(self.take()?) }
            }
            op::WITH_ID => Op::WithId(u32::from_le_bytes(self.take()?)),
            _ => return None,
        };
        Some((op, condition))
    }

    /// Leaves out the operations that belong to the last one, `op`. They nest at most `levels` deep.
    pub(super) fn pass(&mut self, op: Op, levels: u8) -> Option<()> {
        let levels = levels.checked_sub(1)?;
        match op {
            Op::Vector { .. } | Op::WithId(_) => {
                let (item, _) = self.next()?;
                self.pass(item, levels)
            }
            Op::Repeat(_) | Op::RepeatWord { .. } => loop {
                match self.next()? {
                    (Op::End, _) => return Some(()),
                    (item, _) => self.pass(item, levels)?,
                }
            },
            _ => Some(()),
        }
    }
}
