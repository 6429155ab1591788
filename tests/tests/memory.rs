//! How much memory a hostile schema costs, by an allocator that counts: never more than 64 times its size plus 1 MiB.
#![allow(clippy::unwrap_used)]

use allocation_counter::measure;
use tlgen_diagnostics::{Style, render_all};
use tlgen_model::{Fragment, Options, load_fragment};
use tlgen_parser::source::Sources;
use tlgen_parser::{docs, format};

/// The bytes of a text.
const SIZE: usize = 120_000;

/// What may be held in addition, whatever the size: the first thousand messages and the like.
const REST: u64 = 1 << 20;

/// The text at the beginning, the text that is repeated, and the text at the end.
const TEXTS: &[(&str, &str, &str)] = &[
    ("", "a=b;", ""),
    ("", "a#1=A;", ""),
    ("", "a b=C;", ""),
    ("", "a b:c=C;", ""),
    ("a", "[b]", "=c;"),
    ("a#", "[b]", "=c;"),
    ("a # ", "[b]", "=C;"),
    ("a#1 #", "[#]", "=A;"),
    ("a ", "b ", "=C;"),
    ("a ", "#", "=C;"),
    ("a ", "%b", "=C;"),
    ("a ", "!b", "=C;"),
    ("a ", "b<c>", "=C;"),
    ("a ", "b<", "=C;"),
    ("a ", "(b)", "=C;"),
    ("a ", "(b c)", "=C;"),
    ("a ", "(1+1)*[b]", "=C;"),
    ("a ", "1*[b]", "=C;"),
    ("a f:# ", "f.1?b ", "=C;"),
    ("a f:# ", "f.1?true", "=C;"),
    ("a ", "b:c ", "=C;"),
    ("a ", "_:b ", "=C;"),
    ("a ", "(b c d:e)", "=C;"),
    ("a ", "{b:#}", "=C;"),
    ("a ", "{b c:#}", "=C;"),
    ("a {n:#}", " 1", "=C n;"),
    ("a=B", " c", ";"),
    ("a=B", "<c>", ";"),
    ("a=B", " 1", ";"),
    ("", "B c;", ""),
    ("", "New A;", ""),
    ("", "a?=B;", ""),
    ("", "//\n", ""),
    ("", "//a\na=A;\n", ""),
    ("", "//@a b\n", "a=A;"),
    ("", "---types---\n", ""),
    ("", "===1===\na=A;\n", ""),
    ("", ";", ""),
    ("", "🥴", ""),
    ("", "a\n", ""),
    ("", "n@=A;", ""),
    ("", "n@=N@;", ""),
    ("", "n@ a=N@;", ""),
    ("", "n@#@0=N@;", ""),
    ("a ", "n@:b ", "=A;"),
    ("", "@=A;", ""),
    ("a=A;", "@ a:A=A;", ""),
    ("a=A;", "@ A=A;", ""),
    ("a=A;", "@ a:a=A@;", ""),
    ("", "@ a:A@=A@;", ""),
    ("", "@ a:Vector<A@>=A@;", ""),
    ("", "@ a:# b:a.1?A@=A@;", ""),
    ("", "@ {t:Type}=A@ t;", ""),
    ("", "@ {t:Type} {n:#} a:t=A@ t n;", ""),
    ("---functions---", "@=X;", ""),
    ("---functions---", "@ {X:Type} a:!X=X;", ""),
    ("", "@.a=A@.A;", ""),
    ("", "_=A@;", ""),
    ("", "@@ a:A=A@;", ""),
    ("a=A;", "@ a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a=A;", ""),
    ("a=A;", "@ A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A=A;", ""),
    ("a=A;", "@ # # # # # # # # # # # # # # # # # # # # # # # # # # # # # # # =A;", ""),
    ("a=A;", "@ a:a b:a c:a d:a e:a f:a g:a h:a i:a j:a k:a l:a m:a n:a o:a p:a=A;", ""),
    ("a=A;", "@ # [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a]=A;", ""),
    ("a=A;", "@ # [] [] [] [] [] [] [] [] [] [] [] [] [] [] [] [] [] [] [] []=A;", ""),
    ("a=A;", "@ # 1*[a] 1*[a] 1*[a] 1*[a] 1*[a] 1*[a] 1*[a] 1*[a] 1*[a] 1*[a]=A;", ""),
    ("a=A;", "@ # [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]=A;", ""),
    ("a=A;", "@ %%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%a=A;", ""),
    ("a=A;", "@ (((((((((((((((((((((((((((((((a)))))))))))))))))))))))))))))))=A;", ""),
    ("a=A;", "@ Vector<Vector<Vector<Vector<Vector<Vector<Vector<a>>>>>>>=A;", ""),
    ("v {t:Type}=V t;a=A;", "@ V<V<V<V<V<V<V<V<V<V<V<V<V<V<V<V<V<V<V<V<a>>>>>>>>>>>>>>>>>>>>=A;", ""),
    ("p {t s:Type}=P t s;a=A;", "@ P<A,A> P<A,A> P<A,A> P<A,A> P<A,A> P<A,A> P<A,A> P<A,A>=A;", ""),
    ("a=A;", "@ f:# f.1?a f.1?a f.1?a f.1?a f.1?a f.1?a f.1?a f.1?a f.1?a=A;", ""),
    ("a=A;", "@ a:true b:true c:true d:true e:true f:true g:true h:true=A;", ""),
    ("a=A;", "//@d @a b\n@ a:a=A;\n", ""),
    ("a=A;", "//a\n@ a=A;\n", ""),
    ("", "a@#@@@=A;", ""),
    ("", "@x a=b=", ""),
    ("", "a b:c d;", ""),
    ("", "a:", ""),
    ("", "a<", ""),
    ("", "=", ""),
    ("", "\r", ""),
    ("", "A=B;", ""),
    ("a ", "N@ ", "=A;"),
    ("a=A ", "N@ ", ";"),
    ("a ", "{n@:#}", "=A;"),
    ("", "(", ""),
    ("", "[", ""),
];

