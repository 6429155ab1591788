//! Generated trees: printing and parsing gives the same tree, and layout changes no id.
#![allow(clippy::unwrap_used)]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use tlgen_parser::ast::{
    Application, ApplyStyle, Arg, Builtin, Combinator, Condition, Declaration, DeclarationKind, ExplicitId, Finality,
    FinalityKind, Ident, Item, Name, OptArg, Repeat, Schema, Term, TermKind,
};
use tlgen_parser::id::{IdRule, compute};
use tlgen_parser::source::Span;
use tlgen_parser::{format, print};

const SPAN: Span = Span { start: 0, end: 0 };

fn ident() -> impl Strategy<Value = Ident<'static>> {
    select(vec!["x", "flags", "n", "type", "self", "true", "X", "t", "final", "_x", "a1_B", "bytes"])
        .prop_map(|text| Ident { span: SPAN, text })
}

fn name() -> impl Strategy<Value = Name<'static>> {
    let names =
        vec!["int", "true", "bytes", "Vector", "vector", "messages.Chats", "a.b.c", "New", "Type", "X", "t", "ns.user"];
    select(names).prop_map(|text| Name { span: SPAN, text })
}

fn make(kind: TermKind<'static>) -> Term<'static> {
    Term { span: SPAN, kind }
}

fn apply(head: Term<'static>, args: Vec<Term<'static>>, style: ApplyStyle) -> Term<'static> {
    make(TermKind::Apply(Box::new(Application { head, args, style })))
}

fn term() -> impl Strategy<Value = Term<'static>> {
    let leaf = prop_oneof![
        4 => name().prop_map(|name| make(TermKind::Name(name.text))),
        1 => Just(make(TermKind::Nat)),
        1 => any::<u32>().prop_map(|number| make(TermKind::Number(number))),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let head = name().prop_map(|name| make(TermKind::Name(name.text)));
        prop_oneof![
            (head, vec(inner.clone(), 1..4)).prop_map(|(head, args)| apply(head, args, ApplyStyle::Angle)),
            (inner.clone(), vec(inner.clone(), 1..4)).prop_map(|(head, args)| apply(
                head,
                args,
                ApplyStyle::Juxtaposition
            )),
            inner.clone().prop_map(|inner| make(TermKind::Bare(Box::new(inner)))),
            inner.clone().prop_map(|inner| make(TermKind::Bang(Box::new(inner)))),
            sum(inner.clone()),
            (option::of(count(inner.clone())), vec(arg(inner), 0..4)).prop_map(|(count, args)| {
                let count = count.map(Box::new);
                make(TermKind::Repeat(Box::new(Repeat { count, args })))
            }),
        ]
    })
}

fn sum(inner: impl Strategy<Value = Term<'static>>) -> impl Strategy<Value = Term<'static>> {
    vec(inner, 2..4).prop_map(|terms| make(TermKind::Sum(terms)))
}

fn count(inner: impl Strategy<Value = Term<'static>>) -> impl Strategy<Value = Term<'static>> {
    prop_oneof![
        any::<u32>().prop_map(|number| make(TermKind::Number(number))),
        ident().prop_map(|ident| make(TermKind::Name(ident.text))),
        sum(inner),
    ]
}

fn arg(inner: impl Strategy<Value = Term<'static>>) -> impl Strategy<Value = Arg<'static>> {
    let condition = (ident(), any::<u32>()).prop_map(|(word, bit)| Condition { span: SPAN, word, bit, bit_span: SPAN });
    (option::of(ident()), option::of(condition), inner).prop_map(|(name, condition, ty)| Arg {
        span: SPAN,
        name,
        condition: condition.map(Box::new),
        ty,
    })
}

fn opt_arg() -> impl Strategy<Value = OptArg<'static>> {
    let kind = prop_oneof![Just(TermKind::Type), Just(TermKind::Nat)];
    (vec(ident(), 1..3), kind).prop_map(|(names, kind)| OptArg { span: SPAN, names, ty: make(kind) })
}

fn id() -> impl Strategy<Value = Option<ExplicitId>> {
    option::of(any::<u32>().prop_map(|value| ExplicitId { span: SPAN, value }))
}

fn result() -> impl Strategy<Value = Term<'static>> {
    term().prop_filter("a result is no number", |term| !matches!(term.kind, TermKind::Number(_)))
}

fn combinator() -> impl Strategy<Value = Combinator<'static>> {
    let before = (vec(ident(), 0..2), option::of(name()), id(), vec(opt_arg(), 0..3));
    (before, vec(arg(term()), 0..5), any::<bool>(), result()).prop_map(
        |((annotations, name, id, opt_args), args, double_arrow, result)| Combinator {
            annotations: annotations.into_boxed_slice(),
            id: if name.is_some() { id } else { None },
            name,
            name_span: SPAN,
            opt_args: opt_args.into_boxed_slice(),
            args: args.into_boxed_slice(),
            double_arrow,
            result,
        },
    )
}

