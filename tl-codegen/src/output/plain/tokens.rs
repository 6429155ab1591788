//! Tokens in a row, with what the layout asks of them: their text, the space before them, the other end of a group.

use core::fmt::Write as _;
use core::iter::Peekable;
use core::ops::Range;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree, token_stream};

use super::doc;
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
    /// Where its text is.
    start: u32,
    end: u32,
    /// Whether there is a space before it on the same line. The space is in the text before `start`.
    pub(super) space: bool,
    /// For the end of a group: whether it is a brace.
    pub(super) is_brace: bool,
    /// For the beginning of a group: whether its contents get their own lines, however short they are.
    pub(super) is_broken: bool,
    /// For the beginning of a group: whether its contents are items, which have empty lines between them.
    pub(super) has_items: bool,
    /// How many broken groups begin before this token.
    broken: u32,
}

/// All tokens of an item, and one after the last.
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// The texts of all tokens on one line, with the spaces between them.
    text: String,
}

/// A group that has begun.
#[derive(Clone, Copy, Default)]
struct Group {
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

impl Tokens {
    /// From a token stream. It is taken, so that no name in it is copied.
    pub(super) fn of(item: TokenStream) -> Self {
        let mut tokens = Self { list: Vec::with_capacity(512), text: String::with_capacity(2048) };
        tokens.stream(item, &mut Group::default(), &mut Context::default());
        let mut broken = 0_u32;
        for token in &mut tokens.list {
            token.broken = broken;
            broken += u32::from(token.is_broken);
        }
        let end = tokens.text.len()..tokens.text.len();
        tokens.list.push(Token { broken, ..Token::new(Kind::Close, end, false) });
        tokens
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.list.len() - 1
    }

    /// The text of a token.
    pub(super) fn text(&self, at: usize) -> &str {
        let token = &self.list[at];
        &self.text[token.start as usize..token.end as usize]
    }

    /// The text of tokens on one line, with the space before the first if `with_space`.
    pub(super) fn line(&self, range: Range<usize>, with_space: bool) -> &str {
        let [first, .., last] = &self.list[range.start..=range.end] else { return "" };
        let start = if with_space { first.start_of_space() } else { first.start };
        &self.text[start as usize..last.start_of_space() as usize]
    }

    /// The width of tokens on one line, with the space before the first.
    pub(super) fn width(&self, range: Range<usize>) -> usize {
        (self.list[range.end].start_of_space() - self.list[range.start].start_of_space()) as usize
    }

    /// Whether a broken group is among tokens.
    pub(super) fn has_broken(&self, range: &Range<usize>) -> bool {
        self.list[range.end].broken > self.list[range.start].broken
    }

