//! Every rule of every stage: its code, its name if it has one, and what it means.

use tlgen_model::suggest::Suggest;
use tlgen_parser::diagnostic::Code;

use crate::project::config;

/// What is known of a code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) code: Code,
    /// The rules about schemas have one.
    pub(crate) name: Option<&'static str>,
    pub(crate) explanation: &'static str,
}

/// All of them, by stage.
pub(crate) fn all() -> impl Iterator<Item = Known> {
    let rules = tlgen_parser::rules().chain(tlgen_model::rules());
    let named = rules.map(|rule| Known { code: rule.code, name: Some(rule.name), explanation: rule.explanation });
    let tables = [
        tlgen_parser::json::EXPLANATIONS,
        tlgen_build::EXPLANATIONS,
        tlgen_meta::EXPLANATIONS,
        config::EXPLANATIONS,
        crate::input::EXPLANATIONS,
    ];
    let others = tables.into_iter().flatten().map(|&(code, explanation)| Known { code, name: None, explanation });
    named.chain(others)
}

/// The rule of a code or of a name, both in any case.
pub(crate) fn find(word: &str) -> Option<Known> {
    let word = word.trim();
    all().find(|known| {
        known.code.0.eq_ignore_ascii_case(word) || known.name.is_some_and(|name| name.eq_ignore_ascii_case(word))
    })
}

/// What a code means.
pub(crate) fn explanation(code: Code) -> Option<&'static str> {
    all().find(|known| known.code == code).map(|known| known.explanation)
}

/// The name or code that may be meant by a word that is neither, or is one of `others`.
pub(crate) fn nearest(word: &str, others: &[&'static str]) -> Option<String> {
    let names = all().flat_map(|known| [Some(known.code.0), known.name]).flatten();
    Suggest::new(names.chain(others.iter().copied())).nearest(word.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_and_tell_rules_apart() {
        let mut names: Vec<&str> = all().filter_map(|known| known.name).collect();
        let is_word = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        assert!(names.iter().all(|name| is_word(name)), "{names:?}");
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        // The one word that stands for many rules.
        assert!(!names.contains(&"warnings"));
    }
}
