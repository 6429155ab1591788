//! The canonical layout.
#![allow(clippy::unwrap_used)]

use tlgen_parser::format::{WIDTH, source};

/// Formats a text and holds that formatting it again changes nothing.
fn formatted(text: &str) -> String {
    let once = source(text).unwrap();
    assert_eq!(source(&once).unwrap(), once);
    once
}

#[test]
fn blanks_and_lines() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\u{feff}  \r\n"), "");
    assert_eq!(formatted("a=A"), "a = A;\n");
    assert_eq!(formatted("a#1   x :int\r\n=\tA ;;b= B;"), "a#00000001 x:int = A;\nb = B;\n");
    assert_eq!(formatted("a = A;\n\n\n\nb = B;\n\n"), "a = A;\n\nb = B;\n");
    assert_eq!(formatted("---  functions ---- a = A; === 8 ==="), "---functions---\na = A;\n===8===\n");
    assert_eq!(formatted("v#ABC {t:Type} #[t]=>Vector t;"), "v#00000abc {t:Type} # [ t ] => Vector t;\n");
}

#[test]
fn comments() {
    assert_eq!(formatted("//one  \n\n\n  // two\na=A; // three"), "//one\n\n// two\na = A; // three\n");
    assert_eq!(formatted("a=A;b=B;//x\n#y\n"), "a = A;\nb = B; //x\n#y\n");
    assert_eq!(formatted("a = A\n// one\n; // two\n// three"), "a = A;\n// one\n// two\n// three\n");
}

#[test]
fn comments_inside_a_declaration() {
    let text = "a // name\n  {t:Type} // variable\n\n  // above x\n  x:int // behind x\n  y:[ b:int // b\n c:int // c\n ]\n  = // equals\n  A // result\n  ;\n\nb = B;";
    let expected = "a {t:Type} // name\n  // variable\n  // above x\n  x:int // behind x\n  y:[ b:int c:int ] // b\n  // c\n  \
                    // equals\n  = A; // result\n\nb = B;\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn long_declarations() {
    let args = |count| (0..count).map(|i| format!("x{i}:flags.{i}?Vector<long>")).collect::<Vec<_>>();
    let short = format!("a#12345678 flags:# {} = Type;\n", args(3).join(" "));
    assert_eq!(formatted(&short), short);
    let long = formatted(&format!("a#12345678 {{t:Type}} flags:# {} = Type;", args(9).join(" ")));
    assert_eq!(long, format!("a#12345678 {{t:Type}}\n  flags:#\n  {}\n  = Type;\n", args(9).join("\n  ")));
    // Exactly as wide as a line may be, and one more.
    let exact = |name: usize| format!("{} = A;", "a".repeat(name));
    assert_eq!(formatted(&exact(WIDTH - 5)).lines().count(), 1);
    assert_eq!(formatted(&exact(WIDTH - 4)).lines().count(), 2);
}

#[test]
fn mistakes_have_no_layout() {
    assert_eq!(source("a = A;\nb x: = B;\nc = ;").unwrap_err().len(), 2);
}
