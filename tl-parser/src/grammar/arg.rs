//! Arguments, and the variables before them.

use nom::combinator::cut;
use nom::multi::many0_count;
use nom::{Err, Parser};

use super::term::{expression, term};
use super::{MAX_ARGS, Parsed, close, fail, ident, many_into, nested, no_more, number, token, unexpected};
use crate::ast::{Arg, Condition, Ident, OptArg, Term, TermKind};
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::source::Span;
use crate::token::{Kind, Tokens};

/// How many tokens the arguments of one group may have in all when it is written out.
const MAX_GROUP: usize = 128;

/// `{X Y:Type}`.
pub(super) fn opt_arg<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, OptArg<'s>> {
    let (input, open) = token(Kind::OpenBrace, "`{`")(input)?;
    let mut names = Vec::with_capacity(1);
    let (input, ()) = many_into(input, &mut names, ident)?;
    match input.kind() {
        Kind::Colon if !names.is_empty() => {}
        Kind::Colon => return fail(SyntaxErrorKind::MissingFieldName, input.span()),
        Kind::CloseBrace if names.is_empty() => {
            return fail(SyntaxErrorKind::EmptyBrackets, open.span.to(input.span()));
        }
        Kind::CloseBrace => return fail(SyntaxErrorKind::MissingKind, input.span()),
        _ => return Err(close(input, open).expect_err("not a closing brace")),
    }
    let input = input.advance();
    if input.kind() == Kind::CloseBrace {
        return fail(SyntaxErrorKind::MissingKind, input.span());
    }
    let (input, mut ty) = nested(input, expression)?;
    make_kind(&mut ty);
    let (input, close) = close(input, open)?;
    Ok((input, OptArg { span: open.span.to(close.span), names, ty }))
}

/// `Type` is a kind only as the kind of a variable; elsewhere it may be a type of that name.
fn make_kind(ty: &mut Term<'_>) {
    match &mut ty.kind {
        TermKind::Name("Type") => ty.kind = TermKind::Type,
        TermKind::Bang(inner) => make_kind(inner),
        _ => {}
    }
}

/// Arguments up to something that is none.
pub(super) fn args<'t, 's>(input: Tokens<'t, 's>, args: &mut Vec<Arg<'s>>) -> Result<Tokens<'t, 's>, Err<SyntaxError>> {
    let (rest, _) = many0_count(|input| {
        let rest = one(input, args)?;
        if args.len() > MAX_ARGS {
            return fail(SyntaxErrorKind::ManyArguments, rest.previous_span());
        }
        Ok((rest, ()))
    })
    .parse(input)?;
    Ok(rest)
}

/// One argument, or those of a group.
#[inline]
fn one<'t, 's>(input: Tokens<'t, 's>, args: &mut Vec<Arg<'s>>) -> Result<Tokens<'t, 's>, Err<SyntaxError>> {
    match input.kind() {
        Kind::Name | Kind::Path | Kind::Underscore if input.next_kind() == Kind::Colon => named(input, args),
        Kind::OpenParen if begins_group(input) => group(input, args),
        Kind::Name
        | Kind::Path
        | Kind::Number
        | Kind::Hash
        | Kind::Percent
        | Kind::Bang
        | Kind::OpenParen
        | Kind::OpenBracket
        | Kind::Dot
        | Kind::Question => typed(input, None, input.span(), args),
        Kind::Colon => fail(SyntaxErrorKind::MissingFieldName, input.span()),
        Kind::OpenBrace => fail(SyntaxErrorKind::LateOptArg, input.span()),
        _ => no_more(input),
    }
}

/// `name:T` or `_:T`.
#[inline]
fn named<'t, 's>(input: Tokens<'t, 's>, args: &mut Vec<Arg<'s>>) -> Result<Tokens<'t, 's>, Err<SyntaxError>> {
    let start = input.span();
    let (rest, name) = if input.kind() == Kind::Underscore {
        (input.advance(), None)
    } else {
        let (rest, name) = ident(input)?;
        (rest, Some(name))
    };
    let colon = rest.span();
    let rest = rest.advance();
    let ends = matches!(rest.kind(), Kind::CloseParen | Kind::CloseBracket);
    let is_next = rest.kind().is_name() && rest.next_kind() == Kind::Colon;
    if ends || is_next || rest.kind() == Kind::Colon || rest.kind().is_end() || rest.kind().is_equals() {
        return fail(SyntaxErrorKind::MissingType, colon);
    }
    typed(rest, name, start, args)
}

/// A type with or without a condition.
#[inline]
fn typed<'t, 's>(
    input: Tokens<'t, 's>,
    name: Option<Ident<'s>>,
    start: Span,
    args: &mut Vec<Arg<'s>>,
) -> Result<Tokens<'t, 's>, Err<SyntaxError>> {
    let (input, condition) = condition(input)?;
    let (input, ty) = term(input)?;
    args.push(Arg { span: start.to(ty.span), name, condition, ty });
    Ok(input)
}

