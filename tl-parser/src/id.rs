//! Constructor ids.

use crate::ast::{Declaration, DeclarationKind};
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

/// The rule that gives more of the written ids; [`IdRule::Plain`] where both give as many, as without written ids.
#[must_use]
pub fn infer<'a, 's: 'a>(declarations: impl IntoIterator<Item = &'a Declaration<'s>>) -> IdRule {
    let (mut plain, mut telegram) = (0_usize, 0_usize);
    for declaration in declarations {
        let written = match &declaration.kind {
            DeclarationKind::Combinator(combinator) => combinator.id,
            DeclarationKind::Builtin(builtin) => builtin.id,
            DeclarationKind::Partial(_) | DeclarationKind::Finality(_) => None,
        };
        if let Some(written) = written {
            plain += usize::from(compute(declaration, IdRule::Plain) == Some(written.value));
            telegram += usize::from(compute(declaration, IdRule::Telegram) == Some(written.value));
        }
    }
    if telegram > plain { IdRule::Telegram } else { IdRule::Plain }
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
    fn the_rule_that_explains_more_ids() {
        let infer = |text| infer(crate::parse(text).schema.declarations().map(|(_, declaration)| declaration));
        assert_eq!(infer("u flags:# a:flags.0?int t:flags.1?true = U;"), IdRule::Plain);
        assert_eq!(infer("u#ac03a95d flags:# a:flags.0?int t:flags.1?true = U;"), IdRule::Plain);
        assert_eq!(infer("u#9a1cd5ac flags:# a:flags.0?int t:flags.1?true = U;"), IdRule::Telegram);
        assert_eq!(infer("boolTrue#997275b5 = Bool;"), IdRule::Plain);
    }

    #[test]
    fn crc32_has_the_check_value() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
