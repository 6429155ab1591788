//! Text -> tokens with their offsets.

use super::asm::AsmErrorKind as Kind;

/// A word of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `user`: an id by its name.
    Name(String),
    /// `#d23c81a3`.
    Id(u32),
    /// `name:`, which is no bytes.
    Label,
    /// Four or eight bytes of a number.
    Fixed(Vec<u8>),
    /// `7*[`: a count that is written.
    Counted(u32),
    /// `"text"`.
    Text(Vec<u8>),
    /// `'text'` and `` `c0ffee` ``.
    Raw(Vec<u8>),
    /// `[`.
    OpenList,
    /// `{`.
    OpenGroup,
    /// `bytes(`.
    OpenBytes,
    /// `len(`.
    OpenLength,
    /// `]`, `}`, `)`.
    Close(char),
}

pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// Whether a comma or the end of a line was before the next token.
    pub(super) is_apart: bool,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, is_apart: false }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The offset of the next token.
    pub(super) fn offset(&mut self) -> usize {
        loop {
            let rest = self.rest();
            let blank = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            let skipped = &rest[..rest.len() - blank.len()];
            self.is_apart |= skipped.contains([',', '\n']);
            self.at += skipped.len();
            if !blank.starts_with("//") {
                return self.at;
            }
            self.at += blank.find('\n').unwrap_or(blank.len());
        }
    }

    /// The next token; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Token>, Kind> {
        self.offset();
        self.is_apart = false;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let (token, length) = match first {
            '[' => (Token::OpenList, 1),
            '{' => (Token::OpenGroup, 1),
            ']' | '}' | ')' => (Token::Close(first), 1),
            '"' => {
                let (bytes, length) = quoted(rest, '"')?;
                (Token::Text(bytes), length)
            }
            '\'' => {
                let (bytes, length) = quoted(rest, '\'')?;
                (Token::Raw(bytes), length)
            }
            '`' => {
                let end = rest[1..].find('`').ok_or(Kind::Unclosed('`'))?;
                let digits: String = rest[1..=end].chars().filter(|c| !c.is_whitespace()).collect();
                (Token::Raw(crate::hex::decode(&digits).ok_or(Kind::Hex)?), end + 2)
            }
            '#' => {
                let digits = word(&rest[1..]);
                let id = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() <= 8);
                (Token::Id(id.ok_or(Kind::Id)?), digits.len() + 1)
            }
            '-' | '+' | '0'..='9' => number(rest)?,
            c if c.is_ascii_alphabetic() || c == '_' => name(rest),
            c => return Err(Kind::Character(c)),
        };
        self.at += length;
        Ok(Some(token))
    }
}

/// Letters, digits, dots and `_` at the beginning.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.');
    &text[..end.unwrap_or(text.len())]
}

fn name(text: &str) -> (Token, usize) {
    let name = word(text);
    let after = &text[name.len()..];
    match name {
        _ if after.starts_with(':') => (Token::Label, name.len() + 1),
        "bytes" if after.starts_with('(') => (Token::OpenBytes, name.len() + 1),
        "len" if after.starts_with('(') => (Token::OpenLength, name.len() + 1),
        _ => (Token::Name(name.to_owned()), name.len()),
    }
}

fn number(text: &str) -> Result<(Token, usize), Kind> {
    let sign = usize::from(text.starts_with(['-', '+']));
    let mut digits = word(&text[sign..]);
    // The sign of an exponent is no end of the number.
    let exponent = &text[sign + digits.len()..];
    if digits.ends_with(['e', 'E']) && !digits.starts_with("0x") && exponent.starts_with(['-', '+']) {
        digits = &text[sign..sign + digits.len() + 1 + word(&exponent[1..]).len()];
    }
    let length = sign + digits.len();
    let after = &text[length..];
    if after.starts_with(':') {
        return Ok((Token::Label, length + 1));
    }
    let whole = &text[..length];
    let is_hex = digits.starts_with("0x") || digits.starts_with("0X");
    if !is_hex && digits.contains(['.', 'e', 'E', 'f']) {
        let bytes = match whole.strip_suffix('f') {
            Some(short) => short.parse::<f32>().ok().map(|value| value.to_le_bytes().to_vec()),
            None => whole.parse::<f64>().ok().map(|value| value.to_le_bytes().to_vec()),
        };
        return Ok((Token::Fixed(bytes.ok_or(Kind::Number)?), length));
    }
    let (digits, is_long) = digits.strip_suffix('L').map_or((digits, false), |digits| (digits, true));
    let magnitude = if is_hex { u64::from_str_radix(&digits[2..], 16) } else { digits.parse::<u64>() };
    let magnitude = i128::from(magnitude.map_err(|_| Kind::Number)?);
    let value = if text.starts_with('-') { -magnitude } else { magnitude };
    if let (Some(_), false) = (after.strip_prefix("*["), is_long) {
        return Ok((Token::Counted(u32::try_from(value).map_err(|_| Kind::Number)?), length + 2));
    }
    let bytes = if is_long {
        let fits = i64::try_from(value).map(i64::to_le_bytes).or_else(|_| u64::try_from(value).map(u64::to_le_bytes));
        fits.map(|bytes| bytes.to_vec())
    } else {
        let fits = i32::try_from(value).map(i32::to_le_bytes).or_else(|_| u32::try_from(value).map(u32::to_le_bytes));
        fits.map(|bytes| bytes.to_vec())
    };
    Ok((Token::Fixed(bytes.map_err(|_| Kind::Number)?), length))
}

/// The bytes between quotes, and how long the text is with them.
fn quoted(text: &str, quote: char) -> Result<(Vec<u8>, usize), Kind> {
    let mut bytes = Vec::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((index, c)) = chars.next() {
        match c {
            _ if c == quote => return Ok((bytes, index + 1)),
            '\\' => match chars.next().map(|(_, c)| c) {
                Some('n') => bytes.push(b'\n'),
                Some('r') => bytes.push(b'\r'),
                Some('t') => bytes.push(b'\t'),
                Some(c @ ('"' | '\'' | '\\')) => bytes.extend(c.to_string().bytes()),
                Some('x') => {
                    let digits: String = chars.by_ref().take(2).map(|(_, c)| c).collect();
                    bytes.push(u8::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 2).ok_or(Kind::Escape)?);
                }
                Some('u') => {
                    let digits: String = chars.by_ref().map(|(_, c)| c).take_while(|c| *c != '}').collect();
                    let code = digits.strip_prefix('{').and_then(|digits| u32::from_str_radix(digits, 16).ok());
                    let c = code.and_then(char::from_u32).ok_or(Kind::Escape)?;
                    bytes.extend(c.to_string().bytes());
                }
                _ => return Err(Kind::Escape),
            },
            c => bytes.extend(c.to_string().bytes()),
        }
    }
    Err(Kind::Unclosed(quote))
}