/// `head`, `piece` again and again, `tail`. Each `@` in a piece is another name.
fn text(head: &str, piece: &str, tail: &str) -> String {
    let mut text = head.to_owned();
    let mut names = 0_u32;
    while text.len() < SIZE {
        let mut parts = piece.split('@');
        text += parts.next().unwrap();
        for part in parts {
            text += &name(names);
            text += part;
        }
        names += 1;
    }
    text + tail
}

/// One of the shortest names: a small letter, and as few others as can be.
fn name(mut number: u32) -> String {
    const OTHERS: &[u8] = b"0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::from(char::from(b'a' + (number % 26) as u8));
    number /= 26;
    while number > 0 {
        name.push(char::from(OTHERS[number as usize % OTHERS.len()]));
        number /= OTHERS.len() as u32;
    }
    name
}

/// The most memory that is held, as a multiple of the size of `text`, without the constant part.
fn factor(text: &str, work: impl FnOnce()) -> f64 {
    let peak = measure(work).bytes_max.saturating_sub(REST);
    peak as f64 / text.len() as f64
}

#[test]
fn at_most_64_times_the_input() {
    let mut wrong = String::new();
    let mut worst = (0.0, String::new());
    for (head, piece, tail) in TEXTS {
        let text = text(head, piece, tail);
        let layout = || {
            let parsed = tlgen_parser::parse(&text);
            let documented = docs::collect(&parsed.schema, &text);
            drop((parsed, documented));
            drop(format::source(&text));
        };
        let check = || {
            let mut sources = Sources::new();
            let file = sources.add("a.tl", text.as_str());
            let loaded = load_fragment(&sources, &[file], &Options::default(), Fragment::Proved);
            drop(render_all(&loaded.diagnostics, &sources, Style::Plain));
        };
        let measured =
            [factor(&text, || drop(tlgen_parser::parse(&text))), factor(&text, layout), factor(&text, check)];
        for (what, factor) in ["parse", "layout", "check"].iter().zip(measured) {
            let line = format!("{what} {head}{piece}..{tail}: {factor:.1} times\n");
            if factor > 64.0 {
                wrong += &line;
            }
            if factor > worst.0 {
                worst = (factor, line);
            }
        }
    }
    assert_eq!(wrong, "", "the worst: {}", worst.1);
}
