//! JSON text to values with their spans. Takes linear time; nesting is limited.

use std::borrow::Cow;

use super::JsonError;
use crate::source::Span;

/// How deep lists and objects may nest; a schema needs 5 levels.
const MAX_DEPTH: usize = 64;

/// A value and its bytes.
#[derive(Debug)]
pub(super) struct Node<'s> {
    pub(super) span: Span,
    pub(super) value: Value<'s>,
}

#[derive(Debug)]
pub(super) enum Value<'s> {
    /// `null`, `true`, `false`: nothing that a schema uses.
    Word,
    Number(&'s str),
    Text(Cow<'s, str>),
    List(Vec<Node<'s>>),
    Object(Vec<(Cow<'s, str>, Node<'s>)>),
}

impl<'s> Node<'s> {
    /// The value of a key; of several, the last.
    pub(super) fn get(&self, key: &str) -> Option<&Node<'s>> {
        match &self.value {
            Value::Object(entries) => entries.iter().rev().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }
}

/// Reads a whole text.
pub(super) fn read(text: &str) -> Result<Node<'_>, JsonError> {
    let mut reader = Reader { text, pos: text.len() - text.trim_start_matches('\u{feff}').len(), depth: 0 };
    let node = reader.node()?;
    reader.blanks();
    if reader.pos == text.len() { Ok(node) } else { Err(reader.unexpected("the end of the file")) }
}

struct Reader<'s> {
    text: &'s str,
    pos: usize,
    depth: usize,
}

impl<'s> Reader<'s> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.pos += 1;
        }
    }

    /// Whether the next byte after blanks is this; it is read then.
    fn eat(&mut self, byte: u8) -> bool {
        self.blanks();
        let is_next = self.peek() == Some(byte);
        self.pos += usize::from(is_next);
        is_next
    }

    fn span(&self, start: usize) -> Span {
        Span::new(start as u32, self.pos as u32)
    }

    fn unexpected(&self, wanted: &str) -> JsonError {
        let next = self.text[self.pos..].chars().next();
        let found = next.map_or_else(|| "the end of the file".to_owned(), |c| format!("`{}`", c.escape_debug()));
        let end = self.pos + next.map_or(0, char::len_utf8);
        JsonError::new(format!("expected {wanted} and found {found}"), Span::new(self.pos as u32, end as u32))
    }

    fn node(&mut self) -> Result<Node<'s>, JsonError> {
        self.blanks();
        let start = self.pos;
        let value = match self.peek() {
            Some(b'"') => Value::Text(self.string()?),
            Some(b'[') => self.nested(Self::list)?,
            Some(b'{') => self.nested(Self::object)?,
            Some(b'-' | b'0'..=b'9') => {
                let rest = &self.text[start..];
                let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
                let len = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                self.pos += len;
                Value::Number(&rest[..len])
            }
            _ => {
                let rest = &self.text[start..];
                let word = ["null", "true", "false"].into_iter().find(|word| rest.starts_with(word));
                self.pos += word.ok_or_else(|| self.unexpected("a JSON value"))?.len();
                Value::Word
            }
        };
        Ok(Node { span: self.span(start), value })
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Result<Value<'s>, JsonError>) -> Result<Value<'s>, JsonError> {
        if self.depth == MAX_DEPTH {
            let span = Span::new(self.pos as u32, self.pos as u32 + 1);
            return Err(JsonError::new(format!("the JSON nests more than {MAX_DEPTH} levels deep"), span));
        }
        self.depth += 1;
        self.pos += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Value<'s>, JsonError> {
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.node()?);
            if self.eat(b']') {
                return Ok(Value::List(items));
            }
            if !self.eat(b',') {
                return Err(self.unexpected("`,` or `]`"));
            }
        }
    }

    fn object(&mut self) -> Result<Value<'s>, JsonError> {
        let mut entries = Vec::new();
        if self.eat(b'}') {
            return Ok(Value::Object(entries));
        }
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a key in quotes"));
            }
            let key = self.string()?;
            if !self.eat(b':') {
                return Err(self.unexpected("`:`"));
            }
            entries.push((key, self.node()?));
            if self.eat(b'}') {
                return Ok(Value::Object(entries));
            }
            if !self.eat(b',') {
                return Err(self.unexpected("`,` or `}`"));
            }
        }
    }

    /// Reads a string, at its first quote.
    fn string(&mut self) -> Result<Cow<'s, str>, JsonError> {
        let start = self.pos;
        self.pos += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = &self.text[self.pos..];
            let Some(len) = rest.find(['"', '\\']) else {
                return Err(JsonError::new("a text has no closing quote", Span::new(start as u32, start as u32 + 1)));
            };
            if text.is_empty() {
                text = Cow::Borrowed(&rest[..len]);
            } else {
                text.to_mut().push_str(&rest[..len]);
            }
            self.pos += len + 1;
            if rest.as_bytes()[len] == b'"' {
                return Ok(text);
            }
            let c = self.escape()?;
            text.to_mut().push(c);
        }
    }

    /// Reads an escape, after its backslash.
    fn escape(&mut self) -> Result<char, JsonError> {
        let start = self.pos - 1;
        let kind = self.peek();
        self.pos += usize::from(kind.is_some_and(|byte| byte.is_ascii()));
        let c = match kind {
            Some(b'"') => Some('"'),
            Some(b'\\') => Some('\\'),
            Some(b'/') => Some('/'),
            Some(b'b') => Some('\u{8}'),
            Some(b'f') => Some('\u{c}'),
            Some(b'n') => Some('\n'),
            Some(b'r') => Some('\r'),
            Some(b't') => Some('\t'),
            Some(b'u') => self.unicode(),
            _ => None,
        };
        c.ok_or_else(|| JsonError::new("a backslash is followed by no escape", self.span(start)))
    }

    /// Reads the digits after `\u`; a character beyond 16 bits is written as two escapes.
    fn unicode(&mut self) -> Option<char> {
        let high = self.hex4()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high);
        }
        self.text[self.pos..].starts_with("\\u").then_some(())?;
        self.pos += 2;
        let low = self.hex4().filter(|low| (0xdc00..0xe000).contains(low))?;
        char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.text.get(self.pos..self.pos + 4)?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        self.pos += 4;
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, read};

    /// The text that a JSON text stands for.
    fn text(json: &str) -> Option<String> {
        match read(json).ok()?.value {
            Value::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    /// Characters beyond 16 bits, and halves of them without the other half.
    #[test]
    fn pairs_of_escapes_are_one_character() {
        for (escapes, expected) in [
            (r"\ud83d\ude00", "\u{1f600}"),
            (r"\uD800\uDC00", "\u{10000}"),
            (r"\udbff\udfff", "\u{10ffff}"),
            (r"\ud7ff", "\u{d7ff}"),
            (r"\ue000", "\u{e000}"),
            (r"a\u00e9b\ud83d\ude01c", "aéb\u{1f601}c"),
        ] {
            assert_eq!(text(&format!("\"{escapes}\"")).as_deref(), Some(expected), "{escapes}");
        }
        for escapes in [
            r"\ud83d",
            r"\ude00",
            r"\ud83dx",
            r"\ud83d\n",
            r"\ud83d\u0041",
            r"\ud83d\ud83d",
            r"\ud83d\udbff",
            r"\ud83d\ue000",
            r"\u+123",
            r"\u12",
        ] {
            assert_eq!(text(&format!("\"{escapes}\"")), None, "{escapes}");
        }
    }
}
