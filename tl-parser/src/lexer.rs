//! Text to tokens, one declaration at a time.
//!
//! Comments are collected on the way. A declaration ends at its `;`, at the end of the file, before a heading, or at a
//! second `=`, which tells that a `;` is missing; so a broken file is read no more than twice.

use crate::ast::Comment;
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::source::Span;
use crate::token::{Kind, Lexed, Token};

/// What ended a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndedBy {
    Semicolon,
    EndOfFile,
    Heading,
    SecondEquals,
}

/// Cuts a file into tokens.
pub(crate) struct Lexer<'s> {
    text: &'s str,
    bytes: &'s [u8],
    /// The offset of the next byte.
    pos: usize,
    /// Whether there is nothing but blanks between the last line break and `pos`.
    line_start: bool,
    /// The tokens of the current declaration.
    tokens: Vec<Token>,
    equals: Option<usize>,
    colons: usize,
    /// All comments so far.
    pub(crate) comments: Vec<Comment<'s>>,
    /// The first `\r` without `\n`.
    pub(crate) lone_carriage_return: Option<Span>,
}

impl<'s> Lexer<'s> {
    /// Before the first declaration; a byte order mark is skipped.
    pub(crate) fn new(text: &'s str) -> Self {
        let pos = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            text,
            bytes: text.as_bytes(),
            pos,
            line_start: true,
            tokens: Vec::with_capacity(64),
            equals: None,
            colons: 0,
            comments: Vec::new(),
            lone_carriage_return: None,
        }
    }

    /// The offset of the next byte.
    pub(crate) fn pos(&self) -> usize {
        self.pos
    }

    /// Goes back or forth to the start of a token that is the first on its line.
    pub(crate) fn resume(&mut self, pos: usize) {
        self.pos = pos;
        self.line_start = true;
        let kept = self.comments.partition_point(|comment| (comment.span.start as usize) < pos);
        self.comments.truncate(kept);
    }

    /// Whether the rest of the line, which begins with `#`, is a comment and no declaration without a name.
    pub(crate) fn at_hash_comment(&self) -> bool {
        let rest = &self.bytes[self.pos + 1..];
        let has_equals = || rest.iter().find(|byte| b"=;\r\n".contains(byte)) == Some(&b'=');
        let word = rest.iter().take_while(|byte| is_word(**byte)).count();
        // `#1cb5c415 x:int = T` has lost its name; `#name x:int = T` and `#add#1cb5c415 x:int = T` were taken out.
        let is_id = (1..=8).contains(&word)
            && rest[..word].iter().all(u8::is_ascii_hexdigit)
            && !rest[word..].first().is_some_and(|byte| matches!(byte, b'#' | b'.'));
        !(is_id && has_equals())
    }

    /// Goes over `len` bytes that hold no line break.
    pub(crate) fn skip(&mut self, len: usize) {
        self.pos += len;
        self.line_start = false;
    }

    /// The tokens that [`Self::declaration`] read.
    pub(crate) fn lexed(&self) -> Lexed<'_, 's> {
        Lexed { text: self.text, tokens: &self.tokens, equals: self.equals, colons: self.colons }
    }

    /// Goes over blanks and comments and returns the next byte, `None` at the end of the file.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.bytes.get(self.pos)? {
                b' ' | b'\t' => self.pos += 1,
                b'\n' => {
                    self.pos += 1;
                    self.line_start = true;
                }
                b'\r' => {
                    if self.bytes.get(self.pos + 1) != Some(&b'\n') {
                        self.lone_carriage_return.get_or_insert(span(self.pos, self.pos + 1));
                    }
                    self.pos += 1;
                    self.line_start = true;
                }
                b'/' if self.bytes.get(self.pos + 1) == Some(&b'/') => self.comment(),
                byte => return Some(byte),
            }
        }
    }

    /// Takes the rest of the line as a comment.
    pub(crate) fn comment(&mut self) {
        let start = self.pos;
        let rest = &self.bytes[start..];
        let len = rest.iter().position(|&byte| byte == b'\n' || byte == b'\r').unwrap_or(rest.len());
        let text = self.text[start..start + len].trim_end();
        self.comments.push(Comment { span: span(start, start + text.len()), text, trailing: !self.line_start });
        self.pos = start + len;
    }

    /// Whether a heading, `---types---` or `===8===`, begins here.
    pub(crate) fn at_heading(&self) -> bool {
        self.line_start && (self.bytes[self.pos..].starts_with(b"---") || self.bytes[self.pos..].starts_with(b"==="))
    }

    /// Reads the tokens of one declaration.
    pub(crate) fn declaration(&mut self) -> EndedBy {
        self.tokens.clear();
        self.equals = None;
        self.colons = 0;
        loop {
            let Some(byte) = self.peek() else {
                self.end_before();
                return EndedBy::EndOfFile;
            };
            if matches!(byte, b'-' | b'=') && self.at_heading() {
                self.end_before();
                return EndedBy::Heading;
            }
            let start = self.pos;
            let kind = self.token(byte);
            self.tokens.push(Token { span: span(start, self.pos), kind, first_on_line: self.line_start });
            self.line_start = false;
            match kind {
                Kind::Colon => self.colons += 1,
                Kind::Semicolon => return EndedBy::Semicolon,
                Kind::Equals | Kind::Arrow => {
                    if self.equals.is_some() {
                        let end = span(self.pos, self.pos);
                        self.tokens.push(Token { span: end, kind: Kind::End, first_on_line: false });
                        return EndedBy::SecondEquals;
                    }
                    self.equals = Some(self.tokens.len() - 1);
                }
                _ => {}
            }
        }
    }

    /// Ends the declaration after its last token.
    fn end_before(&mut self) {
        let end = self.tokens.last().map_or(self.pos, |token| token.span.end as usize);
        self.tokens.push(Token { span: span(end, end), kind: Kind::End, first_on_line: false });
    }

    /// Cuts the tokens before the one at `index`, which begins the next declaration.
    pub(crate) fn cut(&mut self, index: usize) {
        self.tokens.truncate(index);
        self.end_before();
    }

    /// Reads on after a second `=`: to the next `;`, to a heading or to the end of the file.
    pub(crate) fn rest_of_declaration(&mut self) {
        self.tokens.pop();
        while let Some(byte) = self.peek() {
            if matches!(byte, b'-' | b'=') && self.at_heading() {
                break;
            }
            let start = self.pos;
            let kind = self.token(byte);
            self.tokens.push(Token { span: span(start, self.pos), kind, first_on_line: self.line_start });
            self.line_start = false;
            if kind == Kind::Semicolon {
                return;
            }
        }
        self.end_before();
    }

    #[inline]
    fn token(&mut self, byte: u8) -> Kind {
        let class = CLASSES[byte as usize];
        match class {
            Class::Letter => self.name(),
            Class::Digit => self.number(),
            Class::Single(kind) => {
                self.pos += 1;
                kind
            }
            Class::Hash => {
                self.pos += 1;
                let start = self.pos;
                self.word();
                if self.pos == start { Kind::Hash } else { Kind::Id }
            }
            Class::Equals => {
                self.pos += 1;
                if self.bytes.get(self.pos) == Some(&b'>') {
                    self.pos += 1;
                    Kind::Arrow
                } else {
                    Kind::Equals
                }
            }
            Class::Other => {
                self.pos += self.text[self.pos..].chars().next().map_or(1, char::len_utf8);
                Kind::Bad
            }
        }
    }

    /// Moves past letters, digits and underscores.
    #[inline]
    fn word(&mut self) {
        let mut pos = self.pos;
        while self.bytes.get(pos).is_some_and(|&byte| is_word(byte)) {
            pos += 1;
        }
        self.pos = pos;
    }

    #[inline]
    fn name(&mut self) -> Kind {
        let start = self.pos;
        let mut kind = Kind::Name;
        loop {
            self.word();
            let dot = self.bytes.get(self.pos) == Some(&b'.');
            if !(dot && self.bytes.get(self.pos + 1).is_some_and(|&byte| is_letter(byte))) {
                break;
            }
            kind = Kind::Path;
            self.pos += 1;
        }
        if self.pos == start + 1 && self.bytes[start] == b'_' { Kind::Underscore } else { kind }
    }

    fn number(&mut self) -> Kind {
        let rest = &self.bytes[self.pos..];
        self.pos += rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        let end = self.pos;
        self.word();
        if self.pos == end { Kind::Number } else { Kind::DigitWord }
    }

    /// A warning about the first `\r` without `\n`, if there is one.
    pub(crate) fn carriage_return_warning(&self) -> Option<SyntaxError> {
        self.lone_carriage_return.map(|span| SyntaxError::new(SyntaxErrorKind::LoneCarriageReturn, span))
    }
}

