//! JSON with descriptions: what a reader of a reference site has collected.
//!
//! Texts are lists of paragraphs in which a superscript number after a word refers to the list of links, as in
//! "see here¹". Such words become Markdown links.

use std::collections::BTreeMap;

use serde::Deserialize;
use tlgen_parser::source::{FileIdx, Location, Span};

use crate::ErrorName;
use crate::error::{MetaError, MetaErrorKind};
use crate::table;

/// Reads the JSON; `file` is the file of the locations in it.
///
/// # Errors
/// The first location at which the text is not JSON or has another form. Unknown keys are ignored, since the form grows.
pub fn read(text: &str, file: FileIdx) -> Result<table::Metadata, MetaError> {
    let document: Document = serde_json::from_str(text).map_err(|error| MetaError {
        kind: MetaErrorKind::Malformed { message: error.to_string() },
        location: Some(place(text, file, error.line(), error.column())),
    })?;
    Ok(table::Metadata {
        functions: document.methods.into_iter().map(|(name, method)| (name, method.table())).collect(),
        constructors: document
            .constructors
            .into_iter()
            .map(|(name, entry)| {
                let description = entry.text.markdown();
                let constructor =
                    table::Constructor { description, fields: fields(entry.fields), ..Default::default() };
                (name, constructor)
            })
            .collect(),
        types: document
            .types
            .into_iter()
            .map(|(name, text)| (name, table::Type { description: text.markdown(), ..Default::default() }))
            .collect(),
        errors: document
            .errors
            .into_values()
            .map(|error| {
                let codes = error.code.into_iter().collect();
                (
                    ErrorName::new(&error.name),
                    table::Known { codes, description: error.description, ..table::Known::default() },
                )
            })
            .collect(),
        ..table::Metadata::default()
    })
}

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    methods: BTreeMap<String, Method>,
    #[serde(default)]
    constructors: BTreeMap<String, Constructor>,
    #[serde(default)]
    types: BTreeMap<String, Text>,
    #[serde(default)]
    errors: BTreeMap<String, Error>,
}

#[derive(Deserialize)]
struct Method {
    #[serde(flatten)]
    text: Text,
    #[serde(default)]
    parameters: BTreeMap<String, Field>,
    errors: Option<Vec<Error>>,
    bot_can_use: Option<bool>,
}

impl Method {
    fn table(self) -> table::Function {
        let errors = self.errors.map(|errors| {
            let error = |error: Error| table::FunctionError {
                name: ErrorName::new(&error.name),
                code: error.code,
                description: error.description,
            };
            errors.into_iter().map(error).collect()
        });
        table::Function {
            description: self.text.markdown(),
            fields: fields(self.parameters),
            // Without the mark nothing is known: not every collector keeps it.
            usable_by: if self.bot_can_use == Some(true) { table::UsableBy::Both } else { table::UsableBy::Unknown },
            errors,
            ..Default::default()
        }
    }
}

#[derive(Deserialize)]
struct Constructor {
    #[serde(flatten)]
    text: Text,
    #[serde(default)]
    fields: BTreeMap<String, Field>,
}

#[derive(Deserialize)]
struct Text {
    #[serde(default)]
    description: Vec<String>,
    #[serde(default)]
    links: Vec<String>,
}

impl Text {
    fn markdown(&self) -> Option<String> {
        let paragraphs: Vec<String> = self.description.iter().map(|text| link(text, &self.links)).collect();
        Some(paragraphs.join("\n\n")).filter(|text| !text.trim().is_empty())
    }
}

#[derive(Deserialize)]
struct Field {
    #[serde(default)]
    description: String,
    #[serde(default)]
    links: Vec<String>,
}

#[derive(Deserialize)]
struct Error {
    code: Option<i32>,
    #[serde(rename = "type")]
    name: String,
    description: Option<String>,
}

