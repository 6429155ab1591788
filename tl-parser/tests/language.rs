//! The constructs of the language: how each is read, its canonical lines and its ids.
#![allow(clippy::unwrap_used)]

use tlgen_parser::ast::{DeclarationKind, Item, SectionKind, TermKind};
use tlgen_parser::canonical::line;
use tlgen_parser::id::{IdRule, compute};
use tlgen_parser::print;

/// The lines of the reference with the ids that other tools compute for them.
#[test]
fn known_ids() {
    use IdRule::{Plain, Telegram};
    for (text, rule, id) in [
        ("int ? = Int", Plain, 0xa850_9bda),
        ("int ?= Int", Plain, 0xa850_9bda),
        ("long#1 ? = Long", Telegram, 0x2207_6cba),
        ("double ? = Double", Plain, 0x2210_c154),
        ("vector#0 {t:Type} # [t] = Vector t", Plain, 0x1cb5_c415),
        ("tuple {t:Type} {n:#} [t] = Tuple t n", Plain, 0x9770_768a),
        ("true = True", Telegram, 0x3fed_d339),
        ("error code:int text:string = Error", Plain, 0xc4b9_f9bb),
        ("getUsers (Vector int) = Vector User", Plain, 0x2d84_d5f5),
        ("getUsers Vector<int> = Vector<User>", Plain, 0x2d84_d5f5),
        ("resultTrue {t:Type} result:t = Maybe t", Plain, 0x3f9c_8ef8),
        ("pair {X Y:Type} x:X y:Y = Pair X Y", Plain, 0xf016_04df),
        ("pair {X:Type}{Y:Type} x:X y:Y => Pair<X,Y>", Plain, 0xf016_04df),
        ("dictionary {t:Type} %(Vector %(DictionaryField t)) = Dictionary t", Plain, 0x1f4c_618f),
        ("matrix {m n:#} a:m*[n*[int]] = Matrix m n", Plain, 0x78a1_2550),
        ("get_arrays n:# a:n*[int] b:5*[int] = Tuple int 5", Plain, 0x9065_8cdb),
        ("@read get_arrays n:# a:n*[int] b:(2+3)*[int] = (Tuple int (1+4))", Plain, 0x9065_8cdb),
        ("u flags:# a:flags.0?int t:flags.1?true = U", Telegram, 0x9a1c_d5ac),
        ("u flags:# a:flags.0?int t:flags.1?true = U", Plain, 0xac03_a95d),
        ("invokeAfterMsg {X:Type} msg_id:long query:!X = X", Telegram, 0xcb9f_372d),
        ("invokeAfterMsg {X:Type} msg_id:long query:!X = X", Plain, 0x1eeb_7e32),
        ("liteServer.query data:bytes = Object", Plain, 0x798c_06df),
        ("_ {X:Type} result:X = ReqResult X", Plain, 0x840e_0ecc),
        ("messages.sendVote peer:InputPeer msg_id:int options:Vector<bytes> = Updates", Telegram, 0x10ea_6184),
        ("msg_container messages:vector<%message> = MessageContainer", Plain, 0x73f1_f8dc),
        ("msg_container messages:vector<%Message> = MessageContainer", Plain, 0x29c1_636d),
    ] {
        let source = format!("{text};");
        let parsed = tlgen_parser::parse(&source);
        assert_eq!(parsed.errors, [], "{text}");
        let (_, declaration) = parsed.schema.declarations().next().unwrap();
        let computed = compute(declaration, rule).unwrap();
        assert_eq!(computed, id, "{text}: {computed:08x} of {:?}", line(declaration, rule));
    }
}

