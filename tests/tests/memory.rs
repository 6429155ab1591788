//! How much memory a hostile schema costs, by an allocator that counts: never more than 64 times its size, and for the
//! model 1 KiB for each declaration, which may have as few as five bytes.
#![allow(clippy::unwrap_used)]

use allocation_counter::measure;
use tl_codegen::pipeline;
use tl_diagnostics::{Style, render_all};
use tl_model::Options;
use tl_parser::source::Sources;
use tl_parser::{docs, format};

/// The bytes of a text.
const SIZE: usize = 120_000;

/// What may be held beside, whatever the size: the first thousand messages and the like.
const REST: u64 = 1 << 20;

/// What stands before, is repeated, and stands behind.
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
            let mut number = names;
            while number > 0 || text.is_empty() {
                text.push(char::from(b'a' + (number % 26) as u8));
                number /= 26;
            }
            text += part;
        }
        names += 1;
    }
    text + tail
}

/// How many times the size of `text` is held at most, whatever else is.
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
            let parsed = tl_parser::parse(&text);
            let documented = docs::collect(&parsed.schema, &text);
            let formatted = format::schema(&parsed.schema, &text);
            drop((parsed, documented, formatted));
        };
        let check = || {
            let mut sources = Sources::new();
            let file = sources.add("a.tl", text.as_str());
            let loaded = pipeline::load(&sources, &[file], &Options { parts: true, ..Options::default() });
            drop(render_all(&loaded.diagnostics, &sources, Style::Plain));
        };
        let measured = [factor(&text, || drop(tl_parser::parse(&text))), factor(&text, layout), factor(&text, check)];
        let declarations = tl_parser::parse(&text).schema.declarations().count();
        let of_model = 1024.0 * declarations as f64 / text.len() as f64;
        let measured = [measured[0], measured[1], measured[2] - of_model];
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
