//! Which units are layers of one API, and the folder of its pages.

use crate::book::Unit;

/// The layers of one API, or one schema without layers.
pub(crate) struct Family {
    /// The folder of the pages. It stays the same when a layer is added.
    pub(crate) folder: String,
    /// The layer and the index of each unit, ascending. A schema without a layer counts as layer 0.
    pub(crate) members: Vec<(u32, usize)>,
}

/// Units are layers of one API when their names differ in nothing but the number of the layer at the end. Families are in the
/// order of their first units.
pub(crate) fn all(units: &[Unit<'_>]) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for (index, unit) in units.iter().enumerate() {
        // The whole name of a unit is not the common part of others.
        let stem = stem(unit).filter(|stem| units.iter().all(|other| other.name != *stem));
        let folder = stem.unwrap_or(&unit.name);
        let member = (layer(unit).unwrap_or(0), index);
        match families.iter_mut().find(|family| family.folder == folder) {
            Some(family) => family.members.push(member),
            None => families.push(Family { folder: folder.to_owned(), members: vec![member] }),
        }
    }
    families.iter_mut().for_each(|family| family.members.sort_unstable());
    families
}

/// The layer of a schema: what it says itself, else the number at the end of a name such as `api_layer_023`.
pub(crate) fn layer(unit: &Unit<'_>) -> Option<u32> {
    let digits = unit.name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (name, number) = unit.name.split_at(digits);
    let named = name.trim_end_matches(['_', '-']).ends_with("layer").then(|| number.parse().ok()).flatten();
    unit.schema.layer.or(named)
}

/// The name without its layer, if the name ends in it.
fn stem<'u>(unit: &'u Unit<'_>) -> Option<&'u str> {
    let layer = layer(unit)?.to_string();
    // `layer_066` is layer 66.
    let stem = unit.name.strip_suffix(&layer)?.trim_end_matches('0').trim_end_matches(['_', '-']);
    let stem = stem.strip_suffix("layer").map_or(stem, |stem| stem.trim_end_matches(['_', '-']));
    Some(stem).filter(|stem| !stem.is_empty())
}
