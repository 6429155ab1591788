//! Each rule: an example that breaks it, and the rule of the opposite change.

use tlgen_build::{Config, Role};
use tlgen_diff::{Column, DiffRule, Level, Mirror, Options, diff, rules};
use tlgen_parser::diagnostic::{Example, Severity};

use crate::common::{assert_applies, assert_mirrored, compared, schema};

/// The rules that two schemas can break.
fn with_examples() -> impl Iterator<Item = (&'static DiffRule, &'static str, &'static str)> {
    rules().filter_map(|row| match row.rule.example {
        Example::Versions(old, new) => Some((row, old, new)),
        _ => None,
    })
}

/// What metadata says is tested elsewhere.
#[test]
fn almost_all_rules_have_examples() {
    let without = rules().filter(|row| !with_examples().any(|(other, ..)| other == *row));
    let without: Vec<_> = without.map(|row| row.rule.name).collect();
    assert_eq!(without, ["error-added", "error-removed", "callers-changed"]);
}

fn names(old: &str, new: &str) -> Vec<&'static str> {
    let diff = compared(old, new);
    let columns = diff.changes.iter().flat_map(|change| Column::ALL.map(|column| change.verdicts.get(column)));
    columns.flat_map(|verdict| &verdict.findings).map(|finding| finding.rule.rule.name).collect()
}

#[test]
fn examples_break_their_rules() {
    for (row, old, new) in with_examples() {
        let found = names(old, new);
        assert!(found.contains(&row.rule.name), "{}: {found:?}", row.rule.name);
        let diff = compared(old, new);
        assert_applies(&schema(old), &schema(new), &diff);
        assert_mirrored(&diff, &compared(new, old));
    }
}

/// A rule and its mirror image name each other, and the examples prove it.
#[test]
fn mirror_images() {
    for row in rules() {
        let name = match row.mirror {
            Mirror::Rule(name) => name,
            Mirror::Itself => row.rule.name,
            Mirror::None(why) => {
                assert!(why.len() > 10, "{} does not say why it has no mirror image", row.rule.name);
                continue;
            }
        };
        let mirror = rules().find(|other| other.rule.name == name).unwrap();
        let back = match mirror.mirror {
            Mirror::Rule(name) => name,
            Mirror::Itself => mirror.rule.name,
            Mirror::None(_) => "",
        };
        assert_eq!(back, row.rule.name);
        if let Example::Versions(old, new) = row.rule.example {
            let found = names(new, old);
            assert!(found.contains(&name), "{}: the way back is {found:?}", row.rule.name);
        }
    }
}

/// Rules are errors where they break something.
#[test]
fn severities() {
    for (row, old, new) in with_examples() {
        let diff = compared(old, new);
        let columns = diff.changes.iter().flat_map(|change| Column::ALL.map(|column| change.verdicts.get(column)));
        let levels = columns.flat_map(|verdict| &verdict.findings).filter(|finding| finding.rule == row);
        let worst = levels.map(|finding| finding.level).max().unwrap();
        assert_eq!(worst == Level::Broken, row.rule.severity == Severity::Error, "{}", row.rule.name);
    }
}

/// What a client can write and read follows from what requests and answers hold; for everybody it does not change.
#[test]
fn a_client_loses_a_direction() {
    let (old, new) = (
        schema("p x:int = P; ---functions--- write p:P = Bool; read = P;"),
        schema("p x:int = P; ---functions--- write p:int = Bool; read = P;"),
    );
    let texts = |old, new, role| {
        let options = Options { config: Config::with(|config| config.role = role), ..Options::default() };
        diff(old, new, &options).indirect.into_iter().map(|one| (one.name, one.finding.text, one.finding.level))
    };
    let lost = ("p".to_owned(), "`constructors::P` is no longer `Encode`".to_owned(), Level::Broken);
    assert_eq!(texts(&old, &new, Role::Client).collect::<Vec<_>>(), [lost]);
    let gained = ("p".to_owned(), "`constructors::P` is `Encode`".to_owned(), Level::Safe);
    assert_eq!(texts(&new, &old, Role::Client).collect::<Vec<_>>(), [gained]);
    for role in [Role::Both, Role::Server] {
        assert_eq!(texts(&old, &new, role).count() + texts(&new, &old, role).count(), 0, "{role:?}");
    }
}
