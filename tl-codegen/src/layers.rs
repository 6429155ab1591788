//! The modules of layers side by side, and what of the options is about each of them.

use tlgen_model::Valid;
use tlgen_model::schema::Schema;

use crate::error::LayerFault;
use crate::{CodegenError, CodegenErrorKind, Config, pipeline};

/// The names of the modules of older layers: `layer_222`, or what `files` say for a schema without a number. Both are in the order
/// from the oldest to the newest.
pub(crate) fn names(
    newest: &Schema,
    older: &[Valid<Schema>],
    files: &[String],
) -> Result<Vec<String>, Vec<CodegenError>> {
    let mut names: Vec<String> = Vec::new();
    let mut errors: Vec<CodegenError> = Vec::new();
    for (index, schema) in older.iter().enumerate() {
        let of_file = files.get(index).cloned().unwrap_or_else(|| format!("older_{index}"));
        let name = schema.layer.map_or(of_file, |layer| format!("layer_{layer}"));
        // Layers without a number may be anywhere between the others.
        let next = older[index + 1..].iter().find_map(|next| next.layer).or(newest.layer);
        let fault = match schema.layer.zip(next) {
            Some((layer, next)) if layer > next => Some(LayerFault::Order { next }),
            _ if names.contains(&name) || schema.layer.is_some() && schema.layer == newest.layer => {
                Some(LayerFault::Repeated)
            }
            _ if RESERVED.contains(&name.as_str()) => Some(LayerFault::Reserved),
            _ => None,
        };
        errors.extend(fault.map(|fault| CodegenErrorKind::Layer { name: name.clone(), fault }.into()));
        names.push(name);
    }
    if errors.is_empty() { Ok(names) } else { Err(errors) }
}

/// Modules beside those of older layers.
const RESERVED: [&str; 7] = ["constructors", "types", "functions", "borrowed", "views", "errors", "calls"];

/// What of the options is about one layer.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    /// The options without what names nothing in the layer.
    pub(crate) config: Config,
    /// Whether there is nothing in the layer that the option `only` names: it is empty then, and not the whole layer.
    pub(crate) is_empty: bool,
}

/// The options of each layer, the newest first. What names nothing in any layer is an error.
pub(crate) fn shares(
    newest: &Valid<Schema>,
    older: &[Valid<Schema>],
    config: &Config,
) -> Result<Vec<Share>, Vec<CodegenError>> {
    let fits: Vec<Fit> = [newest].into_iter().chain(older).map(|schema| fit(schema, config)).collect();
    let missing_everywhere = |error: &&CodegenError| {
        fits.iter().all(|fit| fit.unmatched.iter().any(|other| other.option() == error.option()))
    };
    let errors: Vec<CodegenError> =
        fits.first().into_iter().flat_map(|fit| &fit.unmatched).filter(missing_everywhere).cloned().collect();
    if errors.is_empty() { Ok(fits.into_iter().map(|fit| fit.share).collect()) } else { Err(errors) }
}

/// What fits a layer, and what does not.
struct Fit {
    share: Share,
    unmatched: Vec<CodegenError>,
}

fn fit(schema: &Valid<Schema>, config: &Config) -> Fit {
    let (mut share, mut unmatched) = (Share { config: config.clone(), is_empty: false }, Vec::new());
    // Errors about other things are found again by whoever uses the options.
    while let Err(errors) = pipeline::lower_layer(schema, &share) {
        let found = unmatched.len();
        for error in errors {
            if is_unmatched(&error) && error.option().is_some_and(|(option, value)| share.remove(option, value)) {
                unmatched.push(error);
            }
        }
        if unmatched.len() == found {
            break;
        }
    }
    Fit { share, unmatched }
}

fn is_unmatched(error: &CodegenError) -> bool {
    match &error.kind {
        CodegenErrorKind::Unmatched { .. } => true,
        CodegenErrorKind::Selection { .. } => error.option().is_some(),
        _ => false,
    }
}

