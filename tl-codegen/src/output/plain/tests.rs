#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use tlgen_parser::source::Sources;

use super::{doc, print};
use crate::emit::Module;
use crate::{Config, pipeline};

fn printed(text: &str) -> String {
    print(text.parse().unwrap(), 0)
}

/// Tokens as text, one a line, without the space between them.
fn flat(stream: TokenStream, out: &mut Vec<String>) {
    for token in stream {
        match token {
            TokenTree::Group(group) => {
                let ends = match group.delimiter() {
                    Delimiter::Parenthesis => ["(", ")"],
                    Delimiter::Brace => ["{", "}"],
                    Delimiter::Bracket => ["[", "]"],
                    Delimiter::None => ["", ""],
                };
                out.push(ends[0].to_owned());
                flat(group.stream(), out);
                out.push(ends[1].to_owned());
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let mut meaning = String::new();
                out.push(doc::unquote(&text, &mut meaning).map_or(text, |()| meaning));
            }
            other => out.push(other.to_string()),
        }
    }
    out.retain(|token| !token.is_empty());
}

fn tokens_of(stream: TokenStream) -> Vec<String> {
    let mut out = Vec::new();
    flat(stream, &mut out);
    out
}

#[test]
fn a_long_list_of_numbers_fills_its_lines() {
    let numbers: Vec<String> = (0..30).map(|number| format!("0x{number:08x}")).collect();
    let text = printed(&format!("const IDS: &[u32] = &[{}];", numbers.join(",")));
    assert_eq!(text.lines().count(), 2 + 30_usize.div_ceil(8), "{text}");
    assert!(text.lines().all(|line| line.len() <= 100), "{text}");
    // What is not a number has a line of its own.
    let names: Vec<String> = (0..30).map(|number| format!("A{number:08x}")).collect();
    assert_eq!(printed(&format!("const ALL: &[T] = &[{}];", names.join(","))).lines().count(), 2 + 30);
}

#[test]
fn items_are_readable() {
    insta::assert_snapshot!(printed(
        r##"#[doc = " A \"user\"."] #[doc = r" With `a\b`."] #[derive(Clone, Debug)] pub struct User<'a, T> { #[doc = " The id."] pub id: i64,
            pub names: BTreeMap<String, Vec<&'a str>>, pub(crate) next: Option<Box<User<'a, T>>>, }"##
    ));
    insta::assert_snapshot!(printed(
        "impl<'a, T: ?Sized + 'a> rt::Encode for User<'a, T> where T: ::core::fmt::Debug { const ID: u32 = 0x0000_0001; type R = <T as X>::Y;
            fn encode(&self, w: &mut rt::Writer) -> Result<(), E> { let flags = rt::bit(self.a, 1) | rt::bit(!self.b, 2); w.u32(flags);
            if flags & 1 != 0 && self.n >= -1 { w.i64(self.x?); } for item in &self.items { item.encode(w); }
            match self { Self::A | Self::B => 1, Self::C { x, .. } => { w.u32(*x); w.u32(2); } Self::D(y) => y.0.1, other => panic!(\"{other}\") }
            let (Flags::<7>(flags), id) = r.fixed(); [0u8; 4].map(|byte| byte as u32); let f = move || (); r.opt_with(flags, 3, |r| { let n = r.u32(); r.vec(n) }) }
            fn empty() {} }"
    ));
    insta::assert_snapshot!(printed(
        "pub const NAMES: &[(u32, &str)] = &[(0x00000001, \"a.quite.long.name\"), (0x00000002, \"another.quite.long.name\"), (0x00000003, \"b\")];"
    ));
    insta::assert_snapshot!(printed(
        "fn long(first: SomeQuiteLongTypeName, second: SomeQuiteLongTypeName, third: SomeQuiteLongTypeName) -> u8 { builder.first(first_argument).second(second_argument).third(third_argument).fourth(fourth_argument); Pattern::First | Pattern::Second | Pattern::Third | Pattern::Fourth | Pattern::Fifth | Pattern::Sixth }"
    ));
}

/// Text that a comment of one line cannot have is an attribute.
#[test]
fn documentation_that_is_no_comment() {
    for text in ["/ four", "two\nlines", "carriage\rreturn", "/"] {
        let item: TokenStream = format!("#[doc = {text:?}] struct A;").parse().unwrap();
        let text = print(item.clone(), 0);
        assert!(text.starts_with("#[doc = "), "{text}");
        assert_eq!(tokens_of(text.parse().unwrap()), tokens_of(item));
    }
    assert_eq!(
        printed(r#"#[doc = ""] #[doc = " */ é \u{e9}\t"] #[doc(hidden)] struct A;"#),
        "///\n/// */ é é\t\n#[doc(hidden)]\nstruct A;"
    );
}

/// Signs that would be one operator without a space between them, and numbers that would be one.
#[test]
fn tokens_do_not_run_together() {
    for text in [
        "fn f() { a - - b; a & & b; * * a; a < - b; a = - b; ! ! a; a . 0 . 1; (a . 0) . 1; 1 . max(2); a .. - b; & & & a; a | | b; }",
        "fn f(x: & & T, y: : : core::X) where T: ? Sized, U: for<'a> Fn(&'a T) -> <T as X>::Y {}",
        "fn f() { a >> b; a >= b; a << b; a >>= b; Vec::<Vec<u8>>::new(); let a: Vec<u8> = b; a > > b; a = = b; a = > b; a : : b; a . . b; }",
        "fn f() { if a < b && c > d { 'x: loop { break 'x; } } else if let Some(x) = y { return (a, b); } *x = 1; x }",
        "macro! { a, #b $c @d ~ e ; }",
        "impl<const N: usize> A<{ N }> for [u8; N] {}",
    ] {
        let item: TokenStream = text.parse().unwrap();
        let text = print(item.clone(), 0);
        assert_eq!(tokens_of(text.parse().unwrap()), tokens_of(item), "{text}");
    }
}

/// Every item of every fixture: the same tokens, no line that is too long, nothing left on the line of a block.
#[test]
fn fixtures_keep_their_tokens() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut items = 0;
    for folder in fs::read_dir(fixtures).unwrap() {
        let folder = folder.unwrap().path();
        let mut sources = Sources::new();
        let file = sources.add("input.tl", fs::read_to_string(folder.join("input.tl")).unwrap());
        let config = Config::with(|config| (config.borrowed, config.calls, config.declarations) = (true, true, true));
        let Some(schema) = tlgen_model::load(&sources, &[file], &config.link()).value else { continue };
        let Ok(package) = pipeline::lower(&schema, &config) else { continue };
        each(&crate::emit::package(&package, &config), &mut |item| {
            let text = print(item.clone(), 0);
            let again = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
            assert_eq!(tokens_of(again), tokens_of(item.clone()), "{text}");
            for line in text.lines().filter(|line| !line.trim_start().starts_with("///") && !line.contains('"')) {
                assert!(line.len() <= 200, "{line}");
                let (_, after) = line.split_once("; ").unwrap_or_default();
                assert!(after.is_empty() || line.contains('['), "{line}");
            }
            items += 1;
        });
    }
    assert!(items > 500, "{items}");
}

fn each(module: &Module<'_>, visit: &mut dyn FnMut(&TokenStream)) {
    module.items.iter().for_each(|item| item.code().items.iter().for_each(|item| visit(&item.tokens)));
    module.children.values().for_each(|child| each(child, visit));
}
