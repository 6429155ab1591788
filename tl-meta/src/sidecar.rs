//! Sidecar files: TOML beside a schema, as in `schema/telegram-228.meta.toml`.
//!
//! What can no longer occur in what goes out: keys that mean nothing, two entries of one name.

use std::collections::BTreeMap;

use serde::Deserialize;
use tlgen_parser::source::{FileIdx, Location, Span};
use toml::Spanned;
use toml::value::Datetime;

use crate::ErrorName;
use crate::error::{MetaError, MetaErrorKind};
use crate::table;

/// Reads the text of a sidecar file; `file` is the file of the locations in it.
///
/// # Errors
/// The first location at which the text is not TOML, has an unknown key, or has a value of another kind.
pub fn read(text: &str, file: FileIdx) -> Result<table::Metadata, MetaError> {
    let sidecar: Sidecar = toml::from_str(text).map_err(|error| MetaError {
        kind: MetaErrorKind::Malformed { message: error.message().trim_end().to_owned() },
        location: Some(location(file, error.span().unwrap_or_default())),
    })?;
    Ok(table::Metadata {
        source: sidecar.source,
        layer: sidecar.layer,
        layers: sidecar
            .layers
            .into_iter()
            .map(|(layer, day)| appeared(&layer, &day, file))
            .collect::<Result<_, _>>()?,
        functions: entries(sidecar.functions, file, Function::table),
        constructors: entries(sidecar.constructors, file, Constructor::table),
        types: entries(sidecar.types, file, Type::table),
        errors: sidecar.errors.into_iter().map(|(name, known)| known.table(&name, file)).collect::<Result<_, _>>()?,
    })
}

/// A layer and the day on which it appeared.
fn appeared(layer: &Spanned<String>, day: &Spanned<Datetime>, file: FileIdx) -> Result<(u32, table::Date), MetaError> {
    let fault = |message: &str, span| MetaError {
        kind: MetaErrorKind::Malformed { message: message.to_owned() },
        location: Some(location(file, span)),
    };
    let number = layer.get_ref().parse().map_err(|_| fault("a layer is a number", layer.span()))?;
    match *day.get_ref() {
        Datetime { date: Some(date), time: None, offset: None } => {
            Ok((number, table::Date { year: date.year, month: date.month, day: date.day }))
        }
        _ => Err(fault("a layer appears on a day, as in 2021-09-02", day.span())),
    }
}

type Entries<T> = BTreeMap<Spanned<String>, T>;

fn entries<T, U>(entries: Entries<T>, file: FileIdx, table: fn(T, FileIdx, Location) -> U) -> BTreeMap<String, U> {
    let entry = |(name, value): (Spanned<String>, T)| {
        let place = location(file, name.span());
        (name.into_inner(), table(value, file, place))
    };
    entries.into_iter().map(entry).collect()
}

