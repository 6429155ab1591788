//! The variant for constructors that are not known, and the ids that are.

use super::{Boxed, Known, Package};

/// Gives each enum its variant, and the package its ids.
pub(super) fn set(package: &mut Package) {
    let mut variants = Vec::new();
    for ty in &mut package.types {
        if let Boxed::Enum(item) = ty {
            item.unknown = true;
            variants.extend(item.variants.iter().map(|variant| variant.id));
        }
    }
    variants.sort_unstable();
    variants.dedup();
    let is_other = |id: &u32| variants.binary_search(id).is_err();
    let others = package.names.iter().map(|(id, _)| *id).filter(is_other).collect();
    for item in package.constructors.iter_mut().chain(&mut package.functions) {
        item.unknown = item.generics.is_empty();
    }
    package.known = Some(Known { variants, others });
}
