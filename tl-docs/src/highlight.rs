//! Colours for Rust: what an example uses of it.

use crate::text::escape_html;

const KEYWORDS: &[&str] =
    &["as", "async", "await", "fn", "for", "in", "let", "match", "pub", "use", "static", "true", "false"];

/// Rust code as HTML for a `pre`.
pub(crate) fn rust(code: &str) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let (len, class) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), "hl-comment")
        } else if first == '"' {
            (string(rest), "hl-string")
        } else if first.is_ascii_digit() {
            (rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len()), "hl-number")
        } else if first.is_alphabetic() || first == '_' {
            let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let word = &rest[..len];
            let class = if KEYWORDS.contains(&word) {
                "hl-keyword"
            } else if first.is_uppercase() {
                "hl-type"
            } else if rest[len..].starts_with('(') {
                "hl-call"
            } else {
                ""
            };
            (len, class)
        } else {
            (first.len_utf8(), "")
        };
        let text = escape_html(&rest[..len]);
        if class.is_empty() {
            out.push_str(&text);
        } else {
            out.push_str(&format!("<span class=\"{class}\">{text}</span>"));
        }
        rest = &rest[len..];
    }
    out
}

/// The length of the string literal at the beginning.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        assert_eq!(
            rust("let a = f(\"x\\\"<\"); // b"),
            "<span class=\"hl-keyword\">let</span> a = <span class=\"hl-call\">f</span>(<span \
             class=\"hl-string\">&quot;x\\&quot;&lt;&quot;</span>); <span class=\"hl-comment\">// b</span>"
        );
    }
}
