//! Declarations and types as text with links: each name that is used as a type leads to its page.

use tlgen_model::schema::{Combinator, CombinatorIdx};
use tlgen_model::view::{Declaration, Means, Piece, Role};

use crate::book::Chapter;
use crate::builtin;
use crate::paths::Target;
use crate::text::{Format, Place, escape_html, escape_markdown};

/// A declaration on one line, or with a line for each argument where it is long. The result is HTML for a `pre`.
pub(crate) fn declaration(chapter: &Chapter<'_>, idx: CombinatorIdx, place: &Place<'_>) -> String {
    let mut out = String::new();
    for piece in &Declaration::of(chapter.schema.combinator(idx)).lines(&chapter.names) {
        let target = match piece.role {
            Role::Name => Some(chapter.paths.combinator(idx)),
            _ => target(chapter, piece),
        };
        let class = match piece.role {
            Role::Name => "tl-name",
            Role::Id => "tl-id",
            Role::Field | Role::Variable => "tl-arg",
            Role::Type if target.is_some() => "tl-type",
            _ => "",
        };
        let label = escape_html(&piece.text);
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
    out + ";"
}

/// A declaration in the same lines, as plain text.
pub(crate) fn lines(combinator: &Combinator) -> String {
    Declaration::of(combinator).text_in_lines() + ";"
}

/// A type with links.
pub(crate) fn ty(chapter: &Chapter<'_>, pieces: &[Piece], place: &Place<'_>) -> String {
    let mut out = String::new();
    for piece in pieces {
        let label = match place.format {
            Format::Html => escape_html(&piece.text),
            Format::Markdown => escape_markdown(&piece.text),
        };
        match target(chapter, piece) {
            Some(target) => out.push_str(&place.format.link(&label, &place.href(&target))),
            None => out.push_str(&label),
        }
    }
    match place.format {
        Format::Html => format!("<code>{out}</code>"),
        Format::Markdown => out,
    }
}

/// The page of what a piece means.
fn target(chapter: &Chapter<'_>, piece: &Piece) -> Option<Target> {
    Some(match piece.means? {
        Means::Type(idx) => chapter.paths.ty(idx),
        Means::Constructor(idx) => chapter.paths.combinator(idx),
        Means::Builtin(meaning) => chapter.paths.builtin(builtin::of(meaning)?.anchor),
    })
}
