//! Documentation comments.

use proc_macro2::TokenStream;
use quote::quote;

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
    let balanced = description.matches('`').count().is_multiple_of(2);
    let mut out = String::with_capacity(description.len() + 8);
    for (i, paragraph) in description.split("\n\n").enumerate() {
        if i > 0 {
            out.push_str("\n\n");
        }
        let mut code = false;
        let words = paragraph.split_whitespace().map(|word| escape(word, balanced, &mut code));
        out.push_str(&wrap(words, ""));
    }
    out
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

/// Words in lines of at most [`WIDTH`] characters; lines behind the first begin with `indent`.
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
    fn long_declarations_break() {
        let long = format!("a#1 {}= A", "field:int ".repeat(12));
        let block = tl_block(&[long]);
        assert!(block.lines().all(|line| line.len() <= WIDTH + 1), "{block}");
        assert!(block.contains("\n    field:int"), "{block}");
    }
}
