//! Helpers for flags fields, whose bits say which conditional fields are present.

/// The bit `n` if `present`, otherwise 0. `n` is taken modulo 32.
///
/// ```
/// assert_eq!(tlgen_runtime::generated::bit(true, 31), 0x8000_0000);
/// assert_eq!(tlgen_runtime::generated::bit(false, 31), 0);
/// ```
#[inline]
#[must_use]
pub const fn bit(present: bool, n: u32) -> u32 {
    (present as u32).wrapping_shl(n)
}

/// One bit for each of at most eight `present`: the first has the number `first`, which is taken modulo 32.
///
/// It gives what as many calls of [`bit`] give, in a time that hardly grows with their number.
///
/// ```
/// assert_eq!(tlgen_runtime::generated::bits([true, false, true], 4), 0b101_0000);
/// ```
#[inline]
#[must_use]
pub const fn bits<const N: usize>(present: [bool; N], first: u32) -> u32 {
    const { assert!(N <= 8, "at most eight bits at once") };
    let mut bytes = 0;
    let mut i = 0;
    while i < N {
        bytes |= (present[i] as u64) << (8 * i);
        i += 1;
    }
    // Byte `i` is 0 or 1 and becomes bit `56 + i` of the product. Its other copies are below or beyond these bits.
    let gathered = bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56;
    (gathered as u32).wrapping_shl(first)
}

/// The word to write for a flags field that is kept in the struct: `raw`, with the bits of `declared` replaced by `presence`.
///
/// ```
/// assert_eq!(tlgen_runtime::generated::mask(0b1001, 0b0110, 0b0100), 0b1101);
/// ```
#[inline]
#[must_use]
pub const fn mask(raw: u32, declared: u32, presence: u32) -> u32 {
    (raw & !declared) | (presence & declared)
}

#[cfg(test)]
mod tests {
    use super::{bit, bits};

    #[test]
    fn bits_are_each_bit() {
        for pattern in 0..256_u32 {
            let present: [bool; 8] = core::array::from_fn(|i| pattern >> i & 1 != 0);
            for first in [0, 1, 7, 24, 31] {
                let each = (0..8).filter(|i| first + i < 32).map(|i| bit(present[i as usize], first + i));
                assert_eq!(bits(present, first), each.fold(0, |word, bit| word | bit), "{present:?} from {first}");
            }
        }
        assert_eq!(bits([], 3), 0);
    }
}
