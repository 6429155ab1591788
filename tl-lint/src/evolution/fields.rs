//! Fields: what is new, what is gone, what keeps its type, its word and its bit.

use tlgen_model::schema::{Condition, NatExpr, NatRef, Param, TypeArg, TypeExpr};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Location;

use super::scopes::{Scopes, Word};
use super::{Change, Pair, rules};
use crate::style::word_name;

pub(super) fn check(
    change: &Change<'_>,
    pair: &Pair<'_>,
    scopes: &Scopes,
    reserved: &[(Location, String, u8, Location)],
    found: &mut Vec<Diagnostic>,
) {
    let mut last = None;
    for (old, new) in pair.old.params.iter().zip(&pair.fields.new_field) {
        let Some(new) = *new else {
            pair.removed(old, found);
            continue;
        };
        if last > Some(new) {
            let param = &pair.new.params[new as usize];
            let message = format!("the field `{}` of `{}` has moved", shown(param), pair.new.name);
            let finding = rules::FIELD_CHANGED.at(message, param.location, "in another order");
            found.push(finding.with_secondary(old.location, "was here"));
        }
        last = last.max(Some(new));
        pair.kept(change, old, &pair.new.params[new as usize], found);
    }
    for (new, old) in pair.new.params.iter().zip(&pair.fields.old_field) {
        if old.is_none() {
            pair.added(change, new, scopes, reserved, found);
        }
    }
    for (index, (new, old)) in (0..).zip(pair.new.params.iter().zip(&pair.fields.old_field)) {
        if new.ty == TypeExpr::Nat {
            pair.last_bit(old.map(NatRef::Param), NatRef::Param(index), found);
        }
    }
    for (index, old) in (0..).zip(&pair.fields.old_generic) {
        pair.last_bit(old.map(NatRef::Generic), NatRef::Generic(index), found);
    }
}

/// The fields that depend on a bit, also those of repeated records.
fn conditional(params: &[Param]) -> Vec<(&Param, Condition)> {
    let mut found = Vec::new();
    for param in params {
        found.extend(param.condition.map(|condition| (param, condition)));
        param.ty.visit(&mut |part| {
            if let TypeExpr::Repeat { fields, .. } = part {
                found.extend(fields.iter().filter_map(|field| Some((field, field.condition?))));
            }
        });
    }
    found
}

/// The first field that depends on a bit.
fn first_on(params: &[Param], condition: Condition) -> Option<&Param> {
    conditional(params).into_iter().find(|(_, other)| *other == condition).map(|(param, _)| param)
}

/// The bits of a word of a declaration on which fields depend.
fn bits(params: &[Param], word: NatRef) -> u32 {
    let here = conditional(params).into_iter().filter(|(_, condition)| condition.word == word);
    here.fold(0, |bits, (_, condition)| bits | 1 << condition.bit)
}

