//! Which files are layers of one API, by their names and by what they declare.

use std::collections::{BTreeMap, HashSet};

use tlgen_model::layer_of;
use tlgen_parser::ast::{DeclarationKind, SectionKind};

/// The number at the end of a name, and what is before it: 23 and `api` of `api_layer_023`.
pub(crate) fn layer_and_stem(name: &str) -> Option<(u32, String)> {
    let start = name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let layer = name[start..].parse().ok()?;
    let stem = name[..start].trim_end_matches(['_', '-']);
    let stem = stem.strip_suffix("layer").map_or(stem, |stem| stem.trim_end_matches(['_', '-']));
    Some((layer, stem.to_owned()))
}

/// For each of the files, given by name and text, whether it is a layer of an API, and its number as far as the name says it.
///
/// Layers have one name but for a number at the end; `api` is the layer before `api_2`. They also say so themselves, or declare
/// some things alike. Files of one name that do neither are parts of one schema.
pub(crate) fn layers(files: &[(&str, &str)]) -> Vec<Option<Option<u32>>> {
    let mut stems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (name, _)) in files.iter().enumerate() {
        if let Some((_, stem)) = layer_and_stem(name) {
            stems.entry(stem).or_default().push(index);
        }
    }
    for (index, (name, _)) in files.iter().enumerate() {
        stems.entry((*name).to_owned()).and_modify(|of| of.push(index));
    }
    let mut found = vec![None; files.len()];
    for (stem, of) in stems {
        let texts: Vec<&str> = of.iter().map(|index| files[*index].1).collect();
        if of.len() > 1 && (texts.iter().any(|text| layer_of(text).is_some()) || are_alternatives(&texts)) {
            for index in of {
                found[index] =
                    Some(layer_and_stem(files[index].0).filter(|(_, own)| *own == stem).map(|found| found.0));
            }
        }
    }
    found
}

/// Whether something is declared in two of the files.
fn are_alternatives(texts: &[&str]) -> bool {
    let mut all: HashSet<(SectionKind, &str)> = HashSet::new();
    texts.iter().any(|text| {
        let parsed = tlgen_parser::parse(text);
        let names = parsed.schema.declarations().filter_map(|(section, declaration)| match &declaration.kind {
            DeclarationKind::Combinator(combinator) => Some((section, combinator.name?.text)),
            _ => None,
        });
        let own: HashSet<_> = names.collect();
        let is_again = !all.is_disjoint(&own);
        all.extend(own);
        is_again
    })
}

#[cfg(test)]
mod tests {
    use super::{layer_and_stem, layers};

    #[test]
    fn numbers_are_at_the_end_of_names() {
        for (name, layer, stem) in
            [("api_layer_023", 23, "api"), ("api-1", 1, "api"), ("telegram228", 228, "telegram"), ("layer5", 5, "")]
        {
            assert_eq!(layer_and_stem(name), Some((layer, stem.to_owned())), "{name}");
        }
        assert_eq!(layer_and_stem("mtproto"), None);
    }

    #[test]
    fn layers_say_so_or_declare_the_same() {
        let (a, b, stated) = ("a#01 = A;", "b#02 = B;", "b#02 = B;\n// LAYER 2\n");
        assert_eq!(layers(&[("x1", a), ("x2", b)]), [None, None], "parts of one schema");
        assert_eq!(layers(&[("x1", a), ("x2", stated)]), [Some(Some(1)), Some(Some(2))]);
        assert_eq!(layers(&[("x1", a), ("x2", "===2===\nb#02 = B;\n")]), [Some(Some(1)), Some(Some(2))]);
        assert_eq!(layers(&[("x1", a), ("x2", "a#03 x:int = A;")]), [Some(Some(1)), Some(Some(2))]);
        assert_eq!(layers(&[("x", a), ("x2", a), ("mtproto", b)]), [Some(None), Some(Some(2)), None]);
        assert_eq!(layers(&[("x2", stated), ("y3", stated)]), [None, None], "one layer of each API");
    }
}
