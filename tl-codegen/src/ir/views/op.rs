//! What a step is on the wire. The reader is `tlgen_runtime::view`, whose `layouts` describes the format.

pub(super) const END: u32 = 0;
pub(super) const FIXED: u32 = 1;
pub(super) const WORD: u32 = 2;
pub(super) const KEPT: u32 = 3;
pub(super) const BYTES: u32 = 4;
pub(super) const TEXT: u32 = 5;
pub(super) const LOSSY: u32 = 6;
pub(super) const BOOL: u32 = 7;
pub(super) const BOXED: u32 = 8;
pub(super) const ONE: u32 = 9;
pub(super) const BARE: u32 = 10;
pub(super) const VECTOR: u32 = 11;
pub(super) const VECTOR_BARE: u32 = 12;
pub(super) const REPEAT: u32 = 13;
pub(super) const REPEAT_WORD: u32 = 14;
pub(super) const WITH_ID: u32 = 15;
pub(super) const LENGTH: u32 = 16;
pub(super) const SIZED: u32 = 17;
pub(super) const OBJECT: u32 = 18;
pub(super) const TRUE: u32 = 19;
pub(super) const ENTER: u32 = 20;
pub(super) const GATE: u32 = 21;
pub(super) const TEXTS: u32 = 22;

/// The step has a condition.
pub(super) const CONDITION: u32 = 1 << 5;
/// Where the number of words of a step is, if that is at most [`MAX_LENGTH`] and nothing but its condition has to be looked at.
pub(super) const LENGTH_SHIFT: u32 = 14;
pub(super) const MAX_LENGTH: u32 = 3;
/// Where the operand is.
pub(super) const OPERAND_SHIFT: u32 = 16;
/// The operand is in the next word.
pub(super) const LARGE: u32 = (1 << 16) - 1;
/// Instead of the least size of an item: it may take no bytes, and these bits say how many pointers it is large in memory.
pub(super) const EMPTY: u32 = 1 << 31;
/// The bits of where a layout begins.
pub(super) const START_BITS: u32 = 22;
/// How many words of a constructor can be named.
pub(super) const WORDS: usize = 8;

/// The id of `true`.
pub(super) const TRUE_ID: u32 = 0x3fed_d339;

/// The builtin types that may have an id before them.
pub(super) const BUILTIN: [&str; 10] =
    ["int", "long", "double", "float", "string", "bytes", "int128", "int256", "int512", "true"];
