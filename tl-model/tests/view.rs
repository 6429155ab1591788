//! Declarations in parts.
#![allow(clippy::unwrap_used)]

use tlgen_model::schema::{Schema, TypeExpr};
use tlgen_model::view::{self, Declaration, Means, Names, Piece, Role};
use tlgen_model::{Fragment, Options, load_fragment};
use tlgen_parser::source::Sources;

fn linked(text: &str) -> Schema {
    let mut sources = Sources::new();
    let file = sources.add("test.tl", text);
    let loaded = load_fragment(&sources, &[file], &Options::default(), Fragment::Stated);
    loaded.value.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// The pieces without signs, each with what it is and means.
fn shown(schema: &Schema, pieces: &[Piece]) -> String {
    let shown = pieces.iter().filter(|piece| !matches!(piece.role, Role::Gap | Role::Sign | Role::Equals));
    let shown = shown.map(|piece| {
        let means = match piece.means {
            Some(Means::Type(idx)) => format!(" type {}", schema.ty(idx).name),
            Some(Means::Constructor(idx)) => format!(" constructor {}", schema.combinator(idx).name),
            Some(Means::Builtin(_)) => " builtin".to_owned(),
            None => String::new(),
        };
        format!("{} {:?}{means}", piece.text, piece.role)
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[test]
fn each_piece_says_what_it_is_and_means() {
    let schema = linked(
        "a.box#1 {t n:Type} {c:#} flags:# x:flags.3?Vector<b.Chat> raw:%b.Chat y:b.chat z:c*[ k:t n ] w:(a.Box t n c) = a.Box t n c;
         b.chat#2 = b.Chat;
         ---functions---
         @read @any get#3 {X:Type} q:!X = X;",
    );
    let names = Names::of(&schema);
    let pieces = |at: usize| shown(&schema, &Declaration::of(&schema.combinators[at]).lines(&names));
    assert_eq!(
        pieces(0),
        "a.box Name, #00000001 Id, t Variable, n Variable, Type Kind, c Variable, # Kind, flags Field, # Type builtin, \
         x Field, flags Word, 3 Number, Vector Type builtin, b.Chat Type type b.Chat, raw Field, b.Chat Type type b.Chat, \
         y Field, b.chat Type constructor b.chat, z Field, c Type, k Field, t Type, n Type, w Field, \
         a.Box Type type a.Box, t Type, n Type, c Type, a.Box Type type a.Box, t Type, n Type, c Type"
    );
    assert_eq!(
        pieces(2),
        "@read Annotation, @any Annotation, get Name, #00000003 Id, X Variable, Type Kind, q Field, X Type, X Type"
    );
    let declaration = Declaration::of(&schema.combinators[0]);
    let types: Vec<String> = declaration
        .type_pieces(&names)
        .iter()
        .map(|pieces| pieces.iter().map(|piece| &*piece.text).collect())
        .collect();
    assert_eq!(types, declaration.types());
    assert_eq!(shown(&schema, &declaration.result_pieces(&names)), "a.Box Type type a.Box, t Type, n Type, c Type");
}

/// A flag before its word is linked after it.
#[test]
fn types_are_in_the_order_of_the_parameters() {
    let schema = linked("a x:flags.0?true n:int flags:# = A;");
    let names: Vec<_> = schema.combinators[0].params.iter().map(|param| param.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["n", "flags", "x"]);
    assert_eq!(Declaration::of(&schema.combinators[0]).types(), ["int", "#", "flags.0?true"]);
}

#[test]
fn fields_of_records_have_their_types() {
    let schema = linked("a n:# m:n*[ k:# j:Vector<int> 2*[ s:k.1?string ] ] v:Vector<3*[ t:long ]> = A;");
    let view = Declaration::of(&schema.combinators[0]);
    let mut found = Vec::new();
    for param in &schema.combinators[0].params {
        param.ty.visit(&mut |part| {
            if let TypeExpr::Repeat { fields, .. } = part {
                found.extend(fields.iter().map(|field| view.type_of(field).unwrap()));
            }
        });
    }
    assert_eq!(found, ["#", "Vector<int>", "2*[ s:k.1?string ]", "k.1?string", "long"]);
    let other = linked("b x:int = B;");
    assert_eq!(view.type_of(&other.combinators[0].params[0]), None);
}

#[test]
fn a_long_declaration_has_a_line_for_each_part() {
    let schema = linked("a = A;");
    assert_eq!(Declaration::of(&schema.combinators[0]).text_in_lines(), "a = A");
    let arguments: String = (1..6).map(|number| format!("some{number}_argument:string ")).collect();
    let schema = linked(&format!("@read a#1 {{t:Type}} {arguments}n:# 3*[ x:int y:int ] => Vector (vector t);"));
    let text = Declaration::of(&schema.combinators[0]).text_in_lines();
    assert!(text.starts_with("@read a#00000001\n    {t:Type}\n    some1_argument:string\n"), "{text}");
    assert!(text.ends_with("\n    n:#\n    3*[ x:int y:int ]\n    => Vector (vector t)"), "{text}");
}

#[test]
fn ids_are_added_where_they_are_missing() {
    let schema = linked(
        "@a @b x n:int = X; y#7 = X; _ = Y;
         ---functions---
         x a:int = X; n.get = X;",
    );
    let id = |at: usize| format!("{:08x}", schema.combinators[at].id);
    assert_eq!(
        view::declarations(&schema),
        [
            format!("@a @b x#{} n:int = X;", id(0)),
            "y#00000007 = X;".to_owned(),
            "_ = Y;".to_owned(),
            "---functions---".to_owned(),
            format!("x#{} a:int = X;", id(3)),
            format!("n.get#{} = X;", id(4)),
        ]
    );
    let again = linked(&view::declarations(&schema).join("\n"));
    let ids = |schema: &Schema| schema.combinators.iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(ids(&again), ids(&schema));
}
