//! What the model says about mistakes: code, message, the exact location, and help.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use tlgen_model::{Failure, File, Fragment, ModelError, Options, link, link_fragment, load, rules};
use tlgen_parser::diagnostic::{Example, Severity};
use tlgen_parser::source::{FileIdx, Location, Sources};

/// What is said about the files, with the locations shown by their text.
fn report_files(texts: &[&str], options: &Options) -> String {
    report_with(texts, |files| link(files, options).map(|linked| (linked.schema.combinators.len(), linked.warnings)))
}

fn report_fragment(texts: &[&str], fragment: Fragment) -> String {
    report_with(texts, |files| {
        link_fragment(files, &Options::default(), fragment)
            .map(|linked| (linked.schema.combinators.len(), linked.warnings))
    })
}

fn report_with<'s>(
    texts: &[&'s str],
    link: impl FnOnce(Vec<File<'s>>) -> Result<(usize, Vec<ModelError>), Failure>,
) -> String {
    let parsed: Vec<_> = texts.iter().map(|text| tlgen_parser::parse(text)).collect();
    let mut files = Vec::new();
    let mut out = String::new();
    for ((file, parsed), text) in (0..).zip(parsed).zip(texts) {
        assert!(parsed.errors.is_empty(), "{text}: {:?}", parsed.errors);
        writeln!(out, "{}", text.trim()).unwrap();
        files.push((FileIdx(file), parsed.schema, *text));
    }
    let problems = match link(files) {
        Ok((combinators, warnings)) => {
            writeln!(out, "=> {combinators} combinators").unwrap();
            warnings
        }
        Err(failure) => {
            assert!(!failure.errors.is_empty());
            failure.errors.into_iter().chain(failure.warnings).collect()
        }
    };
    problems.iter().for_each(|problem| show(&mut out, texts, problem));
    out
}

fn show(out: &mut String, texts: &[&str], problem: &ModelError) {
    let diagnostic = problem.diagnostic();
    let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
    writeln!(out, "{severity}[{}]: {}", diagnostic.code.0, diagnostic.message).unwrap();
    let mut place = |location: Location, label: &str| {
        let text = texts[location.file.0 as usize];
        let line = text[..location.span.start as usize].matches('\n').count() + 1;
        writeln!(out, "  {}:{line} {:?}: {label}", location.file.0, &text[location.span.range()]).unwrap();
    };
    if let Some(primary) = &diagnostic.primary {
        place(primary.location, &primary.text);
    }
    diagnostic.secondary.iter().for_each(|label| place(label.location, &label.text));
    for help in &diagnostic.help {
        writeln!(out, "  help: {help}").unwrap();
    }
}

fn reports(inputs: &[&str]) -> String {
    inputs.iter().map(|input| report_files(&[input], &Options::default())).collect::<Vec<_>>().join("\n")
}

macro_rules! mistakes {
    ($($name:ident: $($input:expr),+;)+) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(reports(&[$($input),+]));
            }
        )+
    };
}

