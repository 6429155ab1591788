//! Constructor ids: which rule a file follows, and which written ids follow neither.

use std::collections::{HashMap, HashSet};

use tl_parser::id::{self, Evidence, IdRule};
use tl_parser::source::{FileIdx, Location};
use tl_parser::{canonical, print};

use crate::Options;
use crate::builtin;
use crate::collect::{Collected, Decl};
use crate::error::{ErrorKind, Problems};
use crate::suggest::Suggest;

/// The rules of the files.
pub(crate) struct Ids {
    by_file: HashMap<FileIdx, IdRule>,
    /// The rule of all files together.
    pub(crate) rule: IdRule,
    /// Whether the written ids tell the rules apart, or the rule is given.
    pub(crate) is_known: bool,
    /// The declarations whose written id follows neither rule, by their places in the files.
    odd: HashSet<(FileIdx, usize)>,
}

impl Ids {
    /// Per file the rule that reproduces more of its written ids; a file without evidence follows all the others.
    pub(crate) fn infer(files: &[(FileIdx, Collected<'_>)], options: &Options) -> Self {
        let mut ids = Self { by_file: HashMap::new(), rule: IdRule::Plain, is_known: false, odd: HashSet::new() };
        let mut all = Evidence::default();
        for (file, collected) in files {
            let mut evidence = Evidence::default();
            for decl in &collected.combinators {
                if !evidence.count(decl.whole) {
                    ids.odd.insert((decl.file, decl.item));
                }
            }
            ids.by_file.extend(evidence.rule().map(|rule| (*file, rule)));
            all.add(evidence);
        }
        ids.is_known = all.rule().is_some() || options.id_rule.is_some();
        ids.rule = all.rule().unwrap_or_default();
        if let Some(rule) = options.id_rule {
            ids.by_file.clear();
            ids.rule = rule;
        }
        ids
    }

    /// Whether the written id proves the line: it follows from it, or from it under another name. Then no word of it is
    /// a slip of the pen.
    pub(crate) fn proves(&self, decl: &Decl<'_>) -> bool {
        decl.ast.id.is_some() && (!self.odd.contains(&(decl.file, decl.item)) || id::original(decl.whole).is_some())
    }

    /// The id of a combinator: the written one or, without one, that of the rule of its file.
    pub(crate) fn of(&self, decl: &Decl<'_>) -> u32 {
        let rule = || self.by_file.get(&decl.file).copied().unwrap_or(self.rule);
        decl.ast.id.map_or_else(|| compute(decl, rule()), |written| written.value)
    }

    /// Whether two declarations mean the same.
    pub(crate) fn same_line(&self, a: &Decl<'_>, b: &Decl<'_>) -> bool {
        self.of(a) == self.of(b) && canonical::line(a.whole, IdRule::Plain) == canonical::line(b.whole, IdRule::Plain)
    }

    /// Whether two declarations are one, written in two ways: `x:int` and `x:%Int`, `%(vector t)` and `%vector<t>`.
    pub(crate) fn is_respelled(&self, a: &Decl<'_>, b: &Decl<'_>) -> bool {
        let line = |decl: &Decl<'_>| Some(builtin::unbox(&canonical::line(decl.whole, IdRule::Plain)?));
        self.of(a) == self.of(b) && line(a) == line(b) && print::declaration(a.whole) != print::declaration(b.whole)
    }

    /// Whether two declarations differ by their names alone.
    pub(crate) fn same_fields(a: &Decl<'_>, b: &Decl<'_>) -> bool {
        let fields = |decl: &Decl<'_>| {
            let line = canonical::line(decl.whole, IdRule::Plain)?;
            Some(line.split_once(' ')?.1.to_owned())
        };
        a.ast.name.is_some() && b.ast.name.is_some() && fields(a) == fields(b)
    }

    /// Warns of written ids that follow neither rule, but for lines with an error, which tell nothing.
    pub(crate) fn check(&self, decls: &[Decl<'_>], options: &Options, problems: &mut Problems) {
        let allowed: HashSet<&str> = options.allow_id_mismatch.iter().map(String::as_str).collect();
        if !allowed.is_empty() {
            let names: HashSet<&str> = decls.iter().map(Decl::name).collect();
            for pattern in options.allow_id_mismatch.iter().filter(|name| !names.contains(name.as_str())) {
                let suggestion = Suggest::new(names_in_order(decls)).nearest(pattern);
                problems.warning_without_place(ErrorKind::UnmatchedPattern { pattern: pattern.clone(), suggestion });
            }
        }
        let mut errors: Vec<Location> = problems.errors.iter().filter_map(|error| error.location).collect();
        errors.sort_unstable();
        let has_error = |decl: &Decl<'_>| {
            let whole = decl.at(decl.whole.span);
            let next = errors.get(errors.partition_point(|error| *error < whole));
            next.is_some_and(|error| error.file == whole.file && error.span.start < whole.span.end)
        };
        for decl in decls.iter().filter(|decl| self.odd.contains(&(decl.file, decl.item)) && !has_error(decl)) {
            let Some(written) = decl.ast.id.filter(|_| !allowed.contains(decl.name())) else { continue };
            let candidate = |rule| (compute(decl, rule), canonical::line(decl.whole, rule).unwrap_or_default());
            let kind = ErrorKind::IdMismatch {
                name: decl.name().to_owned(),
                written: written.value,
                plain: candidate(IdRule::Plain),
                telegram: candidate(IdRule::Telegram),
                original: id::original(decl.whole),
            };
            problems.warning(kind, decl.at(written.span));
        }
    }
}

fn names_in_order<'a>(decls: &[Decl<'a>]) -> impl Iterator<Item = &'a str> {
    decls.iter().map(Decl::name)
}

fn compute(decl: &Decl<'_>, rule: IdRule) -> u32 {
    id::compute(decl.whole, rule).expect("a combinator has a line")
}
