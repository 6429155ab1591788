//! What is in a box.
//!
//! An enum is as large as its largest variant, so four bytes of input could become thousands in memory. The rule asks only
//! the declaration of the constructor: its variant is plain if the struct holds no other item in its own memory and its
//! fields take at most [`INLINE`] bytes, else it is in a box. Thus no enum is larger than that and its tag, a change of one
//! declaration moves no box of another, and every cycle of types that goes through an enum has its box.
//!
//! What is left are cycles of structs alone, which only optional fields can end: these fields are in boxes. Only
//! here do other declarations count.
//!
//! Sizes are those of a 64-bit machine whatever the generator runs on, so that the output is the same everywhere.

use std::collections::BTreeMap;

use tlgen_model::analysis::graph;

use super::{Boxed, ItemPath, Package, RustType, Struct};

/// The most bytes that the fields of a variant without a box take.
const INLINE: u32 = 64;

/// Sets the boxes of the package.
pub(super) fn set(package: &mut Package) {
    let plain: BTreeMap<&ItemPath, bool> =
        package.constructors.iter().map(|item| (&item.path, is_plain(item))).collect();
    for ty in &mut package.types {
        let Boxed::Enum(item) = ty else { continue };
        for variant in &mut item.variants {
            variant.boxed = variant.item.as_ref().is_some_and(|path| !plain[path]);
        }
    }
    box_circles(package);
}

/// Whether the struct can be a variant without a box.
fn is_plain(item: &Struct) -> bool {
    let sizes = item.fields.iter().map(|field| Size::of(&field.ty).map(|size| size.in_field(field.optional)));
    sizes.sum::<Option<u32>>().is_some_and(|bytes| bytes <= INLINE)
}

/// The size of a type in memory.
#[derive(Clone, Copy)]
struct Size {
    bytes: u32,
    /// What `Option` adds, which is as much as the alignment where no value is to spare.
    option: u32,
}

impl Size {
    /// `None` for what follows from another declaration.
    fn of(ty: &RustType) -> Option<Self> {
        let (bytes, option) = match ty {
            RustType::I32 | RustType::U32 | RustType::F32 => (4, 4),
            RustType::I64 | RustType::F64 => (8, 8),
            RustType::Bool => (1, 0),
            RustType::Unit | RustType::True => (0, 1),
            RustType::Array(len) => (*len, 1),
            RustType::String(_) | RustType::Bytes | RustType::Vec(_) | RustType::Object => (24, 0),
            RustType::Str(_) | RustType::Slice => (16, 0),
            RustType::Item(_)
            | RustType::BorrowedItem(_)
            | RustType::Generic(_)
            | RustType::ReturnOf(_)
            | RustType::Boxed(..)
            | RustType::Bare(_) => return None,
        };
        Some(Self { bytes, option })
    }

    fn in_field(self, optional: bool) -> u32 {
        self.bytes + if optional { self.option } else { 0 }
    }
}

/// Puts the optional fields into boxes through which a struct holds itself.
fn box_circles(package: &mut Package) {
    let mut places: BTreeMap<&ItemPath, u32> = package.constructors.iter().map(|item| &item.path).zip(0..).collect();
    for ty in &package.types {
        if let Boxed::Alias { path, target } = ty {
            places.insert(path, places[target]);
        }
    }
    let held = |ty: &RustType| match ty {
        RustType::Item(path) => places.get(path).copied(),
        _ => None,
    };
    let edges: Vec<Vec<u32>> = package
        .constructors
        .iter()
        .map(|item| item.fields.iter().filter_map(|field| held(&field.ty)).collect())
        .collect();
    let circle = graph::components(&edges);
    let mut boxed = Vec::new();
    for (from, item) in package.constructors.iter().enumerate() {
        for (place, field) in item.fields.iter().enumerate() {
            let closes = held(&field.ty).is_some_and(|to| circle[to as usize] == circle[from]);
            if field.optional && closes {
                boxed.push((from, place));
            }
        }
    }
    for (item, field) in boxed {
        package.constructors[item].fields[field].boxed = true;
    }
}
