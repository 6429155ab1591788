//! A part of a line: as much of a value as there is room for.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use tlgen_dynamic::{Codec, DecodeError, Root, Value};

/// The beginning of the JSON of a value. No more of it is made than is kept.
struct Short {
    text: Vec<u8>,
    limit: usize,
}

impl Write for Short {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.limit + 1 - self.text.len().min(self.limit + 1);
        self.text.extend_from_slice(&bytes[..bytes.len().min(room)]);
        if self.text.len() > self.limit {
            return Err(io::ErrorKind::WriteZero.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A value on one line, with its name before its fields; cut after `limit` columns.
pub(super) fn value(codec: &Codec<'_>, root: Root<'_>, value: &Result<Value, DecodeError>, limit: usize) -> String {
    match value {
        Ok(value) => named(&short(&codec.typed_root(root, value), limit.saturating_mul(4)), limit),
        Err(error) => cut(&format!("({error})"), limit),
    }
}

fn short(value: &impl Serialize, limit: usize) -> String {
    let mut short = Short { text: Vec::new(), limit };
    // What does not fit is an error of the writer, and wanted.
    let _ = serde_json::to_writer(&mut short, value);
    String::from_utf8_lossy(&short.text).into_owned()
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

    #[test]
    fn no_more_is_made_than_is_kept() {
        let list: Vec<u32> = (0..100_000).collect();
        assert_eq!(short(&list, 8).len(), 9);
        assert_eq!(short(&"ok", 8), "\"ok\"");
    }
}
