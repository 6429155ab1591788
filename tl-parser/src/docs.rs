//! Documentation comments.
//!
//! Two conventions are read: the tags of TDLib (`//@description`, `//@class Name @description`, `//@field text`, and
//! `//-` for one more line of the same text), and plain `//` lines directly above a declaration. A declaration that is
//! commented out, a banner, a layer comment and the header of a file are no documentation.

use std::collections::HashSet;

use crate::ast::{Comment, Declaration, DeclarationKind, Item, Schema};

/// The documentation of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The documentation of declarations that have any, by their indices in [`Schema::items`], ascending.
    pub items: Vec<(u32, ItemDocs)>,
    /// The boxed types that have a `//@class` comment, in the order of the file: name and description.
    pub classes: Vec<(String, String)>,
}

impl Docs {
    /// The documentation of the declaration at an index of [`Schema::items`].
    #[must_use]
    pub fn item(&self, place: u32) -> Option<&ItemDocs> {
        Some(&self.items[self.find(place)?].1)
    }

    /// The same, which is then no longer here.
    pub fn take(&mut self, place: u32) -> ItemDocs {
        self.find(place).map(|at| std::mem::take(&mut self.items[at].1)).unwrap_or_default()
    }

    fn find(&self, place: u32) -> Option<usize> {
        self.items.binary_search_by_key(&place, |(place, _)| *place).ok()
    }
}

/// The documentation of one declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemDocs {
    /// What it is.
    pub description: Option<String>,
    /// What its arguments are: name and text, in the order of the comment. A name need not be that of an argument.
    pub params: Vec<(String, String)>,
}

/// Collects the documentation of a schema; `text` is what it was parsed from.
#[must_use]
pub fn collect(schema: &Schema<'_>, text: &str) -> Docs {
    let mut docs = Docs { items: Vec::new(), classes: Vec::new() };
    let mut items = (0..).zip(&schema.items).peekable();
    let mut rest = schema.comments.as_slice();
    let mut before_first = true;
    while let Some((block, behind)) = next_block(rest, text) {
        rest = behind;
        let end = block[block.len() - 1].span.end;
        while items.next_if(|(_, item)| item.span().end <= block[0].span.start).is_some() {
            before_first = false;
        }
        // A block within a declaration documents nothing.
        let next = items.peek().filter(|(_, item)| item.span().start >= end);
        let next = next.filter(|(_, item)| line_breaks(text, end, item.span().start) == 1);
        let target = match next {
            Some((place, Item::Declaration(declaration))) => Some((*place, declaration)),
            _ => None,
        };
        let mut item = ItemDocs::default();
        if block.iter().any(|comment| tag(words(comment.text)).is_some()) {
            tagged(block, target.map(|(_, declaration)| declaration), &mut item, &mut docs.classes);
        } else if target.is_some() && !(before_first && is_header(block)) {
            item.description = plain(block);
        }
        if let Some((place, _)) = target
            && item != ItemDocs::default()
        {
            docs.items.push((place, item));
        }
    }
    docs.items.shrink_to_fit();
    docs
}

/// The next comments on lines of their own without an empty line between them, and the comments after them.
fn next_block<'a, 's>(comments: &'a [Comment<'s>], text: &str) -> Option<(&'a [Comment<'s>], &'a [Comment<'s>])> {
    let start = comments.iter().position(|comment| !comment.trailing)?;
    let comments = &comments[start..];
    let joined = comments
        .windows(2)
        .take_while(|pair| !pair[1].trailing && line_breaks(text, pair[0].span.end, pair[1].span.start) == 1)
        .count();
    Some(comments.split_at(joined + 1))
}

/// How many line breaks there are between two offsets with nothing but blanks between them; 0 where there is more.
fn line_breaks(text: &str, start: u32, end: u32) -> usize {
    let between = &text[start as usize..end as usize];
    if !between.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return 0;
    }
    let feeds = between.bytes().filter(|&byte| byte == b'\n').count();
    feeds.max(between.bytes().filter(|&byte| byte == b'\r').count())
}

/// The text after the slashes.
fn words(comment: &str) -> &str {
    comment.trim_start_matches('/').trim()
}

/// The number of the layer that a comment names and nothing else: `// LAYER 133`, `// layer 8`, `// Layer: 228`.
#[must_use]
pub fn layer_comment(comment: &str) -> Option<u32> {
    let (word, rest) = words(comment).split_at_checked(5)?;
    if !word.eq_ignore_ascii_case("layer") {
        return None;
    }
    let number = rest.trim_start_matches(|c: char| c == ':' || c == '=' || c.is_whitespace());
    if number.len() == rest.len() { None } else { number.parse().ok() }
}

/// The tag at the beginning of a line and what follows it: `@name text`.
fn tag(words: &str) -> Option<(&str, &str)> {
    let rest = words.strip_prefix('@')?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    let spaced = behind.is_empty() || behind.starts_with([' ', '\t']);
    (!name.is_empty() && spaced).then(|| (name, behind.trim_start()))
}

