//! The JSON form of a schema, as core.telegram.org publishes it.
//!
//! An object of two lists, `constructors` and `methods`; each entry has its `id` as a signed decimal number, its name
//! as `predicate` or `method`, its `params` with `name` and `type`, its result `type`, and maybe a `layer`:
//!
//! ```
//! let json = r##"{"constructors": [], "methods": [
//!     {"id": "-1132882121", "method": "f", "params": [{"name": "x", "type": "!X"}], "type": "X"}]}"##;
//! let text = tlgen_parser::json::to_tl(json).unwrap();
//! assert_eq!(text, "---functions---\nf#bc799737 {X:Type} x:!X = X;\n");
//!
//! let schema = tlgen_parser::parse(&text).into_result().unwrap();
//! let back = tlgen_parser::json::from_schema(&schema, |_| false).unwrap();
//! assert_eq!(tlgen_parser::json::to_tl(&back).unwrap(), text);
//! ```
//!
//! The form knows no comments, no builtin types and no variables apart from those of `!X` and of `vector`.

mod read;
mod to_tl;
mod write;

use crate::diagnostic::{Code, Diagnostic, Example, Rule, Severity};
use crate::source::{FileIdx, Location, Span};

pub use to_tl::to_tl;
pub use write::from_schema;

/// Whether a text is JSON, whatever its file is called: no TL begins with a bracket like that.
#[must_use]
pub fn is_json(text: &str) -> bool {
    text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with(['{', '['])
}

/// Whether a text is meant as a schema in JSON, and not as other JSON: it has a list of `constructors` or `methods`. It may still
/// have mistakes.
///
/// ```
/// use tlgen_parser::json::is_schema;
///
/// assert!(is_schema("{\"constructors\" : [{\"id\": "));
/// assert!(!is_schema("{\"methods\": {\"auth.sendCode\": \"Sends a code.\"}}"));
/// assert!(!is_schema("ping = Pong;"));
/// ```
#[must_use]
pub fn is_schema(text: &str) -> bool {
    let is_list = |rest: &str| {
        let value = rest.trim_start().strip_prefix(':').map(str::trim_start);
        value.is_some_and(|value| value.starts_with('['))
    };
    let has_list = |key: &str| text.match_indices(key).any(|(at, _)| is_list(&text[at + key.len()..]));
    is_json(text) && (has_list("\"constructors\"") || has_list("\"methods\""))
}

/// The rule that every [`JsonError`] breaks.
pub static RULE: Rule = Rule {
    code: Code("TL0090"),
    name: "json-form",
    severity: Severity::Error,
    example: Example::Schema("{\"constructors\": [], \"methods\": [{\"id\": 1}]}"),
    explanation: "A schema can not be read from JSON, or has no JSON form.

    {
      \"constructors\": [
        {\"id\": \"-1720552011\", \"predicate\": \"boolTrue\", \"params\": [], \"type\": \"Bool\"}
      ],
      \"methods\": [
        {\"id\": \"1\", \"method\": \"get\", \"params\": [{\"name\": \"id\", \"type\": \"long\"}], \"type\": \"Bool\"}
      ]
    }

An id is a signed decimal number of 32 bits, as a number or a text. Variables such as `{n:#}`, repetitions and fields
without a name have no place in this form.",
};

/// Why a schema has no TL or no JSON form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// One sentence without a full stop.
    pub message: String,
    /// Where, in the text that was read.
    pub span: Span,
}

impl JsonError {
    fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span }
    }

    /// As a diagnostic, to be rendered with the sources.
    #[must_use]
    pub fn diagnostic(&self, file: FileIdx) -> Diagnostic {
        Diagnostic::error(RULE.code, self.message.clone(), Location { file, span: self.span }, "")
    }
}

impl core::fmt::Display for JsonError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for JsonError {}
