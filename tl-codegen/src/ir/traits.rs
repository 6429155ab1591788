//! Which items can derive `Default`, `Eq`, `Hash` and `Copy`: a fix-point from "all can" downward.

use std::collections::BTreeMap;

use super::{Borrowed, Boxed, ItemPath, Package, RustType, Struct, Traits};

const NONE: Traits = Traits { default: false, eq: false, copy: false };

/// Sets the traits of every struct and enum of the package.
pub(super) fn infer(package: &mut Package) {
    let structs = &mut [&mut package.constructors[..], &mut package.functions[..]];
    infer_among(structs, &mut package.types, BTreeMap::new(), BTreeMap::new());
}

/// Sets the traits of the borrowed items; those of the owned ones are known.
pub(super) fn infer_borrowed(borrowed: &mut Borrowed, owned: &Package) {
    let structs = owned.constructors.iter().map(|item| (item.path.clone(), item.traits));
    let enums = owned.types.iter().filter_map(|ty| match ty {
        Boxed::Enum(item) => Some((item.path.clone(), item.traits)),
        Boxed::Alias { .. } => None,
    });
    let known = structs.chain(enums).collect();
    let aliases = borrowed.owned.iter().cloned().chain(aliases(&owned.types)).collect();
    infer_among(&mut [&mut borrowed.constructors[..]], &mut borrowed.types, known, aliases);
}

/// Names of structs under the path of their type.
fn aliases(types: &[Boxed]) -> impl Iterator<Item = (ItemPath, ItemPath)> {
    types.iter().filter_map(|ty| match ty {
        Boxed::Alias { path, target } => Some((path.clone(), target.clone())),
        Boxed::Enum(_) => None,
    })
}

fn infer_among(
    structs: &mut [&mut [Struct]],
    types: &mut [Boxed],
    mut known: BTreeMap<ItemPath, Traits>,
    mut aliases: BTreeMap<ItemPath, ItemPath>,
) {
    aliases.extend(self::aliases(types));
    let look_up = |known: &BTreeMap<ItemPath, Traits>, path: &ItemPath| {
        // A borrowed type without text is the owned type, which may itself be a struct under another path.
        let target = core::iter::successors(Some(path), |path| aliases.get(*path)).last();
        target.and_then(|path| known.get(path)).copied().unwrap_or(ALL)
    };
    loop {
        let mut changed = false;
        for item in structs.iter().flat_map(|items| items.iter()) {
            let traits = of_struct(item, &|path| look_up(&known, path));
            changed |= known.insert(item.path.clone(), traits) != Some(traits);
        }
        for ty in types.iter() {
            let Boxed::Enum(item) = ty else { continue };
            let variants = item.variants.iter().filter_map(|variant| Some((variant.item.as_ref()?, variant.boxed)));
            let of_variant = |(path, boxed): (&ItemPath, bool)| {
                let traits = look_up(&known, path);
                Traits { copy: traits.copy && !boxed, ..traits }
            };
            let all = variants.map(of_variant).fold(ALL, and);
            // An enum has no default that would mean anything.
            let traits = Traits { default: false, ..all };
            changed |= known.insert(item.path.clone(), traits) != Some(traits);
        }
        if !changed {
            break;
        }
    }
    for item in structs.iter_mut().flat_map(|items| items.iter_mut()) {
        item.traits = known[&item.path];
    }
    for ty in types {
        if let Boxed::Enum(item) = ty {
            item.traits = known[&item.path];
        }
    }
}

const ALL: Traits = Traits { default: true, eq: true, copy: true };

fn and(a: Traits, b: Traits) -> Traits {
    Traits { default: a.default && b.default, eq: a.eq && b.eq, copy: a.copy && b.copy }
}

fn of_struct(item: &Struct, of: &dyn Fn(&ItemPath) -> Traits) -> Traits {
    item.fields.iter().fold(ALL, |all, field| {
        let mut traits = of_type(&field.ty, of);
        traits.default |= field.optional;
        traits.copy &= !field.boxed;
        and(all, traits)
    })
}

fn of_type(ty: &RustType, of: &dyn Fn(&ItemPath) -> Traits) -> Traits {
    match ty {
        RustType::I32 | RustType::U32 | RustType::I64 | RustType::Bool | RustType::True | RustType::Unit => ALL,
        RustType::F32 | RustType::F64 => Traits { eq: false, ..ALL },
        RustType::String(_) | RustType::Bytes => Traits { copy: false, ..ALL },
        // The standard library has `Default` for arrays of up to 32 items.
        RustType::Array(len) => Traits { default: *len <= 32, ..ALL },
        RustType::Vec(item) => Traits { default: true, copy: false, ..of_type(item, of) },
        RustType::Str(_) | RustType::Slice => ALL,
        RustType::Item(path) | RustType::BorrowedItem(path) => of(path),
        RustType::Generic(_) | RustType::ReturnOf(_) => ALL,
        RustType::Object => Traits { eq: true, ..NONE },
    }
}
