//! The errors of an API, and the functions that answer with each.
//!
//! What comes in is the metadata of the chapters of one API; what goes out is one entry for each error that any of them names,
//! with the functions that have a page.

use std::collections::{BTreeMap, BTreeSet};

use tlgen_meta::{ErrorName, RpcError};
use tlgen_model::schema::{CombinatorIdx, SectionKind};

use crate::book::{Chapter, Part};
use crate::paths::{Names, Target};

/// The errors of an API, by name.
#[derive(Default)]
pub(crate) struct Errors {
    all: Vec<KnownError>,
    indices: BTreeMap<ErrorName, usize>,
}

/// An error with everything that is known about it.
pub(crate) struct KnownError {
    pub(crate) name: ErrorName,
    /// The codes under which it comes, ascending.
    pub(crate) codes: BTreeSet<i32>,
    /// What it means, whichever function it comes from.
    pub(crate) description: Option<String>,
    /// The functions that are known to answer with it: those of the newest layer first.
    pub(crate) functions: Vec<Cause>,
    pub(crate) page: Target,
}

impl KnownError {
    /// What all functions say alike is said of the error, and is not repeated for each of them.
    fn settle(&mut self) {
        if let (None, Some(first)) = (&self.description, self.functions.first())
            && self.functions.iter().all(|cause| cause.description == first.description)
        {
            self.description = first.description.clone();
        }
        for cause in &mut self.functions {
            cause.description.take_if(|text| self.description.as_ref() == Some(text));
        }
    }
}

/// A function that answers with an error.
pub(crate) struct Cause {
    pub(crate) chapter: usize,
    pub(crate) function: CombinatorIdx,
    /// What it means for this function.
    pub(crate) description: Option<String>,
}

impl Errors {
    /// The errors of one API. `has_page` says whether a function has its page with a chapter.
    pub(crate) fn of(chapters: &[Chapter<'_>], has_page: impl Fn(&Chapter<'_>, &str) -> bool) -> Self {
        let mut errors = Self::default();
        let Some(newest) = chapters.iter().find(|chapter| chapter.part == Part::Whole) else { return errors };
        let mut files = Names::default();
        // Each name gets its page at its first occurrence; so the newest layer, which comes first, keeps its addresses.
        let mut page = |name: &ErrorName| newest.paths.other(&format!("errors/{}", files.file(&file(name), 0)));
        for chapter in chapters.iter().filter(|chapter| chapter.part != Part::OlderLayer) {
            // An older layer adds nothing but what its removed functions answer with.
            if chapter.part == Part::Whole {
                for (name, known) in &chapter.metadata.errors {
                    let entry = errors.entry(name, &mut page);
                    entry.codes.extend(&known.codes);
                    entry.description = known.description.clone();
                }
            }
            for (function, combinator) in (0..).map(CombinatorIdx).zip(&chapter.schema.combinators) {
                let name = combinator.name.full();
                if combinator.kind != SectionKind::Functions || !has_page(chapter, name) {
                    continue;
                }
                for RpcError { codes, name, description } in chapter.metadata.errors_of(name).unwrap_or_default() {
                    let entry = errors.entry(&name, &mut page);
                    entry.codes.extend(codes);
                    entry.functions.push(Cause { chapter: chapter.index, function, description });
                }
            }
        }
        errors.all.iter_mut().for_each(KnownError::settle);
        errors
    }

    fn entry(&mut self, name: &ErrorName, page: impl FnOnce(&ErrorName) -> Target) -> &mut KnownError {
        let index = *self.indices.entry(name.clone()).or_insert_with(|| {
            let (codes, functions, description) = (BTreeSet::new(), Vec::new(), None);
            self.all.push(KnownError { name: name.clone(), codes, description, functions, page: page(name) });
            self.all.len() - 1
        });
        &mut self.all[index]
    }

    /// All errors with their indices, by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &KnownError)> {
        self.indices.values().map(|index| (*index, &self.all[*index]))
    }

    pub(crate) fn at(&self, index: usize) -> &KnownError {
        &self.all[index]
    }

    pub(crate) fn find(&self, name: &ErrorName) -> Option<&KnownError> {
        self.indices.get(name).map(|index| &self.all[*index])
    }
}

/// A file name for an error, whose name may be any text: what is no letter, digit or `_` is written as its bytes.
fn file(name: &ErrorName) -> String {
    let mut file = String::new();
    for c in name.as_str().chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            file.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| file.push_str(&format!("-{byte:02x}")));
        }
    }
    if file.is_empty() { "-".to_owned() } else { file }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_is_a_file_in_the_folder() {
        for (name, expected) in
            [("FLOOD_WAIT_%d", "FLOOD_WAIT_X"), ("../a b", "-2e-2e-2fa-20b"), ("", "-"), ("ä", "-c3-a4")]
        {
            assert_eq!(file(&ErrorName::new(name)), expected);
        }
    }
}
