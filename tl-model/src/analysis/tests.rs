//! The analyses on small schemas.

#![allow(clippy::unwrap_used)]

use tlgen_parser::source::FileIdx;

use super::closure::{closure, closure_without, missing, named};
use super::direction::Directions;
use super::finite::Finite;
use super::recursion::Recursion;
use super::size::Sizes;
use super::stats::{Counts, Namespace, Stats};
use crate::schema::{CombinatorIdx, Schema, TypeIdx};
use crate::{ErrorKind, Options};

fn schema(text: &str) -> Schema {
    let parsed = tlgen_parser::parse(text);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    crate::link(vec![(FileIdx(0), parsed.schema, text)], &Options::default()).unwrap().schema.into_inner()
}

fn combinator(schema: &Schema, name: &str) -> CombinatorIdx {
    let place = schema.combinators.iter().position(|combinator| combinator.name.full() == name).unwrap();
    CombinatorIdx(u32::try_from(place).unwrap())
}

fn ty(schema: &Schema, name: &str) -> TypeIdx {
    schema.types().find(|(_, ty)| ty.name.full() == name).unwrap().0
}

fn names(patterns: &[&str]) -> Vec<String> {
    patterns.iter().map(|pattern| (*pattern).to_owned()).collect()
}

#[test]
fn recursion_goes_through_all_that_holds_values() {
    let schema = schema(
        "textPlain text:string = RichText;
         textBold text:RichText = RichText;
         a flags:# b:flags.0?B = A; b a:Vector<A> one:C = B; c a:A = C;
         tree children:Vector<Tree> = Tree; n n:# items:n*[N] = N; pair flags:# items:flags.0?2*[Pair] = Pair;
         nothing {t:Type} = Maybe t; just {t:Type} value:t = Maybe t; list value:int next:(Maybe List) = List;
         leaf value:int = Leaf; branch leaf:Leaf tree:Tree = Branch;",
    );
    let recursion = Recursion::of(&schema);
    let recursive = schema.types().filter(|(idx, _)| recursion.is_recursive(*idx)).map(|(_, ty)| ty.name.full());
    assert_eq!(recursive.collect::<Vec<_>>(), ["RichText", "A", "B", "C", "Tree", "N", "Pair", "List"]);
}

#[test]
fn templates_end_where_one_of_their_constructors_does() {
    let either = "l {X:Type} {Y:Type} x:X = Either X Y; r {X:Type} {Y:Type} y:Y = Either X Y; ";
    for (text, ends) in [
        ("tree next:(Either Tree int) = Tree;", true),
        ("tree next:(Either int (Either Tree int)) = Tree;", true),
        ("tree next:(Either Tree (Either Tree Tree)) = Tree;", false),
        ("box {X:Type} x:(Either X X) = Box X; tree next:(Box Tree) = Tree;", false),
        ("box {X:Type} x:(Either X int) = Box X; tree next:(Box int) = Tree;", true),
    ] {
        let text = format!("{either}{text}");
        let parsed = tlgen_parser::parse(&text);
        let linked = crate::link(vec![(FileIdx(0), parsed.schema, &text)], &Options::default());
        assert_eq!(linked.is_ok(), ends, "{text}: {linked:?}");
    }
}

#[test]
fn finite_takes_the_constructor_that_ends_first() {
    let schema = schema(
        "more x:A y:B = A; deep b:B = A; end = A; b c:C = B; c a:A = C;
         nothing {t:Type} = Maybe t; just {t:Type} value:t = Maybe t; wrap {t:Type} value:t = Wrap t;
         self x:(Maybe Self) y:(Wrap int) = Self;",
    );
    let finite = Finite::of(&schema);
    let end = |name| finite.constructor(ty(&schema, name)).map(|idx| schema.combinator(idx).name.full().to_owned());
    assert_eq!(end("A").as_deref(), Some("end"));
    assert_eq!(end("B").as_deref(), Some("b"));
    assert_eq!(end("Maybe").as_deref(), Some("nothing"));
    assert_eq!(end("Wrap").as_deref(), Some("wrap"));
    assert_eq!(end("Self").as_deref(), Some("self"));
}

