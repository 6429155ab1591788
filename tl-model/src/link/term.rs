//! A term as a head with its arguments.

use tlgen_parser::ast::{Term, TermKind};
use tlgen_parser::source::Span;

/// `%(Vector t)`, `%Vector<t>` and `(Vector) t` all are a head, its arguments and perhaps a `%`.
#[derive(Debug)]
pub(crate) struct Flat<'t, 's> {
    /// The head, without `%`.
    pub(crate) head: &'t Term<'s>,
    /// The arguments in order.
    pub(crate) args: Vec<&'t Term<'s>>,
    /// Whether a `%` comes before the head or the whole.
    pub(crate) bare: bool,
    /// The whole.
    pub(crate) span: Span,
}

impl<'t, 's> Flat<'t, 's> {
    pub(crate) fn of(term: &'t Term<'s>) -> Self {
        let mut flat = Self { head: term, args: Vec::new(), bare: false, span: term.span };
        // Inner arguments come first: `(Pair a) b` is `Pair a b`.
        let mut outer: Vec<&'t [Term<'s>]> = Vec::new();
        loop {
            match &flat.head.kind {
                TermKind::Bare(inner) => {
                    flat.bare = true;
                    flat.head = inner;
                }
                TermKind::Apply(application) => {
                    outer.push(&application.args);
                    flat.head = &application.head;
                }
                _ => break,
            }
        }
        flat.args = outer.into_iter().rev().flatten().collect();
        flat
    }

    /// The name of the head, if it is one.
    pub(crate) fn name(&self) -> Option<&'s str> {
        match &self.head.kind {
            TermKind::Name(name) => Some(name),
            _ => None,
        }
    }
}
