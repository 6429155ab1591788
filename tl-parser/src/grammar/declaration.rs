//! The forms of a declaration.

use nom::Parser;
use nom::sequence::preceded;
use nom::{Err, combinator::opt};

use super::term::{application, begins_term, next_term, term};
use super::{MAX_ARGS, Parsed, arg, fail, ident, many_into, name, no_more, token, unexpected};
use crate::ast::{
    Application, ApplyStyle, Builtin, Combinator, Declaration, DeclarationKind, ExplicitId, Finality, FinalityKind,
    Ident, Name, Term, TermKind,
};
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::source::Span;
use crate::token::{Kind, Tokens};

/// A whole declaration up to its last token.
pub(crate) fn declaration<'s>(input: Tokens<'_, 's>) -> Result<Declaration<'s>, SyntaxError> {
    let start = input.span();
    match body(input) {
        Ok((rest, kind)) if rest.kind().is_end() => Ok(Declaration { span: start.to(rest.span()), kind }),
        Ok((rest, _)) if rest.kind().is_equals() => Err(SyntaxError::new(SyntaxErrorKind::SecondEquals, rest.span())),
        Ok((rest, _)) => Err(unexpected(rest, "`;`")),
        Err(Err::Error(error) | Err::Failure(error)) => Err(error),
        Err(Err::Incomplete(_)) => Err(unexpected(input, "a declaration")),
    }
}

fn body<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, DeclarationKind<'s>> {
    let (input, annotations) = annotations(input)?;
    match input.kind() {
        Kind::Name | Kind::Path => {}
        Kind::Underscore => return combinator(input.advance(), annotations, None, input.span()),
        Kind::Equals | Kind::Arrow | Kind::Colon | Kind::Semicolon | Kind::End if !annotations.is_empty() => {
            return fail(SyntaxErrorKind::BadAnnotation, annotations[0].span);
        }
        Kind::Equals | Kind::Arrow | Kind::Colon | Kind::Id => {
            return fail(SyntaxErrorKind::MissingName, input.span());
        }
        Kind::Number => return fail(SyntaxErrorKind::DigitName, input.span()),
        Kind::Percent | Kind::OpenParen if !input.has_equals() && annotations.is_empty() => return partial(input),
        _ => return Err(Err::Failure(unexpected(input, "the name of a declaration"))),
    }
    if annotations.is_empty() && !input.has_equals() {
        if let (rest, Some(finality)) = opt(finality).parse(input)? {
            return Ok((rest, finality));
        }
        if begins_term(input.next_kind()) || input.next_kind() == Kind::Less {
            return partial(input);
        }
    }
    let (rest, name) = name(input)?;
    combinator(rest, annotations, Some(name), name.span)
}

/// `@read @internal`.
fn annotations<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Vec<Ident<'s>>> {
    if input.kind() != Kind::At {
        return Ok((input, Vec::new()));
    }
    let mut annotation = preceded(token(Kind::At, "`@`"), |input: Tokens<'t, 's>| match ident(input) {
        Err(_) => fail(SyntaxErrorKind::BadAnnotation, input.previous_span()),
        found => found,
    });
    let mut annotations = Vec::new();
    let (input, ()) = many_into(input, &mut annotations, |input| annotation.parse(input))?;
    Ok((input, annotations))
}

/// `New T`, `Final T`, `Empty T`.
fn finality<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, DeclarationKind<'s>> {
    let (rest, (word, ty)) = (name, name).parse(input)?;
    let kind = match word.text {
        "New" => FinalityKind::New,
        "Final" => FinalityKind::Final,
        "Empty" => FinalityKind::Empty,
        _ => return Err(Err::Error(unexpected(input, "`New`, `Final` or `Empty`"))),
    };
    if !rest.kind().is_end() {
        return Err(Err::Error(unexpected(rest, "`;`")));
    }
    Ok((rest, DeclarationKind::Finality(Box::new(Finality { kind, ty }))))
}

/// `Vector int`.
fn partial<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, DeclarationKind<'s>> {
    let (rest, head) = term(input)?;
    let (rest, whole) = if begins_term(rest.kind()) && !is_argument(rest) {
        let mut args = Vec::with_capacity(1);
        let next = |input| if is_argument(input) { no_more(input) } else { next_term(input) };
        let (input, ()) = many_into(rest, &mut args, next)?;
        let span = head.span.to(input.previous_span());
        let application = Application { head, args, style: ApplyStyle::Juxtaposition };
        (input, Term { span, kind: TermKind::Apply(Box::new(application)) })
    } else {
        (rest, head)
    };
    if !applies_name(&whole) {
        return Err(Err::Failure(unexpected(input, "the name of a declaration")));
    }
    if rest.kind().is_end() && is_applied(&whole) {
        return Ok((rest, DeclarationKind::Partial(Box::new(whole))));
    }
    missing_equals(rest)
}

