//! The schema that everything is measured on, and larger ones made of it.

use std::collections::BTreeSet;

use tlgen_parser::ast::{DeclarationKind, TermKind};

/// Where the schema of the whole API is: in the sources of the peer that is generated from it, too.
pub const PATH: &str = env!("TL_API");

/// The whole API.
///
/// # Panics
/// When the sources of the peer are gone.
#[must_use]
pub fn api() -> String {
    std::fs::read_to_string(PATH).expect("the schema of the peer is where it was when this was built")
}

/// A schema of `copies` times the size: each further copy has other names for its types, constructors and functions.
#[must_use]
pub fn times(schema: &str, copies: usize) -> String {
    let declared = declared(schema);
    let mut text = schema.to_owned();
    for copy in 1..copies {
        text.push_str("\n---types---\n");
        for line in schema.lines().filter(|line| !is_builtin(line)) {
            rename(line, &declared, copy, &mut text);
            text.push('\n');
        }
    }
    text
}

/// The names that a copy has under another name.
fn declared(schema: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let parsed = tlgen_parser::parse(schema);
    for (_, declaration) in parsed.schema.declarations() {
        if let DeclarationKind::Combinator(combinator) = &declaration.kind
            && let Some(name) = combinator.name
            && !BUILTIN.contains(&name.text)
        {
            names.insert(name.text);
            let is_variable =
                |name: &str| combinator.opt_args.iter().flat_map(|arg| &arg.names).any(|it| it.text == name);
            if let TermKind::Name(result) = &combinator.result.kind
                && !matches!(*result, "Bool" | "True")
                && !is_variable(result)
            {
                names.insert(*result);
            }
        }
    }
    names
}

const BUILTIN: [&str; 4] = ["boolFalse", "boolTrue", "true", "vector"];

fn is_builtin(line: &str) -> bool {
    line.split(['#', ' ']).next().is_some_and(|name| BUILTIN.contains(&name))
}

/// One line with other names and without its id, which the names decide.
fn rename(line: &str, declared: &BTreeSet<&str>, copy: usize, text: &mut String) {
    let mut rest = line;
    while !rest.is_empty() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let (word, behind) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        text.push_str(word);
        if declared.contains(word) && !behind.starts_with(':') {
            text.push_str(&format!("X{copy}"));
        }
        let other = behind.find(is_word).unwrap_or(behind.len());
        let (other, behind) = behind.split_at(other);
        // `#` directly after the name of a declaration begins its id.
        if other == "#" && word.len() == line.len() - rest.len() + word.len() {
            rest = behind.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        } else {
            text.push_str(other);
            rest = behind;
        }
    }
}
