//! Text -> bytes.

use std::fmt;

use super::lex::{Lexer, Token};
use crate::codec::Codec;
use crate::wire;

/// Text that is no bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsmError {
    /// What is wrong.
    pub kind: AsmErrorKind,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// What is wrong with text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AsmErrorKind {
    /// A name of no constructor or function.
    UnknownName(String),
    /// A character that begins nothing.
    Character(char),
    /// A number of more than 32 bits, or of more than 64 with `L`.
    Number,
    /// An id that is not one to eight digits.
    Id,
    /// Bytes that are not pairs of digits.
    Hex,
    /// An escape that stands for nothing.
    Escape,
    /// What is opened and not closed.
    Unclosed(char),
    /// What is closed and not opened, or opened by another mark.
    Unopened(char),
    /// More bytes or items than a length can state.
    TooLong,
}

impl fmt::Display for AsmErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownName(name) => write!(f, "the schema has no `{name}`"),
            Self::Character(c) => write!(f, "`{c}` begins nothing"),
            Self::Number => f.write_str("a number must have 32 bits, 64 with `L` after it, or a point"),
            Self::Id => f.write_str("an id is `#` with one to eight hexadecimal digits"),
            Self::Hex => f.write_str("expected pairs of hexadecimal digits"),
            Self::Escape => f.write_str(r#"unknown escape; there are \" \' \\ \n \r \t \x7f \u{1f600}"#),
            Self::Unclosed(c) => write!(f, "`{c}` is not closed"),
            Self::Unopened(c) => write!(f, "`{c}` closes nothing"),
            Self::TooLong => f.write_str("too long for a length"),
        }
    }
}

impl fmt::Display for AsmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}:{}", self.kind, self.line, self.column)
    }
}

impl std::error::Error for AsmError {}

/// What was opened, with the offset in the text and that of its bytes.
struct Open {
    what: What,
    at: usize,
    start: usize,
    items: usize,
}

enum What {
    /// A list; its count is written when it ends, unless the text says it.
    List {
        is_counted: bool,
    },
    Group,
    Bytes,
    Length,
}

impl Open {
    fn marks(&self) -> (char, char) {
        match self.what {
            What::List { .. } => ('[', ']'),
            What::Group => ('{', '}'),
            What::Bytes | What::Length => ('(', ')'),
        }
    }
}

pub(super) fn assemble(codec: &Codec<'_>, text: &str) -> Result<Vec<u8>, AsmError> {
    let mut lexer = Lexer::new(text);
    let mut out = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    // Braces and brackets after an id are a part of the same item.
    let mut is_after_id = false;
    loop {
        let at = lexer.offset();
        // On another line or after a comma they are an item of their own.
        is_after_id &= !lexer.is_apart;
        let fail = |kind, at| Err(error(text, kind, at));
        let token = match lexer.next() {
            Ok(Some(token)) => token,
            Ok(None) => break,
            Err(kind) => return fail(kind, at),
        };
        let is_id = matches!(token, Token::Name(_) | Token::Id(_));
        let is_part = is_after_id && matches!(token, Token::OpenGroup | Token::OpenList | Token::Counted(_));
        is_after_id = is_id;
        if !is_part
            && !matches!(token, Token::Close(_) | Token::Label)
            && let Some(around) = open.last_mut()
        {
            around.items += 1;
        }
        let start = out.len();
        let what = match token {
            Token::Label => continue,
            Token::Name(name) => match codec.id_of(&name) {
                Some(id) => {
                    out.extend(id.to_le_bytes());
                    continue;
                }
                None => return fail(AsmErrorKind::UnknownName(name), at),
            },
            Token::Id(id) => {
                out.extend(id.to_le_bytes());
                continue;
            }
            Token::Fixed(bytes) | Token::Raw(bytes) => {
                out.extend(bytes);
                continue;
            }
            Token::Text(bytes) => {
                if !wire::put_bytes(&mut out, &bytes) {
                    return fail(AsmErrorKind::TooLong, at);
                }
                continue;
            }
            Token::Close(mark) => {
                match open.pop() {
                    Some(found) if found.marks().1 == mark => {
                        if !close(&found, &mut out) {
                            return fail(AsmErrorKind::TooLong, found.at);
                        }
                    }
                    _ => return fail(AsmErrorKind::Unopened(mark), at),
                }
                continue;
            }
            Token::OpenGroup => What::Group,
            Token::OpenBytes => What::Bytes,
            Token::OpenLength => What::Length,
            Token::OpenList => What::List { is_counted: false },
            Token::Counted(count) => {
                out.extend(count.to_le_bytes());
                What::List { is_counted: true }
            }
        };
        if matches!(what, What::Length | What::List { is_counted: false }) {
            out.extend([0; 4]);
        }
        open.push(Open { what, at, start, items: 0 });
    }
    match open.pop() {
        Some(open) => Err(error(text, AsmErrorKind::Unclosed(open.marks().0), open.at)),
        None => Ok(out),
    }
}

/// Writes what is known only at the end. `false` if it is too much for a length.
fn close(open: &Open, out: &mut Vec<u8>) -> bool {
    let stated = match open.what {
        What::Group | What::List { is_counted: true } => return true,
        What::List { is_counted: false } => open.items,
        What::Length => out.len() - open.start - 4,
        What::Bytes => {
            let content = out.split_off(open.start);
            return wire::put_bytes(out, &content);
        }
    };
    match u32::try_from(stated) {
        Ok(stated) => {
            out[open.start..open.start + 4].copy_from_slice(&stated.to_le_bytes());
            true
        }
        Err(_) => false,
    }
}

fn error(text: &str, kind: AsmErrorKind, at: usize) -> AsmError {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    AsmError { kind, line, column }
}
