//! Schemas, and what must hold for any two of them.

use tlgen_diff::{Change, Column, Diff, Item, Level, Mirror, Options, Witness, apply, diff, items};
use tlgen_model::schema::Schema;
use tlgen_model::{Valid, load};
use tlgen_parser::source::Sources;

/// A schema from its text.
pub(crate) fn schema(text: &str) -> Valid<Schema> {
    let mut sources = Sources::new();
    let file = sources.add("schema.tl", text);
    let loaded = load(&sources, &[file], &tlgen_model::Options::default());
    loaded.value.unwrap_or_else(|| panic!("{:?}\n{text}", loaded.diagnostics))
}

pub(crate) fn compared(old: &str, new: &str) -> Diff {
    diff(&schema(old), &schema(new), &Options::default())
}

/// The items without what makes no difference: their order, and the brackets in types.
fn normal(mut items: Vec<Item>) -> Vec<Item> {
    let plain = |ty: &mut String| {
        *ty = ty.replace(['(', ')', '<', '>', ','], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    };
    for item in &mut items {
        plain(&mut item.result);
        item.fields.iter_mut().for_each(|field| plain(&mut field.ty));
    }
    items.sort_by_key(|item| format!("{:?}", (item.kind, &item.name, &item.result)));
    items
}

/// The edits of the diff make the new schema of the old one.
pub(crate) fn assert_applies(old: &Schema, new: &Schema, diff: &Diff) {
    let made = apply(&items(old), &diff.changes).unwrap();
    let (made, wanted) = (normal(made), normal(items(new)));
    for (made, wanted) in made.iter().zip(&wanted) {
        assert_eq!(made, wanted);
    }
    assert_eq!(made.len(), wanted.len());
}

/// Each finding that something breaks has a proof, but for those that say why not. Gives how many have one.
pub(crate) fn assert_proved(diff: &Diff) -> usize {
    let mut proved = 0;
    for change in &diff.changes {
        for column in Column::ALL {
            for finding in change.verdicts.get(column).findings.iter().filter(|one| one.level == Level::Broken) {
                match &finding.witness {
                    Witness::None(why) => {
                        assert!(column == Column::Rust, "{}: {column:?}: {}: {why}", change.item(), finding.text);
                    }
                    Witness::Bytes(_) | Witness::Rust(_) => proved += 1,
                }
            }
        }
    }
    proved
}

/// The diff the other way round is the mirror image.
pub(crate) fn assert_mirrored(diff: &Diff, back: &Diff) {
    let sides = |change: &Change| {
        let text = |version: Option<&tlgen_diff::Version>| version.map(|version| version.item.to_string());
        (text(change.old.as_ref()), text(change.new.as_ref()))
    };
    let find = |wanted: &Change| {
        let (old, new) = sides(wanted);
        back.changes.iter().find(|change| sides(change) == (new.clone(), old.clone()))
    };
    assert_eq!(diff.changes.len(), back.changes.len());
    for change in &diff.changes {
        let mirror = find(change).unwrap_or_else(|| panic!("{} has no mirror image", change.item()));
        for (column, other) in [
            (Column::OldClient, Column::NewClient),
            (Column::NewClient, Column::OldClient),
            (Column::Rust, Column::Rust),
            (Column::Behaviour, Column::Behaviour),
        ] {
            let mut here: Vec<&str> = change.verdicts.get(column).findings.iter().map(|it| mirrored(it.rule)).collect();
            let mut there: Vec<&str> = mirror.verdicts.get(other).findings.iter().map(|it| it.rule.rule.name).collect();
            here.sort_unstable();
            there.sort_unstable();
            assert_eq!(here, there, "{} {column:?}", change.item());
        }
    }
}

fn mirrored(rule: &tlgen_diff::DiffRule) -> &'static str {
    match rule.mirror {
        Mirror::Rule(name) => name,
        Mirror::Itself => rule.rule.name,
        Mirror::None(_) => "",
    }
}