#[test]
fn type_without_an_end_is_an_error() {
    let text = "wrap {t:Type} value:t = Wrap t; a x:(Wrap A) = A; b x:1*[B] = B; c flags:# x:flags.0?C = C;
                d n:# x:(n + 1)*[y:int z:D] = D; e n:# x:n*[E] = E; f x:0*[F] = F;";
    let parsed = tlgen_parser::parse(text);
    let failure = crate::link(vec![(FileIdx(0), parsed.schema, text)], &Options::default()).unwrap_err();
    let kinds: Vec<&ErrorKind> = failure.errors.iter().map(|error| &*error.kind).collect();
    let endless = |ty: &str| ErrorKind::NoFiniteValue { ty: ty.to_owned() };
    assert_eq!(kinds, [&endless("A"), &endless("B"), &endless("D")]);
}

#[test]
fn sizes_are_the_smallest() {
    let schema = schema(
        "point x:double y:double = Point;
         none = Shape; circle at:point r:double tag:Point = Shape;
         box flags:# a:Shape b:flags.0?long c:Vector<long> d:vector<long> e:3*[p:Point n:int] = Box;
         big a:int512 b:string c:true d:Bool e:Int f:Object = Big;
         deep next:Shape big:Big = Deep;
         ---functions---
         get {X:Type} id:# query:!X = X;",
    );
    let sizes = Sizes::of(&schema);
    let bare = |name| sizes.bare(combinator(&schema, name));
    let boxed = |name| sizes.boxed(ty(&schema, name));
    assert_eq!((bare("point"), boxed("Point")), (16, 20));
    assert_eq!((bare("circle"), boxed("Shape")), (16 + 8 + 20, 4));
    assert_eq!(bare("box"), 4 + 4 + 8 + 4 + 3 * (20 + 4));
    assert_eq!((bare("big"), boxed("Big")), (64 + 4 + 4 + 8 + 4, 88));
    assert_eq!(bare("deep"), 4 + 88);
    assert_eq!(bare("get"), 8);
    let at = &schema.combinator(combinator(&schema, "circle")).params[0].ty;
    assert_eq!(sizes.expr(at), 16);
    let repeat = &schema.combinator(combinator(&schema, "box")).params[5].ty;
    assert_eq!(sizes.expr(repeat), 72);
}

#[test]
fn directions_of_a_client() {
    let schema = schema(
        "inputPeer id:int = InputPeer; both = Both; peer id:int b:Both = Peer; update b:Both p:Stray = Update; stray = Stray;
         ---functions---
         get peer:InputPeer b:Both = Vector<Peer>;",
    );
    let directions = Directions::of(&schema);
    let of = |name| (directions.in_arguments(ty(&schema, name)), directions.in_results(ty(&schema, name)));
    assert_eq!(of("InputPeer"), (true, false));
    assert_eq!(of("Peer"), (false, true));
    assert_eq!(of("Both"), (true, true));
    assert_eq!(of("Update"), (true, true));
    assert_eq!(of("Stray"), (true, true));
}

#[test]
fn without_functions_all_goes_both_ways() {
    let schema = schema("a = A; b a:A = B;");
    let directions = Directions::of(&schema);
    assert!(schema.types().all(|(ty, _)| directions.in_arguments(ty) && directions.in_results(ty)));
}

const CONTACTS: &str = "
    user id:int status:UserStatus = User; userEmpty = User; online = UserStatus; unused = Unused;
    contacts.contacts users:Vector<User> = contacts.Contacts; contacts.none = contacts.Contacts;
    contacts.other = contacts.Other; ping = Pong;
    ---functions---
    contacts.getContacts hash:int = contacts.Contacts; contacts.getStatuses = Vector<UserStatus>; ping = Pong;";

#[test]
fn closure_of_functions() {
    let schema = schema(CONTACTS);
    let selection = closure(&schema, &names(&["contacts.*"])).unwrap();
    // The namespace has types that no function of it reaches.
    assert!(selection.has_type(ty(&schema, "contacts.Other")));
    let selection = closure(&schema, &names(&["functions:contacts.*"])).unwrap();
    assert!(!selection.has_type(ty(&schema, "contacts.Other")));
    let part = schema.select(&selection);
    let found: Vec<&str> = part.combinators.iter().map(|combinator| combinator.name.full()).collect();
    assert_eq!(
        found,
        [
            "user",
            "userEmpty",
            "online",
            "contacts.contacts",
            "contacts.none",
            "contacts.getContacts",
            "contacts.getStatuses"
        ]
    );
    let types: Vec<&str> = part.types.iter().map(|ty| ty.name.full()).collect();
    assert_eq!(types, ["User", "UserStatus", "contacts.Contacts"]);
    for (idx, constructor) in part.constructors() {
        assert!(part.ty(constructor.ty.unwrap()).constructors.contains(&idx));
    }
}

