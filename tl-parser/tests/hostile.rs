//! Long files of one repeated piece: each is read in time linear in its length, or this test does not end.
#![allow(clippy::unwrap_used)]

use tlgen_parser::{docs, format};

const PIECES: &[&str] = &[
    "a=b;",
    "a;",
    "a b=c;",
    "a = b\n",
    "a:",
    "a ",
    "(",
    "[",
    "<",
    "a<",
    "a<b>",
    "%a",
    "[a]",
    "[",
    "!",
    "a=",
    "=",
    ";",
    "---",
    "===",
    "---types---\n",
    "// c\n",
    "//\n",
    "#\n",
    "#a;",
    "#a=;",
    "@a ",
    "a.",
    "🥴",
    "🥴\na\n",
    "\r",
    "\n",
    "{a:#}",
    "(a b c:d)",
    "a+b",
    "1*",
    "1*[",
    "x:f.1?t ",
    "a = b\n a = b\n",
    "//@a b\n",
    "//@description @a @b\n",
    "// a=b;\n",
    "_:a ",
    "a [b]=c;",
    "a@",
    "New A;",
    "a ?=B;",
    "a {b:#}=c;",
    "(a b ",
    "x y=z\n🥴",
    "bad 🥴\n",
    "\u{feff}",
];

#[test]
fn time_is_linear() {
    for piece in PIECES {
        for last in ["", "\na 🥴 = b;"] {
            let text = piece.repeat(150_000 / piece.len()) + last;
            let parsed = tlgen_parser::parse(&text);
            assert!(parsed.errors.len() <= 1_000 && parsed.warnings.len() <= 1_000, "{piece:?}");
            for error in parsed.errors.iter().chain(&parsed.warnings) {
                assert!(text.get(error.span.range()).is_some(), "{piece:?}: {error:?}");
            }
            let documented = docs::collect(&parsed.schema, &text);
            assert!(documented.items.iter().all(|(place, _)| (*place as usize) < parsed.schema.items.len()));
            let formatted = format::schema(&parsed.schema, &text);
            assert_eq!(tlgen_parser::parse(&formatted).schema.items.len(), parsed.schema.items.len(), "{piece:?}");
        }
    }
}

#[test]
fn tags_beside_many_arguments() {
    let args: String = (0..4_000).map(|i| format!(" a{i}:b")).collect();
    let text = format!("//@description {}\na{args} = c;", "@b @a7 ".repeat(20_000));
    let parsed = tlgen_parser::parse(&text);
    let docs = docs::collect(&parsed.schema, &text);
    assert_eq!(docs.items[0].1.params.len(), 20_000);
}
