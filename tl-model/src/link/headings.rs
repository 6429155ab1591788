//! Which layer a declaration belongs to, and which one the file as a whole.
//!
//! `===N===` is a heading: what follows it belongs to layer N. What a comment `// LAYER N` on a line of its own means depends on
//! where it is:
//!
//! 1. After the last declaration, where Telegram writes it, it names the layer of the file.
//! 2. Above the first declaration or between two it is a heading, as `===N===` is.
//! 3. If one is after the last declaration, others are between declarations, and there is no heading above the first
//!    declaration and no `===N===`, then files with a last line by rule 1 were joined. Each comment ends the part above it:
//!    `a = A; // LAYER 5` and then `b = B; // LAYER 9` are an `a` of layer 5 and a `b` of layer 9.
//!
//! A heading above the first declaration that is the only one names the layer of the file, too.

use tlgen_parser::ast::{self, Item};
use tlgen_parser::docs;
use tlgen_parser::source::Span;

#[derive(Default)]
pub(crate) struct Headings {
    /// Where the declarations of each begin, and its layer; ascending.
    pub(crate) list: Vec<(u32, u32)>,
    /// The layer of the file.
    pub(crate) file: Option<u32>,
    /// All layers that the file names, and where.
    pub(crate) named: Vec<(u32, Span)>,
}

impl Headings {
    pub(crate) fn of(schema: &ast::Schema<'_>) -> Self {
        let marks = schema.items.iter().filter_map(|item| match item {
            Item::Layer(heading) => Some(Mark { layer: heading.layer, span: heading.span, is_comment: false }),
            _ => None,
        });
        let comments = schema.comments.iter().filter(|comment| !comment.trailing);
        let comments = comments.filter_map(|comment| {
            Some(Mark { layer: docs::layer_comment(comment.text)?, span: comment.span, is_comment: true })
        });
        let mut all: Vec<Mark> = marks.chain(comments).collect();
        all.sort_unstable_by_key(|mark| mark.span.start);
        let named = all.iter().map(|mark| (mark.layer, mark.span)).collect();
        let mut declarations = schema.items.iter().filter_map(|item| match item {
            Item::Declaration(declaration) => Some(declaration.span.start),
            _ => None,
        });
        let first = declarations.next().unwrap_or(u32::MAX);
        let last = declarations.next_back().unwrap_or(first);
        let is_joined = all.len() > 1
            && all.iter().all(|mark| mark.is_comment && mark.span.start > first)
            && all.last().is_some_and(|mark| mark.span.start > last);
        if is_joined {
            let begins = std::iter::once(0).chain(all.iter().map(|mark| mark.span.start));
            let list = begins.zip(&all).map(|(begin, mark)| (begin, mark.layer)).collect();
            return Self { list, file: None, named };
        }
        let end = all.iter().rfind(|mark| mark.is_comment && mark.span.start > last).map(|mark| mark.layer);
        all.retain(|mark| !mark.is_comment || mark.span.start < last);
        match all.as_slice() {
            [mark] if mark.is_comment && mark.span.start < first => {
                let list = if end.is_some_and(|end| end != mark.layer) { vec![(0, mark.layer)] } else { Vec::new() };
                Self { list, file: end.or(Some(mark.layer)), named }
            }
            _ => Self { list: all.iter().map(|mark| (mark.span.start, mark.layer)).collect(), file: end, named },
        }
    }
}

/// A heading or a comment that names a layer.
struct Mark {
    layer: u32,
    span: Span,
    is_comment: bool,
}
