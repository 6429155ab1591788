//! What holds for any two schemas.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tlgen_diff::{Column, Level, Options, changes, diff};

use crate::common::{assert_applies, assert_mirrored, assert_proved, compared, schema};
use crate::survival::survivors;

/// A declaration whose parts may change one by one.
#[derive(Clone, Debug)]
struct Line {
    name: usize,
    is_function: bool,
    id: Option<u32>,
    fields: Vec<(usize, &'static str, &'static str)>,
    result: &'static str,
    comment: &'static str,
}

fn field() -> impl Strategy<Value = (usize, &'static str, &'static str)> {
    let condition = select(vec!["", "", "flags.0?", "flags.1?", "flags.31?"]);
    let ty = select(vec![
        "int",
        "long",
        "string",
        "bytes",
        "true",
        "Bool",
        "double",
        "#",
        "A",
        "B",
        "C",
        "%D",
        "Vector<int>",
        "(vector A)",
        "(Vector (vector %D))",
        "3*[int]",
        "Maybe<A>",
    ]);
    (0..6usize, condition, ty)
}

fn line() -> impl Strategy<Value = Line> {
    let head = (0..6usize, any::<bool>(), prop::option::of(0..6u32));
    let tail = (select(vec!["A", "B", "C"]), select(vec!["", "", "One.", "Another."]));
    (head, vec(field(), 0..5), tail).prop_map(|((name, is_function, id), fields, (result, comment))| {
        let mut fields = fields;
        let mut seen = Vec::new();
        fields.retain(|(name, ..)| {
            !seen.contains(name) && {
                seen.push(*name);
                true
            }
        });
        Line { name, is_function, id, fields, result, comment }
    })
}

/// What every schema has, so that each type has a finite value.
const BASE: &str =
    "a = A;\nb = B;\nc = C;\nd x:int y:string = D;\nnone {t:Type} = Maybe t;\nsome {t:Type} x:t = Maybe t;\n";

/// The text, in an order and a layout that `shuffle` says.
fn text(lines: &[Line], shuffle: bool) -> String {
    let mut seen = Vec::new();
    let mut ids = Vec::new();
    let mut parts: Vec<(bool, String)> = Vec::new();
    for line in lines {
        if seen.contains(&(line.is_function, line.name)) {
            continue;
        }
        seen.push((line.is_function, line.name));
        let mut text = String::new();
        if !line.comment.is_empty() {
            text += &format!("// {}\n", line.comment);
        }
        text += &format!("{}{}", if line.is_function { "f" } else { "x" }, line.name);
        // One id is used once, or a reader could not tell.
        if let Some(id) = line.id.filter(|id| !ids.contains(id)) {
            ids.push(id);
            text += &format!("#{:08x}", id + 1);
        }
        let gap = if shuffle { "\n    " } else { " " };
        text += &format!("{gap}flags:#");
        for (name, condition, ty) in &line.fields {
            let ty = if shuffle && *ty == "Vector<int>" { "(Vector int)" } else { *ty };
            text += &format!("{gap}y{name}:{condition}{ty}");
        }
        text += &format!("{gap}= {};\n", line.result);
        parts.push((line.is_function, text));
    }
    if shuffle {
        parts.reverse();
    }
    let of = |functions: bool| {
        parts.iter().filter(|(is, _)| *is == functions).map(|(_, text)| text.as_str()).collect::<String>()
    };
    if shuffle {
        format!("---functions---\n{}---types---\n{}\n{BASE}", of(true), of(false))
    } else {
        format!("{BASE}\n{}\n---functions---\n{}", of(false), of(true))
    }
}