/// Whether what is applied is a name, with or without `%`.
fn applies_name(term: &Term<'_>) -> bool {
    match &term.kind {
        TermKind::Apply(application) => applies_name(&application.head),
        TermKind::Bare(inner) => applies_name(inner),
        kind => matches!(kind, TermKind::Name(_)),
    }
}

/// Whether it is an application, with or without `%`.
fn is_applied(term: &Term<'_>) -> bool {
    match &term.kind {
        TermKind::Bare(inner) => is_applied(inner),
        kind => matches!(kind, TermKind::Apply(_)),
    }
}

/// Whether `name:` or `name.3?` follows.
fn is_argument(input: Tokens<'_, '_>) -> bool {
    input.kind().is_name() && matches!(input.next_kind(), Kind::Colon | Kind::Dot | Kind::Question)
}

/// Tells the mistake in the arguments that follow or else that there is no `=`.
fn missing_equals<T>(input: Tokens<'_, '_>) -> Result<T, Err<SyntaxError>> {
    let rest = arg::args(input, &mut Vec::new())?;
    arg::no_more_args(rest)?;
    let end = rest.previous_span().end;
    fail(SyntaxErrorKind::MissingEquals, Span::new(end, end))
}

/// What follows the name of a combinator or a builtin type.
fn combinator<'t, 's>(
    input: Tokens<'t, 's>,
    annotations: Vec<Ident<'s>>,
    name: Option<Name<'s>>,
    name_span: Span,
) -> Parsed<'t, 's, DeclarationKind<'s>> {
    let (input, id) = explicit_id(input, name_span)?;
    if let Some(name) = name
        && input.kind() == Kind::Question
        && input.next_kind().is_equals()
    {
        let (rest, result) = result(input.advance().advance())?;
        return Ok((rest, DeclarationKind::Builtin(Box::new(Builtin { name, id, result }))));
    }
    let mut opt_args = Vec::new();
    let (input, ()) =
        if input.kind() == Kind::OpenBrace { many_into(input, &mut opt_args, arg::opt_arg)? } else { (input, ()) };
    let mut args = Vec::with_capacity(input.colons().saturating_sub(opt_args.len()).min(MAX_ARGS));
    let input = arg::args(input, &mut args)?;
    arg::no_more_args(input)?;
    if input.kind().is_end() {
        return missing_equals(input);
    }
    let double_arrow = input.kind() == Kind::Arrow;
    let (rest, result) = result(input.advance())?;
    let combinator = Combinator {
        annotations: annotations.into_boxed_slice(),
        name,
        name_span,
        id,
        opt_args: opt_args.into_boxed_slice(),
        args: args.into_boxed_slice(),
        double_arrow,
        result,
    };
    Ok((rest, DeclarationKind::Combinator(Box::new(combinator))))
}

/// The id directly after the name.
fn explicit_id<'t, 's>(input: Tokens<'t, 's>, name_span: Span) -> Parsed<'t, 's, Option<ExplicitId>> {
    let span = input.span();
    let adjacent = span.start == name_span.end;
    match input.kind() {
        Kind::Id if !adjacent => fail(SyntaxErrorKind::MisplacedId, span),
        Kind::Id => {
            let digits = &input.text(span)[1..];
            if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return fail(SyntaxErrorKind::BadId, span);
            }
            match u32::from_str_radix(digits, 16) {
                Ok(value) if digits.len() <= 8 => Ok((input.advance(), Some(ExplicitId { span, value }))),
                _ => fail(SyntaxErrorKind::LongId, span),
            }
        }
        Kind::Hash if adjacent => fail(SyntaxErrorKind::EmptyId, span),
        _ => Ok((input, None)),
    }
}

/// The type after `=`.
fn result<'t, 's>(input: Tokens<'t, 's>) -> Parsed<'t, 's, Term<'s>> {
    if input.kind().is_end() {
        return fail(SyntaxErrorKind::MissingResult, input.previous_span());
    }
    if input.kind().is_equals() {
        return fail(SyntaxErrorKind::SecondEquals, input.span());
    }
    let (rest, term) = application(input)?;
    if matches!(term.kind, TermKind::Number(_)) {
        return Err(Err::Failure(unexpected(input, "a type")));
    }
    Ok((rest, term))
}