/// The kind: a type is reached by one way only. Each way is here by itself.
#[test]
fn each_way_to_a_type() {
    let ways = [
        ("the type of an argument", "holder x:User = Holder;", "f = Holder;"),
        ("an item of a vector", "holder x:Vector<User> = Holder;", "f = Holder;"),
        ("a field of a repetition", "holder n:# x:n*[ y:int z:User ] = Holder;", "f = Holder;"),
        ("a conditional argument", "holder flags:# x:flags.0?User = Holder;", "f = Holder;"),
        ("a bare constructor", "holder x:user = Holder;", "f = Holder;"),
        ("a bare type", "holder x:%User = Holder;", "f = Holder;"),
        ("an argument of a type", "just {t:Type} x:t = Maybe t; holder x:(Maybe User) = Holder;", "f = Holder;"),
        (
            "an argument of the result of a constructor",
            "none {t:Type} = Maybe t; some x:int = Maybe User;",
            "f = Maybe int;",
        ),
        ("an argument of a function", "", "f x:User = Pong;"),
        ("a result", "", "f = User;"),
        ("an item of a result", "", "f = Vector<User>;"),
        ("an argument of a result", "just {t:Type} x:t = Maybe t;", "f = Maybe User;"),
    ];
    for (way, types, function) in ways {
        let schema = schema(&format!("user id:int = User; pong = Pong; {types}\n---functions---\n{function}"));
        let selection = closure(&schema, &names(&["f"])).unwrap();
        assert!(selection.has_type(ty(&schema, "User")), "{way}");
        // With the type left out, it is known to be missed by somebody.
        let skipped = named(&schema, &names(&["User"])).unwrap();
        let selection = closure_without(&schema, &[], &skipped).unwrap();
        let by: Vec<_> = missing(&schema, &selection).into_iter().map(|(_, missed)| missed).collect();
        assert_eq!(by, [ty(&schema, "User")], "{way}");
    }
}

/// The kind: a namespace has types, functions, or both, and a pattern means all of them whatever else there is.
#[test]
fn a_pattern_names_functions_and_types() {
    let schema = schema(CONTACTS);
    let count = |pattern: &str| {
        let part = schema.select(&closure(&schema, &names(&[pattern])).unwrap());
        (part.types.len(), part.functions().count())
    };
    assert_eq!(count("contacts.*"), (4, 2));
    assert_eq!(count("functions:contacts.*"), (3, 2));
    assert_eq!(count("types:contacts.*"), (4, 0));
    assert_eq!(count("ping"), (1, 1));
    assert_eq!(count("functions:*"), (4, 3));
    assert_eq!(count("types:Pong"), (1, 0));
    assert!(closure(&schema, &names(&["functions:Pong"])).is_err());
}

#[test]
fn what_is_skipped_is_not_walked() {
    let schema = schema(CONTACTS);
    let part = |only: &[&str], skip: &[&str]| {
        let skipped = named(&schema, &names(skip)).unwrap();
        let selection = closure_without(&schema, &names(only), &skipped).unwrap();
        let missing: Vec<_> = missing(&schema, &selection)
            .into_iter()
            .map(|(by, ty)| (schema.combinator(by).name.full(), schema.ty(ty).name.full()))
            .collect();
        let types: Vec<_> = schema.types().filter(|(idx, _)| selection.has_type(*idx)).collect();
        (types.into_iter().map(|(_, ty)| ty.name.full()).collect::<Vec<_>>(), missing)
    };
    // One of two constructors: the type stays, and what only the other reached goes.
    assert_eq!(part(&["contacts.getContacts"], &["contacts.contacts"]), (vec!["contacts.Contacts"], vec![]));
    // All of a type that something needs.
    let (types, needed) = part(&[], &["UserStatus"]);
    assert!(!types.contains(&"UserStatus"));
    assert_eq!(needed, [("user", "UserStatus"), ("contacts.getStatuses", "UserStatus")]);
    // With `only` nobody needs it.
    assert_eq!(part(&["ping"], &["UserStatus"]), (vec!["Pong"], vec![]));
    assert_eq!(part(&[], &["user", "contacts.getStatuses", "UserStatus"]).1, []);
}

