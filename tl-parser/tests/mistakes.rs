//! What the parser says about mistakes: code, message, the exact location, and help.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use tlgen_parser::SyntaxErrorKind;
use tlgen_parser::diagnostic::Example;

use tlgen_parser::diagnostic::{Diagnostic, Severity};
use tlgen_parser::source::{FileIdx, Span};

/// The input with its diagnostics below it, the locations shown by their text.
fn report(text: &str) -> String {
    let parsed = tlgen_parser::parse(text);
    let mut out = format!("{text:?}\n");
    for error in parsed.errors.iter().chain(&parsed.warnings) {
        show(&mut out, text, &error.diagnostic(FileIdx(0)));
    }
    let kept: Vec<String> =
        parsed.schema.declarations().map(|(_, declaration)| tlgen_parser::print::declaration(declaration)).collect();
    writeln!(out, "  kept: {}", kept.join(" | ")).unwrap();
    out
}

fn show(out: &mut String, text: &str, diagnostic: &Diagnostic) {
    let severity = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
    writeln!(out, "  {severity}[{}]: {}", diagnostic.code.0, diagnostic.message).unwrap();
    let mut place = |span: Span, label: &str| {
        let marked = &text[span.range()];
        writeln!(out, "    {}..{} {marked:?}: {label}", span.start, span.end).unwrap();
    };
    let primary = diagnostic.primary.as_ref().unwrap();
    place(primary.location.span, &primary.text);
    for label in &diagnostic.secondary {
        place(label.location.span, &label.text);
    }
    for help in &diagnostic.help {
        writeln!(out, "    help: {help}").unwrap();
    }
}

fn reports(inputs: &[&str]) -> String {
    inputs.iter().map(|input| report(input)).collect::<Vec<_>>().join("\n")
}

#[test]
fn declarations() {
    let report = reports(&[
        "foo;",
        "foo x:int;",
        "foo#12345678;",
        "Foo;",
        "vector int x:int;",
        "getUser int;",
        "(# int);",
        "%(Vector int) (New T);",
        "(New T);",
        "foo = ;",
        "foo =",
        "= Foo;",
        ": Foo;",
        "#1 = Foo;",
        "foo = = Foo;",
        "foo = Foo = Bar;",
        "foo = Foo\nbar = Bar;",
        "foo = Foo\nbar x:int = Bar\n\n@read baz#1 = Baz",
        "foo = Foo\n---functions---\nbar = Bar;",
        "foo x:int =\n  Foo int\nbar;",
        "foo = Foo\n  bar = Bar;",
        "foo = Pair\n  int\n  (Vector ]int);",
        "foo = Foo\nbar (x:int = Bar;\nbaz = Baz;",
        "a = A;;\n;",
        "a = A",
        "Foo x:int = Foo;",
        "@ foo = Foo;",
        "@read;",
        "@read = Foo;",
        "foo @read = Foo;",
        "0=0;",
        "foo = 0;",
        "1foo = Foo;",
        "foo x:1bar = Foo;",
    ]);
    insta::assert_snapshot!(report);
}

#[test]
fn ids() {
    let report = reports(&[
        "foo# = Foo;",
        "foo#bar = Foo;",
        "foo#? = Foo;",
        "foo#123456789 = Foo;",
        "foo #12345678 = Foo;",
        "foo x:int#12345678 = Foo;",
        "foo = Foo#12345678;",
        "foo#ABCDEF = Foo;",
        "foo#1 = Foo;",
    ]);
    insta::assert_snapshot!(report);
}

#[test]
fn arguments() {
    let report = reports(&[
        "foo x: = Foo;",
        "foo x: y:int = Foo;",
        "foo x:",
        "foo :int = Foo;",
        "foo x::int = Foo;",
        "foo x.y:int = Foo;",
        "foo {X:Type = Foo;",
        "foo {X} x:X = Foo;",
        "foo {X:} x:X = Foo;",
        "foo {:Type} = Foo;",
        "foo {} = Foo;",
        "foo x:int {X:Type} = Foo;",
        "foo x:_ = Foo;",
        "foo (x y:) = Foo;",
        "foo (:int) = Foo;",
        "foo (x y:int = Foo;",
        "foo x:int, y:int = Foo;",
        "foo x:[ int = Foo;",
        "foo x:int ] = Foo;",
        "foo x:%int*[ int ] = Foo;",
        "foo x:4*int = Foo;",
        "foo n:# x:n+1*[ int ] = Foo;",
        "foo x:* = Foo;",
    ]);
    insta::assert_snapshot!(report);
}

