//! Text to model: which mistakes show beside broken declarations, and what is not a whole schema.
#![allow(clippy::unwrap_used)]

use tlgen_model::schema::TypeExpr;
use tlgen_model::{Fragment, Options, load, load_fragment, print, together};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::Sources;

fn codes(text: &str) -> Vec<&'static str> {
    let mut sources = Sources::new();
    let file = sources.add("a.tl", text);
    let loaded = load(&sources, &[file], &Options::default());
    assert_eq!(loaded.value.is_none(), loaded.diagnostics.iter().any(Diagnostic::is_error), "{text}");
    loaded.diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect()
}

/// A file with syntax errors is linked, too, but names that a broken declaration may declare cause no errors.
#[test]
fn all_mistakes_at_once() {
    assert_eq!(codes("a x: = A;\nb x:A y:Lost z:a = B;\n"), ["TL0013", "TL0103"]);
    assert_eq!(codes("a x: = A;\nb x:B = B;\n---functions---\n"), ["TL0013"]);
    assert_eq!(codes("---function---\na = A;\na = A;\n"), ["TL0029"]);
}

/// Whatever kind of mistake breaks a declaration, the names that it may declare are unknown and all others are known.
#[test]
fn names_of_broken_declarations() {
    let uses = "z p:A q:a r:Lost = Z;\n";
    for broken in [
        "a x: = A;",
        "@read a x: = A;",
        "a x:(int = A;",
        "a#123456789 = A;",
        "b x:(int\na = A;",
        "b = B C = D\na = A;",
        "b = B = A a:= C;\na x:) = A;",
        "b x:int\n  a y:(int = A;",
        "a {x:Type y:int => A;",
        "a x:? = A",
    ] {
        let found = codes(&format!("{uses}{broken}\n"));
        assert_eq!(found.iter().filter(|code| **code == "TL0103").count(), 1, "{broken}: {found:?}");
    }
    // A field, a comment or a type in a field declares nothing.
    for broken in ["b A: a:int = B;", "b x: // a = A;\n = B;", "b x:A y: = B;"] {
        let found = codes(&format!("{uses}{broken}\n"));
        assert_eq!(found.iter().filter(|code| **code == "TL0103").count(), 3, "{broken}: {found:?}");
    }
}

/// What the parser does not get to may declare anything.
#[test]
fn nothing_is_said_of_what_is_not_read() {
    let text = "a x: = A;\n".repeat(1_500) + "b x:C y:D = B;\nc = C;\n";
    let found = codes(&text);
    assert!(!found.contains(&"TL0103"), "{found:?}");
}

/// A type that is used in a wrong way is not taken for another one.
#[test]
fn a_fragment_has_unresolved_types() {
    let mut sources = Sources::new();
    let file = sources.add("a.tl", "pair {X:Type} x:X = Pair X;\nuser id:int p:Pair q:3 = User;\n");
    assert!(load(&sources, &[file], &Options::default()).value.is_none());
    let loaded = load_fragment(&sources, &[file], &Options::default(), Fragment::Stated);
    assert!(loaded.value.is_none(), "a number is no type in any file");
    let file = sources.add("b.tl", "pair {X:Type} x:X = Pair X;\nuser id:int p:Pair q:Vector<Pair> n:# r:n = User;\n");
    let schema = load_fragment(&sources, &[file], &Options::default(), Fragment::Stated).value.unwrap();
    let user = &schema.combinators[1];
    assert_eq!(user.params[1].ty, TypeExpr::Unresolved);
    assert_eq!(user.params[4].ty, TypeExpr::Unresolved);
    let shown = print::schema(&schema);
    assert!(
        shown.contains("p: unresolved\n  q: boxed vector<unresolved>\n") && !shown.contains("any boxed"),
        "{shown}"
    );
}

/// A name of an option may be in any of the schemas. What is in none of them is said once, however often it is listed; what two
/// schemas say of a file of both is said once, too.
#[test]
fn schemas_that_were_loaded_for_one_purpose() {
    let mut sources = Sources::new();
    let files = ["a#1 = A;\n", "b#2 = B;\n", "common#3 = Common;\n"].map(|text| sources.add("a.tl", text));
    let options = Options { allow_id_mismatch: ["a", "b", "c", "c"].map(str::to_owned).into(), ..Options::default() };
    let found = |schemas: &[&[usize]]| {
        let found = schemas.iter().map(|schema| {
            let files: Vec<_> = schema.iter().map(|index| files[*index]).collect();
            load(&sources, &files, &options).diagnostics
        });
        let all = together(found.collect());
        all.into_iter().map(|found| found.message).collect::<Vec<_>>()
    };
    let unmatched = |name: &str| format!("`{name}` names nothing in the schema");
    assert_eq!(found(&[&[0], &[1]]), [unmatched("c")]);
    assert_eq!(found(&[&[1], &[0], &[1]]), [unmatched("c")]);
    assert_eq!(found(&[&[0]]), [unmatched("b"), unmatched("c")]);
    assert_eq!(found(&[&[0], &[0]]), [unmatched("b"), unmatched("c")]);
    let shared = found(&[&[0, 2], &[1, 2]]);
    assert_eq!(shared.len(), 2, "{shared:?}");
    assert!(shared[0].contains("common") && shared[1] == unmatched("c"), "{shared:?}");
    assert_eq!(together(Vec::new()), []);
}
