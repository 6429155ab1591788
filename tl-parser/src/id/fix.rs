//! Right ids for wrong ones: `tlgen fmt --ids`.
//!
//! What comes in is a schema; what goes out are the written ids that follow from neither rule, each with the one that follows by
//! the rule of the file. Ids that are known to be right though they do not follow ([`oddity`]) are left alone.

use super::{Evidence, IdRule, compute, oddity};
use crate::ast::{DeclarationKind, Schema};
use crate::source::Span;

/// The wrong ids of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixes {
    /// By which rule the right ids follow.
    pub rule: IdRule,
    /// Whether no written id tells the rule and nobody has said it, though one of the ids here depends on it: then it is the
    /// plain one.
    pub is_guess: bool,
    /// The ids, in the order of the file.
    pub ids: Vec<Fix>,
}

/// A wrong id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The combinator; `_` for a default constructor.
    pub name: String,
    /// Where the wrong id is, with its `#`.
    pub span: Span,
    /// The wrong id.
    pub written: u32,
    /// The right one.
    pub right: u32,
}

/// The wrong ids of a schema without errors. `rule` is that of the file if somebody says it, `is_allowed` tells the combinators
/// whose id is meant as it is.
#[must_use]
pub fn fixes(schema: &Schema<'_>, rule: Option<IdRule>, is_allowed: impl Fn(&str) -> bool) -> Fixes {
    let mut evidence = Evidence::default();
    let odd: Vec<_> = schema
        .declarations()
        .filter_map(|(_, declaration)| {
            let DeclarationKind::Combinator(combinator) = &declaration.kind else { return None };
            let follows = evidence.count(declaration);
            Some((declaration, combinator)).filter(|_| !follows)
        })
        .collect();
    let told = rule.or(evidence.rule());
    let rule = told.unwrap_or_default();
    let mut is_guess = false;
    let ids = odd.into_iter().filter_map(|(declaration, combinator)| {
        let name = combinator.name.map_or("_", |name| name.text);
        let (id, right) = (combinator.id?, compute(declaration, rule)?);
        let fix = Fix { name: name.to_owned(), span: id.span, written: id.value, right };
        if is_allowed(name) || oddity(declaration).is_some() {
            return None;
        }
        is_guess |= told.is_none() && compute(declaration, IdRule::Telegram) != Some(right);
        Some(fix)
    });
    let ids = ids.collect();
    Fixes { rule, is_guess, ids }
}

impl Fixes {
    /// The text of the schema with the right ids. Nothing else changes.
    ///
    /// # Panics
    /// If it is the text of another schema.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut end = 0;
        for fix in &self.ids {
            out.push_str(&text[end..fix.span.start as usize]);
            out.push_str(&format!("#{:08x}", fix.right));
            end = fix.span.end as usize;
        }
        out.push_str(&text[end..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str, rule: Option<IdRule>, allowed: &[&str]) -> (String, bool) {
        let parsed = crate::parse(text);
        assert!(parsed.errors.is_empty(), "{text}");
        let fixes = fixes(&parsed.schema, rule, |name| allowed.contains(&name));
        let out = fixes.apply(text);
        let again = crate::parse(&out);
        assert_eq!(super::fixes(&again.schema, rule, |name| allowed.contains(&name)).ids, [], "{out}");
        (out, fixes.is_guess)
    }

    #[test]
    fn only_what_follows_from_neither_rule_changes() {
        // By the plain rule, by that of Telegram, a copy, and a wrong one between comments, blanks and short ids.
        let before = "u#ac03a95d flags:# a:flags.0?int t:flags.1?true = U;\r\nu2#9a1cd5ac  flags:# = U;\n\
                      boolTrue_layer7#997275b5 = Bool; // #1\n\n\n  ok#1  =Ok ; a = A;\n";
        let (after, is_guess) = fixed(before, None, &[]);
        assert!(!is_guess);
        assert_eq!(after, before.replace("u2#9a1cd5ac", "u2#deeb403e").replace("ok#1 ", "ok#d4edbe69 "));
        assert_eq!(fixed(before, None, &["u2", "ok"]).0, before);
    }

    #[test]
    fn by_the_rule_of_the_file() {
        let wrong = "v#1 x:bytes = V;\n";
        assert_eq!(fixed(wrong, None, &[]), (wrong.replace("#1", "#928f45ad"), true));
        assert_eq!(fixed("ok#1 = Ok;", None, &[]), ("ok#d4edbe69 = Ok;".to_owned(), false));
        assert_eq!(fixed(wrong, Some(IdRule::Telegram), &[]), (wrong.replace("#1", "#5a60d123"), false));
        let telegram = format!("{wrong}u#9a1cd5ac flags:# a:flags.0?int t:flags.1?true = U;");
        assert_eq!(fixed(&telegram, None, &[]), (telegram.replace("#1 ", "#5a60d123 "), false));
    }
}
