//! The column about Rust: what becomes of the items that are generated from both schemas.
//!
//! What comes in are two packages of the generator; what goes out are findings, each for the declaration that causes it. An item
//! follows from its declaration, an enum from those of its constructors, so almost every finding has one. What is left (boxes that a
//! cycle of structs needs, and what a client can write and read) has none.

mod code;
mod compare;

use std::collections::BTreeMap;

use tlgen_build::ir::{Boxed, Enum, Package, Struct};

use crate::item::Kind;
use crate::rules::DiffRule;
use crate::verdict::{Finding, Level, Witness};

pub(crate) use compare::compare;

/// A finding and the declaration that it is about, by its name in the schemas that have it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    /// Whether the name is that of the new schema.
    pub(crate) in_new: bool,
    pub(crate) finding: Finding,
}

/// The items of a package by path.
struct Api<'p> {
    structs: BTreeMap<String, (Kind, &'p Struct)>,
    enums: BTreeMap<String, &'p Enum>,
    /// Types with one constructor, and its struct.
    aliases: BTreeMap<String, String>,
    /// The names of the constructors of the types that have paths.
    constructors: BTreeMap<String, Vec<&'p str>>,
}

impl<'p> Api<'p> {
    fn of(package: &'p Package) -> Self {
        let constructors = package.constructors.iter().map(|item| (item.path.to_string(), (Kind::Constructor, item)));
        let functions = package.functions.iter().map(|item| (item.path.to_string(), (Kind::Function, item)));
        let structs: BTreeMap<_, _> = constructors.chain(functions).collect();
        let mut api = Self { structs, enums: BTreeMap::new(), aliases: BTreeMap::new(), constructors: BTreeMap::new() };
        for ty in &package.types {
            match ty {
                Boxed::Enum(item) => {
                    let names = item.variants.iter().map(|variant| variant.tl_name.as_str()).collect();
                    api.constructors.insert(item.path.to_string(), names);
                    api.enums.insert(item.path.to_string(), item);
                }
                Boxed::Alias { path, target } => {
                    let name = api.structs.get(&target.to_string()).map(|(_, item)| item.tl_name.as_str());
                    api.constructors.insert(path.to_string(), name.into_iter().collect());
                    api.aliases.insert(path.to_string(), target.to_string());
                }
            }
        }
        api
    }
}

/// The traits that the options derive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Derives {
    default: bool,
    eq: bool,
    copy: bool,
}

impl Derives {
    pub(crate) fn of(derives: &[String]) -> Self {
        let has = |name: &str| derives.iter().any(|derive| derive.rsplit("::").next().unwrap_or(derive).trim() == name);
        Self { default: has("Default"), eq: has("Eq"), copy: has("Copy") }
    }
}

fn finding(rule: &'static DiffRule, level: Level, text: String, witness: Witness) -> Finding {
    Finding { rule, level, writer: None, text, witness }
}
