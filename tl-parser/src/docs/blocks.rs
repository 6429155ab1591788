//! Blocks of comments, and what is directly below each.
//!
//! What comes in is a syntax tree with its text; what goes out are the comments on lines of their own, in blocks without an
//! empty line, each with the declaration that it may be about.

use crate::ast::{Comment, Declaration, Item, Schema};

use super::{is_banner, is_code, is_file_header, layer_comment, tag, words};

/// Comments on lines of their own without an empty line between them.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a, 's> {
    /// The comments: one or more.
    pub comments: &'a [Comment<'s>],
    /// The declaration on the next line, by its index in [`Schema::items`].
    pub target: Option<(u32, &'a Declaration<'s>)>,
    /// Whether no item of the file comes before it.
    pub is_first: bool,
}

impl<'a, 's> Block<'a, 's> {
    /// Whether it has tags, as in `//@description`.
    #[must_use]
    pub fn has_tags(&self) -> bool {
        self.comments.iter().any(|comment| tag(words(comment.text)).is_some())
    }

    /// The comments that document the declaration below: of plain ones the lines after the last that is no text, and all of
    /// those with tags. None if there is no declaration below, or if they are about the file.
    #[must_use]
    pub fn documentation(&self) -> &'a [Comment<'s>] {
        if self.target.is_none() {
            return &[];
        }
        if self.has_tags() {
            return self.comments;
        }
        if self.is_first && is_file_header(self.comments) { &[] } else { plain(self.comments) }
    }

    /// The types that its `//@class` tags describe.
    pub fn classes(&self) -> impl Iterator<Item = &'s str> {
        let named = |comment: &Comment<'s>| {
            let mut rest = comment.text.trim_start_matches('/').trim();
            rest = rest.strip_prefix("@class")?;
            rest.split_whitespace().next().filter(|_| rest.starts_with([' ', '\t']))
        };
        self.comments.iter().filter_map(named)
    }
}

/// The blocks of a schema in the order of the file; `text` is what it was parsed from. Comments after something on the same
/// line are in none.
pub fn blocks<'a, 's>(schema: &'a Schema<'s>, text: &'a str) -> impl Iterator<Item = Block<'a, 's>> {
    let mut items = (0..).zip(&schema.items).peekable();
    let mut rest = schema.comments.as_slice();
    let mut is_first = true;
    std::iter::from_fn(move || {
        let (comments, after) = next_block(rest, text)?;
        rest = after;
        let end = comments[comments.len() - 1].span.end;
        while items.next_if(|(_, item)| item.span().end <= comments[0].span.start).is_some() {
            is_first = false;
        }
        // A block within a declaration documents nothing.
        let next = items.peek().filter(|(_, item)| item.span().start >= end);
        let next = next.filter(|(_, item)| line_breaks(text, end, item.span().start) == 1);
        let target = match next {
            Some((index, Item::Declaration(declaration))) => Some((*index, declaration)),
            _ => None,
        };
        Some(Block { comments, target, is_first })
    })
}

/// The next block, and the comments after it.
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

/// Of plain comments the lines after the last one that is no text.
pub(super) fn plain<'a, 's>(block: &'a [Comment<'s>]) -> &'a [Comment<'s>] {
    let is_text = |comment: &Comment<'_>| !is_banner(comment.text) && !is_code(words(comment.text));
    let start = block.iter().rposition(|comment| !is_text(comment)).map_or(0, |last| last + 1);
    &block[start..]
}

/// Whether a comment is a heading of a layer, and not text.
#[must_use]
pub fn is_layer(comment: &Comment<'_>) -> bool {
    layer_comment(comment.text).is_some()
}
