//! Text of another language with a name like TL's.
//!
//! What comes in is the text of a file that has syntax errors; what goes out is the language that it is written in, and where that
//! shows. Each line is looked at once.

use crate::lexer::span;
use crate::source::Span;

/// A language that is not TL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// VK's successor of TL: `a.point = x:int32 y:int32;`, `a.list <=> []int32;`.
    Tl2,
    /// TON's language for cells: `some$1 {n:#} x:(## n) = Some n;`, `cell#b5ee9c72 root:^Cell = Cell;`.
    TlB,
}

/// The language of `text`, and the first sign of it. `mistaken`: whether most declarations are no TL; then a sign that may be a
/// slip of the pen is enough.
pub(crate) fn find(text: &str, mistaken: bool) -> Option<(Language, Span)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split("//").next().unwrap_or_default();
        let sure = tl_b(code).map(|at| (Language::TlB, at));
        let sure =
            sure.or_else(|| code.match_indices("<=>").next().map(|(at, sign)| (Language::Tl2, (at, sign.len()))));
        let found = sure.or_else(|| tl2(code).filter(|_| mistaken).map(|at| (Language::Tl2, at)));
        if let Some((language, (at, length))) = found {
            return Some((language, span(start + at, start + at + length)));
        }
        start += line.len();
    }
    None
}

/// `name$0`, `name$_`, `(## 5)`, `(#<= 4)`, `x:^Cell`: offset and length.
fn tl_b(code: &str) -> Option<(usize, usize)> {
    let bytes = code.as_bytes();
    let at = |offset: usize| bytes.get(offset).copied().unwrap_or_default();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (0..bytes.len()).find_map(|offset| match bytes[offset] {
        b'$' if offset > 0 && is_word(at(offset - 1)) && matches!(at(offset + 1), b'0' | b'1' | b'_') => {
            Some((offset, 1))
        }
        b'#' if at(offset.wrapping_sub(1)) == b'(' && matches!(at(offset + 1), b'#' | b'<') => Some((offset, 2)),
        b'^' if matches!(at(offset.wrapping_sub(1)), b':' | b' ' | b'(') && at(offset + 1).is_ascii_alphabetic() => {
            Some((offset, 1))
        }
        _ => None,
    })
}

/// `= name:`, `[]name`: offset and length.
fn tl2(code: &str) -> Option<(usize, usize)> {
    let fields = code.find("= ").and_then(|at| {
        let field = &code[at + 2..];
        let end = field.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
        (end > 0 && field[end..].starts_with(':')).then_some((at + 2, end + 1))
    });
    fields.or_else(|| {
        let at = code.find("[]")?;
        code[at + 2..].starts_with(|c: char| c.is_ascii_alphabetic()).then_some((at, 2))
    })
}
