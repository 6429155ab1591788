//! A syntax tree: one node a line, with the bytes of the source that it stands for.

use std::fmt::Write as _;

use tlgen_parser::ast::{Builtin, Combinator, DeclarationKind, Item, Schema, SectionKind, Term};
use tlgen_parser::print;
use tlgen_parser::source::Span;

/// Items and comments in the order of the file.
#[must_use]
pub fn ast(schema: &Schema<'_>) -> String {
    let mut lines: Vec<(Span, String)> = Vec::new();
    for comment in &schema.comments {
        let kind = if comment.trailing { "trailing comment" } else { "comment" };
        lines.push((comment.span, line(0, comment.span, &format!("{kind} {:?}", comment.text))));
    }
    for item in &schema.items {
        let text = match item {
            Item::Section(section) => {
                let kind = if section.kind == SectionKind::Types { "types" } else { "functions" };
                line(0, section.span, &format!("section {kind}"))
            }
            Item::Layer(layer) => line(0, layer.span, &format!("layer {}", layer.layer)),
            Item::Declaration(declaration) => {
                let mut out = line(0, declaration.span, &print::declaration(declaration));
                match &declaration.kind {
                    DeclarationKind::Combinator(combinator) => combinator_parts(combinator, &mut out),
                    DeclarationKind::Builtin(builtin) => builtin_parts(builtin, &mut out),
                    DeclarationKind::Partial(_) | DeclarationKind::Finality(_) => {}
                }
                out
            }
        };
        lines.push((item.span(), text));
    }
    lines.sort_by_key(|(span, _)| *span);
    lines.into_iter().map(|(_, text)| text).collect()
}

fn line(depth: usize, span: Span, text: &str) -> String {
    let place = format!("{}..{}", span.start, span.end);
    format!("{place:<10} {:indent$}{text}\n", "", indent = 4 * depth)
}

fn combinator_parts(combinator: &Combinator<'_>, out: &mut String) {
    for annotation in &combinator.annotations {
        out.push_str(&line(1, annotation.span, &format!("annotation {}", annotation.text)));
    }
    let name = combinator.name.map_or("_", |name| name.text);
    out.push_str(&line(1, combinator.name_span, &format!("name {name}")));
    if let Some(id) = combinator.id {
        out.push_str(&line(1, id.span, &format!("id {:08x}", id.value)));
    }
    for opt_arg in &combinator.opt_args {
        out.push_str(&line(1, opt_arg.span, &format!("variables {}", print::opt_arg(opt_arg))));
    }
    for arg in &combinator.args {
        let mut text = "arg".to_owned();
        match arg.name {
            Some(name) => {
                let _ = write!(text, " {}", name.text);
            }
            None => text.push_str(" without a name"),
        }
        if let Some(condition) = &arg.condition {
            let _ = write!(text, ", if bit {} of {}", condition.bit, condition.word.text);
        }
        let _ = write!(text, ": {}", term(&arg.ty));
        out.push_str(&line(1, arg.span, &text));
    }
    let arrow = if combinator.double_arrow { " =>" } else { "" };
    out.push_str(&line(1, combinator.result.span, &format!("result{arrow} {}", term(&combinator.result))));
}

fn builtin_parts(builtin: &Builtin<'_>, out: &mut String) {
    out.push_str(&line(1, builtin.name.span, &format!("builtin {}", builtin.name.text)));
    if let Some(id) = builtin.id {
        out.push_str(&line(1, id.span, &format!("id {:08x}", id.value)));
    }
    out.push_str(&line(1, builtin.result.span, &format!("result {}", term(&builtin.result))));
}

fn term(term: &Term<'_>) -> String {
    print::term(term)
}
