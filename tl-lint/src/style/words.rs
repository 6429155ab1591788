//! Flags words and their bits.

use std::collections::BTreeMap;

use tlgen_model::schema::{Combinator, NatRef, Param, Primitive, TypeExpr};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Location;

use crate::Linted;
use crate::directives::{self, Kind};
use crate::level::Level;
use crate::lint::Lint;

pub(super) static SHARED_BIT: Lint = Lint::style(
    "TL0704",
    "shared-bit",
    Level::Allow,
    "photo flags:# width:flags.0?int height:flags.0?int = Photo;",
    "photo flags:# width:flags.0?int height:flags.1?int = Photo;",
    "Two fields depend on one bit.

    photo flags:# width:flags.0?int height:flags.0?int = Photo;

Both are there, or neither is. This is meant in many schemas, and is also what a bit looks like that was given away twice. The rule
is off until `tlgen.toml` or the call turns it on; then a comment at the declaration says what is meant:

    // tlgen: allow(shared-bit) a size has both",
);

pub(super) static FULL_WORD: Lint = Lint::style(
    "TL0705",
    "full-word",
    Level::Warn,
    bits!("b31:flags.31?true = Bits;"),
    bits!("flags2:flags.31?# next:flags2.0?true = Bits;"),
    "All 32 bits of a word are used.

The next optional field has no place. A word that is itself optional takes the last bit, so that older programs never meet it:

    user flags:# ... flags2:flags.31?# = User;

In a word that is no field of this kind the last bit is gone.",
);

pub(super) static WORD_WITHOUT_BITS: Lint = Lint::style(
    "TL0706",
    "word-without-bits",
    Level::Allow,
    "photo flags:# id:long = Photo;",
    "photo flags:# id:long caption:flags.0?string = Photo;",
    "A word is called `flags`, and no field depends on it.

    photo flags:# id:long = Photo;

Its bits mean nothing yet, or only programs know them, or a condition was forgotten. Generated code leaves out such a word and writes 0
for it, unless the option `flags` says `kept`. The rule is off until `tlgen.toml` or the call turns it on.",
);

pub(super) static RESERVED_BIT: Lint = Lint::style(
    "TL0707",
    "reserved-bit",
    Level::Deny,
    "// tlgen: reserve(flags.1) was the width\nphoto flags:# caption:flags.1?string = Photo;",
    "// tlgen: reserve(flags.1) was the width\nphoto flags:# caption:flags.0?string = Photo;",
    "A field depends on a bit that a comment reserves.

    // tlgen: reserve(flags.1) was the width up to layer 12
    photo flags:# caption:flags.1?string = Photo;

Old programs set or read the bit in its old meaning. Take another one.",
);

pub(super) fn check(linted: &Linted<'_>, found: &mut Vec<Diagnostic>) {
    let reserved = reserved(linted);
    for combinator in &linted.schema.combinators {
        shared(combinator, found);
        for (index, word) in (0..).zip(&combinator.params).filter(|(_, param)| param.ty == TypeExpr::Nat) {
            full(combinator, index, word, found);
            without_bits(combinator, word, found);
        }
        let taken = reserved.iter().filter(|(declaration, ..)| *declaration == combinator.location);
        for (_, name, bit, location) in taken {
            for param in on_bit(combinator, name, *bit) {
                let message = format!("the bit `{name}.{bit}` of `{}` is reserved", combinator.name);
                let other = "reserved here";
                found.push(RESERVED_BIT.at(message, param.location, "used here").with_secondary(*location, other));
            }
        }
    }
}

fn shared(combinator: &Combinator, found: &mut Vec<Diagnostic>) {
    let mut firsts: BTreeMap<(String, u8), &Param> = BTreeMap::new();
    for param in &combinator.params {
        let Some(condition) = param.condition else { continue };
        let word = word_name(combinator, condition.word);
        let first = *firsts.entry((word.clone(), condition.bit)).or_insert(param);
        if !std::ptr::eq(first, param) {
            let message = format!("two fields of `{}` depend on the bit `{word}.{}`", combinator.name, condition.bit);
            let finding = SHARED_BIT.at(message, param.location, "the second");
            found.push(finding.with_secondary(first.location, "the first"));
        }
    }
}

fn full(combinator: &Combinator, index: u32, word: &Param, found: &mut Vec<Diagnostic>) {
    if word.word.bits != u32::MAX {
        return;
    }
    let has_next = combinator.params.iter().any(|param| {
        param.ty == TypeExpr::Nat && param.condition.is_some_and(|condition| condition.word == NatRef::Param(index))
    });
    if !has_next {
        let name = word.name.as_deref().unwrap_or("#");
        let message = format!("all 32 bits of `{name}` in `{}` are used", combinator.name);
        found.push(FULL_WORD.at(message, word.location, "no bit is left for one more word"));
    }
}

fn without_bits(combinator: &Combinator, word: &Param, found: &mut Vec<Diagnostic>) {
    let Some(name) = word.name.as_deref().filter(|name| name.starts_with("flags")) else { return };
    if word.word.bits == 0 && !word.word.is_count && !word.word.is_argument {
        let message = format!("no field of `{}` depends on `{name}`", combinator.name);
        found.push(WORD_WITHOUT_BITS.at(message, word.location, "its bits mean nothing"));
    }
}

/// The bits that comments reserve: the declaration, the word, the bit, the comment.
pub(crate) fn reserved(linted: &Linted<'_>) -> Vec<(Location, String, u8, Location)> {
    let mut found = Vec::new();
    for directive in directives::all(linted) {
        if let (Kind::Reserve(bits), Some(declaration)) = (directive.kind, directive.declaration) {
            found.extend(bits.into_iter().map(|(word, bit)| (declaration, word, bit, directive.location)));
        }
    }
    found
}

/// The fields that depend on a bit.
fn on_bit<'c>(combinator: &'c Combinator, word: &str, bit: u8) -> impl Iterator<Item = &'c Param> {
    combinator.params.iter().filter(move |param| {
        param.condition.is_some_and(|found| found.bit == bit && word_name(combinator, found.word) == word)
    })
}

/// What a word is called in its declaration.
pub(crate) fn word_name(combinator: &Combinator, word: NatRef) -> String {
    let name = match word {
        NatRef::Param(index) => combinator.params[index as usize].name.as_deref(),
        NatRef::Generic(index) => Some(&*combinator.generics[index as usize].name),
        NatRef::Field(_) | NatRef::Outer { .. } => None,
    };
    name.unwrap_or("#").to_owned()
}

/// Whether a field is a bit and nothing more.
pub(crate) fn is_bit(param: &Param) -> bool {
    matches!(param.ty, TypeExpr::Primitive { primitive: Primitive::True, boxed: None })
}
