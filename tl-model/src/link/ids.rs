//! Constructor ids: which rule a file follows, and which written ids follow neither.

use std::collections::HashMap;

use tlgen_parser::id::{self, Evidence, IdRule, Oddity};
use tlgen_parser::source::{FileIdx, Location};
use tlgen_parser::{canonical, print};

use crate::Reading;
use crate::builtin;
use crate::error::{ErrorKind, KEPT, Problems};
use crate::link::collect::{Collected, Decl};
use crate::link::declared::Declared;
use crate::suggest::Suggest;

/// The rules of the files.
#[derive(Default)]
pub(crate) struct Ids {
    by_file: HashMap<FileIdx, IdRule>,
    /// The declarations whose written id follows neither rule, by their indices in the files.
    odd: Vec<(FileIdx, u32)>,
}

impl Ids {
    /// Per file the rule that reproduces more of its written ids, whatever other files say. A file without evidence follows the
    /// plain rule; where the other one would make a difference, that is a warning.
    pub(crate) fn infer(
        files: &[(FileIdx, Collected<'_, '_>)],
        reading: &Reading<'_>,
        problems: &mut Problems,
    ) -> Self {
        let mut ids = Self::default();
        for (file, collected) in files {
            let mut evidence = Evidence::default();
            for decl in &collected.combinators {
                if !evidence.count(decl.whole) {
                    ids.odd.push((decl.file, decl.item));
                }
            }
            match reading.options.id_rule.or(evidence.rule()) {
                Some(rule) => drop(ids.by_file.insert(*file, rule)),
                None => warn_of_guess(collected, problems),
            }
        }
        ids.odd.sort_unstable();
        ids
    }

    /// Whether the written id proves the line: it follows from it, or the line is known with this id. Then no word of it is a
    /// slip of the pen.
    pub(crate) fn proves(&self, decl: &Decl<'_, '_>) -> bool {
        decl.ast().id.is_some() && (!self.is_odd(decl) || id::oddity(decl.whole).is_some())
    }

    fn is_odd(&self, decl: &Decl<'_, '_>) -> bool {
        self.odd.binary_search(&(decl.file, decl.item)).is_ok()
    }

    /// The id of a combinator: the written one or, without one, that of the rule of its file.
    pub(crate) fn of(&self, decl: &Decl<'_, '_>) -> u32 {
        let rule = || self.by_file.get(&decl.file).copied().unwrap_or_default();
        decl.ast().id.map_or_else(|| compute(decl, rule()), |written| written.value)
    }

    /// Whether two declarations mean the same.
    pub(crate) fn same_line(&self, a: &Decl<'_, '_>, b: &Decl<'_, '_>) -> bool {
        self.of(a) == self.of(b) && canonical::line(a.whole, IdRule::Plain) == canonical::line(b.whole, IdRule::Plain)
    }

    /// Whether two declarations are one, written in two ways: `x:int` and `x:%Int`, `%(vector t)` and `%vector<t>`.
    pub(crate) fn is_respelled(&self, a: &Decl<'_, '_>, b: &Decl<'_, '_>) -> bool {
        let line = |decl: &Decl<'_, '_>| Some(builtin::unbox(&canonical::line(decl.whole, IdRule::Plain)?));
        self.of(a) == self.of(b) && line(a) == line(b) && print::declaration(a.whole) != print::declaration(b.whole)
    }

    /// Whether two declarations differ by their names alone.
    pub(crate) fn same_fields(a: &Decl<'_, '_>, b: &Decl<'_, '_>) -> bool {
        let fields = |decl: &Decl<'_, '_>| {
            let line = canonical::line(decl.whole, IdRule::Plain)?;
            Some(line.split_once(' ')?.1.to_owned())
        };
        a.ast().name.is_some() && b.ast().name.is_some() && fields(a) == fields(b)
    }

    /// What is to be said of the written id of a combinator, if it follows neither rule.
    pub(crate) fn mismatch(&self, decl: &Decl<'_, '_>) -> Option<Mismatch> {
        let written = decl.ast().id.filter(|_| self.is_odd(decl))?;
        let candidate = |rule| (compute(decl, rule), canonical::line(decl.whole, rule).unwrap_or_default().into());
        let (name, at, written) = (decl.name().to_owned(), decl.at(written.span), written.value);
        let (plain, telegram) = (candidate(IdRule::Plain), candidate(IdRule::Telegram));
        let kind = match id::oddity(decl.whole) {
            None => ErrorKind::IdMismatch { name, written, plain, telegram },
            Some(oddity) => ErrorKind::KnownId {
                name,
                written,
                plain,
                telegram,
                original: match oddity {
                    Oddity::Copy(line) => Some(line.into_boxed_str()),
                    Oddity::Public => None,
                },
                more: Vec::new(),
            },
        };
        Some(Mismatch { kind: Box::new(kind), at, whole: decl.at(decl.whole.span) })
    }
}

/// Warns of the first declaration of a file whose id is a guess.
fn warn_of_guess(file: &Collected<'_, '_>, problems: &mut Problems) {
    let ids = |decl: &Decl<'_, '_>| (compute(decl, IdRule::Plain), compute(decl, IdRule::Telegram));
    let mut guessed = file.combinators.iter().filter(|decl| decl.ast().id.is_none()).filter(|decl| {
        let (plain, telegram) = ids(decl);
        plain != telegram
    });
    if let Some(first) = guessed.next() {
        let (plain, telegram) = ids(first);
        let kind = ErrorKind::GuessedIds { name: first.name().to_owned(), plain, telegram, more: guessed.count() };
        problems.add(kind, first.name_location());
    }
}

/// A written id that follows neither rule.
pub(crate) struct Mismatch {
    kind: Box<ErrorKind>,
    at: Location,
    whole: Location,
}

/// All of them.
#[derive(Default)]
pub(crate) struct Mismatches {
    listed: Vec<Mismatch>,
    more: usize,
}

impl Mismatches {
    /// Adds one. Only as many are listed as can be reported.
    pub(crate) fn add(&mut self, mismatch: Mismatch) {
        if self.listed.len() < KEPT {
            self.listed.push(mismatch);
        } else {
            self.more += 1;
        }
    }

    /// Warns of them, but for lines with an error, which tell nothing.
    pub(crate) fn report(self, problems: &mut Problems) {
        let mut errors: Vec<Location> = problems.errors.iter().filter_map(|error| error.location).collect();
        errors.sort_unstable();
        let has_error = |whole: Location| {
            let next = errors.get(errors.partition_point(|error| *error < whole));
            next.is_some_and(|error| error.file == whole.file && error.span.start < whole.span.end)
        };
        for Mismatch { kind, at, whole } in self.listed {
            if !has_error(whole) {
                problems.add(*kind, at);
            }
        }
        problems.more(self.more, true);
    }
}

/// Warns of names in the list of allowed mismatches that name nothing.
pub(crate) fn check_allowed(declared: &Declared<'_>, reading: &Reading<'_>, problems: &mut Problems) {
    for pattern in &reading.options.allow_id_mismatch {
        if declared.constructor(pattern).is_none() && declared.function(pattern).is_none() {
            let names = declared.combinators.iter().map(|combinator| declared.name(combinator));
            let suggestion = Suggest::new(names).nearest(pattern);
            problems.warning_without_place(ErrorKind::UnmatchedPattern { pattern: pattern.clone(), suggestion });
        }
    }
}

fn compute(decl: &Decl<'_, '_>, rule: IdRule) -> u32 {
    id::compute(decl.whole, rule).expect("a combinator has a line")
}
