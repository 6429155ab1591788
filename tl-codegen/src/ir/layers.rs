//! Layers side by side: which items of an older layer are those of a newer one.
//!
//! What comes in is a package for each layer; what goes out says for each item of an older one whether it has code of its own. An
//! item is that of the newest layer in which everything that it reaches is equal: names, ids, fields, and how they are read and
//! written. What is only said about it (its documentation, who may call it) and in which direction it is compiled in the library
//! may differ: then the newer layer counts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Boxed, Docs, Enum, Facts, Field, InPlace, ItemPath, Package, RustType, Struct};

/// An older layer beside a newer one.
#[derive(Clone, Debug, PartialEq)]
pub struct Older {
    /// The name of its module.
    pub name: String,
    /// All of its items, its own and those that are items of newer layers.
    pub package: Package,
    /// The items that are those of a newer layer, which has them under the same path.
    pub shared: BTreeMap<ItemPath, Owner>,
    /// Whether its errors are those of the newest layer.
    pub shares_errors: bool,
}

/// The layer in which an item is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// The newest one, in the root module.
    Newest,
    /// Another one, in the module of this name.
    Older(String),
}

/// Finds what the layers have in common. `older` is in the order from the newest to the oldest.
pub(crate) fn side_by_side(newest: &Package, older: Vec<(String, Package)>) -> Vec<Older> {
    let mut owners = vec![(Owner::Newest, Compared::of(newest))];
    let mut drops = Drops::default();
    drops.add(newest, &Owner::Newest, &BTreeMap::new());
    let mut layers: Vec<Older> = Vec::new();
    for (name, mut package) in older {
        let items = Compared::of(&package);
        let mut shared = BTreeMap::new();
        for (owner, newer) in &owners {
            for path in items.equal(newer) {
                shared.entry(path.clone()).or_insert_with(|| owner.clone());
            }
        }
        let owner = Owner::Older(name.clone());
        owners.push((owner.clone(), items));
        drops.add(&package, &owner, &shared);
        drops.apply(&mut package, &owner, &shared);
        let shares_errors = package.errors == newest.errors;
        layers.push(Older { name, package, shared, shares_errors });
    }
    layers
}

/// What an item is, without what does not count.
#[derive(PartialEq)]
enum Comparable {
    Struct(Box<Struct>, Option<Vec<(String, Vec<i32>)>>),
    Enum(Box<Enum>),
    Alias(ItemPath),
}

/// The items of a package, as they are compared with those of another one.
struct Compared(BTreeMap<ItemPath, Comparable>);

impl Compared {
    fn of(package: &Package) -> Self {
        let borrowed = &package.borrowed;
        let structs = package.constructors.iter().chain(&package.functions).chain(&borrowed.constructors);
        let mut items: BTreeMap<_, _> = structs.map(|item| (item.path.clone(), of_struct(item, package))).collect();
        items.extend(package.types.iter().chain(&borrowed.types).map(|ty| match ty {
            Boxed::Alias { path, target } => (path.clone(), Comparable::Alias(target.clone())),
            Boxed::Enum(item) => (item.path.clone(), of_enum(item)),
        }));
        items.extend(borrowed.owned.iter().map(|(path, target)| (path.clone(), Comparable::Alias(target.clone()))));
        Self(items)
    }

    /// The items that are equal in both, with all that they reach.
    fn equal<'s>(&'s self, other: &Self) -> BTreeSet<&'s ItemPath> {
        let mut equal: BTreeSet<_> =
            self.0.iter().filter(|(path, item)| other.0.get(path) == Some(item)).map(|(path, _)| path).collect();
        let mut users: BTreeMap<&ItemPath, Vec<&ItemPath>> = BTreeMap::new();
        for (path, item) in &self.0 {
            item.each(&mut |used| users.entry(used).or_default().push(path));
        }
        let mut open: Vec<&ItemPath> = self.0.keys().filter(|path| !equal.contains(path)).collect();
        while let Some(path) = open.pop() {
            let users = users.get(path).into_iter().flatten();
            open.extend(users.filter(|user| equal.remove(*user)));
        }
        equal
    }
}

