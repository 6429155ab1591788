//! Constructor ids: which rule a file follows, and which written ids follow neither.

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
}

impl Ids {
    /// Per file the rule that reproduces more of its written ids; a file without evidence follows all the others.
    pub(crate) fn infer(files: &[(FileIdx, Collected<'_>)], options: &Options) -> Self {
        if let Some(rule) = options.id_rule {
            return Self { by_file: HashMap::new(), rule };
        }
        let mut by_file = HashMap::new();
        let (mut plain, mut telegram) = (0, 0);
        for (file, collected) in files {
            let (file_plain, file_telegram) = evidence(collected);
            plain += file_plain;
            telegram += file_telegram;
            match file_plain.cmp(&file_telegram) {
                std::cmp::Ordering::Less => by_file.insert(*file, IdRule::Telegram),
                std::cmp::Ordering::Greater => by_file.insert(*file, IdRule::Plain),
                std::cmp::Ordering::Equal => None,
            };
        }
        Self { by_file, rule: if telegram > plain { IdRule::Telegram } else { IdRule::Plain } }
    }

    /// The id of a combinator: the written one or, without one, that of the rule of its file.
    pub(crate) fn of(&self, decl: &Decl<'_>) -> u32 {
        decl.ast.id.map_or_else(|| compute(decl, self.rule_of(decl)), |written| written.value)
    }

    /// Whether two declarations mean the same.
    pub(crate) fn same_line(&self, a: &Decl<'_>, b: &Decl<'_>) -> bool {
        self.of(a) == self.of(b) && canonical::line(a.whole, IdRule::Plain) == canonical::line(b.whole, IdRule::Plain)
    }

    /// Warns of written ids that follow neither rule.
    pub(crate) fn check(&self, decls: &[Decl<'_>], options: &Options, problems: &mut Problems) {
        let allowed: HashSet<&str> = options.allow_id_mismatch.iter().map(String::as_str).collect();
        for decl in decls {
            let Some(written) = decl.ast.id else { continue };
            let follows = |rule| compute(decl, rule) == written.value;
            let (likely, other) = match self.rule_of(decl) {
                IdRule::Plain => (IdRule::Plain, IdRule::Telegram),
                IdRule::Telegram => (IdRule::Telegram, IdRule::Plain),
            };
            if follows(likely) || follows(other) || allowed.contains(decl.name()) {
                continue;
            }
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

    fn rule_of(&self, decl: &Decl<'_>) -> IdRule {
        self.by_file.get(&decl.file).copied().unwrap_or(self.rule)
    }
}

fn compute(decl: &Decl<'_>, rule: IdRule) -> u32 {
    id::compute(decl.whole, rule).expect("a combinator has a line")
}

/// How many written ids each rule reproduces.
fn evidence(collected: &Collected<'_>) -> (u32, u32) {
    let (mut plain, mut telegram) = (0, 0);
    for decl in &collected.combinators {
        if let Some(written) = decl.ast.id {
            plain += u32::from(compute(decl, IdRule::Plain) == written.value);
            telegram += u32::from(compute(decl, IdRule::Telegram) == written.value);
        }
    }
    (plain, telegram)
}
