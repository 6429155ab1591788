//! Declarations and types as text with links.
//!
//! TL is read word by word: a word before a `:` is the name of an argument, a word in braces is a variable, and every
//! other word that exactly names a type, a constructor or a builtin type leads to its page.

use crate::book::Chapter;
use crate::builtin;
use crate::history::Kind;
use crate::paths::Target;
use crate::text::{Format, Place, escape_html, escape_markdown};

/// What a piece of TL is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// The name of the declaration.
    Own,
    /// The id after the name.
    Id,
    /// The name of an argument.
    Argument,
    /// A type or constructor.
    Type,
    /// Anything else.
    Other,
}

/// A piece of TL.
struct Piece<'t> {
    text: &'t str,
    role: Role,
}

/// A declaration in one line, or with a line for each argument where it is long. The result is HTML for a `pre`.
pub(crate) fn declaration(chapter: &Chapter<'_>, text: &str, place: &Place<'_>) -> String {
    let pieces = pieces(text, true);
    let own = [Kind::Function, Kind::Constructor];
    let mut out = String::with_capacity(text.len() * 4);
    for piece in &pieces {
        let target = match piece.role {
            Role::Own => own.into_iter().find_map(|kind| chapter.find(kind, piece.text)).cloned(),
            Role::Type => target(chapter, piece.text),
            _ => None,
        };
        let class = match piece.role {
            Role::Own => "tl-name",
            Role::Id => "tl-id",
            Role::Argument => "tl-arg",
            Role::Type if target.is_some() => "tl-type",
            Role::Type | Role::Other => "",
        };
        let label = escape_html(piece.text);
        match (target, class) {
            (Some(target), _) => {
                out.push_str(&format!(
                    "<a class=\"{class}\" href=\"{}\">{label}</a>",
                    escape_html(&place.href(&target))
                ));
            }
            (None, "") => out.push_str(&label),
            (None, _) => out.push_str(&format!("<span class=\"{class}\">{label}</span>")),
        }
    }
    out
}

/// The type of an argument with links.
pub(crate) fn ty(chapter: &Chapter<'_>, text: &str, place: &Place<'_>) -> String {
    let mut out = String::with_capacity(text.len() * 4);
    for piece in pieces(text, false) {
        let target = (piece.role == Role::Type).then(|| target(chapter, piece.text)).flatten();
        let label = match place.format {
            Format::Html => escape_html(piece.text),
            Format::Markdown => escape_markdown(piece.text),
        };
        match target {
            Some(target) => out.push_str(&place.format.link(&label, &place.href(&target))),
            None => out.push_str(&label),
        }
    }
    match place.format {
        Format::Html => format!("<code>{out}</code>"),
        Format::Markdown => out,
    }
}

/// A long declaration with a line for each argument.
pub(crate) fn wrap(declaration: &str) -> String {
    const WIDTH: usize = 100;
    if declaration.chars().count() < WIDTH {
        return format!("{declaration};");
    }
    let mut out = String::with_capacity(declaration.len() + 64);
    let mut depth = 0usize;
    for (place, word) in declaration.split(' ').enumerate() {
        // What is in brackets stays together, and so does what follows `=`.
        let starts_line = place > 0 && depth == 0 && !out.ends_with('=');
        if starts_line {
            out.push_str("\n    ");
        } else if place > 0 {
            out.push(' ');
        }
        out.push_str(word);
        let opened = word.bytes().filter(|byte| b"[({".contains(byte)).count();
        let closed = word.bytes().filter(|byte| b"])}".contains(byte)).count();
        depth = (depth + opened).saturating_sub(closed);
    }
    out + ";"
}

fn target(chapter: &Chapter<'_>, name: &str) -> Option<Target> {
    let declared = [Kind::Type, Kind::Constructor].into_iter().find_map(|kind| chapter.find(kind, name)).cloned();
    declared.or_else(|| builtin::find(name).map(|builtin| chapter.paths.builtin(builtin.anchor)))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.'
}

/// Splits TL; `whole` for a declaration with its name.
fn pieces(text: &str, whole: bool) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut rest = text;
    let mut in_braces = false;
    let mut own = whole;
    while let Some(first) = rest.chars().next() {
        let is_id = first == '#' && matches!(pieces.last(), Some(Piece { role: Role::Own, .. }));
        let len = if is_id {
            1 + rest[1..].bytes().take_while(u8::is_ascii_hexdigit).count()
        } else if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (piece, behind) = rest.split_at(len);
        let role = if is_id {
            Role::Id
        } else if is_word(first) {
            if core::mem::take(&mut own) {
                Role::Own
            } else if behind.starts_with(':') {
                Role::Argument
            } else if behind.starts_with('?') || in_braces || first.is_ascii_digit() {
                Role::Other
            } else {
                Role::Type
            }
        } else {
            in_braces = (in_braces || first == '{') && first != '}';
            if first == '#' && !in_braces { Role::Type } else { Role::Other }
        };
        pieces.push(Piece { text: piece, role });
        rest = behind;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles() {
        let roles = |text, whole| -> Vec<(String, Role)> {
            let shown = pieces(text, whole).into_iter().filter(|piece| piece.text != " " && piece.role != Role::Other);
            shown.map(|piece| (piece.text.to_owned(), piece.role)).collect()
        };
        let found = roles("a.get#0f {X:Type} flags:# x:flags.3?Vector<b.C> q:!X = Vector t", true);
        let expected = [
            ("a.get", Role::Own),
            ("#0f", Role::Id),
            ("X", Role::Argument),
            ("flags", Role::Argument),
            ("#", Role::Type),
            ("x", Role::Argument),
            ("Vector", Role::Type),
            ("b.C", Role::Type),
            ("q", Role::Argument),
            ("X", Role::Type),
            ("Vector", Role::Type),
            ("t", Role::Type),
        ];
        let expected: Vec<_> = expected.into_iter().map(|(text, role)| (text.to_owned(), role)).collect();
        assert_eq!(found, expected);
        assert_eq!(roles("flags.3?true", false), [("true".to_owned(), Role::Type)]);
    }

    #[test]
    fn long_declarations_get_lines() {
        assert_eq!(wrap("a = A"), "a = A;");
        let long = format!("a#1 {}n:# 3*[ x:int y:int ] = Vector<A>", "some_argument:string ".repeat(5));
        let wrapped = wrap(&long);
        assert!(wrapped.contains("\n    n:#\n    3*[ x:int y:int ]\n    = Vector<A>;"), "{wrapped}");
    }
}
