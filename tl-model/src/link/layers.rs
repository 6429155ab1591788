//! One declaration of each name, by layer.
//!
//! A file may hold a declaration of one name for each layer, below headings. With a layer chosen, what is newer is left
//! out; of each name the newest declaration stays. Without headings nothing is left out.

use std::collections::{BTreeSet, HashMap};

use tlgen_parser::ast::SectionKind;
use tlgen_parser::source::FileIdx;

use crate::Reading;
use crate::error::{ErrorKind, Problems};
use crate::link::collect::{Collected, Decl};

/// Refuses a chosen layer that no file names.
pub(crate) fn check_chosen(files: &[(FileIdx, Collected<'_, '_>)], reading: &Reading<'_>, problems: &mut Problems) {
    let Some(layer) = reading.options.layer else { return };
    let named = || files.iter().flat_map(|(_, file)| &file.named);
    if named().any(|(named, _)| *named == layer) {
        return;
    }
    let layers: BTreeSet<u32> = named().map(|(layer, _)| *layer).collect();
    let kind = ErrorKind::UnknownLayer { layer, layers: layers.into_iter().collect() };
    // With the newest layer it is shown how a layer is named.
    match named().max_by_key(|(layer, _)| *layer) {
        Some((_, location)) => problems.add(kind, *location),
        None => problems.error_without_location(kind),
    }
}

/// The declarations of a file that are meant, in the order of the file.
///
/// Declarations of one name and one layer all stay: that is a mistake, which is found later.
pub(crate) fn select<'f, 't, 's>(
    file: &'f Collected<'t, 's>,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Vec<&'f Decl<'t, 's>> {
    let all = file.combinators.iter().filter(|decl| decl.ast().name.is_some());
    if file.layers.is_empty() {
        let is_newer = file.layer > reading.options.layer && reading.options.layer.is_some();
        return file.combinators.iter().filter(|_| !is_newer).collect();
    }
    let limit = reading.options.layer.unwrap_or(u32::MAX);
    let mut newest: HashMap<(SectionKind, &str), &Decl<'t, 's>> = HashMap::new();
    for decl in all.filter(|decl| number(decl) <= limit) {
        let known = newest.entry((decl.kind, decl.name())).or_insert(decl);
        if number(decl) > number(known) {
            *known = decl;
        }
    }
    let mut merged: Vec<(&Decl<'t, 's>, &Decl<'t, 's>)> = Vec::new();
    let mut out = Vec::new();
    for decl in file.combinators.iter().filter(|decl| number(decl) <= limit) {
        match newest.get(&(decl.kind, decl.name())) {
            Some(kept) if number(kept) > number(decl) => merged.push((decl, kept)),
            _ => out.push(decl),
        }
    }
    if reading.options.layer.is_none()
        && let Some((older, newer)) = merged.first()
    {
        let kind = ErrorKind::LayersMerged {
            name: newer.name().to_owned(),
            names: merged.iter().map(|(_, newer)| newer.name_location()).collect::<BTreeSet<_>>().len(),
            layers: file.layers.clone(),
            first: older.name_location(),
        };
        problems.add(kind, newer.name_location());
    }
    out
}

/// What is above the first heading is as old as can be.
fn number(decl: &Decl<'_, '_>) -> u32 {
    decl.layer.unwrap_or(0)
}
