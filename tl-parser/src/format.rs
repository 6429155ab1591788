//! The canonical layout of a file: `tlgen fmt`.
//!
//! What comes in is the text of a file; what goes out has one declaration on each line, blanks and line breaks as
//! elsewhere, and every comment. A declaration that does not fit [`WIDTH`] columns, or that has comments inside, takes
//! one line for each argument. Written ids get eight lowercase digits, headings their usual form, lines end with `\n`,
//! several empty lines become one, and a byte order mark is removed. The ids that follow from the declarations do not
//! change, and formatting the result again changes nothing.

use crate::ast::{Combinator, Comment, Declaration, DeclarationKind, Item, Schema};
use crate::error::SyntaxError;
use crate::source::Span;
use crate::{parse, print};

/// How many columns a declaration may have on one line.
pub const WIDTH: usize = 120;

const INDENT: &str = "  ";

/// Formats the text of a file.
///
/// # Errors
/// All syntax errors of the file; what is broken has no layout.
pub fn source(text: &str) -> Result<String, Vec<SyntaxError>> {
    Ok(schema(&parse(text).into_result()?, text))
}

/// Formats a schema that was parsed from `text` without errors.
#[must_use]
pub fn schema(schema: &Schema<'_>, text: &str) -> String {
    let mut layout = Layout { source: text, out: String::with_capacity(text.len()), end: 0, takes_comment: false };
    let mut comments = schema.comments.as_slice();
    for item in &schema.items {
        let span = item.span();
        let (before, rest) = comments.split_at(comments.partition_point(|comment| comment.span.start < span.start));
        let (inside, rest) = rest.split_at(rest.partition_point(|comment| comment.span.start < span.end));
        comments = rest;
        before.iter().for_each(|comment| layout.comment(comment, ""));
        layout.begin_line(span.start);
        match item {
            Item::Section(section) => layout.out.push_str(print::heading(section.kind)),
            Item::Layer(heading) => {
                layout.out.push_str("===");
                layout.out.push_str(&heading.layer.to_string());
                layout.out.push_str("===");
            }
            Item::Declaration(declaration) => layout.declaration(declaration, inside),
        }
        layout.end = layout.end.max(span.end);
    }
    comments.iter().for_each(|comment| layout.comment(comment, ""));
    if !layout.out.is_empty() {
        layout.out.push('\n');
    }
    layout.out
}

struct Layout<'a> {
    source: &'a str,
    out: String,
    /// Up to which offset the source has been written.
    end: u32,
    /// Whether a comment may be at the end of the current line.
    takes_comment: bool,
}

impl Layout<'_> {
    /// Begins a line for what is at `start`, after an empty line if there is one in the source.
    fn begin_line(&mut self, start: u32) {
        if !self.out.is_empty() {
            self.out.push('\n');
            let between = self.source.get(self.end as usize..start as usize).unwrap_or_default();
            let feeds = between.bytes().filter(|&byte| byte == b'\n').count();
            if feeds.max(between.bytes().filter(|&byte| byte == b'\r').count()) > 1 {
                self.out.push('\n');
            }
        }
        self.takes_comment = true;
    }

    /// Writes a comment at the end of the line if it is there in the source, else on its own line.
    fn comment(&mut self, comment: &Comment<'_>, indent: &str) {
        if comment.trailing && self.takes_comment {
            self.out.push(' ');
        } else {
            self.begin_line(comment.span.start);
            self.out.push_str(indent);
        }
        self.out.push_str(comment.text);
        self.takes_comment = false;
        self.end = self.end.max(comment.span.end);
    }

    fn declaration(&mut self, declaration: &Declaration<'_>, comments: &[Comment<'_>]) {
        let line = print::declaration(declaration);
        let (inside, behind) = match &declaration.kind {
            DeclarationKind::Combinator(combinator) => {
                let inside = comments.partition_point(|comment| comment.span.start < combinator.result.span.start);
                comments.split_at(inside)
            }
            _ => comments.split_at(0),
        };
        match &declaration.kind {
            DeclarationKind::Combinator(combinator) if line.len() >= WIDTH || !inside.is_empty() => {
                drop(line);
                self.wrapped(combinator, inside);
            }
            _ => self.out.push_str(&line),
        }
        self.out.push(';');
        behind.iter().for_each(|comment| self.comment(comment, ""));
    }

    /// One line for the name with its variables, one for each argument, one for the result.
    fn wrapped(&mut self, combinator: &Combinator<'_>, comments: &[Comment<'_>]) {
        self.out.push_str(&print::head(combinator));
        let mut comments = comments;
        for opt_arg in &combinator.opt_args {
            // A comment before the variables goes after them, which keeps them on the first line.
            self.out.push(' ');
            self.out.push_str(&print::opt_arg(opt_arg));
        }
        for arg in &combinator.args {
            comments = self.comments_before(comments, arg.span);
            self.part(arg.span.start);
            self.out.push_str(&print::arg(arg));
        }
        self.comments_before(comments, combinator.result.span);
        self.part(combinator.result.span.start);
        self.out.push_str(if combinator.double_arrow { "=> " } else { "= " });
        self.out.push_str(&print::result(&combinator.result));
    }

    fn part(&mut self, start: u32) {
        self.out.push('\n');
        self.out.push_str(INDENT);
        self.takes_comment = true;
        self.end = self.end.max(start);
    }

    /// Writes the comments that begin before a part and returns the others.
    fn comments_before<'a, 's>(&mut self, comments: &'a [Comment<'s>], part: Span) -> &'a [Comment<'s>] {
        let (before, rest) = comments.split_at(comments.partition_point(|comment| comment.span.start < part.start));
        for comment in before {
            // No empty lines within a declaration.
            self.end = self.end.max(comment.span.start);
            self.comment(comment, INDENT);
        }
        rest
    }
}
