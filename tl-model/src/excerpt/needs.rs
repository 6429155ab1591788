//! The names that declarations use.

use std::collections::HashSet;

use tlgen_parser::ast::{Arg, Declaration, DeclarationKind, Term, TermKind};

use crate::link::term::Flat;

/// The names that are used as types.
#[derive(Debug, Default)]
pub(super) struct Needs<'s>(HashSet<&'s str>);

impl<'s> Needs<'s> {
    /// Adds what a declaration uses: names in its arguments and in its result, variables among them.
    pub(super) fn take(&mut self, declaration: &Declaration<'s>) {
        match &declaration.kind {
            DeclarationKind::Combinator(combinator) => {
                combinator.args.iter().for_each(|arg| self.arg(arg));
                self.term(&combinator.result);
            }
            DeclarationKind::Builtin(builtin) => self.term(&builtin.result),
            DeclarationKind::Partial(_) | DeclarationKind::Finality(_) => {}
        }
    }

    /// Whether a name is used.
    pub(super) fn names(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// The name that a result begins with.
    pub(super) fn head(&self, result: &Term<'s>) -> Option<&'s str> {
        Flat::of(result).name()
    }

    fn arg(&mut self, arg: &Arg<'s>) {
        self.term(&arg.ty);
    }

    fn term(&mut self, term: &Term<'s>) {
        match &term.kind {
            TermKind::Nat | TermKind::Type | TermKind::Number(_) => {}
            TermKind::Name(name) => {
                self.0.insert(name);
            }
            TermKind::Bare(inner) | TermKind::Bang(inner) => self.term(inner),
            TermKind::Apply(application) => {
                self.term(&application.head);
                application.args.iter().for_each(|arg| self.term(arg));
            }
            TermKind::Sum(terms) => terms.iter().for_each(|term| self.term(term)),
            TermKind::Repeat(repeat) => repeat.args.iter().for_each(|arg| self.arg(arg)),
        }
    }
}
