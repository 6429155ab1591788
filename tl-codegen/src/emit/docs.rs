//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Related;

/// The width at which lines of documentation break.
const WIDTH: usize = 110;

/// `#[doc]` attributes for paragraphs of Markdown; an empty line between them.
pub(super) fn paragraphs(paragraphs: &[String]) -> TokenStream {
    let lines = paragraphs.iter().enumerate().flat_map(|(i, paragraph)| {
        let gap = (i > 0).then(String::new);
        gap.into_iter()
            .chain(paragraph.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }))
    });
    quote! { #(#[doc = #lines])* }
}

/// A description from a schema as Markdown: plain text, in which only code in backticks is markup.
pub(super) fn text(description: &str) -> String {
    text_after("", description)
}

/// A description after a beginning that is Markdown already.
pub(super) fn text_after(start: &str, description: &str) -> String {
    let balanced = description.matches('`').count().is_multiple_of(2);
    let mut out = String::with_capacity(start.len() + description.len() + 8);
    for (i, paragraph) in description.split("\n\n").enumerate() {
        if i > 0 {
            out.push_str("\n\n");
        }
        let start = start.split_whitespace().filter(|_| i == 0).map(str::to_owned);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        out.push_str(&wrap(start.chain(words(&markdown(paragraph, balanced))), ""));
    }
    out
}

/// The same as an item of a list, whose further lines belong to it.
pub(super) fn item_after(start: &str, description: &str) -> String {
    text_after(start, description).replace('\n', "\n  ")
}

/// A paragraph as Markdown: links stay links, all else is text.
fn markdown(paragraph: &str, balanced: bool) -> String {
    let mut out = String::with_capacity(paragraph.len() + 8);
    let (mut code, mut rest) = (false, paragraph);
    while let Some(link) = Link::first(rest) {
        plain(&rest[..link.start], balanced, &mut code, &mut out);
        if code {
            // Within code nothing is a link.
            plain(&rest[link.start..link.end], balanced, &mut code, &mut out);
        } else {
            out.push('[');
            plain(link.label, balanced, &mut code, &mut out);
            out.push_str("](");
            out.push_str(link.url);
            out.push(')');
        }
        rest = &rest[link.end..];
    }
    plain(rest, balanced, &mut code, &mut out);
    out
}

/// Appends text without links, word by word.
fn plain(text: &str, balanced: bool, code: &mut bool, out: &mut String) {
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        out.push_str(&escape(word, balanced, code));
        out.push_str(&part[word.len()..]);
    }
}

/// `[label](https://...)` in a text.
struct Link<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    url: &'a str,
}

impl<'a> Link<'a> {
    fn first(text: &'a str) -> Option<Self> {
        let mut from = 0;
        while let Some(middle) = text[from..].find("](").map(|at| from + at) {
            let url = &text[middle + 2..];
            let label = text[..middle].rfind(['[', ']']).filter(|at| text[*at..].starts_with('['));
            let is_url = url.starts_with("https://") || url.starts_with("http://");
            let end = url.find(|c: char| c == ')' || c == '(' || c == '<' || c == '>' || c.is_whitespace());
            if let (Some(start), true, Some(end)) = (label, is_url, end.filter(|at| url[*at..].starts_with(')')))
                && start >= from
            {
                let label = &text[start + 1..middle];
                return Some(Self { start, end: middle + 2 + end + 1, label, url: &url[..end] });
            }
            from = middle + 2;
        }
        None
    }
}

/// Pages to read on, as a paragraph.
pub(super) fn related(pages: &[Related]) -> Option<String> {
    let pages = pages.iter().map(|page| {
        let (mut code, balanced) = (false, page.title.matches('`').count().is_multiple_of(2));
        let title: Vec<_> = page.title.split_whitespace().map(|word| escape_text(word, balanced, &mut code)).collect();
        format!("[{}](<{}>)", title.join(" "), page.url.replace(['<', '>', '\\', '\n'], ""))
    });
    let pages: Vec<String> = pages.collect();
    let line = format!("See also {}.", pages.join(", "));
    (!pages.is_empty()).then(|| wrap(line.split(' ').map(str::to_owned), ""))
}

/// A word with everything escaped that Markdown or rustdoc would take for markup, and with links marked as such.
fn escape(word: &str, balanced: bool, code: &mut bool) -> String {
    let url = if *code { None } else { word.find("https://").or_else(|| word.find("http://")) };
    let Some(start) = url else { return escape_text(word, balanced, code) };
    let (before, url) = word.split_at(start);
    let url_end = url.trim_end_matches(['.', ',', ';', ':', ')', ']', '>', '"', '\'']).len();
    let before = escape_text(before, balanced, code);
    if *code {
        return before + &escape_text(url, balanced, code);
    }
    format!("{before}<{}>{}", &url[..url_end], escape_text(&url[url_end..], balanced, code))
}

fn escape_text(word: &str, balanced: bool, code: &mut bool) -> String {
    let mut out = String::with_capacity(word.len() + 4);
    for (i, c) in word.char_indices() {
        match c {
            '`' if balanced => *code = !*code,
            '`' => out.push('\\'),
            '[' | ']' | '<' | '>' | '*' | '_' | '\\' | '|' | '~' if !*code => out.push('\\'),
            '#' | '+' | '-' | '=' if !*code && i == 0 => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}

/// A TL declaration as a code block, broken into lines.
pub(super) fn tl_block(declarations: &[String]) -> String {
    let mut out = "```tl\n".to_owned();
    for declaration in declarations {
        let words = declaration.split(' ').map(str::to_owned);
        out.push_str(&wrap(words, "    "));
        out.push_str(";\n");
    }
    out + "```"
}

/// Words in lines of at most [`WIDTH`] characters; lines after the first begin with `indent`.
fn wrap(words: impl Iterator<Item = String>, indent: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in words {
        let len = word.chars().count();
        if width > 0 && width + 1 + len > WIDTH {
            out.push('\n');
            out.push_str(indent);
            width = indent.len();
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(&word);
        width += len;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(text("a <b> [c] `x[0]` see https://a.org/b_c."), r"a \<b\> \[c\] `x[0]` see <https://a.org/b_c>.");
        assert_eq!(
            text("deep links (https://a.org/b#c) and `https://d`"),
            "deep links (<https://a.org/b#c>) and `https://d`"
        );
        assert_eq!(text("one ` two"), "one \\` two");
        assert_eq!(text("# no heading"), "\\# no heading");
    }

    #[test]
    fn links_stay_links() {
        assert_eq!(
            text("see [the *page*](https://a.org/b_c), or [this]"),
            r"see [the \*page\*](https://a.org/b_c), or \[this\]"
        );
        assert_eq!(text("([a](http://b))"), "([a](http://b))");
        assert_eq!(text("`[a](https://b)`"), "`[a](https://b)`");
        assert_eq!(text("[a](javascript:x) [b](https://c d)"), r"\[a\](javascript:x) \[b\](<https://c> d)");
        assert_eq!(text("[a](https://b)[c](https://d)"), "[a](https://b)[c](https://d)");
        let hostile = "](".repeat(20_000) + &"[".repeat(20_000);
        assert!(text(&hostile).len() >= hostile.len());
    }

    #[test]
    fn long_declarations_break() {
        let long = format!("a#1 {}= A", "field:int ".repeat(12));
        let block = tl_block(&[long]);
        assert!(block.lines().all(|line| line.len() <= WIDTH + 1), "{block}");
        assert!(block.contains("\n    field:int"), "{block}");
    }
}