/// `flags.3?`.
#[inline]
fn condition<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Option<Box<Condition<'s>>>> {
    match (input.kind(), input.next_kind()) {
        (Kind::Name | Kind::Path, Kind::Dot) => {
            let (rest, word) = ident(input)?;
            let rest = rest.advance();
            if rest.kind() == Kind::Question {
                return fail(SyntaxErrorKind::MissingBit, rest.span());
            }
            if rest.kind() != Kind::Number {
                let digits = rest.kind() == Kind::DigitWord && rest.next_kind() == Kind::Question;
                let bit = rest.kind().is_name() && rest.next_kind() == Kind::Question;
                let (kind, span) = if digits || bit {
                    (SyntaxErrorKind::BadBit, rest.span())
                } else {
                    (SyntaxErrorKind::StrayDot, rest.previous_span())
                };
                return fail(kind, span);
            }
            let bit_span = rest.span();
            let (rest, bit) = number(rest)?;
            let (rest, question) = cut(token(Kind::Question, "`?` behind the bit of a condition")).parse(rest)?;
            let ends = rest.kind().is_end() || rest.kind().is_equals();
            if ends || (rest.kind().is_name() && rest.next_kind() == Kind::Colon) {
                return fail(SyntaxErrorKind::MissingType, question.span);
            }
            let span = word.span.to(question.span);
            Ok((rest, Some(Box::new(Condition { span, word, bit, bit_span }))))
        }
        (Kind::Name | Kind::Path, Kind::Question) => {
            let span = input.span();
            match input.text(span).rfind('.') {
                Some(dot) => fail(SyntaxErrorKind::BadBit, Span::new(span.start + dot as u32 + 1, span.end)),
                None => fail(SyntaxErrorKind::MissingBit, input.advance().span()),
            }
        }
        (Kind::Question, _) => fail(SyntaxErrorKind::MissingWord, input.span()),
        (Kind::Dot, Kind::Number | Kind::Question) => fail(SyntaxErrorKind::MissingWord, input.span()),
        (Kind::Number | Kind::DigitWord, Kind::Question) => fail(SyntaxErrorKind::MissingWord, input.span()),
        _ => Ok((input, None)),
    }
}

/// Whether names and a colon follow the `(`.
fn begins_group(input: Tokens<'_, '_>) -> bool {
    let names = input.following().iter();
    let mut names = names.skip_while(|token| token.kind.is_name() || token.kind == Kind::Underscore);
    names.next().is_some_and(|token| token.kind == Kind::Colon)
}

/// `(x y:int)`: one argument per name.
fn group<'t, 's>(input: Tokens<'t, 's>, args: &mut Vec<Arg<'s>>) -> Result<Tokens<'t, 's>, Err<SyntaxError>> {
    let open = input.token();
    let mut names = Vec::new();
    let (input, ()) = many_into(input.advance(), &mut names, |input| {
        if input.kind() == Kind::Underscore {
            return Ok((input.advance(), (input.span(), None)));
        }
        let (rest, name) = ident(input)?;
        Ok((rest, (name.span, Some(name))))
    })?;
    let colon = input.span();
    if names.is_empty() {
        return fail(SyntaxErrorKind::MissingFieldName, colon);
    }
    let input = input.advance();
    if input.kind() == Kind::CloseParen {
        return fail(SyntaxErrorKind::MissingType, colon);
    }
    let first = input.index();
    let (rest, (condition, ty)) = nested(input, |input| {
        let (input, condition) = condition(input)?;
        let (input, ty) = expression(input)?;
        Ok((input, (condition, ty)))
    })?;
    // The type is written out for each name, which must not make a small file large.
    if names.len() > 1 && names.len() * (rest.index() - first) > MAX_GROUP {
        return fail(SyntaxErrorKind::ManyArguments, open.span);
    }
    let (rest, _) = close(rest, open)?;
    let arg = |(span, name): (Span, Option<Ident<'s>>), condition, ty| Arg { span, name, condition, ty };
    let last = names.pop();
    args.extend(names.into_iter().map(|name| arg(name, condition.clone(), ty.clone())));
    args.extend(last.map(|name| arg(name, condition, ty)));
    Ok(rest)
}

/// Refuses what [`args`] stopped at, unless it is what may follow.
pub(super) fn no_more_args(input: Tokens<'_, '_>) -> Result<(), Err<SyntaxError>> {
    let kind = input.kind();
    if kind.is_end() || kind.is_equals() {
        return Ok(());
    }
    Err(Err::Failure(unexpected(input, "an argument or `=`")))
}
