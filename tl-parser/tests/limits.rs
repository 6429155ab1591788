//! Exact limits: as much as is allowed parses, one more is refused.
#![allow(clippy::unwrap_used)]

use tlgen_parser::json;

/// The codes of the errors of a schema.
fn errors(text: &str) -> Vec<&'static str> {
    tlgen_parser::parse(text).errors.iter().map(|error| error.kind.code().0).collect()
}

fn passes_up_to(limit: usize, schema: impl Fn(usize) -> String) {
    let within = schema(limit);
    assert_eq!(errors(&within), Vec::<&str>::new(), "{limit}: {within:.80}");
    let beyond = schema(limit + 1);
    assert_eq!(errors(&beyond).len(), 1, "{}: {beyond:.80}", limit + 1);
}

#[test]
fn each_bracket_nests_64_levels() {
    passes_up_to(64, |levels| format!("a x:{}int{} = A;", "(".repeat(levels), ")".repeat(levels)));
    passes_up_to(64, |levels| format!("a x:{}int{} = A;", "Vector<".repeat(levels), ">".repeat(levels)));
    passes_up_to(64, |levels| format!("a n:# x:{}int{} = A;", "n*[ ".repeat(levels), " ]".repeat(levels)));
}

#[test]
fn a_declaration_has_4096_arguments() {
    passes_up_to(4096, |count| {
        let fields: String = (0..count).map(|index| format!(" x{index}:int")).collect();
        format!("a{fields} = A;")
    });
}

/// `(a b c:int)` is as many fields as it has names. A group counts for itself, whatever is before it.
#[test]
fn a_group_has_128_names() {
    let group = |count: usize| (0..count).map(|index| format!("g{index} ")).collect::<String>();
    passes_up_to(128, |count| format!("a ({}:int) = A;", group(count).trim_end()));
    let before: String = (0..100).map(|index| format!("x{index}:int ")).collect();
    passes_up_to(128, |count| format!("a {before}({}:int) = A;", group(count).trim_end()));
}

#[test]
fn json_nests_64_levels() {
    // The object around it is a level.
    let schema =
        |levels: usize| format!("{{\"methods\": [], \"a\": {}{}}}", "[".repeat(levels - 1), "]".repeat(levels - 1));
    assert!(json::to_tl(&schema(64)).is_ok());
    assert_eq!(json::to_tl(&schema(65)).unwrap_err().message, "the JSON nests more than 64 levels deep");
}