mistakes! {
    duplicate_name:
        "user id:int = User;\nuser id:long = User;",
        "---functions---\nping = Bool;\nping id:int = Bool;",
        "ping = Ping;\n---functions---\nping = Ping;";
    respelled:
        "point#e3fe70f4 x:int y:int = Point;\npoint#e3fe70f4 x:%Int y:%Int = Point;",
        "a {t:Type} v:%(vector t) = A t;\na {t:Type} v:%vector<t> = A t;",
        "a x:(vector int) = A;\na x:(vector int) = A;";
    duplicate_id:
        "a#1 x:int = A;\nb#1 x:long = A;",
        "a#1 x:int = A;\nb#1 x : int = A;\nc x:b = C;",
        "a#1 = A; b#1 = B;\n---functions---\nf#1 = A;";
    undefined_type:
        "user name:sting status:UserStatus photos:Vector<Foto> chat:%Chat = User;\nphoto = Photo;",
        "secret.photo = secret.Photo; message photo:Photo = Message;",
        "message by:getUser = Message;\n---functions---\ngetUser = Message;";
    argument_count:
        "pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;\na p:(Pair int) q:Pair r:Pair<int,int,int> = A;",
        "a p:Vector q:Vector<int,int> r:int<int> = A;",
        "some {t:Type} value:t<int> = Some t;";
    argument_kind:
        "row {n:#} cells:n*[int] = Row n;\na p:(Row int) q:Vector<3> r:(Row A) s:(row 3) = A;",
        "a x:Type = A;",
        "box {n:#} value:n = Box n;\na n:# value:n = A;";
    undefined_word:
        "photo flags:# caption:flag.0?string cells:m*[int] = Photo;",
        "photo caption:mask.0?string = Photo;";
    word_is_no_nat:
        "photo flags:int caption:flags.0?string = Photo;",
        "box {t:Type} caption:t.0?string = Box t;";
    bit_too_large:
        "photo flags:# a:flags.31?int b:flags.32?int c:flags.4000000000?true = Photo;";
    use_before_declaration:
        "photo caption:flags.0?string hidden:flags.1?true flags:# = Photo;",
        "photo hidden:flags.1?true small:flags.2?true width:int flags:# = Photo;",
        "row cells:n*[int] n:# = Row;",
        "row n:n.0?# = Row;";
    unconditional_true:
        "photo hidden:true flags:# small:flags.0?true = Photo;";
    bare_union:
        "userEmpty = User; user id:int = User;\nchat owner:%User member:user all:Vector<user> = Chat;",
        "chat a:%Bool b:%Object c:%Int d:%True = Chat;";
    unused_variable:
        "a {t:Type} {n:#} x:t = A t;",
        "---functions---\nf {X:Type} id:int = Vector<int>;\ng {X:Type} x:X = Bool;\nh {n:#} = Bool;";
    result_arguments:
        "pair {X Y:Type} x:X y:Y = Pair Y X;",
        "twice {t:Type} x:t = Twice t t;";
    refined_result:
        "zero = Number 0;\nnext {n:#} before:%(Number n) = Number (n + 1);",
        "list {t:Type} item:t = List (Vector t);",
        "point n:# x:n*[int] = Point n;";
    parameter_clash:
        "none {t:Type} = Maybe t;\nsome value:int = Maybe;\nmore {n:#} = Maybe n;";
    namespace_case:
        "liteServer.query = liteServer.Query;\nliteserver.query = liteserver.Query;";
    empty_section:
        "---functions---\n---types---\na = A;\n---functions---";
    id_mismatch:
        "boolTrue#997275b6 = Bool;",
        "ok#d4edbe69 = Ok;\nu#9a1cd5ac flags:# t:flags.1?true a:flags.0?int = U;\nv#1 x:bytes = V;";
    no_finite_value:
        "a b:B = A;\nb a:A = B;\nc a:A = C;\nd ds:Vector<D> = D;";
    duplicate_field:
        "point x:int x:int = Point;",
        "pair {X X:Type} x:X = Pair X X;",
        "row n:# cells:n*[ a:int a:int ] = Row;";
    variable_kind:
        "a {x:int} y:x = A x;";
    bang:
        "a = A;\n---functions---\nf query:!A = A;\ng query:!int = A;\nh n:# query:!n = A;",
        "---functions---\ninvokeAfterMsg#cb9f372d msg_id:long query:!X = X;",
        "---functions---\nf {X:Type} x:X query:!Y = X;",
        "invokeWithLayer {X:Type} layer:int query:!X = X;\nold layer:int query:!X = X;";
    missing_count:
        "row cells:[int] = Row;",
        "row n:# cells:[int] = Row;";
    result_is_no_type:
        "a = %A;\nb = int;\nc {X:Type} = !X;",
        "a x:b = b;";
    finality:
        "a = A; New A; Final A; b = A;\nEmpty C; c = C;\nNew D; d = D; Final D;";
    sums:
        "row {n m:#} cells:(n + m)*[int] = Row n m;",
        "row n:# cells:(n + 4294967295 + 1)*[int] = Row;",
        "row n:# cells:(n + 1 + 2)*[int] = Row;";
    lower_case_bool:
        "a x:bool y:Vector<bool> = A;",
        "false#bc799737 = Bool; true#997275b5 = Bool;\na x:bool flags:# y:flags.0?true = A;";
    builtin_with_constructor:
        "int ? = Int;\nbig value:long = Int;",
        "object ? = Object;\nint_box value:int = Object;\na x:Object = A;",
        "int_box value:int = Object;\na x:Object = A;";
    everything_at_once:
        "a flags:int x:flags.0?Foo = A;\na y:Vector<Foo> = A;\n---functions---\nf {X:Type} z:Bar = Baz;";
}