#[test]
fn canonical_lines() {
    let mut out = String::new();
    for text in [
        "@read get_arrays#1 n:# a:n*[int] b:(2+3)*[int] = (Tuple int (1+4))",
        "a {n:#} x:(n + 1 + 2)*[int] y:(1 + n)*[int] = A (n + 0)",
        "a {t:Type} x:%t y:%T z:%foo w:%ns.foo v:%ns.Foo = A t",
        "a (x y:flags.1?bytes) bytes _:bytes Vector<bytes> z:flags.2?true true flags.2?true = bytes",
        "a x:n*[ y:bytes z:flags.0?true ] = A",
        "a x:Vector<!X> = !X",
        "a x:(Either (Pair int long) (%Maybe<string>)) = A",
        "a b:[ ] = A",
        "a flags:# x:flags.2?3*[int] = A",
        "int#a8509bda ? = Int",
        "Vector int",
        "Final Foo",
    ] {
        let source = format!("{text};");
        let parsed = tlgen_parser::parse(&source);
        assert_eq!(parsed.errors, [], "{text}");
        let (_, declaration) = parsed.schema.declarations().next().unwrap();
        let lines = [line(declaration, IdRule::Plain), line(declaration, IdRule::Telegram)];
        let [plain, telegram] = lines.map(|line| line.unwrap_or_else(|| "none".to_owned()));
        let printed = print::declaration(declaration);
        out.push_str(&format!("source   {text}\nprinted  {printed}\nplain    {plain}\ntelegram {telegram}\n\n"));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn sections_and_layers() {
    let text = "a = A;\n--- functions ---\nb = B;\n===8===\n=== 17 ===\n-----types-----\nc = C;---functions---d = D;";
    let parsed = tlgen_parser::parse(text);
    assert_eq!(parsed.errors, []);
    let sections: Vec<_> = parsed.schema.declarations().map(|(section, _)| section).collect();
    use SectionKind::{Functions, Types};
    assert_eq!(sections, [Types, Functions, Types, Functions]);
    let layers: Vec<_> = parsed
        .schema
        .items
        .iter()
        .filter_map(|item| if let Item::Layer(heading) = item { Some(heading.layer) } else { None })
        .collect();
    assert_eq!(layers, [8, 17]);
}

#[test]
fn spans_are_exact() {
    let text = "\u{feff}// ü\n@read ns.foo#1f {X Y:Type}\tx : flags . 3 ? Vector<%X> (a b:int) = (Foo X);";
    let parsed = tlgen_parser::parse(text);
    assert_eq!(parsed.errors, []);
    let at = |span: tlgen_parser::source::Span| &text[span.range()];
    let (_, declaration) = parsed.schema.declarations().next().unwrap();
    assert!(at(declaration.span).starts_with("@read") && at(declaration.span).ends_with("X);"));
    let DeclarationKind::Combinator(combinator) = &declaration.kind else { panic!("not a combinator") };
    assert_eq!(at(combinator.annotations[0].span), "read");
    assert_eq!(at(combinator.name_span), "ns.foo");
    assert_eq!(at(combinator.id.unwrap().span), "#1f");
    assert_eq!(at(combinator.opt_args[0].span), "{X Y:Type}");
    assert_eq!(at(combinator.opt_args[0].names[1].span), "Y");
    assert_eq!(at(combinator.opt_args[0].ty.span), "Type");
    let arg = &combinator.args[0];
    assert_eq!(at(arg.span), "x : flags . 3 ? Vector<%X>");
    let condition = arg.condition.as_ref().unwrap();
    assert_eq!([at(condition.span), at(condition.word.span), at(condition.bit_span)], ["flags . 3 ?", "flags", "3"]);
    assert_eq!(at(arg.ty.span), "Vector<%X>");
    let TermKind::Apply(application) = &arg.ty.kind else { panic!("not an application") };
    assert_eq!([at(application.head.span), at(application.args[0].span)], ["Vector", "%X"]);
    assert_eq!([at(combinator.args[1].span), at(combinator.args[2].span)], ["a", "b"]);
    assert_eq!(at(combinator.args[2].ty.span), "int");
    assert_eq!(at(combinator.result.span), "(Foo X)");
    assert_eq!(at(parsed.schema.comments[0].span), "// ü");
}
