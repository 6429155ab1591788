//! The Rust names of the other implementation, by its own rules for names.

/// The path below its module `enums` or `functions`: `contacts.getContacts` to `contacts::GetContacts`.
pub(crate) fn path(tl_name: &str) -> String {
    match tl_name.rsplit_once('.') {
        Some((namespace, ident)) => format!("{namespace}::{}", item(ident)),
        None => item(tl_name),
    }
}

/// Words begin at `_` and at the start, with a capital; the letter after any capital is small: `JSONValue` is
/// `Jsonvalue`.
fn item(ident: &str) -> String {
    let mut name = String::with_capacity(ident.len());
    let (mut starts_word, mut after_capital) = (true, false);
    for c in ident.chars() {
        if c == '_' {
            starts_word = true;
            continue;
        }
        name.push(match (starts_word, after_capital) {
            (true, _) => c.to_ascii_uppercase(),
            (false, true) => c.to_ascii_lowercase(),
            (false, false) => c,
        });
        after_capital = starts_word || c.is_ascii_uppercase();
        starts_word = false;
    }
    name
}
