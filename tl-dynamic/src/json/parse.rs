//! Text -> JSON, as deep as values may be.

use serde::de::Deserialize;
use serde_json::{Deserializer, Value as Json};

use crate::MAX_DEPTH;
use crate::error::{JsonError, JsonErrorKind, Path};

/// How many arrays and objects may be within each other: some for each value.
const MAX_BRACKETS: usize = 4 * MAX_DEPTH;

/// The JSON in a text, for [`Seed::read`](crate::Seed::read).
///
/// `serde_json` alone stops at 128 arrays and objects within each other, and values that can be decoded have more.
///
/// ```
/// use tlgen_dynamic::parse_json;
///
/// assert_eq!(parse_json(br#"{"id": 4}"#)?["id"], 4);
/// assert!(parse_json(&[b'['; 100_000]).is_err());
/// # Ok::<(), tlgen_dynamic::JsonError>(())
/// ```
///
/// # Errors
/// When the text is not JSON, or has more than four times as many levels as values may have.
pub fn parse_json(text: &[u8]) -> Result<Json, JsonError> {
    let failed = |kind| JsonError { kind, path: Path::default() };
    if levels(text) > MAX_BRACKETS {
        return Err(failed(JsonErrorKind::TooDeep));
    }
    let mut from = Deserializer::from_slice(text);
    from.disable_recursion_limit();
    let json = Json::deserialize(&mut from).and_then(|json| from.end().map(|()| json));
    json.map_err(|error| failed(JsonErrorKind::Syntax(error.to_string())))
}

/// How many brackets are open at most; of what is no JSON any number that is not less.
fn levels(text: &[u8]) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    let (mut in_text, mut is_escaped) = (false, false);
    for byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                open += 1;
                most = most.max(open);
            }
            b']' | b'}' if !in_text => open = open.saturating_sub(1),
            _ => {}
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::{MAX_BRACKETS, levels, parse_json};

    #[test]
    fn brackets_in_texts_are_none() {
        for (text, expected) in
            [("1", 0), ("[[], [{}]]", 3), (r#"{"[[[": "{{\"[["}"#, 1), (r#"["\\", [1]]"#, 2), ("]]][", 1)]
        {
            assert_eq!(levels(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn as_deep_as_it_may_be_and_no_deeper() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(parse_json(nested(MAX_BRACKETS).as_bytes()).is_ok());
        assert!(parse_json(nested(MAX_BRACKETS + 1).as_bytes()).unwrap_err().to_string().contains("too deep"));
        assert!(parse_json(b"{} x").unwrap_err().to_string().starts_with("not JSON: trailing characters"));
    }
}