fn declaration() -> impl Strategy<Value = Declaration<'static>> {
    let finality = select(vec![FinalityKind::New, FinalityKind::Final, FinalityKind::Empty]);
    let partial = (name(), vec(term(), 1..3), any::<bool>(), any::<bool>()).prop_map(|(name, args, angle, bare)| {
        let style = if angle { ApplyStyle::Angle } else { ApplyStyle::Juxtaposition };
        let term = apply(make(TermKind::Name(name.text)), args, style);
        DeclarationKind::Partial(Box::new(if bare { make(TermKind::Bare(Box::new(term))) } else { term }))
    });
    prop_oneof![
        8 => combinator().prop_map(|combinator| DeclarationKind::Combinator(Box::new(combinator))),
        1 => (name(), id(), result())
            .prop_map(|(name, id, result)| DeclarationKind::Builtin(Box::new(Builtin { name, id, result }))),
        1 => partial,
        1 => (finality, name()).prop_map(|(kind, ty)| DeclarationKind::Finality(Box::new(Finality { kind, ty }))),
    ]
    .prop_map(|kind| Declaration { span: SPAN, kind })
}

/// A tree as text without its spans.
fn without_spans(declaration: &Declaration<'_>) -> String {
    let text = format!("{declaration:?}");
    let mut parts = text.split("Span { start: ");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        out.push_str(part.split_once('}').unwrap().1);
    }
    out
}

/// The only declaration of a text without mistakes.
fn only<'s>(schema: &'s Schema<'_>) -> &'s Declaration<'s> {
    let mut declarations = schema.declarations();
    let (_, declaration) = declarations.next().unwrap();
    assert!(declarations.next().is_none());
    declaration
}

/// The text with something inserted wherever a blank is allowed.
fn spread(text: &str, fillers: &[&str]) -> String {
    let mut out = String::new();
    let mut fillers = fillers.iter().cycle();
    for character in text.chars() {
        match character {
            ' ' => out.push_str(fillers.next().unwrap()),
            ':' | '{' | '}' | '(' | ')' | '[' | ']' | '<' | ',' | '?' | '*' | '%' | '!' | '+' => {
                out.push(character);
                out.push_str(fillers.next().unwrap());
            }
            _ => out.push(character),
        }
    }
    out
}

/// The other way to write every application of a name.
fn other_brackets(term: &mut Term<'_>) {
    match &mut term.kind {
        TermKind::Apply(application) => {
            let is_name = matches!(application.head.kind, TermKind::Name(_));
            application.style = match application.style {
                ApplyStyle::Juxtaposition if is_name => ApplyStyle::Angle,
                _ => ApplyStyle::Juxtaposition,
            };
            other_brackets(&mut application.head);
            application.args.iter_mut().for_each(other_brackets);
        }
        TermKind::Bare(inner) | TermKind::Bang(inner) => other_brackets(inner),
        TermKind::Sum(terms) => terms.iter_mut().for_each(other_brackets),
        TermKind::Repeat(repeat) => {
            repeat.count.iter_mut().for_each(|count| other_brackets(count));
            repeat.args.iter_mut().for_each(|arg| other_brackets(&mut arg.ty));
        }
        _ => {}
    }
}

fn ids(declaration: &Declaration<'_>) -> [Option<u32>; 2] {
    [compute(declaration, IdRule::Plain), compute(declaration, IdRule::Telegram)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_what_is_printed_gives_the_same_tree(declaration in declaration()) {
        let text = format!("{};", print::declaration(&declaration));
        let parsed = tlgen_parser::parse(&text);
        prop_assert_eq!(&parsed.errors, &[], "{}", text);
        prop_assert_eq!(without_spans(only(&parsed.schema)), without_spans(&declaration), "{}", text);
    }

    #[test]
    fn layout_changes_no_id(
        declaration in declaration(),
        fillers in vec(select(vec![" ", "\n", "\t", "\r\n", "  \n ", " // a = A;\n", "\n// b:int\n\n", " //\r\n"]), 1..9),
    ) {
        let line = print::declaration(&declaration);
        let text = format!("{};", spread(&line, &fillers));
        let parsed = tlgen_parser::parse(&text);
        prop_assert_eq!(&parsed.errors, &[], "{}", text);
        prop_assert_eq!(ids(only(&parsed.schema)), ids(&declaration), "{}", text);

        let formatted = format::source(&text).unwrap();
        let again = format::source(&formatted).unwrap();
        prop_assert_eq!(&again, &formatted, "{}", text);
        let reparsed = tlgen_parser::parse(&formatted);
        prop_assert_eq!(print::declaration(only(&reparsed.schema)), line);
        prop_assert_eq!(reparsed.schema.comments.len(), parsed.schema.comments.len());
    }

    #[test]
    fn brackets_change_no_id(declaration in declaration()) {
        let mut other = declaration.clone();
        if let DeclarationKind::Combinator(combinator) = &mut other.kind {
            combinator.args.iter_mut().for_each(|arg| other_brackets(&mut arg.ty));
            other_brackets(&mut combinator.result);
        }
        prop_assert_eq!(ids(&other), ids(&declaration));
    }

    #[test]
    fn nothing_panics(text in "[a-cX#:;={}()\\[\\]<>,?.%*+! /@_0-9\r\n\t\u{e9}-]{0,200}") {
        let parsed = tlgen_parser::parse(&text);
        let _ = tlgen_parser::docs::collect(&parsed.schema, &text);
        let formatted = format::schema(&parsed.schema, &text);
        if parsed.errors.is_empty() {
            prop_assert_eq!(format::source(&formatted).unwrap(), formatted);
        }
        for error in parsed.errors.iter().chain(&parsed.warnings) {
            prop_assert!(text.get(error.span.range()).is_some());
        }
        for item in &parsed.schema.items {
            prop_assert!(text.get(item.span().range()).is_some());
            if let Item::Declaration(declaration) = item {
                let _ = print::declaration(declaration);
            }
        }
    }
}
