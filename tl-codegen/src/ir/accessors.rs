//! The methods of an enum by variant and by field, from the declarations of its constructors.
//!
//! A field has a method where each variant with fields has it, under one name and with one type, and there are several such
//! variants. A name that two of these methods would have, or that hides a method of a trait which values are used by, is
//! left out: never is a name changed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Accessors, Boxed, Enum, Field, ItemPath, Package, SharedField, Struct};
use crate::naming;

/// Methods of traits that a value is used by.
const USED: [&str; 9] =
    ["clone", "encode", "encode_into", "into", "into_owned", "to_bytes", "to_owned", "to_string", "try_into"];

/// Gives each enum its methods, boxes being set.
pub(super) fn set(package: &mut Package) {
    let structs: BTreeMap<&ItemPath, &Struct> = package.constructors.iter().map(|item| (&item.path, item)).collect();
    for ty in &mut package.types {
        if let Boxed::Enum(item) = ty {
            item.accessors = Some(of(item, &structs));
        }
    }
}

fn of(item: &Enum, structs: &BTreeMap<&ItemPath, &Struct>) -> Accessors {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut variants = Vec::new();
    for (place, variant) in item.variants.iter().enumerate().filter(|(_, variant)| variant.item.is_some()) {
        let name = naming::snake(&variant.name);
        *names.entry(name.clone()).or_default() += 1;
        variants.push((place, name));
    }
    variants.retain(|(_, name)| names[name] == 1);
    let taken: BTreeSet<String> =
        variants.iter().flat_map(|(_, name)| [format!("as_{name}"), format!("into_{name}")]).collect();
    let holders = item.variants.iter().filter_map(|variant| structs.get(variant.item.as_ref()?));
    let holders: Vec<&[Field]> = holders.map(|item| &item.fields[..]).collect();
    let [first, others @ ..] = &holders[..] else { return Accessors { variants, fields: Vec::new() } };
    let same = |a: &Field, b: &Field| (&a.name, &a.ty, a.optional, a.boxed) == (&b.name, &b.ty, b.optional, b.boxed);
    let is_shared = |field: &&Field| {
        let is_free = !taken.contains(&field.name) && !USED.contains(&field.name.as_str());
        !others.is_empty() && is_free && others.iter().all(|fields| fields.iter().any(|other| same(field, other)))
    };
    let is_everywhere = holders.len() == item.variants.len() && !item.unknown;
    let fields = first.iter().filter(is_shared).map(|field| SharedField { field: field.clone(), is_everywhere });
    Accessors { variants, fields: fields.collect() }
}