impl Share {
    /// Takes a value out of an option, and says whether it was there.
    fn remove(&mut self, option: &str, value: &str) -> bool {
        let config = &mut self.config;
        let list = match option {
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
        let is_removed = list.len() < before;
        // Without any name all of the schema would be meant.
        self.is_empty |= is_removed && option == "only" && config.only.is_empty();
        is_removed
    }
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
            assert_eq!(named(newest, older).unwrap_err(), [message]);
        };
        let order = "`layer_2` in the option `older` comes before layer 1, which is older";
        refused(one, &[two], order);
        refused(a, &[two, one], order);
        let twice = "two layers would be the module `layer_1`";
        refused(one, &[one], twice);
        refused(a, &[one, one], twice);
        refused(
            one,
            &[a, a],
            "the module of a layer can not be called `types`, as generated code has one of that name",
        );
    }

    /// What has no number tells nothing about its neighbours.
    #[test]
    fn numbers_are_compared_across_layers_without_one() {
        let (a, one, two) = ("a = A;", "a = A;\n// LAYER 1", "a = A;\n// LAYER 2");
        assert_eq!(named(a, &[one]).unwrap(), ["layer_1"]);
        assert_eq!(named(two, &[a, one]).unwrap(), ["first", "layer_1"]);
        for (newest, older) in [(one, &[two, "b = B;"][..]), (a, &[two, a, one]), (one, &[a, two])] {
            let errors = named(newest, older).unwrap_err();
            assert!(errors[0].contains("comes before layer 1"), "{errors:?}");
        }
    }

    #[test]
    fn each_fault_of_a_layer_has_a_remedy() {
        for fault in [LayerFault::Order { next: 1 }, LayerFault::Repeated, LayerFault::Reserved] {
            let error = CodegenError::from(CodegenErrorKind::Layer { name: "layer_1".to_owned(), fault });
            assert_eq!(error.option(), Some(("older", "layer_1")));
            assert_eq!(error.diagnostic().help.len(), 1);
        }
    }

    fn options_of(
        newest: &str,
        older: &[&str],
        set: impl FnOnce(&mut Config),
    ) -> Result<Vec<Share>, Vec<CodegenError>> {
        let older: Vec<_> = older.iter().map(|text| schema(text)).collect();
        shares(&schema(newest), &older, &Config::with(set))
    }

    fn unmatched(result: Result<Vec<Share>, Vec<CodegenError>>) -> Vec<(&'static str, String)> {
        let errors = result.unwrap_err();
        errors.iter().map(|error| error.option().unwrap()).map(|(option, value)| (option, value.to_owned())).collect()
    }

    const NEWEST: &str = "a x:string = A;\nb = B;\n---functions---\nf = A;";
    const OLDER: &str = "a y:string = A;\nc = C;\n---functions---\nf = A;";

    #[test]
    fn options_hold_where_there_is_what_they_name() {
        let found = options_of(NEWEST, &[OLDER], |config| {
            config.only = ["f", "types:c", "types:b"].map(str::to_owned).into();
            config.bytes = ["a.x", "a.y"].map(str::to_owned).into();
            config.rename = [("c".to_owned(), "Other".to_owned())].into();
        });
        let found = found.unwrap();
        assert!(found.iter().all(|share| !share.is_empty));
        let [newest, older] = [0, 1].map(|index: usize| &found[index].config);
        assert_eq!(
            (&newest.only[..], &older.only[..]),
            (&["f", "types:b"].map(str::to_owned)[..], &["f", "types:c"].map(str::to_owned)[..])
        );
        assert_eq!((&newest.bytes[..], &older.bytes[..]), (&["a.x".to_owned()][..], &["a.y".to_owned()][..]));
        assert_eq!((newest.rename.len(), older.rename.len()), (0, 1));

        let result = options_of(NEWEST, &[OLDER], |config| config.bytes = ["a.x", "a.z"].map(str::to_owned).into());
        assert_eq!(unmatched(result), [("bytes", "a.z".to_owned())]);
    }

    /// The kind: `only` by a name or a pattern, one or several, none of which is about one of the layers.
    #[test]
    fn a_layer_of_which_nothing_is_chosen_is_empty() {
        let cases: [(&[&str], [bool; 2]); 6] = [
            (&["types:b"], [false, true]),
            (&["types:b*"], [false, true]),
            (&["types:b", "B"], [false, true]),
            (&["types:c"], [true, false]),
            (&["types:c", "types:b"], [false, false]),
            (&["f*"], [false, false]),
        ];
        for (only, expected) in cases {
            let found = options_of(NEWEST, &[OLDER], |config| {
                config.only = only.iter().map(|name| (*name).to_owned()).collect();
            });
            assert_eq!(found.unwrap().iter().map(|share| share.is_empty).collect::<Vec<_>>(), expected, "{only:?}");
        }
        // What other options name there goes with it.
        let found = options_of(NEWEST, &[OLDER], |config| {
            config.only = vec!["types:b".to_owned()];
            config.rename = [("b".to_owned(), "Bee".to_owned())].into();
        });
        assert_eq!(found.unwrap().iter().map(|share| share.config.rename.len()).collect::<Vec<_>>(), [1, 0]);
        let only = |names: &'static [&str]| {
            move |config: &mut Config| config.only = names.iter().map(|name| (*name).to_owned()).collect()
        };
        assert_eq!(unmatched(options_of(NEWEST, &[OLDER], only(&["z.*"]))), [("only", "z.*".to_owned())]);
        let both = [("only", "y".to_owned()), ("only", "z.*".to_owned())];
        assert_eq!(unmatched(options_of(NEWEST, &[OLDER], only(&["y", "z.*"]))), both);
        assert_eq!(unmatched(options_of(NEWEST, &[OLDER], only(&["b", "z.*"]))), both[1..]);
    }
}