/// Two versions: some lines of the first, as they are or with one part of another line, and new ones.
fn versions() -> impl Strategy<Value = (Vec<Line>, Vec<Line>)> {
    let change = (0..6u8, line());
    (vec(line(), 0..6), vec(change, 6), vec(line(), 0..3)).prop_map(|(old, changes, more)| {
        let mut new = more;
        for (line, (what, other)) in old.iter().zip(changes) {
            let mut line = line.clone();
            match what {
                0 => continue,
                1 => line.fields.clone_from(&other.fields),
                2 => line.result = other.result,
                3 => line.id = other.id,
                4 => line.comment = other.comment,
                _ => {}
            }
            new.push(line);
        }
        (old, new)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The diff can be done again, its breaks are proved, what it calls safe is safe, and the way back is the mirror image.
    #[test]
    fn any_two_schemas((old, new) in versions()) {
        let (before, after) = (text(&old, false), text(&new, false));
        let (before, after) = (schema(&before), schema(&after));
        let there = diff(&before, &after, &Options::default());
        assert_applies(&before, &after, &there);
        assert_proved(&there);
        survivors(&before, &after, &there, 2);
        let back = diff(&after, &before, &Options::default());
        assert_applies(&after, &before, &back);
        assert_mirrored(&there, &back);
    }

    /// Layout and order make no difference: there is no diff, and a change keeps its fingerprint.
    #[test]
    fn layout_and_order((old, new) in versions()) {
        let before = schema(&text(&old, false));
        prop_assert_eq!(&changes(&before, &schema(&text(&old, true))).changes, &[]);
        let after = schema(&text(&new, false));
        let fingerprints = |diff: &tlgen_diff::Diff| -> Vec<String> {
            diff.changes.iter().map(|change| change.fingerprint.clone()).collect()
        };
        let plain = fingerprints(&changes(&before, &after));
        let shuffled = fingerprints(&changes(&schema(&text(&old, true)), &schema(&text(&new, true))));
        prop_assert_eq!(plain, shuffled);
    }
}

/// The kind of change that keeps the id and breaks nothing but the reader of text.
#[test]
fn text_and_bytes() {
    let old = schema("a#00000001 x:bytes = A;\n---functions---\nf#00000002 = A;");
    let new = schema("a#00000001 x:string = A;\n---functions---\nf#00000002 = A;");
    let found = diff(&old, &new, &Options::default());
    let level = |column: Column| found.changes[0].verdicts.get(column).level();
    // Answers only: the old server writes bytes, and the new client reads text.
    assert_eq!(level(Column::OldClient), Level::Safe);
    assert_eq!(level(Column::NewClient), Level::Broken);
    assert_eq!(level(Column::Stored), Level::Broken);
    assert_proved(&found);
}

/// A field on a bit that the other side does not use: who does not know the field does not write it.
#[test]
fn optional_fields_on_free_bits() {
    use Level::{Broken, Safe};
    let columns = [Column::OldClient, Column::NewClient, Column::Stored];
    let call = "\nb#2 = B;\n---functions---\nf#9 = A;";
    let sent = "\nb#2 = B;\n---functions---\nf#9 x:A = B;";
    let bare = "\nb#2 x:%A = B;\n---functions---\nf#9 = B;";
    let old = "a#1 flags:# x:flags.0?int y:int = A;";
    let more = "a#1 flags:# z:flags.1?long x:flags.0?int y:int = A;";
    let switch = "a#1 flags:# x:flags.0?int z:flags.1?true y:int = A;";
    let word = "a#1 flags:# y:int = A;";
    let number = "a#1 n:# y:int = A;";
    let of_number = "a#1 n:# z:n.1?long y:int = A;";
    let counted = "a#1 flags:# y:int v:flags*[int] = A;";
    let of_counted = "a#1 flags:# y:int v:flags*[int] z:flags.5?int = A;";
    for (from, to, rest, levels) in [
        // Answers: the new server writes the field, the old one does not. What is stored was written by the old code.
        (old, more, call, [Broken, Safe, Safe]),
        (more, old, call, [Safe, Broken, Broken]),
        (old, more, bare, [Broken, Safe, Safe]),
        (more, old, bare, [Safe, Broken, Broken]),
        // Requests: the new client writes the field.
        (old, more, sent, [Safe, Broken, Safe]),
        (more, old, sent, [Broken, Safe, Broken]),
        (word, old, call, [Broken, Safe, Safe]),
        // A bit that a switch uses, a number, and a count may be anything.
        (switch, more, call, [Broken, Broken, Broken]),
        (number, of_number, call, [Broken, Broken, Broken]),
        (counted, of_counted, call, [Broken, Broken, Broken]),
    ] {
        let found = compared(&(from.to_owned() + rest), &(to.to_owned() + rest));
        let change = found.changes.iter().find(|change| change.item().name == "a").unwrap();
        assert_eq!(columns.map(|column| change.verdicts.get(column).level()), levels, "{from} {to} {rest}");
        let is_one_way = levels.contains(&Safe);
        for (column, level) in columns.into_iter().zip(levels) {
            let finding = &change.verdicts.get(column).findings[0];
            let has_bytes = matches!(finding.witness, tlgen_diff::Witness::Bytes(_));
            assert!(has_bytes == (level == Broken) || !is_one_way, "{from} {to} {rest}: {finding:?}");
        }
    }
}

/// A word comes with what depends on it: a story tells both, but not a word that something else depends on, too.
#[test]
fn stories_tell_new_words() {
    let old = "a#1 x:int = T;\nb#2 x:int = T;\nc#3 x:int = T;\nd#4 x:int = T;";
    let new = "a#11 flags:# x:int rank:flags.0?string = T;\nb#12 flags:# x:int rank:flags.0?string = T;\n\
               c#13 flags:# x:int rank:flags.0?string = T;\nd#14 flags:# x:int rank:flags.0?string y:flags.1?int = T;";
    let found = compared(old, new);
    let stories = tlgen_diff::stories(&found.changes);
    assert_eq!(stories.len(), 1);
    assert_eq!(tlgen_diff::told(&found.changes, &stories), [true, true, true, false]);
}
