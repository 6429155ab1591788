//! Tokens of one declaration, and the cursor over them that the grammar works on.
//!
//! What comes in is written by the lexer: a list that ends with one [`Kind::Semicolon`] or [`Kind::End`], so that
//! there is always a last token. Blanks and comments no longer occur.

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
    /// Letters after digits: neither a name nor a number.
    DigitWord,
    /// `#` with letters or digits directly after it.
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
    /// A character that is not part of the language.
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
    /// Its bytes.
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
    /// The index of the first `=` or `=>`.
    pub(crate) equals: Option<usize>,
    /// How many colons there are.
    pub(crate) colons: usize,
}

/// A run of the tokens of a declaration: the input of the grammar.
///
/// As an [`Input`] it is what a slice of tokens is. For the grammar it also has a current token when it is empty: one of
/// [`Kind::End`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tokens<'t, 's> {
    lexed: &'t Lexed<'t, 's>,
    /// The index of the current token.
    at: u32,
    /// The index after the last token.
    end: u32,
    depth: u32,
}

impl<'t, 's> Tokens<'t, 's> {
    /// All tokens of a declaration.
    pub(crate) fn new(lexed: &'t Lexed<'t, 's>) -> Self {
        Self { lexed, at: 0, end: lexed.tokens.len() as u32, depth: 0 }
    }

    /// The tokens from the current one on.
    #[inline]
    fn slice(&self) -> &'t [Token] {
        &self.lexed.tokens[self.at as usize..self.end as usize]
    }

    /// The token at an index of the declaration; after the last one there are ends.
    #[inline]
    fn get(&self, index: u32) -> Token {
        if index < self.end { self.lexed.tokens[index as usize] } else { self.end() }
    }

    #[cold]
    fn end(&self) -> Token {
        let end = self.lexed.tokens[..self.end as usize].last().map_or(0, |last| last.span.end);
        Token { span: Span::new(end, end), kind: Kind::End, first_on_line: false }
    }

    /// The current token.
    #[inline]
    pub(crate) fn token(&self) -> Token {
        self.get(self.at)
    }

    /// What the current token is.
    #[inline]
    pub(crate) fn kind(&self) -> Kind {
        if self.at < self.end { self.lexed.tokens[self.at as usize].kind } else { Kind::End }
    }

    /// What the token after the current one is.
    #[inline]
    pub(crate) fn next_kind(&self) -> Kind {
        let next = self.at + 1;
        if next < self.end { self.lexed.tokens[next as usize].kind } else { Kind::End }
    }

    /// Where the current token is.
    #[inline]
    pub(crate) fn span(&self) -> Span {
        self.token().span
    }

    /// Where the last token before the current one is.
    pub(crate) fn previous_span(&self) -> Span {
        self.get(self.at.saturating_sub(1)).span
    }

    /// The text of a span.
    #[inline]
    pub(crate) fn text(&self, span: Span) -> &'s str {
        &self.lexed.text[span.range()]
    }

    /// The index of the current token in the declaration.
    pub(crate) fn index(&self) -> usize {
        self.at as usize
    }

    /// Whether the declaration has a `=`.
    pub(crate) fn has_equals(&self) -> bool {
        self.lexed.equals.is_some()
    }

    /// How many colons the declaration has: as many as named arguments and groups of variables.
    pub(crate) fn colons(&self) -> usize {
        self.lexed.colons
    }

    /// How many arguments begin here before the `=` or the closing bracket, at a guess that is right for everything but
    /// groups and mistakes.
    pub(crate) fn arg_count(&self) -> usize {
        let mut count = 0;
        let mut open = 0_u32;
        // Whether the last token needs the next one.
        let mut tied = false;
        for token in self.slice() {
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

    /// The tokens after the current one.
    pub(crate) fn following(&self) -> &'t [Token] {
        self.slice().get(1..).unwrap_or_default()
    }

    /// The tokens after the current one; after an end there are ends.
    #[inline]
    pub(crate) fn advance(mut self) -> Self {
        if self.at < self.end {
            self.at += 1;
        }
        self
    }

    /// How many brackets and prefixes are open.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// The same tokens with another depth.
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
        (self.end - self.at) as usize
    }

    fn take(&self, index: usize) -> Self {
        self.take_split(index).1
    }

    fn take_from(&self, index: usize) -> Self {
        self.take_split(index).0
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        assert!(index <= self.input_len(), "{index} of {} tokens", self.input_len());
        let middle = self.at + index as u32;
        (Self { at: middle, ..*self }, Self { end: middle, ..*self })
    }

    fn position<P: Fn(Self::Item) -> bool>(&self, predicate: P) -> Option<usize> {
        self.iter_elements().position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.slice().iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        let len = self.input_len();
        if count <= len { Ok(count) } else { Err(Needed::new(count - len)) }
    }
}

