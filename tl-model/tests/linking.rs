//! What comes out of the linker, as text.
#![allow(clippy::unwrap_used)]

use tlgen_model::schema::{NatExpr, NatRef, Schema, TypeExpr};
use tlgen_model::view::Declaration;
use tlgen_model::{ModelError, Options, Valid, link, print};
use tlgen_parser::source::FileIdx;

fn linked(text: &str) -> (Valid<Schema>, Vec<ModelError>) {
    let parsed = tlgen_parser::parse(text);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    let linked = link(vec![(FileIdx(0), parsed.schema, text)], &Options::default());
    let linked = linked.unwrap_or_else(|failure| panic!("{failure}"));
    (linked.schema, linked.warnings)
}

fn shown(text: &str) -> String {
    print::schema(&linked(text).0)
}

#[test]
fn telegram() {
    insta::assert_snapshot!(shown(
        "boolFalse#bc799737 = Bool;
         boolTrue#997275b5 = Bool;
         true#3fedd339 = True;
         vector#1cb5c415 {t:Type} # [ t ] = Vector t;
         userEmpty#d3bc4b7a id:long = User;
         user#1 flags:# self:flags.10?true name:flags.1?string flags2:# photo:flags2.31?Photo bot:flags.1?Bool = User;
         photo#2 sizes:Vector<long> nested:vector<vector<%Photo>> raw:vector<photo> = Photo;
         ---functions---
         users.getUsers#d91a548 id:Vector<User> = Vector<User>;
         invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;"
    ));
}

#[test]
fn builtins() {
    let prelude = "int ? = Int; long ? = Long; int32 = Int32; int53 = Int53; int64 = Int64; bytes data:string = Bytes;
         int128 4*[ int ] = Int128; int256 long long long long = Int256; double ? = Double; secureString = SecureString;
         object ? = Object; function ? = Function; string#12345678 ? = String; true = True; vector {t:Type} # [ t ] = Vector t;";
    let uses =
        "a i:int I:Int i32:int32 I32:Int32 l:long i53:int53 I53:Int53 i64:int64 d:double D:Double f:float F:Float
         s:string S:String ss:secureString B:Bytes b:bytes sb:secureBytes i128:int128 I128:Int128 I256:Int256
         i512:int512 I512:Int512 bi:%Int bv:%(Vector int) o:object O:Object fn:function Fn:Function flags:#
         t:flags.0?true T:flags.1?True ok:Bool = A;";
    let declared = shown(&format!("{prelude}\n{uses}"));
    let warnings = linked(&format!("{prelude}\n{uses}")).1;
    assert_eq!(warnings.iter().map(|warning| warning.code().0).collect::<Vec<_>>(), ["TL0143"], "{warnings:?}");
    insta::assert_snapshot!(format!("{declared}\n{}", shown(uses)));
}

#[test]
fn names_of_builtins_with_other_meanings() {
    insta::assert_snapshot!(shown(
        "false#bc799737 = Bool; true#997275b5 = Bool;
         int_box#a8509bda value:int = Object;
         string value:bytes = Text;
         vector items:int = List;
         a flags:# b:Bool c:flags.0?true d:string e:Object f:vector g:Vector<int> = A;"
    ));
}

