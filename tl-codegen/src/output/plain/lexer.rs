//! The text of a token stream to tokens.
//!
//! A stream writes its tokens with spaces between them, but not around groups and not after a sign that is joined to the next.
//! So the lexer needs to know little of Rust: where texts and numbers end, and what is a lifetime.

/// What a token is to a lexer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// A name, keyword or lifetime.
    Word,
    /// A number, text or character.
    Literal,
    /// Signs without space between them.
    Signs,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
}

/// The first token at or after an offset, with its beginning and end.
pub(super) fn next(text: &str, offset: usize) -> Option<(Lexeme, usize, usize)> {
    let bytes = text.as_bytes();
    let start = offset + bytes[offset..].iter().position(|byte| !byte.is_ascii_whitespace())?;
    let (lexeme, end) = match bytes[start] {
        b'(' | b'[' | b'{' => (Lexeme::Open, start + 1),
        b')' | b']' | b'}' => (Lexeme::Close, start + 1),
        b'"' => (Lexeme::Literal, quoted(bytes, start)),
        b'\'' if is_lifetime(text, start) => (Lexeme::Word, run(bytes, start + 1, is_word)),
        b'\'' => (Lexeme::Literal, quoted(bytes, start)),
        b'0'..=b'9' => (Lexeme::Literal, run(bytes, start, is_number)),
        byte if is_word(byte) => word(bytes, start),
        _ => (Lexeme::Signs, run(bytes, start, is_sign)),
    };
    Some((lexeme, start, end))
}

/// The end of the bytes from an offset on that are of a kind.
fn run(bytes: &[u8], start: usize, is_kind: impl Fn(u8) -> bool) -> usize {
    bytes[start..].iter().position(|byte| !is_kind(*byte)).map_or(bytes.len(), |length| start + length)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Only space, a group, or what begins a list ends a number.
fn is_number(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'.' | b'+' | b'-')
}

fn is_sign(byte: u8) -> bool {
    byte.is_ascii_punctuation() && !matches!(byte, b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' | b'\'' | b'_')
}

/// A name, or a literal that begins like one: `r"..."`, `br#"..."#`, `b'x'`.
fn word(bytes: &[u8], start: usize) -> (Lexeme, usize) {
    let end = run(bytes, start, is_word);
    let is_raw = matches!(&bytes[start..end], b"r" | b"br" | b"cr");
    match bytes.get(end) {
        Some(b'"') if is_raw => (Lexeme::Literal, raw(bytes, end, 0)),
        Some(b'"') if matches!(&bytes[start..end], b"b" | b"c") => (Lexeme::Literal, quoted(bytes, end)),
        Some(b'\'') if bytes[start..end] == *b"b" => (Lexeme::Literal, quoted(bytes, end)),
        Some(b'#') if is_raw => {
            let hashes = run(bytes, end, |byte| byte == b'#');
            match bytes.get(hashes) {
                Some(b'"') => (Lexeme::Literal, raw(bytes, hashes, hashes - end)),
                _ => (Lexeme::Word, run(bytes, hashes, is_word)),
            }
        }
        _ => (Lexeme::Word, end),
    }
}

/// The end of a text or character that begins with the quote at `start`, with its suffix.
fn quoted(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    run(bytes, (at + 1).min(bytes.len()), is_word)
}

/// The end of a raw text whose first quote is at `start`, after this many `#`.
fn raw(bytes: &[u8], start: usize, hashes: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        if bytes[at] == b'"' && run(bytes, at + 1, |byte| byte == b'#') - at > hashes {
            return run(bytes, at + 1 + hashes, is_word);
        }
        at += 1;
    }
    at
}

/// Whether a `'` begins the name of a lifetime and not a character.
fn is_lifetime(text: &str, start: usize) -> bool {
    let mut chars = text[start + 1..].chars();
    let first = chars.next();
    first.is_some_and(|c| c == '_' || c.is_alphabetic()) && chars.next() != Some('\'')
}
