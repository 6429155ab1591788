//! The modules of layers side by side, and what of the options is about each of them.

use tlgen_model::Valid;
use tlgen_model::schema::Schema;

use crate::{CodegenError, CodegenErrorKind, Config, pipeline};

/// The names of the modules of older layers: `layer_222`, or what `files` say for a schema without a number. Both are in the order
/// from the oldest to the newest.
pub(crate) fn names(
    newest: &Schema,
    older: &[Valid<Schema>],
    files: &[String],
) -> Result<Vec<String>, Vec<CodegenError>> {
    let mut names: Vec<String> = Vec::new();
    let mut errors = Vec::new();
    for (index, schema) in older.iter().enumerate() {
        let of_file = files.get(index).cloned().unwrap_or_else(|| format!("older_{index}"));
        let name = schema.layer.map_or(of_file, |layer| format!("layer_{layer}"));
        let mut wrong = |expected| {
            let kind = CodegenErrorKind::Misapplied { option: "older", value: name.clone(), expected };
            errors.push(kind.into());
        };
        let next = older.get(index + 1).map_or(newest.layer, |next| next.layer);
        if schema.layer.zip(next).is_some_and(|(layer, next)| layer > next) {
            wrong("an older layer than the next one, or than that of the schema itself");
        } else if names.contains(&name) || schema.layer.is_some() && schema.layer == newest.layer {
            wrong("the name of one layer only");
        } else if RESERVED.contains(&name.as_str()) {
            wrong("a name that generated code does not use itself");
        }
        names.push(name);
    }
    if errors.is_empty() { Ok(names) } else { Err(errors) }
}

/// Modules beside those of older layers.
const RESERVED: [&str; 6] = ["constructors", "types", "functions", "borrowed", "errors", "calls"];

/// The options of each layer, the newest first: without what names nothing there. What names nothing in any layer is an error.
pub(crate) fn configs(
    newest: &Valid<Schema>,
    older: &[Valid<Schema>],
    config: &Config,
) -> Result<Vec<Config>, Vec<CodegenError>> {
    let fits: Vec<Fit> = [newest].into_iter().chain(older).map(|schema| fit(schema, config)).collect();
    let missing_everywhere = |error: &&CodegenError| {
        fits.iter().all(|fit| fit.unmatched.iter().any(|other| other.option() == error.option()))
    };
    let errors: Vec<CodegenError> =
        fits.first().into_iter().flat_map(|fit| &fit.unmatched).filter(missing_everywhere).cloned().collect();
    if errors.is_empty() { Ok(fits.into_iter().map(|fit| fit.config).collect()) } else { Err(errors) }
}

/// The options without what names nothing in a schema.
struct Fit {
    config: Config,
    unmatched: Vec<CodegenError>,
}

fn fit(schema: &Valid<Schema>, config: &Config) -> Fit {
    let (mut config, mut unmatched) = (config.clone(), Vec::new());
    // Errors about other things are found again by whoever uses the options.
    while let Err(errors) = pipeline::lower(schema, &config) {
        let found = unmatched.len();
        for error in errors {
            if is_unmatched(&error) && error.option().is_some_and(|(option, value)| remove(&mut config, option, value))
            {
                unmatched.push(error);
            }
        }
        if unmatched.len() == found {
            break;
        }
    }
    Fit { config, unmatched }
}

fn is_unmatched(error: &CodegenError) -> bool {
    match &error.kind {
        CodegenErrorKind::Unmatched { .. } => true,
        CodegenErrorKind::Selection { .. } => error.option().is_some(),
        _ => false,
    }
}

/// Takes a value out of an option, and says whether it was there.
fn remove(config: &mut Config, option: &str, value: &str) -> bool {
    let list = match option {
        // Without any name all of the schema would be meant.
        "only" if config.only.len() == 1 => return false,
        "only" => &mut config.only,
        "skip" => &mut config.skip,
        "bytes" => &mut config.bytes,
        "rename" => return config.rename.remove(value).is_some(),
        "length" => return config.length.remove(value).is_some(),
        "error" => return config.error.take_if(|name| name == value).is_some(),
        _ => return false,
    };
    let before = list.len();
    list.retain(|name| name != value);
    list.len() < before
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use tlgen_parser::source::Sources;

    use super::*;

    fn schema(text: &str) -> Valid<Schema> {
        let mut sources = Sources::new();
        let file = sources.add("a.tl", text);
        tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap()
    }

    fn named(newest: &str, older: &[&str]) -> Result<Vec<String>, Vec<String>> {
        let older: Vec<_> = older.iter().map(|text| schema(text)).collect();
        let files = ["first", "types"].map(str::to_owned);
        names(&schema(newest), &older, &files).map_err(|errors| errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn modules_are_called_after_numbers_or_files() {
        let (a, one, two) = ("a = A;", "a = A;\n// LAYER 1", "a = A;\n// LAYER 2");
        assert_eq!(named(two, &[a, one]).unwrap(), ["first", "layer_1"]);
        let refused = |newest, older: &[&str], message: &str| {
            assert_eq!(named(newest, older).unwrap_err(), [format!("`{message}")]);
        };
        refused(
            one,
            &[two],
            "layer_2` in the option `older` is not an older layer than the next one, or than that of the schema itself",
        );
        refused(
            a,
            &[two, one],
            "layer_2` in the option `older` is not an older layer than the next one, or than that of the schema itself",
        );
        refused(one, &[one], "layer_1` in the option `older` is not the name of one layer only");
        refused(a, &[one, one], "layer_1` in the option `older` is not the name of one layer only");
        refused(one, &[a, a], "types` in the option `older` is not a name that generated code does not use itself");
    }

    #[test]
    fn options_hold_where_there_is_what_they_name() {
        let newest = schema("a x:string = A;\nb = B;\n---functions---\nf = A;");
        let older = [schema("a y:string = A;\nc = C;\n---functions---\nf = A;")];
        let config = Config::with(|config| {
            config.only = ["f", "types:c", "types:b"].map(str::to_owned).into();
            config.bytes = ["a.x", "a.y"].map(str::to_owned).into();
            config.rename = [("c".to_owned(), "Other".to_owned())].into();
        });
        let found = configs(&newest, &older, &config).unwrap();
        assert_eq!(found[0].only, ["f", "types:b"]);
        assert_eq!(found[1].only, ["f", "types:c"]);
        assert_eq!((&found[0].bytes[..], &found[1].bytes[..]), (&["a.x".to_owned()][..], &["a.y".to_owned()][..]));
        assert_eq!((found[0].rename.len(), found[1].rename.len()), (0, 1));

        let config = Config::with(|config| config.bytes = ["a.x", "a.z"].map(str::to_owned).into());
        let errors = configs(&newest, &older, &config).unwrap_err();
        assert_eq!(errors.iter().map(|error| error.option().unwrap()).collect::<Vec<_>>(), [("bytes", "a.z")]);
    }
}
