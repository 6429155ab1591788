//! Texts of random schemas.
#![allow(dead_code, reason = "each test target uses a part")]
#![allow(unreachable_pub)]

use proptest::prelude::*;

fn pick(from: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(from).prop_map(str::to_owned)
}

fn number() -> impl Strategy<Value = String> {
    pick(&["n", "m", "flags", "2", "(n + 1)", "t", "A", "0"])
}

fn ty() -> impl Strategy<Value = String> {
    let leaf = pick(&[
        "int",
        "A",
        "B",
        "C",
        "a",
        "b",
        "%A",
        "#",
        "t",
        "X",
        "%t",
        "!X",
        "true",
        "Bool",
        "Object",
        "string",
        "Int",
        "n.A",
        "Pair",
        "Row",
        "Vector",
        "%C",
        "Undefined",
        "2",
    ]);
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|item| format!("Vector<{item}>")),
            inner.clone().prop_map(|item| format!("(vector {item})")),
            inner.clone().prop_map(|item| format!("(Maybe {item})")),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| format!("Pair<{x},{y}>")),
            number().prop_map(|count| format!("(Row {count})")),
            (number(), inner.clone()).prop_map(|(count, item)| format!("{count}*[{item}]")),
            (number(), inner.clone(), inner).prop_map(|(count, x, y)| format!("{count}*[ n:# x:{x} y:n.1?{y} ]")),
        ]
    })
}

fn argument() -> impl Strategy<Value = String> {
    let name = pick(&["x", "y", "z", "n", "flags", "m"]);
    let condition = pick(&["", "", "", "flags.0?", "flags.31?", "n.3?", "m.33?"]);
    prop_oneof![
        2 => (name, condition, ty()).prop_map(|(name, condition, ty)| format!("{name}:{condition}{ty}")),
        1 => pick(&["flags:#", "n:#", "m:flags.2?#"]),
    ]
}

fn declaration() -> impl Strategy<Value = String> {
    let head = prop_oneof![
        3 => (
            pick(&["a", "b", "c", "d", "n.a", "e", "N.a", "_"]),
            pick(&["", "", "#1", "#2"]),
            pick(&["", "", "", "{t:Type}", "{n:#}", "{X:Type}", "{t:Type} {n:#}"]),
            proptest::collection::vec(argument(), 0..4),
            pick(&["A", "B", "C", "n.A", "Pair t n", "Row n", "Maybe t", "X", "Row 3", "d"]),
        )
            .prop_map(|(name, id, generics, args, result)| format!("{name}{id} {generics} {} = {result};", args.join(" "))),
        1 => pick(&[
            "---functions---", "---types---", "===8===", "===9===", "// layer 3", "Final A;", "New B;", "Empty C;",
            "int ? = Int;", "object ? = Object;", "pair {X Y:Type} x:X y:Y = Pair X Y;", "row {n:#} x:n*[int] = Row n;",
            "none {t:Type} = Maybe t;", "some {t:Type} x:t = Maybe t;", "vector {t:Type} # [ t ] = Vector t;",
        ]),
    ];
    head.prop_map(|line| line.replace("N.a", "n.b"))
}

/// Declarations that link with one another; each may use all of them.
const VALID: &str = "a0 = A; b0 flags:# a:flags.0?A n:# = B; c0 x:int a:A = C; pair {X Y:Type} x:X y:Y = Pair X Y;
    row {n:#} x:n*[int] = Row n; none {t:Type} = Maybe t; some {t:Type} x:t = Maybe t; wrap {t:Type} x:%t = Wrap t;\n";

/// With `with_unions` also what is wrong: types that `Wrap` makes bare though their ids are needed.
fn valid_type(with_unions: bool) -> impl Strategy<Value = String> {
    let leaf =
        pick(&["int", "string", "A", "B", "C", "c0", "%C", "#", "Bool", "Object", "Int", "D0", "D1", "D2", "%True"]);
    leaf.prop_recursive(3, 8, 2, move |inner| {
        prop_oneof![
            inner.clone().prop_map(|item| format!("Vector<{item}>")),
            inner.clone().prop_map(|item| format!("(vector {item})")),
            inner.clone().prop_map(|item| format!("(Maybe {item})")),
            // What is bare there must be told without an id.
            pick(&["(Wrap int)", "(Wrap C)", "(Wrap %A)", "(Wrap (Wrap B))", "(Wrap Int)", "(Wrap True)"]),
            inner.clone().prop_map(move |item| match with_unions {
                true => format!("(Wrap {item})"),
                false => format!("(Wrap (Vector {item}))"),
            }),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| format!("%(Pair {x} {y})")),
            pick(&["(Row m)", "(row (m + 1))", "%(Row 3)"]),
            inner.clone().prop_map(|item| format!("m*[{item}]")),
            (inner.clone(), inner).prop_map(|(x, y)| format!("2*[ k:# x:{x} y:k.1?{y} z:k*[m:int] ]")),
        ]
    })
}

fn valid_declaration(with_unions: bool) -> impl Strategy<Value = String> {
    let condition = pick(&["", "flags.0?", "flags.31?", "m.3?"]);
    let args = proptest::collection::vec((condition, valid_type(with_unions)), 0..4);
    (args, pick(&["D0", "D0", "D1", "D2"])).prop_map(|(args, result)| {
        let args: String =
            (0..).zip(args).map(|(place, (condition, ty))| format!(" x{place}:{condition}{ty}")).collect();
        format!("flags:# m:#{args} = {result};")
    })
}

/// A valid schema, and the same with a type that may have no finite value.
pub fn valid() -> impl Strategy<Value = [String; 2]> {
    proptest::collection::vec(valid_declaration(false), 0..8).prop_map(|declarations| {
        let named = named(declarations);
        ["end0 = D0; end1 = D1; end2 = D2;", "d0 = D0; d1 = D1; d2 x:D2 = D2;"]
            .map(|ends| format!("{VALID}{ends}\n{named}"))
    })
}

/// A schema that is valid but for types that become bare through variables, and often altogether.
pub fn nearly_valid() -> impl Strategy<Value = String> {
    proptest::collection::vec(valid_declaration(true), 1..3)
        .prop_map(|declarations| format!("{VALID}end0 = D0; end1 = D1; end2 = D2;\n{}", named(declarations)))
}

fn named(declarations: Vec<String>) -> String {
    (0..).zip(declarations).map(|(place, line)| format!("x{place} {line}\n")).collect()
}

/// Any schema of a few lines, most of them wrong.
pub fn any() -> impl Strategy<Value = String> {
    proptest::collection::vec(declaration(), 0..12).prop_map(|lines| lines.join("\n"))
}
