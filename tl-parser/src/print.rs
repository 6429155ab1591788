//! Syntax trees to text on one line.
//!
//! What goes out parses to the same tree, up to spans. Whoever takes it as [`Pieces`] learns what each piece is.

mod pieces;
pub mod tree;

use core::fmt::Write;

use crate::ast::{
    ApplyStyle, Arg, Combinator, Declaration, DeclarationKind, ExplicitId, FinalityKind, Item, Name, OptArg, Schema,
    SectionKind, Term, TermKind,
};
pub use pieces::{Pieces, Role};

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

/// A constructor or function without its `;`, as pieces.
pub fn combinator(out: &mut impl Pieces, combinator: &Combinator<'_>) {
    write_combinator(out, combinator);
}

/// The type of an argument with its condition, as pieces.
pub fn arg_type_pieces(out: &mut impl Pieces, arg: &Arg<'_>) {
    write_arg_type(out, arg);
}

/// A result type, as pieces.
pub fn result_pieces(out: &mut impl Pieces, term: &Term<'_>) {
    write_top(out, term);
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

fn write_head(out: &mut impl Pieces, combinator: &Combinator<'_>) {
    for annotation in &combinator.annotations {
        out.put(Role::Annotation, &format!("@{}", annotation.text));
        out.put(Role::Sign, " ");
    }
    out.put(Role::Name, combinator.name.as_ref().map_or("_", |name: &Name<'_>| name.text));
    write_id(out, combinator.id);
}

fn write_combinator(out: &mut impl Pieces, combinator: &Combinator<'_>) {
    write_head(out, combinator);
    for opt_arg in &combinator.opt_args {
        out.put(Role::Gap, " ");
        write_opt_arg(out, opt_arg);
    }
    for arg in &combinator.args {
        out.put(Role::Gap, " ");
        write_arg(out, arg);
    }
    out.put(Role::Gap, " ");
    out.put(Role::Equals, if combinator.double_arrow { "=>" } else { "=" });
    out.put(Role::Sign, " ");
    write_top(out, &combinator.result);
}

fn write_id(out: &mut impl Pieces, id: Option<ExplicitId>) {
    if let Some(id) = id {
        out.put(Role::Id, &format!("#{:08x}", id.value));
    }
}

fn write_opt_arg(out: &mut impl Pieces, opt_arg: &OptArg<'_>) {
    out.put(Role::Sign, "{");
    for (i, name) in opt_arg.names.iter().enumerate() {
        if i > 0 {
            out.put(Role::Sign, " ");
        }
        out.put(Role::Variable, name.text);
    }
    out.put(Role::Sign, ":");
    match &opt_arg.ty.kind {
        TermKind::Nat => out.put(Role::Kind, "#"),
        _ => write_term(out, &opt_arg.ty),
    }
    out.put(Role::Sign, "}");
}

fn write_arg(out: &mut impl Pieces, arg: &Arg<'_>) {
    if let Some(name) = &arg.name {
        out.put(Role::Field, name.text);
        out.put(Role::Sign, ":");
    }
    write_arg_type(out, arg);
}

fn write_arg_type(out: &mut impl Pieces, arg: &Arg<'_>) {
    if let Some(condition) = &arg.condition {
        out.put(Role::Word, condition.word.text);
        out.put(Role::Sign, ".");
        out.put(Role::Number, &condition.bit.to_string());
        out.put(Role::Sign, "?");
    }
    write_term(out, &arg.ty);
}

/// Where nothing follows it, an application needs no brackets.
fn write_top(out: &mut impl Pieces, term: &Term<'_>) {
    match &term.kind {
        TermKind::Apply(application) if application.style == ApplyStyle::Juxtaposition => {
            write_terms(out, &application.head, &application.args, " ");
        }
        _ => write_term(out, term),
    }
}

fn write_terms(out: &mut impl Pieces, first: &Term<'_>, rest: &[Term<'_>], separator: &str) {
    write_term(out, first);
    for term in rest {
        out.put(Role::Sign, separator);
        write_term(out, term);
    }
}

/// After a prefix a repetition with a count needs brackets.
fn write_prefixed(out: &mut impl Pieces, inner: &Term<'_>) {
    let counted = matches!(&inner.kind, TermKind::Repeat(repeat) if repeat.count.is_some());
    if counted {
        out.put(Role::Sign, "(");
    }
    write_term(out, inner);
    if counted {
        out.put(Role::Sign, ")");
    }
}

fn write_term(out: &mut impl Pieces, term: &Term<'_>) {
    match &term.kind {
        TermKind::Nat => out.put(Role::Type, "#"),
        TermKind::Type => out.put(Role::Kind, "Type"),
        TermKind::Number(number) => out.put(Role::Number, &number.to_string()),
        TermKind::Name(name) => out.put(Role::Type, name),
        TermKind::Bare(inner) => {
            out.put(Role::Sign, "%");
            write_prefixed(out, inner);
        }
        TermKind::Bang(inner) => {
            out.put(Role::Sign, "!");
            write_prefixed(out, inner);
        }
        TermKind::Apply(application) => {
            let application = &**application;
            match (application.style, application.args.split_first()) {
                (ApplyStyle::Angle, Some((first, rest))) => {
                    write_term(out, &application.head);
                    out.put(Role::Sign, "<");
                    write_terms(out, first, rest, ",");
                    out.put(Role::Sign, ">");
                }
                _ => {
                    out.put(Role::Sign, "(");
                    write_terms(out, &application.head, &application.args, " ");
                    out.put(Role::Sign, ")");
                }
            }
        }
        TermKind::Sum(terms) => {
            out.put(Role::Sign, "(");
            if let Some((first, rest)) = terms.split_first() {
                write_terms(out, first, rest, " + ");
            }
            out.put(Role::Sign, ")");
        }
        TermKind::Repeat(repeat) => {
            if let Some(count) = &repeat.count {
                write_term(out, count);
                out.put(Role::Sign, "*");
            }
            out.put(Role::Sign, "[");
            for arg in &repeat.args {
                out.put(Role::Sign, " ");
                write_arg(out, arg);
            }
            out.put(Role::Sign, " ]");
        }
    }
}
