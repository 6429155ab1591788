//! Whole declarations: what is new, what is gone, what keeps its id and its result.

use std::collections::{BTreeMap, BTreeSet};

use tlgen_model::schema::{Combinator, Schema, SectionKind, Type, TypeExpr};
use tlgen_parser::diagnostic::Diagnostic;

use super::compare::{Argument, Compare};
use super::{Change, Pair, rules};

pub(super) fn check(change: &Change<'_>, found: &mut Vec<Diagnostic>) {
    let old_types: BTreeMap<&str, &Type> = change.old.types.iter().map(|ty| (ty.name.full(), ty)).collect();
    let new_types: BTreeMap<&str, &Type> = change.new.types.iter().map(|ty| (ty.name.full(), ty)).collect();
    let bare = used_bare(change.old);
    for added in &change.added {
        match type_of(change.new, added) {
            None => function(added, found),
            Some(ty) => {
                let old = old_types.get(ty.name.full()).filter(|old| old.constructors.len() == 1);
                if let Some(old) = old.filter(|_| bare.contains(ty.name.full())) {
                    let first = change.old.combinator(old.constructors[0]);
                    let message =
                        format!("`{}` was used without an id and gets a second constructor, `{}`", ty.name, added.name);
                    let finding = rules::BARE_TYPE.at(message, added.name_location, "the second constructor");
                    found.push(finding.with_secondary(first.name_location, "was the only one"));
                }
            }
        }
    }
    for removed in &change.removed {
        let ty = type_of(change.old, removed).filter(|ty| ty.constructors.len() > 1);
        let kept = ty.and_then(|ty| new_types.get(ty.name.full())).and_then(|ty| ty.constructors.first());
        match (ty, kept) {
            (Some(ty), Some(kept)) => {
                let message = format!("`{}` is no longer a constructor of `{}`", removed.name, ty.name);
                let location = change.new.combinator(*kept).name_location;
                let finding =
                    rules::VARIANT_REMOVED.at(message, location, format!("`{}` has fewer constructors", ty.name));
                found.push(finding.with_secondary(removed.name_location, "was declared here"));
            }
            _ => {
                let message = format!("`{}` is no longer declared", removed.name);
                found.push(rules::DECLARATION_REMOVED.at(message, removed.name_location, "was declared here"));
            }
        }
    }
    change.pairs.iter().for_each(|pair| kept(change, pair, found));
}

fn type_of<'s>(schema: &'s Schema, combinator: &Combinator) -> Option<&'s Type> {
    combinator.ty.map(|ty| schema.ty(ty))
}

/// A new function can be extended later if it begins with a word.
fn function(added: &Combinator, found: &mut Vec<Diagnostic>) {
    if added.params.first().is_none_or(|first| first.ty != TypeExpr::Nat) {
        let message = format!("the new function `{}` does not begin with a word", added.name);
        let finding =
            rules::FUNCTION_WITHOUT_MASK.at(message, added.name_location, "cannot get optional arguments later");
        found.push(finding.with_help("let the first argument be `fields_mask:#`"));
    }
}

fn kept(change: &Change<'_>, pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let (old, new) = (pair.old, pair.new);
    if old.id != new.id {
        let message = format!("the id of `{}` was {:08x} and is {:08x}", new.name, old.id, new.id);
        let finding = rules::ID_CHANGED.at(message, new.name_location, "another id");
        found.push(finding.with_secondary(old.name_location, "the old id"));
    }
    let same = match new.kind {
        SectionKind::Types => {
            type_of(change.old, old).map(|ty| &ty.name) == type_of(change.new, new).map(|ty| &ty.name)
        }
        SectionKind::Functions => {
            let compare = pair.compare(change);
            let mut arguments = Vec::new();
            let same = compare.expr(&old.result, &new.result, &mut arguments);
            arguments.into_iter().for_each(|argument| pair.argument(argument, new.name_location, "the result", found));
            same
        }
    };
    if !same {
        let message = format!("the result of `{}` is another type", new.name);
        let finding = rules::RESULT_CHANGED.at(message, new.name_location, "another result");
        found.push(finding.with_secondary(old.name_location, "the old result"));
    }
    for (generic, _) in old.generics.iter().zip(&pair.fields.new_generic).filter(|(_, new)| new.is_none()) {
        let message = format!("`{}` has no argument `{}` any more", new.name, generic.name);
        let finding = rules::ARGUMENT_REMOVED.at(message, new.name_location, format!("`{}` is gone", generic.name));
        found.push(finding.with_secondary(generic.location, "was declared here"));
    }
}

impl<'s> Pair<'s> {
    pub(super) fn compare<'c>(&'c self, change: &Change<'s>) -> Compare<'c>
    where
        's: 'c,
    {
        Compare { old_schema: change.old, new_schema: change.new, fields: &self.fields }
    }

    /// One argument more or less in the type of a field or in the result.
    pub(super) fn argument(
        &self,
        argument: Argument<'_>,
        location: tlgen_parser::source::Location,
        what: &str,
        found: &mut Vec<Diagnostic>,
    ) {
        let name = &self.new.name;
        let finding = match argument {
            Argument::Removed => rules::ARGUMENT_REMOVED.at(
                format!("{what} of `{name}` has one argument less"),
                location,
                "an argument is gone",
            ),
            Argument::Added(arg) => match self.word_of(arg) {
                None => {
                    let message = format!("the new argument in {what} of `{name}` is no word");
                    rules::ARGUMENT_WITHOUT_MASK.at(message, location, "no new word")
                }
                Some((word, true)) => {
                    let message = format!("the new argument in {what} of `{name}` is the old word `{word}`");
                    rules::ARGUMENT_OF_OLD_MASK.at(message, location, format!("`{word}` is not new"))
                }
                Some((word, false)) if self.is_conditional(&word) => return,
                Some((word, false)) => {
                    let message = format!("the new argument in {what} of `{name}` is `{word}`, which is always there");
                    rules::ARGUMENT_NOT_MASKED.at(message, location, format!("`{word}` depends on no bit"))
                }
            },
        };
        found.push(finding);
    }
}

/// The types that some field or result uses without an id.
fn used_bare(schema: &Schema) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for combinator in &schema.combinators {
        for expr in combinator.params.iter().map(|param| &param.ty).chain([&combinator.result]) {
            expr.visit(&mut |part| {
                if let (TypeExpr::Bare { .. }, Some(ty)) = (part, part.ty(schema)) {
                    found.insert(schema.ty(ty).name.full());
                }
            });
        }
    }
    found
}
