//! The grammar of one declaration, in nom.
//!
//! What comes in are the tokens of a declaration; what goes out is its syntax tree or its first mistake. Every choice
//! is made by looking at the next few tokens, so nothing is read twice.

mod arg;
mod declaration;
mod term;

use nom::error::{ErrorKind, ParseError};
use nom::multi::many0_count;
use nom::{Err, IResult, Parser};

pub(crate) use declaration::declaration;

use crate::ast::{Ident, Name};
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::source::Span;
use crate::token::{Kind, Token, Tokens};

/// How many brackets and prefixes may be within each other.
pub(crate) const MAX_DEPTH: u32 = 64;

/// How many arguments a declaration may have; real ones have less than a hundred.
pub(crate) const MAX_ARGS: usize = 4096;

type Parsed<'t, 's, T> = IResult<Tokens<'t, 's>, T, SyntaxError>;

impl ParseError<Tokens<'_, '_>> for SyntaxError {
    fn from_error_kind(input: Tokens<'_, '_>, _: ErrorKind) -> Self {
        unexpected(input, "something else")
    }

    fn append(_: Tokens<'_, '_>, _: ErrorKind, other: Self) -> Self {
        other
    }

    /// The mistake that is found later is the better one.
    fn or(self, other: Self) -> Self {
        if other.span.start >= self.span.start { other } else { self }
    }
}

/// A mistake that ends the parsing of the declaration.
fn fail<T>(kind: SyntaxErrorKind, span: Span) -> Result<T, Err<SyntaxError>> {
    Err(Err::Failure(SyntaxError::new(kind, span)))
}

/// Tells what is wrong with the current token where `expected` should stand.
#[cold]
fn unexpected(input: Tokens<'_, '_>, expected: &'static str) -> SyntaxError {
    let span = input.span();
    let text = input.text(span);
    let kind = match input.kind() {
        Kind::Bad if text == "/" => SyntaxErrorKind::BlockComment,
        Kind::Bad => SyntaxErrorKind::UnexpectedCharacter(text.chars().next().unwrap_or('\u{fffd}')),
        Kind::DigitWord => SyntaxErrorKind::DigitName,
        Kind::Id => SyntaxErrorKind::MisplacedId,
        Kind::Dot => SyntaxErrorKind::StrayDot,
        Kind::CloseParen if input.depth() == 0 => SyntaxErrorKind::Unopened(')'),
        Kind::CloseBracket if input.depth() == 0 => SyntaxErrorKind::Unopened(']'),
        Kind::CloseBrace if input.depth() == 0 => SyntaxErrorKind::Unopened('}'),
        Kind::Greater if input.depth() == 0 => SyntaxErrorKind::Unopened('>'),
        Kind::Plus => SyntaxErrorKind::BareSum,
        Kind::Star => SyntaxErrorKind::BadCount,
        Kind::Underscore => SyntaxErrorKind::UnderscoreType,
        found => SyntaxErrorKind::Unexpected { expected, found: found.describe() },
    };
    SyntaxError::new(kind, span)
}

/// Says that a repetition ends here. Cheap, as this is no mistake and nobody sees it.
fn no_more<T>(input: Tokens<'_, '_>) -> Result<T, Err<SyntaxError>> {
    let kind = SyntaxErrorKind::Unexpected { expected: "one more", found: "something else" };
    Err(Err::Error(SyntaxError::new(kind, input.span())))
}

/// As often as `parser` fits: what it makes goes to the end of `list`.
fn many_into<'t, 's, T>(
    input: Tokens<'t, 's>,
    list: &mut Vec<T>,
    mut parser: impl FnMut(Tokens<'t, 's>) -> Parsed<'t, 's, T>,
) -> Parsed<'t, 's, ()> {
    many0_count(|input| {
        let (rest, item) = parser(input)?;
        list.push(item);
        Ok((rest, ()))
    })
    .parse(input)
    .map(|(rest, _)| (rest, ()))
}

/// The current token, if it is of this kind.
fn token<'t, 's: 't>(kind: Kind, expected: &'static str) -> impl Fn(Tokens<'t, 's>) -> Parsed<'t, 's, Token> {
    move |input| {
        if input.kind() == kind {
            Ok((input.advance(), input.token()))
        } else {
            Err(Err::Error(unexpected(input, expected)))
        }
    }
}

/// An identifier: a name without dots.
fn ident<'t, 's: 't>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Ident<'s>> {
    let span = input.span();
    match input.kind() {
        Kind::Name => Ok((input.advance(), Ident { span, text: input.text(span) })),
        Kind::Path => {
            let at = span.start + input.text(span).find('.').unwrap_or_default() as u32;
            fail(SyntaxErrorKind::StrayDot, Span::new(at, at + 1))
        }
        _ => Err(Err::Error(unexpected(input, "a name"))),
    }
}

/// A name with or without dots.
pub(crate) fn name<'t, 's: 't>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Name<'s>> {
    if !input.kind().is_name() {
        return Err(Err::Error(unexpected(input, "a name")));
    }
    let span = input.span();
    Ok((input.advance(), Name { span, text: input.text(span) }))
}

/// A decimal number of 32 bits.
fn number<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, u32> {
    let (rest, token) = token(Kind::Number, "a number")(input)?;
    match input.text(token.span).parse() {
        Ok(number) => Ok((rest, number)),
        Err(_) => fail(SyntaxErrorKind::LargeNumber, token.span),
    }
}

/// One level deeper: `parser` runs with a greater depth, and what follows it has the old one.
fn nested<'t, 's, T>(
    input: Tokens<'t, 's>,
    parser: impl FnOnce(Tokens<'t, 's>) -> Parsed<'t, 's, T>,
) -> Parsed<'t, 's, T> {
    let depth = input.depth();
    if depth >= MAX_DEPTH {
        return fail(SyntaxErrorKind::DeepNesting, input.previous_span());
    }
    let (rest, value) = parser(input.with_depth(depth + 1))?;
    Ok((rest.with_depth(depth), value))
}

/// The bracket that closes the one at `open`.
fn close<'t, 's>(input: Tokens<'t, 's>, open: Token) -> Parsed<'t, 's, Token> {
    let (kind, bracket) = match open.kind {
        Kind::OpenParen => (Kind::CloseParen, '('),
        Kind::OpenBracket => (Kind::CloseBracket, '['),
        Kind::OpenBrace => (Kind::CloseBrace, '{'),
        _ => (Kind::Greater, '<'),
    };
    let found = input.token();
    if found.kind == kind {
        return Ok((input.advance(), found));
    }
    let is_fault = matches!(
        found.kind,
        Kind::Bad | Kind::DigitWord | Kind::Id | Kind::Dot | Kind::Plus | Kind::Star | Kind::Underscore
    );
    if is_fault {
        return Err(Err::Failure(unexpected(input, "the closing bracket")));
    }
    // At the end of the declaration the end of the last token says more than the `;`.
    let span = if found.kind.is_end() || found.kind.is_equals() {
        let end = input.previous_span().end;
        Span::new(end, end)
    } else {
        found.span
    };
    Err(Err::Failure(SyntaxError::with_related(SyntaxErrorKind::Unclosed(bracket), span, open.span)))
}
