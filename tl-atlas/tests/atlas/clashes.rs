//! Ids with two layouts, and declarations without one.

use tlgen_atlas::NoLayout;

use super::atlas;

#[test]
fn two_layouts_are_shown() {
    let atlas = atlas(&["a#00000001 x:int = A;", "b#00000002 = B; a#00000001 x:long = A;"]);
    let [clash] = atlas.clashes() else { panic!("{:?}", atlas.clashes()) };
    assert_eq!(
        clash.to_string(),
        "the id 00000001 has two layouts:\n  a: a#00000001 x:int = A\n  b: a#00000001 x:long = A"
    );
    assert_eq!(atlas.len(), 2);
}

#[test]
fn the_bare_constructor_that_differs_is_shown() {
    let old = "a#00000001 x:b = A; b#00000002 y:vector<c> = B; c#00000003 z:int = C;";
    let new = "a#00000001 x:b = A; b#00000004 y:vector<c> = B; c#00000005 z:long = C;";
    let atlas = atlas(&[old, new]);
    let [clash] = atlas.clashes() else { panic!("{:?}", atlas.clashes()) };
    assert_eq!(
        clash.to_string().rsplit_once("because").unwrap().1,
        " of the bare constructors in them:\n  a: c#00000003 z:int = C\n  b: c#00000005 z:long = C"
    );
}

/// Each pair has the same bytes.
#[test]
fn what_has_no_bytes_is_no_other_layout() {
    for (old, new) in [
        (
            "a#00000001 flags:# x:flags.0?true y:flags.1?int = A;",
            "a#00000001 flags:# z:flags.2?true y:flags.1?int = A;",
        ),
        ("a#00000001 x:string y:Vector<bytes> = A;", "a#00000001 x:bytes y:Vector<string> = A;"),
        ("a#00000001 x:int = A;", "renamed#00000001 other:int = A;"),
        ("a#00000001 x:b = A; b#00000002 y:int = B;", "a#00000001 x:b = A; b#00000003 z:int = B;"),
    ] {
        let atlas = atlas(&[old, new]);
        assert_eq!(atlas.clashes(), [], "{old} {new}");
        assert_eq!(atlas.get(1).unwrap().declared.schema, "b", "the newest names are kept");
    }
}

#[test]
fn other_bytes_are_another_layout() {
    for (old, new) in [
        ("a#00000001 x:int y:long = A;", "a#00000001 y:long x:int = A;"),
        ("a#00000001 flags:# x:flags.0?int = A;", "a#00000001 flags:# x:flags.1?int = A;"),
        ("a#00000001 x:B = A; b = B;", "a#00000001 x:b = A; b = B;"),
        ("a#00000001 x:Vector<int> = A;", "a#00000001 x:vector<int> = A;"),
        ("a#00000001 x:B = A; b = B; c = C;", "a#00000001 x:C = A; b = B; c = C;"),
        ("a#00000001 x:int = A;", "a#00000001 x:Int = A;"),
        ("a#00000001 x:b = A; b#00000002 y:int = B;", "a#00000001 x:b = A; b#00000003 y:long = B;"),
    ] {
        assert_eq!(atlas(&[old, new]).clashes().len(), 1, "{old} {new}");
    }
}

#[test]
fn templates_have_no_layout() {
    let atlas = atlas(&["pair {X:Type} a:X b:X = Pair X; uses x:(Pair int) = Uses; fine = Fine;"]);
    let left: Vec<_> =
        atlas.left_out().iter().map(|out| (out.declared.text.split(' ').next().unwrap(), out.reason)).collect();
    assert_eq!(left, [("pair", NoLayout::Template), ("uses", NoLayout::Template)]);
    assert_eq!(atlas.len(), 1);
}

/// A constructor and a function may have one id: no reader meets both at once. The constructor is kept, and it is said.
#[test]
fn a_constructor_has_precedence_over_a_function() {
    for text in [
        "a#00000001 x:int = A; ---functions--- f#00000001 y:long = A;",
        "---functions--- f#00000001 y:long = A; ---types--- a#00000001 x:int = A;",
    ] {
        let atlas = atlas(&[text]);
        assert_eq!(atlas.get(1).unwrap().name, "a");
        assert_eq!(atlas.clashes(), []);
        let [out] = atlas.left_out() else { panic!("{:?}", atlas.left_out()) };
        assert_eq!(out.reason, NoLayout::SharedId);
    }
}

/// Functions begin no value. Where two of them have one id, neither is in the atlas, and it is said.
#[test]
fn functions_with_one_id_are_left_out() {
    let text = "ok = Ok; ---functions--- f#00000001 x:int = Ok; g#00000001 {X:Type} x:int y:!X = X;";
    let atlas = atlas(&[text, "---functions--- f#00000001 x:int = Ok; ---types--- ok = Ok;"]);
    assert_eq!((atlas.get(1), atlas.len()), (None, 1));
    assert_eq!(atlas.clashes(), []);
    assert_eq!(atlas.left_out().len(), 3);
}

/// Also over functions that have been left out before.
#[test]
fn a_constructor_has_precedence_over_functions_with_one_id() {
    let functions = "ok = Ok; ---functions--- f#00000001 x:int = Ok; g#00000001 x:long = Ok;";
    let atlas = atlas(&[functions, "a#00000001 x:int = A;"]);
    assert_eq!(atlas.get(1).map(|entry| entry.name.as_str()), Some("a"));
    assert_eq!((atlas.clashes().len(), atlas.left_out().len()), (0, 2));
}

/// What holds a bare constructor without a layout cannot be skipped either.
#[test]
fn bare_constructors_without_layout_leave_out_those_around_them() {
    let text =
        "part#00000001 n:# x:n*[ flags:# y:flags.0?int ] = Part; a#00000002 x:part = A; b#00000003 x:vector<a> = B;
        c#00000004 x:Part = C;";
    let bytes = atlas(&[text]).to_bytes(false).unwrap();
    let table = tlgen_runtime::atlas::Atlas::new(&bytes).unwrap();
    let ids: Vec<u32> = table.entries().map(|entry| entry.id()).collect();
    assert_eq!(ids, [4]);
}
