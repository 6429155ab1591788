//! Who may call a function.

use serde::Serialize;
use tlgen_meta::{Metadata, UsableBy};

use crate::book::Chapter;
use crate::sources;
use crate::text::Place;

#[derive(Serialize)]
pub(super) struct Usability {
    class: &'static str,
    pub(super) text: &'static str,
    doubt: Option<String>,
    /// What each source says, where they differ.
    sources: Vec<Said>,
}

/// What one source says.
#[derive(Serialize)]
pub(super) struct Said {
    pub(super) source: String,
    pub(super) what: String,
}

/// Who may call a function.
pub(super) fn usability(chapter: &Chapter<'_>, function: &str, place: &Place<'_>) -> Usability {
    let usable_by = usable_by(chapter, function);
    let class = match usable_by {
        UsableBy::Users => "users",
        UsableBy::Bots => "bots",
        UsableBy::Both => "both",
        UsableBy::Unknown => "unknown",
    };
    let knows = |source: &Metadata| source.function(function).is_some_and(|known| known.usable_by != UsableBy::Unknown);
    let said = sources::callers(chapter, function)
        .into_iter()
        .map(|(source, usable_by)| Said { source: place.format.text(&source), what: callers(usable_by).to_owned() });
    Usability {
        class,
        text: callers(usable_by),
        doubt: sources::doubt(chapter, knows).map(|text| place.format.text(&text)),
        sources: said.collect(),
    }
}

/// Who may call a function, as far as it is known.
pub(super) fn usable_by(chapter: &Chapter<'_>, function: &str) -> UsableBy {
    chapter.metadata.function(function).map_or(UsableBy::Unknown, |function| function.usable_by)
}

/// Who may call a function, as text.
pub(super) fn callers(usable_by: UsableBy) -> &'static str {
    match usable_by {
        UsableBy::Users => "Users only",
        UsableBy::Bots => "Bots only",
        UsableBy::Both => "Users and bots",
        UsableBy::Unknown => "Not known",
    }
}
