//! Constructors and types with borrowed text, made from the owned ones.
//!
//! An item has a lifetime iff it holds text, itself or through other items. The others stand in the borrowed trees under
//! the owned item's name, so that code there has one way to refer to either.

use std::collections::{BTreeMap, BTreeSet};

use super::{Borrowed, Boxed, Enum, Field, ItemPath, Package, RustType, Struct, Tree, Usage, Way};

/// The borrowed form of a package, or nothing where it has no text at all.
pub(super) fn borrowed(package: &Package) -> Borrowed {
    let with_text = items_with_text(package);
    let mut borrowed = Borrowed::default();
    if with_text.is_empty() {
        return borrowed;
    }
    for item in &package.constructors {
        if with_text.contains(&item.path) {
            borrowed.constructors.push(borrow_struct(item, &with_text));
        } else {
            borrowed.owned.push((beside(&item.path), item.path.clone()));
        }
    }
    for ty in &package.types {
        match ty {
            Boxed::Alias { path, target } if with_text.contains(path) => {
                borrowed.types.push(Boxed::Alias { path: beside(path), target: beside(target) });
            }
            Boxed::Enum(item) if with_text.contains(&item.path) => {
                borrowed.types.push(Boxed::Enum(borrow_enum(item, &with_text)));
            }
            Boxed::Alias { path, .. } | Boxed::Enum(Enum { path, .. }) => {
                borrowed.owned.push((beside(path), path.clone()));
            }
        }
    }
    borrowed
}

/// Every item that holds text: who refers to whom, backwards from those that hold it themselves.
fn items_with_text(package: &Package) -> BTreeSet<ItemPath> {
    let mut users: BTreeMap<&ItemPath, Vec<&ItemPath>> = BTreeMap::new();
    let mut open: Vec<&ItemPath> = Vec::new();
    for item in &package.constructors {
        for field in &item.fields {
            match innermost(&field.ty) {
                RustType::String(_) | RustType::Bytes => open.push(&item.path),
                RustType::Item(path) => users.entry(path).or_default().push(&item.path),
                _ => {}
            }
        }
    }
    for ty in &package.types {
        match ty {
            Boxed::Alias { path, target } => users.entry(target).or_default().push(path),
            Boxed::Enum(item) => {
                for target in item.variants.iter().filter_map(|variant| variant.item.as_ref()) {
                    users.entry(target).or_default().push(&item.path);
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    while let Some(path) = open.pop() {
        if found.insert(path.clone()) {
            open.extend(users.get(path).into_iter().flatten());
        }
    }
    found
}

fn innermost(ty: &RustType) -> &RustType {
    match ty {
        RustType::Vec(item) => innermost(item),
        other => other,
    }
}

/// The same path in the borrowed trees.
fn beside(path: &ItemPath) -> ItemPath {
    let tree = match path.tree {
        Tree::Constructors => Tree::BorrowedConstructors,
        Tree::Types => Tree::BorrowedTypes,
        other => other,
    };
    ItemPath { tree, ..path.clone() }
}

/// Who has borrowed values has read them, and hardly ever writes them.
fn usage(owned: Usage) -> Usage {
    let decode = if owned.decode.is_there() { Way::Library } else { Way::Absent };
    Usage { encode: owned.encode.inlined(), decode }
}

fn borrow_struct(item: &Struct, with_text: &BTreeSet<ItemPath>) -> Struct {
    let field = |field: &Field| Field { ty: borrow_type(&field.ty, with_text), ..field.clone() };
    Struct {
        path: beside(&item.path),
        owned: Some(item.path.clone()),
        fields: item.fields.iter().map(field).collect(),
        usage: usage(item.usage),
        ..item.clone()
    }
}

fn borrow_enum(item: &Enum, with_text: &BTreeSet<ItemPath>) -> Enum {
    let usage = usage(item.usage);
    let mut copy = Enum { path: beside(&item.path), owned: Some(item.path.clone()), usage, ..item.clone() };
    for variant in &mut copy.variants {
        variant.holds_text = variant.item.as_ref().is_some_and(|path| with_text.contains(path));
        variant.item = variant.item.as_ref().map(beside);
    }
    copy
}

fn borrow_type(ty: &RustType, with_text: &BTreeSet<ItemPath>) -> RustType {
    match ty {
        RustType::String(owned) => RustType::Str(*owned),
        RustType::Bytes => RustType::Slice,
        RustType::Vec(item) => RustType::Vec(Box::new(borrow_type(item, with_text))),
        RustType::Item(path) if with_text.contains(path) => RustType::BorrowedItem(beside(path)),
        RustType::Item(path) => RustType::Item(beside(path)),
        other => other.clone(),
    }
}