fn fields(fields: BTreeMap<String, Field>) -> BTreeMap<String, table::Field> {
    let described = fields.into_iter().filter(|(_, field)| !field.description.trim().is_empty());
    described
        .map(|(name, field)| {
            let description = Some(link(&field.description, &field.links));
            (name, table::Field { description, ..Default::default() })
        })
        .collect()
}

/// The word before each superscript number as a Markdown link; a number without a link stays.
fn link(text: &str, links: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| digit(c).is_some()) {
        let number: String = rest[start..].chars().map_while(digit).collect();
        let end = start + rest[start..].chars().take_while(|c| digit(*c).is_some()).map(char::len_utf8).sum::<usize>();
        out.push_str(&rest[..start]);
        let url = number.parse::<usize>().ok().and_then(|number| links.get(number.checked_sub(1)?));
        match (url, last_word(&out)) {
            (Some(url), Some(word)) => {
                out.insert(word, '[');
                out.push_str("](");
                out.push_str(url);
                out.push(')');
            }
            _ => out.push_str(&rest[start..end]),
        }
        rest = &rest[end..];
    }
    out + rest
}

/// Where the last word begins; signs such as `»` belong to the word before them.
fn last_word(text: &str) -> Option<usize> {
    if text.ends_with(char::is_whitespace) {
        return None;
    }
    let last = text.rfind(char::is_alphanumeric)?;
    let start = text[..last].rfind([' ', '\n', '(', '[', '"']).map_or(0, |at| at + 1);
    Some(start)
}

fn digit(c: char) -> Option<char> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == c).and_then(|value| char::from_digit(value as u32, 10))
}

/// The location of a line and column, both from 1.
fn place(text: &str, file: FileIdx, line: usize, column: usize) -> Location {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let offset = u32::try_from(at).unwrap_or(u32::MAX);
    Location { file, span: Span::new(offset, offset) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn words_become_links() {
        let links = ["https://a.org/1".to_owned(), "https://a.org/2".to_owned()];
        assert_eq!(link("it is active¹, see", &links), "it is [active](https://a.org/1), see");
        assert_eq!(link("see here »²", &links), "see [here »](https://a.org/2)");
        assert_eq!(link("both¹ (of²)", &links), "[both](https://a.org/1) ([of](https://a.org/2))");
        assert_eq!(link("10³ metres, ¹", &links), "10³ metres, ¹");
    }

    #[test]
    fn a_document() {
        let text = r#"{"methods": {"a.b": {"name": "a.b", "description": ["One.", "Two¹."], "links": ["https://a.org/"],
            "parameters": {"x": {"name": "x", "description": "An x"}},
            "errors": [{"code": 420, "type": "W_%d", "description": "Wait %d seconds."}]}},
            "types": {"A": {"name": "A", "description": ["An a."]}},
            "constructors": {"a": {"name": "a", "fields": {"y": {"name": "y", "description": "A y"}}}},
            "errors": {"W_%d": {"code": 420, "type": "W_%d"}}, "index": {}}"#;
        let metadata = read(text, FileIdx(0)).unwrap();
        let function = metadata.function("a.b").unwrap();
        assert_eq!(function.description.as_deref(), Some("One.\n\n[Two](https://a.org/)."));
        assert_eq!(function.usable_by, table::UsableBy::Unknown);
        assert_eq!(metadata.errors_of("a.b").unwrap()[0].name.as_str(), "W_X");
        assert_eq!(metadata.constructor("a").unwrap().fields["y"].description.as_deref(), Some("A y"));
        assert_eq!(metadata.ty("A").unwrap().description.as_deref(), Some("An a."));
        assert_eq!(metadata.errors[&ErrorName::new("W_X")].codes, [420]);
    }

    #[test]
    fn faults_have_places() {
        let error = read("{\n  \"methods\": 3\n}", FileIdx(0)).unwrap_err();
        assert_eq!(error.location.unwrap().span.start, 15);
    }
}
