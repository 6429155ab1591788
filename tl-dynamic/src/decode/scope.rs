//! What names stand for while bytes are read: words and variables of the objects around the part at hand, on two stacks.

use tlgen_model::schema::{GenericKind, Primitive};

use super::reader::Reader;
use crate::error::SchemaFault;
use crate::plan::{Arg, Condition, Entry, Node, Number, Pattern};
use crate::scope::DEFAULT_NAT;

/// Where the words and variables of one object begin.
#[derive(Clone, Copy, Default)]
pub(super) struct Env {
    words: usize,
    args: usize,
}

/// What a variable stands for.
#[derive(Clone, Copy)]
pub(super) enum Bound<'p> {
    Nat(u32),
    /// A type with the object in which its names have a meaning. Never a variable.
    Type {
        node: &'p Node,
        is_bare: bool,
        env: Env,
    },
}

/// What a type variable is when nothing says so.
static DEFAULT_TYPE: Node = Node::Primitive(Primitive::Int);

impl<'p> Reader<'p, '_> {
    /// For a type that stands for itself.
    pub(super) fn enter_type(&mut self, words: u32) -> Env {
        let env = self.top();
        self.words.resize(env.words + words as usize, 0);
        env
    }

    /// For a combinator that stands for itself: each variable has its default.
    pub(super) fn enter_root(&mut self, entry: &Entry) -> Env {
        let env = self.top();
        self.args.extend(entry.generics.iter().map(|kind| default_of(*kind)));
        self.begin(entry, env);
        env
    }

    /// For a constructor whose type is applied to `args`, as `around` knows their names.
    #[inline]
    pub(super) fn enter(&mut self, entry: &Entry, args: &'p [Arg], around: Env) -> Result<Env, SchemaFault> {
        let env = self.top();
        if !(entry.generics.is_empty() && args.is_empty()) {
            self.args.extend(entry.generics.iter().map(|kind| default_of(*kind)));
            for (pattern, arg) in entry.patterns.iter().zip(args) {
                self.bind(env, *pattern, arg, around).ok_or(SchemaFault::Arguments)?;
            }
        }
        self.begin(entry, env);
        Ok(env)
    }

    /// Makes room for the words; those of variables are the first.
    #[inline]
    fn begin(&mut self, entry: &Entry, env: Env) {
        for place in env.args..self.args.len() {
            if let Bound::Nat(value) = self.args[place] {
                self.words.push(value);
            }
        }
        self.words.resize(env.words + entry.words as usize, 0);
    }

    /// Forgets what was entered last.
    pub(super) fn leave(&mut self, env: Env) {
        self.words.truncate(env.words);
        self.args.truncate(env.args);
    }

    /// What is entered next.
    pub(super) fn top(&self) -> Env {
        Env { words: self.words.len(), args: self.args.len() }
    }

    /// `None` if the pattern does not make such a type.
    #[cold]
    fn bind(&mut self, env: Env, pattern: Pattern, arg: &'p Arg, around: Env) -> Option<()> {
        let (generic, bound) = match (pattern, arg) {
            (Pattern::Type(generic), Arg::Type(node)) => (generic, self.close(node, around)?),
            (Pattern::AnyType, Arg::Type(_)) => return Some(()),
            (Pattern::Const(constant), Arg::Nat(number)) => {
                return (self.number(*number, around)? == constant).then_some(());
            }
            (Pattern::Nat { generic, plus }, Arg::Nat(number)) => {
                (generic, Bound::Nat(self.number(*number, around)?.checked_sub(plus)?))
            }
            _ => return None,
        };
        *self.args.get_mut(env.args + generic as usize)? = bound;
        Some(())
    }

    fn close(&self, node: &'p Node, env: Env) -> Option<Bound<'p>> {
        match node {
            Node::Var { generic, bare } => match self.variable(*generic, env)? {
                Bound::Type { node, is_bare, env } => Some(Bound::Type { node, is_bare: is_bare || *bare, env }),
                Bound::Nat(_) => None,
            },
            Node::Fault(SchemaFault::Unbound) => None,
            node => Some(Bound::Type { node, is_bare: false, env }),
        }
    }

    pub(super) fn variable(&self, generic: u32, env: Env) -> Option<Bound<'p>> {
        self.args.get(env.args + generic as usize).copied()
    }

    /// The value of a number. `None` if it is above 2^32 - 1.
    pub(super) fn number(&self, number: Number, env: Env) -> Option<u32> {
        match number {
            Number::Const(value) => Some(value),
            Number::Sum { word, plus } => self.word_at(word, env).checked_add(plus),
        }
    }

    #[inline]
    pub(super) fn is_there(&self, condition: Condition, env: Env) -> bool {
        match condition {
            Condition::Always => true,
            Condition::Never => false,
            Condition::Bit { word, bit } => self.word_at(word, env) >> bit & 1 == 1,
        }
    }

    #[inline]
    fn word_at(&self, word: u32, env: Env) -> u32 {
        self.words.get(env.words + word as usize).copied().unwrap_or(0)
    }

    /// Notes a word.
    #[inline]
    pub(super) fn set_word(&mut self, word: u32, value: u32, env: Env) {
        if let Some(slot) = self.words.get_mut(env.words + word as usize) {
            *slot = value;
        }
    }

    /// Forgets the words of a record: the first one and how many.
    pub(super) fn clear_words(&mut self, (first, count): (u32, u32), env: Env) {
        let first = env.words + first as usize;
        if let Some(words) = self.words.get_mut(first..first + count as usize) {
            words.fill(0);
        }
    }
}

fn default_of<'p>(kind: GenericKind) -> Bound<'p> {
    match kind {
        GenericKind::Type => Bound::Type { node: &DEFAULT_TYPE, is_bare: false, env: Env::default() },
        GenericKind::Nat => Bound::Nat(DEFAULT_NAT),
    }
}
