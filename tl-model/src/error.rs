//! What can be wrong with the meaning of a schema.
//!
//! One kind per mistake. A [`ModelError`] is a kind with its location and severity; it turns into a
//! [`Diagnostic`](tlgen_parser::diagnostic::Diagnostic) for a renderer.

mod kind;

use std::collections::HashMap;

pub use kind::ErrorKind;
use tlgen_parser::diagnostic::{Code, Diagnostic, Severity};
use tlgen_parser::source::{FileIdx, Location};

use crate::rules;

/// One mistake, or one thing to know about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError {
    /// What it is.
    pub kind: Box<ErrorKind>,
    /// Whether the schema is refused for it.
    pub severity: Severity,
    /// Where it is; `None` where it has no location, as for a pattern that matched nothing.
    pub location: Option<Location>,
}

impl ModelError {
    pub(crate) fn without_location(kind: ErrorKind) -> Self {
        Self { kind: Box::new(kind), severity: Severity::Error, location: None }
    }

    /// The stable code of its kind.
    #[must_use]
    pub fn code(&self) -> Code {
        self.kind.code()
    }

    /// The same with its texts, ready for a renderer.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        rules::diagnostic(self)
    }
}

impl core::fmt::Display for ModelError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.diagnostic().message)
    }
}

impl core::error::Error for ModelError {}

/// How many errors, and how many warnings, are kept. Nobody reads more, and a small file can have very many.
pub(crate) const KEPT: usize = 1_000;

/// Up to this many warnings of one kind in a file are shown one by one; more are shown as one warning.
const EACH: usize = 8;

/// The kinds that one warning of a file may sum up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Group {
    KnownIds,
    EmptySections,
}

fn group_of(warning: &ModelError) -> Option<(FileIdx, Group)> {
    let group = match &*warning.kind {
        ErrorKind::KnownId { .. } => Group::KnownIds,
        ErrorKind::EmptySection { .. } => Group::EmptySections,
        _ => return None,
    };
    Some((warning.location?.file, group))
}

/// Sums up very many warnings of a kind as one.
fn group(warnings: Vec<ModelError>) -> Vec<ModelError> {
    let mut counts: HashMap<(FileIdx, Group), usize> = HashMap::new();
    for group in warnings.iter().filter_map(group_of) {
        *counts.entry(group).or_default() += 1;
    }
    let mut firsts: HashMap<(FileIdx, Group), usize> = HashMap::new();
    let mut out: Vec<ModelError> = Vec::with_capacity(warnings.len());
    for warning in warnings {
        let Some(group) = group_of(&warning).filter(|group| counts[group] > EACH) else {
            out.push(warning);
            continue;
        };
        let Some(&first) = firsts.get(&group) else {
            firsts.insert(group, out.len());
            out.push(warning);
            continue;
        };
        match (&mut *out[first].kind, *warning.kind) {
            (ErrorKind::KnownId { more, .. }, ErrorKind::KnownId { name, .. }) => more.push(name),
            (ErrorKind::EmptySection { more, .. }, _) => *more += 1,
            _ => {}
        }
    }
    out
}

/// The errors and warnings of one run.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    pub(crate) errors: Vec<ModelError>,
    pub(crate) warnings: Vec<ModelError>,
    /// How many were not kept.
    more_errors: usize,
    more_warnings: usize,
}

impl Problems {
    /// Adds a mistake, as severe as its rule says.
    pub(crate) fn add(&mut self, kind: ErrorKind, location: Location) {
        self.report(kind, location, false);
    }

    /// Adds a mistake, as a warning where `lenient`.
    pub(crate) fn report(&mut self, kind: ErrorKind, location: Location, lenient: bool) {
        let severity = if lenient { Severity::Warning } else { kind.row().rule.severity };
        let (list, more) = match severity {
            Severity::Error => (&mut self.errors, &mut self.more_errors),
            Severity::Warning => (&mut self.warnings, &mut self.more_warnings),
        };
        if list.len() < KEPT {
            list.push(ModelError { kind: Box::new(kind), severity, location: Some(location) });
        } else {
            *more += 1;
        }
    }

    pub(crate) fn warning_without_place(&mut self, kind: ErrorKind) {
        self.warnings.push(ModelError { severity: Severity::Warning, ..ModelError::without_location(kind) });
    }

    pub(crate) fn error_without_location(&mut self, kind: ErrorKind) {
        self.errors.push(ModelError::without_location(kind));
    }

    /// Counts what is not shown.
    pub(crate) fn more(&mut self, count: usize, is_warning: bool) {
        *(if is_warning { &mut self.more_warnings } else { &mut self.more_errors }) += count;
    }

    /// Ends both lists, in the order of the files.
    pub(crate) fn finish(&mut self) {
        self.errors.sort_by_key(|error| error.location);
        self.warnings.sort_by_key(|warning| warning.location);
        // The type of `(x y:T)` is linked for each name.
        self.errors.dedup();
        self.warnings.dedup();
        self.warnings = group(std::mem::take(&mut self.warnings));
        if self.more_errors > 0 {
            let kind = ErrorKind::More { count: self.more_errors, severity: Severity::Error };
            self.errors.push(ModelError::without_location(kind));
        }
        if self.more_warnings > 0 {
            self.warning_without_place(ErrorKind::More { count: self.more_warnings, severity: Severity::Warning });
        }
    }
}
