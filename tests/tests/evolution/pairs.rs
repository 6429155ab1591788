//! Small schemas: two that share declarations, and what else differs.

use tlgen_build::Config;

use crate::items::{Items, generate};

/// What differs between the items of the declarations that two schemas share; `shared` says how many these are.
fn changes(old: &[&str], new: &[&str], shared: usize) -> Vec<String> {
    let items = |files: &[&str]| Items::of(&generate(files, &Config::default()));
    let (compared, changed) = items(old).compare(&items(new));
    assert_eq!(compared, shared, "old: {old:?}, new: {new:?}");
    changed
}

fn unchanged(old: &[&str], new: &[&str], shared: usize) {
    let changed = changes(old, new, shared);
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// Its id follows from the Telegram rule, and from no other.
const TELEGRAM: &str = "seen#3e3d0fff flags:# all:flags.0?true of:long = Seen;";
/// The same for the plain rule.
const PLAIN: &str = "seen#f026a5ef flags:# all:flags.0?true of:long = Seen;";

#[test]
fn an_id_of_another_line_decides_about_no_flags_word() {
    let foo = "foo mode:# a:mode.0?int = Foo; bar flags:# a:flags.0?int = Bar;";
    for other in [TELEGRAM, PLAIN] {
        unchanged(&[foo], &[foo, other], 2);
        unchanged(&[foo], &[&format!("{foo} {other}")], 2);
    }
    let ours = |text| generate(&[text], &Config::default());
    assert!(ours(foo).contains("pub mode: u32"));
    assert!(!ours(foo).contains("pub flags: u32"));
}

#[test]
fn an_item_that_grows_moves_no_box_of_another() {
    let holders = "
        none = Holder; some info:Info n:int = Holder; many infos:Vector<Info> = Holder;
        alone flags:# info:flags.0?Info = Alone;
        ---functions---
        ask info:Info = Holder;
        ---types---
    ";
    let small = "info a:int = Info;";
    let large = "info a:string b:string c:string d:string e:string f:string g:string h:string = Info;";
    unchanged(&[&format!("{holders} {small}")], &[&format!("{holders} {large}")], 5);
}

#[test]
fn an_item_that_loses_a_derive_takes_none_from_another() {
    let holders = "none = Holder; some info:Info n:int = Holder; alone info:Info text:string = Alone;";
    for other in ["info a:double = Info;", "info a:string = Info;", "info a:Holder = Info;", "info b:int512 = Info;"] {
        let (old, new) = (format!("{holders} info a:int = Info;"), format!("{holders} {other}"));
        unchanged(&[&old], &[&new], 3);
    }
}

#[test]
fn a_type_that_gains_a_constructor_changes_no_holder() {
    let holders = "none = Holder; some info:Info n:int = Holder; alone flags:# info:flags.0?Info = Alone;";
    let (old, new) = (format!("{holders} info a:int = Info;"), format!("{holders} info a:int = Info; no = Info;"));
    unchanged(&[&old], &[&new], 4);
}

#[test]
fn what_is_alone_and_empty_is_a_unit_of_its_type() {
    unchanged(&["empty = Thing; x a:Thing = X;"], &["empty = Thing; full a:int = Thing; x a:Thing = X;"], 1);
}

#[test]
fn order_says_nothing() {
    let lines = ["a x:B y:flags0 = A;", "flags0 flags:# b:flags.0?B = Flags;", "b = B;", "c a:A = B;", "d e:long = B;"];
    let (text, back) = (lines.concat(), lines.iter().rev().copied().collect::<String>());
    unchanged(&[&text], &[&back], 5);
    unchanged(&[&text], &[&back, TELEGRAM], 5);
}

#[test]
fn a_circle_through_a_type_with_several_constructors_moves_no_box() {
    let shared = "plain text:string = Text; bold text:Text = Text; page flags:# title:flags.0?Text note:Note = Page;";
    let (open, closed) =
        ("note n:int = Note;", "note flags:# text:Text page:flags.0?Page = Note; linked p:Page = Note;");
    unchanged(&[&format!("{shared} {open}")], &[&format!("{shared} {closed}")], 4);
}

/// The one exception: structs that hold each other directly, through optional fields.
#[test]
fn a_circle_of_structs_that_a_new_line_closes_boxes_its_optional_fields() {
    let shared = "day flags:# next:flags.0?Night n:int = Day; week day:Day flags:# other:flags.0?Day = Week;";
    let (open, closed) = ("night n:int = Night;", "night day:Day = Night;");
    let changed = changes(&[&format!("{shared} {open}")], &[&format!("{shared} {closed}")], 2);
    let definitions: Vec<&String> = changed.iter().filter(|change| change.contains("pub struct")).collect();
    assert_eq!(changed, definitions.into_iter().cloned().collect::<Vec<_>>());
    assert!(changed.len() == 2 && changed.iter().all(|change| change.starts_with("constructors::Day:")), "{changed:?}");
}

#[test]
fn whatever_a_schema_says_new_is_there() {
    let text = "
        unit = Unit; all a:int b:string = All; some flags:# a:int b:flags.0?long c:flags.1?true = Some; one = E; two = E;
        ---functions---
        get = Bool; wrap {X:Type} n:int query:!X = X;
    ";
    let items = Items::of(&generate(&[text], &Config::default()));
    for (path, shape) in items.0.iter().filter(|(path, _)| !path.starts_with("types::")) {
        assert_eq!(shape.parts.iter().filter(|part| part.contains("pub fn new")).count(), 1, "{path}");
    }
    let has = |path: &str, part: &str| items.0[path].parts.iter().any(|found| found.replace(' ', "").contains(part));
    assert!(has("constructors::Unit", "pubfnnew()->Self"));
    assert!(has("constructors::All", "pubfnnew(a:i32,b:String)->Self"));
    assert!(has("constructors::Some", "pubfnnew(a:i32)->Self"));
    assert!(has("functions::Wrap", "pubfnnew(n:i32,query:X)->Self"));
}