#[test]
fn conditions() {
    let report = reports(&[
        "foo x:flags.?int = Foo;",
        "foo x:flags?int = Foo;",
        "foo x:flags.a?int = Foo;",
        "foo x:flags.a.b?int = Foo;",
        "foo x:flags.1a?int = Foo;",
        "foo x:flags.1 int = Foo;",
        "foo x:.1?int = Foo;",
        "foo x:?int = Foo;",
        "foo x:3?int = Foo;",
        "foo x:flags.0? = Foo;",
        "foo x:flags.0? y:int = Foo;",
        "foo x:flags.99999999999?int = Foo;",
        "foo x:a.b.0?int = Foo;",
    ]);
    insta::assert_snapshot!(report);
}

#[test]
fn types() {
    let report = reports(&[
        "foo x:Vector<int = Foo;",
        "foo x:Vector<int",
        "foo x:Vector<> = Foo;",
        "foo x:Vector<int>> = Foo;",
        "foo x:Vector<int,> = Foo;",
        "foo x:(Vector int = Foo;",
        "foo x:() = Foo;",
        "foo x:(int] = Foo;",
        "foo x:<int = Foo;",
        "foo x:% = Foo;",
        "foo x:a..b = Foo;",
        "foo x:a. = Foo;",
        "foo x:.a = Foo;",
        "foo x:a .b = Foo;",
        "foo = Z n + 1;",
        "foo x:99999999999*[ int ] = Foo;",
    ]);
    insta::assert_snapshot!(report);
}

#[test]
fn characters_and_lines() {
    let report = reports(&[
        "foo x:\"int\" = Foo;",
        "foo x:int | bar = Foo;",
        "foo\u{a0}x:int = Foo;",
        "föö = Foo;",
        "\u{feff}foo x:ü = Foo;",
        "foo-bar = Foo;",
        "/* old */ foo = Foo;",
        "foo = /* old */ Foo;",
        "some invalid line 🥴\ntest = Test;",
        "some invalid line 🥴\n  test = Test;",
        "foo = Foo;\r\nbar x: = Bar;\r\nbaz = Baz;\r\n",
        "// comment\rfoo = Foo;\r",
        "# comment = 1\nfoo = Foo;",
        "#comment;\nfoo = Foo;",
        "---type---\nfoo = Foo;",
        "--functions--\n",
        "---functions--- foo = Foo;",
        "=== 8 ===\nfoo = Foo;",
        "===8==\nfoo = Foo;",
        "===x===\nfoo = Foo;",
        "foo === Foo;",
        "foo = Foo; ---types--- bar = Bar;",
        "foo = Foo; # comment\nbar = Bar;",
    ]);
    insta::assert_snapshot!(report);
}

#[test]
fn nesting_is_limited() {
    for (open, close) in [("(", ")"), ("[", "]"), ("%", ""), ("!", ""), ("a<", ">"), ("2*[", "]")] {
        let nested = |depth| format!("foo x:{}int{} = Foo;", open.repeat(depth), close.repeat(depth));
        assert_eq!(tlgen_parser::parse(&nested(60)).errors, [], "{open}");
        for depth in [65, 1_000, 100_000] {
            let text = format!("{}\nbar = Bar;", nested(depth));
            let parsed = tlgen_parser::parse(&text);
            let kinds: Vec<_> = parsed.errors.iter().map(|error| error.kind).collect();
            assert_eq!(kinds, [tlgen_parser::SyntaxErrorKind::DeepNesting], "{open}");
            assert_eq!(parsed.schema.declarations().count(), 1);
        }
    }
}

#[test]
fn reports_are_limited() {
    let text = "foo x: = Foo;\n".repeat(5_000);
    let parsed = tlgen_parser::parse(&text);
    assert_eq!(parsed.errors.len(), 1_000);
    assert_eq!(parsed.errors[999].kind, tlgen_parser::SyntaxErrorKind::TooManyErrors);
    let text = ";".repeat(5_000);
    let parsed = tlgen_parser::parse(&text);
    assert_eq!(parsed.warnings.len(), 1_000);
    let text = format!("foo{} = Foo;", " x:int".repeat(5_000));
    let parsed = tlgen_parser::parse(&text);
    assert_eq!(parsed.errors[0].kind, tlgen_parser::SyntaxErrorKind::ManyArguments);
}

