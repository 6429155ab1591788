//! The front door: the text of files to a resolved schema.
//!
//! What comes in are files of [`Sources`]; what goes out is a schema, or every mistake that the parser and the linker find
//! in them. What has syntax errors is linked too, without the declarations that are broken, so that all mistakes show in
//! one run; there is no schema then.

use std::collections::{HashMap, HashSet};

use tlgen_parser::SyntaxErrorKind;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Location, Sources};

use crate::error::{ErrorKind, ModelError};
use crate::rules::UNMATCHED_PATTERN;
use crate::schema::Schema;
use crate::schema::Valid;
use crate::{Failure, File, Fragment, Linked, Options, link, link_fragment};

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// The result; `None` where there is an error among the diagnostics.
    pub value: Option<T>,
    /// Every error and warning, in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses `files` and links them as one schema.
#[must_use]
pub fn load(sources: &Sources, files: &[FileIdx], options: &Options) -> Outcome<Valid<Schema>> {
    load_with(sources, files, |files| link(files, options))
}

/// Parses and links `files`, which need not be a whole schema.
#[must_use]
pub fn load_fragment(sources: &Sources, files: &[FileIdx], options: &Options, fragment: Fragment) -> Outcome<Schema> {
    load_with(sources, files, |files| link_fragment(files, options, fragment))
}

/// All that was found in schemas that were loaded with the same names in their options, such as the layers of an API: the diagnostics
/// of each.
///
/// A name of an option may be in any of the schemas: only what is in none of them names nothing, and it is said once. So is what two
/// schemas say about a file of both.
#[must_use]
pub fn together(found: Vec<Vec<Diagnostic>>) -> Vec<Diagnostic> {
    let schemas = found.len();
    // How many of the schemas lack a name, and the last of them.
    let mut lacking: HashMap<String, (usize, usize)> = HashMap::new();
    let mut seen: HashSet<(Location, String)> = HashSet::new();
    let mut all = Vec::new();
    for (number, found) in (1..).zip(found) {
        let mut said = Vec::new();
        all.extend(found.into_iter().filter(|diagnostic| match &diagnostic.primary {
            None if diagnostic.code == UNMATCHED_PATTERN => {
                let (count, last) = lacking.entry(diagnostic.message.clone()).or_default();
                let is_new = *last < number;
                (*count, *last) = (*count + usize::from(is_new), number);
                is_new && *count == schemas
            }
            None => true,
            Some(label) => {
                said.push((label.location, diagnostic.message.clone()));
                !said.last().is_some_and(|said| seen.contains(said))
            }
        }));
        seen.extend(said);
    }
    all
}

fn load_with<'s, S>(
    sources: &'s Sources,
    files: &[FileIdx],
    link: impl FnOnce(Vec<File<'s>>) -> Result<Linked<S>, Failure>,
) -> Outcome<S> {
    let mut diagnostics = Vec::new();
    let mut parsed = Vec::with_capacity(files.len());
    // The names that broken declarations may declare.
    let mut lost: HashSet<&str> = HashSet::new();
    let mut is_readable = true;
    for &file in files {
        let text = sources.get(file).text.as_str();
        let result = tlgen_parser::parse(text);
        is_readable &= !result.errors.iter().any(|error| hides_declarations(error.kind));
        diagnostics.extend(result.errors.iter().chain(&result.warnings).map(|error| error.diagnostic(file)));
        lost.extend(result.broken.iter().flat_map(|broken| &broken.names));
        parsed.push((file, result.schema, text));
    }
    if !is_readable {
        return Outcome { value: None, diagnostics };
    }
    let is_broken = diagnostics.iter().any(Diagnostic::is_error);
    let (value, found) = match link(parsed) {
        Ok(linked) => (Some(linked.schema), linked.warnings),
        Err(failure) => (None, failure.errors.into_iter().chain(failure.warnings).collect()),
    };
    let found = found.iter().filter(|error| !is_broken || is_certain(error, &lost));
    diagnostics.extend(found.map(ModelError::diagnostic));
    Outcome { value: value.filter(|_| !is_broken), diagnostics }
}

/// Whether a syntax error leaves open what the rest of the file declares: the section after a heading that cannot be read is
/// unknown, and so is what the parser did not get to.
fn hides_declarations(kind: SyntaxErrorKind) -> bool {
    matches!(
        kind,
        SyntaxErrorKind::BadHeading
            | SyntaxErrorKind::TooManyErrors
            | SyntaxErrorKind::LargeFile
            | SyntaxErrorKind::OtherLanguage(_)
    )
}

/// Whether a mistake is one whatever the broken declarations say, which may declare the names in `lost`.
fn is_certain(error: &ModelError, lost: &HashSet<&str>) -> bool {
    match &*error.kind {
        ErrorKind::UndefinedType { name, .. } => !lost.contains(name.as_str()),
        // A broken declaration may have the id that tells the rule.
        ErrorKind::NoFiniteValue { .. }
        | ErrorKind::EmptySection { .. }
        | ErrorKind::UnmatchedPattern { .. }
        | ErrorKind::GuessedIds { .. } => false,
        _ => true,
    }
}
