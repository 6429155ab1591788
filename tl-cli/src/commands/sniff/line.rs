//! A part of a line: as much of a value as there is room for.

use std::fmt::Write as _;

use tlgen_dynamic::{Codec, DecodeOptions, JsonWriter, Root};

/// A value on one line, with its name before its fields; cut after `limit` columns. All of it is read, to know that it is one, and no
/// more text is made than is kept.
pub(super) fn value(codec: &Codec<'_>, root: Root<'_>, bytes: &[u8], limit: usize) -> String {
    let mut json = Vec::new();
    // A column takes four bytes at most.
    let writer = JsonWriter::new(codec).with_limit(limit.saturating_mul(4).saturating_add(1));
    match writer.write(root, bytes, &DecodeOptions::lenient(), &mut json) {
        Ok(()) => named(&String::from_utf8_lossy(&json), limit),
        Err(error) => cut(&format!("({error})"), limit),
    }
}

/// `{"_":"name","field":1}` as `name {"field":1}`.
fn named(json: &str, limit: usize) -> String {
    let named = json.strip_prefix("{\"_\":\"").and_then(|rest| {
        let (name, rest) = rest.split_once('"')?;
        Some(match rest.strip_prefix(',') {
            Some(fields) => format!("{name} {{{fields}"),
            None => name.to_owned(),
        })
    });
    cut(named.as_deref().unwrap_or(json), limit)
}

/// At most so many characters. What a terminal would obey, or what turns text around, is shown by its number, as in JSON.
pub(super) fn cut(text: &str, limit: usize) -> String {
    let text = &escaped(text);
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit.saturating_sub(3)).chain("...".chars()).collect()
}

fn escaped(text: &str) -> String {
    let is_harmless = |c: char| !c.is_control() && !tlgen_parser::invisible::is_direction(c);
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if is_harmless(c) {
            out.push(c);
        } else {
            _ = write!(out, "\\u{:04x}", u32::from(c));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_first() {
        assert_eq!(named(r#"{"_":"a.b"}"#, 40), "a.b");
        assert_eq!(named(r#"{"_":"a.b","c":{"_":"d"}}"#, 40), r#"a.b {"c":{"_":"d"}}"#);
        assert_eq!(named("[1,2]", 40), "[1,2]");
        assert_eq!(named(r#"{"_":"a.b","c":[1,2,3]}"#, 10), "a.b {\"c...");
    }

    #[test]
    fn a_terminal_sees_nothing_that_it_obeys() {
        assert_eq!(cut("a\u{1b}[2J\r\n\u{9b}1m\u{202e}b", 80), r"a\u001b[2J\u000d\u000a\u009b1m\u202eb");
        assert_eq!(cut("\u{1b}\u{1b}\u{1b}", 10), r"\u001b\...");
        assert_eq!(named("{\"_\":\"a\",\"b\":\"\u{202e}\"}", 40), r#"a {"b":"\u202e"}"#);
        assert_eq!(cut("привет", 6), "привет");
    }
}
