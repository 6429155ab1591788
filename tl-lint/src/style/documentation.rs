//! Descriptions.

use std::collections::HashSet;

use tlgen_parser::ast::{Declaration, DeclarationKind, Item};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::docs;
use tlgen_parser::source::Location;

use super::words::is_bit;
use crate::Linted;
use crate::level::Level;
use crate::lint::Lint;

pub(super) static UNDOCUMENTED: Lint = Lint::style(
    "TL0708",
    "undocumented",
    Level::Allow,
    "user id:int = User;",
    "// A person.\nuser id:int = User;",
    "A constructor or function has no description.

    //@description A person. @id The number of the account.
    user id:int = User;

The rule is off until `tlgen.toml` or the call turns it on.",
);

pub(super) static UNDOCUMENTED_FIELD: Lint = Lint::style(
    "TL0709",
    "undocumented-field",
    Level::Allow,
    "//@description A person.\nuser id:int = User;",
    "//@description A person. @id The number of the account.\nuser id:int = User;",
    "A field has no description, and its declaration has one.

    //@description A person. @id The number of the account.
    user id:int name:string = User;

Flags words need none. The rule is off until `tlgen.toml` or the call turns it on.",
);

pub(super) static UNKNOWN_TAG: Lint = Lint::style(
    "TL0710",
    "unknown-tag",
    Level::Warn,
    "//@description A person. @id Its number. \n//@nmae What it is called.\nuser id:int name:string = User;",
    "//@description A person. @id Its number. \n//@name What it is called.\nuser id:int name:string = User;",
    "A tag in a comment describes a field that the declaration does not have.

    //@description A person.
    //@nmae What it is called.
    user name:string = User;

The text is lost: it is in no page and in no generated code.",
);

pub(super) fn check(linted: &Linted<'_>, found: &mut Vec<Diagnostic>) {
    for combinator in &linted.schema.combinators {
        if combinator.description.is_none() {
            let message = format!("`{}` has no description", combinator.name);
            found.push(UNDOCUMENTED.at(message, combinator.name_location, "what is it?"));
            continue;
        }
        let is_text = |name: &str| !name.starts_with("flags");
        for param in combinator.params.iter().filter(|param| param.description.is_none()) {
            let Some(name) = param.name.as_deref().filter(|name| is_text(name) || is_bit(param)) else { continue };
            let message = format!("the field `{name}` of `{}` has no description", combinator.name);
            found.push(UNDOCUMENTED_FIELD.at(message, param.location, "what is it?"));
        }
    }
    unknown_tags(linted, found);
}

fn unknown_tags(linted: &Linted<'_>, found: &mut Vec<Diagnostic>) {
    for &file in linted.files {
        let text = linted.sources.get(file).text.as_str();
        let schema = tlgen_parser::parse(text).schema;
        let docs = docs::collect(&schema, text);
        for (index, item) in &docs.items {
            let Some(Item::Declaration(declaration)) = schema.items.get(*index as usize) else { continue };
            let Some((fields, name)) = fields(declaration) else { continue };
            for (tag, _) in item.params.iter().filter(|(tag, _)| !fields.contains(tag.as_str())) {
                let message = format!("`{}` has no field `{tag}`, which a comment describes", name.0);
                found.push(UNKNOWN_TAG.at(message, Location { file, span: name.1 }, format!("has no `{tag}`")));
            }
        }
    }
}

/// The names that tags of a declaration may have: those of its arguments and variables.
fn fields<'s>(declaration: &Declaration<'s>) -> Option<(HashSet<&'s str>, (&'s str, tlgen_parser::source::Span))> {
    let DeclarationKind::Combinator(combinator) = &declaration.kind else { return None };
    let args = combinator.args.iter().filter_map(|arg| arg.name.map(|name| name.text));
    let variables = combinator.opt_args.iter().flat_map(|arg| arg.names.iter().map(|name| name.text));
    Some((args.chain(variables).collect(), (combinator.name.map_or("_", |name| name.text), combinator.name_span)))
}
