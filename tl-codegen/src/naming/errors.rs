//! Names of errors and of the numbers in them.

use std::collections::BTreeMap;

use tlgen_meta::ErrorName;

use super::{NEVER_RAW, is_ident, snake, type_name};

/// The variant for errors that no table names.
pub const UNKNOWN_ERROR: &str = "Unknown";

/// The variant of each of these errors, or `None` for an error whose name would clash with another one.
///
/// `FLOOD_WAIT_X` is `FloodWait`. A name without its numbers may be that of another error: `EMAIL_UNCONFIRMED_X` beside
/// `EMAIL_UNCONFIRMED` is `EmailUnconfirmedX`. Errors that differ in case only (`TIMEOUT` and `Timeout`) are written as
/// they are. What is chosen depends on which errors there are, never on their order.
#[must_use]
pub fn error_variants(errors: &[&ErrorName]) -> Vec<Option<String>> {
    let short = |error: &ErrorName| variant(&error.words().flatten().collect::<Vec<_>>().join("_"));
    let long = |error: &ErrorName| variant(error.as_str());
    let (shorts, longs) = (count(errors, short), count(errors, long));
    let chosen: Vec<String> = errors
        .iter()
        .map(|error| {
            if shorts[&short(error)] == 1 {
                short(error)
            } else if longs[&long(error)] == 1 {
                long(error)
            } else {
                let word = words(error.as_str());
                if NEVER_RAW.contains(&word.as_str()) { word + "_" } else { word }
            }
        })
        .collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::from([(UNKNOWN_ERROR, 1)]);
    for name in &chosen {
        *uses.entry(name).or_default() += 1;
    }
    let is_name = |name: &str| is_ident(name) && name.contains(|c: char| c.is_ascii_alphanumeric());
    chosen.iter().map(|name| (uses[name.as_str()] == 1 && is_name(name)).then(|| name.clone())).collect()
}

/// How many errors have each name. The name for unknown errors is taken from the start.
fn count(errors: &[&ErrorName], name: impl Fn(&ErrorName) -> String) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::from([(UNKNOWN_ERROR.to_owned(), 1)]);
    for error in errors {
        *counts.entry(name(error)).or_default() += 1;
    }
    counts
}

fn variant(name: &str) -> String {
    type_name(&words(name))
}

/// The name, with each character replaced that an identifier cannot have.
fn words(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("E{name}") } else { name }
}

/// The name of each number in an error: the one that is `given`, else that in the description (`Wait {seconds}`), `minutes` by
/// its unit, or `value`.
#[must_use]
pub fn error_fields(error: &ErrorName, given: &[String], description: Option<&str>) -> Vec<String> {
    let described: Vec<String> = description.map(placeholders).unwrap_or_default();
    let parts = error.parts();
    let mut names: Vec<String> = (0..error.numbers())
        .map(|place| match (given.get(place), described.get(place)) {
            (Some(given), _) => safe(given.clone()),
            (None, _) if parts[place + 1].starts_with("MIN") => "minutes".to_owned(),
            (None, Some(described)) if described != "code_" => described.clone(),
            (None, _) => "value".to_owned(),
        })
        .collect();
    let unique = (1..names.len()).all(|place| !names[..place].contains(&names[place]));
    if !unique {
        for (place, name) in names.iter_mut().enumerate() {
            *name = format!("{name}_{}", place + 1);
        }
    }
    names
}

/// The names between braces.
fn placeholders(text: &str) -> Vec<String> {
    let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| snake(name));
    names.map(safe).filter(|name| is_ident(name)).collect()
}

/// Never a raw identifier: the names are used in format strings. `code` is the name of the code.
fn safe(name: String) -> String {
    if is_ident(&name) && name != "code" { name } else { name + "_" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variants(names: &[&str]) -> Vec<Option<String>> {
        let names: Vec<ErrorName> = names.iter().map(|name| ErrorName::new(name)).collect();
        error_variants(&names.iter().collect::<Vec<_>>())
    }

    fn fields(name: &str, given: &[&str], description: &str) -> Vec<String> {
        let given: Vec<String> = given.iter().map(|name| (*name).to_owned()).collect();
        error_fields(&ErrorName::new(name), &given, Some(description))
    }

    #[test]
    fn numbers_are_left_out_where_the_name_stays_its_own() {
        let found =
            variants(&["FLOOD_WAIT_X", "EMAIL_UNCONFIRMED", "EMAIL_UNCONFIRMED_X", "2FA_CONFIRM_WAIT_%d", "MD5"]);
        let found: Vec<_> = found.into_iter().flatten().collect();
        assert_eq!(found, ["FloodWait", "EmailUnconfirmed", "EmailUnconfirmedX", "E2FaConfirmWait", "Md5"]);
    }

    #[test]
    fn case_tells_apart() {
        let found = variants(&["TIMEOUT", "Timeout", "UNKNOWN", "SELF", "A b", "A-b"]);
        let expected = [Some("TIMEOUT"), Some("Timeout"), Some("UNKNOWN"), Some("Self_"), None, None];
        assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
        assert_eq!(variants(&["Unknown", "", "_"]), [None, None, None]);
    }

    #[test]
    fn the_order_does_not_matter() {
        let mut names = ["A_X", "A", "A_X_X", "B", "b", "FILE_PART_X_MISSING", "FILE_PART_0_MISSING"];
        let forward = variants(&names);
        names.reverse();
        let mut backward = variants(&names);
        backward.reverse();
        assert_eq!(forward, backward);
        assert!(forward.iter().all(Option::is_some), "{forward:?}");
    }

    #[test]
    fn numbers_have_names() {
        assert_eq!(fields("FLOOD_WAIT_X", &["seconds"], "wait {time}"), ["seconds"]);
        assert_eq!(fields("FLOOD_WAIT_X", &[], "wait {time}"), ["time"]);
        assert_eq!(fields("CHAT_IMPORT_WAIT_%dMIN", &[], ""), ["minutes"]);
        assert_eq!(fields("CHAT_IMPORT_WAIT_%dMIN", &["left"], ""), ["left"]);
        assert_eq!(fields("EMAIL_UNCONFIRMED_X", &[], "the length is {codeLength}"), ["code_length"]);
        assert_eq!(fields("AUTH_RESTART_X", &[], "why {code}"), ["value"]);
        assert_eq!(fields("AUTH_RESTART_X", &["code"], ""), ["code_"]);
        assert_eq!(fields("A_X_X", &[], "of {type} and"), ["type_", "value"]);
        assert_eq!(fields("A_X_X", &["self", "match"], ""), ["self_", "match_"]);
        assert_eq!(fields("A_X_X", &["part", "part"], ""), ["part_1", "part_2"]);
        assert_eq!(fields("A_X_X", &[], ""), ["value_1", "value_2"]);
        assert_eq!(fields("TYPES_EMPTY", &[], "{x}"), [""; 0]);
    }
}
