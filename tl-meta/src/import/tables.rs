//! CSV tables: errors with their codes, functions with who may call them.

use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tlgen_parser::source::{FileIdx, Location, Span};

use crate::ErrorName;
use crate::error::{MetaError, MetaErrorKind};
use crate::table::{Function, FunctionError, Metadata, UsableBy};

#[derive(Deserialize)]
struct ErrorRow {
    name: String,
    codes: String,
    description: String,
}

#[derive(Deserialize)]
struct FunctionRow {
    method: String,
    usability: String,
    errors: String,
}

/// Reads a table with the header `name,codes,description`. The codes of an error have blanks between them, and
/// `\n` in a description is a line break.
///
/// # Errors
/// The first row that is not of this form.
pub fn errors(text: &str, file: FileIdx) -> Result<Metadata, MetaError> {
    let mut metadata = Metadata::default();
    for row in rows::<ErrorRow>(text, file) {
        let (ErrorRow { name, codes, description }, location) = row?;
        let known = metadata.errors.entry(ErrorName::new(&name)).or_default();
        for code in codes.split_whitespace() {
            let code: i32 =
                code.parse().map_err(|_| malformed(format!("`{code}` is not the code of an error"), location))?;
            known.codes.push(code);
        }
        known.codes.sort_unstable();
        known.codes.dedup();
        let description = description.replace("\\n", "\n\n");
        known.description = Some(description).filter(|text| !text.is_empty()).or_else(|| known.description.take());
    }
    Ok(metadata)
}

/// Reads a table with the header `method,usability,errors`. Usability is `user`, `bot`, `both` or empty; the names of
/// errors have blanks between them. An empty list says nothing about the errors.
///
/// # Errors
/// The first row that is not of this form.
pub fn functions(text: &str, file: FileIdx) -> Result<Metadata, MetaError> {
    let mut metadata = Metadata::default();
    for row in rows::<FunctionRow>(text, file) {
        let (FunctionRow { method, usability, errors }, location) = row?;
        let usable_by = match usability.as_str() {
            "user" => UsableBy::Users,
            "bot" => UsableBy::Bots,
            "both" => UsableBy::Both,
            "" | "unknown" => UsableBy::Unknown,
            other => return Err(malformed(format!("`{other}` is not one of user, bot, both, unknown"), location)),
        };
        let errors: Vec<FunctionError> = errors
            .split_whitespace()
            .map(|name| FunctionError { name: ErrorName::new(name), code: None, description: None })
            .collect();
        let function = Function {
            usable_by,
            errors: Some(errors).filter(|errors| !errors.is_empty()),
            location: Some(location),
            ..Function::default()
        };
        metadata.functions.insert(method, function);
    }
    Ok(metadata)
}

/// The rows with their locations.
fn rows<T: DeserializeOwned>(
    text: &str,
    file: FileIdx,
) -> impl Iterator<Item = Result<(T, Location), MetaError>> + use<'_, T> {
    let mut reader: Reader<&[u8]> = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().cloned();
    let place = move |start: u64, end: u64| {
        let offset = |at: u64| u32::try_from(at.min(text.len() as u64)).unwrap_or(u32::MAX);
        Location { file, span: Span::new(offset(start), offset(end)) }
    };
    let mut done = false;
    core::iter::from_fn(move || {
        if done {
            return None;
        }
        let mut record = StringRecord::new();
        let start = reader.position().byte();
        let read = reader.read_record(&mut record);
        let end = reader.position().byte();
        // The location of a row is its text without the line break after it.
        let row = text.as_bytes().get(start as usize..end as usize).unwrap_or_default();
        let leading = row.iter().take_while(|byte| byte.is_ascii_whitespace()).count() as u64;
        let here = place(start + leading, (start + leading).max(start + row.trim_ascii_end().len() as u64));
        let result = match (read, &header) {
            (Ok(false), Ok(_)) => return None,
            (Ok(true), Ok(header)) => record.deserialize(Some(header)).map(|row| (row, here)).map_err(|e| (e, here)),
            (Err(error), _) => Err((error, here)),
            (_, Err(_)) => {
                done = true;
                return Some(Err(malformed("the header can not be read".to_owned(), here)));
            }
        };
        done = result.is_err();
        Some(result.map_err(|(error, here)| malformed(format!("this row can not be read: {error}"), here)))
    })
}

fn malformed(message: String, location: Location) -> MetaError {
    MetaError { kind: MetaErrorKind::Malformed { message }, location: Some(location) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::table::Known;

    #[test]
    fn a_table_of_errors() {
        let text = "name,codes,description\nA,400,Is a\nB_X,400 420,\"Is b, in {seconds}\\nTwo lines\"\nC,-503,\n";
        let metadata = errors(text, FileIdx(0)).unwrap();
        let of = |name: &str| metadata.errors[&ErrorName::new(name)].clone();
        assert_eq!(of("A"), Known { codes: vec![400], description: Some("Is a".into()), ..Known::default() });
        assert_eq!(of("B_%d").codes, [400, 420]);
        assert_eq!(of("B_X").description.as_deref(), Some("Is b, in {seconds}\n\nTwo lines"));
        assert_eq!(of("C"), Known { codes: vec![-503], ..Known::default() });
    }

    #[test]
    fn a_table_of_functions() {
        let text = "method,usability,errors\na.b,user,\na.c,both,A B_X\na.d,bot,\na.e,,\n";
        let metadata = functions(text, FileIdx(0)).unwrap();
        let usable = |name: &str| metadata.function(name).unwrap().usable_by;
        assert_eq!(
            [usable("a.b"), usable("a.c"), usable("a.d"), usable("a.e")],
            [UsableBy::Users, UsableBy::Both, UsableBy::Bots, UsableBy::Unknown]
        );
        assert_eq!(metadata.function("a.b").unwrap().errors, None);
        assert_eq!(metadata.errors_of("a.c").unwrap().len(), 2);
        let place = metadata.function("a.c").unwrap().location.unwrap();
        assert_eq!(&text[place.span.range()], "a.c,both,A B_X");
    }

    #[test]
    fn faults_have_places() {
        let text = "method,usability,errors\r\na.b,user,\r\na.c,nobody,\r\n";
        let error = functions(text, FileIdx(0)).unwrap_err();
        assert_eq!(&text[error.location.unwrap().span.range()], "a.c,nobody,");
        let text = "name,codes,description\nA,4oo,x\n";
        assert_eq!(errors(text, FileIdx(0)).unwrap_err().to_string(), "`4oo` is not the code of an error");
        assert!(errors("name,codes,description\nA,400\n", FileIdx(0)).is_err());
        assert!(errors("name,description\nA,x\n", FileIdx(0)).is_err());
    }
}
