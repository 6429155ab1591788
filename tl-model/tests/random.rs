//! Random schemas, most of them wrong: the linker never panics, and what leaves it holds its promises.
#![allow(clippy::unwrap_used)]

mod common;

use proptest::prelude::*;
use tlgen_model::analysis::closure::closure;
use tlgen_model::analysis::direction::Directions;
use tlgen_model::analysis::finite::Finite;
use tlgen_model::analysis::recursion::Recursion;
use tlgen_model::analysis::size::Sizes;
use tlgen_model::schema::Schema;
use tlgen_model::{Fragment, Linked, Options, Valid, link, link_fragment};
use tlgen_parser::source::FileIdx;

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

fn valid_type() -> impl Strategy<Value = String> {
    let leaf =
        pick(&["int", "string", "A", "B", "C", "c0", "%C", "#", "Bool", "Object", "Int", "D0", "D1", "D2", "%True"]);
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|item| format!("Vector<{item}>")),
            inner.clone().prop_map(|item| format!("(vector {item})")),
            inner.clone().prop_map(|item| format!("(Maybe {item})")),
            inner.clone().prop_map(|item| format!("(Wrap {item})")),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| format!("%(Pair {x} {y})")),
            pick(&["(Row m)", "(row (m + 1))", "%(Row 3)"]),
            inner.clone().prop_map(|item| format!("m*[{item}]")),
            (inner.clone(), inner).prop_map(|(x, y)| format!("2*[ k:# x:{x} y:k.1?{y} z:k*[m:int] ]")),
        ]
    })
}

fn valid_declaration() -> impl Strategy<Value = String> {
    let condition = pick(&["", "flags.0?", "flags.31?", "m.3?"]);
    let args = proptest::collection::vec((condition, valid_type()), 0..4);
    (args, pick(&["D0", "D0", "D1", "D2"])).prop_map(|(args, result)| {
        let args: String =
            (0..).zip(args).map(|(place, (condition, ty))| format!(" x{place}:{condition}{ty}")).collect();
        format!("flags:# m:#{args} = {result};")
    })
}

fn analyse(schema: &Schema, fragment: bool) {
    let (finite, sizes, recursion) = (Finite::of(schema), Sizes::of(schema), Recursion::of(schema));
    let directions = Directions::of(schema);
    for (ty, declared) in schema.types() {
        assert!(fragment || finite.constructor(ty).is_some());
        assert!(fragment || sizes.boxed(ty) < 1 << 20);
        assert!(!recursion.is_recursive(ty) || !declared.constructors.is_empty(), "{}", declared.name);
        assert!(directions.in_arguments(ty) || directions.in_results(ty), "{}", declared.name);
    }
    for combinator in &schema.combinators {
        let patterns = [combinator.name.full().to_owned()];
        common::check(&schema.select(&closure(schema, &patterns).unwrap()));
    }
}

/// Links, and checks whatever comes out. Whether it is a schema.
fn try_link(text: &str, options: &Options, fragment: Option<Fragment>) -> bool {
    let parsed = tlgen_parser::parse(text);
    if !parsed.errors.is_empty() {
        return false;
    }
    let run = || {
        let files = vec![(FileIdx(0), parsed.schema.clone(), text)];
        match fragment {
            Some(fragment) => link_fragment(files, options, fragment),
            None => {
                link(files, options).map(|Linked { schema, warnings }| Linked { schema: schema.into_inner(), warnings })
            }
        }
    };
    match run() {
        Ok(linked) => {
            common::check(&linked.schema);
            analyse(&linked.schema, fragment.is_some());
            assert_eq!(run().unwrap(), linked);
            true
        }
        Err(failure) => {
            assert!(!failure.errors.is_empty());
            for diagnostic in failure.diagnostics() {
                // That no declaration is of the chosen layer is the fault of no place in the text.
                let Some(primary) = diagnostic.primary else {
                    assert_eq!(diagnostic.code.0, "TL0142");
                    continue;
                };
                let span = primary.location.span;
                assert!(text.get(span.range()).is_some_and(|fault| !fault.is_empty()));
            }
            assert_eq!(run().unwrap_err(), failure);
            false
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_schemas(lines in proptest::collection::vec(declaration(), 0..12), fragment: bool, layer: Option<u8>) {
        let options = Options { layer: layer.map(|layer| u32::from(layer % 16)), ..Options::default() };
        try_link(&lines.join("\n"), &options, fragment.then_some(Fragment::Stated));
    }

    #[test]
    fn valid_schemas(declarations in proptest::collection::vec(valid_declaration(), 0..8)) {
        let ends = "end0 = D0; end1 = D1; end2 = D2;";
        let named: String = (0..).zip(declarations).map(|(place, line)| format!("x{place} {line}\n")).collect();
        prop_assert!(try_link(&format!("{VALID}{ends}\n{named}"), &Options::default(), None), "{}", named);
        try_link(&format!("{VALID}d0 = D0; d1 = D1; d2 x:D2 = D2;\n{named}"), &Options::default(), None);
    }
}

/// Declarations that would be slow if a name were looked up by a walk; a test that never ends is the failure.
#[test]
fn large_declarations() {
    let numbers = |count: u32| (0..count).map(|number| number.to_string());
    let variables: String = numbers(4000).map(|number| format!("{{t{number}:Type}} ")).collect();
    let used: String = numbers(4000).map(|number| format!(" t{number}")).collect();
    let fields: String = numbers(2000).map(|number| format!("f{number}:# g{number}:f{number}.0?int ")).collect();
    let unknown: String = numbers(4000).map(|number| format!("h{number}:w{number}.0?Unknown{number} ")).collect();
    let chain: String = (0..20_000).map(|number| format!("c{number} x:C{} = C{number};\n", number + 1)).collect();
    let good = format!("a {variables}{fields} = A{used};\n{chain}c20000 = C20000;\n");
    let bad: String = (0..5).map(|number| format!("b{number} {unknown} = B;\n")).collect();

    let linked = link_valid(&good).unwrap();
    common::check(&linked);
    let first = linked.combinators.iter().find(|combinator| combinator.name.full() == "c0").unwrap();
    assert_eq!(Sizes::of(&linked).boxed(first.ty.unwrap()), 4 * 20_001);
    // The first thousand are told, and how many more there are.
    assert_eq!(link_valid(&format!("{good}{bad}")).err().unwrap(), (1_001, "39000 more errors not shown".to_owned()));
}

/// The schema, or the number of its errors and the last one.
fn link_valid(text: &str) -> Result<Valid<Schema>, (usize, String)> {
    let parsed = tlgen_parser::parse(text);
    assert_eq!(parsed.errors, []);
    let linked = link(vec![(FileIdx(0), parsed.schema, text)], &Options::default());
    linked
        .map(|linked| linked.schema)
        .map_err(|failure| (failure.errors.len(), failure.errors.last().unwrap().to_string()))
}