impl Pair<'_> {
    fn removed(&self, old: &Param, found: &mut Vec<Diagnostic>) {
        let (name, field) = (&self.new.name, shown(old));
        let is_mask = old.ty == TypeExpr::Nat && !old.word.is_count && !old.word.is_argument;
        let (rule, message) = if is_mask {
            (&rules::MASK_REMOVED, format!("`{name}` has no word `{field}` any more"))
        } else {
            (&rules::FIELD_REMOVED, format!("`{name}` has no field `{field}` any more"))
        };
        let finding = rule.at(message, self.new.name_location, format!("`{field}` is gone"));
        found.push(finding.with_secondary(old.location, "was declared here"));
    }

    fn kept(&self, change: &Change<'_>, old: &Param, new: &Param, found: &mut Vec<Diagnostic>) {
        let (name, field) = (&self.new.name, shown(new));
        let compare = self.compare(change);
        let finding = match (old.condition, new.condition) {
            (None, None) => None,
            (None, Some(_)) => {
                let message = format!("the field `{field}` of `{name}` was always there and depends on a bit now");
                Some(rules::MASK_ADDED.at(message, new.location, "optional"))
            }
            (Some(_), None) => {
                let message = format!("the field `{field}` of `{name}` depended on a bit and is always there now");
                Some(rules::FIELD_CHANGED.at(message, new.location, "required"))
            }
            (Some(before), Some(after)) if !compare.word(before.word, after.word) => {
                let message = format!("the field `{field}` of `{name}` depends on another word");
                let word = word_name(self.new, after.word);
                Some(rules::MASK_CHANGED.at(message, new.location, format!("depends on `{word}`")))
            }
            (Some(before), Some(after)) if before.bit != after.bit => {
                let message = format!(
                    "the field `{field}` of `{name}` depended on bit {} and depends on bit {}",
                    before.bit, after.bit
                );
                Some(rules::BIT_CHANGED.at(message, new.location, "another bit"))
            }
            _ => None,
        };
        found.extend(finding.map(|finding| finding.with_secondary(old.location, "before")));
        let mut arguments = Vec::new();
        if !compare.expr(&old.ty, &new.ty, &mut arguments) {
            let message = format!("the field `{field}` of `{name}` has another type");
            let finding = rules::FIELD_CHANGED.at(message, new.location, "another type");
            found.push(finding.with_secondary(old.location, "before"));
        }
        let what = format!("the field `{field}`");
        arguments.into_iter().for_each(|argument| self.argument(argument, new.location, &what, found));
    }

    fn added(
        &self,
        change: &Change<'_>,
        new: &Param,
        scopes: &Scopes,
        reserved: &[(Location, String, u8, Location)],
        found: &mut Vec<Diagnostic>,
    ) {
        let (name, field) = (&self.new.name, shown(new));
        let Some(condition) = new.condition else {
            let message = format!("the new field `{field}` of `{name}` depends on no bit");
            let finding = rules::FIELD_WITHOUT_MASK.at(message, new.location, "always there");
            found.push(finding.with_help("put it under a bit that is not used yet"));
            return;
        };
        let use_of = new.word;
        if new.ty == TypeExpr::Nat && use_of.bits == 0 && !use_of.is_count && !use_of.is_argument {
            let message = format!("nothing depends on the new word `{field}` of `{name}`");
            found.push(rules::UNUSED_MASK.at(message, new.location, "not used"));
        }
        let word = word_name(self.new, condition.word);
        let bit = condition.bit;
        if let Some(other) = self.old_on_bit(condition) {
            let message =
                format!("the new field `{field}` of `{name}` depends on a bit that is in use, `{word}.{bit}`");
            let finding = rules::BIT_TAKEN.at(message, new.location, "not a new bit");
            found.push(finding.with_secondary(other.location, "used here before"));
            return;
        }
        let is_reserved = |(declaration, other, reserved, _): &&(Location, String, u8, Location)| {
            *declaration == self.old.location && *other == word && *reserved == bit
        };
        if let Some((.., comment)) = reserved.iter().find(is_reserved) {
            let message =
                format!("the new field `{field}` of `{name}` depends on a bit that was reserved, `{word}.{bit}`");
            let finding = rules::BIT_RESERVED.at(message, new.location, "not a new bit");
            found.push(finding.with_secondary(*comment, "reserved here before"));
        }
        let Some(own) = Word::new(self.new_idx, condition.word) else { return };
        for other in scopes.shared_with(own) {
            let pair = change.pair_of[other.combinator.0 as usize].map(|pair| &change.pairs[pair]);
            let Some(taken) = pair.and_then(|pair| pair.kept_on_bit(other.nat(), bit)) else { continue };
            let user = &change.new.combinator(other.combinator).name;
            let message =
                format!("the new field `{field}` of `{name}` depends on a bit that `{user}` uses, `{word}.{bit}`");
            let finding = rules::BIT_TAKEN_OUTSIDE.at(message, new.location, "not a new bit");
            found.push(finding.with_secondary(taken.location, "the same bit of the same word"));
            return;
        }
    }

    /// A word that gets full without a place for the next one: an argument, or one that comes from outside.
    fn last_bit(&self, old: Option<NatRef>, word: NatRef, found: &mut Vec<Diagnostic>) {
        let Some(old) = old else { return };
        if bits(&self.new.params, word) != u32::MAX || bits(&self.old.params, old) == u32::MAX {
            return;
        }
        let is_next = |param: &Param| {
            param.ty == TypeExpr::Nat && param.condition.is_some_and(|condition| condition.word == word)
        };
        if !self.new.params.iter().any(is_next) {
            let location = match word {
                NatRef::Param(index) => self.new.params[index as usize].location,
                NatRef::Generic(index) => self.new.generics[index as usize].location,
                NatRef::Field(_) | NatRef::Outer { .. } => self.new.name_location,
            };
            let message = format!("all 32 bits of `{}` in `{}` are used now", word_name(self.new, word), self.new.name);
            let finding = rules::LAST_BIT.at(message, location, "no bit is left for one more word");
            found.push(finding.with_help("let the field with the last bit be a `#`, and put new fields under that"));
        }
    }

    /// The old field that depends on the same bit as a new one.
    fn old_on_bit(&self, condition: Condition) -> Option<&Param> {
        let word = match condition.word {
            NatRef::Param(index) => NatRef::Param(self.fields.old_field[index as usize]?),
            NatRef::Generic(index) => NatRef::Generic(self.fields.old_generic[index as usize]?),
            other => other,
        };
        first_on(&self.old.params, Condition { word, bit: condition.bit })
    }

    /// The field that depends on a bit in both versions.
    fn kept_on_bit(&self, word: NatRef, bit: u8) -> Option<&Param> {
        let kept = self.new.params.iter().zip(&self.fields.old_field).filter(|(_, old)| old.is_some());
        kept.map(|(param, _)| std::slice::from_ref(param)).find_map(|one| first_on(one, Condition { word, bit }))
    }

    /// The word that an argument is, and whether the old version has it.
    pub(super) fn word_of(&self, arg: &TypeArg) -> Option<(String, bool)> {
        let TypeArg::Nat(NatExpr::Ref { nat, plus: 0 }) = arg else { return None };
        let is_old = match *nat {
            NatRef::Param(index) => self.fields.old_field[index as usize].is_some(),
            NatRef::Generic(index) => self.fields.old_generic[index as usize].is_some(),
            NatRef::Field(_) | NatRef::Outer { .. } => true,
        };
        Some((word_name(self.new, *nat), is_old))
    }

    /// Whether a word depends on a bit, or comes from outside, where it has to.
    pub(super) fn is_conditional(&self, word: &str) -> bool {
        let field = self.new.params.iter().find(|param| param.name.as_deref() == Some(word));
        field.is_none_or(|field| field.condition.is_some())
    }
}

/// What a field is called.
fn shown(param: &Param) -> &str {
    param.name.as_deref().unwrap_or("_")
}