#[test]
fn files() {
    let options = Options::default();
    let same = ["user id:int = User;", "user  id : int = User; // again\na user:User = A;"];
    let other = ["user id:int = User;", "user id:long = User;"];
    insta::assert_snapshot!(format!("{}\n{}", report_files(&same, &options), report_files(&other, &options)));
}

#[test]
fn fragment() {
    insta::assert_snapshot!(report_fragment(
        &[
            "chat status:UserStatus all:(Pair int 3) owner:user = Chat;\nuser id:int = User;\nuser id:long = User;\na a:A = A;\nb n:# x:n = B;"
        ],
        Fragment::Stated
    ));
}

#[test]
fn parts() {
    let texts = [
        // The id proves the first line, and with it that the file is a part. What is bare must be known all the same.
        "a#fdced9d1 b:Missing c:Vector<Missing> = A;\nd e:Missing f:Other = D;\ng h:%Third = G;",
        // A copy under another name.
        "old.a_layer7#fdced9d1 b:Missing c:Vector<Missing> = old.A;",
        "a#5ca1f06b b:Missing = A;\n",
        "a b:Missing = A;",
        "next#4eef2d29 of:Next = Next;",
        "next#d5a04f5f of:Next = Next;",
    ];
    insta::assert_snapshot!(
        texts.iter().map(|text| report_fragment(&[text], Fragment::Proved)).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn allowed_mismatch() {
    let text = "a#1 = A; b#2 = B;";
    let options = Options { allow_id_mismatch: vec!["a".to_owned()], ..Options::default() };
    let report = report_files(&[text], &options);
    assert!(!report.contains("`a`") && report.contains("`b`"), "{report}");
    let options = Options { allow_id_mismatch: vec!["messege".to_owned()], ..Options::default() };
    let parsed = tlgen_parser::parse("message#1 = Message;");
    let linked = link(vec![(FileIdx(0), parsed.schema, "message#1 = Message;")], &options).unwrap();
    let unmatched = linked.warnings.iter().find(|warning| warning.code().0 == "TL0137").unwrap();
    assert_eq!(unmatched.diagnostic().help, ["did you mean `message`?"]);
    assert_eq!(unmatched.location, None);
}

#[test]
fn layers() {
    let text =
        "m#1 = M;\n===8===\nm#2 a:int = M;\nn#3 = N;\n===17===\nm#4 b:int = M;\nn#5 x:int = N;\nold#6 m:M = Old;";
    let of = |layer| report_files(&[text], &Options { layer, ..Options::default() });
    let twice = "// layer 8\na#1 = A;\na#2 = A;\n// layer 9\nb#3 = B;";
    insta::assert_snapshot!([of(None), of(Some(8)), of(Some(17)), of(Some(1)), reports(&[twice])].join("\n"));
}

/// The kind of fault: an option `layer` that fits no layer of the input leaves out everything, or nothing, without a word.
#[test]
fn layers_that_the_schema_does_not_have() {
    let files = [
        "===8===\na = A;\n===17===\nb = B;",
        "a = A;\n// LAYER 190",
        "// layer: 190\na = A;",
        "// LAYER 190\na = A;\n// LAYER 190",
        "a = A; // LAYER 12",
        "a = A;",
        "",
    ];
    let options = Options { layer: Some(12), ..Options::default() };
    let each = files.iter().map(|text| report_files(&[text], &options));
    let together = report_files(&[files[0], files[1], files[5]], &options);
    insta::assert_snapshot!(each.chain([together]).collect::<Vec<_>>().join("\n"));
    // One of the files has it.
    let found = report_files(&[files[5], "b = B;\n// LAYER 12", "c = C;\n// LAYER 13"], &options);
    assert!(found.ends_with("=> 2 combinators\n"), "{found}");
}

/// The kind of fault: a function among the types is told by its result only if that is a variable.
#[test]
fn functions_among_types_by_their_vectors() {
    let of = |texts: &[&str]| reports(texts);
    insta::assert_snapshot!(of(&[
        "tree = Tree;\ntrees.fell id:Vector<long> = Vector<long>;\ntrees.list = vector<Tree>;\ntrees.names = Vector string;",
        "vector#1cb5c415 {t:Type} # [ t ] = Vector t;\ntree = Tree;",
        "---functions---\ntrees.ids = Vector<long>;",
    ]));
}

/// The kind of fault: a type of a fork of TL has no hint, or the hint of a name that looks alike.
#[test]
fn types_of_forks() {
    insta::assert_snapshot!(reports(&[
        "a x:byte = A;",
        "a x:uint8 y:uint32 = A;",
        "a x:(vector uint64) = A;",
        "byte = Byte; a x:Byte = A;"
    ]));
}

/// A value that holds a function tells by its id what the variable is; nothing else does.
#[test]
fn variables_that_the_value_tells() {
    for (text, found) in [
        ("query {X:Type} query:!X = Query;", &[][..]),
        ("query {X Y:Type} a:flags.0?!Y flags:# b:!X = Query;", &["TL0110"]),
        ("query {X Y:Type} flags:# a:flags.0?!Y b:!X c:2*[ d:!Y ] = Query;", &[]),
        ("query {X:Type} {t:Type} {n:#} query:!X value:t rest:n*[int] = Query t n;", &[]),
        ("query {t:Type} {X:Type} query:!X value:t = Query t;", &[]),
        ("query {t:Type} {X:Type} {n:#} query:!X value:t = Query n t;", &["TL0116"]),
        ("query {X:Type} query:!X answer:X = Query;", &["TL0115"]),
        ("query {X:Type} query:!X answers:Vector<X> = Query;", &["TL0115"]),
        ("query {X:Type} {t:Type} query:!X = Query;", &["TL0115"]),
        ("query {X:Type} {n:#} query:!X = Query;", &["TL0115"]),
        ("query {X:Type} query:!X = Query X;", &[]),
        ("---functions---\nf {X:Type} query:!X = Bool;", &[]),
        ("---functions---\nf {X:Type} = Bool;", &["TL0115"]),
    ] {
        let errors: Vec<&str> = codes(text).into_iter().filter(|code| *code != "TL0143").collect();
        assert_eq!(errors, found, "{text}");
    }
}

/// A type with several constructors may become bare through a variable, in any number of steps.
#[test]
fn bare_through_variables() {
    let declared = "a = Union; b x:int = Union; one x:int = One; none {t:Type} = Maybe t; some {t:Type} x:t = Maybe t;\n\
                    bare {X:Type} x:%X = Bare X; plain {X:Type} x:X = Plain X;\n\
                    second {X Y:Type} x:X y:%Y = Second X Y; bareItems {X:Type} x:(vector %X) = BareItems X;\n\
                    handed {A:Type} x:(bare A) = Handed A; twice {A:Type} x:2*[ y:(vector (handed A)) ] = Twice A;\n\
                    mixed {A B:Type} x:(second B A) = Mixed A B; self {A:Type} flags:# y:%A x:flags.0?(Self A) = Self A;\n";
    let of = |line: &str| {
        let text = format!("{declared}{line}");
        let parsed = tlgen_parser::parse(&text);
        assert_eq!(parsed.errors, []);
        match link(vec![(FileIdx(0), parsed.schema, &text)], &Options::default()) {
            Ok(_) => Vec::new(),
            Err(failure) => failure.errors.iter().map(|error| (error.code().0, error.to_string())).collect(),
        }
    };
    for good in [
        "t a:(bare One) b:(bare %One) c:(bare one) d:(bare Int) e:(bare (Vector Union)) f:(bare (Plain Union)) = T;",
        "t a:(plain Union) b:(second Union One) c:(mixed One Union) d:(Plain (Maybe Union)) = T;",
        "t {X:Type} a:(twice X) b:(self One) c:(bare True) d:(bare #) = T X;",
        "---functions---\nf {X:Type} q:!X a:(bare X) = X;",
    ] {
        assert_eq!(of(good), [], "{good}");
    }
    for bad in [
        "t a:(bare Union) = T;",
        "t a:Vector<Bare<Union>> = T;",
        "t a:2*[ x:int y:(bare Union) ] = T;",
        "t a:(bareItems Union) = T;",
        "t a:(second One Union) = T;",
        "t a:(mixed Union One) = T;",
        "t a:(handed Union) = T;",
        "t a:(twice Union) = T;",
        "t a:(self Union) = T;",
        "t a:(plain (bare Union)) = T;",
        "t a:(bare (Maybe One)) = T;",
        "t a:(bare Bool) = T;",
        "t a:(bare Object) = T;",
        "t {X:Type} a:(bare (Maybe X)) = T X;",
        "---functions---\nf = Bare Union;",
        "---functions---\nf flags:# a:flags.0?(Handed Union) = One;",
    ] {
        let found = of(bad);
        assert!(found.len() == 1 && found[0].0 == "TL0113", "{bad}: {found:?}");
    }
    insta::assert_snapshot!(reports(&[
        "a = Union; b x:int = Union; bare {X:Type} x:%X = Bare X;\nhanded {A:Type} x:int y:(bare A) = Handed A;\n\
         t a:(Handed Union) b:(bare Object) = T;"
    ]));
}

/// Every rule has a number without a gap, an explanation, and an example that breaks it and nothing else.
#[test]
fn examples_break_their_rule() {
    let codes: Vec<&str> = rules().map(|rule| rule.code.0).collect();
    let all: Vec<String> = (100..100 + codes.len()).map(|number| format!("TL{number:04}")).collect();
    assert_eq!(codes, all);
    let found = |texts: &[&str]| {
        let mut sources = Sources::new();
        let files: Vec<FileIdx> = texts.iter().map(|text| sources.add("a.tl", *text)).collect();
        let found = load(&sources, &files, &Options::default()).diagnostics;
        let mut found: Vec<(&str, Severity)> = found.iter().map(|found| (found.code.0, found.severity)).collect();
        found.dedup();
        found
    };
    let mut without = Vec::new();
    let mut wrong = String::new();
    for rule in rules() {
        assert!(rule.explanation.len() > 40, "{}", rule.code.0);
        let broken = (rule.code.0, rule.severity);
        match rule.example {
            Example::Schema(text) if found(&[text]) == [broken] => {}
            Example::Files(texts) if found(texts) == [broken] => {}
            Example::Schema(text) => writeln!(wrong, "{broken:?}: {:?} in {text}", found(&[text])).unwrap(),
            Example::Files(texts) => writeln!(wrong, "{broken:?}: {:?} in {texts:?}", found(texts)).unwrap(),
            Example::Made(text) => assert!(found(&[&text()]).contains(&broken), "{}", rule.code.0),
            Example::Project(_) | Example::Versions(..) => panic!("{}: the model knows no projects", rule.code.0),
            Example::None(_) => without.push(rule.code.0),
        }
    }
    assert_eq!(wrong, "");
    assert_eq!(without, ["TL0137", "TL0142", "TL0145"]);
}

/// The codes of what is said about a schema.
fn codes(text: &str) -> Vec<&'static str> {
    let parsed = tlgen_parser::parse(text);
    assert!(parsed.errors.is_empty(), "{text}: {:?}", parsed.errors);
    match link(vec![(FileIdx(0), parsed.schema, text)], &Options::default()) {
        Ok(linked) => linked.warnings.iter().map(|warning| warning.code().0).collect(),
        Err(failure) => failure.errors.iter().map(|error| error.code().0).collect(),
    }
}

/// Two declarations of one name that differ in a bare type only are not repetitions of each other.
#[test]
fn declarations_that_differ_in_a_bare_type() {
    assert_eq!(codes("point#1 x:%Foo = Point; point#1 x:%Bar = Point; foo = Foo; bar = Bar;"), ["TL0100"]);
}

/// Two constructors with one id, also where no greater id follows.
#[test]
fn one_id_twice_at_the_end() {
    assert!(
        codes("a#1 x:int = A;\nb#1 x:int = A;").contains(&"TL0140"),
        "{:?}",
        codes("a#1 x:int = A;\nb#1 x:int = A;")
    );
    assert!(!codes("a#1 x:int = A;\nb#1 x:int = A;").contains(&"TL0101"));
}
