//! Constructor ids.

mod fix;
mod oddity;

use core::cmp::Ordering;
use core::str::FromStr;

use crate::ast::{Declaration, DeclarationKind};
use crate::canonical;

pub use fix::{Fix, Fixes, fixes};
pub use oddity::{Oddity, oddity};

/// How the id of a combinator follows from its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IdRule {
    /// The rule of the official compiler: TON, TDLib, VK.
    #[default]
    Plain,
    /// The rule of the Telegram API: `true` flags are left out, `bytes` counts as `string`, `!` is kept.
    Telegram,
}

impl FromStr for IdRule {
    type Err = UnknownIdRule;

    /// The rule of a name: `plain` or `telegram`.
    fn from_str(name: &str) -> Result<Self, UnknownIdRule> {
        match name {
            "plain" => Ok(Self::Plain),
            "telegram" => Ok(Self::Telegram),
            _ => Err(UnknownIdRule),
        }
    }
}

/// A name that is not that of an [`IdRule`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownIdRule;

impl core::fmt::Display for UnknownIdRule {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("expected `plain` or `telegram`")
    }
}

impl core::error::Error for UnknownIdRule {}

/// The id of a declaration: the CRC-32 of its [canonical line](canonical::line). A written id plays no part.
///
/// `None` for what has no line of its own: a partial application and `New`, `Final`, `Empty`.
#[must_use]
pub fn compute(declaration: &Declaration<'_>, rule: IdRule) -> Option<u32> {
    canonical::line(declaration, rule).map(|line| crc32(line.as_bytes()))
}

/// The rule that gives more of the written ids; [`IdRule::Plain`] where both give as many, as without written ids.
#[must_use]
pub fn infer<'a, 's: 'a>(declarations: impl IntoIterator<Item = &'a Declaration<'s>>) -> IdRule {
    let mut evidence = Evidence::default();
    for declaration in declarations {
        evidence.count(declaration);
    }
    evidence.rule().unwrap_or_default()
}

/// How many written ids each rule gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    plain: usize,
    telegram: usize,
}

impl Evidence {
    /// Adds a declaration; `false` if it has a written id that neither rule gives.
    pub fn count(&mut self, declaration: &Declaration<'_>) -> bool {
        let Some(written) = written(declaration) else { return true };
        let plain = compute(declaration, IdRule::Plain) == Some(written);
        let telegram = compute(declaration, IdRule::Telegram) == Some(written);
        self.plain += usize::from(plain);
        self.telegram += usize::from(telegram);
        plain || telegram
    }

    /// The rule that gives more of them; `None` where both give as many.
    #[must_use]
    pub fn rule(self) -> Option<IdRule> {
        match self.plain.cmp(&self.telegram) {
            Ordering::Less => Some(IdRule::Telegram),
            Ordering::Greater => Some(IdRule::Plain),
            Ordering::Equal => None,
        }
    }
}

/// The id that is written in the declaration.
fn written(declaration: &Declaration<'_>) -> Option<u32> {
    let id = match &declaration.kind {
        DeclarationKind::Combinator(combinator) => combinator.id,
        DeclarationKind::Builtin(builtin) => builtin.id,
        DeclarationKind::Partial(_) | DeclarationKind::Finality(_) => None,
    };
    id.map(|id| id.value)
}

/// CRC-32 as in IEEE 802.3, reflected.
#[must_use]
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| step(crc, byte))
}

#[inline]
fn step(crc: u32, byte: u8) -> u32 {
    TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8)
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
