//! Comments for tlgen at declarations: `// tlgen: allow(RULE) REASON`, `// tlgen: reserve(WORD.BIT) REASON`.

use tlgen_parser::ast::{Comment, Declaration, Schema};
use tlgen_parser::docs::{self, blocks};
use tlgen_parser::source::{FileIdx, Location, Span};

use crate::Linted;
use crate::level::Level;
use crate::lint::Lint;

/// The rules about them.
pub(crate) const LINTS: &[&Lint] = &[&BAD, &UNUSED, &NO_REASON];

pub(crate) static BAD: Lint = Lint::style(
    "TL0720",
    "bad-directive",
    Level::Warn,
    "// tlgen: alow(full-word) no\nuser id:int = User;",
    "// tlgen: allow(undocumented) internal\nuser id:int = User;",
    "A comment for tlgen cannot be understood.

    // tlgen: allow(shared-bit) both come or neither
    // tlgen: reserve(flags.3) was `title` up to layer 40

It is about the declaration that it is directly above, inside, or after on the same line.",
);

pub(crate) static UNUSED: Lint = Lint::style(
    "TL0721",
    "unused-allow",
    Level::Warn,
    "// tlgen: allow(full-word) no\nuser id:int = User;",
    "// tlgen: allow(undocumented) internal\nuser id:int = User;",
    "A comment allows what does not occur.

The declaration keeps the rule by now. If it should break it again one day, the comment would hide that: remove it.",
);

pub(crate) static NO_REASON: Lint = Lint::style(
    "TL0722",
    "allow-without-reason",
    Level::Warn,
    "// tlgen: allow(undocumented)\nuser id:int = User;",
    "// tlgen: allow(undocumented) internal\nuser id:int = User;",
    "A comment allows a rule to be broken and does not say why.

    // tlgen: allow(shared-bit) both come or neither

The next reader must know whether the reason still holds.",
);

/// A comment for tlgen.
pub(crate) struct Directive {
    pub(crate) kind: Kind,
    pub(crate) location: Location,
    /// What it is about.
    pub(crate) declaration: Option<Location>,
    pub(crate) reason: String,
}

pub(crate) enum Kind {
    /// Names or codes of rules.
    Allow(Vec<String>),
    /// Words by name, with their bits.
    Reserve(Vec<(String, u8)>),
    Unknown,
}

/// All of them, in the order of the files.
pub(crate) fn all(linted: &Linted<'_>) -> Vec<Directive> {
    let mut found = Vec::new();
    for &file in linted.files {
        let text = linted.sources.get(file).text.as_str();
        if text.contains("tlgen:") {
            of_file(file, &tlgen_parser::parse(text).schema, text, &mut found);
        }
    }
    found
}

fn of_file(file: FileIdx, schema: &Schema<'_>, text: &str, found: &mut Vec<Directive>) {
    let above: Vec<_> = blocks(schema, text).collect();
    let declarations: Vec<&Declaration<'_>> = schema.declarations().map(|(_, declaration)| declaration).collect();
    let target = |comment: &Comment<'_>| -> Option<Span> {
        let block = above.partition_point(|block| block.comments[0].span.start <= comment.span.start);
        let block = above[..block]
            .last()
            .filter(|block| block.comments.last().is_some_and(|last| last.span.end >= comment.span.end));
        if let Some((_, declaration)) = block.filter(|_| !comment.trailing).and_then(|block| block.target) {
            return Some(declaration.span);
        }
        let next = declarations.partition_point(|declaration| declaration.span.start < comment.span.start);
        let before = declarations[..next].last()?;
        let is_inside = comment.span.start < before.span.end;
        let between = text.get(before.span.end as usize..comment.span.start as usize).unwrap_or_default();
        (is_inside || comment.trailing && !between.contains(['\n', '\r'])).then_some(before.span)
    };
    for comment in &schema.comments {
        let Some(words) = docs::directive(comment.text) else { continue };
        let (kind, reason) = read(words);
        let location = Location { file, span: comment.span };
        let declaration = target(comment).map(|span| Location { file, span });
        found.push(Directive { kind, location, declaration, reason: reason.to_owned() });
    }
}

/// What is written after `tlgen:`, and the reason.
fn read(words: &str) -> (Kind, &str) {
    let parts = words.split_once('(').and_then(|(verb, rest)| Some((verb.trim(), rest.split_once(')')?)));
    let Some((verb, (list, reason))) = parts else { return (Kind::Unknown, "") };
    let reason = reason.trim_start_matches([' ', '\t', ':', '-']).trim_end();
    let items: Vec<&str> = list.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
    let kind = match verb {
        _ if items.is_empty() => Kind::Unknown,
        "allow" => Kind::Allow(items.into_iter().map(str::to_owned).collect()),
        "reserve" => {
            let bit = |item: &str| {
                let (word, bit) = item.split_once('.')?;
                Some((word.to_owned(), bit.parse().ok().filter(|bit| *bit < 32)?))
            };
            items.into_iter().map(bit).collect::<Option<_>>().map_or(Kind::Unknown, Kind::Reserve)
        }
        _ => Kind::Unknown,
    };
    (kind, reason)
}
