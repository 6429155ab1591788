//! Tokens to lines.

use core::ops::Range;

use super::tokens::{Kind, Tokens};

/// Text with more columns goes to several lines, where it can.
const WIDTH: usize = 100;

/// Indentation is a part of this text.
const SPACES: &str = "                                                ";

/// The columns of a level.
const INDENT: usize = 4;

/// The text of an item, with `levels` of indentation and without a line feed at its end.
pub(super) fn print(tokens: &Tokens, levels: usize) -> String {
    let all = 0..tokens.len();
    let out = String::with_capacity(tokens.width(all.clone()) * (levels + 5) / 4);
    let mut page = Page { tokens, out, around: INDENT * levels, column: 0, is_at_start: true };
    page.spaces(page.around);
    page.statements(all, 0, false);
    page.out
}

struct Page<'t> {
    tokens: &'t Tokens,
    out: String,
    /// The columns before the item, which do not count: it has the same lines wherever it is.
    around: usize,
    column: usize,
    /// Nothing is on the line yet.
    is_at_start: bool,
}

impl Page<'_> {
    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.spaces(self.around + indent);
        self.column = indent;
        self.is_at_start = true;
    }

    fn spaces(&mut self, mut left: usize) {
        while left > 0 {
            let spaces = left.min(SPACES.len());
            self.out.push_str(&SPACES[..spaces]);
            left -= spaces;
        }
    }

    fn put(&mut self, at: usize) {
        self.flat(at..at + 1);
    }

    fn flat(&mut self, range: Range<usize>) {
        let text = self.tokens.line(range, !self.is_at_start);
        self.out.push_str(text);
        self.column += text.len();
        self.is_at_start &= text.is_empty();
    }

    fn fits(&self, range: Range<usize>) -> bool {
        !self.tokens.has_broken(&range) && self.column + self.tokens.width(range) <= WIDTH
    }

    /// The items in braces, a line or more for each. The first one goes on the current line.
    fn statements(&mut self, range: Range<usize>, indent: usize, are_items: bool) {
        let mut at = range.start;
        while at < range.end {
            let end = self.end_of_statement(at, range.end);
            if at > range.start {
                // Items of several lines have empty lines between them.
                if are_items && self.ends_group(at - 1) {
                    self.out.push('\n');
                }
                self.line(indent);
            }
            self.statement(at..end, indent);
            at = end;
        }
    }

    /// A declaration, statement, field or arm with its documentation and attributes.
    fn statement(&mut self, range: Range<usize>, indent: usize) {
        let Range { start: mut at, end } = range;
        while let Some(after) = self.attribute(at).filter(|after| *after < end) {
            self.lines(at..after, indent);
            self.line(indent);
            at = after;
        }
        self.lines(at..end, indent);
    }

    /// The end of the documentation or attribute that begins at a token.
    fn attribute(&self, at: usize) -> Option<usize> {
        match (self.tokens.list[at].kind, self.tokens.list.get(at + 1).map(|token| token.kind)) {
            (Kind::Doc, _) => Some(at + 1),
            (Kind::Hash, Some(Kind::Open(close))) => Some(close + 1),
            _ => None,
        }
    }

    /// Tokens on one line, or on several where that is too long.
    fn lines(&mut self, range: Range<usize>, indent: usize) {
        if self.fits(range.clone()) {
            self.flat(range);
            return;
        }
        self.fill(range, indent + INDENT);
    }

    /// As many tokens on a line as there is room for; lines after the first are indented.
    fn fill(&mut self, range: Range<usize>, indent: usize) {
        let mut at = range.start;
        while at < range.end {
            if let Kind::Open(close) = self.tokens.list[at].kind {
                self.group(at, close, indent - INDENT);
                at = close + 1;
                continue;
            }
            if self.may_break(at) && !self.is_at_start && self.column + self.segment(at, range.end) > WIDTH {
                self.line(indent);
            }
            self.put(at);
            at += 1;
        }
    }

    /// A group within a line that is too long or has broken groups in it.
    fn group(&mut self, open: usize, close: usize, indent: usize) {
        let (inside, all) = (open + 1..close, open..close + 1);
        // There is room for what ends a statement.
        let next = self.tokens.list.get(all.end).map_or(0, |token| usize::from(!token.space));
        if inside.is_empty()
            || !self.tokens.has_broken(&all) && self.column + self.tokens.width(all.clone()) + next <= WIDTH
        {
            self.flat(all);
            return;
        }
        self.put(open);
        if self.tokens.list[open].is_brace {
            self.line(indent + INDENT);
            self.statements(inside, indent + INDENT, self.tokens.list[open].has_items);
        } else if !self.tokens.list[open].is_broken && self.is_hugging(&inside) {
            self.lines(inside, indent);
            self.put(close);
            return;
        } else {
            self.list(inside, indent + INDENT);
        }
        self.line(indent);
        self.put(close);
    }

    /// Whether all that makes a list long is a block, such as a closure as an argument, or the only item ends with a group.
    fn is_hugging(&self, inside: &Range<usize>) -> bool {
        let is_alone = self.end_of_statement(inside.start, inside.end) == inside.end;
        if is_alone && self.tokens.list[inside.end - 1].kind == Kind::Close {
            return true;
        }
        let mut at = inside.start;
        while at < inside.end {
            match self.tokens.list[at].kind {
                Kind::Open(close) if self.tokens.has_broken(&(at..close + 1)) => {
                    let is_block = self.tokens.list[at].is_brace || self.is_hugging(&(at + 1..close));
                    return is_block && self.column + self.tokens.width(inside.start..at + 1) <= WIDTH;
                }
                Kind::Open(close) => at = close + 1,
                _ => at += 1,
            }
        }
        false
    }

    /// A line or more for each item of a list; as many numbers on a line as there is room for.
    fn list(&mut self, range: Range<usize>, indent: usize) {
        if self.has_numbers_only(range.clone()) {
            self.line(indent);
            self.fill(range, indent);
            return;
        }
        let mut at = range.start;
        while at < range.end {
            let end = self.end_of_statement(at, range.end);
            self.line(indent);
            self.statement(at..end, indent);
            at = end;
        }
    }

    fn has_numbers_only(&self, mut range: Range<usize>) -> bool {
        range.all(|at| match self.tokens.list[at].kind {
            Kind::Comma => true,
            Kind::Other => self.tokens.text(at).starts_with(|c: char| c.is_ascii_digit()),
            _ => false,
        })
    }

    /// The index after the `,` or `;` of what begins at a token, or after its block.
    fn end_of_statement(&self, start: usize, end: usize) -> usize {
        let list = &self.tokens.list;
        let mut at = start;
        while let Some(after) = self.attribute(at).filter(|after| *after < end) {
            at = after;
        }
        let mut types = 0_usize;
        while at < end {
            match list[at].kind {
                Kind::Semicolon => return at + 1,
                Kind::Comma if types == 0 => return at + 1,
                Kind::Less => types += 1,
                Kind::Greater => types = types.saturating_sub(1),
                Kind::Open(close) if list[at].is_brace => {
                    types = 0;
                    at = close;
                    if close + 1 < end && self.begins_statement(close + 1) {
                        return close + 1;
                    }
                }
                Kind::Open(close) => at = close,
                _ => {}
            }
            at += 1;
        }
        end
    }

    /// Whether a token after a block begins something else and does not go on with it.
    fn begins_statement(&self, at: usize) -> bool {
        match self.tokens.list[at].kind {
            Kind::Doc | Kind::Hash | Kind::Open(..) | Kind::Less => true,
            Kind::Comma | Kind::Semicolon | Kind::Dot | Kind::Greater | Kind::Close => false,
            Kind::Other => {
                let text = self.tokens.text(at);
                let is_word = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''));
                text == "*" || text == "::" || is_word && !matches!(text, "else" | "as" | "in")
            }
        }
    }

    /// Whether a block ends with this token.
    fn ends_group(&self, at: usize) -> bool {
        self.tokens.list[at].kind == Kind::Close && self.tokens.list[at].is_brace
    }

    /// Whether a line may end before a token.
    fn may_break(&self, at: usize) -> bool {
        let token = &self.tokens.list[at];
        token.space || token.kind == Kind::Dot && self.tokens.list[at - 1].kind == Kind::Close
    }

    /// The width of what has to be on one line with a token.
    fn segment(&self, start: usize, end: usize) -> usize {
        let mut at = start + 1;
        let mut width = self.tokens.width(start..at);
        while at < end && !self.may_break(at) {
            let next = match self.tokens.list[at].kind {
                Kind::Open(close) if self.tokens.has_broken(&(at..close + 1)) => return width + 1,
                Kind::Open(close) if self.tokens.width(at..close + 1) > WIDTH / 2 => return width + 1,
                Kind::Open(close) => close + 1,
                _ => at + 1,
            };
            width += self.tokens.width(at..next);
            at = next;
        }
        width
    }
}
