//! Where else the bits of a word are looked at.
//!
//! A word that is an argument of a type, as `flags` in `photo:(Photo flags)`, has its bits shared between the declaration that passes it
//! and the constructors of that type.

use std::collections::{BTreeMap, BTreeSet};

use tlgen_model::schema::{Combinator, CombinatorIdx, NatExpr, NatRef, Schema, SectionKind, TypeArg, TypeExpr};

/// A word of a combinator: an argument or a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word {
    pub(super) combinator: CombinatorIdx,
    /// Whether it is a variable, and its index.
    pub(super) at: (bool, u32),
}

impl Word {
    pub(super) fn new(combinator: CombinatorIdx, nat: NatRef) -> Option<Self> {
        let at = match nat {
            NatRef::Param(index) => (false, index),
            NatRef::Generic(index) => (true, index),
            NatRef::Field(_) | NatRef::Outer { .. } => return None,
        };
        Some(Self { combinator, at })
    }

    pub(super) fn nat(self) -> NatRef {
        let (is_generic, index) = self.at;
        if is_generic { NatRef::Generic(index) } else { NatRef::Param(index) }
    }
}

/// Which words are passed on as which.
pub(super) struct Scopes {
    down: BTreeMap<Word, BTreeSet<Word>>,
    up: BTreeMap<Word, BTreeSet<Word>>,
}

impl Scopes {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut scopes = Self { down: BTreeMap::new(), up: BTreeMap::new() };
        for (idx, combinator) in (0..).map(CombinatorIdx).zip(&schema.combinators) {
            combinator.params.iter().for_each(|param| scopes.passed(schema, idx, &param.ty));
            if combinator.kind == SectionKind::Functions {
                scopes.passed(schema, idx, &combinator.result);
            }
        }
        scopes
    }

    fn passed(&mut self, schema: &Schema, from: CombinatorIdx, expr: &TypeExpr) {
        expr.visit(&mut |part| {
            let Some(ty) = part.ty(schema) else { return };
            for (index, arg) in part.args().iter().enumerate() {
                let TypeArg::Nat(NatExpr::Ref { nat, plus: 0 }) = arg else { continue };
                let Some(word) = Word::new(from, *nat) else { continue };
                for &constructor in &schema.ty(ty).constructors {
                    if let Some(inner) = parameter(schema.combinator(constructor), index) {
                        let inner = Word { combinator: constructor, at: (true, inner) };
                        self.down.entry(word).or_default().insert(inner);
                        self.up.entry(inner).or_default().insert(word);
                    }
                }
            }
        });
    }

    /// All other words that have the value of this one: those that it comes from, and what those are passed on as.
    pub(super) fn shared_with(&self, word: Word) -> BTreeSet<Word> {
        let mut found = reach(&self.up, [word]);
        found.insert(word);
        found.extend(reach(&self.down, found.clone()));
        found.remove(&word);
        found
    }
}

fn reach(edges: &BTreeMap<Word, BTreeSet<Word>>, from: impl IntoIterator<Item = Word>) -> BTreeSet<Word> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Word> = from.into_iter().collect();
    while let Some(word) = open.pop() {
        for next in edges.get(&word).into_iter().flatten() {
            if found.insert(*next) {
                open.push(*next);
            }
        }
    }
    found
}

/// The variable that the result of a constructor has at an index.
fn parameter(constructor: &Combinator, index: usize) -> Option<u32> {
    match constructor.result.args().get(index)? {
        TypeArg::Nat(NatExpr::Ref { nat: NatRef::Generic(generic), plus: 0 }) => Some(*generic),
        _ => None,
    }
}
