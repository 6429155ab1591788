//! How names are written.

use tlgen_model::schema::{Schema, SectionKind};
use tlgen_parser::diagnostic::Diagnostic;

use crate::level::Level;
use crate::lint::Lint;

pub(super) static CONSTRUCTOR_CASE: Lint = Lint::style(
    "TL0701",
    "constructor-case",
    Level::Allow,
    "server_DH_params id:int = Params;",
    "serverDhParams id:int = Params;",
    "The name of a constructor or function is not written `likeThis`.

    server_DH_params_ok nonce:int128 = Server_DH_Params;

Names with underscores are right in TL, and old parts of the Telegram API have them. In one schema one way of writing names is
easier to remember. The rule is off until `tlgen.toml` or the call turns it on.",
);

pub(super) static TYPE_CASE: Lint = Lint::style(
    "TL0702",
    "type-case",
    Level::Allow,
    "params id:int = Server_Params;",
    "params id:int = ServerParams;",
    "The name of a type is not written `LikeThis`.

    server_DH_params_ok nonce:int128 = Server_DH_Params;

The rule is off until `tlgen.toml` or the call turns it on.",
);

pub(super) static FIELD_CASE: Lint = Lint::style(
    "TL0703",
    "field-case",
    Level::Allow,
    "user firstName:string = User;",
    "user first_name:string = User;",
    "The name of a field is not written `like_this`.

    user firstName:string = User;

The Telegram API, TDLib and TON write fields with underscores. The rule is off until `tlgen.toml` or the call turns it on.",
);

pub(super) fn check(schema: &Schema, found: &mut Vec<Diagnostic>) {
    for combinator in &schema.combinators {
        let name = combinator.name.ident();
        if combinator.name.full() != "_" && (name.contains('_') || !name.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            let what = match combinator.kind {
                SectionKind::Types => "constructor",
                SectionKind::Functions => "function",
            };
            let message = format!("the {what} `{}` is not written `likeThis`", combinator.name);
            found.push(CONSTRUCTOR_CASE.at(message, combinator.name_location, camel(name, false)));
        }
        for param in &combinator.params {
            let Some(name) = &param.name else { continue };
            if name.contains(|c: char| c.is_ascii_uppercase()) {
                let message = format!("the field `{name}` of `{}` is not written `like_this`", combinator.name);
                found.push(FIELD_CASE.at(message, param.location, snake(name)));
            }
        }
    }
    for ty in schema.types.iter().filter(|ty| !ty.constructors.is_empty()) {
        let name = ty.name.ident();
        if name.contains('_') || !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            let message = format!("the type `{}` is not written `LikeThis`", ty.name);
            found.push(TYPE_CASE.at(message, ty.location, camel(name, true)));
        }
    }
}

/// `server_DH_params` as `serverDhParams` or `ServerDhParams`.
fn camel(name: &str, is_type: bool) -> String {
    let mut out = String::new();
    for word in name.split('_').filter(|word| !word.is_empty()) {
        let is_shouted = word.len() > 1 && !word.contains(|c: char| c.is_ascii_lowercase());
        let rest = if is_shouted { word[1..].to_ascii_lowercase() } else { word[1..].to_owned() };
        let first = &word[..1];
        let first = if out.is_empty() && !is_type { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() };
        out += &first;
        out += &rest;
    }
    format!("`{out}`?")
}

/// `firstName` as `first_name`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut before = '_';
    for char in name.chars() {
        if char.is_ascii_uppercase() && !before.is_ascii_uppercase() && before != '_' {
            out.push('_');
        }
        out.push(char.to_ascii_lowercase());
        before = char;
    }
    format!("`{out}`?")
}
