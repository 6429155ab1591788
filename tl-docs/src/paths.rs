//! Where pages are.

use std::collections::{BTreeSet, HashMap};

use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind, TypeIdx};

/// A page, or an anchor on one. Paths are relative to the folder of the site, with `/` and without an extension.
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

/// The pages of one folder, which several layers of an API may share: a name has one page, whichever layers have it.
pub(crate) struct Folder {
    name: String,
    functions: Names,
    constructors: Names,
    types: Names,
    /// The namespaces that have a list.
    namespaces: Option<HashMap<String, String>>,
}

impl Folder {
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            functions: Names::default(),
            constructors: Names::default(),
            types: Names::default(),
            namespaces: None,
        }
    }

    /// The paths of a schema. The first one decides which namespaces have a list; so the newest layer comes first.
    pub(crate) fn paths(&mut self, schema: &Schema) -> Paths {
        let folder = &self.name;
        let combinators = schema.combinators.iter().map(|combinator| {
            let (names, tree) = match combinator.kind {
                SectionKind::Functions => (&mut self.functions, "functions"),
                SectionKind::Types => (&mut self.constructors, "constructors"),
            };
            format!("{folder}/{tree}/{}", names.file(combinator.name.full(), combinator.id))
        });
        let combinators = combinators.collect();
        let types = (0..).zip(&schema.types).map(|(index, ty)| {
            let name = self.types.file(ty.name.full(), index);
            format!("{folder}/types/{name}")
        });
        let types = types.collect();
        let namespaces = self.namespaces.get_or_insert_with(|| namespaces(folder, schema)).clone();
        Paths { folder: folder.clone(), combinators, types, namespaces }
    }
}

/// The lists of the namespaces of a schema.
fn namespaces(folder: &str, schema: &Schema) -> HashMap<String, String> {
    let combinators_in = schema.combinators.iter().map(|combinator| combinator.name.namespace());
    let names: BTreeSet<&str> = combinators_in.chain(schema.types.iter().map(|ty| ty.name.namespace())).collect();
    let mut files = Names::default();
    let paths = (0..).zip(names).map(|(index, name)| {
        // `_` cannot be a namespace, so it means "no namespace".
        let file = if name.is_empty() { "_".to_owned() } else { files.file(name, index) };
        (name.to_owned(), format!("{folder}/namespaces/{file}"))
    });
    paths.collect()
}

impl Paths {
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

    /// The page of what a layer changed.
    pub(crate) fn changes_in(&self, layer: u32) -> Target {
        self.other(&format!("changes/{layer}"))
    }

    /// Another page of the schema.
    pub(crate) fn other(&self, page: &str) -> Target {
        Target::page(format!("{}/{page}", self.folder))
    }
}

/// The file names in one folder.
#[derive(Default)]
pub(crate) struct Names {
    taken: BTreeSet<String>,
    files: HashMap<String, String>,
}

impl Names {
    /// The file of a name: one that no other name in the folder has, with or without regard to case. `number` tells names
    /// apart that differ in case only.
    pub(crate) fn file(&mut self, name: &str, number: u32) -> String {
        if let Some(file) = self.files.get(name) {
            return file.clone();
        }
        let mut file = name.to_owned();
        // `index` is the list of the folder.
        while file.eq_ignore_ascii_case("index") || !self.taken.insert(file.to_lowercase()) {
            file.push_str(&format!("-{number:08x}"));
        }
        self.files.insert(name.to_owned(), file.clone());
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

    #[test]
    fn a_name_has_one_file_whatever_its_id_is() {
        let mut names = Names::default();
        assert_eq!(names.file("a.getchat", 1), "a.getchat");
        assert_eq!(names.file("a.getChat", 2), "a.getChat-00000002");
        assert_eq!(names.file("a.getChat", 3), "a.getChat-00000002");
        assert_eq!(names.file("a.getchat", 4), "a.getchat");
    }
}