#[test]
fn closure_of_types_and_constructors() {
    let schema = schema(CONTACTS);
    let part = schema.select(&closure(&schema, &names(&["userEmpty", "Unused"])).unwrap());
    let types: Vec<&str> = part.types.iter().map(|ty| ty.name.full()).collect();
    assert_eq!(types, ["User", "UserStatus", "Unused"]);
    assert_eq!(part.functions().count(), 0);
}

#[test]
fn selection_of_everything_changes_nothing() {
    let schema = schema(CONTACTS);
    let all = closure(&schema, &names(&["*", "unused", "contacts.other"])).unwrap();
    assert_eq!(schema.select(&all), schema);
}

#[test]
fn pattern_that_matches_nothing() {
    let schema = schema(CONTACTS);
    let errors = closure(&schema, &names(&["contacts.getContact", "ping", "users.*"])).unwrap_err();
    let kinds: Vec<&ErrorKind> = errors.iter().map(|error| &*error.kind).collect();
    let unmatched = |pattern: &str, suggestion: Option<&str>| ErrorKind::UnmatchedPattern {
        pattern: pattern.to_owned(),
        suggestion: suggestion.map(str::to_owned),
    };
    assert_eq!(kinds, [&unmatched("contacts.getContact", Some("contacts.getContacts")), &unmatched("users.*", None)]);
}

#[test]
fn stats_count_what_there_is() {
    let schema = schema(
        "// A leaf.\nleaf#00000001 value:int = Leaf;
         //@description A branch. @leaf Its leaf.\nbranch flags:# leaf:Leaf tree:flags.0?p.Tree = Branch;
         p.tree all:Vector<p.Tree> branch:Branch = p.Tree; p.bare x:%Leaf y:2*[ a:Leaf b:int ] = p.Tree;
         nothing {t:Type} = Maybe t; just {t:Type} value:t = Maybe t;
         top one:p.Tree maybe:(Maybe Top) = Top;
         ---functions---\np.get = Vector<Leaf>; any {X:Type} query:!X = X;",
    );
    let stats = Stats::of(&schema);
    assert_eq!(
        stats.counts,
        Counts {
            types: 5,
            constructors: 7,
            functions: 2,
            fields: 14,
            conditional: 1,
            words: 1,
            generic: 3,
            written_ids: 1,
            described: 2,
            described_fields: 1,
        }
    );
    let of = |types, constructors, functions| Namespace { types, constructors, functions };
    assert_eq!(stats.namespaces, [(String::new(), of(4, 5, 1)), ("p".to_owned(), of(1, 2, 1))]);
    let name = |idx: TypeIdx| schema.ty(idx).name.full();
    let types = |list: &[(TypeIdx, usize)]| -> Vec<String> {
        list.iter().map(|(idx, count)| format!("{} {count}", name(*idx))).collect()
    };
    assert_eq!(schema.combinator(stats.fields[0].0).name.full(), "p.bare");
    assert_eq!(stats.fields[0].1, 4);
    assert_eq!(types(&stats.constructors), ["Maybe 2", "p.Tree 2", "Branch 1", "Leaf 1", "Top 1"]);
    assert_eq!(types(&stats.uses), ["Leaf 4", "p.Tree 3", "Branch 1", "Maybe 1", "Top 1"]);
    assert_eq!(stats.builtin_uses, [("int", 2), ("vector", 2), ("!X", 1), ("#", 1)]);
    assert_eq!(stats.deepest.iter().map(|idx| name(*idx)).collect::<Vec<_>>(), ["Top", "p.Tree", "Leaf"]);
    let cycles: Vec<Vec<&str>> = stats.cycles.iter().map(|list| list.iter().map(|idx| name(*idx)).collect()).collect();
    assert_eq!(cycles, [vec!["Branch", "p.Tree"], vec!["Top"]]);
    assert_eq!(Stats::of(&Schema::default()), Stats::default());
}
