//! Several files as one.

use std::collections::HashMap;

use tlgen_parser::diagnostic::{Code, Severity};
use tlgen_parser::source::{FileIdx, Location, Sources};

use super::{Comments, Excerpt};
use crate::error::{ErrorKind, ModelError};
use crate::link::headings::Headings;
use crate::schema::{CombinatorIdx, Schema};
use crate::{Fragment, Options, Outcome, load_fragment};

/// A declaration that is in two files in the same way.
const REPEATED: Code = Code("TL0136");

/// The text of a merged schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// One file that reads as all of them together.
    pub text: String,
    /// How many constructors and functions it declares.
    pub declarations: usize,
}

/// Merges files into the text of one that reads as all of them linked together. A declaration that several files have in the
/// same way is there once, with the comments of the first. Files of several layers give the newest declaration of each name.
///
/// An error is all that is one for files that are linked together, such as two declarations of one name; two declarations in
/// different files with one id; and files of different layers, of which nothing else is said but errors of the syntax. Types that are declared in none of the files are warnings if the ids prove that the
/// files are parts of a schema.
#[must_use]
pub fn merge(sources: &Sources, files: &[FileIdx], options: &Options) -> Outcome<Merged> {
    let Outcome { value, mut diagnostics } = load_fragment(sources, files, options, Fragment::Proved);
    let layers = other_layers(sources, files);
    if !layers.is_empty() {
        // Layers of one schema have most names in common. Hundreds of conflicts would hide the one reason for all of them.
        let is_syntax = |code: Code| tlgen_parser::rules().any(|rule| rule.code == code);
        diagnostics.retain(|found| is_syntax(found.code));
        diagnostics.extend(layers.iter().map(ModelError::diagnostic));
        return Outcome { value: None, diagnostics };
    }
    let Some(schema) = value else { return Outcome { value: None, diagnostics } };
    // That is what merging is for.
    diagnostics.retain(|found| found.code != REPEATED);
    let shared = shared_ids(&schema);
    if !shared.is_empty() {
        return Outcome { value: None, diagnostics: shared.iter().map(ModelError::diagnostic).collect() };
    }
    let types = schema.types.iter().map(|ty| ty.name.full()).collect();
    let excerpt = Excerpt { sources, files, schema: &schema, kept: &|_| true, types, comments: Comments::All };
    let value = Merged { text: excerpt.text(), declarations: schema.combinators.len() };
    Outcome { value: Some(value), diagnostics }
}

/// The files whose layer is another one than that of the first file that names one.
fn other_layers(sources: &Sources, files: &[FileIdx]) -> Vec<ModelError> {
    let layer = |file: &FileIdx| {
        let text = &sources.get(*file).text;
        let headings = Headings::of(&tlgen_parser::parse(text).schema);
        let layer = headings.file?;
        let (_, span) = headings.named.into_iter().rfind(|(named, _)| *named == layer)?;
        Some((layer, Location { file: *file, span }))
    };
    let mut named = files.iter().filter_map(layer);
    let Some((other, first)) = named.next() else { return Vec::new() };
    named
        .filter(|(layer, _)| *layer != other)
        .map(|(layer, location)| ModelError {
            kind: Box::new(ErrorKind::LayersDiffer { layer, other, first }),
            severity: Severity::Error,
            location: Some(location),
        })
        .collect()
}

/// Declarations of different files with one id.
fn shared_ids(schema: &Schema) -> Vec<ModelError> {
    let mut firsts: HashMap<u32, CombinatorIdx> = HashMap::new();
    let mut errors = Vec::new();
    for (idx, combinator) in (0..).map(CombinatorIdx).zip(&schema.combinators) {
        let first = schema.combinator(*firsts.entry(combinator.id).or_insert(idx));
        if first.location.file != combinator.location.file && combinator.name.full() != "_" {
            let kind = ErrorKind::SharedId {
                name: combinator.name.full().to_owned(),
                other: first.name.full().to_owned(),
                id: combinator.id,
                first: first.name_location,
            };
            let location = Some(combinator.name_location);
            errors.push(ModelError { kind: Box::new(kind), severity: Severity::Error, location });
        }
    }
    errors
}