/// Whether a comment is a declaration that was taken out.
fn is_code(words: &str) -> bool {
    let code = words.split("//").next().unwrap_or_default().trim_end();
    code.ends_with(';') && code.contains('=')
}

/// Whether a comment says nothing about a declaration: a banner or a layer.
fn is_banner(comment: &str) -> bool {
    let words = words(comment);
    comment.starts_with("////") || !words.contains(char::is_alphanumeric) || layer_comment(comment).is_some()
}

/// Whether comments at the beginning of a file are about the file.
fn is_header(block: &[Comment<'_>]) -> bool {
    const ABOUT_FILES: [&str; 7] = ["sha256", "copyright", "license", "licence", "generated", "spdx", "source"];
    block.iter().any(|comment| {
        let words = words(comment.text);
        let lower = words.to_ascii_lowercase();
        layer_comment(comment.text).is_some()
            || ABOUT_FILES.iter().any(|about| lower.starts_with(about) || lower.contains("do not edit"))
    })
}

/// The description in plain comments: the lines after the last one that is no text.
fn plain(block: &[Comment<'_>]) -> Option<String> {
    let is_text = |comment: &Comment<'_>| !is_banner(comment.text) && !is_code(words(comment.text));
    let start = block.iter().rposition(|comment| !is_text(comment)).map_or(0, |last| last + 1);
    let lines: Vec<&str> = block[start..].iter().map(|comment| words(comment.text)).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What the text of a tag is about.
enum About {
    Nothing,
    Class(usize),
    Item,
    Param(usize),
}

/// Reads a block with tags.
fn tagged(
    block: &[Comment<'_>],
    target: Option<&Declaration<'_>>,
    item: &mut ItemDocs,
    classes: &mut Vec<(String, String)>,
) {
    let fields = target.map(fields).unwrap_or_default();
    let mut about = About::Nothing;
    for comment in block {
        let line = words(comment.text);
        if is_code(line) && !line.contains("@description") {
            about = About::Nothing;
            continue;
        }
        if let Some(more) = line.strip_prefix('-') {
            append(&about, more.trim(), "\n", item, classes);
            continue;
        }
        let mut rest = line;
        while !rest.is_empty() {
            let Some((name, behind)) = tag(rest) else {
                append(&about, rest, "\n", item, classes);
                break;
            };
            let end = next_tag(behind, &fields);
            let mut text = behind[..end].trim();
            rest = &behind[end..];
            about = match name {
                "class" => {
                    let class = text.split_whitespace().next().unwrap_or_default();
                    text = text[class.len()..].trim();
                    classes.push((class.to_owned(), String::new()));
                    About::Class(classes.len() - 1)
                }
                "description" => match about {
                    About::Class(class) if classes[class].1.is_empty() => About::Class(class),
                    _ => About::Item,
                },
                "constructor" | "enum" | "function" | "method" if !fields.contains(name) => About::Item,
                "param" if !fields.contains("param") => {
                    let param = text.split_whitespace().next().unwrap_or_default();
                    text = text[param.len()..].trim();
                    item.params.push((param.to_owned(), String::new()));
                    About::Param(item.params.len() - 1)
                }
                _ => {
                    let param = if fields.contains(name) { name } else { name.trim_start_matches("param_") };
                    item.params.push((param.to_owned(), String::new()));
                    About::Param(item.params.len() - 1)
                }
            };
            append(&about, text, " ", item, classes);
        }
    }
}

/// Adds text to what it is about.
fn append(about: &About, text: &str, separator: &str, item: &mut ItemDocs, classes: &mut [(String, String)]) {
    if text.is_empty() {
        return;
    }
    let to = match about {
        About::Nothing => return,
        About::Class(class) => &mut classes[*class].1,
        About::Item => item.description.get_or_insert_default(),
        About::Param(param) => &mut item.params[*param].1,
    };
    if !to.is_empty() {
        to.push_str(separator);
    }
    to.push_str(text);
}

/// Where the next tag begins; an `@` before another word, as in `@username`, is text.
fn next_tag(text: &str, fields: &HashSet<&str>) -> usize {
    let begins_tag = |at: usize| {
        text[..at].ends_with([' ', '\t'])
            && tag(&text[at..]).is_some_and(|(name, _)| {
                matches!(name, "description" | "class") || fields.contains(name.trim_start_matches("param_"))
            })
    };
    text.match_indices('@').map(|(at, _)| at).find(|&at| begins_tag(at)).unwrap_or(text.len())
}

/// The names of the arguments.
fn fields<'s>(declaration: &Declaration<'s>) -> HashSet<&'s str> {
    match &declaration.kind {
        DeclarationKind::Combinator(combinator) => {
            combinator.args.iter().filter_map(|arg| arg.name.map(|name| name.text)).collect()
        }
        _ => HashSet::new(),
    }
}