#[cfg(test)]
mod tests {
    use nom::Parser;
    use nom::bytes::complete::take_while1;
    use nom::multi::many0_count;
    use proptest::prelude::*;

    use super::*;
    use crate::error::SyntaxError;
    use crate::lexer::Lexer;

    /// Whether `input` is as `slice` in everything that [`Input`] says of it.
    fn is_as(input: &Tokens<'_, '_>, slice: &[Token]) {
        assert_eq!(input.input_len(), slice.len());
        assert_eq!(input.iter_elements().collect::<Vec<_>>(), slice);
        assert_eq!(input.iter_indices().collect::<Vec<_>>(), slice.iter().copied().enumerate().collect::<Vec<_>>());
        for kind in [Kind::Name, Kind::Colon, Kind::Equals, Kind::Semicolon] {
            let is_wanted = |token: Token| token.kind == kind;
            assert_eq!(input.position(is_wanted), slice.iter().position(|token| is_wanted(*token)));
        }
        for count in 0..slice.len() + 3 {
            let missing = count.checked_sub(slice.len()).filter(|missing| *missing > 0);
            assert_eq!(input.slice_index(count), missing.map_or(Ok(count), |missing| Err(Needed::new(missing))));
        }
        assert_eq!(input.kind(), slice.first().map_or(Kind::End, |token| token.kind));
        assert_eq!(input.next_kind(), slice.get(1).map_or(Kind::End, |token| token.kind));
    }

    proptest! {
        /// Every run that can be taken of the tokens is as the same run of a slice, and so are the runs of it.
        #[test]
        fn runs_are_slices(text in "([a-z]{1,3}|[:=<>(){}?*+%!#.,0-9 ]){0,12}", cuts in any::<[prop::sample::Index; 4]>()) {
            let mut lexer = Lexer::new(&text);
            lexer.declaration();
            let lexed = lexer.lexed();
            let (mut input, mut slice) = (Tokens::new(&lexed), lexed.tokens);
            is_as(&input, slice);
            for (place, cut) in cuts.into_iter().enumerate() {
                let cut = cut.index(slice.len() + 1);
                let (after, before) = input.take_split(cut);
                is_as(&before, &slice[..cut]);
                is_as(&after, &slice[cut..]);
                is_as(&input.take(cut), &slice[..cut]);
                is_as(&input.take_from(cut), &slice[cut..]);
                (input, slice) = if place % 2 == 0 { (after, &slice[cut..]) } else { (before, &slice[..cut]) };
            }
        }

        /// Parsers of nom that know nothing of tokens see the same in both.
        #[test]
        fn parsers_of_nom_see_a_slice(text in "([a-z]{1,3} ?|[:=?.] ?){0,12}") {
            let mut lexer = Lexer::new(&text);
            lexer.declaration();
            let lexed = lexer.lexed();
            let input = Tokens::new(&lexed);
            let names = |token: Token| token.kind.is_name();
            let len = lexed.tokens.iter().take_while(|token| names(**token)).count();
            let found = take_while1::<_, _, SyntaxError>(names).parse(input);
            prop_assert_eq!(found.is_ok(), len > 0);
            if let Ok((rest, taken)) = found {
                is_as(&taken, &lexed.tokens[..len]);
                is_as(&rest, &lexed.tokens[len..]);
                prop_assert!(take_while1::<_, _, SyntaxError>(names).parse(taken.take_from(len)).is_err());
                let (after, count) = many0_count(crate::grammar::name).parse(taken).unwrap();
                prop_assert_eq!((count, after.input_len()), (len, 0));
            }
        }
    }

    #[test]
    #[should_panic(expected = "3 of 2 tokens")]
    fn no_more_is_taken_than_there_is() {
        let mut lexer = Lexer::new("a;");
        lexer.declaration();
        let lexed = lexer.lexed();
        let _ = Tokens::new(&lexed).take(3);
    }
}