fn location(file: FileIdx, range: core::ops::Range<usize>) -> Location {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Location { file, span: Span::new(offset(range.start), offset(range.end)) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sidecar {
    source: Option<String>,
    layer: Option<u32>,
    #[serde(default)]
    layers: BTreeMap<Spanned<String>, Spanned<Datetime>>,
    #[serde(default)]
    functions: Entries<Function>,
    #[serde(default)]
    constructors: Entries<Constructor>,
    #[serde(default)]
    types: Entries<Type>,
    #[serde(default)]
    errors: BTreeMap<String, Known>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Function {
    description: Option<String>,
    #[serde(default)]
    fields: Entries<Field>,
    #[serde(default)]
    usable_by: UsableBy,
    errors: Option<Vec<FunctionError>>,
    #[serde(default)]
    related: Vec<Related>,
}

impl Function {
    fn table(self, file: FileIdx, location: Location) -> table::Function {
        table::Function {
            description: self.description,
            fields: entries(self.fields, file, Field::table),
            usable_by: match self.usable_by {
                UsableBy::Unknown => table::UsableBy::Unknown,
                UsableBy::Users => table::UsableBy::Users,
                UsableBy::Bots => table::UsableBy::Bots,
                UsableBy::Both => table::UsableBy::Both,
            },
            errors: self.errors.map(|errors| errors.into_iter().map(FunctionError::table).collect()),
            related: self.related.into_iter().map(Related::table).collect(),
            location: Some(location),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Constructor {
    description: Option<String>,
    #[serde(default)]
    fields: Entries<Field>,
    #[serde(default)]
    related: Vec<Related>,
}

impl Constructor {
    fn table(self, file: FileIdx, location: Location) -> table::Constructor {
        table::Constructor {
            description: self.description,
            fields: entries(self.fields, file, Field::table),
            related: self.related.into_iter().map(Related::table).collect(),
            location: Some(location),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Type {
    description: Option<String>,
    #[serde(default)]
    related: Vec<Related>,
}

impl Type {
    fn table(self, _file: FileIdx, location: Location) -> table::Type {
        table::Type {
            description: self.description,
            related: self.related.into_iter().map(Related::table).collect(),
            location: Some(location),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a description, or a table with `description` and `null`")]
enum Field {
    Description(String),
    Full(FullField),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FullField {
    description: Option<String>,
    null: Option<String>,
}

impl Field {
    fn table(self, _file: FileIdx, location: Location) -> table::Field {
        let (description, null) = match self {
            Self::Description(description) => (Some(description), None),
            Self::Full(field) => (field.description, field.null),
        };
        table::Field { description, null, location: Some(location) }
    }
}

#[derive(Clone, Copy, Default, Deserialize)]
enum UsableBy {
    #[default]
    #[serde(rename = "unknown")]
    Unknown,
    #[serde(rename = "users")]
    Users,
    #[serde(rename = "bots")]
    Bots,
    #[serde(rename = "users and bots")]
    Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FunctionError {
    name: String,
    code: Option<i32>,
    description: Option<String>,
}

impl FunctionError {
    fn table(self) -> table::FunctionError {
        table::FunctionError { name: ErrorName::new(&self.name), code: self.code, description: self.description }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    #[serde(default)]
    codes: Vec<i32>,
    fields: Option<Spanned<Vec<String>>>,
    description: Option<String>,
}

impl Known {
    fn table(mut self, name: &str, file: FileIdx) -> Result<(ErrorName, table::Known), MetaError> {
        let name = ErrorName::new(name);
        self.codes.sort_unstable();
        self.codes.dedup();
        let fields = match self.fields {
            Some(fields) => {
                let place = location(file, fields.span());
                let malformed =
                    |message| MetaError { kind: MetaErrorKind::Malformed { message }, location: Some(place) };
                checked(&name, fields.into_inner()).map_err(malformed)?
            }
            None => Vec::new(),
        };
        Ok((name, table::Known { codes: self.codes, fields, description: self.description }))
    }
}

/// The names of the numbers in an error, if each number has one that can be a name in a program.
fn checked(error: &ErrorName, fields: Vec<String>) -> Result<Vec<String>, String> {
    let (numbers, names) = (error.numbers(), fields.len());
    if numbers != names {
        return Err(format!("`{error}` has {numbers} numbers, and `fields` has {names} names for them"));
    }
    let is_name = |name: &&String| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    match fields.iter().find(|name| !is_name(name)) {
        Some(name) => Err(format!("`{name}` is no name of lower-case letters, digits and `_`")),
        None => Ok(fields),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Related {
    title: String,
    url: String,
    description: Option<String>,
}

impl Related {
    fn table(self) -> table::Related {
        table::Related { title: self.title, url: self.url, description: self.description }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_part() {
        let text = r#"
source = "The pages of somebody"
layer = 119
[layers]
119 = 2020-12-24
[functions."a.b"]
description = "Does it."
usable_by = "users and bots"
errors = [{ code = 420, name = "FLOOD_WAIT_%d" }, { name = "B" }]
related = [{ title = "T", url = "https://example.org/", description = "D" }]
[functions."a.b".fields]
x = "An x."
y = { description = "A y.", null = "There is none." }
[constructors.c]
description = "A c."
[types."C"]
description = "Cs."
[errors]
B = { codes = [406, 400], description = "Bad." }
"MOVED_X_OF_%d" = { fields = ["dc", "count_2"] }
"#;
        let metadata = read(text, FileIdx(3)).unwrap();
        assert_eq!((metadata.source.as_deref(), metadata.layer), (Some("The pages of somebody"), Some(119)));
        let days: Vec<String> = metadata.layers.iter().map(|(layer, day)| format!("{layer}: {day}")).collect();
        assert_eq!(days, ["119: 2020-12-24"]);
        let function = metadata.function("a.b").unwrap();
        assert_eq!(function.usable_by, table::UsableBy::Both);
        assert_eq!(function.fields["x"].description.as_deref(), Some("An x."));
        assert_eq!(function.fields["y"].null.as_deref(), Some("There is none."));
        let place = function.location.unwrap();
        assert_eq!((place.file, &text[place.span.range()]), (FileIdx(3), "\"a.b\""));
        let errors = metadata.errors_of("a.b").unwrap();
        assert_eq!((errors[0].codes.as_slice(), errors[0].name.as_str()), (&[400, 406][..], "B"));
        assert_eq!(errors[0].description.as_deref(), Some("Bad."));
        assert_eq!((errors[1].codes.as_slice(), errors[1].name.as_str()), (&[420][..], "FLOOD_WAIT_X"));
        assert_eq!(metadata.errors[&ErrorName::new("MOVED_X_OF_X")].fields, ["dc", "count_2"]);
        assert_eq!(metadata.errors[&ErrorName::new("B")].fields, [""; 0]);
        assert_eq!(metadata.constructor("c").unwrap().description.as_deref(), Some("A c."));
        assert_eq!(metadata.ty("C").unwrap().description.as_deref(), Some("Cs."));
    }

    #[test]
    fn faults_have_places() {
        for (text, at) in [
            ("[functions.a]\nusable = \"users\"\n", "usable"),
            ("[functions.a]\nusable_by = \"everybody\"\n", "\"everybody\""),
            ("[functions.a.fields]\nx = 3\n", "3"),
            ("[function.a]\n", "function"),
            ("[layers]\nlast = 2020-12-24\n", "last"),
            ("[layers]\n119 = 2020-12-24T01:02:03\n", "2020-12-24T01:02:03"),
            ("[layers]\n119 = \"2020\"\n", "\"2020\""),
            ("[errors]\nA_X = { fields = [] }\n", "[]"),
            ("[errors]\nA = { fields = [\"a\"] }\n", "[\"a\"]"),
            ("[errors]\nA_X_X = { fields = [\"a\"] }\n", "[\"a\"]"),
            ("[errors]\nA_X = { fields = [\"newDc\"] }\n", "[\"newDc\"]"),
            ("[errors]\nA_X = { fields = [\"_a\"] }\n", "[\"_a\"]"),
            ("[functions.a]\n[functions.a]\n", "a"),
        ] {
            let error = read(text, FileIdx(0)).unwrap_err();
            let span = error.location.unwrap().span;
            assert!(text[span.range()].contains(at), "{text}: {error} at {:?}", &text[span.range()]);
            assert!(error.diagnostic().is_error());
        }
    }
}
