//! Tokens in a row, with what the layout asks of them: their text, the space before them, the other end of a group.

use core::ops::Range;

use super::doc;
use super::lexer::{self, Lexeme};
use super::spacing::{Context, Piece};

/// What a token is to the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a literal, or signs that mean nothing to the layout.
    Other,
    /// The beginning of a group, with the index of its end.
    Open(usize),
    /// The end of a group.
    Close,
    /// A line of documentation.
    Doc,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `#`
    Hash,
    /// `.`
    Dot,
    /// `<`
    Less,
    /// `>`
    Greater,
}

/// A token with its text and its width.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where its text is: in the text of the item, or in that of the documentation.
    start: u32,
    end: u32,
    /// Whether there is a space before it on the same line.
    pub(super) space: bool,
    /// For the end of a group: whether it is a brace.
    pub(super) is_brace: bool,
    /// For the beginning of a group: whether its contents get their own lines, however short they are.
    pub(super) is_broken: bool,
    /// For the beginning of a group: whether its contents are items, which have empty lines between them.
    pub(super) has_items: bool,
    /// The width of all tokens before this one, on one line.
    width: u32,
    /// How many broken groups begin before this token.
    broken: u32,
}

/// All tokens of an item, and one after the last.
pub(super) struct Tokens<'t> {
    pub(super) list: Vec<Token>,
    item: &'t str,
    docs: String,
}

/// A group that has begun.
#[derive(Clone, Copy, Default)]
struct Group {
    /// The index of its beginning.
    open: usize,
    is_brace: bool,
    header: Header,
    /// How many lists of types are open; commas in them do not end a declaration.
    types: usize,
    /// Whether what is inside has to be on lines of its own.
    is_broken: bool,
}

/// What is known of the declaration or statement that a token is in.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Header {
    #[default]
    None,
    /// A word after which braces hold fields, variants, arms or statements.
    Lines,
    /// A word after which braces hold items.
    Items,
}

impl<'t> Tokens<'t> {
    /// From the text of a token stream.
    pub(super) fn of(item: &'t str) -> Self {
        let mut tokens = Self { list: Vec::with_capacity(item.len() / 5), item, docs: String::new() };
        tokens.read();
        let (mut width, mut broken) = (0_u32, 0_u32);
        for token in &mut tokens.list {
            (token.width, token.broken) = (width, broken);
            width += token.end - token.start + u32::from(token.space);
            broken += u32::from(token.is_broken);
        }
        let end = item.len()..item.len();
        tokens.list.push(Token { width, broken, ..Token::new(Kind::Close, end, false) });
        tokens
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.list.len() - 1
    }

    /// The text of a token.
    pub(super) fn text(&self, at: usize) -> &str {
        let token = &self.list[at];
        let text = if token.kind == Kind::Doc { &self.docs } else { self.item };
        &text[token.start as usize..token.end as usize]
    }

    /// The width of tokens on one line, with the space before the first.
    pub(super) fn width(&self, range: Range<usize>) -> usize {
        (self.list[range.end].width - self.list[range.start].width) as usize
    }

    /// Whether a broken group is among tokens.
    pub(super) fn has_broken(&self, range: &Range<usize>) -> bool {
        self.list[range.end].broken > self.list[range.start].broken
    }