/// Every rule has a number without a gap, an explanation, and an example that breaks it and nothing else.
#[test]
fn examples_break_their_rule() {
    let codes: Vec<_> = tlgen_parser::rules().map(|rule| rule.code.0.to_owned()).collect();
    let all: Vec<_> = (1..=codes.len()).map(|number| format!("TL{number:04}")).collect();
    assert_eq!(codes, all);
    let mut without = Vec::new();
    for rule in tlgen_parser::rules() {
        assert!(rule.explanation.len() > 40, "{}", rule.code.0);
        let found = |text: &str| {
            let parsed = tlgen_parser::parse(text);
            let all =
                parsed.errors.iter().chain(&parsed.warnings).map(|error| (error.kind.code(), error.kind.severity()));
            all.collect::<Vec<_>>()
        };
        match rule.example {
            Example::Schema(text) => assert_eq!(found(text), [(rule.code, rule.severity)], "{text}"),
            Example::Made(text) => assert!(found(&text()).contains(&(rule.code, rule.severity)), "{}", rule.code.0),
            Example::Files(_) | Example::Versions(..) | Example::Project(_) => {
                panic!("{}: the parser reads one file", rule.code.0)
            }
            Example::None(_) => without.push(rule.code.0),
        }
    }
    assert_eq!(without, ["TL0040"]);
}

/// The kind of fault: a name that nothing is applied to is taken for a partial application, which is read and only warned of.
#[test]
fn a_name_in_brackets_applies_nothing() {
    let found = |text: &str| {
        let parsed = tlgen_parser::parse(text);
        let kinds = |errors: &[tlgen_parser::SyntaxError]| errors.iter().map(|error| error.kind).collect::<Vec<_>>();
        (kinds(&parsed.errors), kinds(&parsed.warnings).len())
    };
    for text in ["%Foo;", "(%foo);", "(foo);", "%foo;", "((foo));", "foo;"] {
        assert_eq!(found(text), (vec![SyntaxErrorKind::MissingEquals], 0), "{text}");
    }
    for text in ["(New T);", "%(Vector int);", "Vector int;", "(%Vector int);"] {
        assert_eq!(found(text), (vec![], 1), "{text}");
    }
}

/// The kind of fault: a file of another language gets an error for each of its lines.
#[test]
fn other_languages_are_one_error() {
    use tlgen_parser::Language::{Tl2, TlB};
    fn found(text: &str) -> Vec<(SyntaxErrorKind, &str)> {
        tlgen_parser::parse(text).errors.iter().map(|error| (error.kind, &text[error.span.range()])).collect()
    }
    for (text, language, sign) in [
        ("shop.item = price:int32 name:string;\nshop.cart = items:[]shop.item;", Tl2, "price:"),
        ("// shop\nshop.items <=> []shop.item;\na x:int = A;\nb x:int = B;", Tl2, "<=>"),
        ("nothing$0 {X:Type} = Maybe X;\njust$1 {X:Type} value:X = Maybe X;", TlB, "$"),
        ("_$_ a:(## 32) = Anon;", TlB, "$"),
        ("store#1234abcd len:(#<= 30) = Store;", TlB, "#<"),
        ("tree#_ left:^Tree = Tree;", TlB, "^"),
    ] {
        assert_eq!(found(text), [(SyntaxErrorKind::OtherLanguage(language), sign)], "{text}");
    }
    // The same signs in a comment, and a slip of the pen in a file of TL.
    assert_eq!(found("// a$0 <=> x:^Cell (## 1)\na x:int = A;"), []);
    for text in ["a x:int = A;\nb = B;\nc = x:int;", "a x:int = A; b = B;\nc x:$int = C;", "a# = A;"] {
        let found = found(text);
        assert!(found.len() == 1 && !matches!(found[0].0, SyntaxErrorKind::OtherLanguage(_)), "{text}: {found:?}");
    }
}

/// The kind of fault: a declaration that was taken out with a `#` before it is no comment.
#[test]
fn hash_comments_before_declarations() {
    for text in [
        "#tree.fell#9a5f6e95 x:int = Bool;\nb = B;",
        "#tree x:int = Tree;\nb = B;",
        "#add#00000001 = A;\nb = B;",
        "# a = A;\nb = B;",
    ] {
        let parsed = tlgen_parser::parse(text);
        assert!(parsed.errors.is_empty() && parsed.schema.items.len() == 1, "{text}: {:?}", parsed.errors);
        assert_eq!(parsed.warnings[0].kind, SyntaxErrorKind::HashComment);
    }
    // What may be an id has lost its name.
    let parsed = tlgen_parser::parse("#1cb5c415 x:int = Tree;");
    assert_eq!(parsed.errors[0].kind, SyntaxErrorKind::MissingName);
}
