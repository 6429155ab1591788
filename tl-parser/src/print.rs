//! Syntax trees to text on one line.
//!
//! What goes out parses to the same tree, up to spans.

pub mod tree;

use core::fmt::Write;

use crate::ast::{
    ApplyStyle, Arg, Combinator, Declaration, DeclarationKind, ExplicitId, FinalityKind, Item, Name, OptArg, Schema,
    SectionKind, Term, TermKind,
};

/// A declaration without its `;`: `contacts.getContacts#c023849f hash:int = contacts.Contacts`.
#[must_use]
pub fn declaration(declaration: &Declaration<'_>) -> String {
    let mut out = String::with_capacity(declaration.span.range().len() + 8);
    match &declaration.kind {
        DeclarationKind::Combinator(combinator) => write_combinator(&mut out, combinator),
        DeclarationKind::Builtin(builtin) => {
            out.push_str(builtin.name.text);
            write_id(&mut out, builtin.id);
            out.push_str(" ? = ");
            write_top(&mut out, &builtin.result);
        }
        // `New T` without brackets says something else.
        DeclarationKind::Partial(term) if applies_keyword(term) => write_term(&mut out, term),
        DeclarationKind::Partial(term) => write_top(&mut out, term),
        DeclarationKind::Finality(finality) => {
            out.push_str(match finality.kind {
                FinalityKind::New => "New ",
                FinalityKind::Final => "Final ",
                FinalityKind::Empty => "Empty ",
            });
            out.push_str(finality.ty.text);
        }
    }
    out
}

fn applies_keyword(term: &Term<'_>) -> bool {
    let TermKind::Apply(application) = &term.kind else { return false };
    matches!(&application.head.kind, TermKind::Name("New" | "Final" | "Empty"))
        && application.style == ApplyStyle::Juxtaposition
}

/// The type of an argument with its condition: `flags.3?Vector<long>`.
#[must_use]
pub fn arg_type(arg: &Arg<'_>) -> String {
    let mut out = String::new();
    write_arg_type(&mut out, arg);
    out
}

/// An argument: `id:flags.3?Vector<long>`.
#[must_use]
pub fn arg(arg: &Arg<'_>) -> String {
    let mut out = String::new();
    write_arg(&mut out, arg);
    out
}

/// Variables with their braces: `{X Y:Type}`.
#[must_use]
pub fn opt_arg(opt_arg: &OptArg<'_>) -> String {
    let mut out = String::new();
    write_opt_arg(&mut out, opt_arg);
    out
}

/// A term as it is written for an argument: `Vector<t>`, `(vector t)`.
#[must_use]
pub fn term(term: &Term<'_>) -> String {
    let mut out = String::new();
    write_term(&mut out, term);
    out
}

/// A result type: as [`term`], but `Vector t` without brackets.
#[must_use]
pub fn result(term: &Term<'_>) -> String {
    let mut out = String::new();
    write_top(&mut out, term);
    out
}

/// A schema with one line for each item, without its comments.
#[must_use]
pub fn schema(schema: &Schema<'_>) -> String {
    let mut out = String::new();
    for item in &schema.items {
        match item {
            Item::Section(section) => out.push_str(heading(section.kind)),
            Item::Layer(layer) => {
                let _ = write!(out, "==={}===", layer.layer);
            }
            Item::Declaration(item) => {
                out.push_str(&declaration(item));
                out.push(';');
            }
        }
        out.push('\n');
    }
    out
}

/// The heading of a section: `---types---`.
#[must_use]
pub const fn heading(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Types => "---types---",
        SectionKind::Functions => "---functions---",
    }
}

/// Annotations, name and id: `@read contacts.getContacts#c023849f`.
#[must_use]
pub fn head(combinator: &Combinator<'_>) -> String {
    let mut out = String::new();
    write_head(&mut out, combinator);
    out
}

