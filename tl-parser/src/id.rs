//! Constructor ids.

use crate::ast::Declaration;
use crate::canonical;

/// How the id of a combinator follows from its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IdRule {
    /// The rule of the official compiler: TON, TDLib, VK.
    #[default]
    Plain,
    /// The rule of the Telegram API: `true` flags are left out, `bytes` counts as `string`, `!` is kept.
    Telegram,
}

/// The id of a declaration: the CRC-32 of its [canonical line](canonical::line). A written id is not looked at.
///
/// `None` for what has no line of its own: a partial application and `New`, `Final`, `Empty`.
#[must_use]
pub fn compute(declaration: &Declaration<'_>, rule: IdRule) -> Option<u32> {
    canonical::line(declaration, rule).map(|line| crc32(line.as_bytes()))
}

/// CRC-32 as in IEEE 802.3, reflected.
#[must_use]
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8))
}

static TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let mut crc = i as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[i] = crc;
        i += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc32_has_the_check_value() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
