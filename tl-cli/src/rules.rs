//! Every rule of every stage, and how people name one.

use tlgen_model::suggest::Suggest;
use tlgen_parser::diagnostic::{Code, Rule};

use crate::commands::diff;
use crate::project::config;
use crate::{input, stale};

/// All of them, by stage.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let of_schemas = tlgen_parser::rules().chain([&tlgen_parser::json::RULE]).chain(tlgen_model::rules());
    let of_files = [&config::RULE, &input::RULE, &input::BINARY, &stale::STALE, &stale::LAYOUT]
        .into_iter()
        .chain(tlgen_meta::rules());
    of_schemas
        .chain(tlgen_build::rules())
        .chain(tlgen_atlas::rules())
        .chain(tlgen_diff::rules().map(|row| &row.rule))
        .chain(tlgen_lint::rules())
        .chain(diff::RULES.iter().copied())
        .chain(of_files)
}

/// The rule of a code or of a name, both in any case.
pub(crate) fn find(word: &str) -> Option<&'static Rule> {
    let word = word.trim();
    all().find(|rule| rule.code.0.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word))
}

/// The rule of a code.
pub(crate) fn of(code: Code) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

/// The name or code that may be meant by a word that is neither, or is one of `others`.
pub(crate) fn nearest(word: &str, others: &[&'static str]) -> Option<String> {
    let names = all().flat_map(|rule| [rule.code.0, rule.name]);
    Suggest::new(names.chain(others.iter().copied())).nearest(word.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_tell_rules_apart() {
        for of in [|rule: &Rule| rule.code.0, |rule: &Rule| rule.name] {
            let mut words: Vec<&str> = all().map(of).collect();
            let count = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), count);
            // The words that stand for many rules.
            assert!(!words.contains(&"warnings") && !words.contains(&"all"));
        }
        let is_word = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        assert!(all().all(|rule| is_word(rule.name)), "{:?}", all().map(|rule| rule.name).collect::<Vec<_>>());
        for rule in all() {
            assert!(rule.explanation.len() > 40, "{}", rule.name);
        }
    }
}
