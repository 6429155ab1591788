//! Several sources to one table: what an earlier source says has precedence, a later one fills gaps.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::table::{Constructor, Field, Function, FunctionError, Known, Metadata, Related, Type, UsableBy};

impl Metadata {
    /// Adds what `later` knows and this table does not.
    ///
    /// The name and the layer of this source stay as they are. Lists of errors and related pages are joined. An entry that both tables have is taken from this one.
    pub fn merge(&mut self, later: Self) {
        join(&mut self.layers, later.layers, |_, _| {});
        join(&mut self.functions, later.functions, merge_function);
        join(&mut self.constructors, later.constructors, merge_constructor);
        join(&mut self.types, later.types, merge_type);
        join(&mut self.errors, later.errors, merge_known);
    }
}

fn join<K: Ord, V>(into: &mut BTreeMap<K, V>, from: BTreeMap<K, V>, merge: fn(&mut V, V)) {
    for (key, value) in from {
        match into.entry(key) {
            Entry::Vacant(place) => {
                place.insert(value);
            }
            Entry::Occupied(mut known) => merge(known.get_mut(), value),
        }
    }
}

fn fill<T>(into: &mut Option<T>, from: Option<T>) {
    if into.is_none() {
        *into = from;
    }
}

fn merge_function(into: &mut Function, from: Function) {
    fill(&mut into.description, from.description);
    join(&mut into.fields, from.fields, merge_field);
    if into.usable_by == UsableBy::Unknown {
        into.usable_by = from.usable_by;
    }
    match (&mut into.errors, from.errors) {
        (Some(known), Some(more)) => {
            for error in more {
                merge_error(known, error);
            }
        }
        (known, more) => fill(known, more),
    }
    merge_related(&mut into.related, from.related);
    fill(&mut into.location, from.location);
}

fn merge_error(known: &mut Vec<FunctionError>, error: FunctionError) {
    match known.iter_mut().find(|known| known.name == error.name) {
        Some(known) => {
            fill(&mut known.code, error.code);
            fill(&mut known.description, error.description);
        }
        None => known.push(error),
    }
}

fn merge_constructor(into: &mut Constructor, from: Constructor) {
    fill(&mut into.description, from.description);
    join(&mut into.fields, from.fields, merge_field);
    merge_related(&mut into.related, from.related);
    fill(&mut into.location, from.location);
}

fn merge_type(into: &mut Type, from: Type) {
    fill(&mut into.description, from.description);
    merge_related(&mut into.related, from.related);
    fill(&mut into.location, from.location);
}

fn merge_field(into: &mut Field, from: Field) {
    fill(&mut into.description, from.description);
    fill(&mut into.null, from.null);
    fill(&mut into.location, from.location);
}

fn merge_known(into: &mut Known, from: Known) {
    into.codes.extend(from.codes);
    into.codes.sort_unstable();
    into.codes.dedup();
    if into.fields.is_empty() {
        into.fields = from.fields;
    }
    fill(&mut into.description, from.description);
}

fn merge_related(into: &mut Vec<Related>, from: Vec<Related>) {
    for page in from {
        if into.iter().all(|known| known.url != page.url) {
            into.push(page);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorName;

    fn error(name: &str, code: Option<i32>, description: Option<&str>) -> FunctionError {
        FunctionError { name: ErrorName::new(name), code, description: description.map(str::to_owned) }
    }

    #[test]
    fn the_first_source_stands_and_gaps_are_filled() {
        let mut first = Metadata::default();
        let known = Function { description: Some("first".into()), ..Function::default() };
        first.functions.insert("a".into(), known);
        let mut second = Metadata::default();
        let later = Function {
            description: Some("second".into()),
            usable_by: UsableBy::Bots,
            errors: Some(vec![error("A", None, None)]),
            ..Function::default()
        };
        second.functions.insert("a".into(), later);
        second.errors.insert(
            ErrorName::new("A"),
            Known { codes: vec![400, 406], description: Some("x".into()), ..Known::default() },
        );
        let mut third = Metadata::default();
        let later = Function {
            usable_by: UsableBy::Users,
            errors: Some(vec![error("A", None, Some("y")), error("B_%d", Some(420), None)]),
            ..Function::default()
        };
        third.functions.insert("a".into(), later);

        first.merge(second);
        first.merge(third);
        let function = first.function("a").expect("it was put in");
        assert_eq!(function.description.as_deref(), Some("first"));
        assert_eq!(function.usable_by, UsableBy::Bots);
        let errors = first.errors_of("a").expect("there are errors");
        let shown: Vec<_> =
            errors.iter().map(|e| (e.codes.as_slice(), e.name.as_str(), e.description.as_deref())).collect();
        assert_eq!(shown, [(&[400, 406][..], "A", Some("y")), (&[420][..], "B_X", None)]);
    }

    #[test]
    fn nothing_said_is_not_none_known() {
        let mut metadata = Metadata::default();
        metadata.functions.insert("a".into(), Function::default());
        metadata.functions.insert("b".into(), Function { errors: Some(Vec::new()), ..Function::default() });
        assert_eq!(metadata.errors_of("a"), None);
        assert_eq!(metadata.errors_of("b"), Some(Vec::new()));
        assert_eq!(metadata.errors_of("c"), None);
    }
}
