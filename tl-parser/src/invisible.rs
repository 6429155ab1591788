//! Characters that change the direction of the text around them.
//!
//! What comes in is text of a schema; what goes out is text that looks like what it is. The compiler refuses some of them in
//! comments, and in a page or a terminal they show text in another order than a program reads it in.

use std::borrow::Cow;

/// Whether the character says in which direction text runs: marks, embeddings, overrides and isolates.
#[must_use]
pub const fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with such characters as escapes of Rust: `\u{202e}`.
///
/// ```
/// assert_eq!(tlgen_parser::invisible::escape("a\u{202e}b"), r"a\u{202e}b");
/// ```
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    // Most texts are ASCII, which is seen many bytes at a time.
    if text.is_ascii() || !text.contains(is_direction) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_direction(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    Cow::Owned(out)
}
