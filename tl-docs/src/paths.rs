//! Where pages are.

use std::collections::{BTreeSet, HashMap};

use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeIdx};

/// A page, or a place on one. Paths are relative to the folder of the site, with `/` and without an extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) path: String,
    pub(crate) fragment: Option<String>,
}

impl Target {
    pub(crate) fn page(path: impl Into<String>) -> Self {
        Self { path: path.into(), fragment: None }
    }
}

/// The paths of the pages of one schema.
pub(crate) struct Paths {
    folder: String,
    combinators: Vec<String>,
    types: Vec<String>,
    namespaces: HashMap<String, String>,
}

impl Paths {
    pub(crate) fn new(folder: &str, schema: &Schema) -> Self {
        let (mut functions, mut constructors, mut types) = (Names::default(), Names::default(), Names::default());
        let combinators = schema.combinators.iter().map(|combinator| {
            let (names, tree) = match combinator.kind {
                SectionKind::Functions => (&mut functions, "functions"),
                SectionKind::Types => (&mut constructors, "constructors"),
            };
            format!("{folder}/{tree}/{}", names.file(combinator.name.full(), combinator.id))
        });
        let combinators = combinators.collect();
        let types = (0..).zip(&schema.types).map(|(place, ty)| {
            let name = types.file(ty.name.full(), place);
            format!("{folder}/types/{name}")
        });
        let types = types.collect();
        let combinators_in = schema.combinators.iter().map(|combinator| combinator.name.namespace());
        let names: BTreeSet<&str> = combinators_in.chain(schema.types.iter().map(|ty| ty.name.namespace())).collect();
        let mut files = Names::default();
        let namespaces = (0..).zip(names).map(|(place, name)| {
            // `_` is no namespace, so it can stand for none.
            let file = if name.is_empty() { "_".to_owned() } else { files.file(name, place) };
            (name.to_owned(), format!("{folder}/namespaces/{file}"))
        });
        let namespaces = namespaces.collect();
        Self { folder: folder.to_owned(), combinators, types, namespaces }
    }

    /// The folder of the schema.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    pub(crate) fn combinator(&self, idx: CombinatorIdx) -> Target {
        Target::page(self.combinators[idx.0 as usize].as_str())
    }

    pub(crate) fn ty(&self, idx: TypeIdx) -> Target {
        Target::page(self.types[idx.0 as usize].as_str())
    }

    pub(crate) fn namespace(&self, name: &str) -> Option<Target> {
        self.namespaces.get(name).map(|path| Target::page(path.as_str()))
    }

    /// The page of all builtin types, at one of them.
    pub(crate) fn builtin(&self, fragment: &str) -> Target {
        Target { path: format!("{}/builtin", self.folder), fragment: Some(fragment.to_owned()) }
    }

    /// Another page of the schema.
    pub(crate) fn other(&self, page: &str) -> Target {
        Target::page(format!("{}/{page}", self.folder))
    }
}

/// The file names in one folder.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// A file name that no other in the folder has, with or without regard to case. `number` tells names apart that
    /// differ in case only.
    fn file(&mut self, name: &str, number: u32) -> String {
        let mut file = name.to_owned();
        // `index` is the list of the folder.
        while file.eq_ignore_ascii_case("index") || !self.taken.insert(file.to_lowercase()) {
            file.push_str(&format!("-{number:08x}"));
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_case_get_two_files() {
        let mut names = Names::default();
        assert_eq!(names.file("a.getChat", 1), "a.getChat");
        assert_eq!(names.file("a.getchat", 0x1f), "a.getchat-0000001f");
        assert_eq!(names.file("index", 2), "index-00000002");
        assert_eq!(names.file("Index", 2), "Index-00000002-00000002");
    }
}
