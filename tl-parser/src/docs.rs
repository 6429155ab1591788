//! Documentation comments.
//!
//! Two conventions are read: the tags of TDLib (`//@description`, `//@class Name @description`, `//@field text`, and
//! `//-` for one more line of the same text), and plain `//` lines directly above a declaration. A declaration that is
//! commented out, a banner, a layer comment and the header of a file are no documentation.

mod blocks;

use std::collections::HashSet;

use crate::ast::{Comment, Declaration, DeclarationKind, Schema};
pub use blocks::{Block, blocks, is_layer};

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
    for block in blocks(schema, text) {
        let mut item = ItemDocs::default();
        if block.has_tags() {
            tagged(block.comments, block.target.map(|(_, declaration)| declaration), &mut item, &mut docs.classes);
        } else {
            let text = block.documentation().iter().filter(|comment| directive(comment.text).is_none());
            let lines: Vec<&str> = text.map(|comment| words(comment.text)).collect();
            item.description = (!lines.is_empty()).then(|| lines.join("\n"));
        }
        if let Some((index, _)) = block.target
            && item != ItemDocs::default()
        {
            docs.items.push((index, item));
        }
    }
    docs.items.shrink_to_fit();
    docs
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

/// What a comment says to tlgen, `// tlgen: allow(shared-bit) both or neither`, without the `tlgen:`. Such comments describe nothing.
#[must_use]
pub fn directive(comment: &str) -> Option<&str> {
    words(comment).strip_prefix("tlgen:").map(str::trim)
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

/// Whether comments at the beginning of a file are about the file: a layer, a licence.
#[must_use]
pub fn is_file_header(block: &[Comment<'_>]) -> bool {
    const ABOUT_FILES: [&str; 7] = ["sha256", "copyright", "license", "licence", "generated", "spdx", "source"];
    block.iter().any(|comment| {
        let words = words(comment.text);
        let lower = words.to_ascii_lowercase();
        layer_comment(comment.text).is_some()
            || ABOUT_FILES.iter().any(|about| lower.starts_with(about) || lower.contains("do not edit"))
    })
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
        if directive(comment.text).is_some() {
            continue;
        }
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