    fn read(&mut self) {
        let mut context = Context::default();
        let mut groups: Vec<Group> = Vec::new();
        let mut group = Group::default();
        let mut offset = 0;
        while let Some((lexeme, start, end)) = lexer::next(self.item, offset) {
            offset = end;
            let text = &self.item[start..end];
            let kind = match lexeme {
                Lexeme::Signs if text == "#" => {
                    group.is_broken = true;
                    if let Some(end) = self.documentation(end) {
                        context.space_before(&Piece::Doc);
                        offset = end;
                        continue;
                    }
                    Kind::Hash
                }
                Lexeme::Signs => {
                    self.signs(start..end, &mut group, &mut context);
                    continue;
                }
                Lexeme::Open => Kind::Open(0),
                Lexeme::Close => Kind::Close,
                Lexeme::Word => {
                    group.header = group.header.or(text);
                    Kind::Other
                }
                Lexeme::Literal => Kind::Other,
            };
            let at = self.list.len();
            let piece = match lexeme {
                Lexeme::Word => Piece::Word(text),
                Lexeme::Literal => Piece::Literal,
                Lexeme::Signs => Piece::Signs(text),
                Lexeme::Open => Piece::Open(text),
                Lexeme::Close => Piece::Close(text, group.open + 1 == at),
            };
            let mut token = Token::new(kind, start..end, context.space_before(&piece));
            match lexeme {
                Lexeme::Open => {
                    token.is_brace = text == "{";
                    groups.push(group);
                    group = Group { open: at, is_brace: token.is_brace, ..Group::default() };
                }
                Lexeme::Close => {
                    token.is_brace = group.is_brace;
                    let inner = core::mem::replace(&mut group, groups.pop().unwrap_or_default());
                    let open = &mut self.list[inner.open];
                    open.kind = Kind::Open(at);
                    open.is_broken =
                        inner.open + 1 < at && (inner.is_broken || inner.is_brace && group.header != Header::None);
                    open.has_items = inner.is_brace && group.header == Header::Items;
                    if inner.is_brace {
                        (group.header, group.types) = (Header::None, 0);
                    }
                }
                _ => {}
            }
            self.list.push(token);
        }
    }

    /// Adds a line of documentation, if one begins with the `#` before an offset; gives its end.
    fn documentation(&mut self, offset: usize) -> Option<usize> {
        let mut end = offset;
        for expected in ["[", "doc", "="] {
            let (_, start, after) = lexer::next(self.item, end)?;
            end = (self.item[start..after] == *expected).then_some(after)?;
        }
        let (_, start, after) = lexer::next(self.item, end)?;
        let (Lexeme::Close, _, end) = lexer::next(self.item, after)? else { return None };
        let begin = self.docs.len();
        self.docs.push_str("///");
        if !doc::append(&self.item[start..after], &mut self.docs) {
            self.docs.truncate(begin);
            return None;
        }
        self.list.push(Token::new(Kind::Doc, begin..self.docs.len(), false));
        Some(end)
    }

    /// Signs without space between them: one operator or several.
    fn signs(&mut self, range: Range<usize>, group: &mut Group, context: &mut Context) {
        let mut start = range.start;
        while start < range.end {
            let rest = &self.item[start..range.end];
            let sign = &rest[..operator(rest.as_bytes())];
            let kind = match sign {
                "," => Kind::Comma,
                ";" => Kind::Semicolon,
                "." => Kind::Dot,
                "<" => Kind::Less,
                ">" => Kind::Greater,
                _ => Kind::Other,
            };
            match kind {
                Kind::Comma if group.types == 0 => group.header = Header::None,
                Kind::Semicolon => {
                    (group.header, group.types) = (Header::None, 0);
                    group.is_broken |= group.is_brace;
                }
                Kind::Less => group.types += 1,
                Kind::Greater => group.types = group.types.saturating_sub(1),
                _ => {}
            }
            let space = context.space_before(&Piece::Signs(sign)) && start == range.start;
            let end = start + sign.len();
            self.list.push(Token::new(kind, start..end, space));
            start = end;
        }
    }
}

/// How many signs the first operator has. `>>` is two, as it mostly ends two lists of types.
fn operator(signs: &[u8]) -> usize {
    match signs {
        [b'.', b'.', b'.' | b'=', ..] | [b'<', b'<', b'=', ..] => 3,
        [b':', b':', ..] | [b'-' | b'=', b'>', ..] | [b'&', b'&', ..] | [b'|', b'|', ..] | [b'.', b'.', ..] => 2,
        [b'=' | b'!' | b'<' | b'>' | b'+' | b'-' | b'*' | b'/' | b'^' | b'&' | b'|', b'=', ..] => 2,
        _ => 1,
    }
}

impl Token {
    fn new(kind: Kind, text: Range<usize>, space: bool) -> Self {
        let (start, end) = (text.start as u32, text.end as u32);
        Self { kind, start, end, space, is_brace: false, is_broken: false, has_items: false, width: 0, broken: 0 }
    }
}

impl Header {
    /// With the next word.
    fn or(self, word: &str) -> Self {
        match word {
            _ if self != Self::None => self,
            "impl" | "trait" | "mod" => Self::Items,
            "struct" | "enum" | "fn" | "match" | "for" | "while" | "loop" => Self::Lines,
            _ => Self::None,
        }
    }
}
