//! A syntax tree as text: one node a line with its bytes, children indented.
//!
//! What comes in is a syntax tree; what goes out is what `tlgen dump --stage ast` shows.

use core::fmt::Write;

use crate::ast::{
    ApplyStyle, Arg, Builtin, Combinator, Comment, Declaration, DeclarationKind, ExplicitId, FinalityKind, Item,
    OptArg, Schema, SectionKind, Term, TermKind,
};
use crate::source::Span;

/// The whole tree, with headings and comments.
#[must_use]
pub fn schema(schema: &Schema<'_>) -> String {
    let mut tree = Tree::default();
    let mut comments = schema.comments.iter().peekable();
    for item in &schema.items {
        let span = item.span();
        while let Some(comment) = comments.next_if(|comment| comment.span.start < span.start) {
            tree.comment(comment);
        }
        match item {
            Item::Declaration(declaration) => tree.declaration(declaration),
            Item::Section(section) => {
                let kind = if section.kind == SectionKind::Types { "types" } else { "functions" };
                tree.line(format_args!("section {kind}"), section.span);
            }
            Item::Layer(layer) => tree.line(format_args!("layer {}", layer.layer), layer.span),
        }
    }
    for comment in comments {
        tree.comment(comment);
    }
    tree.text
}

/// The declarations whose names `accepts` lets through, without headings and comments; empty if it lets none through.
#[must_use]
pub fn declarations(schema: &Schema<'_>, accepts: impl Fn(&str) -> bool) -> String {
    let mut tree = Tree::default();
    schema
        .declarations()
        .filter(|(_, declaration)| accepts(name(declaration)))
        .for_each(|(_, declaration)| tree.declaration(declaration));
    tree.text
}

/// What is declared, or applied.
fn name<'s>(declaration: &Declaration<'s>) -> &'s str {
    match &declaration.kind {
        DeclarationKind::Combinator(combinator) => combinator.name.map_or("_", |name| name.text),
        DeclarationKind::Builtin(builtin) => builtin.name.text,
        DeclarationKind::Finality(finality) => finality.ty.text,
        DeclarationKind::Partial(term) => head(term),
    }
}

fn head<'s>(term: &Term<'s>) -> &'s str {
    match &term.kind {
        TermKind::Name(name) => name,
        TermKind::Apply(application) => head(&application.head),
        _ => "",
    }
}

#[derive(Default)]
struct Tree {
    text: String,
    depth: usize,
}

impl Tree {
    fn line(&mut self, what: core::fmt::Arguments<'_>, span: Span) {
        let indent = 2 * self.depth;
        // A String takes everything.
        let _ = writeln!(self.text, "{:indent$}{what} @{}..{}", "", span.start, span.end);
    }

    fn inside(&mut self, children: impl FnOnce(&mut Self)) {
        self.depth += 1;
        children(self);
        self.depth -= 1;
    }

    fn comment(&mut self, comment: &Comment<'_>) {
        let kind = if comment.trailing { "trailing comment" } else { "comment" };
        self.line(format_args!("{kind} {:?}", comment.text), comment.span);
    }

    fn declaration(&mut self, declaration: &Declaration<'_>) {
        match &declaration.kind {
            DeclarationKind::Combinator(combinator) => self.combinator(combinator, declaration.span),
            DeclarationKind::Builtin(builtin) => self.builtin(builtin, declaration.span),
            DeclarationKind::Partial(term) => {
                self.line(format_args!("partial"), declaration.span);
                self.inside(|tree| tree.term(term));
            }
            DeclarationKind::Finality(finality) => {
                let kind = match finality.kind {
                    FinalityKind::New => "New",
                    FinalityKind::Final => "Final",
                    FinalityKind::Empty => "Empty",
                };
                self.line(format_args!("{kind} {}", finality.ty.text), declaration.span);
            }
        }
    }

    fn combinator(&mut self, combinator: &Combinator<'_>, span: Span) {
        let name = combinator.name.map_or("_", |name| name.text);
        self.line(format_args!("combinator"), span);
        self.inside(|tree| {
            for annotation in &combinator.annotations {
                tree.line(format_args!("annotation {}", annotation.text), annotation.span);
            }
            tree.line(format_args!("name {name}"), combinator.name_span);
            tree.id(combinator.id);
            for opt_arg in &combinator.opt_args {
                tree.opt_arg(opt_arg);
            }
            for arg in &combinator.args {
                tree.arg(arg);
            }
            let arrow = if combinator.double_arrow { "result =>" } else { "result" };
            tree.line(format_args!("{arrow}"), combinator.result.span);
            tree.inside(|tree| tree.term(&combinator.result));
        });
    }

    fn builtin(&mut self, builtin: &Builtin<'_>, span: Span) {
        self.line(format_args!("builtin"), span);
        self.inside(|tree| {
            tree.line(format_args!("name {}", builtin.name.text), builtin.name.span);
            tree.id(builtin.id);
            tree.line(format_args!("result"), builtin.result.span);
            tree.inside(|tree| tree.term(&builtin.result));
        });
    }

    fn id(&mut self, id: Option<ExplicitId>) {
        if let Some(id) = id {
            self.line(format_args!("id {:08x}", id.value), id.span);
        }
    }

    fn opt_arg(&mut self, opt_arg: &OptArg<'_>) {
        let names: Vec<&str> = opt_arg.names.iter().map(|name| name.text).collect();
        self.line(format_args!("optional {}", names.join(" ")), opt_arg.span);
        self.inside(|tree| tree.term(&opt_arg.ty));
    }

    fn arg(&mut self, arg: &Arg<'_>) {
        self.line(format_args!("arg {}", arg.name.map_or("_", |name| name.text)), arg.span);
        self.inside(|tree| {
            if let Some(condition) = &arg.condition {
                tree.line(format_args!("if {}.{}", condition.word.text, condition.bit), condition.span);
            }
            tree.term(&arg.ty);
        });
    }

    /// The parser limits how deep terms nest.
    fn term(&mut self, term: &Term<'_>) {
        match &term.kind {
            TermKind::Nat => self.line(format_args!("#"), term.span),
            TermKind::Type => self.line(format_args!("Type"), term.span),
            TermKind::Number(number) => self.line(format_args!("number {number}"), term.span),
            TermKind::Name(name) => self.line(format_args!("name {name}"), term.span),
            TermKind::Bare(inner) => {
                self.line(format_args!("bare %"), term.span);
                self.inside(|tree| tree.term(inner));
            }
            TermKind::Bang(inner) => {
                self.line(format_args!("function !"), term.span);
                self.inside(|tree| tree.term(inner));
            }
            TermKind::Apply(application) => {
                let style = match application.style {
                    ApplyStyle::Angle => "apply <>",
                    ApplyStyle::Juxtaposition => "apply",
                };
                self.line(format_args!("{style}"), term.span);
                self.inside(|tree| {
                    tree.term(&application.head);
                    for arg in &application.args {
                        tree.term(arg);
                    }
                });
            }
            TermKind::Sum(terms) => {
                self.line(format_args!("sum"), term.span);
                self.inside(|tree| {
                    for term in terms {
                        tree.term(term);
                    }
                });
            }
            TermKind::Repeat(repeat) => {
                self.line(format_args!("repeat"), term.span);
                self.inside(|tree| {
                    if let Some(count) = &repeat.count {
                        tree.line(format_args!("count"), count.span);
                        tree.inside(|tree| tree.term(count));
                    }
                    for arg in &repeat.args {
                        tree.arg(arg);
                    }
                });
            }
        }
    }
}
