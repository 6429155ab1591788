//! Types, numbers and their applications.

use nom::combinator::cut;
use nom::sequence::preceded;
use nom::{Err, Parser};

use super::{MAX_ARGS, Parsed, arg, close, fail, many_into, nested, no_more, number, token, unexpected};
use crate::ast::{Application, ApplyStyle, Repeat, Term, TermKind};
use crate::error::SyntaxErrorKind;
use crate::source::Span;
use crate::token::{Kind, Tokens};

/// Whether a term can begin with this token.
pub(super) fn begins_term(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Name
            | Kind::Path
            | Kind::Number
            | Kind::Hash
            | Kind::Percent
            | Kind::Bang
            | Kind::OpenParen
            | Kind::OpenBracket
    )
}

/// One or more sums or terms: `Pair int (Vector int)`, `n + 1`.
pub(super) fn expression<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Term<'s>> {
    let (input, first) = application(input)?;
    if input.kind() != Kind::Plus {
        return Ok((input, first));
    }
    let mut terms = vec![first];
    let mut more = preceded(token(Kind::Plus, "`+`"), cut(application));
    let (input, ()) = many_into(input, &mut terms, |input| more.parse(input))?;
    let span = terms[0].span.to(terms[terms.len() - 1].span);
    Ok((input, Term { span, kind: TermKind::Sum(terms) }))
}

/// A term and the terms that it is applied to.
pub(super) fn application<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Term<'s>> {
    let (input, head) = term(input)?;
    if !begins_term(input.kind()) {
        return Ok((input, head));
    }
    let (input, first) = term(input)?;
    let mut args = vec![first];
    let (input, ()) = many_into(input, &mut args, next_term)?;
    Ok((input, apply(head, args, ApplyStyle::Juxtaposition)))
}

/// A term, if one begins here.
pub(super) fn next_term<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Term<'s>> {
    if begins_term(input.kind()) { term(input) } else { no_more(input) }
}

fn apply<'s>(head: Term<'s>, args: Vec<Term<'s>>, style: ApplyStyle) -> Term<'s> {
    let span = args.last().map_or(head.span, |last| head.span.to(last.span));
    Term { span, kind: TermKind::Apply(Box::new(Application { head, args, style })) }
}

/// A term, with its repetition if it is a count.
#[inline]
pub(super) fn term<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Term<'s>> {
    // A name alone, as most are.
    if input.kind().is_name() && !matches!(input.next_kind(), Kind::Less | Kind::Star) {
        let span = input.span();
        return Ok((input.advance(), Term { span, kind: TermKind::Name(input.text(span)) }));
    }
    let (rest, term) = simple(input)?;
    if rest.kind() == Kind::Star { repetition(rest.advance(), term) } else { Ok((rest, term)) }
}

/// What follows `n*`.
fn repetition<'t, 's>(input: Tokens<'t, 's>, count: Term<'s>) -> Parsed<'t, 's, Term<'s>> {
    let counts = match &count.kind {
        TermKind::Number(_) | TermKind::Sum(_) => true,
        TermKind::Name(name) => !name.contains('.'),
        _ => false,
    };
    if !counts {
        return fail(SyntaxErrorKind::BadCount, count.span);
    }
    if input.kind() != Kind::OpenBracket {
        return Err(Err::Failure(unexpected(input, "`[` behind `*`")));
    }
    let (rest, mut term) = brackets(input)?;
    term.span = count.span.to(term.span);
    if let TermKind::Repeat(repeat) = &mut term.kind {
        repeat.count = Some(Box::new(count));
    }
    Ok((rest, term))
}

fn simple<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Term<'s>> {
    let span = input.span();
    match input.kind() {
        Kind::Name | Kind::Path => {
            let (rest, head) = (input.advance(), Term { span, kind: TermKind::Name(input.text(span)) });
            if rest.kind() == Kind::Less { angle(rest, head) } else { Ok((rest, head)) }
        }
        Kind::Hash => {
            let rest = input.advance();
            // So that no argument is shorter than two bytes.
            if rest.kind() == Kind::Hash && rest.span().start == span.end {
                return Err(Err::Failure(unexpected(rest, "a blank behind `#`")));
            }
            Ok((rest, Term { span, kind: TermKind::Nat }))
        }
        Kind::Number => {
            let (rest, number) = number(input)?;
            Ok((rest, Term { span, kind: TermKind::Number(number) }))
        }
        Kind::Percent => prefix(input, TermKind::Bare),
        Kind::Bang => prefix(input, TermKind::Bang),
        Kind::OpenParen => {
            let open = input.token();
            let (rest, mut term) = nested(input.advance(), |input| {
                if input.kind() == Kind::CloseParen {
                    return fail(SyntaxErrorKind::EmptyBrackets, open.span.to(input.span()));
                }
                let (rest, term) = expression(input)?;
                let (rest, close) = close(rest, open)?;
                Ok((rest, Term { span: span.to(close.span), kind: term.kind }))
            })?;
            term.span = span.to(term.span);
            Ok((rest, term))
        }
        Kind::OpenBracket => brackets(input),
        _ => Err(Err::Failure(unexpected(input, "a type"))),
    }
}

/// `%T` or `!X`.
fn prefix<'t, 's>(input: Tokens<'t, 's>, kind: fn(Box<Term<'s>>) -> TermKind<'s>) -> Parsed<'t, 's, Term<'s>> {
    let (rest, inner) = nested(input.advance(), simple)?;
    Ok((rest, Term { span: input.span().to(inner.span), kind: kind(Box::new(inner)) }))
}

/// `<E1, E2>` after a name.
fn angle<'t, 's>(input: Tokens<'t, 's>, head: Term<'s>) -> Parsed<'t, 's, Term<'s>> {
    let open = input.token();
    nested(input.advance(), |input| {
        if input.kind() == Kind::Greater {
            return fail(SyntaxErrorKind::EmptyBrackets, open.span.to(input.span()));
        }
        let (input, first) = expression(input)?;
        let mut args = vec![first];
        let mut more = preceded(token(Kind::Comma, "`,`"), cut(expression));
        let (input, ()) = many_into(input, &mut args, |input| more.parse(input))?;
        let (rest, close) = close(input, open)?;
        let mut term = apply(head, args, ApplyStyle::Angle);
        term.span = Span::new(term.span.start, close.span.end);
        Ok((rest, term))
    })
}

/// `[ args ]` without a count.
fn brackets<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Term<'s>> {
    let open = input.token();
    nested(input.advance(), |input| {
        let mut args = Vec::with_capacity(input.arg_count().min(MAX_ARGS));
        let rest = arg::args(input, &mut args)?;
        let (rest, close) = close(rest, open)?;
        let kind = TermKind::Repeat(Box::new(Repeat { count: None, args }));
        Ok((rest, Term { span: open.span.to(close.span), kind }))
    })
}