fn write_head(out: &mut String, combinator: &Combinator<'_>) {
    for annotation in &combinator.annotations {
        out.push('@');
        out.push_str(annotation.text);
        out.push(' ');
    }
    out.push_str(combinator.name.as_ref().map_or("_", |name: &Name<'_>| name.text));
    write_id(out, combinator.id);
}

fn write_combinator(out: &mut String, combinator: &Combinator<'_>) {
    write_head(out, combinator);
    for opt_arg in &combinator.opt_args {
        out.push(' ');
        write_opt_arg(out, opt_arg);
    }
    for arg in &combinator.args {
        out.push(' ');
        write_arg(out, arg);
    }
    out.push_str(if combinator.double_arrow { " => " } else { " = " });
    write_top(out, &combinator.result);
}

fn write_id(out: &mut String, id: Option<ExplicitId>) {
    if let Some(id) = id {
        let _ = write!(out, "#{:08x}", id.value);
    }
}

fn write_opt_arg(out: &mut String, opt_arg: &OptArg<'_>) {
    out.push('{');
    for (i, name) in opt_arg.names.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(name.text);
    }
    out.push(':');
    write_term(out, &opt_arg.ty);
    out.push('}');
}

fn write_arg(out: &mut String, arg: &Arg<'_>) {
    if let Some(name) = &arg.name {
        out.push_str(name.text);
        out.push(':');
    }
    write_arg_type(out, arg);
}

fn write_arg_type(out: &mut String, arg: &Arg<'_>) {
    if let Some(condition) = &arg.condition {
        let _ = write!(out, "{}.{}?", condition.word.text, condition.bit);
    }
    write_term(out, &arg.ty);
}

/// Where nothing follows it, an application needs no brackets.
fn write_top(out: &mut String, term: &Term<'_>) {
    match &term.kind {
        TermKind::Apply(application) if application.style == ApplyStyle::Juxtaposition => {
            write_terms(out, &application.head, &application.args, " ");
        }
        _ => write_term(out, term),
    }
}

fn write_terms(out: &mut String, first: &Term<'_>, rest: &[Term<'_>], separator: &str) {
    write_term(out, first);
    for term in rest {
        out.push_str(separator);
        write_term(out, term);
    }
}

/// After a prefix a repetition with a count needs brackets.
fn write_prefixed(out: &mut String, inner: &Term<'_>) {
    let counted = matches!(&inner.kind, TermKind::Repeat(repeat) if repeat.count.is_some());
    if counted {
        out.push('(');
    }
    write_term(out, inner);
    if counted {
        out.push(')');
    }
}

fn write_term(out: &mut String, term: &Term<'_>) {
    match &term.kind {
        TermKind::Nat => out.push('#'),
        TermKind::Type => out.push_str("Type"),
        TermKind::Number(number) => {
            let _ = write!(out, "{number}");
        }
        TermKind::Name(name) => out.push_str(name),
        TermKind::Bare(inner) => {
            out.push('%');
            write_prefixed(out, inner);
        }
        TermKind::Bang(inner) => {
            out.push('!');
            write_prefixed(out, inner);
        }
        TermKind::Apply(application) => {
            let application = &**application;
            match (application.style, application.args.split_first()) {
                (ApplyStyle::Angle, Some((first, rest))) => {
                    write_term(out, &application.head);
                    out.push('<');
                    write_terms(out, first, rest, ",");
                    out.push('>');
                }
                _ => {
                    out.push('(');
                    write_terms(out, &application.head, &application.args, " ");
                    out.push(')');
                }
            }
        }
        TermKind::Sum(terms) => {
            out.push('(');
            if let Some((first, rest)) = terms.split_first() {
                write_terms(out, first, rest, " + ");
            }
            out.push(')');
        }
        TermKind::Repeat(repeat) => {
            if let Some(count) = &repeat.count {
                write_term(out, count);
                out.push('*');
            }
            out.push('[');
            for arg in &repeat.args {
                out.push(' ');
                write_arg(out, arg);
            }
            out.push_str(" ]");
        }
    }
}
