//! What an item can derive, from its own fields: other items are not looked into.
//!
//! | derive | where |
//! |---|---|
//! | `Default` | each required field is a scalar, text, bytes, a vector or a flag |
//! | `Eq`, `Hash` | each field is an integer, a `Bool`, text, bytes, or a vector of these |
//! | `Copy` | each field is a scalar, and no variant is in a box |
//!
//! For an enum this holds where it holds for all its constructors, but an enum has no `Default` that would mean anything.

use std::collections::BTreeMap;

use super::{Boxed, ItemPath, Package, RustType, Struct, Traits};

const ALL: Traits = Traits { default: true, eq: true, copy: true };
const NONE: Traits = Traits { default: false, eq: false, copy: false };

/// Sets the traits of every struct and enum of the package, boxes being set.
pub(super) fn set(package: &mut Package) {
    for item in package.constructors.iter_mut().chain(&mut package.functions) {
        item.traits = of_struct(item);
    }
    of_enums(&package.constructors, &mut package.types);
    let borrowed = &mut package.borrowed;
    for item in &mut borrowed.constructors {
        item.traits = of_struct(item);
    }
    of_enums(package.constructors.iter().chain(&borrowed.constructors), &mut borrowed.types);
}

fn of_enums<'a>(structs: impl IntoIterator<Item = &'a Struct>, types: &mut [Boxed]) {
    let known: BTreeMap<&ItemPath, Traits> = structs.into_iter().map(|item| (&item.path, item.traits)).collect();
    for ty in types {
        let Boxed::Enum(item) = ty else { continue };
        let variants = item.variants.iter().filter_map(|variant| {
            let traits = known.get(variant.item.as_ref()?).copied().unwrap_or(NONE);
            Some(Traits { copy: traits.copy && !variant.boxed, ..traits })
        });
        let traits = variants.fold(ALL, and);
        // The bytes of an unknown value are on the heap.
        item.traits = Traits { default: false, copy: traits.copy && !item.unknown, ..traits };
    }
}

fn and(a: Traits, b: Traits) -> Traits {
    Traits { default: a.default && b.default, eq: a.eq && b.eq, copy: a.copy && b.copy }
}

fn of_struct(item: &Struct) -> Traits {
    item.fields.iter().fold(ALL, |all, field| {
        let mut traits = of_type(&field.ty);
        traits.default |= field.optional;
        and(all, traits)
    })
}

fn of_type(ty: &RustType) -> Traits {
    match ty {
        RustType::I32 | RustType::U32 | RustType::I64 | RustType::Bool | RustType::True | RustType::Unit => ALL,
        RustType::F32 | RustType::F64 => Traits { eq: false, ..ALL },
        RustType::String(_) | RustType::Bytes => Traits { copy: false, ..ALL },
        // The standard library has `Default` for arrays of up to 32 items.
        RustType::Array(len) => Traits { default: *len <= 32, ..ALL },
        RustType::Vec(item) => Traits { default: true, copy: false, ..of_type(item) },
        RustType::Str(_) | RustType::Slice => ALL,
        RustType::Object => Traits { eq: true, ..NONE },
        RustType::Item(_)
        | RustType::BorrowedItem(_)
        | RustType::Generic(_)
        | RustType::ReturnOf(_)
        | RustType::Boxed(..)
        | RustType::Bare(_) => NONE,
    }
}