impl Comparable {
    /// Visits the items that it names.
    fn each<'s>(&'s self, visit: &mut dyn FnMut(&'s ItemPath)) {
        match self {
            Self::Struct(item, _) => {
                item.fields.iter().map(|field| &field.ty).chain(&item.returns).for_each(|ty| innermost(ty, visit));
                if let Some(InPlace::May(error)) = &item.error {
                    visit(error);
                }
            }
            Self::Enum(item) => item.variants.iter().filter_map(|variant| variant.item.as_ref()).for_each(visit),
            Self::Alias(target) => visit(target),
        }
    }
}

fn innermost<'s>(ty: &'s RustType, visit: &mut dyn FnMut(&'s ItemPath)) {
    match ty {
        RustType::Item(path) | RustType::BorrowedItem(path) => visit(path),
        RustType::Vec(item) | RustType::Boxed(item, _) | RustType::Bare(item) => innermost(item, visit),
        _ => {}
    }
}

fn of_struct(item: &Struct, package: &Package) -> Comparable {
    let errors = item.facts.errors.as_ref().map(|listed| {
        listed.iter().map(|error| (package.errors[error.error].name.clone(), error.codes.clone())).collect()
    });
    let usage = item.usage.there();
    let mut item = Struct { docs: Docs::default(), facts: Facts::default(), usage, ..item.clone() };
    item.combinator.0 = 0;
    item.fields.iter_mut().for_each(without_words);
    Comparable::Struct(Box::new(item), errors)
}

fn of_enum(item: &Enum) -> Comparable {
    let mut item = Enum { docs: Docs::default(), usage: item.usage.there(), ..item.clone() };
    item.ty.0 = 0;
    for variant in &mut item.variants {
        variant.combinator.0 = 0;
        variant.docs = Docs::default();
    }
    let shared = item.accessors.iter_mut().flat_map(|accessors| &mut accessors.fields);
    shared.for_each(|shared| without_words(&mut shared.field));
    Comparable::Enum(Box::new(item))
}

/// A field without what is only said about it: its type in TL is in the steps.
fn without_words(field: &mut Field) {
    field.description = None;
    field.tl_type.clear();
    field.param = 0;
}

/// The structs for which some layer has the code that drops them in a box: there can be but one.
#[derive(Default)]
struct Drops(BTreeMap<(Owner, ItemPath), Owner>);

impl Drops {
    /// Adds those of the enums that a layer has code for.
    fn add(&mut self, package: &Package, owner: &Owner, shared: &BTreeMap<ItemPath, Owner>) {
        for path in package.types.iter().chain(&package.borrowed.types).flat_map(|ty| in_boxes(ty, shared)) {
            let item = (shared.get(path).unwrap_or(owner).clone(), path.clone());
            self.0.entry(item).or_insert_with(|| owner.clone());
        }
    }

    /// Says of each variant of these enums whether the code is theirs.
    fn apply(&self, package: &mut Package, owner: &Owner, shared: &BTreeMap<ItemPath, Owner>) {
        for ty in package.types.iter_mut().chain(&mut package.borrowed.types) {
            let Boxed::Enum(item) = ty else { continue };
            for variant in &mut item.variants {
                let Some(path) = &variant.item else { continue };
                let item = (shared.get(path).unwrap_or(owner).clone(), path.clone());
                variant.drops = self.0.get(&item).is_none_or(|first| first == owner);
            }
        }
    }
}

/// The structs in boxes of an enum that is not shared.
fn in_boxes<'t>(ty: &'t Boxed, shared: &BTreeMap<ItemPath, Owner>) -> impl Iterator<Item = &'t ItemPath> {
    let item = match ty {
        Boxed::Enum(item) if !shared.contains_key(&item.path) => Some(item),
        _ => None,
    };
    item.into_iter()
        .flat_map(|item| item.variants.iter().filter(|variant| variant.boxed).filter_map(|it| it.item.as_ref()))
}
