//! The canonical line of a declaration, whose CRC-32 is its id.
//!
//! What goes out is ASCII on one line, without the id, brackets and `;`:
//! `vector t:Type # [ t ] = Vector t`.

use crate::ast::{Arg, Combinator, Declaration, DeclarationKind, Term, TermKind, ident};
use crate::id::IdRule;

/// The canonical line; `None` for what has none: a partial application and `New`, `Final`, `Empty`.
#[must_use]
pub fn line(declaration: &Declaration<'_>, rule: IdRule) -> Option<String> {
    let mut line = String::with_capacity(128);
    match &declaration.kind {
        DeclarationKind::Combinator(combinator) => {
            Writer { line: &mut line, rule, combinator: Some(combinator) }.combinator(combinator);
        }
        DeclarationKind::Builtin(builtin) => {
            line.push_str(builtin.name.text);
            line.push_str(" ? =");
            Writer { line: &mut line, rule, combinator: None }.word(&builtin.result);
        }
        DeclarationKind::Partial(_) | DeclarationKind::Finality(_) => return None,
    }
    Some(line)
}

struct Writer<'a, 's> {
    line: &'a mut String,
    rule: IdRule,
    /// Its variables keep their `%`.
    combinator: Option<&'a Combinator<'s>>,
}

impl<'s> Writer<'_, 's> {
    fn combinator(&mut self, combinator: &Combinator<'s>) {
        self.line.push_str(combinator.name.as_ref().map_or("_", |name| name.text));
        for opt_arg in &combinator.opt_args {
            for name in &opt_arg.names {
                self.line.push(' ');
                self.line.push_str(name.text);
                self.line.push(':');
                self.term(&opt_arg.ty);
            }
        }
        for arg in &combinator.args {
            self.arg(arg);
        }
        self.line.push_str(" =");
        self.word(&combinator.result);
    }

    /// A blank and the argument.
    fn arg(&mut self, arg: &Arg<'s>) {
        let telegram = self.rule == IdRule::Telegram;
        let name = match &arg.ty.kind {
            TermKind::Name(name) => name,
            _ => "",
        };
        if telegram && arg.name.is_some() && arg.condition.is_some() && name == "true" {
            return;
        }
        self.line.push(' ');
        if let Some(name) = &arg.name {
            self.line.push_str(name.text);
            self.line.push(':');
        }
        if let Some(condition) = &arg.condition {
            self.line.push_str(condition.word.text);
            self.line.push('.');
            self.number(u64::from(condition.bit));
            self.line.push('?');
        }
        if telegram && name == "bytes" && (arg.name.is_some() || arg.condition.is_some()) {
            self.line.push_str("string");
        } else {
            self.term(&arg.ty);
        }
    }

    /// A blank and the term.
    fn word(&mut self, term: &Term<'s>) {
        self.line.push(' ');
        self.term(term);
    }

    fn term(&mut self, term: &Term<'s>) {
        match &term.kind {
            TermKind::Nat => self.line.push('#'),
            TermKind::Type => self.line.push_str("Type"),
            TermKind::Number(number) => self.number(u64::from(*number)),
            TermKind::Name(name) => self.line.push_str(name),
            TermKind::Bare(inner) => {
                if !self.is_constructor(inner) {
                    self.line.push('%');
                }
                self.term(inner);
            }
            TermKind::Bang(inner) => {
                if self.rule == IdRule::Telegram {
                    self.line.push('!');
                }
                self.term(inner);
            }
            TermKind::Apply(application) => {
                self.term(&application.head);
                for arg in &application.args {
                    self.word(arg);
                }
            }
            TermKind::Sum(terms) => self.sum(terms),
            TermKind::Repeat(repeat) => {
                if let Some(count) = &repeat.count {
                    self.term(count);
                    self.line.push('*');
                }
                self.line.push('[');
                for arg in &repeat.args {
                    self.arg(arg);
                }
                self.line.push_str(" ]");
            }
        }
    }

    /// Constants are added up and come last.
    fn sum(&mut self, terms: &[Term<'s>]) {
        let mut constant = 0;
        let mut first = true;
        self.addends(terms, &mut constant, &mut first);
        if constant > 0 || first {
            if !first {
                self.line.push('+');
            }
            self.number(constant);
        }
    }

    fn addends(&mut self, terms: &[Term<'s>], constant: &mut u64, first: &mut bool) {
        for term in terms {
            match &term.kind {
                TermKind::Number(number) => *constant = constant.saturating_add(u64::from(*number)),
                TermKind::Sum(terms) => self.addends(terms, constant, first),
                _ => {
                    if !*first {
                        self.line.push('+');
                    }
                    *first = false;
                    self.term(term);
                }
            }
        }
    }

    /// Whether the term is a constructor, which is bare with or without `%`.
    fn is_constructor(&self, term: &Term<'s>) -> bool {
        match &term.kind {
            TermKind::Name(name) => {
                ident(name).starts_with(|first: char| first.is_ascii_lowercase())
                    && !self.combinator.is_some_and(|combinator| {
                        combinator.opt_args.iter().flat_map(|opt_arg| &opt_arg.names).any(|var| var.text == *name)
                    })
            }
            TermKind::Apply(application) => self.is_constructor(&application.head),
            _ => false,
        }
    }

    fn number(&mut self, number: u64) {
        use core::fmt::Write;
        let _ = write!(self.line, "{number}");
    }
}
