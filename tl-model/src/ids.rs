//! Constructor ids: which rule a file follows, and which written ids follow neither.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use tl_parser::canonical;
use tl_parser::id::{self, IdRule};
use tl_parser::source::FileIdx;

use crate::Options;
use crate::collect::{Collected, Decl};
use crate::error::{ErrorKind, Problems};

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
        let (mut plain, mut telegram) = (0, 0);
        for (file, collected) in files {
            let (file_plain, file_telegram) = ids.evidence(collected);
            plain += file_plain;
            telegram += file_telegram;
            match file_plain.cmp(&file_telegram) {
                Ordering::Less => ids.by_file.insert(*file, IdRule::Telegram),
                Ordering::Greater => ids.by_file.insert(*file, IdRule::Plain),
                Ordering::Equal => None,
            };
        }
        ids.is_known = telegram != plain || options.id_rule.is_some();
        if telegram > plain {
            ids.rule = IdRule::Telegram;
        }
        if let Some(rule) = options.id_rule {
            ids.by_file.clear();
            ids.rule = rule;
        }
        ids
    }

    /// How many written ids each rule reproduces.
    fn evidence(&mut self, collected: &Collected<'_>) -> (u32, u32) {
        let (mut plain, mut telegram) = (0, 0);
        for decl in &collected.combinators {
            let Some(written) = decl.ast.id else { continue };
            let is_plain = compute(decl, IdRule::Plain) == written.value;
            let is_telegram = compute(decl, IdRule::Telegram) == written.value;
            plain += u32::from(is_plain);
            telegram += u32::from(is_telegram);
            if !is_plain && !is_telegram {
                self.odd.insert((decl.file, decl.item));
            }
        }
        (plain, telegram)
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

    /// Whether two declarations differ by their names alone.
    pub(crate) fn same_fields(a: &Decl<'_>, b: &Decl<'_>) -> bool {
        let fields = |decl: &Decl<'_>| {
            let line = canonical::line(decl.whole, IdRule::Plain)?;
            Some(line.split_once(' ')?.1.to_owned())
        };
        a.ast.name.is_some() && b.ast.name.is_some() && fields(a) == fields(b)
    }

    /// Warns of written ids that follow neither rule.
    pub(crate) fn check(&self, decls: &[Decl<'_>], options: &Options, problems: &mut Problems) {
        let allowed: HashSet<&str> = options.allow_id_mismatch.iter().map(String::as_str).collect();
        for decl in decls.iter().filter(|decl| self.odd.contains(&(decl.file, decl.item))) {
            let Some(written) = decl.ast.id.filter(|_| !allowed.contains(decl.name())) else { continue };
            let candidate = |rule| (compute(decl, rule), canonical::line(decl.whole, rule).unwrap_or_default());
            let kind = ErrorKind::IdMismatch {
                name: decl.name().to_owned(),
                written: written.value,
                plain: candidate(IdRule::Plain),
                telegram: candidate(IdRule::Telegram),
            };
            problems.warning(kind, decl.at(written.span));
        }
    }
}

fn compute(decl: &Decl<'_>, rule: IdRule) -> u32 {
    id::compute(decl.whole, rule).expect("a combinator has a line")
}