/// A span from offsets; files of 4 GiB and more are refused before the lexer runs.
pub(crate) fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}

/// How a token begins.
#[derive(Clone, Copy)]
enum Class {
    Letter,
    Digit,
    Hash,
    Equals,
    Single(Kind),
    Other,
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

#[inline]
fn is_word(byte: u8) -> bool {
    WORD[byte as usize]
}

/// Which bytes names are made of.
static WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        word[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    word
};

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut i = 0;
    while i < 256 {
        classes[i] = match i as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'#' => Class::Hash,
            b'=' => Class::Equals,
            b':' => Class::Single(Kind::Colon),
            b';' => Class::Single(Kind::Semicolon),
            b',' => Class::Single(Kind::Comma),
            b'.' => Class::Single(Kind::Dot),
            b'?' => Class::Single(Kind::Question),
            b'%' => Class::Single(Kind::Percent),
            b'*' => Class::Single(Kind::Star),
            b'+' => Class::Single(Kind::Plus),
            b'!' => Class::Single(Kind::Bang),
            b'@' => Class::Single(Kind::At),
            b'(' => Class::Single(Kind::OpenParen),
            b')' => Class::Single(Kind::CloseParen),
            b'[' => Class::Single(Kind::OpenBracket),
            b']' => Class::Single(Kind::CloseBracket),
            b'{' => Class::Single(Kind::OpenBrace),
            b'}' => Class::Single(Kind::CloseBrace),
            b'<' => Class::Single(Kind::Less),
            b'>' => Class::Single(Kind::Greater),
            _ => Class::Other,
        };
        i += 1;
    }
    classes
};
