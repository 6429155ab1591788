//! The two formats, and how text, code and links are written in them.

pub(crate) use tlgen_parser::invisible::escape as visible;

use crate::paths::Target;

/// The form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Html,
    Markdown,
}

impl Format {
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }

    /// Text without markup.
    pub(crate) fn text(self, text: &str) -> String {
        match self {
            Self::Html => escape_html(text),
            Self::Markdown => escape_markdown(text),
        }
    }

    /// Text in the font of code.
    pub(crate) fn code(self, text: &str) -> String {
        match self {
            Self::Html => format!("<code>{}</code>", escape_html(text)),
            Self::Markdown => code_span(text),
        }
    }

    /// Text in a block of code. The template writes the marks around it.
    pub(crate) fn block(self, text: &str) -> String {
        match self {
            Self::Html => escape_html(text),
            Self::Markdown => text.to_owned(),
        }
    }

    /// A link around text that is in this format already.
    pub(crate) fn link(self, label: &str, href: &str) -> String {
        match self {
            Self::Html => format!("<a href=\"{}\">{label}</a>", escape_html(href)),
            Self::Markdown => {
                format!("[{label}]({})", href.replace(' ', "%20").replace('(', "%28").replace(')', "%29"))
            }
        }
    }
}

/// The format of a page and where the page is: what it takes to write a link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    pub(crate) format: Format,
    /// From the page to the folder of the site: empty, or `../` for each folder.
    pub(crate) root: &'p str,
}

impl Place<'_> {
    pub(crate) fn href(&self, to: &Target) -> String {
        let fragment = to.fragment.as_ref().map(|fragment| format!("#{fragment}")).unwrap_or_default();
        format!("{}{}.{}{fragment}", self.root, to.path, self.format.extension())
    }

    /// A name in the font of code that leads to a page.
    pub(crate) fn name(&self, label: &str, to: &Target) -> String {
        self.format.link(&self.format.code(label), &self.href(to))
    }
}

/// Text and attribute values.
pub(crate) fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Text that Markdown takes for text, even in a cell of a table.
pub(crate) fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn code_span(text: &str) -> String {
    if text.contains('`') { escape_markdown(text) } else { format!("`{}`", text.replace('|', "\\|")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_takes_it_for_text() {
        assert_eq!(Format::Html.text("a<b> & \"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
        assert_eq!(Format::Markdown.text("Vector<x_y> | z"), "Vector\\<x\\_y\\> \\| z");
        assert_eq!(Format::Markdown.code("a|b"), "`a\\|b`");
        let to = Target { path: "u/types/A".into(), fragment: Some("x".into()) };
        let place = Place { format: Format::Html, root: "../../" };
        assert_eq!(place.name("A", &to), "<a href=\"../../u/types/A.html#x\"><code>A</code></a>");
        let place = Place { format: Format::Markdown, root: "" };
        assert_eq!(place.name("A", &to), "[`A`](u/types/A.md#x)");
    }
}