#[test]
fn variables_and_numbers() {
    insta::assert_snapshot!(shown(
        "tuple {t:Type} {n:#} [ t ] = Tuple t n;
         matrix {m n:#} a:m*[ n*[ double ] ] = Matrix m n;
         pair {X Y:Type} x:X y:%Y = Pair X Y;
         dictionaryField {t:Type} key:string value:t = DictionaryField t;
         dictionary {t:Type} %(Vector %(DictionaryField t)) = Dictionary t;
         point {mask:#} x:mask.0?int y:mask.1?int = Point mask;
         picture mask:# n:# a:(Point mask) b:(point (1 + 2)) c:n*[ x:# y:x.3?int p:(point mask) z:(1 + n)*[int] ] = Picture;
         masks x:# m:x.1?# a:m.31?int # rest:[ int ] t:(Tuple int x) = Masks;
         ---functions---
         add n:# k:# = Tuple %(Point n) k;
         cells {n:#} = Vector<Point n>;"
    ));
}

#[test]
fn order_does_not_matter() {
    let lines = [
        "a b:B c:%C d:Vector<d> = A;",
        "b = B;",
        "c x:(Pair int D) = C;",
        "pair {X Y:Type} x:X y:Y = Pair X Y;",
        "d flags:# a:flags.3?A = D;",
        "bb n:# = B;",
    ];
    let mut forwards: Vec<String> = shown(&lines.concat()).lines().map(str::to_owned).collect();
    let mut backwards: Vec<String> =
        shown(&lines.iter().rev().copied().collect::<String>()).lines().map(str::to_owned).collect();
    forwards.sort();
    backwards.sort();
    assert_eq!(forwards, backwards);
}

#[test]
fn descriptions_and_texts() {
    let (schema, warnings) = linked(
        "//@class Shape @description A thing with an outline

         //@description A round shape @radius How far it goes
         //-from the middle
         @read circle radius:double flags_:# name : flags_.0? (vector  string)
            = Shape;",
    );
    assert_eq!(warnings, []);
    let circle = &schema.combinators[0];
    assert_eq!(schema.types[0].description.as_deref(), Some("A thing with an outline"));
    assert_eq!(circle.description.as_deref(), Some("A round shape"));
    assert_eq!(circle.params[0].description.as_deref(), Some("How far it goes\nfrom the middle"));
    assert_eq!(circle.params[1].description, None);
    assert_eq!(Declaration::of(circle).types()[2], "flags_.0?(vector string)");
    assert_eq!(circle.annotations.iter().map(|name| &**name).collect::<Vec<_>>(), ["read"]);
    assert_eq!(&*circle.declaration, "@read circle radius:double flags_:# name:flags_.0?(vector string) = Shape");
}

#[test]
fn layer_of_the_file() {
    assert_eq!(linked("a = A;\n// LAYER 133").0.layer, Some(133));
    assert_eq!(linked("// Layer:  228\na = A;").0.layer, Some(228));
    assert_eq!(linked("// layer 8\na = A;\n// layer 17\nb = B;").0.layer, Some(17));
    assert_eq!(linked("a = A;").0.layer, None);
    assert_eq!(linked("===8===\na = A;").0.combinators[0].layer, Some(8));
}

/// The kind of fault: a comment that ends a part of a file is taken for the heading of the next one, or the other way round.
#[test]
fn layer_comments_are_headings_or_last_lines() {
    // The layer of the schema, and that of each combinator that stays.
    let read = |text: &str, layer: Option<u32>| {
        let parsed = tlgen_parser::parse(text);
        let options = Options { layer, ..Options::default() };
        let schema = link(vec![(FileIdx(0), parsed.schema, text)], &options).unwrap().schema;
        (schema.layer, schema.combinators.iter().map(|combinator| combinator.layer.unwrap_or(0)).collect::<Vec<_>>())
    };
    // Files that were joined: each comment is a last line.
    let joined = "a x:int = A;\n// LAYER 7\na x:long = A;\nb = B;\n// LAYER 11\na = A; c = C;\n// LAYER 13";
    assert_eq!(read(joined, None), (Some(13), vec![11, 13, 13]));
    assert_eq!(read(joined, Some(11)), (Some(11), vec![11, 11]));
    assert_eq!(read(joined, Some(7)), (Some(7), vec![7]));
    assert_eq!(
        read("a x:int = A;\n// LAYER 5\n---types---\na = A;\n---functions---\n// LAYER 9\n", None),
        (Some(9), vec![9])
    );
    // The last line of the file below headings: of comments, and of `===`.
    let headed = "// LAYER 7\na x:int = A;\n// LAYER 11\na = A;\n// LAYER 11";
    assert_eq!(read(headed, None), (Some(11), vec![11]));
    assert_eq!(read(headed, Some(7)), (Some(7), vec![7]));
    assert_eq!(read("===7===\na x:int = A;\n===11===\na = A;\n// LAYER 12", None), (Some(12), vec![11]));
    // Headings between declarations; what is above them is older.
    assert_eq!(read("a = A;\n// layer 23\nb = B;\n// layer 45\nc = C;", Some(23)), (Some(23), vec![0, 23]));
    assert_eq!(read("a = A;\n// layer 23\nb = B;", None), (Some(23), vec![0, 23]));
    // One layer for all: first line, last line, both.
    assert_eq!(read("// LAYER 9\na = A;", Some(9)), (Some(9), vec![0]));
    assert_eq!(read("a = A;\n// LAYER 9", Some(9)), (Some(9), vec![0]));
    assert_eq!(read("// LAYER 9\na = A;\n// LAYER 9", Some(9)), (Some(9), vec![0]));
    // Behind a declaration on its line it is a remark.
    assert_eq!(read("a = A; // LAYER 9\nb = B;", None), (None, vec![0, 0]));
}

/// The kind of fault: a function by its `=>` is taken for what its section says.
#[test]
fn a_double_arrow_makes_a_function_in_any_section() {
    use tlgen_model::schema::SectionKind::{Functions, Types};
    let kinds = |text: &str| {
        let (schema, warnings) = linked(text);
        assert_eq!(warnings, [], "{text}");
        let result: Vec<_> = schema.combinators.iter().map(|combinator| combinator.kind).collect();
        result
    };
    // Its result still has one constructor, so that the constructor can be used as the type.
    let among_types = "wood.tree age:int = wood.Tree; @read wood.oldest => wood.Tree; wood.park trees:(vector wood.tree) = wood.Park;";
    assert_eq!(kinds(among_types), [Types, Functions, Types]);
    assert_eq!(kinds(&format!("---types---\n{among_types}")), [Types, Functions, Types]);
    assert_eq!(
        kinds("a = A; ---functions---\nb => A; c = A;\n---types---\nd => Vector<A>; e = E;"),
        [Types, Functions, Functions, Functions, Types]
    );
    // A builtin type, a vector, a variable and the name of a constructor are not mistakes in a function.
    assert_eq!(
        kinds("a = A; count => int; list => Vector<A>; any#81785aec {X:Type} query:!X => X; a x:int => A;")[1..],
        [Functions; 4]
    );
    // A declaration of a builtin type is one by its form only below `=`.
    assert_eq!(kinds("a = A; vector#1cb5c415 {t:Type} # [ t ] => Vector t;"), [Types, Functions]);
}

#[test]
fn rule_of_the_ids() {
    let telegram = "u#9a1cd5ac flags:# t:flags.1?true a:flags.0?int = U;";
    let plain = "u#ac03a95d flags:# t:flags.1?true a:flags.0?int = U;";
    let free = "v flags:# t:flags.1?true = V;";
    assert_eq!(linked(free).0.combinators[0].id, tlgen_parser::id::crc32(b"v flags:# t:flags.1?true = V"));
    let by_plain = linked(&format!("{plain}{free}")).0.combinators[1].id;
    let by_telegram = linked(&format!("{telegram}{free}")).0.combinators[1].id;
    assert_eq!(
        (by_plain, by_telegram),
        (tlgen_parser::id::crc32(b"v flags:# t:flags.1?true = V"), tlgen_parser::id::crc32(b"v flags:# = V"))
    );
}

/// The kind of fault: what a file is linked with changes its ids.
#[test]
fn each_file_has_the_ids_that_it_has_alone() {
    use tlgen_model::schema::IdRule;
    let telegram = "lamp#d560492a switch:# lit:switch.0?true text:switch.2?bytes = Lamp;\nbulb data:bytes = Bulb;";
    let plain = "key bits:# used:bits.3?true = Key;\ndoor#4755af1d bits:# open:bits.3?true = Door;";
    let free = "note body:bytes mask:# read:mask.1?true = Note;\n---functions---\nnotes.find text:bytes = Note;";
    let neutral = "boolTrue#997275b5 = Bool;\npage body:bytes = Page;";
    let texts = [telegram, plain, free, neutral];
    let rules = [IdRule::Telegram, IdRule::Plain, IdRule::Plain, IdRule::Plain];
    let ids = |places: &[usize], options: &Options| {
        let tree = |text| tlgen_parser::parse(text).schema;
        let files = (0..).zip(places).map(|(file, place)| (FileIdx(file), tree(texts[*place]), texts[*place]));
        let linked = link(files.collect(), options).unwrap();
        let of = |file| {
            let combinators = linked.schema.combinators.iter().filter(move |one| one.location.file == FileIdx(file));
            combinators.map(|one| one.id).collect::<Vec<_>>()
        };
        let guessed = linked.warnings.iter().filter(|warning| warning.code().0 == "TL0143").count();
        ((0..).take(places.len()).map(of).collect::<Vec<_>>(), guessed)
    };
    let alone: Vec<_> = (0..4).map(|place| ids(&[place], &Options::default())).collect();
    // `tlgen id` reads each file by itself with this.
    for ((text, rule), (found, guessed)) in texts.iter().zip(rules).zip(&alone) {
        let schema = tlgen_parser::parse(text).schema;
        let declarations = || schema.declarations().map(|(_, declaration)| declaration);
        assert_eq!(tlgen_parser::id::infer(declarations()), rule, "{text}");
        let wanted: Vec<u32> = declarations().filter_map(|one| tlgen_parser::id::compute(one, rule)).collect();
        // `boolTrue` is the builtin type, and no combinator.
        assert!(wanted.ends_with(&found[0]), "{text}");
        assert_eq!(*guessed, usize::from(!text.contains("switch") && !text.contains("door")), "{text}");
    }
    for places in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let (found, guessed) = ids(&places, &Options::default());
        assert_eq!(found, places.map(|place| alone[place].0[0].clone()), "{places:?}");
        assert_eq!(guessed, 2, "one warning for each file that is guessed");
    }
    for rule in [IdRule::Plain, IdRule::Telegram] {
        let options = Options { id_rule: Some(rule), ..Options::default() };
        let ((found, guessed), (single, _)) = (ids(&[0, 2], &options), ids(&[2], &options));
        assert_eq!((&found[1], guessed), (&single[0], 0));
    }
    // Where the rules agree nothing is guessed.
    assert_eq!(linked("tree age:int = Tree;").1, []);
}

#[test]
fn words_of_outer_records() {
    let (schema, _) = linked("a x:int = A; table rows:2*[ n:# cells:n*[ a:n.0?A b:3*[ c:n.1?int ] ] ] = Table;");
    let TypeExpr::Repeat { fields: rows, .. } = &schema.combinators[1].params[0].ty else { panic!("rows") };
    assert_eq!((rows[0].word.bits, rows[0].word.is_count), (0b11, true));
    let TypeExpr::Repeat { count, fields: cells } = &rows[1].ty else { panic!("cells") };
    assert_eq!(*count, NatExpr::Ref { nat: NatRef::Field(0), plus: 0 });
    assert_eq!(cells[0].condition.unwrap().word, NatRef::Outer { up: 1, field: 0 });
    let TypeExpr::Repeat { fields: inner, .. } = &cells[1].ty else { panic!("inner") };
    assert_eq!(inner[0].condition.unwrap().word, NatRef::Outer { up: 2, field: 0 });
}

#[test]
fn partial_applications_are_linked() {
    let (schema, _) = linked("pair {X Y:Type} x:X y:Y = Pair X Y; Pair int (Vector long); %Pair<int,int>;");
    let shown = tlgen_model::print::schema(&schema);
    assert!(shown.ends_with("partial boxed Pair<int, boxed vector<long>>\n\npartial bare pair<int, int>\n"), "{shown}");
}

#[test]
fn numbers_choose_bare_constructors() {
    let list =
        "nil {X:Type} = List X 0; cons {X:Type} {n:#} hd:X tl:%(List X n) = List X (n + 1); a x:%(List int 3) = A;";
    let shown = shown(list);
    assert!(shown.contains("tl: bare List<X, n>") && shown.contains("x: bare List<int, 3>"), "{shown}");
    // Here they do not.
    let refused = |text: &str| {
        let parsed = tlgen_parser::parse(text);
        let failure = link(vec![(FileIdx(0), parsed.schema, text)], &Options::default()).unwrap_err();
        failure.errors.iter().all(|error| error.code().0 == "TL0113")
    };
    assert!(refused("a {n:#} = A n; b {n:#} = A (n + 1); c x:%(A 3) = C;"));
    assert!(refused("a = A 1; b {n:#} = A (n + 1); c x:%(A 3) = C;"));
    assert!(refused("a = A 1 2; b = A 1 2; c x:%(A 1 2) = C;"));
}

/// Declarations that look like those of builtin types and are not: another id, other items, another result.
#[test]
fn a_vector_that_is_not_the_builtin_one() {
    let own = |vector: &str, use_of: &str| {
        let (schema, _) = linked(&format!("{vector}\na x:{use_of} = A;"));
        schema.types().any(|(_, ty)| matches!(ty.name.full(), "Vector" | "List"))
    };
    assert!(!own("vector#1cb5c415 {t:Type} # [ t ] = Vector t;", "(Vector int)"));
    assert!(own("vector#1cb5c416 {t:Type} # [ t ] = Vector t;", "(Vector int)"));
    assert!(own("vector#1cb5c415 {t:Type} # [ int ] = Vector t;", "(Vector int)"));
    assert!(own("vector#1cb5c415 {t:Type} # [ t ] = List t;", "(List int)"));
}

/// A builtin number that is declared with other contents is a constructor like any other.
#[test]
fn numbers_of_other_shapes() {
    let builtin = shown("int512 8*[ long ] = Int512; a x:int512 = A;");
    assert!(builtin.contains("  x: int512\n") && !builtin.contains("Int512"), "{builtin}");
    let (schema, _) = linked("int x:long = Int; a x:int = A;");
    assert!(schema.constructors().any(|(_, combinator)| combinator.name.full() == "int"), "`int` is declared anew");
}

/// An `Object` that the schema declares is a type with its constructors, not any value.
#[test]
fn an_object_that_is_declared() {
    let (schema, _) = linked("object x:int = Object; a b:Object = A;");
    let (_, a) = schema.constructors().find(|(_, combinator)| combinator.name.full() == "a").unwrap();
    assert!(matches!(a.params[0].ty, TypeExpr::Boxed { .. }), "{:?}", a.params[0].ty);
    let (schema, _) = linked("a b:Object = A;");
    let (_, a) = schema.constructors().find(|(_, combinator)| combinator.name.full() == "a").unwrap();
    assert!(matches!(a.params[0].ty, TypeExpr::Object), "{:?}", a.params[0].ty);
}