    /// Adds the tokens of a group, or of the whole item.
    fn stream(&mut self, tokens: TokenStream, group: &mut Group, context: &mut Context) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) => {
                    let space = self.space(context.space_before_word());
                    let _ = write!(self.text, "{ident}");
                    self.word(space, group, context);
                }
                TokenTree::Literal(literal) => {
                    let space = self.space(context.space_before(&Piece::Literal));
                    let _ = write!(self.text, "{literal}");
                    self.push(Kind::Other, space);
                }
                TokenTree::Punct(punct) if punct.as_char() == '#' => self.hash(&mut tokens, group, context),
                TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                    // A lifetime is a quote and a name.
                    let space = self.space(context.space_before_word());
                    self.text.push('\'');
                    if let Some(name) = tokens.next() {
                        let _ = write!(self.text, "{name}");
                    }
                    self.word(space, group, context);
                }
                TokenTree::Punct(mut punct) => {
                    let start = self.text.len();
                    self.text.push(punct.as_char());
                    while punct.spacing() == Spacing::Joint
                        && let Some(TokenTree::Punct(next)) = tokens.next_if(is_sign)
                    {
                        self.text.push(next.as_char());
                        punct = next;
                    }
                    self.signs(start, group, context);
                }
                TokenTree::Group(inner) => self.group(inner.delimiter(), into_stream(inner), group, context),
            }
        }
    }

    /// Adds the text of a space, if there is one.
    fn space(&mut self, is_there: bool) -> bool {
        if is_there {
            self.text.push(' ');
        }
        is_there
    }

    /// Where the text of the next token begins.
    fn next_start(&self, space: bool) -> usize {
        self.list.last().map_or(0, |token| token.end as usize) + usize::from(space)
    }

    /// Adds a token with the text that has been added since the last one; a space before it is a part of that.
    fn push(&mut self, kind: Kind, space: bool) {
        self.push_until(self.text.len(), kind, space);
    }

    /// Adds a token with the text from the end of the last one to an offset.
    fn push_until(&mut self, end: usize, kind: Kind, space: bool) {
        self.list.push(Token::new(kind, self.next_start(space)..end, space));
    }

    /// Adds a name, keyword or lifetime whose text has been added.
    fn word(&mut self, space: bool, group: &mut Group, context: &mut Context) {
        let word = &self.text[self.next_start(space)..];
        group.header = group.header.or(word);
        context.word(word);
        self.push(Kind::Other, space);
    }

    fn group(&mut self, delimiter: Delimiter, stream: TokenStream, group: &mut Group, context: &mut Context) {
        let (begin, end) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => return self.stream(stream, group, context),
        };
        let is_brace = delimiter == Delimiter::Brace;
        let open = self.list.len();
        let space = self.space(context.space_before(&Piece::Open(begin)));
        self.text.push_str(begin);
        self.push(Kind::Open(0), space);
        let mut inner = Group { is_brace, ..Group::default() };
        self.stream(stream, &mut inner, context);
        let close = self.list.len();
        let is_empty = open + 1 == close;
        let space = self.space(context.space_before(&Piece::Close(end, is_empty)));
        self.text.push_str(end);
        self.push(Kind::Close, space);
        self.list[close].is_brace = is_brace;
        let token = &mut self.list[open];
        token.kind = Kind::Open(close);
        token.is_brace = is_brace;
        token.is_broken = !is_empty && (inner.is_broken || is_brace && group.header != Header::None);
        token.has_items = is_brace && group.header == Header::Items;
        if is_brace {
            (group.header, group.types) = (Header::None, 0);
        }
    }

    /// Adds what begins with `#`: a line of documentation, an attribute, or the sign alone.
    fn hash(&mut self, tokens: &mut Peekable<token_stream::IntoIter>, group: &mut Group, context: &mut Context) {
        group.is_broken = true;
        let is_attribute =
            |next: &TokenTree| matches!(next, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
        let attribute = match tokens.next_if(is_attribute) {
            Some(TokenTree::Group(attribute)) => Some(into_stream(attribute).into_iter().collect::<Vec<_>>()),
            _ => None,
        };
        if attribute.as_ref().is_some_and(|attribute| self.documentation(attribute)) {
            self.push(Kind::Doc, context.space_before(&Piece::Doc));
            return;
        }
        let space = self.space(context.space_before(&Piece::Signs("#")));
        self.text.push('#');
        self.push(Kind::Hash, space);
        if let Some(attribute) = attribute {
            self.group(Delimiter::Bracket, attribute.into_iter().collect(), group, context);
        }
    }

    /// Adds the text of a line of documentation, if an attribute is one.
    fn documentation(&mut self, attribute: &[TokenTree]) -> bool {
        let [TokenTree::Ident(name), TokenTree::Punct(equals), TokenTree::Literal(text)] = attribute else {
            return false;
        };
        let begin = self.text.len();
        self.text.push_str("///");
        let is_line = name == "doc" && equals.as_char() == '=' && doc::append(text, &mut self.text);
        if !is_line {
            self.text.truncate(begin);
        }
        is_line
    }

    /// Adds signs without space between them, whose text begins at an offset: one operator or several.
    fn signs(&mut self, mut start: usize, group: &mut Group, context: &mut Context) {
        let first = start;
        while start < self.text.len() {
            let rest = &self.text[start..];
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
            let length = sign.len();
            let space = context.space_before(&Piece::Signs(sign)) && start == first;
            if space {
                self.text.insert(start, ' ');
            }
            start += length + usize::from(space);
            self.push_until(start, kind, space);
        }
    }
}

/// A sign that may be a part of an operator.
fn is_sign(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if !matches!(punct.as_char(), '#' | '\''))
}

/// The tokens in a group. The group goes first, so that they have one owner and can be moved.
fn into_stream(group: proc_macro2::Group) -> TokenStream {
    let stream = group.stream();
    drop(group);
    stream
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
        Self { kind, start, end, space, is_brace: false, is_broken: false, has_items: false, broken: 0 }
    }

    /// Where the space before it begins, if there is one.
    fn start_of_space(&self) -> u32 {
        self.start - u32::from(self.space)
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
