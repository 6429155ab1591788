//! The Rust items of the declarations of a schema.

use std::collections::{BTreeMap, HashMap};

use tlgen_model::schema::{CombinatorIdx, Schema, TypeIdx};

use super::{Boxed, Calls, Enum, ItemPath, Package, Struct, Usage, Variant};

/// The items of a package by the indices of the schema.
#[derive(Debug)]
pub struct Items<'a> {
    structs: HashMap<CombinatorIdx, &'a Struct>,
    variants: HashMap<CombinatorIdx, (&'a Enum, &'a Variant)>,
    types: Vec<&'a Boxed>,
    by_path: BTreeMap<&'a ItemPath, Item<'a>>,
    /// The method of each function, as in `contacts().get_top_peers`.
    methods: HashMap<CombinatorIdx, String>,
}

/// An item by its path.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// A struct.
    Struct(&'a Struct),
    /// An enum.
    Enum(&'a Enum),
}

impl<'a> Items<'a> {
    /// `None` if the package is not that of the schema.
    #[must_use]
    pub fn new(schema: &Schema, package: &'a Package) -> Option<Self> {
        let (mut structs, mut variants, mut by_path) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        let is_of = |idx: CombinatorIdx, tl_name: &str| {
            schema.combinators.get(idx.0 as usize).is_some_and(|combinator| combinator.name.full() == tl_name)
        };
        for item in package.functions.iter().chain(&package.constructors) {
            if !is_of(item.combinator, &item.tl_name) {
                return None;
            }
            structs.insert(item.combinator, item);
            by_path.insert(&item.path, Item::Struct(item));
        }
        for boxed in &package.types {
            match boxed {
                Boxed::Enum(item) => {
                    by_path.insert(&item.path, Item::Enum(item));
                    variants.extend(item.variants.iter().map(|variant| (variant.combinator, (item, variant))));
                }
                Boxed::Alias { path, target } => {
                    if let Some(item) = by_path.get(target).copied() {
                        by_path.insert(path, item);
                    }
                }
            }
        }
        let is_whole = package.types.len() == schema.types.len()
            && variants.iter().all(|(idx, (_, variant))| is_of(*idx, &variant.tl_name));
        let mut methods = HashMap::new();
        if let Some(calls) = &package.calls {
            collect(calls, "", package, &mut methods);
        }
        is_whole.then(|| Self { structs, variants, types: package.types.iter().collect(), by_path, methods })
    }

    /// The struct of a function or constructor. A constructor without fields may not have one.
    #[must_use]
    pub fn structure(&self, idx: CombinatorIdx) -> Option<&'a Struct> {
        self.structs.get(&idx).copied()
    }

    /// The variant of a constructor and its enum. A constructor that is alone in its type does not have one.
    #[must_use]
    pub fn variant(&self, idx: CombinatorIdx) -> Option<(&'a Enum, &'a Variant)> {
        self.variants.get(&idx).copied()
    }

    /// The method of a function in the module `calls`, with the calls that lead to it; `None` without such a module.
    #[must_use]
    pub fn method(&self, idx: CombinatorIdx) -> Option<&str> {
        self.methods.get(&idx).map(String::as_str)
    }

    /// What can be read and written of a type; `None` if it has no constructor.
    #[must_use]
    pub fn usage(&self, idx: TypeIdx) -> Option<Usage> {
        match self.types.get(idx.0 as usize)? {
            Boxed::Enum(item) => Some(item.usage),
            Boxed::Alias { target, .. } => match self.by_path.get(target)? {
                Item::Struct(item) => Some(item.usage),
                Item::Enum(item) => Some(item.usage),
            },
        }
    }

    /// The Rust form of a type.
    ///
    /// # Panics
    /// If the index is not one of the schema.
    #[must_use]
    pub fn ty(&self, idx: TypeIdx) -> &'a Boxed {
        self.types[idx.0 as usize]
    }

    /// The item at a path; an alias leads to its struct.
    #[must_use]
    pub fn at(&self, path: &ItemPath) -> Option<Item<'a>> {
        self.by_path.get(path).copied()
    }

    /// The path of the Rust form of a combinator, without the path of the package.
    #[must_use]
    pub fn path(&self, idx: CombinatorIdx) -> Option<String> {
        self.structure(idx).map(|item| item.path.to_string()).or_else(|| {
            let (item, variant) = self.variant(idx)?;
            Some(format!("{}::{}", item.path, variant.name))
        })
    }
}

/// The methods below a namespace, which the calls in `prefix` lead to.
fn collect(calls: &Calls, prefix: &str, package: &Package, methods: &mut HashMap<CombinatorIdx, String>) {
    for (name, index) in &calls.methods {
        methods.insert(package.functions[*index].combinator, format!("{prefix}{name}"));
    }
    for (namespace, below) in &calls.children {
        collect(below, &format!("{prefix}{namespace}()."), package, methods);
    }
}
