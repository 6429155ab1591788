//! Helpers for the words that say which conditional fields are present.

/// The bit `n` where `present`, else no bit. `n` is taken modulo 32.
///
/// ```
/// assert_eq!(tl_runtime::bit(true, 31), 0x8000_0000);
/// assert_eq!(tl_runtime::bit(false, 31), 0);
/// ```
#[inline]
#[must_use]
pub const fn bit(present: bool, n: u32) -> u32 {
    (present as u32).wrapping_shl(n)
}

/// What to write for a flags word that is kept as a field: `raw`, with the bits of `declared` replaced by `presence`.
///
/// ```
/// assert_eq!(tl_runtime::mask(0b1001, 0b0110, 0b0100), 0b1101);
/// ```
#[inline]
#[must_use]
pub const fn mask(raw: u32, declared: u32, presence: u32) -> u32 {
    (raw & !declared) | (presence & declared)
}
