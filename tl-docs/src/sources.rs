//! Where facts come from: which source says what, where sources differ, and whether a source is about the layer of a page.
//!
//! A table that covers the newest layer is used for older layers, too, since much of it holds there. But what it says is no
//! fact about an older layer; so pages say from which layer it comes.

use std::collections::BTreeMap;

use tlgen_meta::{Date, Metadata, UsableBy};

use crate::book::{Chapter, Part};

/// Something that knows more of a schema than its declarations.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// What pages call it.
    pub name: String,
    /// The layer that it is about; `None` where that is not known.
    pub layer: Option<u32>,
    /// Whether it is about this schema alone. Then it is about its layer, unless it names another one.
    pub own: bool,
    /// What it knows.
    pub metadata: &'a Metadata,
}

impl Source<'_> {
    /// Whether it may be about a later layer than that of the chapter.
    fn is_later(&self, chapter: &Chapter<'_>) -> bool {
        match self.layer {
            Some(layer) => chapter.layer.is_some_and(|here| here < layer),
            None => !self.own && chapter.part != Part::Whole,
        }
    }

    /// Its name, with its layer where that is not the one of the chapter.
    fn title(&self, chapter: &Chapter<'_>) -> String {
        match self.layer {
            Some(layer) if Some(layer) != chapter.layer => format!("{} (layer {layer})", self.name),
            _ => self.name.clone(),
        }
    }
}

/// All sources as one table.
pub(crate) fn merged(sources: &[Source<'_>]) -> Metadata {
    let mut metadata = Metadata::default();
    for source in sources {
        metadata.merge(source.metadata.clone());
    }
    metadata
}

/// The days on which layers appeared. What an earlier source says counts.
pub(crate) fn dates<'s>(sources: impl Iterator<Item = &'s Source<'s>>) -> BTreeMap<u32, Date> {
    let mut dates = BTreeMap::new();
    for (layer, day) in sources.flat_map(|source| &source.metadata.layers) {
        dates.entry(*layer).or_insert(*day);
    }
    dates
}

/// A sentence for what the first source that says it may say of a later layer; `None` where it is about this one.
pub(crate) fn doubt(chapter: &Chapter<'_>, says: impl Fn(&Metadata) -> bool) -> Option<String> {
    let source = chapter.unit.metadata.iter().find(|source| says(source.metadata))?;
    sentence(chapter, &[source])
}

/// The same for something that all sources together say, each a part of it.
pub(crate) fn doubts(chapter: &Chapter<'_>, says: impl Fn(&Metadata) -> bool) -> Option<String> {
    let sources: Vec<&Source<'_>> = chapter.unit.metadata.iter().filter(|source| says(source.metadata)).collect();
    sentence(chapter, &sources)
}

fn sentence(chapter: &Chapter<'_>, sources: &[&Source<'_>]) -> Option<String> {
    let later: Vec<String> = sources
        .iter()
        .filter(|source| source.is_later(chapter))
        .map(|source| match source.layer {
            Some(layer) => format!("What {} says is about layer {layer}.", source.name),
            None => format!("What {} says may be about a later layer.", source.name),
        })
        .collect();
    (!later.is_empty()).then(|| later.join(" "))
}

/// What each source says about who may call a function, where they differ.
pub(crate) fn callers(chapter: &Chapter<'_>, function: &str) -> Vec<(String, UsableBy)> {
    let said = chapter.unit.metadata.iter().filter_map(|source| {
        let usable_by = source.metadata.function(function)?.usable_by;
        (usable_by != UsableBy::Unknown).then(|| (source.title(chapter), usable_by))
    });
    differing(said.collect())
}

/// The codes that each source has for an error, where they differ.
pub(crate) fn codes(chapter: &Chapter<'_>, error: &tlgen_meta::ErrorName) -> Vec<(String, Vec<i32>)> {
    let said = chapter.unit.metadata.iter().filter_map(|source| {
        let known = source.metadata.errors.get(error).map(|known| known.codes.as_slice()).unwrap_or_default();
        let listed = source.metadata.functions.values().flat_map(|function| function.errors.iter().flatten());
        let of_functions = listed.filter(|listed| listed.name == *error).filter_map(|listed| listed.code);
        let mut codes: Vec<i32> = known.iter().copied().chain(of_functions).collect();
        codes.sort_unstable();
        codes.dedup();
        (!codes.is_empty()).then(|| (source.title(chapter), codes))
    });
    differing(said.collect())
}

/// What is left if all say the same: nothing.
fn differing<T: PartialEq>(said: Vec<(String, T)>) -> Vec<(String, T)> {
    if said.iter().all(|(_, what)| *what == said[0].1) { Vec::new() } else { said }
}
