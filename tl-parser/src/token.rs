//! Tokens of one declaration, and the cursor over them that the grammar works on.
//!
//! What comes in is written by the lexer: a list that ends with one [`Kind::Semicolon`] or [`Kind::End`], so that
//! there is always a current token. Blanks and comments no longer occur.

use nom::{Input, Needed};

use crate::source::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name without dots.
    Name,
    /// A name with dots.
    Path,
    /// `_` alone.
    Underscore,
    /// Decimal digits.
    Number,
    /// Letters behind digits: no name and no number.
    DigitWord,
    /// `#` with letters or digits directly behind it.
    Id,
    /// `#` alone.
    Hash,
    Colon,
    Comma,
    Dot,
    Question,
    Percent,
    Star,
    Plus,
    Bang,
    At,
    Equals,
    /// `=>`.
    Arrow,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Less,
    Greater,
    /// A character that is no part of the language.
    Bad,
    /// The `;` of the declaration.
    Semicolon,
    /// The end of a declaration without `;`.
    End,
}

impl Kind {
    /// How a message calls it.
    pub(crate) const fn describe(self) -> &'static str {
        match self {
            Self::Name | Self::Path => "a name",
            Self::Underscore => "`_`",
            Self::Number => "a number",
            Self::DigitWord => "a word that begins with a digit",
            Self::Id => "an id",
            Self::Hash => "`#`",
            Self::Colon => "`:`",
            Self::Comma => "`,`",
            Self::Dot => "`.`",
            Self::Question => "`?`",
            Self::Percent => "`%`",
            Self::Star => "`*`",
            Self::Plus => "`+`",
            Self::Bang => "`!`",
            Self::At => "`@`",
            Self::Equals => "`=`",
            Self::Arrow => "`=>`",
            Self::OpenParen => "`(`",
            Self::CloseParen => "`)`",
            Self::OpenBracket => "`[`",
            Self::CloseBracket => "`]`",
            Self::OpenBrace => "`{`",
            Self::CloseBrace => "`}`",
            Self::Less => "`<`",
            Self::Greater => "`>`",
            Self::Bad => "an unknown character",
            Self::Semicolon => "`;`",
            Self::End => "the end of the declaration",
        }
    }

    /// Whether it is a name, with or without dots.
    pub(crate) const fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::Path)
    }

    /// Whether it ends a declaration.
    pub(crate) const fn is_end(self) -> bool {
        matches!(self, Self::Semicolon | Self::End)
    }

    /// Whether it is `=` or `=>`.
    pub(crate) const fn is_equals(self) -> bool {
        matches!(self, Self::Equals | Self::Arrow)
    }
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether it is the first on its line.
    pub(crate) first_on_line: bool,
}

/// A declaration cut into tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexed<'t, 's> {
    /// The whole file.
    pub(crate) text: &'s str,
    /// The tokens; the last one ends the declaration.
    pub(crate) tokens: &'t [Token],
    /// The place of the first `=` or `=>`.
    pub(crate) equals: Option<usize>,
}

/// A place among the tokens of a declaration: the input of the grammar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tokens<'t, 's> {
    lexed: &'t Lexed<'t, 's>,
    at: u32,
    depth: u32,
}

impl<'t, 's> Tokens<'t, 's> {
    /// The beginning of a declaration.
    pub(crate) fn new(lexed: &'t Lexed<'t, 's>) -> Self {
        Self { lexed, at: 0, depth: 0 }
    }

    /// The current token.
    #[inline]
    pub(crate) fn token(&self) -> Token {
        self.lexed.tokens[self.at as usize]
    }

    /// What the current token is.
    #[inline]
    pub(crate) fn kind(&self) -> Kind {
        self.token().kind
    }

    /// What the token after the current one is.
    #[inline]
    pub(crate) fn next_kind(&self) -> Kind {
        self.lexed.tokens.get(self.at as usize + 1).map_or(Kind::End, |token| token.kind)
    }

    /// Where the current token stands.
    #[inline]
    pub(crate) fn span(&self) -> Span {
        self.token().span
    }

    /// Where the last token before the current one stands.
    pub(crate) fn previous_span(&self) -> Span {
        self.lexed.tokens[(self.at as usize).saturating_sub(1)].span
    }

    /// The text of a span.
    #[inline]
    pub(crate) fn text(&self, span: Span) -> &'s str {
        &self.lexed.text[span.range()]
    }

    /// The place of the current token in the declaration.
    pub(crate) fn index(&self) -> usize {
        self.at as usize
    }

    /// Whether the declaration has a `=`.
    pub(crate) fn has_equals(&self) -> bool {
        self.lexed.equals.is_some()
    }

    /// How many arguments begin here before the `=` or the closing bracket, at a guess that is right for everything but
    /// groups and mistakes.
    pub(crate) fn arg_count(&self) -> usize {
        let tokens = &self.lexed.tokens[self.at as usize..];
        let mut count = 0;
        let mut open = 0_u32;
        // Whether the last token ties the next one to itself.
        let mut tied = false;
        for token in tokens {
            match token.kind {
                Kind::OpenParen | Kind::OpenBracket | Kind::OpenBrace => {
                    count += usize::from(open == 0 && !tied);
                    open += 1;
                }
                Kind::Less => open += 1,
                Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace | Kind::Greater => match open.checked_sub(1) {
                    Some(less) => open = less,
                    None => break,
                },
                Kind::Equals | Kind::Arrow => break,
                Kind::Name | Kind::Path | Kind::Underscore | Kind::Number | Kind::Hash | Kind::Percent | Kind::Bang => {
                    count += usize::from(open == 0 && !tied);
                }
                _ => {}
            }
            tied = matches!(
                token.kind,
                Kind::Colon | Kind::Dot | Kind::Question | Kind::Star | Kind::Percent | Kind::Bang
            );
        }
        count
    }

    /// All tokens of the declaration.
    pub(crate) fn all(&self) -> &'t [Token] {
        self.lexed.tokens
    }

    /// Behind the current token; the token that ends the declaration is never passed.
    #[inline]
    pub(crate) fn advance(mut self) -> Self {
        if (self.at as usize) + 1 < self.lexed.tokens.len() {
            self.at += 1;
        }
        self
    }

    /// How many brackets and prefixes are open.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// The same place with another depth.
    pub(crate) fn with_depth(mut self, depth: u32) -> Self {
        self.depth = depth;
        self
    }
}

impl<'t, 's> Input for Tokens<'t, 's> {
    type Item = Token;
    type Iter = std::iter::Copied<std::slice::Iter<'t, Token>>;
    type IterIndices = std::iter::Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.lexed.tokens.len() - self.at as usize
    }

    fn take(&self, _index: usize) -> Self {
        *self
    }

    fn take_from(&self, index: usize) -> Self {
        let last = self.lexed.tokens.len() - 1;
        let at = (self.at as usize + index).min(last);
        Self { at: at as u32, ..*self }
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), *self)
    }

    fn position<P: Fn(Self::Item) -> bool>(&self, predicate: P) -> Option<usize> {
        self.iter_elements().position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.lexed.tokens[self.at as usize..].iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        let len = self.input_len();
        if count <= len { Ok(count) } else { Err(Needed::new(count - len)) }
    }
}
